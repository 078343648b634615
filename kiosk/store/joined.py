"""Tickets of an office with several machines that go on without the database.

While it is there, everything is written to it. While it is away, this machine goes on with its own journal:
it gives numbers of its own letter, and calls only those of its tickets that no other machine knows, so that
none goes to two counters. When it is back, what was written meanwhile is merged into it, in the background.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

from kiosk.core.ticket import Ticket
from kiosk.core.waiting import Pick
from kiosk.errors import Trouble
from kiosk.store.carrying import Carried
from kiosk.store.erasing import Mark, still_kept
from kiosk.store.issuing import Issues, New
from kiosk.store.keys import Keyring
from kiosk.store.pg.alone import Alone
from kiosk.store.pg.keeper import BUSY, Keeper
from kiosk.store.postgres import PostgresStore
from kiosk.store.protocol import Fault, MergeReport, Named
from kiosk.store.tiny import TinyStore

Answer = TypeVar("Answer")
_AWAY = "trouble.database_"


class JoinedStore(Issues):
    """See TicketStore for the methods. `away` and `why` are for the strip on consoles and kiosks."""

    def __init__(self, journal: TinyStore, remote: PostgresStore, today: Callable[[], date]) -> None:
        self.journal, self.remote, self._today = journal, remote, today
        self._alone = Alone(journal, remote, today)
        remote.maker.numbers = self._alone.outbox
        self._keeper = Keeper(journal, remote, self._alone.outbox)
        self.partly: set[date] = set()
        """Days last listed without the database: perhaps not all of their tickets."""

    @property
    def why(self) -> Trouble | None:
        """What is wrong with the database; None while it is there."""
        return self._keeper.why

    @property
    def away(self) -> bool:
        """Whether this machine goes on without the database."""
        return self._keeper.why is not None

    @property
    def unsent(self) -> int:
        """Tickets and changes of this machine that the database does not have yet, as last counted."""
        return self._keeper.unsent

    @property
    def keys(self) -> Keyring:
        return self.remote.keys

    def issue_new(self, new: New) -> Ticket:
        return self._try(
            lambda: self.remote.issue_new(new), lambda written: self._alone.issue(new, written), busy=True
        )

    def tickets(self, day: date | None = None) -> list[Ticket]:
        wanted = day or self._today()

        def there() -> list[Ticket]:
            found = self.remote.tickets(wanted)
            self.partly.discard(wanted)
            return found

        def here(_: Carried | None) -> list[Ticket]:
            self.partly.add(wanted)
            return self._alone.tickets(wanted)

        return self._try(there, here)

    def get(self, ticket_id: str) -> Ticket:
        return self._try(lambda: self.remote.get(ticket_id), lambda _: self._alone.get(ticket_id))

    def change(self, ticket_id: str, apply: Callable[[Ticket], Ticket]) -> Ticket:
        return self._try(
            lambda: self.remote.change(ticket_id, apply),
            lambda written: self._alone.change(ticket_id, apply, written),
        )

    def call_next(
        self,
        *,
        counter: str,
        languages: Collection[str],
        at: datetime,
        staff: str = "",
        lanes: Collection[str] = (),
    ) -> Pick | None:
        def by(store: PostgresStore | Alone) -> Pick | None:
            return store.call_next(counter=counter, languages=languages, at=at, staff=staff, lanes=lanes)

        return self._try(lambda: by(self.remote), lambda _: by(self._alone))

    def mark(self, day: date) -> str:
        """Empty while the database is away, and while the day's last list is of that time: what is known here
        is not all of the day."""
        return self._try(lambda: "" if day in self.partly else self.remote.mark(day), lambda _: "")

    def carried(self, day: date) -> list[Carried]:
        return self._try(lambda: self.remote.carried(day), lambda _: [*self._alone.day(day).values()])

    def merge(self, tickets: Iterable[Carried]) -> MergeReport:
        came, gone = list[Carried](), list[Named]()
        for one in tickets:
            if self.journal.is_gone(one.ticket.day):
                gone.append(replace(one.name, reason="erased"))
            else:
                came.append(one)
        report = self._try(lambda: self.remote.merge(came), lambda _: self.journal.merge(came))
        return report.plus(MergeReport(refused=tuple(gone)))

    def refresh(self) -> bool:
        turned, self._keeper.turned = self._keeper.turned, False
        if self.away:
            return self.journal.refresh() or turned
        self._keeper.begin()
        return self.remote.refresh() or turned

    def faults(self) -> tuple[Fault, ...]:
        faults = dict.fromkeys((*self.journal.faults(), *self.remote.faults()))
        return still_kept(self.folder, faults)

    def days(self) -> list[date]:
        return self._try(self.remote.days, lambda _: self.journal.days())

    # What erasing asks of a store with files (kiosk.app.erasure)

    @property
    def folder(self) -> Path:
        return self.journal.folder

    def own_days(self) -> list[date]:
        """Without those of which only other sites have tickets; while it is away, those known here."""
        return self._try(self.remote.own_days, lambda _: self.journal.days())

    def mark_erased(self, day: date, mark: Mark) -> None:
        self.journal.mark_erased(day, mark)

    def erase_day(self, day: date, tickets: Collection[str] | None = None, /) -> frozenset[str]:
        """Here and in the database. See Erasable; raises Trouble also where it is away."""
        self.journal.erase_day(day)
        return self.remote.erase_day(day, tickets)

    def erase(self, ticket: Ticket, mark: Mark, may: Callable[[Ticket], None]) -> None:
        """Here and in the database. Raises as `erase_day`."""

        def may_there(found: Ticket) -> None:
            may(found)
            # Cut off from here on, the mark in the journal tells that it is to be finished. What stands there
            # is as old as the last time without the database, and is not asked about.
            self.journal.erase(ticket, mark, lambda _: None)

        self.remote.erase(ticket.id, ticket.day, may_there)
        self.journal.erase(ticket, mark, may)

    def erased_elsewhere(self) -> list[Ticket]:
        return [
            one.ticket
            for day in self.journal.days()
            if (gone := self.remote.erased(day))
            for one in self.journal.carried(day)
            if one.ticket.id in gone
        ]

    def close(self) -> None:
        self._keeper.stop()
        self.remote.close()
        self.journal.close()

    def _try(
        self, there: Callable[[], Answer], here: Callable[[Carried | None], Answer], *, busy: bool = False
    ) -> Answer:
        """What the database answers; where it is away, what this machine does instead. `busy`: also where it
        is too busy for a resident to wait."""
        self._keeper.begin()
        while True:
            wrong: Trouble | None = None
            if not self.away:
                try:
                    return there()
                except Trouble as trouble:
                    if not trouble.key.startswith(_AWAY) and not (busy and trouble.key == BUSY):
                        raise
                    wrong = trouble
            with self._keeper.turn:
                if wrong is not None and not self.away:
                    self._keeper.go(wrong)
                if self.away:
                    return here(getattr(wrong, "written", None))
            # It came back in this moment: what is written here now would wait for the next time it goes.
