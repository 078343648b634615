"""Gathers what a report counts: tickets kept, opened one by one, and the rows of those erased.

Opening costs a few tenths of a millisecond a ticket, so the days are shared out among processes, each with
the office's key for as long as it works. They hand back counts, nothing of a ticket.
"""

from __future__ import annotations

import gc
import logging
import os
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.core.counts import Counting, Tally
from kiosk.errors import Trouble

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

    from kiosk.app.counting import RowMaker
    from kiosk.app.day_counts import DayCounts
    from kiosk.app.office import Office
    from kiosk.store.protocol import Fault

log = logging.getLogger(__name__)

ALONE_DAYS = 3
"""Days that are read without further processes: starting one takes longer."""
MOST = 4
"""Processes at once."""
NICE = 5
"""Added to their niceness: the console goes first."""
GRACE_S = 0.4
"""Seconds a process may take to end by itself after it was told to."""
Stop = Callable[[], bool]


@dataclass(frozen=True)
class Progress:
    """How far it is."""

    done: int
    whole: int
    """Days."""
    day: str = ""


@dataclass
class Gathered:
    """What was found, and what was not."""

    tally: Tally = field(default_factory=Tally)
    closed: dict[date, int] = field(default_factory=dict)
    """Tickets by day that do not open here: no passphrase given, or sealed with another key."""
    unread: dict[date, str] = field(default_factory=dict)
    """Days that could not be read: the trouble's key."""
    damaged: dict[str, str] = field(default_factory=dict)
    """Files something is wrong with: name → the fault's key."""
    tickets: int = 0
    """Kept tickets that were read."""

    def merge(self, other: Gathered) -> None:
        self.tally.merge(other.tally)
        self.closed |= other.closed
        self.unread |= other.unread
        self.damaged |= other.damaged
        self.tickets += other.tickets


@dataclass(frozen=True)
class _Share:
    """What one process reads."""

    data: Path
    letter: str
    secret: bytes = field(repr=False)
    """The office's private key; empty where this process has none."""
    days: tuple[date, ...]
    months: frozenset[str]
    counting: Counting


def gather(
    office: Office,
    months: Collection[str],
    *,
    progress: Callable[[Progress], None] = lambda _: None,
    stopped: Stop = lambda: False,
    processes: int | None = None,
) -> Gathered:
    """Count the tickets of these months, kept or erased.

    A day that cannot be read is named and the rest goes on. Raises Trouble("trouble.report_stopped") once
    `stopped` says so, and what the store raises where not even its days can be listed.
    """
    wanted, counting = frozenset(months), office.counted.counting
    days = [day for day in office.store.days() if f"{day:%Y-%m}" in wanted]
    found, whole = Gathered(), len(days) + 1
    _erased(office, wanted, counting, found)
    progress(Progress(1, whole))
    count = processes or min(MOST, os.cpu_count() or 1)
    if days and (processes or (len(days) > ALONE_DAYS and count > 1)):
        shares = [
            _Share(office.data, office.settings.kiosk.letter, _secret(office), tuple(part), wanted, counting)
            for part in (days[start::count] for start in range(min(count, len(days))))
        ]
        _in_processes(shares, found, lambda done: progress(Progress(done + 1, whole)), stopped)
        return found
    from kiosk.app.counting import RowMaker
    from kiosk.app.day_counts import DayCounts

    maker, kept = RowMaker(office), DayCounts(office, counting)
    for place, day in enumerate(days, start=2):
        if stopped():
            raise _stopped()
        read_day(office, maker, kept, day, wanted, counting, found)
        progress(Progress(place, whole, day.isoformat()))
    _faults(office, days, found)
    return found


def read_day(
    office: Office,
    maker: RowMaker,
    kept: DayCounts,
    day: date,
    months: Collection[str],
    counting: Counting,
    found: Gathered,
) -> None:
    """Count a day's tickets into `found`. Never raises Trouble: what cannot be read is named there."""
    known = kept.read(day)
    if known is not None:
        found.tickets += sum(counts.people for counts in known.months.values())
        found.tally.merge(Tally({name: one for name, one in known.months.items() if name in months}))
        return
    mark = kept.mark(day)
    try:
        cases = office.store.tickets(day)
        own = Tally()
        own.add(maker.rows(day, cases), counting)
    except Trouble as trouble:
        log.error("no report of %s: %s", day, trouble)
        found.unread[day] = trouble.key
        return
    found.tickets += len(cases)
    if closed := sum(case.content.closed for case in cases):
        found.closed[day] = closed
    elif day.isoformat() not in " ".join(fault.file for fault in office.store.faults()):
        # Of what does not open or is damaged nothing is kept: it may be mended.
        kept.keep(day, mark, own)
    found.tally.merge(Tally({name: one for name, one in own.months.items() if name in months}))


def keep_counts(office: Office, most: int = 3) -> int:
    """Count the last days that are over and not counted yet, so that a report need not: at most so many; how
    many. Never raises Trouble."""
    from kiosk.app.counting import RowMaker
    from kiosk.app.day_counts import DayCounts

    counting = office.counted.counting
    maker, kept = RowMaker(office), DayCounts(office, counting)
    done = 0
    for day in [day for day in reversed(office.store.days()) if day < office.today()][: 2 * most]:
        if done < most and kept.read(day) is None:
            read_day(office, maker, kept, day, (), counting, Gathered())
            done += 1
    return done


def _erased(office: Office, months: Collection[str], counting: Counting, found: Gathered) -> None:
    # A year's file goes by the service day; its last evening may be counted by the clock of another year.
    for year in sorted({int(month[:4]) for month in months}):
        try:
            rows = office.rows.year(year)
        except Trouble as trouble:
            log.error("no rows of %d: %s", year, trouble)
            found.damaged[f"{office.rows.folder.name}/{year}"] = trouble.key
            continue
        found.tally.add((row for row in rows if row.month in months), counting)
    found.damaged |= {fault.file: fault.key for fault in office.rows.faults()}


def _faults(office: Office, days: Iterable[date], found: Gathered) -> None:
    """Damage met in the days read, and with the keys."""
    names = {day.isoformat() for day in days}
    faults: tuple[Fault, ...] = office.store.faults()
    for fault in faults:
        if any(name in fault.file for name in names):
            found.damaged[fault.file] = fault.key


def _secret(office: Office) -> bytes:
    return office.keys.office().secret if office.keys.is_open else b""


def _stopped() -> Trouble:
    return Trouble("trouble.report_stopped", log="a report was stopped")


def _in_processes(
    shares: list[_Share], found: Gathered, progress: Callable[[int], None], stopped: Stop
) -> None:
    from multiprocessing import get_context

    context = get_context("spawn")
    running: dict[Connection, BaseProcess] = {}
    try:
        for share in shares:
            ours, theirs = context.Pipe()
            process = context.Process(target=_serve, args=(theirs, share), name="report", daemon=True)
            running[ours] = process
            process.start()
            theirs.close()
        _collect(running, found, progress, stopped)
    finally:
        _end(running)


def _collect(
    running: dict[Connection, BaseProcess],
    found: Gathered,
    progress: Callable[[int], None],
    stopped: Stop,
) -> None:
    open_, days = set(running), 0
    while open_:
        if stopped():
            raise _stopped()
        for pipe in wait(list(open_), 0.1):
            assert isinstance(pipe, Connection)
            try:
                said = pipe.recv()
            except (EOFError, OSError):
                raise Trouble("trouble.report_failed", log="a process that reads days ended") from None
            if isinstance(said, Gathered):
                found.merge(said)
                open_.discard(pipe)
            else:
                days += 1
                progress(days)


def _end(running: dict[Connection, BaseProcess]) -> None:
    """Let every process go: those that still read are told to stop, and ended if they do not."""
    for pipe in running:
        pipe.close()
    for process in running.values():
        if process.pid is None:
            continue
        process.join(GRACE_S)
        if process.is_alive():
            process.terminate()
            process.join()


def _serve(pipe: Connection, share: _Share) -> None:
    """A process's main function: says each day that is read, then hands over what it counted. It ends when
    nobody listens any more."""
    from kiosk.app.counting import RowMaker
    from kiosk.app.day_counts import DayCounts
    from kiosk.app.office import Office

    os.nice(NICE)
    gc.disable()  # A short life in which nothing goes round in circles: a fifth of the time.
    office, found = Office(share.data, share.letter), Gathered()
    if share.secret:
        office.keys.open_with(share.secret)
    maker, kept = RowMaker(office), DayCounts(office, share.counting)
    with suppress(OSError):
        for day in share.days:
            read_day(office, maker, kept, day, share.months, share.counting, found)
            pipe.send(day)
        _faults(office, share.days, found)
        pipe.send(found)
    office.store.close()
