"""Two counselors on one ticket: a console stands beside another counter's case, reads it and adds notes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.core import ticket as tickets
from kiosk.core import writing
from kiosk.core.ticket import State, Ticket
from kiosk.errors import Trouble
from kiosk.ui.counter.today import minutes
from kiosk.ui.counter.view import Ask, Option

if TYPE_CHECKING:
    from kiosk.ui.counter.console import Console


@dataclass
class Together:
    """Which of the cases being served elsewhere."""

    console: Console

    def page(self) -> Ask:
        console, say = self.console, self.console.say
        found = served_elsewhere(console)
        options = tuple(
            Option(
                f"join:{case.id}",
                f"{case.number}　{console.counter_name(case.counter)}",
                console.cards.language(case.language),
                icon="users",
            )
            for case in found
        )
        text = say("together.text" if found else "together.none")
        return Ask(
            "together",
            say("page.together"),
            say("console.cancel"),
            text,
            options=options,
            page=console.turned,
        )

    def press(self, kind: str, detail: str) -> None:
        for case in served_elsewhere(self.console):
            if kind == "join" and case.id == detail:
                join(self.console, case)


def served_elsewhere(console: Console) -> list[Ticket]:
    return [
        case
        for case in console.desk.tickets()
        if case.state is State.SERVING and case.counter != console.place.counter
    ]


def join(console: Console, case: Ticket) -> None:
    """Stand beside the case. What it tells is shown once the audit trail says so."""

    def here(trouble: Trouble | None) -> None:
        console.busy = False
        if trouble is not None:
            leave(console, console.told(trouble))
        else:
            follow(console)
        console.show()

    console.close_over()
    console.memo.clear()
    console.busy, console.page, console.message = True, 0, ""
    console.beside = case
    console.waited = minutes(tickets.time_in(case, State.WAITING, console.desk.now()))
    console.desk.stand_beside(case.id, here)


def follow(console: Console) -> None:
    """Keep to what the store says of the case; it is left when it is served no longer."""
    mine = console.beside
    if mine is None:
        return
    found = next((case for case in console.desk.tickets() if case.id == mine.id), None)
    if found is not None and found.state is State.SERVING and found.counter != console.place.counter:
        console.beside = found
    else:
        leave(console, console.say("together.over", number=mine.number))


def note(console: Console) -> None:
    """Add what is in the memo to the case, and stay."""
    text, case = console.memo.text(), console.beside
    if case is None or not text.strip():
        return

    def noted(result: Ticket | Trouble) -> None:
        if isinstance(result, Trouble):
            console.message = console.told(result)
            return
        if console.beside is not None and console.beside.id == case.id and console.memo.text() == text:
            console.memo.clear()
        follow(console)
        console.message = console.say("together.noted")

    console.keep(case, lambda now: writing.noted(now, text), noted)


def leave(console: Console, message: str = "") -> None:
    """Away from the case. Words of the memo that are not kept yet are kept with it."""
    case, text = console.beside, console.memo.text()
    console.close_over()
    console.beside = None
    console.memo.clear()
    console.message = message
    if case is not None and text.strip():
        console.keep(case, lambda now: writing.noted(now, text))
    console.desk.stand_beside("", lambda _trouble: console.show())
