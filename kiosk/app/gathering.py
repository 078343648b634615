"""Gathers what a report counts: tickets kept, opened one by one, and the rows of those erased.

Opening costs a few tenths of a millisecond a ticket, so days of which nothing is kept are shared out among
processes, each with the office's key for as long as it works. They hand back counts, nothing of a ticket.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.app.gathered import Gathered, Reader
from kiosk.core.counts import Counting
from kiosk.errors import Trouble

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

    from kiosk.app.office import Office

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
    `stopped` says so, and what the store raises where not even its days can be listed: an office database
    that is away above all.
    """
    from kiosk.app.database import away

    wanted = frozenset(months)
    listed = office.store.days()
    if wrong := away(office):
        raise wrong
    days = [day for day in listed if f"{day:%Y-%m}" in wanted]
    whole, reader = len(days) + 1, Reader(office, office.counted.counting, wanted)
    left = _recall(reader, days, progress, stopped)
    known = whole - len(left)
    count = processes or min(MOST, os.cpu_count() or 1)
    if left and (processes or (len(left) > ALONE_DAYS and count > 1)):
        shares = _shares(office, left, count, wanted)
        _in_processes(shares, reader.found, lambda done: progress(Progress(known + done, whole)), stopped)
        return reader.found
    for place, day in enumerate(left, start=known + 1):
        if stopped():
            raise _stopped()
        reader.read(day)
        progress(Progress(place, whole, day.isoformat()))
    reader.add_faults(left)
    return reader.found


def _recall(
    reader: Reader, days: list[date], progress: Callable[[Progress], None], stopped: Stop
) -> list[date]:
    """Take what was erased, and what is kept of days counted before; the days that are to be read."""
    whole, left = len(days) + 1, list[date]()
    reader.add_erased()
    progress(Progress(1, whole))
    for place, day in enumerate(days, start=2):
        if stopped():
            raise _stopped()
        if not reader.recall(day):
            left.append(day)
        progress(Progress(place - len(left), whole, day.isoformat()))
    return left


def _shares(office: Office, days: list[date], count: int, months: frozenset[str]) -> list[_Share]:
    letter, counting = office.settings.kiosk.letter, office.counted.counting
    secret = office.keys.office().secret if office.keys.is_open else b""
    parts = (tuple(days[start::count]) for start in range(min(count, len(days))))
    return [_Share(office.data, letter, secret, part, months, counting) for part in parts]


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
    from kiosk.app.office import Office

    os.nice(NICE)
    gc.disable()  # A short life in which nothing goes round in circles: a fifth of the time.
    office = Office(share.data, share.letter)
    if share.secret:
        office.keys.open_with(share.secret)
    reader = Reader(office, share.counting, share.months)
    with suppress(OSError):
        for day in share.days:
            reader.read(day)
            pipe.send(day)
        reader.add_faults(share.days)
        pipe.send(reader.found)
    office.store.close()
