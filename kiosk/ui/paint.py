"""Sheets into pictures: one painter for the window, for photographs, and for the search for cut text."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.text.icons import icon_mask
from kiosk.ui import theme
from kiosk.ui.dress import State
from kiosk.ui.frame import Frame
from kiosk.ui.items import Glyph, Ink, Item, Picture, Shape, flipped, moved
from kiosk.ui.layout import Layout
from kiosk.ui.marks import lay_mark
from kiosk.ui.mirror import POINTING, mirror
from kiosk.ui.parts import Box, Part, Sheet, Target
from kiosk.ui.shapes import dashes, paint_rounded
from kiosk.ui.targets import lay_target

if TYPE_CHECKING:
    from PIL import Image

    from kiosk.text.typesetter import Typesetter

KEPT_PARTS = 1500
"""Laid-out parts remembered: some forty pages."""
KEPT_PAGES = 8
"""Whole pages drawn ahead: 3 MB each on a tablet, 6 MB on a large screen. Of further ones only the parts are
laid out, which is nearly all the work."""
REACH_OUT = 40
"""Design pixels that rings, readings and marks of tall scripts may reach out of a part's box."""


class Painter:
    """Draws sheets for one window size. Safe for several threads."""

    def __init__(self, typesetter: Typesetter, frame: Frame) -> None:
        self.text = typesetter
        self.frame = frame
        self._colours = theme.CONTRAST if frame.contrast else theme.LIGHT
        self._laid: OrderedDict[tuple[Part, State, bool], tuple[Item, ...]] = OrderedDict()
        self._ready: dict[Sheet, Image.Image] = {}
        self._visits = 0
        self._lock = threading.Lock()

    def foresee(self, sheets: Sequence[Sheet], pause: Callable[[], None] = lambda: None) -> None:
        """Draw likely pages ahead, the likeliest first; others drawn before are dropped.

        `pause` is called between parts: a thread rests there, or leaves off by raising.
        """
        wanted = set(sheets[:KEPT_PAGES])
        with self._lock:
            visit = self._visits
            self._ready = {sheet: page for sheet, page in self._ready.items() if sheet in wanted}
        for sheet in sheets:
            shown = mirror(sheet, self.frame)
            for part in shown.parts:
                if not getattr(part, "private", False):
                    self.lay(part, rtl=shown.direction == "rtl")
                    pause()
        for sheet in sheets[:KEPT_PAGES]:
            if sheet not in self._ready:
                page = self._photograph(sheet, pause)
                with self._lock:
                    if visit == self._visits:
                        self._ready[sheet] = page

    def forget(self) -> None:
        """Drop the pages drawn ahead, and those just being drawn: somebody's answers stand on them."""
        with self._lock:
            self._visits += 1
            self._ready.clear()

    def photograph(self, sheet: Sheet) -> Image.Image:
        """The whole page as the window shows it, nothing pressed."""
        with self._lock:
            ready = self._ready.pop(sheet, None)
        return self._photograph(sheet, lambda: None) if ready is None else ready

    def _photograph(self, sheet: Sheet, pause: Callable[[], None]) -> Image.Image:
        page = self.blank()
        shown = mirror(sheet, self.frame)
        for part in shown.parts:
            self._paint(page, part, "normal", shown.direction == "rtl")
            pause()
        return page

    def repaint(self, page: Image.Image, sheet: Sheet, area: Box, state: Callable[[Target], State]) -> None:
        """Draw anew what lies in `area` of a page; `sheet` is already mirrored where it must be."""
        fresh = self.blank((area.w, area.h))
        edge = self.frame.px(REACH_OUT)
        for part in sheet.parts:
            if touches(part.box.inset(-edge), area):
                how = state(part) if isinstance(part, Target) else "normal"
                self._paint(fresh, part, how, sheet.direction == "rtl", -area.x, -area.y)
        page.paste(fresh, (area.x, area.y))

    def paint(self, page: Image.Image, part: Part, state: State = "normal") -> None:
        """One part onto a page."""
        self._paint(page, part, state, False)

    def blank(self, size: tuple[int, int] | None = None) -> Image.Image:
        from PIL import Image

        return Image.new("RGB", size or (self.frame.width, self.frame.height), self.colour("ground"))

    @property
    def ground(self) -> str:
        """The page's colour as Tk wants it."""
        return self._colours["ground"]

    def colour(self, name: str) -> tuple[int, int, int]:
        return theme.rgb(self._colours[name])

    def reach(self, target: Target) -> Box:
        """Where a target answers: the corner button up to the corner, the bar's cells down to the edge."""
        box, frame = target.box, self.frame
        if target.look == "clear":
            beside, bottom = frame.px(12), max(box.bottom, frame.px(theme.TARGET))
            if box.x + box.w / 2 > frame.width / 2:
                return Box(box.x - beside, 0, frame.width - box.x + beside, bottom)
            return Box(0, 0, box.right + beside, bottom)
        if target.look == "bar":
            return Box(box.x, box.y, box.w, max(box.h, frame.height - box.y))
        return box

    def lay(self, part: Part, state: State = "normal", rtl: bool = False) -> tuple[Item, ...]:
        """What the part is drawn from, at its place. Remembered by part without its place."""
        origin = replace(part, box=Box(0, 0, part.box.w, part.box.h))
        key = (origin, state, rtl)
        with self._lock:
            known = self._laid.get(key)
            if known is not None:
                self._laid.move_to_end(key)
        if known is None:
            known = self._lay(origin, state, rtl)
            if not getattr(part, "private", False):
                self._keep(key, known)
        return tuple(moved(item, part.box.x, part.box.y) for item in known)

    def _keep(self, key: tuple[Part, State, bool], laid: tuple[Item, ...]) -> None:
        with self._lock:
            self._laid[key] = laid
            while len(self._laid) > KEPT_PARTS:
                self._laid.popitem(last=False)

    def _lay(self, part: Part, state: State, rtl: bool) -> tuple[Item, ...]:
        layout = Layout(self.frame, self.text, rtl)
        items = lay_target(layout, part, state) if isinstance(part, Target) else lay_mark(layout, part)
        return flipped(items, part.box) if rtl else tuple(items)

    def _paint(
        self, page: Image.Image, part: Part, state: State, rtl: bool, dx: int = 0, dy: int = 0
    ) -> None:
        box = part.box
        here = replace(part, box=Box(box.x + dx, box.y + dy, box.w, box.h)) if dx or dy else part
        self._draw(page, self.lay(here, state, rtl), rtl)

    def _draw(self, page: Image.Image, items: Iterable[Item], rtl: bool) -> None:
        for item in items:
            match item:
                case Shape():
                    self._shape(page, item)
                case Glyph(box, name, colour):
                    page.paste(
                        self.colour(colour), (box.x, box.y), _icon(name, box.w, rtl and name in POINTING)
                    )
                case Ink():
                    self._ink(page, item)
                case Picture(box, image):
                    page.paste(image.convert("RGB"), (box.x, box.y))

    def _shape(self, page: Image.Image, item: Shape) -> None:
        box = item.box
        if box.w <= 0 or box.h <= 0:
            return
        if item.fill:
            paint_rounded(page, box, self.colour(item.fill), item.radius)
        if item.border and item.width and item.border != item.fill:
            paint_rounded(page, box, self.colour(item.border), item.radius, item.width)

    def _ink(self, page: Image.Image, ink: Ink) -> None:
        block = ink.block
        at = (ink.box.x + block.offset[0], ink.box.y + block.offset[1])
        if ink.provisional is None:
            page.paste(self.colour(ink.colour), at, block.mask)
            return
        certain = block.mask.copy()
        for x, y, width, height, under in _uncertain(ink):
            piece = (x - block.offset[0], y - block.offset[1])
            cut = block.mask.crop((*piece, piece[0] + width, piece[1] + height))
            certain.paste(0, (*piece, piece[0] + width, piece[1] + height))
            page.paste(self.colour("mute"), (ink.box.x + x, ink.box.y + y), cut)
            line = dashes(width, max(2, self.frame.px(2)))
            page.paste(self.colour("mute"), (ink.box.x + x, ink.box.y + under), line)
        page.paste(self.colour(ink.colour), at, certain)


def _uncertain(ink: Ink) -> list[tuple[int, int, int, int, int]]:
    """x, y, width, height of the uncertain words in each line, and where they are underlined."""
    assert ink.provisional is not None
    line, certain = ink.provisional
    block, pieces = ink.block, []
    for index, (left, top, width, pitch) in enumerate(block.lines_boxes[line:], line):
        skip = certain if index == line else 0
        under = round(block.baseline + index * block.line_pitch + ink.size * 0.24)
        if round(width) > skip:
            pieces.append((round(left) + skip, round(top), round(width) - skip, round(pitch), under))
    return pieces


def touches(one: Box, other: Box) -> bool:
    return one.x < other.right and one.right > other.x and one.y < other.bottom and one.bottom > other.y


def _icon(name: str, size: int, turned: bool) -> Image.Image:
    from PIL import Image

    mask = icon_mask(name, size)
    return mask.transpose(Image.Transpose.FLIP_LEFT_RIGHT) if turned else mask
