"""What a machine does by itself while the office database is away, in its own journal."""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from functools import reduce
from typing import TYPE_CHECKING

from kiosk.core.changes import IllegalChange, call
from kiosk.core.merge import merge
from kiosk.core.ticket import State, Ticket
from kiosk.core.waiting import Pick, pick, waiting
from kiosk.errors import Trouble
from kiosk.store.carrying import Carried, unite
from kiosk.store.changes import by_number, unknown
from kiosk.store.ids import day_of
from kiosk.store.issuing import New
from kiosk.store.outbox import Outbox
from kiosk.store.pg.link import Away

if TYPE_CHECKING:
    from kiosk.store.postgres import PostgresStore
    from kiosk.store.tiny import TinyStore


class Alone:
    """`written`, where it is given: what a change may have written to the database, which nobody can ask."""

    def __init__(self, journal: TinyStore, remote: PostgresStore, today: Callable[[], date]) -> None:
        self._journal, self._remote, self._today = journal, remote, today
        self.outbox = Outbox(journal.folder, remote.maker.letter, self._numbers_of)

    def issue(self, new: New, written: Carried | None) -> Ticket:
        day = self._today()
        if written is None:
            count = self.outbox.next(day, lambda last: last + 1)
            stamps = [one.ticket.latest for one in self.day(day).values()]
            written = self._remote.maker.ticket(day, count, new, after=stamps)
        self._journal.merge([written])
        return self._remote.shown(written)

    def tickets(self, day: date) -> list[Ticket]:
        return sorted((self._remote.shown(one) for one in self.day(day).values()), key=by_number)

    def get(self, ticket_id: str) -> Ticket:
        # Only reads: a change asks for other tickets while it holds the journal.
        found = [self._remote.shown(one) for one in self._remote.recalled(ticket_id)]
        try:
            found.append(self._journal.get(ticket_id))
        except Trouble as trouble:
            if trouble.key != "trouble.ticket_unknown" or day_of(ticket_id) is None:
                raise
        if not found:
            raise Away("a ticket this machine has not seen")
        return reduce(merge, found)

    def change(self, ticket_id: str, apply: Callable[[Ticket], Ticket], written: Carried | None) -> Ticket:
        self._journal.merge([written or self._known(ticket_id)])
        return self._journal.get(ticket_id) if written else self._journal.change(ticket_id, apply)

    def call_next(
        self, *, counter: str, languages: Collection[str], at: datetime, staff: str, lanes: Collection[str]
    ) -> Pick | None:
        day = self._today()
        while True:
            # Others know the rest, and may be calling them by a database only this machine has lost.
            ours = [t for t in self._journal.tickets(day) if not self.outbox.went(day, t.id)]
            found = pick(ours, counter=counter, languages=languages, now=at, lanes=lanes)
            if found is None:
                left = [one.ticket for one in self.day(day).values()]
                if waiting(left, counter, lanes=lanes, now=at):
                    raise Away("those waiting are known to other machines too")
                return None
            try:
                called = self._journal.change(
                    found.ticket.id, lambda t: _called(t, at, counter=counter, staff=staff)
                )
            except IllegalChange:
                continue  # Another process of this machine was quicker.
            return replace(found, ticket=called)

    def day(self, day: date) -> dict[str, Carried]:
        """The day's tickets by id as this machine knows them: last read, and written here since."""
        known = self._remote.remembered(day)
        for one in self._journal.carried(day):
            before = known.get(one.ticket.id)
            known[one.ticket.id] = one if before is None else unite(before, one)
        return known

    def _known(self, ticket_id: str) -> Carried:
        """A ticket as this machine knows it. Raises Trouble."""
        if day_of(ticket_id) is None:
            raise unknown()
        found = list(self._remote.recalled(ticket_id))
        with suppress(Trouble):
            day = self._journal.get(ticket_id).day
            found += [one for one in self._journal.carried(day) if one.ticket.id == ticket_id]
        if not found:
            raise Away("a ticket this machine has not seen")
        return reduce(unite, found)

    def _numbers_of(self, day: date) -> list[str]:
        return [one.ticket.number for one in self.day(day).values()]


def _called(ticket: Ticket, at: datetime, *, counter: str, staff: str) -> Ticket:
    if ticket.state is not State.WAITING:
        raise IllegalChange(ticket.number, ticket.state, State.CALLED)
    return call(ticket, at, counter=counter, staff=staff)
