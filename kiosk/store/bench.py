"""What a change of a ticket costs, against SQLite and TinyDB's own file: same disk, same ticket, same run."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from kiosk.core.changes import call, note, record, serve
from kiosk.core.consultation import Consultation
from kiosk.core.heard import Translation
from kiosk.core.ticket import Case, Content, Narrative, Period, State, Ticket
from kiosk.core.waiting import format_number
from kiosk.store.bench_rivals import sqlite_plain, sqlite_sealed, tinydb_file
from kiosk.store.carrying import Carried, carried
from kiosk.store.day import CHANGE, ISSUE, Day
from kiosk.store.ids import Ids
from kiosk.store.keys import Keyring
from kiosk.store.protocol import Fault
from kiosk.store.tiny import TinyStore

TODAY = date(2026, 7, 28)
PER_DAY = 500
SIZES = (100, 1_000, 10_000, 100_000)
"""Tickets kept, of which at most PER_DAY are today's."""
TINYDB_SIZES = (100, 1_000, 10_000)
"""With 100,000 one change of TinyDB's file takes seconds."""
SAMPLES, TINYDB_SAMPLES = 200, 10
_NOW = datetime(2026, 7, 28, 1, tzinfo=UTC)


def run(folder: Path) -> dict[str, float]:
    """Figures of a store made in `folder`, which must be empty or absent. Times are in milliseconds.

    `change_<kept>_ms`: the median of a durable note, which is sealed, with so many tickets kept; `…_p95_ms`
    the 95th percentile; `state_…` a call, which carries the sealed bytes on; `sqlite_…` and `sqlite_sealed_…`
    the same note in SQLite with a write-ahead log and synchronous FULL; `tinydb_…` in TinyDB's own file, not
    flushed. `…_ratio`: against SQLite that seals nothing, `…_sealed_ratio`: against SQLite that seals.
    `change_flat`: the slowest of the medians of `change` by the fastest.
    `start_<kept>_ms`: from nothing to today's list. `open_500_ms`: the same with 500 tickets of four records
    each, of which `unseal_500_ms` opens what they tell.
    `flushes` and `bytes` are those of one change of a ticket. `record_ms` and `record_p95_ms`: a counselor's
    record of some sixty words saved again, `record_bytes` what that adds to the journal.
    """
    figures = _changes(folder)
    for kept in TINYDB_SIZES:
        base, change = tinydb_file(folder / f"tinydb-{kept}.json", _tickets(TODAY, min(kept, PER_DAY)), kept)
        (times,) = _in_turns([change], TINYDB_SAMPLES)
        figures[f"tinydb_{kept}_ms"] = round(statistics.median(times), 3)
        base.close()
    largest = SIZES[-1]
    figures[f"start_{largest}_ms"] = _starting(folder / f"tiny-{largest}")
    figures["open_500_ms"], figures["unseal_500_ms"] = _opening(folder / "tiny-open")
    figures["flushes"], figures["bytes"] = _cost(folder / f"tiny-{SIZES[0]}")
    return figures | _recording(folder / "tiny-record")


def _changes(folder: Path) -> dict[str, float]:
    """All sizes and rivals in turns, so that a busy moment of the disk meets them all."""
    works: dict[str, Callable[[int], object]] = {}
    opened: list[Any] = []
    for kept in SIZES:
        store, works[f"change_{kept}"] = _store(folder / f"tiny-{kept}", kept)
        works[f"state_{kept}"] = _calling(store)
        tickets = _tickets(TODAY, min(kept, PER_DAY))
        base, works[f"sqlite_{kept}"] = sqlite_plain(folder / f"plain-{kept}.db", tickets, kept)
        other, works[f"sqlite_sealed_{kept}"] = sqlite_sealed(
            folder / f"sealed-{kept}.db", tickets, kept, store.keys
        )
        opened += [store, base, other]
    figures: dict[str, float] = {}
    for name, taken in zip(works, _in_turns(list(works.values()), SAMPLES), strict=True):
        figures[f"{name}_ms"] = round(statistics.median(taken), 3)
        figures[f"{name}_p95_ms"] = round(statistics.quantiles(taken, n=20)[-1], 3)
    for one in opened:
        one.close()
    for kept in SIZES:
        for name in ("change", "state"):
            for rival, mark in (("sqlite", "ratio"), ("sqlite_sealed", "sealed_ratio")):
                ratio = figures[f"{name}_{kept}_ms"] / figures[f"{rival}_{kept}_ms"]
                figures[f"{name}_{kept}_{mark}"] = round(ratio, 2)
    medians = [figures[f"change_{kept}_ms"] for kept in SIZES]
    figures["change_flat"] = round(max(medians) / min(medians), 2)
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


def _tickets(day: date, count: int) -> list[Ticket]:
    ids = Ids()
    return [_ticket(day, number, ids) for number in range(1, count + 1)]


def _fill(folder: Path, day: date, count: int) -> list[Ticket]:
    """A day of waiting tickets, written with one flush."""
    tickets = _tickets(day, count)
    filled = _day(folder, day)
    filled.catch_up()
    filled.write([(ISSUE, ticket) for ticket in tickets])
    filled.close()
    return tickets


def _fill_like(folder: Path, day: date, pattern: Sequence[Carried]) -> None:
    """A day as large as the pattern, with what that tells: nobody opens it, only how much it is counts."""
    filled = _day(folder, day)
    filled.catch_up()
    made = _tickets(day, len(pattern))
    filled.take_over(carried(ticket, one.kept) for ticket, one in zip(made, pattern, strict=True))
    filled.close()


def _store(folder: Path, kept: int) -> tuple[TinyStore, Callable[[int], object]]:
    store = TinyStore(folder, letter="A", today=lambda: TODAY)
    tickets = _fill(folder, TODAY, min(kept, PER_DAY))
    pattern = store.carried(TODAY)
    for back in range(1, kept // PER_DAY):
        _fill_like(folder, TODAY - timedelta(days=back), pattern)
    store.tickets()

    def change(turn: int) -> object:
        return store.change(tickets[turn % len(tickets)].id, lambda found: note(found, f"{turn}"))

    return store, change


def _recording(folder: Path) -> dict[str, float]:
    """Save the record of one ticket again and again."""
    store = TinyStore(folder, letter="A", today=lambda: TODAY)
    (ticket,) = _fill(folder, TODAY, 1)
    store.change(ticket.id, lambda found: call(found, _NOW, counter="1"))

    def save(turn: int) -> object:
        one = Consultation("k03", ("E",), "visit", turn, "監督署へ同行し、申告をした。" * 8, saved=_NOW)
        return store.change(ticket.id, lambda found: record(found, one))

    save(-1)
    store.close()
    before = (folder / f"{TODAY}.journal").stat().st_size
    (taken,) = _in_turns([save], SAMPLES)
    store.close()
    added = (folder / f"{TODAY}.journal").stat().st_size - before
    return {
        "record_ms": round(statistics.median(taken), 3),
        "record_p95_ms": round(statistics.quantiles(taken, n=20)[-1], 3),
        "record_bytes": round(added / SAMPLES),
    }


def _calling(store: TinyStore) -> Callable[[int], object]:
    """Call today's tickets again and again."""
    names = [ticket.id for ticket in store.tickets()]
    return lambda turn: store.change(names[turn % len(names)], lambda found: call(found, _NOW, counter="1"))


def _in_turns(works: list[Callable[[int], object]], samples: int) -> list[list[float]]:
    times: list[list[float]] = [[] for _ in works]
    for turn in range(samples):
        for work, taken in zip(works, times, strict=True):
            start = time.perf_counter()
            work(turn)
            taken.append((time.perf_counter() - start) * 1000)
    return times


def _starting(folder: Path) -> float:
    """From nothing to today's list, with all days there."""
    times = []
    for _ in range(5):
        start = time.perf_counter()
        store = TinyStore(folder, letter="A", today=lambda: TODAY)
        store.tickets()
        times.append((time.perf_counter() - start) * 1000)
        store.close()
    return round(statistics.median(times), 1)


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
    """Flushes and bytes of one change that falls into room already made."""
    from unittest.mock import patch

    store = TinyStore(folder, letter="A", today=lambda: TODAY)
    wanted = store.tickets()[0].id
    costs = []
    for turn in range(3):
        with (
            patch.object(os, "fsync", wraps=os.fsync) as whole,
            patch.object(os, "fdatasync", wraps=os.fdatasync) as data,
            patch.object(os, "write", wraps=os.write) as written,
            patch.object(os, "pwrite", wraps=os.pwrite) as noted,
        ):
            store.change(wanted, lambda found, turn=turn: note(found, f"{turn}"))  # type: ignore[misc]
        calls = [*written.call_args_list, *noted.call_args_list]
        costs.append((whole.call_count + data.call_count, sum(len(one.args[1]) for one in calls)))
    store.close()
    return min(costs)


def _day(folder: Path, day: date) -> Day:
    return Day(folder, day, _unexpected, Keyring(folder / "keys"))


def _unexpected(fault: Fault) -> None:
    raise RuntimeError(f"a fresh journal is damaged: {fault.key}")
