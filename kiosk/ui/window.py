"""The window: customtkinter's root, full screen or not, its canvas, and the beat that empties the results."""

from __future__ import annotations

import logging
import tkinter
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType

import customtkinter

from kiosk.ui.frame import Frame
from kiosk.ui.paint import Painter
from kiosk.ui.surface import Surface
from kiosk.ui.theme import LIGHT
from kiosk.workers import Results, place_of

log = logging.getLogger(__name__)

POLL_MS = 15
TICK_MS = 250


class Window:
    """One window with one canvas. A callback that raises is logged by type and place; tests make it fatal."""

    def __init__(
        self,
        title: str,
        results: Results,
        *,
        size: tuple[int, int] | None = None,
        fatal: bool = False,
    ) -> None:
        """`size` None is full screen. `fatal`: an error in a callback ends the window and is raised again."""
        customtkinter.set_appearance_mode("light")
        # Pages are laid out in our own pixels; a second scaling would blur and misplace them.
        customtkinter.deactivate_automatic_dpi_awareness()
        self.root = customtkinter.CTk()
        self.root.title(title)
        self.root.report_callback_exception = self._failed
        self._results, self._fatal = results, fatal
        self._tick: Callable[[], None] = lambda: None
        self._beats: dict[str, str] = {}
        self.failure: BaseException | None = None
        self._full = size is None
        if size is None:
            self.root.attributes("-fullscreen", True)
            self.root.protocol("WM_DELETE_WINDOW", lambda: None)
        else:
            self.root.geometry(f"{size[0]}x{size[1]}+0+0")
        self.root.update()
        self.canvas = tkinter.Canvas(self.root, highlightthickness=0, bd=0, background=LIGHT["ground"])
        self.canvas.place(x=0, y=0, relwidth=1, relheight=1)
        self.root.update()
        self.closed = False

    @property
    def size(self) -> tuple[int, int]:
        """Width and height the window really has, in pixels."""
        return self.root.winfo_width(), self.root.winfo_height()

    def frame(self) -> Frame:
        return Frame(*self.size)

    def surface(self, painter: Painter, press: Callable[[str], None]) -> Surface:
        return Surface(self.canvas, painter, press)

    def start(self, tick: Callable[[], None]) -> None:
        """Begin the two beats: results every few milliseconds, `tick` four times a second."""
        self._tick = tick
        self._poll()
        self._beat()

    def run(self) -> None:
        """Until the window is closed. Ctrl-C ends it: KeyboardInterrupt is raised."""
        self.root.mainloop()
        if self.failure is not None and (self._fatal or not isinstance(self.failure, Exception)):
            raise self.failure

    def close(self) -> None:
        if not self.closed:
            self.closed = True
            for beat in self._beats.values():
                self.root.after_cancel(beat)
            self.root.destroy()
            _forgotten(self.root)

    def _poll(self) -> None:
        try:
            self._results.poll()
        finally:
            if not self.closed:
                self._beats["poll"] = self.root.after(POLL_MS, self._poll)

    def _beat(self) -> None:
        try:
            self._tick()
        finally:
            if not self.closed:
                self._beats["tick"] = self.root.after(TICK_MS, self._beat)

    def _failed(self, _kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        interrupted = not isinstance(error, Exception)
        if not interrupted:
            log.error("a callback failed: %s", place_of(error.with_traceback(trace)))
        self.failure = error
        if self._fatal or interrupted:
            self.root.quit()


_INTERPRETERS: list[object] = []
"""Those of closed windows: Tcl ends the whole process where another thread than its own lets go of one, and
the garbage of a window is collected on whichever thread comes by."""


def _forgotten(root: customtkinter.CTk) -> None:
    """Have toolkit and interpreter let go of a window that was destroyed.

    customtkinter keeps every window in its lists for ever, and Tcl the commands of callbacks that never ran;
    with them stay pages and drawings, somebody's words among them.
    """
    from customtkinter.windows.widgets.appearance_mode import AppearanceModeTracker
    from customtkinter.windows.widgets.scaling import ScalingTracker

    _INTERPRETERS.append(root.tk)
    with suppress(ValueError):
        AppearanceModeTracker.app_list.remove(root)
    for kept in (ScalingTracker.window_widgets_dict, ScalingTracker.window_dpi_scaling_dict):
        kept.pop(root, None)
    for name in root.tk.splitlist(root.tk.call("info", "commands")):
        # tkinter names a callback's command by its address.
        if name[0].isdigit():
            root.tk.deletecommand(name)
