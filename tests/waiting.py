"""Waiting for what runs beside a window, in tests that have no window."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from kiosk.workers import Results
from tests.patience import Patience

_NEVER = threading.Event()


def until(met: Callable[[], object], work: Callable[[], object], told: Callable[[], object] = str) -> None:
    """Do the work, such as taking answers, until the condition is met.

    Where there was nothing to do the other threads get their turn: a loop that only spins keeps them waiting.
    """
    patience = Patience()
    while not met():
        assert patience.left(), f"waited in vain; {told()}"
        if not work():
            _NEVER.wait(0.002)


class WaitedFor(Results):
    """The queue of results, which also wakes the test that waits for one."""

    def __init__(self, limit: int = 256) -> None:
        super().__init__(limit)
        self._come = threading.Event()

    def post(self, callback: Callable[..., None], *args: Any) -> None:
        super().post(callback, *args)
        self._come.set()

    def until(self, met: Callable[[], object], told: Callable[[], object] = str) -> None:
        """Take answers until the condition is met; what never comes fails after minutes."""
        patience = Patience()
        while not met():
            assert patience.left(), f"never came; {told()}"
            self._come.clear()
            if not self.poll():
                self._come.wait(0.02)  # not every condition is a result: a process may just end
