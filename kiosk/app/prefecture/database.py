"""What a ticket costs in an office's database: measured on a PostgreSQL of its own, where there is one."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kiosk.core.ticket import Ticket
from kiosk.store.carrying import Carried
from kiosk.store.keys import Keyring
from kiosk.store.protocol import TicketStore

LIVES = 150
_SIZE = """
SELECT sum(pg_total_relation_size(c.oid)) FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
WHERE relkind = 'r' AND nspname = current_schema()
"""

Live = Callable[[TicketStore, list[float]], Ticket]
"""Lets a ticket live from its issue to its closing, and adds what each change took."""


@dataclass(frozen=True)
class DatabaseCosts:
    ticket_bytes: float
    """Of a closed ticket with all indexes, after VACUUM."""
    change_ms: float
    """Median, every commit waiting for the disk."""
    merge_ms: float
    """A ticket of a pack, taken over."""


def measure(
    folder: Path, keys: Keyring, live: Live, today: Callable[[], date], packed: Sequence[Carried]
) -> DatabaseCosts | None:
    """None where there is no PostgreSQL. `packed`: tickets of another machine; `folder` takes our id."""
    from kiosk.store.pg.link import connect
    from kiosk.store.pg.trial import Server, why_not
    from kiosk.store.postgres import PostgresStore

    if why_not():
        return None
    server = Server(durable=True)
    try:
        url = server.database()
        store = PostgresStore(url, letter="A", today=today, device=folder / "device", keys=keys)

        def size() -> int:
            with connect(url) as connection:
                connection.autocommit = True
                connection.execute("VACUUM")
                row = connection.execute(_SIZE).fetchone()
            return int(row[0]) if row else 0

        times = list[float]()
        live(store, times)  # The first ticket of a day makes its keys, and pages to begin with.
        before = size()
        times.clear()
        for _ in range(LIVES):
            live(store, times)
        grown = size() - before
        begun = time.perf_counter()
        report = store.merge(packed)
        merging = (time.perf_counter() - begun) * 1000
        store.close()
        if len(report.new) != len(packed):
            raise RuntimeError(f"{len(report.new)} tickets taken over instead of {len(packed)}")
        return DatabaseCosts(grown / LIVES, statistics.median(times), merging / len(packed))
    finally:
        server.close()
