"""The screen a window shall fill, also when it is unplugged for a while."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from kiosk.app.monitors import Monitor, chosen, monitors
from kiosk.workers import Reply, Results, run_in_thread

if TYPE_CHECKING:
    import tkinter

log = logging.getLogger(__name__)

SCREENS_S = 2.0
"""How often it is looked whether the screen is still there."""


class Screen:
    """The screen the display shall fill. One that is unplugged is waited for: the window stays where the
    window manager puts it meanwhile, and goes back."""

    def __init__(self, results: Results, number: int) -> None:
        self._results, self._number = results, number
        self._at: Monitor | None = None
        self._asked = 0.0
        self._waiting = False

    def take(self, root: tkinter.Tk) -> None:
        """Fill the screen, if it is there."""
        self._found(root, monitors())

    def watch(self, root: tkinter.Tk, now: float) -> None:
        """Look now and then whether it came, went or changed."""
        if self._waiting or now - self._asked < SCREENS_S:
            return
        self._asked, self._waiting = now, True

        def answer(reply: Reply) -> None:
            self._waiting = False
            if reply.trouble is None:
                self._found(root, reply.value)

        run_in_thread(self._results, monitors, answer)

    def _found(self, root: tkinter.Tk, every: tuple[Monitor, ...]) -> None:
        wanted = chosen(every, self._number)
        if wanted == self._at:
            return
        log.info("screen %s of %s: %s", self._number, len(every), wanted.geometry if wanted else "not there")
        self._at = wanted
        if wanted is not None and len(every) > 1:
            # A window that fills the screen is held by the window manager: first it must be a window again.
            root.attributes("-fullscreen", False)
            root.geometry(wanted.geometry)
            root.update_idletasks()
            root.attributes("-fullscreen", True)
