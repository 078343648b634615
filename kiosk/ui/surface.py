"""The window's side of a sheet: one canvas, strips of picture, presses and keys."""

from __future__ import annotations

import tkinter
from collections.abc import Callable
from typing import TYPE_CHECKING

from kiosk.ui.paint import Painter, State
from kiosk.ui.parts import Box, Part, Sheet, Target

if TYPE_CHECKING:
    from PIL import Image, ImageTk

STRIPS = 20
"""The page is shown in so many strips; only those that changed are handed to the window again."""


class Surface:
    """Shows sheets on a canvas. `on_press` gets the id of what was pressed, once its pressed look is seen."""

    def __init__(self, canvas: tkinter.Canvas, painter: Painter, on_press: Callable[[str], None]) -> None:
        self._canvas, self._painter, self._on_press = canvas, painter, on_press
        self._sheet: Sheet | None = None
        self._page: Image.Image | None = None
        self._photos: list[ImageTk.PhotoImage] = []
        self._focus = ""
        canvas.bind("<ButtonPress-1>", self._pressed)

    @property
    def sheet(self) -> Sheet | None:
        return self._sheet

    def use(self, painter: Painter) -> None:
        """Another size of window or text: everything is drawn anew."""
        self._painter, self._page, self._photos = painter, None, []
        self._canvas.delete("all")

    def show(self, sheet: Sheet) -> None:
        """Draw the sheet; what stayed the same is not drawn again."""
        old, page = self._sheet, self._page
        self._sheet = sheet
        if page is None or old is None:
            self._focus = ""
            self._page = self._painter.photograph(sheet)
            self._send(0, self._page.height)
            return
        if old.name != sheet.name:
            self._focus = ""
        changed = _changed(old.parts, sheet.parts)
        if changed:
            self._draw(changed)

    def _draw(self, boxes: list[Box], state: State = "normal", target: Target | None = None) -> None:
        """Draw anew what touches the boxes' rows: whole rows, so that overlapping parts stay in order."""
        assert self._page is not None
        assert self._sheet is not None
        top = max(0, min(box.y for box in boxes) - 8)
        bottom = min(self._page.height, max(box.bottom for box in boxes) + 8)
        left = max(0, min(box.x for box in boxes) - 8)
        right = min(self._page.width, max(box.right for box in boxes) + 8)
        area = Box(left, top, right - left, bottom - top)
        self._painter.repaint(self._page, self._sheet, area, target, state)
        self._send(top, bottom)

    def _send(self, top: int, bottom: int) -> None:
        """Hand the strips between two rows to the window."""
        from PIL import ImageTk

        assert self._page is not None
        height = -(-self._page.height // STRIPS)
        fresh = not self._photos
        for index in range(STRIPS):
            y, end = index * height, min((index + 1) * height, self._page.height)
            if end <= top or y >= bottom or y >= end:
                continue
            strip = self._page.crop((0, y, self._page.width, end))
            if fresh:
                photo = ImageTk.PhotoImage(strip)
                self._photos.append(photo)
                self._canvas.create_image(0, y, image=photo, anchor="nw")
            else:
                self._photos[index].paste(strip)

    def _pressed(self, event: tkinter.Event[tkinter.Canvas]) -> None:
        found = self.target_at(event.x, event.y)
        if found is not None:
            self.press(found)

    def press(self, target: Target) -> None:
        """Show it pressed at once, then tell."""
        if not target.enabled:
            return
        if target.look != "plain":
            self._draw([target.box], "pressed", target)
            self._canvas.update_idletasks()
        self._on_press(target.id)
        # The page may be the same one: then the target must look as before.
        if self._sheet is not None and target in self._sheet.parts and target.look != "plain":
            self._draw([target.box])

    def target_at(self, x: int, y: int) -> Target | None:
        """The topmost target under a point; bar and corner targets reach to the window's edge."""
        if self._sheet is None:
            return None
        for part in reversed(self._sheet.parts):
            if isinstance(part, Target) and part.enabled:
                box = self._painter.reach(part)
                if box.x <= x < box.right and box.y <= y < box.bottom:
                    return part
        return None

    def move_focus(self, step: int) -> None:
        """Tab and Shift-Tab: the ring goes to the next or previous target."""
        targets = self._targets()
        if not targets:
            return
        before = self._focused()
        ids = [target.id for target in targets]
        at = ids.index(before.id) + step if before else (0 if step > 0 else -1)
        chosen = targets[at % len(targets)]
        self._focus = chosen.id
        if before:
            self._draw([before.box])
        self._draw([chosen.box], "focused", chosen)

    def press_focused(self) -> None:
        """Return and Space."""
        if (target := self._focused()) is not None:
            self.press(target)

    def _targets(self) -> list[Target]:
        parts = self._sheet.parts if self._sheet else ()
        return [part for part in parts if isinstance(part, Target) and part.enabled]

    def _focused(self) -> Target | None:
        return next((target for target in self._targets() if target.id == self._focus), None)


def _changed(old: tuple[Part, ...], new: tuple[Part, ...]) -> list[Box]:
    """Where two pages differ."""
    before, after = set(old), set(new)
    return [part.box for part in (*old, *new) if (part in before) != (part in after)]
