"""Masks of round-cornered shapes and QR codes, drawn once and kept."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

FINE = 8
"""Corners are drawn so many times larger and reduced: one pixel then has 64 shades."""


@lru_cache(maxsize=512)
def rounded(width: int, height: int, radius: int, border: int = 0) -> Image.Image:
    """The "L" mask of a rounded rectangle, or of its border alone where `border` is not 0. Pixels."""
    from PIL import Image

    radius = max(0, min(radius, width // 2, height // 2))
    mask = Image.new("L", (width, height), 0 if border else 255)
    if border:
        for box in ((0, 0, width, border), (0, height - border, width, height),
                    (0, 0, border, height), (width - border, 0, width, height)):  # fmt: skip
            mask.paste(255, box)
    size = max(radius, border)
    if not radius or size > min(width, height):
        return mask
    # Only the corner is fine work: one quarter, turned to its four places.
    quarter = _corner(radius, border, size)
    flip = Image.Transpose
    for x, turned in ((0, quarter), (width - size, quarter.transpose(flip.FLIP_LEFT_RIGHT))):
        mask.paste(turned, (x, 0))
        mask.paste(turned.transpose(flip.FLIP_TOP_BOTTOM), (x, height - size))
    return mask


@lru_cache(maxsize=64)
def _corner(radius: int, border: int, size: int) -> Image.Image:
    """The upper left quarter, `size` pixels square."""
    from PIL import Image, ImageDraw

    large = Image.new("L", (size * FINE, size * FINE))
    pen = ImageDraw.Draw(large)
    far = 4 * size * FINE
    pen.rounded_rectangle((0, 0, far, far), radius * FINE, fill=255)
    if border:
        inner = border * FINE
        pen.rounded_rectangle((inner, inner, far, far), max(0, radius * FINE - inner), fill=0)
    return large.resize((size, size), Image.Resampling.BOX)


@lru_cache(maxsize=64)
def dashes(width: int, thick: int) -> Image.Image:
    """A dashed line as a mask: dashes of three thicknesses, gaps of two."""
    from PIL import Image

    mask = Image.new("L", (max(1, width), thick))
    for x in range(0, width, 5 * thick):
        mask.paste(255, (x, 0, min(width, x + 3 * thick), thick))
    return mask


@lru_cache(maxsize=16)
def qr_picture(text: str, room: int) -> Image.Image:
    """A QR code with its quiet zone of four modules, in whole pixels a module, at most `room` wide.

    Black on white in every theme: telephones want it so.
    """
    import segno
    from PIL import Image

    code = segno.make(text, error="m", micro=False)
    count = int(code.symbol_size(border=4)[0])
    image = Image.new("L", (count, count))
    image.putdata([0 if cell else 255 for row in code.matrix_iter(border=4) for cell in row])
    side = count * max(1, room // count)
    return image.resize((side, side), Image.Resampling.NEAREST)
