"""A drawn text: the mask and the measures a painter needs."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kiosk.text.line import Line, Placed

if TYPE_CHECKING:
    from PIL.Image import Image

    from kiosk.text.fonts import Glyphs


@dataclass(frozen=True)
class Block:
    """A text set in lines. All measures are px; y grows downwards from the top of the box.

    The box is `width` × `height` and is what a page lays out. The mask holds all the ink, marks that
    reach out of the box too: its upper left corner belongs at the box's, moved by `offset`.
    """

    width: int
    """The width asked for, the widest line's where none was, more where `overflow`."""
    height: int
    lines: int
    middle: float
    """The y to put at the middle of a button or icon. Labels placed so share a baseline."""
    baseline: float
    """The first line's baseline."""
    line_pitch: float
    """From one baseline to the next."""
    text_width: int
    """The widest line, whatever the box."""
    overflow: bool
    """A word is wider than the box, or there were more lines than `max_lines`."""
    missing: str
    """Characters that no font on this machine has; a gap stands for each."""
    lines_boxes: tuple[tuple[float, float, float, float], ...]
    """x, y, width, height of each line's text in the box, for underlines and highlights."""
    spans: tuple[tuple[int, int], ...]
    """Where each line begins and ends in the text without its readings, the blanks between lines left out."""
    pen: Pen = field(repr=False, compare=False)
    torn: int = 0
    """How many lines begin inside a word, for it was wider than the box."""

    @property
    def mask(self) -> Image:
        """Mode "L", 255 where the ink is full; colour is the painter's."""
        return self.pen.ink().mask

    @property
    def offset(self) -> tuple[int, int]:
        """Where the mask lies from the box's upper left corner; never right of it nor below it."""
        return self.pen.ink().offset


@dataclass(frozen=True)
class Ink:
    mask: Image
    offset: tuple[int, int]


class Pen:
    """Draws a block when it is first looked at: most that are set while the size that fits is searched for
    never are, and drawing costs more than setting. Safe for several threads."""

    def __init__(self, draw: Callable[[], Ink]) -> None:
        self._draw: Callable[[], Ink] | None = draw
        self._ink: Ink | None = None
        self._lock = threading.Lock()

    @classmethod
    def done(cls, mask: Image, offset: tuple[int, int]) -> Pen:
        """One that has drawn: a piece of another block's mask."""
        return cls(lambda: Ink(mask, offset))

    def ink(self) -> Ink:
        with self._lock:
            if self._ink is None:
                assert self._draw is not None
                # Drawn once, so nobody needs the lines any more.
                self._ink, self._draw = self._draw(), None
            return self._ink


def draw(lines: list[Line], lefts: list[float], baselines: list[int], box: tuple[int, int]) -> Ink:
    """Draws lines at `lefts` × `baselines` into a mask that holds the box and every mark outside it."""
    from PIL import Image, ImageDraw

    pieces = []
    left = top = 0
    right, bottom = box
    for line, x, y in zip(lines, lefts, baselines, strict=True):
        for placed in line.placed:
            glyphs = _glyphs(placed, x + placed.x, y - placed.rise)
            if glyphs is None:
                continue
            core, at_x, at_y = glyphs
            width, height = core.size
            left, top = min(left, at_x), min(top, at_y)
            right, bottom = max(right, at_x + width), max(bottom, at_y + height)
            pieces.append(glyphs)
    mask = Image.new("L", (max(1, right - left), max(1, bottom - top)))
    pen = ImageDraw.Draw(mask)
    for core, at_x, at_y in pieces:
        pen.draw.draw_bitmap((at_x - left, at_y - top), core, 255)
    return Ink(mask, (left, top))


def _glyphs(placed: Placed, x: float, y: float) -> Glyphs | None:
    run = placed.run
    if run.family is None or run.text.isspace():
        return None
    library = placed.setting.library
    shaped = placed.setting.shaped(run.text, run.family, run.rtl)
    whole = math.floor(x)
    if len(run.text) == 1:
        quarter = round((x - whole) * 4) / 4
        core, dx, dy = library.glyphs(shaped, quarter)
    else:
        core, dx, dy = library.render(shaped, x - whole)
    return core, whole + dx, round(y) + dy
