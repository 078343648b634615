"""The ticket at hand: taken, followed as the store tells of it, let go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.core import ticket as tickets
from kiosk.core.ticket import State, Ticket
from kiosk.core.writing import noted
from kiosk.errors import Trouble
from kiosk.ui.counter import interpreting
from kiosk.ui.counter.today import minutes

if TYPE_CHECKING:
    from kiosk.ui.counter.console import Console

AT_HAND = (State.CALLED, State.SERVING)


def is_here(console: Console, case: Ticket) -> bool:
    """Whether a ticket is at this counter."""
    return case.counter == console.place.counter and case.state in AT_HAND


def take(console: Console, case: Ticket) -> None:
    """Show a ticket that has come to this counter."""
    console.current, console.beside, console.page, console.why, console.message = case, None, 0, "", ""
    console.close_over()
    console.waited = minutes(tickets.time_in(case, State.WAITING, console.desk.now()))
    console.memo.clear()


def take_up(console: Console) -> None:
    """Show a ticket that is at this counter: the console was closed or killed while it had it, or it was
    called here without windows."""
    for case in console.desk.tickets():
        if console.current is None and is_here(console, case):
            told = console.message
            take(console, case)
            console.message = told


def follow(console: Console) -> None:
    """Keep to what the store says of the ticket; another console may have taken it on."""
    mine = console.current
    if mine is None:
        return
    now = next((case for case in console.desk.tickets() if case.id == mine.id), None)
    if now is None:
        if mine.day == console.desk.now().date():
            console.desk.get(mine.id, lambda found: erased(console, mine.id) if found is None else None)
    elif is_here(console, now):
        console.current = now
    else:
        let_go_of(console, now)
        console.message = console.say("console.taken")


def let_go_of(console: Console, case: Ticket, kept: str = "") -> None:
    """Let the ticket go. Words of the memo that are not `kept` with it yet are kept now: they belong to this
    person and to nobody called later."""
    console.current, console.why = None, ""
    interpreting.end(console)
    console.close_over()
    typed = console.memo.text()
    more = typed.removeprefix(kept) if kept else typed

    def told(result: Ticket | Trouble) -> None:
        if isinstance(result, Trouble):
            console.message = console.told(result)
            console.show()

    if more.strip():
        console.desk.change(case, lambda now: noted(now, more), told)
    console.memo.clear()


def erased(console: Console, ticket_id: str) -> None:
    """The ticket was erased: nothing of it stays on the screen, and nothing is added to it."""
    if console.current is None or console.current.id != ticket_id:
        return
    number = console.current.number
    console.current, console.why, console.interpreter = None, "", None
    console.close_over()
    console.memo.clear()
    console.message = console.say("console.erased", number=number)
    console.show()
