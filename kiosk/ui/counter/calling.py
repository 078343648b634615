"""Who comes to this console: the next one, one who was here before, or the one the quiet signal is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.core import changes
from kiosk.core.ticket import State, Ticket
from kiosk.core.waiting import Pick
from kiosk.errors import Trouble
from kiosk.ui.counter.at_hand import take
from kiosk.ui.counter.changing import applied, change
from kiosk.ui.counter.own import Own
from kiosk.ui.counter.place import Place
from kiosk.ui.counter.undoing import remember

if TYPE_CHECKING:
    from kiosk.ui.counter.console import Console


def nobody(place: Place) -> str:
    """The key of the sentence that there is nobody to call here."""
    return "console.call.nobody.desk" if place.sent_only else "console.call.nobody"


def call_next(console: Console) -> None:
    """Whoever is next, with the reason."""

    def called(found: Pick | Trouble | None) -> None:
        console.busy = False
        if isinstance(found, Trouble):
            console.message = console.told(found)
        elif found is None:
            console.message = console.say(nobody(console.place))
        else:
            take(console, found.ticket)
            console.waited = found.minutes
            console.why = found.reason
            remember(console, found.ticket, found.ticket.lane, found.ticket.due)
        console.show()

    console.begin()
    console.desk.call_next(called)


def call_here(console: Console, case: Ticket, reason: str = "") -> None:
    """Call exactly this ticket, or go on with it where it was on hold. What it tells is shown only once it
    is this counter's."""
    change = changes.serve if case.state is State.ON_HOLD else changes.call

    def done(result: Ticket | Trouble) -> None:
        console.busy = False
        if isinstance(result, Trouble):
            console.message = console.told(result)
        else:
            take(console, result)
            console.why = reason
            remember(console, result, case.lane, case.due)
        console.show()

    console.begin()
    console.desk.change(case, applied(console, case, change, ""), done)


def take_back(console: Console, ticket_id: str) -> None:
    """A held ticket goes on, an absent one is called again."""
    for case in console.desk.tickets():
        if case.id == ticket_id and case.state in (State.ON_HOLD, State.NO_SHOW):
            call_here(console, case)


def may_go(console: Console) -> bool:
    """Whether one may go to whom the quiet signal is about now, from any page but one that is turned to a
    resident."""
    page = console.over.page() if console.over is not None else None
    state = console.current.state if console.current else None
    turned = isinstance(page, Own) and page.alone
    here = console.beside is None and state in (None, State.SERVING)
    return here and not turned and console.guard.lock is None and bool(console.first())


def go_to_first(console: Console) -> None:
    """To the person the quiet signal is about; whoever is being served is put on hold for it."""
    waiting = console.first()
    if waiting and console.current is None:
        call_here(console, waiting[0], "reason.first")
    elif waiting:
        change(
            console, changes.hold, "console.held", then=lambda: call_here(console, waiting[0], "reason.first")
        )
