"""What goes between a window and a worker: questions, their lines, replies."""

from __future__ import annotations

import queue
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from kiosk.errors import Trouble


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


@runtime_checkable
class Diligent(Protocol):
    """An engine that has something to do while nobody asks."""

    def idle(self) -> bool:
        """A little of it, a fraction of a second, so that a question does not wait; whether there is more."""
        ...


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


def place_of(error: BaseException) -> str:
    """An error's type and place. Never its message, which may hold what a person said."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "no place"
    return f"{type(error).__name__} at {place}"
