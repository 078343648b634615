"""The tickets of one service day: its journal, and memory."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from kiosk.core.clock import device_of
from kiosk.core.ticket import Ticket, content_from, content_record, routing_record, ticket_from
from kiosk.core.waiting import count_of, format_number
from kiosk.errors import Trouble
from kiosk.store.counts import Counts, read_counts, write_counts
from kiosk.store.journal import Journal, Reading
from kiosk.store.protocol import Fault
from kiosk.store.record import Record

log = logging.getLogger(__name__)

ISSUE, CHANGE = "issue", "change"
_ANY = "*"
"""In the counts: the floor for letters not named there."""


@dataclass(frozen=True)
class Held:
    sequence: int
    """Of the record it was read from or written to."""
    ticket: Ticket


class Day:
    """All but `stale`, `ticket` and `tickets` is called under the store's lock."""

    def __init__(self, folder: Path, day: date, report: Callable[[Fault], None]) -> None:
        self.day = day
        self.loaded = False
        self.stamps: dict[str, str] = {}
        """The highest stamp of each device."""
        self._folder = folder
        self._report = report
        self._journal = Journal(folder, day, report)
        self._held: dict[str, Held] = {}
        self._issued: dict[str, int] = {}
        """The last number of each letter, as the journal says or as was known before."""
        self._unread = 0
        """Damaged records since the last whole one: each may have given a number."""
        self._lost: dict[str, Ticket] = {}
        """Known here, but gone from the file: written again with the next record."""

    def stale(self) -> bool:
        return not self.loaded or self._journal.stale()

    def tickets(self) -> list[Ticket]:
        found = [held.ticket for held in list(self._held.values())]
        return sorted(found, key=lambda ticket: (ticket.number[:1], count_of(ticket.number)))

    def ticket(self, ticket_id: str) -> Ticket | None:
        held = self._held.get(ticket_id)
        return held.ticket if held else None

    def catch_up(self) -> bool:
        """Read the file, or what others added to it; whether they changed anything. Raises Trouble."""
        reading = self._journal.catch_up()
        first, self.loaded = not self.loaded, True
        if not reading.fresh and not reading.items:
            return False
        held = {} if reading.fresh else dict(self._held)
        if reading.fresh:
            self._unread, self._lost = 0, {}
        whole, damaged = self._take(reading, held)
        if reading.fresh:
            self._compare(whole, damaged)
        before, self._held = self._held, held
        if reading.fresh and not first and not reading.gone:
            self._restore(before)
        return not first

    def next_number(self, letter: str) -> str:
        """The number after the last one given, or possibly given, for the letter."""
        return format_number(letter, self._floor(letter) + 1)

    def write(self, changes: Iterable[tuple[str, Ticket]]) -> None:
        """Put the tickets on disk, then into memory. Raises Trouble; then memory is unchanged."""
        changes = list(changes)
        changed = {ticket.id for _, ticket in changes}
        kept = [(CHANGE, ticket) for ticket in self._lost.values() if ticket.id not in changed]
        changes = [*kept, *changes]
        letters = {*self._issued, _ANY} if self._unread else set(self._issued)
        issued = {letter: self._floor(letter) for letter in letters}
        for _, ticket in changes:
            letter, count = ticket.number[:1], count_of(ticket.number)
            issued[letter] = max(issued.get(letter, 0), count)
        records = [(kind, _body(ticket, issued)) for kind, ticket in changes]
        sequences = self._journal.append(records)
        for sequence, (_, ticket) in zip(sequences, changes, strict=True):
            self._held[ticket.id] = Held(sequence, ticket)
            self._see(ticket)
        self._issued, self._unread, self._lost = issued, 0, {}
        write_counts(self._folder, self.day, Counts(sequences[-1], issued))

    def close(self) -> None:
        """Let go of the file; the next look reads it anew. A thread may still be reading the tickets."""
        self._journal.close()
        self.loaded = False

    def _floor(self, letter: str) -> int:
        return self._issued.get(letter, self._issued.get(_ANY, 0)) + self._unread

    def _take(self, reading: Reading, held: dict[str, Held]) -> tuple[set[int], int]:
        """Take the records into `held`; answers their sequence numbers and the number of damaged ones."""
        whole: set[int] = set()
        damaged = 0
        for item in reading.items:
            if not isinstance(item, Record):
                self._unread += item.records
                damaged += 0 if item.torn else item.records
                continue
            whole.add(item.sequence)
            try:
                ticket, issued = _read(item.body, self.day)
            except (KeyError, TypeError, ValueError, AttributeError):
                place = f"record {item.sequence}"
                self._report(Fault("trouble.journal_unknown", self._journal.path.name, place))
                self._unread += 1
                continue
            known = held.get(ticket.id)
            if known is None or known.sequence <= item.sequence:
                held[ticket.id] = Held(item.sequence, ticket)
            self._see(ticket)
            self._raise(issued)
            self._raise({ticket.number[:1]: count_of(ticket.number)})
            self._unread = 0
        return whole, damaged

    def _see(self, ticket: Ticket) -> None:
        for period in ticket.periods:
            device = device_of(period.stamp)
            self.stamps[device] = max(period.stamp, self.stamps.get(device, ""))

    def _raise(self, issued: Mapping[str, int]) -> None:
        for letter, count in issued.items():
            self._issued[letter] = max(self._issued.get(letter, 0), count)

    def _compare(self, whole: set[int], damaged: int) -> None:
        """Hold a file read from its beginning against the counts noted beside it."""
        counts = read_counts(self._folder, self.day)
        self._raise(counts.issued)
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
                self._lost[ticket_id] = known.ticket
        if not self._lost:
            return
        place = f"{len(self._lost)} tickets"
        self._report(Fault("trouble.journal_restored", self._journal.path.name, place))
        try:
            self.write(())
        except Trouble as trouble:
            log.warning("restored with the next record: %s", trouble.log)


def _body(ticket: Ticket, issued: Mapping[str, int]) -> dict[str, Any]:
    return {"routing": routing_record(ticket), "content": content_record(ticket.content), "issued": issued}


def _read(body: Mapping[str, Any], day: date) -> tuple[Ticket, dict[str, int]]:
    """The ticket of a record and the counts it carries; raises where they are not as written."""
    ticket = ticket_from(body["routing"], content_from(body["content"]))
    count_of(ticket.number)
    if ticket.day != day:
        raise ValueError("a ticket of another day")
    return ticket, {str(letter): int(count) for letter, count in body["issued"].items()}
