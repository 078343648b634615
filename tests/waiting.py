"""Waiting for what runs beside a window, in tests that have no window."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

from kiosk.workers import Results


class WaitedFor(Results):
    """The queue of results, which also wakes the test that waits for one."""

    def __init__(self, limit: int = 256) -> None:
        super().__init__(limit)
        self._come = threading.Event()

    def post(self, callback: Callable[..., None], *args: Any) -> None:
        super().post(callback, *args)
        self._come.set()

    def until(self, met: Callable[[], object], told: Callable[[], object] = str) -> None:
        """Take answers until the condition is met; what never comes fails after two minutes."""
        end = time.monotonic() + 120
        while not met():
            assert time.monotonic() < end, f"never came; {told()}"
            self._come.clear()
            if not self.poll():
                self._come.wait(0.02)  # not every condition is a result: a process may just end
