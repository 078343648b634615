"""Draws likely next pages in a thread, while the person reads, and leaves off at the next touch."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kiosk.workers import place_of

if TYPE_CHECKING:
    from kiosk.ui.paint import Painter
    from kiosk.ui.parts import Sheet

log = logging.getLogger(__name__)

WORK_S = 0.004
"""After so long the thread rests, so that the window's own is never kept waiting."""
BREATH_S = 0.001


class LeftOff(Exception):
    """Something else is to be shown now."""


class Beforehand:
    """One thread at a time. What it has laid out stays with the painter, also when it is left halfway."""

    def __init__(self) -> None:
        self._left = threading.Event()
        self._thread: threading.Thread | None = None

    def begin(self, painter: Painter, sheets: Sequence[Sheet]) -> None:
        """Draw these pages, the likeliest first, in place of those being drawn."""
        self.leave()
        self._left = threading.Event()
        given = (painter, tuple(sheets), self._left, self._thread)
        self._thread = threading.Thread(target=_draw, args=given, name="pages ahead", daemon=True)
        self._thread.start()

    def leave(self) -> None:
        """Leave off, at the latest after the part in hand: two threads that both draw take twice as long."""
        self._left.set()

    def join(self, timeout: float) -> bool:
        """Wait for the thread's end; whether it came."""
        if self._thread is not None:
            self._thread.join(timeout)
        return self._thread is None or not self._thread.is_alive()


def _draw(
    painter: Painter, sheets: tuple[Sheet, ...], left: threading.Event, before: threading.Thread | None
) -> None:
    if before is not None:
        before.join()
    tired = time.monotonic() + WORK_S

    def pause() -> None:
        nonlocal tired
        rest = time.monotonic() > tired
        if left.wait(BREATH_S if rest else 0):
            raise LeftOff
        if rest:
            tired = time.monotonic() + WORK_S

    try:
        painter.foresee(sheets, pause)
    except LeftOff:
        pass
    except Exception as error:
        # It is drawn when it is shown. Python itself would print the message, maybe somebody's words.
        log.error("pages were not drawn ahead: %s", place_of(error))
