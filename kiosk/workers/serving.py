"""The worker process's own side."""

from __future__ import annotations

import logging
import os
import queue
import signal
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

from kiosk.errors import Trouble
from kiosk.workers.asked import Diligent, Engine, Line, Reply, place_of

log = logging.getLogger(__name__)

NICENESS = 5
"""Added to a worker's niceness: drawing goes first on a machine with two cores."""


class _Desk:
    """The worker process's own side: a thread reads the pipe, the main thread does the jobs."""

    def __init__(self, pipe: Connection, factory: Callable[..., Engine], args: tuple[Any, ...]) -> None:
        self._pipe = pipe
        self._factory, self._args = factory, args
        self._engine: Engine | None = None
        self._jobs: queue.SimpleQueue[tuple[Line, str, Any]] = queue.SimpleQueue()
        self._lines: dict[int, Line] = {}
        self._sending = threading.Lock()
        self._more = True

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
            while self._jobs.empty() and self._idle():
                pass
            line, job, payload = self._jobs.get()
            if not line.dropped:
                reply = self._answer(line, job, payload)
                if not line.dropped:
                    self._reply(reply)
            self._lines.pop(line.number, None)

    def _idle(self) -> bool:
        """Let the engine do what it would do ahead; what goes wrong there is left out."""
        try:
            return self._more and isinstance(self._engine, Diligent) and self._engine.idle()
        except Exception as error:
            log.error("an engine's work ahead failed: %s", place_of(error))
            self._more = False
            return False

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


def serve(pipe: Connection, factory: Callable[..., Engine], args: tuple[Any, ...]) -> None:
    """The worker process's main function."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C in a terminal is for the window, which closes us
    os.nice(NICENESS)
    desk = _Desk(pipe, factory, args)
    threading.Thread(target=desk.read, name="questions", daemon=True).start()
    desk.work()
