"""Which parts of a page are drawn anew."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.ui.paint import touches
from kiosk.ui.parts import Box, Part


def changed(old: tuple[Part, ...], new: tuple[Part, ...]) -> list[Box]:
    """Where two pages differ."""
    before, after = set(old), set(new)
    return [part.box for part in (*old, *new) if (part in before) != (part in after)]


def cut(box: Box, page: Box) -> Box:
    """What of a box lies on the page; no width or height where nothing does."""
    x, y = max(box.x, page.x), max(box.y, page.y)
    return Box(x, y, max(0, min(box.right, page.right) - x), max(0, min(box.bottom, page.bottom) - y))


def joined(boxes: Sequence[Box]) -> list[Box]:
    """The boxes, those that touch as one around them: nothing is drawn twice."""
    done: list[Box] = []
    for box in boxes:
        near = [other for other in done if touches(box, other)]
        while near:
            done = [other for other in done if other not in near]
            x, y = min(b.x for b in (box, *near)), min(b.y for b in (box, *near))
            right, bottom = max(b.right for b in (box, *near)), max(b.bottom for b in (box, *near))
            box = Box(x, y, right - x, bottom - y)
            near = [other for other in done if touches(box, other)]
        done.append(box)
    return done
