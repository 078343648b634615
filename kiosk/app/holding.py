"""A finger or a mouse held still in a corner: an act nobody does by the way."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import tkinter

    import customtkinter

HELD_MS = 2000
"""How long it is held."""
WIDE, HIGH = 0.2, 0.15
"""The corner's share of the window."""
STILL_PX = 40
"""Farther than this it was a movement."""


class Held:
    """Calls `done` once for each time the upper left corner was held."""

    def __init__(self, root: customtkinter.CTk, done: Callable[[], None]) -> None:
        self._root, self._done = root, done
        self._timer, self._at = "", (0, 0)
        root.bind("<ButtonPress-1>", self._pressed, add="+")
        root.bind("<ButtonRelease-1>", self._let_go, add="+")
        root.bind("<B1-Motion>", self._moved, add="+")

    @property
    def running(self) -> bool:
        """Whether it is held just now."""
        return bool(self._timer)

    def _pressed(self, event: tkinter.Event[tkinter.Misc]) -> None:
        self._stop()
        x, y = event.x_root - self._root.winfo_rootx(), event.y_root - self._root.winfo_rooty()
        if 0 <= x < WIDE * self._root.winfo_width() and 0 <= y < HIGH * self._root.winfo_height():
            self._at = event.x_root, event.y_root
            self._timer = self._root.after(HELD_MS, self._over)

    def _moved(self, event: tkinter.Event[tkinter.Misc]) -> None:
        if max(abs(event.x_root - self._at[0]), abs(event.y_root - self._at[1])) > STILL_PX:
            self._stop()

    def _let_go(self, _event: tkinter.Event[tkinter.Misc]) -> None:
        self._stop()

    def _over(self) -> None:
        self._timer = ""
        self._done()

    def _stop(self) -> None:
        if self._timer:
            self._root.after_cancel(self._timer)
            self._timer = ""
