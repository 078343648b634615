"""The list of a report's tables, from which one is opened."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.ui.counter.grid import Grid
from kiosk.ui.counter.reporting.leaves import Leaf
from kiosk.ui.parts import Box, Panel, Part, Rule, Target

ROW, ROW_LEAST = 31, 25
"""Design pixels of a row; of the lowest, where they are many."""


def lay_rail(pages: Sequence[Leaf], at: int, grid: Grid, area: Box) -> list[Part]:
    """The tables by name; the open one is marked. Where there are more than have room, those around it."""
    px = grid.px
    firsts = [place for place, leaf in enumerate(pages) if leaf.place == 1]
    now = max(place for place, first in enumerate(firsts) if first <= at)
    high = max(px(ROW_LEAST), min(px(ROW), area.h // len(firsts)))
    rows = max(1, area.h // high)
    start = max(0, min(now - rows // 2, len(firsts) - rows))
    parts: list[Part] = [Rule(Box(area.right + px(12), area.y, 1, area.h))]
    for place, first in enumerate(firsts[start : start + rows]):
        table = pages[first].table
        row = Box(area.x, area.y + place * high, area.w, high - px(2))
        chosen = start + place == now
        if chosen:
            parts.append(Panel(row, fill="tint", radius=px(6)))
            parts.append(Panel(Box(row.x, row.y, px(4), row.h), fill="accent", radius=0))
        parts.append(Target(f"leaf:{first}", row, "plain", "", grid.language))
        words = Box(row.x + px(14), row.y, row.w - px(18), row.h)
        label = table.title if table is not None else grid.say("report.sheet.front")
        colour = "accent" if chosen else "ink"
        parts.append(grid.words(words, label, 15, bold=chosen, colour=colour, shrink=True, lines=2))
    return parts
