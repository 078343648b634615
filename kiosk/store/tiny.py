"""Tickets on this machine: TinyDB to its users, one journal per service day on disk."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.core.changes import call
from kiosk.core.clock import HybridClock, stamped
from kiosk.core.ticket import Ticket
from kiosk.core.waiting import Pick, pick
from kiosk.errors import Trouble
from kiosk.store import erasing, files
from kiosk.store.changes import hold_to, unknown
from kiosk.store.day import CHANGE, ISSUE, Day
from kiosk.store.days import WRITE_WAIT, Days
from kiosk.store.device import NAME, device_id
from kiosk.store.erasing import Mark
from kiosk.store.faults import Faults
from kiosk.store.ids import Ids
from kiosk.store.issuing import Issues, New
from kiosk.store.journal import SUFFIX, days_in
from kiosk.store.keys import Keyring
from kiosk.store.protocol import Fault, MergeReport

if TYPE_CHECKING:
    from tinydb import TinyDB

    from kiosk.store.carrying import Carried

log = logging.getLogger(__name__)


class TinyStore(Issues):
    """The store in a folder of this machine, shared by all its processes. See TicketStore for the methods.

    `letter` (A to Z) begins this device's numbers; `today` tells the service day; `site` is written to every
    ticket issued here; `device` is the file with this machine's id and `keys` seal what is told, each in the
    folder itself where none is named.
    Making it reads nothing: whatever lies in the folder, it starts. The folder must be on a local disk: locks
    do not hold on a network's.
    """

    def __init__(
        self,
        folder: Path,
        *,
        letter: str,
        today: Callable[[], date],
        device: Path | None = None,
        keys: Keyring | None = None,
        site: str = "",
    ) -> None:
        if not re.fullmatch("[A-Z]", letter):
            raise ValueError(f"a device's letter is one of A to Z, not {letter!r}")
        self.folder = folder
        self._letter, self._site = letter, site
        self._today = today
        self._ids = Ids()
        self._device = device or folder / NAME
        self._clock: HybridClock | None = None
        self.keys = keys or Keyring(folder / "keys")
        self._faults = Faults()
        self._days = Days(folder, lambda: self._today(), self.keys, self._faults.add)
        self._shown: date | None = None
        """The day `refresh` last spoke of."""
        try:
            files.make_folder(folder)
        except OSError as error:
            # Told when something is to be saved; a kiosk that does not start helps nobody.
            log.error("%s", files.trouble(error, "make the store's folder"))

    def issue_new(self, new: New) -> Ticket:
        day = self._today()
        with self._days.open(day) as opened:
            number = opened.next_number(self._letter)
            ticket = new.ticket(self._ids.next(new.at), number, day, self._site)
            ticket = self._stamped(opened, None, ticket)
            opened.write([(ISSUE, ticket)])
        return ticket

    def leave_room(self, numbers: int) -> None:
        """So many numbers of each letter are not given today: somebody who knows this folder as it was may
        have given them. Raises Trouble."""
        with self._days.open(self._today()) as opened:
            opened.leave_room(numbers)

    def tickets(self, day: date | None = None) -> list[Ticket]:
        return self._days.look(day or self._today()).tickets()

    def get(self, ticket_id: str) -> Ticket:
        found = self._days.find(ticket_id)[1].ticket(ticket_id)
        if found is None:  # Another thread has just seen it go.
            raise unknown()
        return found

    def change(self, ticket_id: str, apply: Callable[[Ticket], Ticket]) -> Ticket:
        day, _ = self._days.find(ticket_id)
        with self._days.open(day) as opened:
            before = opened.ticket(ticket_id)
            if before is None:
                raise unknown()
            after = apply(before)
            hold_to(before, after)
            if after != before:
                after = self._stamped(opened, before, after)
                opened.write([(CHANGE, after)])
                after = opened.ticket(ticket_id) or after
        return after

    def call_next(
        self,
        *,
        counter: str,
        languages: Collection[str],
        at: datetime,
        staff: str = "",
        lanes: Collection[str] = (),
    ) -> Pick | None:
        with self._days.open(self._today()) as opened:
            found = pick(opened.routing(), counter=counter, languages=languages, now=at, lanes=lanes)
            if found is None:
                return None
            called = call(found.ticket, at, counter=counter, staff=staff)
            opened.write([(CHANGE, self._stamped(opened, found.ticket, called))])
            called = opened.ticket(called.id) or called
        return replace(found, ticket=called)

    def mark(self, day: date) -> str:
        return files.settled_state(self.folder / f"{day}{SUFFIX}")

    def carried(self, day: date) -> list[Carried]:
        with self._days.open(day) as opened:
            return opened.carried()

    def merge(self, tickets: Iterable[Carried]) -> MergeReport:
        days: dict[date, list[Carried]] = {}
        for one in tickets:
            days.setdefault(one.ticket.day, []).append(one)
        report = MergeReport()
        for day, came in sorted(days.items()):
            if self.is_gone(day):
                gone = tuple(replace(one.name, reason="erased") for one in came)
                report = report.plus(MergeReport(refused=gone))
                continue
            with self._days.open(day) as opened:
                report = report.plus(opened.take_over(came))
        return report

    def refresh(self) -> bool:
        today = self._today()
        new_day = self._shown is not None and today != self._shown
        self._shown = today
        return self._days.refresh() or new_day

    def faults(self) -> tuple[Fault, ...]:
        return erasing.still_kept(self.folder, (*self._faults.met, *self.keys.faults()))

    def days(self) -> list[date]:
        return days_in(self.folder)

    def close(self) -> None:
        self._days.close()

    def own_days(self) -> list[date]:
        return self.days()

    def mark_erased(self, day: date, mark: Mark) -> None:
        """Tell every process that what it knows of the day, or of one of its tickets, must not come back."""
        with self._days.lock.hold(WRITE_WAIT):
            try:
                erasing.write_mark(self.folder, day, mark)
            except OSError as error:
                raise files.trouble(error, "mark as erased") from error

    def erase_day(self, day: date, _tickets: Collection[str] | None = None, /) -> frozenset[str]:
        """Delete the files of a day that is over and marked, whatever is in them. See Erasable."""
        if day >= self._today():
            raise Trouble("trouble.erase_today", log=f"{day} is not over")
        with self._days.lock.hold(WRITE_WAIT):
            erasing.erase_day(self.folder, day)
            self._days.forget(day)
        return frozenset()

    def erase(self, ticket: Ticket, mark: Mark, may: Callable[[Ticket], None]) -> None:
        """Take one ticket out of its day's files, for every process; nothing where it is gone. `may` is asked
        once more with the ticket as it stands, and raises where it must stay. Raises Trouble."""
        with self._days.open(ticket.day) as opened:
            found = opened.ticket(ticket.id)
            if found is not None:
                may(found)
                self.mark_erased(ticket.day, mark)
                opened.erase(found)

    def is_erased(self, day: date, ticket_id: str) -> bool:
        """Whether the ticket was erased on request, or with its whole day. Raises Trouble."""
        return self.is_gone(day) or self._days.look(day, sure=True).is_erased(ticket_id)

    def erased_elsewhere(self) -> list[Ticket]:
        return []

    def is_gone(self, day: date) -> bool:
        """Whether the whole day was erased: nothing of it may come back."""
        mark = erasing.mark_of(self.folder, day)
        return mark is not None and mark.whole

    def db(self, day: date | None = None) -> TinyDB:
        """The day as a TinyDB database; see kiosk.store.table. Today's where no day is given."""
        from kiosk.store.table import open_db

        return open_db(_DayTickets(self, day or self._today()))

    def update(self, day: date, apply: Callable[[list[Ticket]], list[Ticket]]) -> None:
        """Change several tickets of a day with one flush: `apply` answers them in the order it was given
        them. Raises as `change` does."""
        with self._days.open(day) as opened:
            before = opened.tickets()
            after = apply(before)
            for old, new in zip(before, after, strict=True):
                hold_to(old, new)
            pairs = [(old, new) for old, new in zip(before, after, strict=True) if new != old]
            if pairs:
                opened.write([(CHANGE, self._stamped(opened, old, new)) for old, new in pairs])

    def _stamped(self, opened: Day, before: Ticket | None, after: Ticket) -> Ticket:
        """`after` with stamps on its new periods, later than all of the day's: processes of one device make
        theirs in turn, under the store's lock."""
        if self._clock is None:
            self._clock = HybridClock(device_id(self._device, self._faults.add))
        for stamp in opened.stamps.values():
            self._clock.see(stamp, after.periods[-1].at)
        return stamped(before, after, self._clock)


class _DayTickets:
    """One day of the store, as the TinyDB table asks for it."""

    def __init__(self, store: TinyStore, day: date) -> None:
        self._store = store
        self._day = day

    def read(self) -> list[Ticket]:
        return self._store.tickets(self._day)

    def update(self, apply: Callable[[list[Ticket]], list[Ticket]]) -> None:
        self._store.update(self._day, apply)
