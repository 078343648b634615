"""The page with the recovery key: an A4 sheet with its letters in groups and a code, for the safe."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.printing.roll import Roll
from kiosk.text.page import HEIGHT, WIDTH

if TYPE_CHECKING:
    from PIL import Image

    from kiosk.text.typesetter import Typesetter

_ROW = 3
"""Groups on a line."""


@dataclass(frozen=True)
class RecoveryPage:
    """What the page says, in Japanese and English."""

    office: str
    title: tuple[str, str]
    lines: tuple[tuple[str, str], ...]
    """What it is for and how to keep it."""
    text: str
    """The key: groups with a hyphen between."""
    stamp: str
    """When it was made."""


def draw_recovery(page: RecoveryPage, typesetter: Typesetter) -> Image.Image:
    """The page in black and white, `DOTS_PER_INCH` to be printed as A4."""
    from PIL import Image

    sheet = Image.new("1", (WIDTH, HEIGHT), 1)
    strip = draw_strip(page, typesetter, 1200)
    if strip.height > HEIGHT:
        raise ValueError("more words than an A4 page has room for")
    sheet.paste(strip, ((WIDTH - strip.width) // 2, (HEIGHT - strip.height) // 2))
    return sheet


def draw_strip(page: RecoveryPage, typesetter: Typesetter, width: int) -> Image.Image:
    """The same on a strip `width` dots wide, as slip printers have."""
    roll, narrow = Roll(typesetter, width), width < 1000
    larger = 1.4 if narrow else 1.0
    roll.text(page.office, "ja", size=20 * larger, bold=True, centre=True)
    roll.text(page.title[0], "ja", size=26 * larger, bold=True, centre=True)
    roll.text(page.title[1], "en", size=20 * larger, centre=True)
    roll.rule()
    groups, row = page.text.split("-"), 2 if narrow else _ROW
    for start in range(0, len(groups), row):
        part = enumerate(groups[start : start + row], start + 1)
        named = "　".join(f"{place}: {group}" for place, group in part)
        roll.text(named, "en", size=25 * larger, bold=True, centre=True)
    roll.rule()
    roll.qr(page.text, 8 if narrow else 5)
    for japanese, english in page.lines:
        roll.text(japanese, "ja", size=15 * larger)
        roll.text(english, "en", size=14 * larger)
    roll.rule()
    roll.text(page.stamp, "ja", size=14 * larger, centre=True)
    return roll.finish()
