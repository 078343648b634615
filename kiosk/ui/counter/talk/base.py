"""What the parts of a talk's page share: columns, a finger's height, back and on through pages."""

from __future__ import annotations

from kiosk.ui.counter.grid import Grid
from kiosk.ui.counter.own import page_head
from kiosk.ui.parts import Box, Icon, Panel, Part, Target

FINGER = 44
"""Window pixels and design pixels, whichever is more: no row for a finger is lower."""


def columns(grid: Grid, area: Box) -> tuple[Box, Box, Box, Box]:
    """Phrases, the talk, typed words; and the foot. In a single column phrases and talk have the same place,
    with the way from one to the other above it."""
    px = grid.px
    _, rest = page_head("x", "x", grid, area)
    high = finger(grid) * 2 + px(10) if grid.narrow else finger(grid)
    foot = Box(rest.x, rest.bottom - high, rest.w, high)
    body = Box(rest.x, rest.y, rest.w, foot.y - px(12) - rest.y)
    gap = px(24)
    if grid.single:
        down, wide = finger(grid) + px(8), (body.w - gap) * 11 // 20
        left = Box(body.x, body.y + down, wide, body.h - down)
        right = Box(left.right + gap, body.y, body.right - left.right - gap, body.h)
        return left, left, right, foot
    left = Box(body.x, body.y, body.w * 37 // 100, body.h)
    right = Box(body.right - body.w * 31 // 100, body.y, body.w * 31 // 100, body.h)
    return left, Box(left.right + gap, body.y, right.x - left.right - 2 * gap, body.h), right, foot


def finger(grid: Grid) -> int:
    return max(FINGER, grid.px(FINGER))


def turning(kind: str, place: str, line: Box, grid: Grid) -> list[Part]:
    """Back and on through pages."""
    px = grid.px
    parts: list[Part] = [grid.words(line, place, 15, align="center", colour="ink2", language="en")]
    for step, icon, x in (("-1", "chevron-left", line.x), ("1", "chevron-right", line.right - px(72))):
        box = Box(x, line.y, px(72), line.h)
        parts += [
            Panel(box, border="line", radius=px(8)),
            Target(f"{kind}:{step}", box, "plain", "", grid.language),
            Icon(Box(box.x + (box.w - px(20)) // 2, box.y + (box.h - px(20)) // 2, px(20), px(20)), icon),
        ]
    return parts


def told(
    box: Box, text: str, size: float, language: str, grid: Grid, *, lines: int, small: bool = False
) -> Part:
    return grid.words(box, text, size, colour="ink2" if small else "ink", language=language, lines=lines,
                      shrink=True, private=True)  # fmt: skip
