"""A strip that stands out: something to heed, or to know."""

from __future__ import annotations

from kiosk.ui.counter.grid import Grid
from kiosk.ui.parts import Box, Icon, Panel, Part


def notice(
    text: str, icon: str, box: Box, grid: Grid, *, warm: bool = True, bold: bool = True, lines: int = 1
) -> list[Part]:
    """`warm` is for what is wrong or must be heeded; else it is calm."""
    px = grid.px
    mark = Box(box.x + px(10), box.y + (box.h - px(20)) // 2, px(20), px(20))
    words = Box(box.x + px(36), box.y, box.w - px(44), box.h)
    ink = "warm_ink" if warm else "ink"
    return [
        Panel(box, fill="warm_bg" if warm else "tint", border="warm_line" if warm else "", radius=px(8)),
        Icon(mark, icon, colour=ink if warm else "accent"),
        grid.words(words, text, 15, colour=ink, bold=bold, shrink=True, lines=lines),
    ]
