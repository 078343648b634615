"""What a ticket costs on this machine: measured on the real stores, and on TinyDB's own beside them."""

from __future__ import annotations

import json
import os
import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

from kiosk.app.prefecture import database
from kiosk.app.prefecture.database import DatabaseCosts
from kiosk.core.changes import close, hold, note, serve
from kiosk.core.records import content_record, routing_record
from kiosk.core.statistics import row_of
from kiosk.core.ticket import Ticket
from kiosk.store.audit import Audit
from kiosk.store.audit_line import Entry
from kiosk.store.bench import sample
from kiosk.store.carrying import Carried, carried_from
from kiosk.store.keys import Keyring
from kiosk.store.pack_contents import parts_of
from kiosk.store.pack_reader import open_pack
from kiosk.store.packs import pack_bytes
from kiosk.store.protocol import TicketStore
from kiosk.store.rows import Rows
from kiosk.store.tiny import TinyStore

TODAY = date(2026, 7, 28)
NOW = datetime(2026, 7, 28, 1, tzinfo=UTC)
LIVES = 60
"""Tickets whose whole life is measured."""
PACKED = 400
"""Tickets of the pack that is measured: a full day of four tablets."""
ONE_FILE = (100, 1_000, 10_000)
"""Tickets in TinyDB's file."""
AUDITED = ("call", "open", "serve", "hold", "serve", "close")
"""Lines of the audit trail a usual ticket leaves."""


@dataclass(frozen=True)
class Costs:
    """Bytes, flushes (fsync and fdatasync) and milliseconds."""

    records: int
    """Of a life: issued, called, served, held, served, closed with a note."""
    ticket_bytes: float
    """Of a whole life in the journal."""
    ticket_flushes: float
    change_ms: float
    """Median of one change."""
    audit_lines: int
    audit_bytes: float
    """Of a ticket's lines."""
    audit_flushes: float
    row_bytes: float
    """Of the row of statistics that stays."""
    pack_bytes: float
    """A ticket in a pack."""
    merge_ms: float
    """A ticket of a pack: opened, checked, united with the office's day, on disk and readable there."""
    database: DatabaseCosts | None
    """None where this machine has no PostgreSQL."""
    one_file_bytes: float
    """A ticket in TinyDB's JSON file."""
    one_file_ms: Mapping[int, float]
    """A change with so many tickets in the file."""

    @property
    def one_file_slope(self) -> float:
        """Milliseconds of a change for each ticket in the file: it grows with them, and nearly only so."""
        most = max(self.one_file_ms)
        return self.one_file_ms[most] / most


def measure(folder: Path, one_file: tuple[int, ...] = ONE_FILE) -> Costs:
    """All of them, in `folder`, which must be empty. `one_file` shortens the peer in tests."""
    store = TinyStore(folder / "office", letter="A", today=lambda: TODAY)
    journal = store.folder / f"{TODAY}.journal"
    _live(store)  # The first ticket of a day makes keys, folder and file.
    before, times = journal.stat().st_size, list[float]()
    with _flushes() as flushed:
        tickets = [_live(store, times) for _ in range(LIVES)]
    size, count = journal.stat().st_size - before, flushed()
    audit_bytes, audit_flushes = _audit(folder, tickets)
    packed, merging, carried = _pack(folder, store)
    in_database = database.measure(folder, store.keys, _live, lambda: TODAY, carried)
    store.close()
    one_file_bytes, one_file_ms = _one_file(folder, tickets[0], one_file)
    return Costs(
        records=len(times) // LIVES,
        ticket_bytes=size / LIVES,
        ticket_flushes=count / LIVES,
        change_ms=statistics.median(times),
        audit_lines=len(AUDITED),
        audit_bytes=audit_bytes,
        audit_flushes=audit_flushes,
        row_bytes=_row(folder, tickets),
        pack_bytes=packed,
        merge_ms=merging,
        database=in_database,
        one_file_bytes=one_file_bytes,
        one_file_ms=one_file_ms,
    )


@contextmanager
def _flushes() -> Iterator[Callable[[], int]]:
    with (
        patch.object(os, "fsync", wraps=os.fsync) as whole,
        patch.object(os, "fdatasync", wraps=os.fdatasync) as data,
    ):
        yield lambda: whole.call_count + data.call_count


def _live(store: TicketStore, times: list[float] | None = None) -> Ticket:
    """A ticket from its issue to its closing, called as a counter calls."""
    taken = [] if times is None else times

    def timed(work: Callable[[], Any]) -> Any:
        begun = time.perf_counter()
        done = work()
        taken.append((time.perf_counter() - begun) * 1000)
        return done

    at = NOW + timedelta(minutes=len(taken))
    made = timed(lambda: store.issue(sample(), language="ko", at=at))
    timed(lambda: store.call_next(counter="1", languages=("ko",), at=at, staff="k03"))
    for change in (serve, hold, serve):
        at_counter = partial(change, at=at, counter="1", staff="k03")
        timed(partial(store.change, made.id, at_counter))
    closed: Ticket = timed(
        lambda: store.change(
            made.id, lambda t: close(note(t, "労基署へ。給与明細を持参。"), at, counter="1", staff="k03")
        )
    )
    return closed


def _audit(folder: Path, tickets: list[Ticket]) -> tuple[float, float]:
    audit = Audit(folder / "audit", device=folder / "office" / "device")
    with _flushes() as flushed:
        for ticket in tickets:
            for action in AUDITED:
                audit.write(Entry(action, NOW, ticket.id, "k03", "1"))
        count = flushed()
    size = sum(path.stat().st_size for path in audit.files())
    return size / len(tickets), count / len(tickets)


def _row(folder: Path, tickets: list[Ticket]) -> float:
    rows = Rows(folder / "statistics")
    rows.add(TODAY, {ticket.id: row_of(ticket, UTC, lambda _: ("work",)) for ticket in tickets})
    return sum(path.stat().st_size for path in rows.folder.glob("*.rows")) / len(tickets)


def _pack(folder: Path, office: TinyStore) -> tuple[float, float, list[Carried]]:
    """Bytes of a ticket in a pack, milliseconds of taking it over, and the tickets."""
    private = office.keys.office()
    keys = Keyring(folder / "tablet" / "keys")
    keys.keep_public(private.public)
    tablet = TinyStore(folder / "tablet", letter="Z", today=lambda: TODAY, keys=keys)
    for _ in range(PACKED):
        tablet.issue(sample(), language="ko", at=NOW)
    days = {TODAY: tablet.carried(TODAY)}
    data = pack_bytes(private.public, {}, parts_of(days, {TODAY: keys.carried(TODAY)}, {}))
    tablet.close()
    begun = time.perf_counter()
    opened = open_pack(data, private)
    lines = opened.parts[f"day/{TODAY}"].splitlines(keepends=True)
    office.keys.adopt(TODAY, json.loads(opened.parts[f"keys/{TODAY}"]))
    report = office.merge([carried_from(line, TODAY) for line in lines])
    readable = sum(not ticket.content.closed for ticket in office.tickets(TODAY))
    took = (time.perf_counter() - begun) * 1000
    if len(report.new) != PACKED or readable < PACKED:
        raise RuntimeError(f"{len(report.new)} tickets taken over and {readable} readable")
    return len(data) / PACKED, took / PACKED, days[TODAY]


def _one_file(folder: Path, ticket: Ticket, sizes: tuple[int, ...]) -> tuple[float, dict[int, float]]:
    """TinyDB as it comes, everything in one JSON file: bytes of a ticket, and milliseconds of a change."""
    from tinydb import TinyDB

    body = {"routing": routing_record(ticket), "content": content_record(ticket.content)}
    size, found = 0.0, dict[int, float]()
    for count in sizes:
        path = folder / f"one-{count}.json"
        base = TinyDB(path)
        base.insert_multiple(body | {"count": number} for number in range(count))
        times = []
        for number in range(3 if count > 1_000 else 15):
            begun = time.perf_counter()
            base.update({"count": -number}, doc_ids=[number + 1])
            times.append((time.perf_counter() - begun) * 1000)
        found[count] = statistics.median(times)
        base.close()
        size = path.stat().st_size / count
        path.unlink()
    return size, found
