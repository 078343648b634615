"""Charts from plain parts: lying bars, standing columns, bars beside those of before.

Every bar has its number; what was before differs by its edge and its place, not by its colour alone. A number
that is not shown is "–" in the place of its bar.
"""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.reports.model import Cell, Table
from kiosk.ui.counter.grid import Grid
from kiosk.ui.counter.reporting.leaves import GROUP_BAR, ROWS, TALLEST, Leaf, row_height, series_of
from kiosk.ui.parts import Box, Panel, Part, Rule

Look = tuple[str, str]
"""Fill and edge."""
LOOKS: tuple[Look, ...] = (("accent", "accent"), ("tint", "accent"), ("surface", "line"))
"""Of now, before, and long before."""
LABEL = 0.3
"""Of the width, for the words of a line."""
_TALLEST_BAR = 74
"""Design pixels of the widest column."""


def number(cell: Cell, grid: Grid) -> str:
    """A cell as it is written: 1,234, 12.3%, – for one that is not shown."""
    if cell is None:
        return grid.say("report.hidden")
    if isinstance(cell, float):
        return f"{cell:.1%}"
    return f"{cell:,}" if isinstance(cell, int) else str(cell)


def bars(leaf: Leaf, grid: Grid, area: Box) -> list[Part]:
    """One lying bar a line: words before it, number and share behind it."""
    table = leaf.table
    assert table is not None
    px, count = grid.px, max(1, leaf.stop - leaf.start)
    high = max(px(ROWS["bars"]), min(px(TALLEST), area.h // count))
    edge, largest = high // 6, _largest(table, 1)
    label, end = round(area.w * LABEL), px(150 if table.shares else 90)
    left = area.x + label + px(12)
    room = area.right - end - left
    parts: list[Part] = []
    for place, line in enumerate(table.lines[leaf.start : leaf.stop]):
        y = area.y + place * high
        words = Box(area.x, y, label, high)
        parts.append(grid.words(words, str(line[0]), 16, align="end", shrink=True, lines=2))
        parts.append(_bar(Box(left, y + edge, _long(line[1], largest, room), high - 2 * edge), 0, grid))
        x = left + _long(line[1], largest, room) + px(10)
        share = number(line[-1], grid) if table.shares and line[-1] != "" else ""
        parts += _behind(number(line[1], grid), share, Box(x, y, end - px(10), high), grid)
    return [*parts, Rule(Box(left - 1, area.y, 1, high * count), "line")]


def _behind(count: str, share: str, box: Box, grid: Grid) -> list[Part]:
    """The number, and its share beside it."""
    if not share:
        return [grid.words(box, count, 17, bold=True, shrink=True)]
    wide = grid.px(66)
    return [
        grid.words(Box(box.x, box.y, wide, box.h), count, 17, bold=True, shrink=True),
        grid.words(Box(box.x + wide, box.y, box.w - wide, box.h), share, 15, colour="ink2", shrink=True),
    ]


def groups(leaf: Leaf, grid: Grid, area: Box) -> list[Part]:
    """A line's numbers of now and before as bars below each other, and how much more or less it is."""
    table = leaf.table
    assert table is not None
    px, series = grid.px, series_of(table)
    parts = _legend(table, grid, Box(area.x, area.y, area.w, px(34)))
    high, thick = px(row_height("groups", table)), px(GROUP_BAR)
    label, end = round(area.w * LABEL), px(170)
    left = area.x + label + px(12)
    room = area.right - end - left
    largest = max(_largest(table, column) for column in range(1, series + 1))
    top = area.y + px(46)
    for place, line in enumerate(table.lines[leaf.start : leaf.stop]):
        y = top + place * high
        parts.append(Rule(Box(area.x, y, area.w, 1)))
        words = Box(area.x, y, label, high)
        parts.append(grid.words(words, str(line[0]), 16, bold=True, align="end", shrink=True, lines=2))
        for series_at, cell in enumerate(line[1 : series + 1]):
            row = y + px(5) + series_at * thick
            long = _long(cell, largest, room)
            parts.append(_bar(Box(left, row + px(2), long, thick - px(3)), series_at, grid))
            beside = Box(left + long + px(8), row - px(2), px(64), thick + px(4))
            parts.append(grid.words(beside, number(cell, grid), 13, bold=series_at == 0, shrink=True))
        change = Box(area.right - px(92), y, px(92), high)
        parts.append(grid.words(change, changed(line, grid), 15, align="end", shrink=True, lines=2))
    return parts


def changed(line: Sequence[Cell], grid: Grid) -> str:
    """The difference to what was just before; empty where one of the two is not shown."""
    now, before = line[1], line[2] if len(line) > 2 else None
    if not isinstance(now, int) or not isinstance(before, int):
        return ""
    if now == before:
        return grid.say("reports.same")
    return grid.say("reports.more" if now > before else "reports.less", n=f"{abs(now - before):,}")


BESIDE = 36
"""Design pixels a number needs beside another one over the bars."""


def columns(leaf: Leaf, grid: Grid, area: Box) -> list[Part]:
    """Standing columns, the number over each and the words below; what was before beside it."""
    table = leaf.table
    assert table is not None
    px, series = grid.px, series_of(table)
    parts = _legend(table, grid, Box(area.x, area.y, area.w, px(34))) if series > 1 else []
    pitch = area.w / max(1, len(table.lines))
    # Numbers that have no room beside each other stand one above the other, in the order of the bars.
    stacked = series > 1 and pitch / series < px(BESIDE)
    top, base = area.y + px(44 if series > 1 else 10) + px(28), area.bottom - px(46)
    top += px(20) * (series - 1) if stacked else 0
    largest = max(_largest(table, column) for column in range(1, series + 1))
    wide = min(px(_TALLEST_BAR), round(pitch * 0.72 / series))
    for place, line in enumerate(table.lines):
        middle = area.x + round(pitch * (place + 0.5))
        highest = max(_long(cell, largest, base - top) for cell in line[1 : series + 1])
        for at, cell in enumerate(line[1 : series + 1]):
            x = middle + round(wide * (at - series / 2))
            tall = _long(cell, largest, base - top)
            parts.append(_bar(Box(x + px(2), base - tall, wide - px(4), tall), at, grid))
            room = min(round(pitch / series), px(110))
            over = Box(x + wide // 2 - room // 2, base - tall - px(28), room, px(26))
            if stacked:
                above = base - highest - px(8) - px(20) * (series - at)
                over = Box(round(middle - pitch / 2), above, round(pitch), px(24))
            size = 17 if series == 1 else 14
            parts.append(
                grid.words(over, number(cell, grid), size, bold=at == 0, align="center", shrink=True)
            )
        words = Box(round(middle - pitch / 2), base + px(4), round(pitch), px(42))
        parts.append(grid.words(words, str(line[0]), 15, align="center", shrink=True, lines=2))
    return [*parts, Rule(Box(area.x, base, area.w, 1), "ink")]


def _legend(table: Table, grid: Grid, box: Box) -> list[Part]:
    """Which bar is which, in words beside its look."""
    px, parts = grid.px, list[Part]()
    names = table.heads[1 : series_of(table) + 1]
    wide = min(px(220), box.w // len(names))
    for at, name in enumerate(names):
        x = box.x + at * wide
        parts.append(_bar(Box(x, box.y + px(8), px(26), px(18)), at, grid))
        parts.append(grid.words(Box(x + px(36), box.y, wide - px(44), box.h), name, 15, shrink=True))
    return parts


def _bar(box: Box, look: int, grid: Grid) -> Panel:
    fill, edge = LOOKS[look]
    return Panel(box, fill=fill, border=edge, border_width=max(1, grid.px(1.5)), radius=grid.px(3))


def _largest(table: Table, column: int) -> int:
    return max((cell for line in table.lines if isinstance(cell := line[column], int)), default=0) or 1


def _long(cell: Cell, largest: int, room: int) -> int:
    """A bar's pixels: at least one that can be seen, where there is anything."""
    if not isinstance(cell, int) or cell <= 0:
        return 0
    return max(3, round(room * cell / largest))
