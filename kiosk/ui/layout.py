"""Sets texts into boxes: the size that fits, and the place that puts its optical middle where it belongs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kiosk.text.markup import read
from kiosk.ui.frame import Frame
from kiosk.ui.items import Ink
from kiosk.ui.parts import Align, Box, Valign

if TYPE_CHECKING:
    from kiosk.text.block import Block
    from kiosk.text.typesetter import Typesetter

ALONE = 0.25
"""Widths: a single word shorter than this looks lost on a last line, and is often half of one where blanks
stand between syllables."""


@dataclass(frozen=True)
class Said:
    """A text with what its setting depends on; `sizes` in window pixels, in order of trial."""

    text: str
    language: str
    sizes: tuple[float, ...]
    bold: bool = False
    align: Align = "start"
    max_lines: int | None = None
    balance: bool = False
    private: bool = False


@dataclass(frozen=True)
class Layout:
    """What laying out needs: the window's sizes and the typesetter. `rtl`: the page runs right to left."""

    frame: Frame
    text: Typesetter
    rtl: bool = False

    def px(self, design: float) -> int:
        return self.frame.px(design)

    @property
    def contrast(self) -> bool:
        return self.frame.contrast

    def set(self, said: Said, size: float, width: int | None) -> Block:
        return self.text.set(
            said.text, said.language, size=size, bold=said.bold, width=width, align=said.align,
            max_lines=said.max_lines, balance=said.balance, keep=not said.private,
        )  # fmt: skip

    def fit(self, said: Said, width: int, height: int) -> tuple[Block, float]:
        """The block in the first size that fits and that size; the last size where none does.

        Sizes fall, so between the first and the last the right one is found by halving.
        """
        width = max(1, width)
        sizes = list(dict.fromkeys(said.sizes))
        block = self.set(said, sizes[0], width)
        if _fits(block, height):
            return block, sizes[0]
        low, high = 1, len(sizes) - 1
        while low < high:
            at = (low + high) // 2
            if _fits(self.set(said, sizes[at], width), height):
                high = at
            else:
                low = at + 1
        last = sizes[-1] if low >= len(sizes) else sizes[low]
        return self.set(said, last, width), last

    def ink(self, said: Said, room: Box, colour: str, valign: Valign = "middle") -> Ink:
        """The text in its room."""
        block, size = self.fit(said, room.w, room.h)
        # What grows while it is said or typed would jump to and fro.
        if not said.private and _lost(said, block, room.w):
            even = self.set(replace(said, balance=True), size, room.w)
            block = even if _fits(even, room.h) else block
        return placed(said, block, size, room, colour, valign)


def placed(said: Said, block: Block, size: float, room: Box, colour: str, valign: Valign = "middle") -> Ink:
    """A set text in its room. The block is as wide as the room, or wider where a word does not fit."""
    if valign == "middle" or block.height > room.h:
        y = round(room.y + room.h / 2 - middle_of(block))
    else:
        y = room.y if valign == "top" else room.bottom - block.height
    # Readings, which keep their smallest size, and tall marks reach out of their line.
    y = _into(y, block, room)
    return Ink(Box(room.x, y, block.width, block.height), block, colour, said.text, said.language, size, room)


def middle_of(block: Block) -> float:
    """The optical middle of all lines, from the block's top: centred labels so share a baseline."""
    return block.middle + (block.lines - 1) * block.line_pitch / 2


def _into(y: int, block: Block, room: Box) -> int:
    """Keep ink that fits in its room, where centring by the optical middle would push it out."""
    top, bottom = ink_rows(block)
    if bottom - top > room.h:
        return y
    return min(max(y, room.y - top), room.bottom - bottom)


def _lost(said: Said, block: Block, width: int) -> bool:
    """Whether a single short word stands on the last line."""
    if block.lines < 2 or block.overflow or block.lines_boxes[-1][2] >= ALONE * width:
        return False
    start, end = block.spans[-1]
    text = read(said.text).text
    return text[start - 1] != "\n" and " " not in text[start:end]


def ink_rows(block: Block) -> tuple[int, int]:
    """First row of ink and the row after the last, from the block's top."""
    found = block.mask.getbbox()
    return (found[1] + block.offset[1], found[3] + block.offset[1]) if found else (0, 0)


def _fits(block: Block, height: int) -> bool:
    if block.overflow or block.torn:
        return False
    if block.height <= height:
        return True
    written = [at for at, line in enumerate(block.lines_boxes) if line[2] > 0]
    if written and (written[-1] - written[0] - 1) * block.line_pitch > height:
        return False  # seen without drawing it: the lines between the first and the last alone are higher
    top, bottom = ink_rows(block)
    return bottom - top <= height
