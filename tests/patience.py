"""The product's time limits, as far as a machine that stalls would reach them: in tests they are minutes.

A counter does not wait for a disk that hangs; a test waits for as long as its machine takes. A test of a
limit itself sets it to what it needs. A process that a test starts calls `be_patient` itself, or imports what
does.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager

from kiosk import display_server
from kiosk.store import files
from kiosk.store.pg import guard, link

LONG = 240.0
"""Seconds; what takes longer never comes."""
_SHORT = 1.0
"""A wait below this is no limit but a look: whoever looks answers with what is known."""
_STALL = 1.0
"""Seconds between two looks that count at most: a machine that stood still has not been waiting."""


class Patience:
    """Whether to go on waiting: `while not met(): assert patience.left()`."""

    def __init__(self, seconds: float = LONG) -> None:
        self._left, self._at = seconds, time.monotonic()

    def left(self) -> bool:
        now = time.monotonic()
        self._left -= min(now - self._at, _STALL)
        self._at = now
        return self._left > 0


def be_patient() -> None:
    """Make the limits long; again is no harm."""
    if getattr(files.Lock, "patient", False):
        return
    real: Callable[[files.Lock, float], AbstractContextManager[None]] = files.Lock.hold

    def hold(lock: files.Lock, wait: float) -> AbstractContextManager[None]:
        return real(lock, wait if wait < _SHORT else max(wait, LONG))

    files.Lock.hold = hold  # type: ignore[method-assign,assignment]
    files.Lock.patient = True  # type: ignore[attr-defined]
    link.WRITE_WAIT = link.LEASE = guard.PATIENCE = LONG
    link._DEFAULTS |= {"connect_timeout": int(LONG), "tcp_user_timeout": int(LONG * 1000)}
    display_server.PATIENCE = LONG
