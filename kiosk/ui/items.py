"""What a part is drawn from: shapes, icons, texts and pictures in window pixels, in the order of painting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kiosk.ui.parts import Box

if TYPE_CHECKING:
    from PIL import Image

    from kiosk.text.block import Block


@dataclass(frozen=True)
class Shape:
    """A rounded rectangle. Colours are names of the theme, empty for none."""

    box: Box
    fill: str = ""
    border: str = ""
    width: int = 0
    radius: int = 0


@dataclass(frozen=True)
class Glyph:
    """An icon filling a square box."""

    box: Box
    name: str
    colour: str


@dataclass(frozen=True)
class Ink:
    """A set text. The block's upper left corner lies at `box`'s; `box` is as wide as the block.

    `room` is where the text may be seen: the part's box, or what a target's icon and edges leave.
    """

    box: Box
    block: Block
    colour: str
    text: str
    language: str
    size: float
    """The size it was set in, px before the script's factor."""
    room: Box
    provisional: tuple[int, int] | None = None
    """From here on still uncertain: index of the line, and pixels of it that are certain."""


@dataclass(frozen=True)
class Picture:
    """An image as it is, such as a QR code."""

    box: Box
    image: Image.Image


Item = Shape | Glyph | Ink | Picture


def moved(item: Item, dx: int, dy: int) -> Item:
    """The item elsewhere."""
    fresh = replace(item, box=shifted(item.box, dx, dy))
    return replace(fresh, room=shifted(fresh.room, dx, dy)) if isinstance(fresh, Ink) else fresh


def shifted(box: Box, dx: int, dy: int) -> Box:
    return Box(box.x + dx, box.y + dy, box.w, box.h)


def flipped(items: Sequence[Item], within: Box) -> tuple[Item, ...]:
    """The items from right to left within a box: places are mirrored, pictures and texts are not."""
    return tuple(_flipped(item, within) for item in items)


def _flipped(item: Item, within: Box) -> Item:
    fresh = replace(item, box=flipped_box(item.box, within))
    return replace(fresh, room=flipped_box(fresh.room, within)) if isinstance(fresh, Ink) else fresh


def flipped_box(box: Box, within: Box) -> Box:
    return Box(within.x + within.right - box.right, box.y, box.w, box.h)


def ink_box(ink: Ink) -> Box:
    """Where the text's ink really is, marks above and below the line included. Empty text: no size."""
    found = ink.block.mask.getbbox()
    if found is None:
        return Box(ink.box.x, ink.box.y, 0, 0)
    left, top, right, bottom = found
    x, y = ink.box.x + ink.block.offset[0], ink.box.y + ink.block.offset[1]
    return Box(x + left, y + top, right - left, bottom - top)
