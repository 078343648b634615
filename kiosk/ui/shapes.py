"""Rounded rectangles, dashes and QR codes; what is costly is drawn once and kept."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from kiosk.ui.parts import Box

if TYPE_CHECKING:
    from PIL import Image

FINE = 8
"""Corners are drawn so many times larger and reduced: one pixel then has 64 shades."""


def paint_rounded(
    page: Image.Image, box: Box, colour: tuple[int, ...] | int, radius: int, border: int = 0
) -> None:
    """A filled rounded rectangle, or its border alone where `border` is not 0. Pixels.

    Only the corners are fine work; the rest are plain rectangles, which cost a tenth of a mask.
    """
    radius = max(0, min(radius, box.w // 2, box.h // 2))
    size = min(max(radius, border), box.w // 2, box.h // 2)
    for x, y, right, bottom in _sides(box, size, border) if border else _bands(box, size):
        if right > x and bottom > y:
            page.paste(colour, (x, y, right, bottom))
    if size:
        places = ((box.x, box.y), (box.right - size, box.y),
                  (box.x, box.bottom - size), (box.right - size, box.bottom - size))  # fmt: skip
        for place, corner in zip(places, _corners(radius, border, size), strict=True):
            page.paste(colour, place, corner)


def _bands(box: Box, size: int) -> tuple[tuple[int, int, int, int], ...]:
    """The whole rectangle without its corners."""
    return (
        (box.x + size, box.y, box.right - size, box.y + size),
        (box.x, box.y + size, box.right, box.bottom - size),
        (box.x + size, box.bottom - size, box.right - size, box.bottom),
    )


def _sides(box: Box, size: int, border: int) -> tuple[tuple[int, int, int, int], ...]:
    """The four sides without the corners."""
    return (
        (box.x + size, box.y, box.right - size, box.y + border),
        (box.x + size, box.bottom - border, box.right - size, box.bottom),
        (box.x, box.y + size, box.x + border, box.bottom - size),
        (box.right - border, box.y + size, box.right, box.bottom - size),
    )


@lru_cache(maxsize=64)
def _corners(radius: int, border: int, size: int) -> tuple[Image.Image, ...]:
    """Masks of the four corners, `size` pixels square: upper left, upper right, lower left, lower right."""
    from PIL import Image, ImageDraw

    large = Image.new("L", (size * FINE, size * FINE))
    pen = ImageDraw.Draw(large)
    far = 4 * size * FINE
    pen.rounded_rectangle((0, 0, far, far), radius * FINE, fill=255)
    if border:
        inner = border * FINE
        pen.rounded_rectangle((inner, inner, far, far), max(0, radius * FINE - inner), fill=0)
    first = large.resize((size, size), Image.Resampling.BOX)
    turned = first.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    under = Image.Transpose.FLIP_TOP_BOTTOM
    return first, turned, first.transpose(under), turned.transpose(under)


@lru_cache(maxsize=64)
def dashes(width: int, thick: int) -> Image.Image:
    """A dashed line as a mask: dashes of three thicknesses, gaps of two."""
    from PIL import Image

    mask = Image.new("L", (max(1, width), thick))
    for x in range(0, width, 5 * thick):
        mask.paste(255, (x, 0, min(width, x + 3 * thick), thick))
    return mask
