"""One engine in a process of its own."""

from __future__ import annotations

import itertools
import logging
import multiprocessing
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import wait
from typing import Any

from kiosk.errors import Trouble
from kiosk.workers.asked import Engine, Reply, place_of
from kiosk.workers.results import Results
from kiosk.workers.serving import serve

log = logging.getLogger(__name__)

GRACE_S = 0.5
"""How long a worker may take to end by itself before it is terminated."""


class _Run:
    """One life of a worker's process."""

    def __init__(self, name: str, factory: Callable[..., Engine], args: tuple[Any, ...]) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=serve, args=(theirs, factory, args), name=name, daemon=True)
        self.dead = False
        self.closed = False
        self.heard_at = 0.0
        """When it last sent something."""
        self.reader: threading.Thread
        self.process.start()
        theirs.close()  # ours alone must be the last hold on the pipe, or its end would never be noticed

    def send(self, *message: Any) -> None:
        try:
            self.pipe.send(message)
        except OSError:
            log.info("worker %s is gone; its reader answers what is open", self.process.name)


def _see_off(run: _Run) -> None:
    """Wait for a process that was told to close, and end it where it does not listen."""
    # Only the reader waits for the process itself: two waiters would race for its exit code.
    if wait([run.process.sentinel], GRACE_S):
        return
    run.process.terminate()
    if not wait([run.process.sentinel], GRACE_S):
        run.process.kill()


class Worker:
    """One engine in a process that starts with the first question and starts again after a crash.

    All methods are for the window's thread. Payloads should stay under 64 KB: they must fit the pipe.
    """

    def __init__(
        self,
        name: str,
        factory: Callable[..., Engine],
        args: tuple[Any, ...],
        results: Results,
    ) -> None:
        self.name = name
        self.died: Callable[[], None] | None = None
        """Called, on the window's thread, after the process ended by itself and all that was open was
        answered."""
        self._factory, self._args, self._results = factory, args, results
        self._lock = threading.Lock()
        self._numbers = itertools.count(1)
        self._open: dict[int, tuple[_Run, Callable[[Reply], None]]] = {}
        self._run: _Run | None = None

    def start(self) -> None:
        """Start the process if it is not running; the engine itself is made with the first question."""
        try:
            with self._lock:
                self._started()
        except OSError as error:
            log.error("worker %s cannot start: %s", self.name, place_of(error))

    def ask(
        self, job: str, payload: Any, answer: Callable[[Reply], None], patience: float | None = None
    ) -> int:
        """Put a question; `answer` gets every reply inside `Results.poll`. Returns the question's number.

        A process that has sent nothing at all for `patience` seconds while the question is open is taken for
        hung and killed; its questions are then answered as after any crash.
        """
        number = next(self._numbers)
        try:
            with self._lock:
                run = self._started()
                run.send("ask", number, job, payload)
                self._open[number] = (run, answer)
            if patience is not None:
                self._watch(run, number, patience)
        except OSError as error:  # no process to be had: out of memory or of process numbers
            log.error("worker %s cannot start: %s", self.name, place_of(error))
            trouble = Trouble("trouble.engine_stopped", log=self.name)
            self._results.post(answer, Reply(number, True, trouble=trouble))
        return number

    def tell(self, number: int, message: Any) -> None:
        """Send a message to a waiting or running job ("stop"); nothing happens if it has ended."""
        with self._lock:
            if number in self._open:
                self._open[number][0].send("tell", number, message)

    def drop(self, number: int) -> None:
        """Want no more answers to this question; a job not yet begun is left out, a running one learns it."""
        with self._lock:
            if number in self._open:
                self._open.pop(number)[0].send("drop", number)

    def alive(self) -> bool:
        """Whether the process runs."""
        with self._lock:
            return self._run is not None and not self._run.dead

    @property
    def pid(self) -> int | None:
        """The running process's id."""
        with self._lock:
            return self._run.process.pid if self._run is not None and not self._run.dead else None

    @property
    def busy(self) -> bool:
        """Whether a question is open."""
        with self._lock:
            return bool(self._open)

    def _watch(self, run: _Run, number: int, patience: float) -> None:
        """Look once in a while, on a thread of its own: the window's may not wait."""

        def look() -> None:
            with self._lock:
                waiting = number in self._open and not run.dead and not run.closed
            if not waiting:
                return
            quiet = time.monotonic() - max(run.heard_at, asked)
            if quiet < patience:
                again(patience - quiet)
                return
            log.error("worker %s has hung", self.name)
            run.process.kill()

        def again(after: float) -> None:
            timer = threading.Timer(after, look)
            timer.daemon = True
            timer.start()

        asked = time.monotonic()
        again(patience)

    def close(self, *, beside: bool = False) -> None:
        """End the process, busy or not, within a second or so; open questions are dropped.

        A question asked afterwards starts it anew: this is also how an engine long unused is unloaded, with
        `beside`, so that the window does not wait for the end.
        """
        with self._lock:
            run, self._run = self._run, None
            self._open.clear()
            if run is None:
                return
            run.closed = True
            run.send("close")
        if beside:
            threading.Thread(target=_see_off, args=(run,), name=f"{self.name} ends", daemon=True).start()
        else:
            _see_off(run)

    def _started(self) -> _Run:
        if self._run is None or self._run.dead:
            run = self._run = _Run(self.name, self._factory, self._args)
            run.reader = threading.Thread(
                target=self._read, args=(run,), name=f"{self.name} answers", daemon=True
            )
            run.reader.start()
        return self._run

    def _read(self, run: _Run) -> None:
        """The reader thread: replies into the queue until the process ends, then an answer to all open."""
        try:
            while True:
                reply: Reply = run.pipe.recv()
                run.heard_at = time.monotonic()
                if reply.trouble is not None and reply.trouble.key == "trouble.engine_failed":
                    log.error("worker %s: %s", self.name, reply.trouble.log)
                self._results.post(self._deliver, reply)
        except (EOFError, OSError):
            with self._lock:
                run.dead = True
        except Exception as error:  # an answer that cannot be read back: the engine is of no more use
            log.error("worker %s sent an unreadable answer: %s", self.name, place_of(error))
            with self._lock:
                run.dead = True
            run.process.terminate()
        run.process.join()
        run.pipe.close()
        if not run.closed:
            log.error("worker %s ended by itself, exit %s", self.name, run.process.exitcode)
        with self._lock:
            orphans = [number for number, (theirs, _) in self._open.items() if theirs is run]
        for number in orphans:
            self._results.post(
                self._deliver, Reply(number, True, trouble=Trouble("trouble.engine_stopped", log=self.name))
            )
        if not run.closed and self.died is not None:
            self._results.post(self.died)

    def _deliver(self, reply: Reply) -> None:
        with self._lock:
            entry = self._open.get(reply.number)
            if reply.final:
                self._open.pop(reply.number, None)
        if entry is not None:
            entry[1](reply)
