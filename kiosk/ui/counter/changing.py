"""Changes of the ticket at hand: on their way to the desk, and what becomes of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from kiosk.core.changes import IllegalChange
from kiosk.core.ticket import Ticket
from kiosk.core.writing import noted
from kiosk.errors import Trouble
from kiosk.ui.counter.at_hand import erased, follow, let_go_of
from kiosk.ui.counter.undoing import remember

if TYPE_CHECKING:
    from kiosk.ui.counter.console import Console


def change(
    console: Console,
    step: Callable[..., Ticket],
    done_key: str,
    then: Callable[[], None] | None = None,
    **details: str,
) -> None:
    """Have the ticket at hand make a `step` of kiosk.core.changes; with `done_key` it leaves this console and
    takes the memo with it."""
    seen = console.present
    memo = console.memo.text() if done_key else ""
    if done_key and console.records is not None:
        console.records.leaving(seen)
    apply = applied(console, seen, step, memo, **details)
    console.begin()

    def done(result: Ticket | Trouble) -> None:
        if isinstance(result, Ticket) and len(result.effective) > len(seen.effective):
            remember(console, result, seen.lane, seen.due)
        elif isinstance(result, Ticket):
            console.done = None
        changed(console, result, done_key, memo, then)

    console.desk.change(seen, apply, done)


def applied(
    console: Console, seen: Ticket, step: Callable[..., Ticket], memo: str, **details: str
) -> Callable[[Ticket], Ticket]:
    """The step as the desk makes it: at this place, with the memo, which is read before because its field
    belongs to the window's thread."""
    here = console.place
    who = {"counter": here.counter, "staff": here.staff, **details}
    return lambda case: _moved(seen, case, step(noted(case, memo), console.desk.now(), **who))


def _moved(seen: Ticket, case: Ticket, stepped: Ticket) -> Ticket:
    """The changed ticket. Raises IllegalChange where another counter was faster: two must not call, or serve,
    the same person."""
    if (case.state, case.counter) != (seen.state, seen.counter):
        raise IllegalChange(case.number, case.state, stepped.state)
    return stepped


def changed(
    console: Console,
    result: Ticket | Trouble,
    done_key: str,
    memo: str,
    then: Callable[[], None] | None = None,
) -> None:
    """What the desk answered: with `done_key` the ticket is let go and that is said."""
    console.busy = False
    if isinstance(result, Trouble):
        if result.key == "trouble.ticket_unknown" and console.current is not None:
            erased(console, console.current.id)
        else:
            follow(console)
            console.message = console.told(result)
    elif done_key:
        let_go_of(console, result, memo)
        console.message = console.say(done_key, number=result.number)
        if then is not None:
            then()
    else:
        console.current = result
    console.show()


def reprint(console: Console, case: Ticket) -> None:
    """The slip once more; one at a time."""

    def printed(trouble: Trouble | None) -> None:
        console.printing = False
        console.message = console.told(trouble) if trouble else console.say("console.reprinted")
        console.show()

    if not console.printing:
        console.printing, console.message = True, console.say("console.printing")
        console.desk.reprint(case, printed)
