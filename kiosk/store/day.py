"""The tickets of one service day: its journal, and memory."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from kiosk.core.clock import device_of
from kiosk.core.ticket import Ticket
from kiosk.errors import Trouble
from kiosk.store import erasing, rewriting
from kiosk.store.carrying import Carried, carried, united
from kiosk.store.changes import by_number
from kiosk.store.contents import CLOSED, Kept, closed
from kiosk.store.counts import Counts, read_counts, write_counts
from kiosk.store.day_contents import Opened
from kiosk.store.day_numbers import Numbers, given
from kiosk.store.day_record import body_of, read_body
from kiosk.store.journal import AHEAD, Journal, Reading
from kiosk.store.keys import Keyring
from kiosk.store.protocol import Fault, MergeReport
from kiosk.store.record import Record

log = logging.getLogger(__name__)

ISSUE, CHANGE = "issue", "change"
MOSTLY_OLD = 4
"""How many records a ticket a journal may hold before it is compacted. A visit changes its ticket some six
times; a counselor's record is saved every few seconds."""


@dataclass(frozen=True)
class Held:
    sequence: int
    """Of the record it was read from or written to."""
    ticket: Ticket
    """Its content is closed, but for a record written before contents were sealed."""
    kept: Kept | None
    """What it tells, sealed; None for such a record, which is sealed when it changes next."""


class Day:
    """All but `stale`, `ticket` and `tickets` is called under the store's lock."""

    def __init__(self, folder: Path, day: date, report: Callable[[Fault], None], keys: Keyring) -> None:
        self.day = day
        self.loaded = False
        self.stamps: dict[str, str] = {}
        """The highest stamp of each device."""
        self._folder = folder
        self._report = report
        self._keys = keys
        self._journal = Journal(folder, day, report, ahead=AHEAD)
        self._opened = Opened(keys, day, self._journal.path.name, report)
        self._held: dict[str, Held] = {}
        self._numbers = Numbers()
        self._lost: dict[str, Held] = {}
        """Known here, but gone from the file: written again with the next record."""
        self._erased: set[str] = set()
        self._spare = 0
        """Records there were more than MOSTLY_OLD a ticket, when a file without damage was read from its
        beginning."""
        self._token = ""
        """Of what was erased of the day last, when its file was read from the beginning."""

    def stale(self) -> bool:
        return not self.loaded or self._journal.stale()

    def tickets(self) -> list[Ticket]:
        found = [self._opened.shown(held.ticket, held.kept) for held in list(self._held.values())]
        return sorted(found, key=by_number)

    def routing(self) -> list[Ticket]:
        """The tickets in no order, with what they tell left closed: for whoever only calls."""
        return [held.ticket for held in self._held.values()]

    def ticket(self, ticket_id: str) -> Ticket | None:
        held = self._held.get(ticket_id)
        return self._opened.shown(held.ticket, held.kept) if held else None

    def catch_up(self) -> bool:
        """Read the file, or what others added to it; whether they changed anything. Raises Trouble."""
        reading = self._journal.catch_up()
        first, self.loaded = not self.loaded, True
        if not reading.fresh and not reading.items:
            return False
        held = {} if reading.fresh else dict(self._held)
        erased = reading.fresh and self._see_erased()
        if reading.fresh:
            self._numbers.settle()
            self._lost, self._erased = {}, set()
        if erased and not first:
            # What was counted before went with the erasure and is not missing.
            known = (item.sequence for item in reading.items if isinstance(item, Record))
            self._journal.sequence = max(known, default=0)
        whole, damaged = self._take(reading, held)
        if reading.fresh:
            self._compare(whole, damaged)
            sound = all(isinstance(item, Record) for item in reading.items)
            self._spare = len(whole) - MOSTLY_OLD * (len(held) + 1) if sound else 0
        before, self._held = self._held, held
        if reading.fresh:
            self._opened.hold_to(held)
        if reading.fresh and not first and not reading.gone and not erased:
            self._restore(before)
        return not first

    def next_number(self, letter: str) -> str:
        """The number after the last one given, or possibly given, for the letter."""
        return self._numbers.next(letter)

    def leave_room(self, numbers: int) -> None:
        """See TinyStore.leave_room."""
        self._numbers.unread(numbers)
        issued = self._numbers.floors()
        self._numbers.written(issued)
        write_counts(self._folder, self.day, Counts(self._journal.sequence, issued))

    def write(self, changes: Iterable[tuple[str, Ticket]]) -> None:
        """Put the tickets on disk, then into memory. Raises Trouble; then memory is unchanged."""
        self._put([(kind, ticket, self._sealed(ticket)) for kind, ticket in changes])

    def carried(self) -> list[Carried]:
        """The tickets as they lie here; a record older than sealing is sealed for it. Raises Trouble."""
        return [self._carried(held) for held in self._held.values()]

    def take_over(self, came: Iterable[Carried]) -> MergeReport:
        """Unite what is known with tickets of another store, with one flush. Raises Trouble."""
        came = list(came)
        erased = tuple(replace(one.name, reason="erased") for one in came if self.is_erased(one.ticket.id))
        held = [self._held[one.ticket.id] for one in came if one.ticket.id in self._held]
        known = {found.ticket.id: self._carried(found) for found in held}
        numbers: dict[str, set[str]] = {}
        for found in self._held.values():
            numbers.setdefault(found.ticket.number, set()).add(found.ticket.id)
        written, report = united(known, [one for one in came if not self.is_erased(one.ticket.id)], numbers)
        if written:
            kinds = [CHANGE if one.ticket.id in known else ISSUE for one in written]
            self._put([(kind, one.ticket, one.kept) for kind, one in zip(kinds, written, strict=True)])
        return report.plus(MergeReport(refused=erased))

    def _carried(self, held: Held) -> Carried:
        return carried(held.ticket, held.kept or self._sealed(held.ticket))

    def _put(self, changes: list[tuple[str, Ticket, Kept]]) -> None:
        changed = {ticket.id for _, ticket, _ in changes}
        lost = [self._carried(held) for held in self._lost.values() if held.ticket.id not in changed]
        records = [*((CHANGE, one.ticket, one.kept) for one in lost), *changes]
        issued = self._numbers.floors()
        for _, ticket, _ in records:
            for letter, count in given(ticket).items():
                issued[letter] = max(issued.get(letter, 0), count)
        bodies = [(kind, body_of(ticket, kept, issued)) for kind, ticket, kept in records]
        sequences = self._journal.append(bodies)
        for sequence, (_, ticket, kept) in zip(sequences, records, strict=True):
            self._opened.add(ticket, kept)
            self._held[ticket.id] = Held(sequence, replace(ticket, content=CLOSED), kept)
            self._see(ticket, kept)
        self._numbers.written(issued)
        self._lost = {}
        write_counts(self._folder, self.day, Counts(sequences[-1], issued))

    def compact(self) -> None:
        """Leave each ticket's newest record only in a file that is mostly older ones. For a day that is over:
        until then they come too fast, and the newest might be the one that is damaged. Raises Trouble."""
        if self._spare <= 0 or self._lost or self._journal.failed:
            return
        self._spare = 0
        newest = {held.sequence for held in self._held.values()}
        issued, last = self._numbers.floors(), self._journal.sequence
        rewriting.compact(self._journal.path, self.day, newest, issued, last)
        self._journal.close()
        write_counts(self._folder, self.day, Counts(last + 1, issued))
        self.catch_up()

    def trim(self) -> None:
        """Give back what the file is longer than its records."""
        self._journal.trim()

    def close(self) -> None:
        """Let go of the file; the next look reads it anew. A thread may still be reading the tickets."""
        self._journal.close()
        self.loaded = False

    def is_erased(self, ticket_id: str) -> bool:
        """Whether it was erased on request: it must not come back from a pack or another store."""
        return ticket_id in self._erased

    def erase(self, ticket: Ticket) -> None:
        """Take it out of the file and of memory; its number is not given again. Raises Trouble."""
        issued = self._numbers.floors()
        path, last = self._journal.path, self._journal.sequence
        rewriting.erase_ticket(path, self.day, ticket.id, ticket.number, issued, last)
        self.close()
        self._held.pop(ticket.id, None)
        self._opened.forget(ticket.id)
        write_counts(self._folder, self.day, Counts(last + 1, issued))

    def _see_erased(self) -> bool:
        """Whether anything of the day was erased since its file was last read from the beginning."""
        before, self._token = self._token, erasing.token_of(self._folder, self.day)
        return before != self._token

    def _sealed(self, ticket: Ticket) -> Kept:
        held = self._held.get(ticket.id)
        kept, before = (held.kept, self._opened.content(held.ticket, held.kept)) if held else (None, None)
        return closed(self._keys, ticket, kept, before)

    def _take(self, reading: Reading, held: dict[str, Held]) -> tuple[set[int], int]:
        """Take the records into `held`; answers their sequence numbers and the number of damaged ones."""
        whole: set[int] = set()
        damaged = 0
        for item in reading.items:
            if not isinstance(item, Record):
                self._numbers.unread(item.records)
                damaged += 0 if item.torn else item.records
                continue
            whole.add(item.sequence)
            if item.kind == rewriting.ERASE:
                damaged += self._take_erased(item, held)
                continue
            try:
                ticket, kept, issued = read_body(item.body, self.day)
            except (KeyError, TypeError, ValueError, AttributeError):
                place = f"record {item.sequence}"
                self._report(Fault("trouble.journal_unknown", self._journal.path.name, place))
                self._numbers.unread(1)
                continue
            known = held.get(ticket.id)
            if ticket.id not in self._erased and (known is None or known.sequence <= item.sequence):
                held[ticket.id] = Held(item.sequence, ticket, kept)
            self._see(ticket, kept)
            self._numbers.raise_to(issued)
            self._numbers.raise_to(given(ticket))
            self._numbers.settle()
        return whole, damaged

    def _take_erased(self, record: Record, held: dict[str, Held]) -> int:
        """Forget a ticket that was erased; how many records it stands for."""
        try:
            ticket_id, dropped, issued = rewriting.erased_in(record.body)
        except (KeyError, TypeError, ValueError, AttributeError):
            place = f"record {record.sequence}"
            self._report(Fault("trouble.journal_unknown", self._journal.path.name, place))
            return 0
        held.pop(ticket_id, None)
        self._erased.add(ticket_id)
        self._numbers.raise_to(issued)
        return dropped

    def _see(self, ticket: Ticket, kept: Kept | None) -> None:
        for stamp in (*(period.stamp for period in ticket.periods), *(kept.stamps if kept else ())):
            device = device_of(stamp)
            self.stamps[device] = max(stamp, self.stamps.get(device, ""))

    def _compare(self, whole: set[int], damaged: int) -> None:
        """Hold a file read from its beginning against the counts noted beside it."""
        counts = read_counts(self._folder, self.day)
        self._numbers.raise_to(counts.issued)
        last = max(self._journal.sequence, counts.sequence)
        self._journal.sequence = last
        missing = last - len(whole) - damaged
        if missing > 0:
            place = f"{missing} of {last} records"
            self._report(Fault("trouble.journal_missing", self._journal.path.name, place))

    def _restore(self, before: Mapping[str, Held]) -> None:
        """Somebody damaged the file while it was open: what is known here goes back into it."""
        for ticket_id, known in before.items():
            found = self._held.get(ticket_id)
            if found is None or found.sequence < known.sequence:
                self._held[ticket_id] = known
                self._lost[ticket_id] = known
        if not self._lost:
            return
        place = f"{len(self._lost)} tickets"
        self._report(Fault("trouble.journal_restored", self._journal.path.name, place))
        try:
            self.write(())
        except Trouble as trouble:
            log.warning("restored with the next record: %s", trouble.log)
