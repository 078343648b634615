"""A report cut into pages of the window: the front, then a page or more for each table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from kiosk.reports.model import Report, Table
from kiosk.ui.counter.grid import Grid
from kiosk.ui.parts import Box

Shape = Literal["front", "bars", "columns", "groups", "grid", "cases", "examples", "written"]
ROWS: dict[Shape, int] = {"bars": 27, "grid": 36, "cases": 84, "examples": 150, "written": 176}
"""Design pixels of a line; those of `groups` are reckoned from their bars, and those of `bars` are what a
line has at least."""
TALLEST = 44
"""Design pixels a line of `bars` has at most."""
GROUP_BAR, GROUP_GAP = 16, 9
TITLE, SAID, FOOT = 46, 32, 62
"""Design pixels above and below the lines of a page: title and what it says, sum and notes."""
GRID_HEAD = 46
SERIES = 3
"""Bars side by side that can still be told apart."""
FIRST_SHARE = 0.27
"""Of a grid's width, its first column's."""
NARROWEST = 92
"""Design pixels of a grid's other columns."""


@dataclass(frozen=True)
class Leaf:
    """One page: lines `start` to `stop` of a table, and of a grid its columns `left` to `right`."""

    shape: Shape
    table: Table | None = None
    start: int = 0
    stop: int = 0
    left: int = 1
    right: int = 1
    place: int = 1
    of: int = 1
    """Which of the table's pages it is."""


def leaves(report: Report, grid: Grid, body: Box) -> tuple[Leaf, ...]:
    """All pages of a report that is shown in `body`."""
    found = [Leaf("front")]
    for table in report.tables:
        found += _of_table(table, grid, body)
    return tuple(found)


def shape_of(table: Table) -> Shape:
    """How a table is drawn."""
    if table.name == "cases":
        return "cases"
    if table.name == "examples":
        return "examples"
    if table.name == "written":
        return "written"
    series = series_of(table)
    if table.chart == "column" and series <= 2:
        return "columns"
    if table.chart == "bar" and series <= SERIES:
        return "bars" if series == 1 else "groups"
    return "grid"


def series_of(table: Table) -> int:
    """Columns of numbers."""
    return len(table.heads) - 1 - table.shares


def head_height(table: Table) -> int:
    """Design pixels of the title and, where there is one, the sentence below it."""
    return TITLE + (SAID if table.headline else 0)


def foot_height(shape: Shape) -> int:
    """Design pixels below the lines: lists of cases have neither sums nor anything hidden."""
    return 0 if shape in ("cases", "examples", "written") else FOOT


def row_height(shape: Shape, table: Table) -> int:
    """Design pixels of a line."""
    if shape == "groups":
        return series_of(table) * GROUP_BAR + GROUP_GAP
    return ROWS[shape]


def _of_table(table: Table, grid: Grid, body: Box) -> list[Leaf]:
    shape = shape_of(table)
    if shape == "columns":
        return [Leaf(shape, table, 0, len(table.lines), 1, len(table.heads))]
    room = body.h - grid.px(
        head_height(table) + foot_height(shape) + (GRID_HEAD if shape in ("grid", "groups") else 0)
    )
    if shape == "grid" and table.total:
        room -= grid.px(ROWS["grid"])
    rows = max(1, room // grid.px(row_height(shape, table)))
    # The same number on each page, instead of a few on the last.
    rows = max(1, -(-len(table.lines) // -(-max(1, len(table.lines)) // rows)))
    lines = [(at, min(at + rows, len(table.lines))) for at in range(0, max(1, len(table.lines)), rows)]
    cuts = [(start, stop, left, right) for left, right in _columns(shape, table, grid, body)
            for start, stop in lines]  # fmt: skip
    return [
        Leaf(shape, table, start, stop, left, right, place, len(cuts))
        for place, (start, stop, left, right) in enumerate(cuts, start=1)
    ]


def _columns(shape: Shape, table: Table, grid: Grid, body: Box) -> Iterator[tuple[int, int]]:
    """Which columns of numbers stand on one page."""
    last = len(table.heads)
    if shape != "grid":
        yield 1, last
        return
    most = max(1, int(body.w * (1 - FIRST_SHARE)) // grid.px(NARROWEST))
    for left in range(1, max(2, last), most):
        yield left, min(left + most, last)
