"""What a press on the console's sheet does, by what is shown: targets of keys, buttons and rows alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.core import changes
from kiosk.core.ticket import State
from kiosk.ui.counter import interpreting, together, undoing
from kiosk.ui.counter.appointments import Appointments
from kiosk.ui.counter.booking import Booking
from kiosk.ui.counter.calling import call_next, go_to_first, may_go, take_back
from kiosk.ui.counter.changing import change, reprint
from kiosk.ui.counter.interpreting import Interpreters
from kiosk.ui.counter.over import Over
from kiosk.ui.counter.pages import door_of
from kiosk.ui.counter.papers import open_earlier
from kiosk.ui.counter.questions import Disaster, Faults, Transfer
from kiosk.ui.counter.view import TAB_STATES, Ask, Beside

if TYPE_CHECKING:
    from kiosk.ui.counter.console import Console

FOR_STATE = {
    State.CALLED: frozenset({"recall", "no_show", "start", "memo", "page", "lines", "put_back"}),
    State.SERVING: frozenset(
        {"hold", "transfer", "reprint", "close", "memo", "page", "lines", "appointments"}
    ),
}
"""What may be done with a ticket at hand."""
WITH_OTHERS = frozenset({"note", "leave", "memo", "page", "earlier"})
"""What may be done beside another counter's case, besides opening pages."""


def press(console: Console, kind: str, detail: str) -> None:
    """A press while nothing is locked and no change is on its way. What makes no sense now does nothing."""
    if kind == "signal" and may_go(console):
        # What was typed into the page is kept as it closes.
        console.close_over()
    if kind == "tab" and detail in TAB_STATES:
        console.tab = detail
    elif kind in ("faults", "strips"):
        console.over = None if isinstance(console.over, Faults) else Faults(console)
    elif kind == "undo":
        undoing.undo(console)
    elif kind == "tongue":
        console.switch_tongue()
    elif console.over is not None:
        _on_page(console, console.over, kind, detail)
    elif console.beside is not None:
        _beside(console, kind)
    elif console.current is None:
        _idle(console, kind, detail)
    else:
        _at_hand(console, kind, console.current.state)


def _on_page(console: Console, over: Over, kind: str, detail: str) -> None:
    if kind == "cancel":
        console.close_over()
    elif kind == "more" and isinstance(over.page(), Ask):
        console.turned += 1
    elif kind == "page" and isinstance(over.page(), Beside):
        console.page += 1
    else:
        over.press(kind, detail)


def _beside(console: Console, kind: str) -> None:
    """While the console stands beside another counter's case."""
    if kind not in WITH_OTHERS:
        _open(console, kind, None)
    elif kind == "note":
        together.note(console)
    elif kind == "leave":
        together.leave(console)
    elif kind == "memo":
        console.memo.focus()
    elif kind == "page":
        console.page += 1
    elif console.beside is not None:
        open_earlier(console, console.beside.content.earlier)


def _idle(console: Console, kind: str, detail: str) -> None:
    if kind == "call":
        call_next(console)
    elif kind == "take":
        take_back(console, detail)
    elif kind == "signal":
        go_to_first(console)
    elif kind == "earlier":
        open_earlier(console, "")
    elif kind == "disaster":
        console.open(Disaster(console, not console.desk.in_disaster()))
    elif kind == "appointments":
        console.open(Appointments(console))
    else:
        _open(console, kind, None)


def _at_hand(console: Console, kind: str, state: State) -> None:
    if kind == "signal" and state is State.SERVING:
        go_to_first(console)
    elif kind == "earlier":
        open_earlier(console, console.present.content.earlier)
    elif state not in FOR_STATE or kind not in FOR_STATE[state]:
        _open(console, kind, state)
    elif not _with_case(console, kind):
        _change(console, kind)


def _with_case(console: Console, kind: str) -> bool:
    """What is done with the case at hand that leaves its state; False where it is a change of that."""
    case = console.present
    if kind == "page":
        console.page += 1
    elif kind == "memo":
        console.memo.focus()
    elif kind == "transfer":
        console.open(Transfer(console))
    elif kind == "lines" and console.interpreter is not None:
        interpreting.end(console)
    elif kind == "lines":
        console.open(Interpreters(console, case))
    elif kind == "appointments":
        booking = Booking(console, case)
        console.open(booking)
        booking.look_up()
    elif kind == "reprint":
        reprint(console, case)
    else:
        return False
    return True


def _change(console: Console, kind: str) -> None:
    if kind == "put_back":
        change(console, changes.put_back, "console.put_back")
    elif kind == "recall":
        change(console, changes.call, "")
    elif kind == "start":
        change(console, changes.serve, "")
    elif kind == "no_show":
        change(console, changes.no_show, "console.absent")
    elif kind == "hold":
        change(console, changes.hold, "console.held")
    elif kind == "close" and (console.records is None or console.records.may_close(console.present)):
        change(console, changes.close, "console.closed")


def _open(console: Console, target: str, state: State | None) -> None:
    """A page of its own, where there is one for it."""
    door = door_of(target, state, beside=console.beside is not None)
    page = door.make(console) if door is not None else None
    if page is not None:
        console.open(page)
