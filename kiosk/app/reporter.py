"""Reports made beside a window: in a process of their own, so that the window never waits.

The process holds the office's key while it works. It ends by itself when the window is gone.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kiosk.app.gathering import GRACE_S, NICE, Progress
from kiosk.app.reporting import Wanted, make, save
from kiosk.errors import Trouble
from kiosk.reports.model import Report
from kiosk.workers import Reply, Results, place_of

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

    from kiosk.app.office import Office

log = logging.getLogger(__name__)
Done = Callable[[Reply], None]


@dataclass(frozen=True)
class _Saving:
    report: Report
    path: Path
    force: bool


@dataclass(frozen=True)
class _Job:
    data: Path
    letter: str
    secret: bytes = field(repr=False)
    staff: str
    what: Wanted | _Saving


class Making:
    """A report that is being made; `cancel` from any thread."""

    def __init__(self, process: BaseProcess, pipe: Connection) -> None:
        self._process, self._pipe = process, pipe
        self._stopped = threading.Event()

    def cancel(self) -> None:
        """Want it no more: its `done` gets `trouble.report_stopped` within about half a second."""
        if self._stopped.is_set():
            return
        self._stopped.set()
        threading.Thread(target=self._end, name="report ends", daemon=True).start()

    def _end(self) -> None:
        try:
            self._pipe.send("stop")
        except OSError:
            return
        if self._process.pid is None:
            return  # It finds the word when it starts.
        self._process.join(GRACE_S)
        if self._process.is_alive():
            self._process.terminate()

    @property
    def stopped(self) -> bool:
        return self._stopped.is_set()


class Reporter:
    """Makes and saves reports of an office for a window. All methods are for the window's thread; answers
    come through `results`."""

    def __init__(self, office: Office, results: Results) -> None:
        self._office, self._results = office, results
        self._running: list[Making] = []

    def make(
        self, wanted: Wanted, done: Done, progress: Callable[[Progress], None] = lambda _: None
    ) -> Making:
        """Make a report: `progress` while it goes on, `done` once, with a Report or a Trouble; see
        kiosk.app.reporting.make."""
        return self._start(wanted, done, progress)

    def save(self, report: Report, path: Path, done: Done, *, force: bool = False) -> Making:
        """Write a report that was made: `done` gets the file's path or a Trouble; see
        kiosk.app.reporting.save."""
        return self._start(_Saving(report, path, force), done, lambda _: None)

    def close(self) -> None:
        """Stop what is being made; nobody is told."""
        for making in self._running:
            making.cancel()
        self._running.clear()

    def _start(self, what: Wanted | _Saving, done: Done, progress: Callable[[Progress], None]) -> Making:
        office, context = self._office, get_context("spawn")
        secret = office.keys.office().secret if office.keys.is_open else b""
        job = _Job(office.data, office.settings.kiosk.letter, secret, office.staff, what)
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs, job), name="report")
        making = Making(process, ours)
        self._running = [one for one in self._running if one._process.is_alive()]
        self._running.append(making)
        # Starting a process takes tens of milliseconds: not on the window's thread.
        read = threading.Thread(
            target=self._read, args=(process, ours, theirs, making, done, progress), daemon=True
        )
        read.start()
        return making

    def _read(
        self,
        process: BaseProcess,
        pipe: Connection,
        theirs: Connection,
        making: Making,
        done: Done,
        progress: Callable[[Progress], None],
    ) -> None:
        answer: Reply | None = None
        try:
            process.start()
            theirs.close()
            while answer is None:
                said: Any = pipe.recv()
                if isinstance(said, Reply):
                    answer = said
                else:
                    self._results.post(progress, said)
        except (EOFError, OSError) as error:
            log.warning("a report ended without an answer: %s", place_of(error))
        key = "trouble.report_stopped" if making.stopped else "trouble.report_failed"
        if answer is None or (making.stopped and answer.trouble is None):
            answer = Reply(0, True, trouble=Trouble(key))
        self._results.post(done, answer)
        if process.pid is not None:
            process.join()
        pipe.close()


def _serve(pipe: Connection, job: _Job) -> None:
    """The process's main function."""
    os.nice(NICE)
    stop = threading.Event()
    threading.Thread(target=_listen, args=(pipe, stop), daemon=True).start()
    try:
        reply = Reply(0, True, _done(pipe, job, stop))
    except Trouble as trouble:
        reply = Reply(0, True, trouble=trouble)
    except Exception as error:
        log.error("a report failed: %s", place_of(error))
        reply = Reply(0, True, trouble=Trouble("trouble.report_failed", log=place_of(error)))
    try:
        pipe.send(reply)
    except OSError:
        log.info("nobody waits for the report any more")


def _done(pipe: Connection, job: _Job, stop: threading.Event) -> Report | Path:
    from kiosk.app.office import Office

    office = Office(job.data, job.letter)
    office.staff = job.staff
    if job.secret:
        office.keys.open_with(job.secret)
    try:
        if isinstance(job.what, _Saving):
            return save(office, job.what.report, job.what.path, force=job.what.force)
        return make(office, job.what, pipe.send, stop.is_set)
    finally:
        office.store.close()


def _listen(pipe: Connection, stop: threading.Event) -> None:
    """Until the window says stop, or is gone: then nobody waits, and what was read must not stay here."""
    try:
        pipe.recv()
        stop.set()
    except (EOFError, OSError):
        os._exit(0)
