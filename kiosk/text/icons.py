"""Lucide icons as alpha masks, from `assets/icons`, in any size."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from kiosk.paths import ASSETS

if TYPE_CHECKING:
    from PIL import Image


@lru_cache(maxsize=256)
def icon_mask(name: str, size: int) -> Image.Image:
    """The icon as an "L" mask of `size` pixels square. Raises FileNotFoundError for a name not shipped."""
    from PIL import Image

    with Image.open(ASSETS / "icons" / f"{name}.png") as stored:
        mask = stored.convert("L")
    return mask.resize((size, size), Image.Resampling.LANCZOS)
