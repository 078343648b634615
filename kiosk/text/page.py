"""An A4 page to draw on, and pages as a PDF. Lengths are in dots, 200 to the inch."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from PIL import Image

    from kiosk.text.block import Block
    from kiosk.text.typesetter import Typesetter

WIDTH, HEIGHT, DOTS_PER_INCH = 1654, 2339, 200
MARGIN = 130
INK, ACCENT, PALE, GREY, LINE = (31, 41, 51), (11, 92, 173), (232, 240, 248), (95, 107, 120), (205, 213, 221)
BEFORE = (157, 184, 210)
"""The colour of what was before."""
Align = Literal["start", "center", "end"]
Colour = tuple[int, int, int]


class Page:
    """One page; `y` is how far it is filled."""

    def __init__(self, typesetter: Typesetter, language: str) -> None:
        from PIL import Image, ImageDraw

        self._set, self._language = typesetter, language
        self.image: Image.Image = Image.new("RGB", (WIDTH, HEIGHT), "white")
        self._pen = ImageDraw.Draw(self.image)
        self.y = MARGIN

    def block(
        self,
        text: str,
        size: float,
        *,
        bold: bool = False,
        width: int | None = None,
        align: Align = "start",
        lines: int | None = None,
        language: str = "",
        readings: bool = False,
    ) -> Block:
        """The text set, in the page's language unless another is given; braces are those of the text, or
        `readings`."""
        words = (text if readings else unmarked(text)) or " "
        tag = language or self._language
        return self._set.set(
            words, tag, size=size, bold=bold, width=width, align=align, max_lines=lines, keep=False
        )

    def put(self, block: Block, x: float, y: float, colour: Colour = INK) -> None:
        left, top = block.offset
        self.image.paste(colour, (round(x) + left, round(y) + top), block.mask)

    def text(
        self,
        text: str,
        x: float,
        y: float,
        size: float,
        *,
        bold: bool = False,
        width: int | None = None,
        align: Align = "start",
        colour: Colour = INK,
        lines: int | None = None,
    ) -> int:
        """Draw the text and answer its height."""
        block = self.block(text, size, bold=bold, width=width, align=align, lines=lines)
        self.put(block, x, y, colour)
        return block.height

    def beside(self, text: str, x: float, middle: float, size: float, **how: object) -> None:
        """One line with its middle at `middle`; with `end=True` it ends at `x`."""
        block = self.block(text, size, bold=bool(how.get("bold")))
        left = (
            x - block.text_width if how.get("end") else x - block.text_width / 2 if how.get("centre") else x
        )
        colour = how.get("colour", INK)
        assert isinstance(colour, tuple)
        self.put(block, left, middle - block.middle, colour)

    def box(self, x: float, y: float, width: float, height: float, colour: Colour, radius: int = 0) -> None:
        if width >= 1 and height >= 1:
            self._pen.rounded_rectangle(
                (round(x), round(y), round(x + width), round(y + height)), radius, fill=colour
            )

    def rule(self, y: float, colour: Colour = LINE, thickness: int = 2) -> None:
        self.box(MARGIN, y, WIDTH - 2 * MARGIN, thickness, colour)


def unmarked(text: str) -> str:
    """Text somebody wrote, whose braces are no readings."""
    return text.replace("{", "｛").replace("}", "｝")


def pdf_of(pages: list[Image.Image], title: str) -> bytes:
    """The pages as a PDF; nothing is lost of the pictures."""
    parts: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", _info(title)]
    kids = []
    points = 72 / DOTS_PER_INCH
    for image in pages:
        data, number = zlib.compress(image.convert("RGB").tobytes(), 6), len(parts) + 1
        width, height = image.width * points, image.height * points
        drawn = b"q %.2f 0 0 %.2f 0 0 cm /P Do Q" % (width, height)
        parts += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %.2f %.2f]"
            b" /Resources << /XObject << /P %d 0 R >> >>"
            b" /Contents %d 0 R >>" % (width, height, number + 1, number + 2),
            b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceRGB"
            b" /BitsPerComponent 8 /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream"
            % (image.width, image.height, len(data), data),
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn),
        ]
        kids.append(b"%d 0 R" % number)
    parts[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
    return _whole(parts)


def _info(title: str) -> bytes:
    told = title.encode("utf-16-be", "replace").hex().encode()
    return b"<< /Title <feff%s> /Producer (Madoguchi) >>" % told


def _whole(parts: list[bytes]) -> bytes:
    """Objects from 1, their places, and where to begin."""
    out, places = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"), []
    for number, part in enumerate(parts, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R /Info 3 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(parts) + 1,
        table,
    )
    return bytes(out)
