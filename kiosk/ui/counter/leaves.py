"""Long texts in pages: how much of a text a box holds, reckoned without drawing it.

The reckoning is on the safe side, so that a piece always fits the box it was cut for at `SIZE` or larger.
"""

from __future__ import annotations

import re
import unicodedata
from math import ceil, floor

from kiosk.ui.counter.grid import Grid
from kiosk.ui.parts import Box

SIZE = 14.0
"""Design pixels of the type long texts are reckoned with; the sheet shows them larger where they fit."""
LINE = 1.6
"""Height of a line in ems; tall scripts stand a fifth larger than others at the same size."""
LINE_TALL = 2.3
SMALL_TYPE = 14
"""Design pixels of type that stands in two rows."""
SLACK = 0.9
"""How much of a line words fill: the rest is lost where they do not break."""
_ENDS = re.compile(r"[。．！？!?။।\n]|\. ")


def fits(text: str, box: Box, grid: Grid) -> bool:
    """Whether all of the text surely has room in the box."""
    return len(pieces(text, box, grid)) <= 1


def pieces(text: str, box: Box, grid: Grid) -> list[str]:
    """The text in pieces that each fit the box, cut after a sentence or between words where there is one
    near. A box too small for a line is given one all the same."""
    size = SIZE * grid.unit
    tall = any("\u0900" <= sign <= "\u109f" for sign in text)
    lines = max(1, floor(box.h / (size * (LINE_TALL if tall else LINE))))
    line = box.w / size * SLACK / (1.25 if tall else 1.0)
    found = []
    text = text.strip()
    while text:
        end = _end(text, line, lines)
        if end < len(text):
            end = _cut(text, end)
        found.append(text[:end].strip())
        text = text[end:].strip()
    return found


def size_that_fits(text: str, size: float, width: int, grid: Grid) -> float:
    """Design pixels of type at which a text fits its line; what needs two rows is set small."""
    for one in (size, size - 2, SMALL_TYPE + 1):
        if fits(text, Box(0, 0, round(width * SIZE / one), grid.px(24)), grid):
            return one
    return SMALL_TYPE


def _end(text: str, line: float, lines: int) -> int:
    """How many characters fit: every line end costs at least a line."""
    used, width = 0, 0.0
    for index, sign in enumerate(text):
        width += ems_of(sign)
        if sign == "\n":
            used, width = used + max(1, ceil(width / line)), 0.0
        if used + ceil(width / line) > lines:
            return max(1, index)
    return len(text)


def _cut(text: str, end: int) -> int:
    """The best place to cut in the last third before `end`."""
    earliest = end * 2 // 3
    sentences = [found.end() for found in _ENDS.finditer(text, earliest, end)]
    if sentences:
        return sentences[-1]
    space = text.rfind(" ", earliest, end)
    return space + 1 if space > 0 else end


def ems(text: str) -> float:
    """About how wide a text is, in ems."""
    return sum(ems_of(sign) for sign in text)


def ems_of(sign: str) -> float:
    if unicodedata.category(sign) in ("Mn", "Cc", "Cf"):
        return 0.0
    if unicodedata.east_asian_width(sign) in "WF":
        return 1.0
    return 0.9 if "\u0900" <= sign <= "\u109f" else 0.62
