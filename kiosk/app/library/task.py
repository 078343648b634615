"""One long piece of work on models: how far it is, and a way to stop it, for terminal and staff page."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from kiosk.errors import Trouble

Phase = Literal["fetch", "wait", "check", "unpack", "copy"]
BEAT_S = 0.1
"""Progress is told this often; a change of phase or model at once."""


@dataclass(frozen=True)
class Progress:
    """How far it is. Bytes; `total` 0 where nobody knows it. `place` of `count` models."""

    phase: Phase
    name: str
    done: int = 0
    total: int = 0
    place: int = 1
    count: int = 1

    @property
    def share(self) -> float:
        """0 to 1; 0 where the total is not known."""
        return min(1.0, self.done / self.total) if self.total else 0.0


class Task:
    """Given to every long function of the library. `cancel` may be called from any thread."""

    def __init__(self, tell: Callable[[Progress], None] = lambda _progress: None) -> None:
        self._tell = tell
        self._stop = threading.Event()
        self._now = Progress("check", "")
        self._told = 0.0

    def cancel(self) -> None:
        """Stop at the next look; what was installed before stays as it was."""
        self._stop.set()

    @property
    def cancelled(self) -> bool:
        return self._stop.is_set()

    def model(self, name: str, place: int, count: int) -> None:
        """From here on it is about this model."""
        self._now = Progress("check", name, 0, 0, place, count)

    def begin(self, phase: Phase, total: int = 0, done: int = 0) -> None:
        """A phase begins; raises Trouble("trouble.library_cancelled") where somebody stopped it."""
        self.look()
        self._now = replace(self._now, phase=phase, done=done, total=total)
        self._say()

    def step(self, amount: int) -> None:
        """So many bytes more; raises as `begin` does."""
        self.look()
        self._now = replace(self._now, done=self._now.done + amount)
        if time.monotonic() - self._told >= BEAT_S or self._now.done == self._now.total:
            self._say()

    def look(self) -> None:
        """Raise Trouble("trouble.library_cancelled") where somebody stopped it."""
        if self._stop.is_set():
            raise Trouble("trouble.library_cancelled")

    def wait(self, seconds: float) -> None:
        """Do nothing for a while, unless it is stopped; raises as `begin` does."""
        self.begin("wait")
        self._stop.wait(seconds)
        self.look()

    def _say(self) -> None:
        self._told = time.monotonic()
        self._tell(self._now)
