"""Right to left: the page's places are mirrored; digits, codes and numbers are not."""

from __future__ import annotations

from dataclasses import replace

from kiosk.ui.frame import Frame
from kiosk.ui.items import flipped_box
from kiosk.ui.parts import Align, Box, Part, Sheet, Words

POINTING = frozenset(
    {"arrow-left", "arrow-right", "chevron-left", "chevron-right", "log-out", "skip-forward", "send"}
)
"""Icons that point along the reading direction and are turned with it."""

_TURNED: dict[Align, Align] = {"start": "end", "end": "start", "center": "center"}


def mirror(sheet: Sheet, frame: Frame) -> Sheet:
    """The sheet as a right-to-left page shows it; others are given back as they are.

    Pages are laid out from left to right for every language. Words of the page's own language know their
    side; other words (a number, Latin) start where the page starts.
    """
    if sheet.direction == "ltr":
        return sheet
    page = Box(0, 0, frame.width, frame.height)
    return replace(sheet, parts=tuple(_mirrored(part, page, sheet.language) for part in sheet.parts))


def _mirrored(part: Part, page: Box, language: str) -> Part:
    box = flipped_box(part.box, page)
    if isinstance(part, Words) and part.language != language:
        return replace(part, box=box, align=_TURNED[part.align])
    return replace(part, box=box)
