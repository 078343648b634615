"""The residents' second screen at a counter: a window beside the console's, in the same process."""

from __future__ import annotations

import logging
import time
import tkinter
from collections.abc import Callable
from typing import TYPE_CHECKING

from kiosk.app.monitors import Monitor, monitors
from kiosk.ui.frame import Frame
from kiosk.ui.paint import Painter
from kiosk.ui.surface import Surface
from kiosk.ui.theme import LIGHT
from kiosk.workers import Reply, Results, run_in_thread

if TYPE_CHECKING:
    from kiosk.text.typesetter import Typesetter
    from kiosk.ui.parts import Sheet

log = logging.getLogger(__name__)

LOOK_S = 2.0
"""How often it is looked whether the screen is still there."""
SMALLEST = (320, 240)
"""A window smaller than this is on its way to another size."""


def place_of_screen(setting: str) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Size and place of `[office] facing`, which the settings have checked; None where there is no screen."""
    if not setting:
        return None
    size, x, y = setting.split("+")
    width, _, height = size.partition("x")
    return (int(width), int(height)), (int(x), int(y))


class FacingWindow:
    """A window at its place on the desktop. While that place is on no screen it is hidden: a window manager
    would move it before the counselor's eyes. One that was closed or lost is made anew for the next phrase.
    """

    def __init__(
        self,
        root: tkinter.Tk,
        typesetter: Typesetter,
        results: Results,
        size: tuple[int, int],
        place: tuple[int, int],
        press: Callable[[str], None],
        title: str,
        *,
        look: Callable[[], tuple[Monitor, ...]] = monitors,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._root, self._typesetter, self._results = root, typesetter, results
        self._size, self._place, self._press, self._title = size, place, press, title
        self._look, self._clock = look, clock
        self._asked, self._asking = -LOOK_S, False
        self.there = True
        """Whether its place is on a screen."""
        self._top: tkinter.Toplevel | None = None
        self._surface: Surface | None = None
        self._painter: Painter | None = None
        self._make()

    @property
    def frame(self) -> Frame | None:
        """The window's size; None where it cannot be seen."""
        if not self.there or not self._alive():
            return None
        return self._painter.frame if self._painter is not None else None

    @property
    def window(self) -> tkinter.Toplevel | None:
        return self._top if self._alive() else None

    @property
    def sheet(self) -> Sheet | None:
        return self._surface.sheet if self._surface is not None and self._alive() else None

    @property
    def surface(self) -> Surface | None:
        return self._surface

    def open(self) -> None:
        """Be there again, where it was closed."""
        if not self._alive():
            self._make()

    def show(self, sheet: Sheet) -> None:
        """Show a page; a screen that is gone shows nothing."""
        if self._surface is None or not self._alive():
            return
        try:
            self._surface.show(sheet)
        except tkinter.TclError as gone:
            log.warning("the screen for residents is gone: %s", gone)
            self._drop()

    def forget(self) -> None:
        """Drop what was drawn: somebody's words stand there."""
        if self._surface is not None and self._alive() and self._painter is not None:
            self._painter = self._new_painter()
            self._surface.use(self._painter)

    def watch(self) -> None:
        """Look now and then whether its screen is there."""
        now = self._clock()
        if self._asking or now - self._asked < LOOK_S:
            return
        self._asked, self._asking = now, True
        run_in_thread(self._results, self._look, self._looked)

    def close(self) -> None:
        self._drop()

    def _looked(self, reply: Reply) -> None:
        self._asking = False
        if reply.trouble is None:
            self._found(reply.value)

    def _found(self, every: tuple[Monitor, ...]) -> None:
        x, y = (at + length // 2 for at, length in zip(self._place, self._size, strict=True))
        there = not every or any(
            one.x <= x < one.x + one.width and one.y <= y < one.y + one.height for one in every
        )
        if there == self.there:
            return
        log.info("the screen for residents is %s", "back" if there else "not there")
        self.there = there
        if self._top is not None and self._alive():
            if there:
                self._top.deiconify()
                self._top.geometry(self._geometry)
            else:
                self._top.withdraw()

    @property
    def _geometry(self) -> str:
        return f"{self._size[0]}x{self._size[1]}+{self._place[0]}+{self._place[1]}"

    def _make(self) -> None:
        try:
            self._found(self._look())
            top = tkinter.Toplevel(self._root, background=LIGHT["ground"])
            top.title(self._title)
            top.geometry(self._geometry)
            top.protocol("WM_DELETE_WINDOW", self._drop)
            canvas = tkinter.Canvas(top, highlightthickness=0, bd=0, background=LIGHT["ground"])
            canvas.place(x=0, y=0, relwidth=1, relheight=1)
            self._top = top
            self._painter = Painter(self._typesetter, Frame(*self._size))
            self._surface = Surface(canvas, self._painter, self._press)
            top.bind("<Configure>", self._configured)
            if not self.there:
                top.withdraw()
            elif any(one.geometry == self._geometry for one in self._look()):
                top.attributes("-fullscreen", True)
        except tkinter.TclError as failed:
            log.warning("the screen for residents cannot be opened: %s", failed)
            self._drop()

    def _configured(self, _event: object) -> None:
        if self._top is None or self._surface is None or self._painter is None or not self._alive():
            return
        size = self._top.winfo_width(), self._top.winfo_height()
        if size[0] < SMALLEST[0] or size[1] < SMALLEST[1]:
            return
        if size != (self._painter.frame.width, self._painter.frame.height):
            self._painter = Painter(self._typesetter, Frame(*size))
            self._surface.use(self._painter)

    def _new_painter(self) -> Painter:
        assert self._painter is not None
        return Painter(self._typesetter, self._painter.frame)

    def _alive(self) -> bool:
        try:
            return self._top is not None and bool(self._top.winfo_exists())
        except tkinter.TclError:
            return False

    def _drop(self) -> None:
        top, self._top, self._surface, self._painter = self._top, None, None, None
        if top is not None:
            try:
                top.destroy()
            except tkinter.TclError as gone:
                log.info("the screen for residents was gone already: %s", gone)
