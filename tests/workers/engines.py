# ruff: noqa: ARG002 (every job has the same two arguments)
"""Small engines for the tests of workers: top-level, since the worker process imports them by name."""

from __future__ import annotations

import os
import signal
import threading
from typing import Any

from kiosk.errors import Trouble
from kiosk.workers import Line

NEVER = threading.Event()


class Bench:
    """Does whatever the job's name says."""

    def __init__(self, greeting: str = "") -> None:
        self.greeting = greeting
        self.done: list[str] = []

    def handle(self, job: str, payload: Any, emit: Line) -> Any:
        self.done.append(job)
        return getattr(self, job)(payload, emit)

    def echo(self, payload: Any, emit: Line) -> Any:
        return self.greeting + payload

    def count(self, payload: int, emit: Line) -> int:
        for step in range(payload):
            emit(step)
        return payload

    def jobs(self, payload: Any, emit: Line) -> list[str]:
        return self.done

    def facts(self, payload: Any, emit: Line) -> tuple[int, int, int]:
        return os.getpid(), os.getppid(), os.nice(0)

    def trouble(self, payload: str, emit: Line) -> None:
        raise Trouble("trouble.sound_file", log="damaged", name=payload)

    def fail(self, payload: str, emit: Line) -> None:
        raise ValueError(payload)

    def unreadable(self, payload: Any, emit: Line) -> Any:
        return lambda: payload

    def until_told(self, payload: Any, emit: Line) -> list[Any]:
        """Works until told something, and says first that it has begun."""
        emit("begun")
        while not emit.dropped:
            if heard := emit.inbox():
                return heard
            NEVER.wait(0.005)
        return ["dropped"]

    def deaf(self, payload: Any, emit: Line) -> None:
        """Busy, hears nothing and will not be terminated."""
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        emit("begun")
        while True:
            signal.pause()

    def slowly(self, payload: tuple[int, float], emit: Line) -> int:
        """Says something so often, so many seconds apart."""
        times, apart = payload
        for step in range(times):
            NEVER.wait(apart)
            emit(step)
        return times

    def die(self, payload: Any, emit: Line) -> None:
        os.kill(os.getpid(), signal.SIGKILL)


class Ahead(Bench):
    """Has endless work to do while nobody asks; or work that fails."""

    def __init__(self, fails: bool = False) -> None:
        super().__init__()
        self._fails = fails
        self._steps = 0

    def idle(self) -> bool:
        self._steps += 1
        if self._fails:
            raise ValueError("my husband")
        return True

    def steps(self, payload: Any, emit: Line) -> int:
        return self._steps


def broken(*_: Any) -> Bench:
    raise Trouble("trouble.model_damaged", log="cannot be made")


class Loader(Bench):
    """An engine that loads things and says what it has."""

    def __init__(self) -> None:
        super().__init__()
        self.loaded: list[Any] = []

    def load(self, payload: Any, emit: Line) -> Any:
        if payload == "deadly":
            os.kill(os.getpid(), signal.SIGKILL)
        self.loaded.append(payload)
        return payload

    def has(self, payload: Any, emit: Line) -> tuple[int, list[Any]]:
        return os.getpid(), self.loaded
