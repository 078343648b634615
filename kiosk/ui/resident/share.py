"""How much room a text will need, estimated without setting it, and sharing a card's height by that."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.ui.parts import Box
from kiosk.ui.resident.base import SMALLEST, Scene

_SPREAD = {
    "Jpan": (1.0, 1.5),
    "Hans": (1.0, 1.5),
    "Kore": (0.88, 1.55),
    "Deva": (0.62, 1.6),
    "Mymr": (0.78, 1.95),
}
"""About how wide a character and how high a line is, in type sizes; others are like Latin."""
_LATIN = (0.57, 1.42)
_RUBY = re.compile(r"\{([^{}|]*)\|[^{}|]*\}")
_RUBY_PITCH = 1.95
_BURMESE = re.compile(r"[\u1000-\u109f]")
_WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60]")


def _spread(scene: Scene, language: str, text: str) -> tuple[float, float]:
    wide, high = _SPREAD.get(scene.languages[language].script, _LATIN)
    if len(_WIDE.findall(text)) * 2 > len(text):
        wide = 1.0
    if "|" in text and _RUBY.search(text):
        high = max(high, _RUBY_PITCH)
    if _BURMESE.search(text):
        high = max(high, 1.95)
    return wide, high


def room_for(scene: Scene, language: str, box: Box, design: float) -> int:
    """About how many characters of a language fit a box at a type size; at least 1."""
    wide, high = _SPREAD.get(scene.languages[language].script, _LATIN)
    size = design * scene.frame.unit
    return max(1, int(box.w / (size * wide) * 0.92) * max(1, int(box.h / (size * high))))


def height_of(scene: Scene, text: str, language: str, width: int, size: float) -> int:
    """About how high a text is in so wide a box; `width` and `size` in window pixels."""
    wide, high = _spread(scene, language, text)
    letters = len(_RUBY.sub(r"\1", text))
    a_line = max(1, int(width / (size * wide) * 0.9))
    return round(-(-letters // a_line) * size * high)


@dataclass(frozen=True)
class Row:
    """A text of a card: at best `size` (design pixels), at worst the smallest; `extra` px around it."""

    text: str
    language: str
    width: int
    size: float
    extra: int = 0
    spare: int = 0
    """Rows with a higher number are left out first where there is no room; 0 is never left out."""


def share(scene: Scene, rows: Sequence[Row], room: int, most: int) -> list[int]:
    """A height for each row, 0 for one left out. What is over goes to all alike, up to `most` pixels."""
    least = SMALLEST * scene.frame.unit
    kept = list(range(len(rows)))
    while True:
        needs = {at: _high(scene, rows[at], least) for at in kept}
        over = sum(needs.values()) > room
        spare = [at for at in kept if rows[at].spare]
        if not over or not spare:
            break
        kept.remove(max(spare, key=lambda at: (rows[at].spare, at)))
    wants = {at: max(needs[at], _high(scene, rows[at], scene.frame.type(rows[at].size))) for at in kept}
    needed, wanted = sum(needs.values()), sum(wants.values())
    if wanted > room:
        part = max(0.0, (room - needed) / max(1, wanted - needed))
        heights = {at: int(needs[at] + (wants[at] - needs[at]) * part) for at in kept}
    else:
        more = min(most, (room - wanted) // max(1, len(kept)))
        heights = {at: wants[at] + more for at in kept}
    return [heights.get(at, 0) for at in range(len(rows))]


def _high(scene: Scene, row: Row, size: float) -> int:
    return height_of(scene, row.text, row.language, row.width, size) + row.extra
