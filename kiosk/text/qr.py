"""QR codes for the screen and for slips: one way to draw them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

QUIET = 4
"""Modules of quiet zone on every side (ISO/IEC 18004)."""
BLACK, WHITE = 0, 255


@lru_cache(maxsize=16)
def qr_image(text: str, room: int, *, largest: int | None = None, smallest: int = 1) -> Image.Image:
    """`text` as a QR code with its quiet zone, medium error correction, as a square "L" image in black and
    white: telephones want it so in every theme.

    Modules are whole pixels, as many as fit into `room` pixels but not more than `largest`; where fewer than
    `smallest` fit the picture is wider than `room`. The image is shared: do not paint on it.
    """
    import segno
    from PIL import Image

    code = segno.make(text, error="m", micro=False)
    count = int(code.symbol_size(border=QUIET)[0])
    image = Image.new("L", (count, count))
    image.putdata([BLACK if cell else WHITE for row in code.matrix_iter(border=QUIET) for cell in row])
    module = max(smallest, min(room // count, largest or room))
    return image.resize((count * module, count * module), Image.Resampling.NEAREST)
