"""A strip of paper growing downwards: type, figures, icons and codes on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.text.icons import icon_mask
from kiosk.text.qr import qr_image

if TYPE_CHECKING:
    from PIL import Image

    from kiosk.text.block import Block
    from kiosk.text.typesetter import Align, Typesetter

THRESHOLD = 150
"""Grey below this prints black; thermal heads have no grey, and dithering breaks thin strokes."""
BLACK, WHITE = 0, 255
QR_SMALLEST = 2
"""Dots a module: smaller ones run together on thermal paper."""
MIDDLE = 0.36
"""Optical middle of a line above its baseline, by the size of its type; about the same in all scripts."""
BLANK = 14
"""Blank below each step and rule."""
PIECE = 3000
"""Dots by which the paper grows; the longest slips need two or three of them."""


class Roll:
    """A strip of paper growing downwards. Lengths are in dots of a 576-dot head, scaled to `width`."""

    def __init__(self, typesetter: Typesetter, width: int) -> None:
        from PIL import Image

        self._set = typesetter.set
        self._measure = typesetter.measure
        self.width = width
        self._scale = width / 576
        self.margin = self.dots(24)
        self.y = self.dots(24)
        self._paper = Image.new("L", (width, self.dots(PIECE)), WHITE)

    def dots(self, length: float) -> int:
        return max(1, round(length * self._scale))

    def finish(self) -> Image.Image:
        """The paper cut below the last line, in pure black and white."""
        from PIL import Image

        cut = self._paper.crop((0, 0, self.width, self.y + self.dots(24)))
        return cut.point(lambda grey: WHITE if grey >= THRESHOLD else BLACK).convert(
            "1", dither=Image.Dither.NONE
        )

    def _reach(self, height: int) -> None:
        """Let the paper be long enough for `height` dots more below the present line."""
        from PIL import Image

        end = self.y + height + self.dots(200)
        if end > self._paper.height:
            longer = Image.new("L", (self.width, end + self.dots(PIECE)), WHITE)
            longer.paste(self._paper, (0, 0))
            self._paper = longer

    def space(self, length: float) -> None:
        self.y += self.dots(length)

    def text(
        self,
        words: str,
        language: str,
        *,
        size: float,
        bold: bool = False,
        indent: int = 0,
        centre: bool = False,
    ) -> int:
        """One paragraph; type never smaller than 20 pixels, however narrow the paper. Answers the optical
        middle of its first line, for a mark beside it."""
        room = self.width - 2 * self.margin - indent
        size = max(20.0, size * self._scale)
        align: Align = "center" if centre else "start"
        block = self._set(words, language, size=size, bold=bold, width=room, align=align, balance=centre)
        self._stamp(block, self.margin + indent)
        middle = self.y + round(block.baseline - MIDDLE * size)
        self.y += block.height
        return middle

    def number(self, number: str) -> None:
        """The number as large as the paper allows."""
        room = self.width - 2 * self.margin
        narrow = room / self._measure(number, "en", 100.0, True) * 100
        block = self._set(number, "en", size=min(narrow * 0.94, 200 * self._scale), bold=True)
        # The line's own spacing is far too much at this size: place it by its ink.
        ink = block.mask.getbbox() or (0, 0, 0, block.height)
        top, bottom = ink[1] + block.offset[1], ink[3] + block.offset[1]
        self._stamp(block, self.margin + (room - block.width) // 2, lift=top)
        self.y += bottom - top

    def _stamp(self, block: Block, x: int, lift: int = 0) -> None:
        left, top = block.offset
        self._reach(block.height)
        self._paper.paste(BLACK, (x + left, self.y + top - lift), block.mask)

    def rule(self, *, dashed: bool = False) -> None:
        from PIL import ImageDraw

        self.space(14)
        pen = ImageDraw.Draw(self._paper)
        thickness = self.dots(3)
        if dashed:
            step = self.dots(16)
            for x in range(self.margin, self.width - self.margin, step):
                pen.rectangle(
                    (x, self.y, min(x + step // 2, self.width - self.margin), self.y + 1), fill=BLACK
                )
        else:
            pen.rectangle((self.margin, self.y, self.width - self.margin, self.y + thickness - 1), fill=BLACK)
        self.space(20)

    def icon(self, name: str, size: float, middle: int) -> None:
        """An icon at the left margin of a line that has its middle there."""
        side = self.dots(size)
        self._paper.paste(BLACK, (self.margin, middle - side // 2), icon_mask(name, side))

    def tick(self, size: float, middle: int) -> None:
        """An empty square to tick, where an icon would be."""
        from PIL import ImageDraw

        side, left = self.dots(size), self.margin + self.dots(9)
        top = middle - side // 2
        ImageDraw.Draw(self._paper).rectangle(
            (left, top, left + side, top + side), outline=BLACK, width=self.dots(3)
        )

    def frame(self, top: int) -> None:
        """A rounded frame around everything since `top`."""
        from PIL import ImageDraw

        ImageDraw.Draw(self._paper).rounded_rectangle(
            (self.margin, top, self.width - self.margin, self.y),
            self.dots(12),
            outline=BLACK,
            width=self.dots(3),
        )

    def disc(self, figure: int, middle: int) -> None:
        """A white figure in a black disc at the left margin of a line that has its middle there."""
        from PIL import ImageDraw

        size = self.dots(46)
        y = middle - size // 2
        block = self._set(str(figure), "en", size=30 * self._scale, bold=True)
        ImageDraw.Draw(self._paper).ellipse((self.margin, y, self.margin + size, y + size), fill=BLACK)
        left, top = block.offset
        x = self.margin + (size - block.width) // 2 + left
        self._paper.paste(WHITE, (x, middle - round(block.middle) + top), block.mask)

    def qr(self, text: str, modules_dots: int = 7) -> None:
        """A QR code in the middle, with its quiet zone; modules are whole dots.

        What is left blank above is part of the quiet zone: every line and rule leaves as much.
        """
        largest = max(4, round(modules_dots * self._scale))
        code = qr_image(text, self.width - 2 * self.margin, largest=largest, smallest=QR_SMALLEST)
        self._reach(code.height)
        self.y -= self.dots(BLANK)
        self._paper.paste(code, ((self.width - code.width) // 2, self.y))
        self.y += code.height
