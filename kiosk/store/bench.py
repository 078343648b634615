"""What a change of a ticket costs, against SQLite on the same disk with the same ticket in the same run."""

from __future__ import annotations

import json
import os
import sqlite3
import statistics
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from kiosk.core.heard import Translation
from kiosk.core.ticket import (
    Case,
    Content,
    Narrative,
    Period,
    State,
    Ticket,
    call,
    content_record,
    note,
    routing_record,
    serve,
)
from kiosk.core.waiting import format_number
from kiosk.store.day import CHANGE, ISSUE, Day
from kiosk.store.ids import Ids
from kiosk.store.keys import Keyring
from kiosk.store.protocol import Fault
from kiosk.store.tiny import TinyStore

TODAY = date(2026, 7, 28)
PER_DAY = 500
SAMPLES = 200
_NOW = datetime(2026, 7, 28, 1, tzinfo=UTC)


def run(folder: Path) -> dict[str, float]:
    """Figures of a store made in `folder`, which must be empty or absent. Times are in milliseconds.

    `change_100_ms`, `change_10000_ms` and `sqlite_…`: the median of a durable change with so many tickets
    kept (of the 10,000, 500 are today's), `…_p95_ms` the 95th percentile; SQLite with a write-ahead log and
    synchronous FULL, which seals nothing. The change is a note, which is sealed; `state_…` is a call, which
    carries the sealed bytes on; `…_ratio` is against SQLite. `open_500_ms`: from nothing to the list, with
    500 tickets of four records each, of which `unseal_500_ms` opens what they tell.
    `flushes` and `bytes` are those of one change.
    """
    figures: dict[str, float] = {}
    for kept in (100, 10_000):
        store, changed = _store(folder / f"tiny-{kept}", kept)
        base, rows = _sqlite(folder / f"sqlite-{kept}.db", kept)
        # In turns, so that a busy moment of the disk meets both.
        times = _in_turns([changed, _calling(store), rows])
        for name, taken in zip(("change", "state", "sqlite"), times, strict=True):
            figures[f"{name}_{kept}_ms"] = round(statistics.median(taken), 3)
            figures[f"{name}_{kept}_p95_ms"] = round(statistics.quantiles(taken, n=20)[-1], 3)
        for name in ("change", "state"):
            ratio = figures[f"{name}_{kept}_ms"] / figures[f"sqlite_{kept}_ms"]
            figures[f"{name}_{kept}_ratio"] = round(ratio, 2)
        store.close()
        base.close()
    figures["open_500_ms"], figures["unseal_500_ms"] = _opening(folder / "tiny-open")
    figures["flushes"], figures["bytes"] = _cost(folder / "tiny-100")
    return figures


def sample() -> Content:
    """Answers and a narrative that make a record of about 2 KB."""
    korean = "회사에서 두 달 동안 월급을 받지 못했습니다. "
    japanese = "会社から二か月給料をもらっていません。"
    translation = Translation(korean * 7, "ko", japanese * 7, korean * 7, "argos ko-en 1.0 · en-ja 1.0")
    return Content(
        caller="self",
        cases=(Case("work", "work", (("what", ("wages",)), ("since", ("month",)), ("paper", ("yes",)))),),
        narrative=Narrative(korean * 7, "ko", "speech", translation, True),
        statistics=("work",),
    )


def _ticket(day: date, count: int, ids: Ids) -> Ticket:
    at = _NOW - (TODAY - day) + timedelta(seconds=count)
    return Ticket(ids.next(at), format_number("A", count), day, "ko", (Period(State.WAITING, at),), sample())


def _fill(folder: Path, day: date, count: int) -> list[Ticket]:
    """A day of waiting tickets, written with one flush."""
    ids = Ids()
    tickets = [_ticket(day, number, ids) for number in range(1, count + 1)]
    filled = _day(folder, day)
    filled.catch_up()
    filled.write([(ISSUE, ticket) for ticket in tickets])
    filled.close()
    return tickets


def _store(folder: Path, kept: int) -> tuple[TinyStore, Callable[[int], object]]:
    store = TinyStore(folder, letter="A", today=lambda: TODAY)
    tickets = _fill(folder, TODAY, min(kept, PER_DAY))
    for back in range(1, kept // PER_DAY):
        _fill(folder, TODAY - timedelta(days=back), PER_DAY)
    store.tickets()

    def change(turn: int) -> object:
        return store.change(tickets[turn % len(tickets)].id, lambda found: note(found, f"{turn}"))

    return store, change


def _calling(store: TinyStore) -> Callable[[int], object]:
    """Call today's tickets again and again."""
    names = [ticket.id for ticket in store.tickets()]
    return lambda turn: store.change(names[turn % len(names)], lambda found: call(found, _NOW, counter="1"))


def _sqlite(path: Path, kept: int) -> tuple[sqlite3.Connection, Callable[[int], object]]:
    base = sqlite3.connect(path, isolation_level=None)
    base.execute("PRAGMA journal_mode=WAL")
    base.execute("PRAGMA synchronous=FULL")
    base.execute("CREATE TABLE tickets (id TEXT PRIMARY KEY, day TEXT, state TEXT, body TEXT)")
    base.execute("CREATE INDEX by_day ON tickets (day, state)")
    ids, known = Ids(), []
    base.execute("BEGIN")
    for number in range(kept):
        day = TODAY - timedelta(days=number // PER_DAY)
        ticket = _ticket(day, number % PER_DAY + 1, ids)
        known.append(ticket.id)
        row = (ticket.id, day.isoformat(), ticket.state.value, _body(ticket))
        base.execute("INSERT INTO tickets VALUES (?, ?, ?, ?)", row)
    base.execute("COMMIT")

    def change(turn: int) -> object:
        wanted = known[turn % min(kept, PER_DAY)]
        base.execute("BEGIN IMMEDIATE")
        (body,) = base.execute("SELECT body FROM tickets WHERE id = ?", (wanted,)).fetchone()
        found: dict[str, Any] = json.loads(body)
        found["content"]["notes"].append(f"{turn}")
        changed = json.dumps(found, ensure_ascii=False)
        base.execute("UPDATE tickets SET body = ?, state = ? WHERE id = ?", (changed, "waiting", wanted))
        return base.execute("COMMIT")

    return base, change


def _body(ticket: Ticket) -> str:
    body = {"routing": routing_record(ticket), "content": content_record(ticket.content)}
    return json.dumps(body, ensure_ascii=False)


def _in_turns(works: list[Callable[[int], object]]) -> list[list[float]]:
    times: list[list[float]] = [[] for _ in works]
    for turn in range(SAMPLES):
        for work, taken in zip(works, times, strict=True):
            start = time.perf_counter()
            work(turn)
            taken.append((time.perf_counter() - start) * 1000)
    return times


def _opening(folder: Path) -> tuple[float, float]:
    TinyStore(folder, letter="A", today=lambda: TODAY)
    tickets = _fill(folder, TODAY, PER_DAY)
    day = _day(folder, TODAY)
    day.catch_up()
    called = [call(ticket, _NOW, counter="1") for ticket in tickets]
    served = [serve(ticket, _NOW, counter="1") for ticket in called]
    noted = [note(ticket, "済み") for ticket in served]
    day.write([(CHANGE, ticket) for step in (called, served, noted) for ticket in step])
    day.close()
    times: dict[bool, list[float]] = {True: [], False: []}
    for reads in (True, False) * 5:
        store = TinyStore(folder, letter="A", today=lambda: TODAY)
        if not reads:
            store.keys.public_only()
        start = time.perf_counter()
        count = len(store.tickets())
        times[reads].append((time.perf_counter() - start) * 1000)
        store.close()
        if count != PER_DAY:
            raise RuntimeError(f"{count} tickets instead of {PER_DAY}")
    whole, closed = (statistics.median(times[reads]) for reads in (True, False))
    return round(whole, 1), round(whole - closed, 1)


def _cost(folder: Path) -> tuple[int, int]:
    """Flushes and bytes of one change."""
    from unittest.mock import patch

    store = TinyStore(folder, letter="A", today=lambda: TODAY)
    wanted = store.tickets()[0].id
    journal = folder / f"{TODAY.isoformat()}.journal"
    before = journal.stat().st_size
    with (
        patch.object(os, "fsync", wraps=os.fsync) as whole,
        patch.object(os, "fdatasync", wraps=os.fdatasync) as data,
    ):
        store.change(wanted, lambda found: note(found, "x"))
    store.close()
    return whole.call_count + data.call_count, journal.stat().st_size - before


def _day(folder: Path, day: date) -> Day:
    return Day(folder, day, _unexpected, Keyring(folder / "keys"))


def _unexpected(fault: Fault) -> None:
    raise RuntimeError(f"a fresh journal is damaged: {fault.key}")
