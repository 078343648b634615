"""A slip as one image: laid out once, for every printer and for the PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from kiosk.printing.slip import Line, Place, Slip
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
    ) -> None:
        """One paragraph; type never smaller than 20 pixels, however narrow the paper."""
        room = self.width - 2 * self.margin - indent
        size = max(20.0, size * self._scale)
        align: Align = "center" if centre else "start"
        block = self._set(words, language, size=size, bold=bold, width=room, align=align)
        self._stamp(block, self.margin + indent)
        self.y += block.height

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

    def icon(self, name: str, size: float) -> None:
        """An icon at the left margin of the present line; the line does not move on."""
        self._paper.paste(BLACK, (self.margin, self.y), icon_mask(name, self.dots(size)))

    def frame(self, top: int) -> None:
        """A rounded frame around everything since `top`."""
        from PIL import ImageDraw

        ImageDraw.Draw(self._paper).rounded_rectangle(
            (self.margin, top, self.width - self.margin, self.y),
            self.dots(12),
            outline=BLACK,
            width=self.dots(3),
        )

    def disc(self, figure: int) -> None:
        """A white figure in a black disc at the left margin."""
        from PIL import ImageDraw

        size = self.dots(46)
        block = self._set(str(figure), "en", size=30 * self._scale, bold=True)
        ImageDraw.Draw(self._paper).ellipse(
            (self.margin, self.y, self.margin + size, self.y + size), fill=BLACK
        )
        left, top = block.offset
        x = self.margin + (size - block.width) // 2 + left
        self._paper.paste(WHITE, (x, self.y + size // 2 - round(block.middle) + top), block.mask)

    def qr(self, text: str, modules_dots: int = 7) -> None:
        """A QR code in the middle, with its quiet zone; modules are whole dots."""
        largest = max(4, round(modules_dots * self._scale))
        code = qr_image(text, self.width - 2 * self.margin, largest=largest, smallest=QR_SMALLEST)
        self._reach(code.height)
        self._paper.paste(code, ((self.width - code.width) // 2, self.y))
        self.y += code.height


def draw(slip: Slip, typesetter: Typesetter, width: int = 576) -> Image.Image:
    """The slip as a 1-bit image `width` dots wide."""
    roll = Roll(typesetter, width)
    roll.text(slip.office_ja, "ja", size=30, bold=True, centre=True)
    if slip.office:
        roll.text(slip.office, slip.language, size=26, centre=True)
    roll.rule()
    if slip.kind == "referral":
        _places(roll, slip)
        roll.rule()
        roll.text(f"{slip.number_word}  {slip.number}", slip.language, size=32, bold=True)
        roll.text(slip.stamp, "ja", size=26)
        return roll.finish()
    _number(roll, slip)
    roll.rule()
    for line in slip.lines:
        _step(roll, line, slip.language)
    if slip.qr:
        _keep(roll, slip)
    if slip.places:
        roll.rule()
        _places(roll, slip)
    _ending(roll, slip)
    return roll.finish()


def _number(roll: Roll, slip: Slip) -> None:
    roll.text(slip.number_word, slip.language, size=34, bold=True, centre=True)
    roll.space(6)
    roll.number(slip.number)
    roll.space(14)
    if slip.language not in ("ja", "ja-simple"):
        roll.text("番号", "ja", size=30, centre=True)


def _step(roll: Roll, line: Line, language: str, indent: float = 76) -> None:
    if line.icon:
        roll.icon(line.icon, 48)
    roll.text(line.text, language, size=30, bold=line.strong, indent=roll.dots(indent))
    if line.japanese:
        roll.text(line.japanese, "ja", size=26, indent=roll.dots(indent))
    roll.space(14)


def _places(roll: Roll, slip: Slip) -> None:
    if slip.places_title:
        roll.text(slip.places_title.text, slip.language, size=38, bold=True)
        if slip.places_title.japanese:
            roll.text(slip.places_title.japanese, "ja", size=28)
        roll.space(10)
    if slip.for_agency:
        _for_agency(roll, slip)
    for index, place in enumerate(slip.places):
        if index:
            roll.rule(dashed=True)
        _place(roll, place, slip.language, index + 1)
    if slip.places:
        roll.space(6)
        for checked in dict.fromkeys(place.checked for place in slip.places):
            roll.text(checked, slip.language, size=24)


def _for_agency(roll: Roll, slip: Slip) -> None:
    top = roll.y
    roll.space(14)
    for sentence in slip.for_agency:
        roll.text(sentence, "ja", size=28, bold=True, indent=roll.dots(20))
    roll.text(slip.show, slip.language, size=26, indent=roll.dots(20))
    roll.space(14)
    roll.frame(top)
    roll.space(24)


def _place(roll: Roll, place: Place, language: str, figure: int) -> None:
    indent = roll.dots(64)
    roll.disc(figure)
    roll.text(place.name, language, size=36, bold=True, indent=indent)
    if place.name_ja:
        roll.text(place.name_ja, "ja", size=28, bold=True, indent=indent)
    roll.text(place.what, language, size=26)
    if place.what_ja and place.what_ja != place.what:
        roll.text(place.what_ja, "ja", size=26)
    roll.space(8)
    if place.telephone:
        roll.icon("phone", 44)
        roll.text(place.telephone, "en", size=46, bold=True, indent=indent)
    for line in place.lines:
        _step(roll, Line(line.text, line.japanese, line.icon, line.strong), language, indent=64)
    if place.url:
        roll.qr(place.url)
        # The address in letters tells which of two codes on the paper this one is.
        roll.text(urlsplit(place.url).netloc, "en", size=24, centre=True)


def _keep(roll: Roll, slip: Slip) -> None:
    """The number to photograph or read into a telephone."""
    roll.rule()
    roll.qr(slip.qr, 6)
    if slip.qr_words:
        roll.text(slip.qr_words.text, slip.language, size=26, centre=True)
        if slip.qr_words.japanese:
            roll.text(slip.qr_words.japanese, "ja", size=26, centre=True)


def _ending(roll: Roll, slip: Slip) -> None:
    roll.rule()
    if slip.foot:
        roll.text(slip.foot.text, slip.language, size=28, bold=True, centre=True)
        if slip.foot.japanese:
            roll.text(slip.foot.japanese, "ja", size=26, centre=True)
        roll.space(8)
    roll.text(slip.stamp, "ja", size=26, centre=True)
