"""A page of a report: its title, its table or chart, and what is to be known about it."""

from __future__ import annotations

from kiosk.reports.model import Report
from kiosk.ui.counter.grid import Grid
from kiosk.ui.counter.reporting import charts, tables
from kiosk.ui.counter.reporting.front import front
from kiosk.ui.counter.reporting.leaves import FOOT, TITLE, Leaf, foot_height, head_height
from kiosk.ui.parts import Box, Part


def lay_leaf(report: Report, leaf: Leaf, grid: Grid, body: Box) -> list[Part]:
    table = leaf.table
    if table is None:
        return front(report, grid, body)
    px = grid.px
    count = f"　{leaf.place}/{leaf.of}" if leaf.of > 1 else ""
    top = Box(body.x, body.y, body.w, px(TITLE - 6))
    parts: list[Part] = []
    if table.headline:
        head = Box(top.x, top.y, top.w, px(28))
        parts.append(grid.words(head, table.title + count, 16, bold=True, colour="accent", shrink=True))
        top = Box(top.x, head.bottom, top.w, px(40))
    parts.append(grid.words(top, table.headline or table.title + count, 22, bold=True, shrink=True, lines=1))
    above = px(head_height(table))
    inner = Box(body.x, body.y + above, body.w, body.h - above - px(foot_height(leaf.shape)))
    draw = {
        "bars": charts.bars, "groups": charts.groups, "columns": charts.columns, "grid": tables.numbers,
        "cases": tables.cases, "examples": tables.examples,
        "written": tables.written,
    }[leaf.shape]  # fmt: skip
    parts += draw(leaf, grid, inner)
    if not table.lines:
        parts.append(grid.words(Box(inner.x, inner.y, inner.w, px(40)), grid.say("reports.nothing"), 17))
    if not foot_height(leaf.shape):
        return parts
    return [*parts, *_below(report, leaf, grid, Box(body.x, inner.bottom + px(6), body.w, px(FOOT - 6)))]


def _below(report: Report, leaf: Leaf, grid: Grid, box: Box) -> list[Part]:
    """The sum at the left, and beside it what is to be known: why something is –."""
    table = leaf.table
    assert table is not None
    wide = 0
    parts: list[Part] = []
    if table.total and leaf.shape != "grid" and leaf.stop == len(table.lines):
        wide = grid.px(250)
        said = f"{table.total[0]}　{charts.number(table.total[1], grid)}"
        parts.append(
            grid.words(Box(box.x, box.y, wide - grid.px(16), box.h), said, 18, bold=True, shrink=True)
        )
    shown = [*table.lines[leaf.start : leaf.stop], table.total]
    hidden = any(cell is None for line in shown for cell in line)
    notes = [table.note, report.notes[-1] if hidden and report.notes else ""]
    text = " ".join(note for note in notes if note)
    if text:
        room = Box(box.x + wide, box.y, box.w - wide, box.h)
        parts.append(grid.words(room, text, 14, colour="ink2", shrink=True, lines=3))
    return parts
