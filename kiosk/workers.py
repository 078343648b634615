"""Heavy engines in processes of their own, their answers brought to the window one small budget at a time.

A `Worker` is one spawned process with one engine. Questions go down a pipe; a reader thread puts what
comes back into the app's one bounded queue, `Results`; the window's thread empties it with `poll`. No
thread or process here ever touches the window, and no callback runs anywhere but inside `poll`.
"""

from __future__ import annotations

import itertools
import logging
import multiprocessing
import os
import queue
import signal
import threading
import time
import traceback
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, Protocol

from kiosk.errors import Trouble

log = logging.getLogger(__name__)

NICENESS = 5
"""Added to a worker's niceness: drawing goes first on a machine with two cores."""
GRACE_S = 0.5
"""How long a worker may take to end by itself before it is terminated."""


@dataclass(frozen=True)
class Reply:
    """One answer to one question. Exactly one reply per question is final; a trouble is always final."""

    number: int
    final: bool
    value: Any = None
    trouble: Trouble | None = None


class Engine(Protocol):
    """Lives in the worker process and does one job at a time, in the order they were asked."""

    def handle(self, job: str, payload: Any, emit: Line) -> Any:
        """Do the job and return its final answer; `emit(value)` sends intermediate ones. May raise Trouble.

        A job that can be stopped looks at `emit.inbox()` and `emit.dropped` a few times a second.
        """
        ...


class Results:
    """The one queue between everything that runs beside the window and the window."""

    def __init__(self, limit: int = 256) -> None:
        self._limit = limit
        self._items: deque[tuple[Callable[..., None], tuple[Any, ...]]] = deque()
        self._room = threading.Condition()
        self._window_thread = threading.get_ident()
        self._closed = False
        self._pool: ThreadPoolExecutor | None = None

    def post(self, callback: Callable[..., None], *args: Any) -> None:
        """Have `callback(*args)` run in the next `poll`. From any thread; waits while the queue is full.

        The window's own thread never waits: it is the one that makes room.
        """
        with self._room:
            if threading.get_ident() != self._window_thread:
                self._room.wait_for(lambda: len(self._items) < self._limit or self._closed)
            if not self._closed:
                self._items.append((callback, args))

    def poll(self, budget_ms: float = 8.0) -> int:
        """Run waiting callbacks until the budget is used; returns how many ran. Call on the window's thread.

        A callback that raises ends this poll and the error reaches the caller; the rest waits for the next.
        """
        self._window_thread = threading.get_ident()
        end = time.perf_counter() + budget_ms / 1000
        for done in itertools.count(1):
            with self._room:
                if not self._items:
                    return done - 1
                callback, args = self._items.popleft()
                self._room.notify()
            callback(*args)
            if time.perf_counter() >= end:
                return done
        raise AssertionError("count never ends")

    def submit(self, work: Callable[[], None]) -> None:
        """Run `work` on one of a few shared threads; see `run_in_thread`."""
        with self._room:
            if self._pool is None:
                self._pool = ThreadPoolExecutor(max_workers=3, thread_name_prefix="beside")
            pool = self._pool
        pool.submit(work)

    def close(self) -> None:
        """Forget what is waiting and let every waiting producer go. Work already begun on a thread ends."""
        with self._room:
            self._closed = True
            self._items.clear()
            self._room.notify_all()
            pool, self._pool = self._pool, None
        if pool is not None:
            pool.shutdown(wait=False)


def run_in_thread(results: Results, work: Callable[[], Any], done: Callable[[Reply], None]) -> None:
    """Run short blocking `work` (saving, printing) beside the window; `done(reply)` comes through `results`.

    A Trouble from `work` arrives as it is, any other error as Trouble("trouble.work_failed").
    """

    def run() -> None:
        try:
            reply = Reply(0, True, work())
        except Trouble as trouble:
            reply = Reply(0, True, trouble=trouble)
        except Exception as error:
            place = place_of(error)
            log.error("work beside the window failed: %s", place)
            reply = Reply(0, True, trouble=Trouble("trouble.work_failed", log=place))
        results.post(done, reply)

    results.submit(run)


def place_of(error: BaseException) -> str:
    """An error's type and place. Never its message, which may hold what a person said."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "no place"
    return f"{type(error).__name__} at {place}"


class _Run:
    """One life of a worker's process."""

    def __init__(self, name: str, factory: Callable[..., Engine], args: tuple[Any, ...]) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(theirs, factory, args), name=name, daemon=True)
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


class Line:
    """What a running job holds of its question: a way to answer in between, and what it was told since."""

    def __init__(self, number: int, send: Callable[[Reply], None]) -> None:
        self.number = number
        self.dropped = False
        """Whether nobody wants the answer any more: end soon, and let go of the microphone."""
        self._send = send
        self._inbox: queue.SimpleQueue[Any] = queue.SimpleQueue()

    def __call__(self, value: Any) -> None:
        """Send an intermediate answer."""
        if not self.dropped:
            self._send(Reply(self.number, False, value))

    def inbox(self) -> list[Any]:
        """What was told since the last look, oldest first; never waits."""
        messages = []
        while not self._inbox.empty():
            messages.append(self._inbox.get())
        return messages

    def told(self, message: Any) -> None:
        """Put a message into the inbox; called by the thread that reads the pipe."""
        self._inbox.put(message)


class _Desk:
    """The worker process's own side: a thread reads the pipe, the main thread does the jobs."""

    def __init__(self, pipe: Connection, factory: Callable[..., Engine], args: tuple[Any, ...]) -> None:
        self._pipe = pipe
        self._factory, self._args = factory, args
        self._engine: Engine | None = None
        self._jobs: queue.SimpleQueue[tuple[Line, str, Any]] = queue.SimpleQueue()
        self._lines: dict[int, Line] = {}
        self._sending = threading.Lock()

    def send(self, reply: Reply) -> None:
        with self._sending:
            self._pipe.send(reply)

    def read(self) -> None:
        """Take in questions and messages until the window's side closes or disappears; then end at once.

        `os._exit` because the main thread may be deep in native code, and a worker without a window must not
        hold a microphone. PR_SET_PDEATHSIG is not used: it follows the thread that started us.
        """
        try:
            while (message := self._pipe.recv())[0] != "close":
                self._take(*message)
        except (EOFError, OSError):
            log.debug("the window's side is gone")
        os._exit(0)

    def _take(self, kind: str, number: int, *rest: Any) -> None:
        if kind == "ask":
            line = self._lines[number] = Line(number, self.send)
            self._jobs.put((line, *rest))
            return
        known = self._lines.get(number)
        if known is None:
            return
        if kind == "drop":
            known.dropped = True
        else:
            known.told(rest[0])

    def work(self) -> None:
        """Do the jobs, one after the other, for as long as the process lives."""
        while True:
            line, job, payload = self._jobs.get()
            if not line.dropped:
                reply = self._answer(line, job, payload)
                if not line.dropped:
                    self._reply(reply)
            self._lines.pop(line.number, None)

    def _answer(self, line: Line, job: str, payload: Any) -> Reply:
        try:
            if self._engine is None:
                self._engine = self._factory(*self._args)
            return Reply(line.number, True, self._engine.handle(job, payload, line))
        except Trouble as trouble:
            return Reply(line.number, True, trouble=trouble)
        except Exception as error:
            return Reply(line.number, True, trouble=Trouble("trouble.engine_failed", log=place_of(error)))

    def _reply(self, reply: Reply) -> None:
        try:
            self.send(reply)
        except OSError:
            os._exit(0)
        except Exception as error:  # an answer that cannot be pickled
            trouble = Trouble("trouble.engine_failed", log=place_of(error))
            self.send(Reply(reply.number, True, trouble=trouble))


def _serve(pipe: Connection, factory: Callable[..., Engine], args: tuple[Any, ...]) -> None:
    """The worker process's main function."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C in a terminal is for the window, which closes us
    os.nice(NICENESS)
    desk = _Desk(pipe, factory, args)
    threading.Thread(target=desk.read, name="questions", daemon=True).start()
    desk.work()
