"""The window's side of a sheet: one canvas, strips of picture, presses and keys."""

from __future__ import annotations

import tkinter
from collections import deque
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from kiosk.ui import ring
from kiosk.ui.areas import changed, cut, joined
from kiosk.ui.beforehand import Beforehand
from kiosk.ui.dress import State
from kiosk.ui.frame import Frame
from kiosk.ui.mirror import mirror
from kiosk.ui.paint import Painter
from kiosk.ui.parts import Box, Sheet, Target

if TYPE_CHECKING:
    from PIL import Image, ImageTk

STRIPS = 20
"""The page is shown in so many strips; only those that changed are handed to the window again."""
PRESSED_MS = 120
"""How long a pressed look stays at least, so that it is seen."""
DOUBLE_TAP_MS = 300
"""A second tap at the same spot within this time was meant for what stood there before."""
DOUBLE_TAP_PX = 40


class Surface:
    """Shows sheets on a canvas. `on_press` gets the id of what was pressed, once its pressed look is seen."""

    def __init__(self, canvas: tkinter.Canvas, painter: Painter, on_press: Callable[[str], None]) -> None:
        self._canvas, self._painter, self._on_press = canvas, painter, on_press
        self._asked: Sheet | None = None
        self._sheet: Sheet | None = None
        self._page: Image.Image | None = None
        self._photos: list[ImageTk.PhotoImage] = []
        self._focus = ""
        self._down = ""
        self._release = ""
        self._pressed: deque[tuple[str, str]] = deque()
        self._last = (-DOUBLE_TAP_MS, 0, 0, "", "")
        self._ahead = Beforehand()
        canvas.bind("<ButtonPress-1>", self._touched)
        # A picture let go of by another thread would wait a second for this one.
        canvas.bind("<Destroy>", lambda _event: self._end())

    @property
    def sheet(self) -> Sheet | None:
        """The sheet as it was given."""
        return self._asked

    @property
    def image(self) -> Image.Image | None:
        """The page as it stands, for photographs."""
        return self._page

    def use(self, painter: Painter) -> None:
        """Another size of window, text or colours: the next sheet is drawn anew."""
        self._ahead.leave()
        self._painter, self._page = painter, None
        self._photos.clear()
        self._canvas.delete("all")
        self._canvas.configure(background=painter.ground)

    def resize(self, frame: Frame) -> None:
        """The same for another window or text size."""
        self.use(Painter(self._painter.text, frame))

    def show(self, sheet: Sheet) -> None:
        """Draw the sheet; what stayed the same is not drawn again."""
        old, page = self._sheet, self._page
        self._asked, self._sheet = sheet, mirror(sheet, self._painter.frame)
        if page is None or old is None or old.name != sheet.name:
            self._ahead.leave()
            self._focus = self._down = ""
            self._page = self._painter.photograph(sheet)
            self._send([Box(0, 0, self._page.width, self._page.height)])
            return
        boxes = changed(old.parts, self._sheet.parts)
        if self._down and not any(target.id == self._down for target in self._targets()):
            self._down = ""
        if boxes:
            self._draw(boxes)

    def prepare(self, sheets: Sequence[Sheet]) -> None:
        """Draw likely next pages in the background until something is pressed or another page is shown."""
        self._ahead.begin(self._painter, sheets)

    def forget(self) -> None:
        """Drop what was drawn ahead: somebody's answers stand on it."""
        # First, or a thread that is only about to begin would keep its pages for the next visit.
        self._ahead.leave()
        self._painter.forget()

    def join_ahead(self, timeout: float = 240.0) -> bool:
        """Wait for what is being drawn ahead; whether it is done."""
        return self._ahead.join(timeout)

    def _end(self) -> None:
        self._ahead.leave()
        self._photos.clear()

    # Drawing

    def _state(self, target: Target) -> State:
        if target.enabled and target.id == self._down:
            return "pressed"
        return "focused" if target.enabled and target.id == self._focus else "normal"

    def _draw(self, boxes: Sequence[Box]) -> None:
        """Draw anew what lies in the boxes, their rings included."""
        assert self._page is not None
        assert self._sheet is not None
        edge = self._painter.frame.px(10)
        page = Box(0, 0, self._page.width, self._page.height)
        areas = [area for area in joined([cut(box.inset(-edge), page) for box in boxes]) if area.w > 0]
        for area in areas:
            self._painter.repaint(self._page, self._sheet, area, self._state)
        self._send(areas)

    def _send(self, areas: Sequence[Box]) -> None:
        """Hand the strips that meet the areas to the window."""
        from PIL import ImageTk

        assert self._page is not None
        height = -(-self._page.height // STRIPS)
        for index, y in enumerate(range(0, self._page.height, height)):
            end = min(y + height, self._page.height)
            if not any(area.y < end and area.bottom > y for area in areas):
                continue
            strip = self._page.crop((0, y, self._page.width, end))
            if index < len(self._photos):
                self._photos[index].paste(strip)
            else:
                # The list keeps the picture alive: Tk itself holds no reference.
                self._photos.append(ImageTk.PhotoImage(strip, master=self._canvas))
                self._canvas.create_image(0, y, image=self._photos[-1], anchor="nw")

    # Presses

    def _touched(self, event: tkinter.Event[tkinter.Canvas]) -> None:
        page = self._sheet.name if self._sheet else ""
        found = self.target_at(event.x, event.y)
        before, x, y, was, name = self._last
        self._last = (event.time, event.x, event.y, page, found.id if found else "")
        soon = 0 < event.time - before < DOUBLE_TAP_MS
        near = abs(event.x - x) < DOUBLE_TAP_PX and abs(event.y - y) < DOUBLE_TAP_PX
        if found is None or (soon and near and (was != page or self._replaced(name, found))):
            return
        self.press(found)

    def _replaced(self, name: str, found: Target) -> bool:
        """Whether another target stands where the one of that name was; keys change under fast fingers."""
        gone = bool(name) and all(target.id != name for target in self._targets(every=True))
        return gone and found.look != "key"

    def press(self, target: Target) -> None:
        """Show it pressed at once; `on_press` comes when that is on the screen."""
        if not target.enabled or self._sheet is None:
            return
        self._ahead.leave()
        self._pressed.append((self._sheet.name, target.id))
        self._down = target.id
        self._draw([target.box])
        self._canvas.update_idletasks()
        # When nothing else waits: the pressed look has then been sent to the display.
        self._canvas.after_idle(self._tell)

    def _tell(self) -> None:
        """Pass on the oldest press; one that was meant for another page is forgotten."""
        if not self._pressed:
            return
        page, name = self._pressed.popleft()
        if self._sheet is not None and self._sheet.name == page:
            self._canvas.after(PRESSED_MS, self._let_go, name)
            self._on_press(name)

    def _let_go(self, name: str) -> None:
        if self._down == name:
            self._down = ""
            boxes = [target.box for target in self._targets() if target.id == name]
            if boxes:
                self._draw(boxes)

    def target_at(self, x: int, y: int) -> Target | None:
        """What answers at a point: what is seen there, topmost first, else what reaches to the edge there."""
        targets = self._targets(every=True)[::-1]
        for box_of in (lambda target: target.box, self._painter.reach):
            for target in targets:
                box = box_of(target)
                if box.x <= x < box.right and box.y <= y < box.bottom:
                    return target if target.enabled else None
        return None

    # The keyboard's ring

    def move_focus(self, step: int) -> None:
        """Tab and Shift-Tab: the ring goes to the next or previous target."""
        self._focus_on(ring.turned(self._targets(), self._focused(), step))

    def point(self, dx: int, dy: int) -> None:
        """Arrow keys: the ring goes to the nearest target in that direction (1 or -1 on one axis)."""
        before = self._focused()
        if before is None:
            self.move_focus(1)
        else:
            self._focus_on(ring.nearest(self._targets(), before, dx, dy))

    def press_focused(self) -> None:
        """Return and Space."""
        if (target := self._focused()) is not None:
            self.press(target)

    def _focus_on(self, target: Target | None) -> None:
        if target is None:
            return
        before = self._focused()
        self._focus = target.id
        if before:
            self._draw([before.box])
        self._draw([target.box])

    def _targets(self, every: bool = False) -> list[Target]:
        """The targets as they stand on the screen, those out of use too where `every`."""
        parts = self._sheet.parts if self._sheet else ()
        return [part for part in parts if isinstance(part, Target) and (every or part.enabled)]

    def _focused(self) -> Target | None:
        return next((target for target in self._targets() if target.id == self._focus), None)
