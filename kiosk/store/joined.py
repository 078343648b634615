"""Tickets of an office with several machines that go on without the database.

While it is there, everything is written to it. While it is away, this machine goes on with its own journal:
it gives numbers of its own letter, and calls only those of its tickets that no other machine knows, so that
none goes to two counters. When it is back, what was written meanwhile is merged into it, in the background.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from functools import reduce
from pathlib import Path
from typing import TypeVar

from kiosk.core.merge import merge
from kiosk.core.ticket import IllegalChange, State, Ticket, call
from kiosk.core.waiting import Pick, pick, waiting
from kiosk.errors import Trouble
from kiosk.store.carrying import Carried, unite
from kiosk.store.changes import by_number, unknown
from kiosk.store.erasing import Mark
from kiosk.store.ids import day_of
from kiosk.store.issuing import Issues, New
from kiosk.store.keys import Keyring
from kiosk.store.outbox import Outbox
from kiosk.store.pg.link import Away
from kiosk.store.postgres import PostgresStore
from kiosk.store.protocol import Fault, MergeReport
from kiosk.store.tiny import TinyStore

log = logging.getLogger(__name__)
Answer = TypeVar("Answer")

_AWAY, _BUSY = "trouble.database_", "trouble.store_busy"
_PAUSES = (0.5, 1.0, 2.0, 5.0, 10.0)
"""Seconds between tries to reach a database that is away."""


class JoinedStore(Issues):
    """See TicketStore for the methods. `away` and `why` are for the strip on consoles and kiosks."""

    def __init__(self, journal: TinyStore, remote: PostgresStore, today: Callable[[], date]) -> None:
        self.journal, self.remote = journal, remote
        self.why: Trouble | None = None
        """What is wrong with the database; None while it is there."""
        self.unsent = 0
        """Tickets and changes of this machine that the database does not have yet, as last counted."""
        self._today = today
        self._outbox = Outbox(journal.folder, remote.letter, self._numbers_of)
        remote.numbers = self._outbox
        self._turn = threading.RLock()
        """Held while writing here instead, and while the last of it goes home."""
        self._keeper: threading.Thread | None = None
        self._end = threading.Event()
        self._begun = False
        self._turned = False
        """Whether the database went or came since `refresh` was last asked."""

    @property
    def away(self) -> bool:
        """Whether this machine goes on without the database."""
        return self.why is not None

    @property
    def keys(self) -> Keyring:
        return self.remote.keys

    def issue_new(self, new: New) -> Ticket:
        def here(written: Carried | None) -> Ticket:
            day = self._today()
            if written is None:
                count = self._outbox.next(day, lambda last: last + 1)
                stamps = [one.ticket.latest for one in self._here(day).values()]
                written = self.remote.made(day, count, new, after=stamps)
            self.journal.merge([written])
            return self.remote.shown(written)

        return self._try(lambda: self.remote.issue_new(new), here, busy=True)

    def tickets(self, day: date | None = None) -> list[Ticket]:
        wanted = day or self._today()

        def here(_: Carried | None) -> list[Ticket]:
            found = [self.remote.shown(one) for one in self._here(wanted).values()]
            return sorted(found, key=by_number)

        return self._try(lambda: self.remote.tickets(wanted), here)

    def get(self, ticket_id: str) -> Ticket:
        def here(_: Carried | None) -> Ticket:
            # Only reads: a change asks for other tickets while it holds the journal.
            found = [self.remote.shown(one) for one in self.remote.recalled(ticket_id)]
            try:
                found.append(self.journal.get(ticket_id))
            except Trouble as trouble:
                if trouble.key != "trouble.ticket_unknown" or day_of(ticket_id) is None:
                    raise
            if not found:
                raise Away("a ticket this machine has not seen")
            return reduce(merge, found)

        return self._try(lambda: self.remote.get(ticket_id), here)

    def change(self, ticket_id: str, apply: Callable[[Ticket], Ticket]) -> Ticket:
        def here(written: Carried | None) -> Ticket:
            self.journal.merge([written or self._known(ticket_id)])
            return self.journal.get(ticket_id) if written else self.journal.change(ticket_id, apply)

        return self._try(lambda: self.remote.change(ticket_id, apply), here)

    def call_next(
        self,
        *,
        counter: str,
        languages: Collection[str],
        at: datetime,
        staff: str = "",
        lanes: Collection[str] = (),
    ) -> Pick | None:
        def there() -> Pick | None:
            return self.remote.call_next(
                counter=counter, languages=languages, at=at, staff=staff, lanes=lanes
            )

        def here(_: Carried | None) -> Pick | None:
            day = self._today()
            while True:
                # Others know the rest, and may be calling them by a database only this machine has lost.
                ours = [t for t in self.journal.tickets(day) if not self._outbox.went(day, t.id)]
                found = pick(ours, counter=counter, languages=languages, now=at, lanes=lanes)
                if found is None:
                    left = [one.ticket for one in self._here(day).values()]
                    if waiting(left, counter, lanes=lanes, now=at):
                        raise Away("those waiting are known to other machines too")
                    return None
                try:
                    called = self.journal.change(
                        found.ticket.id, lambda t: _called(t, at, counter=counter, staff=staff)
                    )
                except IllegalChange:
                    continue  # Another process of this machine was quicker.
                return replace(found, ticket=called)

        return self._try(there, here)

    def mark(self, day: date) -> str:
        """Empty while the database is away: what is known here is not all of the day."""
        return self._try(lambda: self.remote.mark(day), lambda _: "")

    def carried(self, day: date) -> list[Carried]:
        return self._try(lambda: self.remote.carried(day), lambda _: list(self._here(day).values()))

    def merge(self, tickets: Iterable[Carried]) -> MergeReport:
        came = list(tickets)
        return self._try(lambda: self.remote.merge(came), lambda _: self.journal.merge(came))

    def refresh(self) -> bool:
        turned, self._turned = self._turned, False
        if self.away:
            return self.journal.refresh() or turned
        self._begin()
        return self.remote.refresh() or turned

    def faults(self) -> tuple[Fault, ...]:
        return tuple(dict.fromkeys((*self.journal.faults(), *self.remote.faults())))

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

    def erase_day(self, day: date) -> None:
        """Here and in the database. Raises Trouble, also where it is away: then it is to be done again."""
        self.journal.erase_day(day)
        self.remote.erase_day(day)

    def erase(self, ticket: Ticket, mark: Mark, may: Callable[[Ticket], None]) -> None:
        """Here and in the database. Raises as `erase_day`."""
        self.remote.erase(ticket.id, ticket.day, may)
        self.journal.erase(ticket, mark, may)

    def is_erased(self, day: date, ticket_id: str) -> bool:
        return self.journal.is_erased(day, ticket_id)

    def close(self) -> None:
        keeper = self._keeper
        if keeper is not None:
            self._end.set()
            keeper.join()
        with self._turn:
            self._keeper, self._begun = None, False
            self._end.clear()
            self.why = None
        self.remote.close()
        self.journal.close()

    def _try(
        self, there: Callable[[], Answer], here: Callable[[Carried | None], Answer], *, busy: bool = False
    ) -> Answer:
        """What the database answers; where it is away, what this machine does instead. `busy`: also where it
        is too busy for a resident to wait."""
        self._begin()
        while True:
            wrong: Trouble | None = None
            if not self.away:
                try:
                    return there()
                except Trouble as trouble:
                    if not trouble.key.startswith(_AWAY) and not (busy and trouble.key == _BUSY):
                        raise
                    wrong = trouble
            with self._turn:
                if wrong is not None and not self.away:
                    self._go(wrong)
                if self.away:
                    return here(getattr(wrong, "written", None))
            # It came back in this moment: what is written here now would wait for the next time it goes.

    def _go(self, wrong: Trouble) -> None:
        log.warning("going on without the office database: %s", wrong)
        self.why, self._turned = Away(wrong.log) if wrong.key == _BUSY else wrong, True
        self._keep()

    def _begin(self) -> None:
        """Once, send home what an earlier run of the program could not."""
        if not self._begun:
            with self._turn:
                if not self._begun:
                    self._begun = True
                    self._keep()

    def _keep(self) -> None:
        if self._keeper is None or not self._keeper.is_alive():
            self._keeper = threading.Thread(target=self._bring_home, name="database", daemon=True)
            self._keeper.start()

    def _bring_home(self) -> None:
        tries = 0
        while not self._end.is_set():
            try:
                for day in self.journal.days():
                    self._send(day)
                with self._turn:
                    for day in self.journal.days():
                        self._send(day)
                    if self.why is not None:
                        log.info("the office database is back")
                        self.remote.days()
                        self.why, self._turned = None, True
                    self._keeper = None
                    return
            except Trouble as trouble:
                log.info("the office database is still away: %s", trouble)
                if self.why is not None and trouble.key != self.why.key:
                    self.why, self._turned = trouble, True
            self._end.wait(_PAUSES[min(tries, len(_PAUSES) - 1)])
            tries += 1

    def _send(self, day: date) -> None:
        """Merge what of a day's journal the database does not have. Raises Trouble."""
        while not self._outbox.settled(day) and not self._end.is_set():
            mark = self._outbox.mark(day)
            unsent = self._outbox.unsent(day, self.journal.carried(day))
            self.unsent = len(unsent)
            if unsent:
                report = self.remote.merge(unsent)
                for named in (*report.conflicts, *report.refused):
                    self.remote.note(Fault(f"trouble.merged_{named.reason}", "database", named.number))
            self._outbox.sent(day, unsent, settled=mark)
            self.unsent, self._turned = 0, self._turned or bool(unsent)

    def _here(self, day: date) -> dict[str, Carried]:
        """The day's tickets by id as this machine knows them: last read, and written here since."""
        known = self.remote.remembered(day)
        for one in self.journal.carried(day):
            before = known.get(one.ticket.id)
            known[one.ticket.id] = one if before is None else unite(before, one)
        return known

    def _known(self, ticket_id: str) -> Carried:
        """A ticket as this machine knows it. Raises Trouble."""
        if day_of(ticket_id) is None:
            raise unknown()
        found = list(self.remote.recalled(ticket_id))
        with suppress(Trouble):
            day = self.journal.get(ticket_id).day
            found += [one for one in self.journal.carried(day) if one.ticket.id == ticket_id]
        if not found:
            raise Away("a ticket this machine has not seen")
        return reduce(unite, found)

    def _numbers_of(self, day: date) -> list[str]:
        return [one.ticket.number for one in self._here(day).values()]


def _called(ticket: Ticket, at: datetime, *, counter: str, staff: str) -> Ticket:
    if ticket.state is not State.WAITING:
        raise IllegalChange(ticket.number, ticket.state, State.CALLED)
    return call(ticket, at, counter=counter, staff=staff)
