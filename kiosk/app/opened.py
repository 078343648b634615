"""Tickets opened at a counter: what they tell, and what is done with them, only as the audit trail says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from kiosk.app import auditing
from kiosk.app.office import Office
from kiosk.core.changes import IllegalChange
from kiosk.core.ticket import State, Ticket
from kiosk.errors import Trouble
from kiosk.store.contents import CLOSED
from kiosk.ui.counter.desk import Paper
from kiosk.ui.counter.place import Place


class Opened:
    """What the console at `place` may have of tickets: what one tells only once the audit trail says so."""

    def __init__(self, office: Office, place: Place) -> None:
        self._office, self.place = office, place
        self._shown: set[tuple[str, int]] = set()
        """Tickets at this counter whose content is shown, and with which opening of the keys: their line in
        the audit trail is on disk."""
        self._days: set[date] = set()
        """Days of which something was read with the keys."""
        self.beside = ""
        """Id of a ticket at another counter that is looked after from here too."""
        self.unaudited: Trouble | None = None
        """Why what a ticket tells is not shown, or that lines of the audit trail are late."""

    def change(self, ticket_id: str, apply: Callable[[Ticket], Ticket]) -> Ticket:
        """Change a ticket, and say so in the audit trail. Raises Trouble and IllegalChange."""
        place = self.place
        return auditing.change(self._office, ticket_id, apply, staff=place.staff, counter=place.counter)

    def shown(self, case: Ticket) -> Ticket:
        """The ticket as the console may have it: what it tells only while it is called or served at this
        counter, or served where this console stands beside, and only once the audit trail says that it was
        opened."""
        here = case.counter == self.place.counter and case.state in (State.CALLED, State.SERVING)
        if not here and not (case.id == self.beside and case.state is State.SERVING):
            self._shown = {known for known in self._shown if known[0] != case.id}
            return replace(case, content=CLOSED)
        opening = case.id, self._office.keys.opening
        if case.content.closed or opening in self._shown:
            return case
        try:
            self.open(case)
        except Trouble as trouble:
            self.unaudited = trouble
            return replace(case, content=CLOSED)
        self._shown.add(opening)
        return case

    def open(self, case: Ticket) -> Ticket:
        """Say in the audit trail that the ticket is opened. Raises Trouble; then it must not be."""
        if not case.content.closed:
            self._days.add(case.day)
            auditing.opening(self._office, case, staff=self.place.staff, counter=self.place.counter)
        return case

    def told_why(self, change: Callable[[], Ticket]) -> Ticket:
        """The change, or in the console's words why the ticket's state does not allow it. Raises Trouble."""
        try:
            return change()
        except IllegalChange as refused:
            words = self._office.catalogue(self.place.tongue).text(f"state.{refused.state.value}")
            raise Trouble(
                "trouble.illegal_change", number=refused.number, state=words, log=str(refused)
            ) from refused

    def find(self, paper: Paper) -> Ticket | None:
        """The ticket of a slip, opened; None where it is not kept. Raises Trouble."""
        store = self._office.store
        if paper.ticket_id:
            return self.get(paper.ticket_id)
        if paper.day not in store.days():
            return None
        found = (case for case in store.tickets(paper.day) if case.number == paper.number)
        return next((self.open(case) for case in found), None)

    def get(self, ticket_id: str) -> Ticket | None:
        """The ticket, opened; None where it is not kept. Raises Trouble."""
        try:
            found = self._office.store.get(ticket_id)
        except Trouble as trouble:
            if trouble.key != "trouble.ticket_unknown":
                raise
            return None
        return self.open(found)

    def looked_through(self, day: date) -> None:
        """A day was read with the keys, and nothing of it shown yet."""
        self._days.add(day)

    def let_go(self) -> set[date]:
        """Days of which something was read with the keys since this was last asked."""
        days, self._days = self._days, set()
        return days
