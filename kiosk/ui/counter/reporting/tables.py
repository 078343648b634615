"""Tables of a report: numbers in lines and columns, the list of all cases, and the examples."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from kiosk.reports.model import Cell, Table
from kiosk.ui.counter.grid import Grid
from kiosk.ui.counter.leaves import pieces
from kiosk.ui.counter.reporting.charts import number
from kiosk.ui.counter.reporting.leaves import FIRST_SHARE, GRID_HEAD, ROWS, Leaf
from kiosk.ui.parts import Box, Panel, Part, Rule, Words

_SHORT = 26
"""Characters of a cell that stand in a line with others."""


def numbers(leaf: Leaf, grid: Grid, area: Box) -> list[Part]:
    """A table of two dimensions. Larger numbers stand on a tint, besides being larger."""
    table = leaf.table
    assert table is not None
    px, first = grid.px, round(area.w * FIRST_SHARE)
    wide = min((area.w - first) // max(1, leaf.right - leaf.left), px(190))
    spans = [(column, Box(area.x + first + place * wide, 0, wide - px(10), 0))
             for place, column in enumerate(range(leaf.left, leaf.right))]  # fmt: skip
    parts: list[Part] = []
    for column, span in spans:
        box = Box(span.x, area.y, span.w, px(GRID_HEAD - 4))
        parts.append(
            grid.words(box, table.heads[column], 14, colour="ink2", align="end", valign="bottom", shrink=True,
                       lines=2)
        )  # fmt: skip
    y, high = area.y + px(GRID_HEAD), px(ROWS["grid"])
    largest = max((cell for line in table.lines for cell in line[1:] if isinstance(cell, int)), default=0)
    for line in table.lines[leaf.start : leaf.stop]:
        parts += _line(line, spans, Box(area.x, y, first, high), grid, largest)
        y += high
    if table.total and leaf.stop == len(table.lines):
        parts += _line(table.total, spans, Box(area.x, y, first, high), grid, 0)
    return parts


def _line(
    line: Sequence[Cell], spans: Iterable[tuple[int, Box]], head: Box, grid: Grid, largest: int
) -> list[Part]:
    """`largest`: of all numbers; 0 for the line of the sums."""
    px = grid.px
    sums = not largest
    parts: list[Part] = []
    for column, span in spans:
        box = Box(span.x, head.y, span.w, head.h)
        cell = line[column]
        if isinstance(cell, int) and largest and cell * 4 >= largest:
            parts.append(Panel(Box(box.x, box.y + px(3), box.w + px(6), box.h - px(5)), fill="tint",
                               radius=px(4)))  # fmt: skip
        strong = sums or (isinstance(cell, int) and cell * 4 >= largest > 0)
        parts.append(grid.words(box, number(cell, grid), 15, bold=strong, align="end", shrink=True))
    end = max((span.right for _, span in spans), default=head.right)
    return [
        Rule(Box(head.x, head.y, end - head.x, 1), "ink" if sums else "hair"),
        grid.words(
            Box(head.x, head.y, head.w - px(8), head.h), str(line[0]), 15, bold=sums, shrink=True, lines=2
        ),
        *parts,
    ]


def cases(leaf: Leaf, grid: Grid, area: Box) -> list[Part]:
    """All cases of a day: the number large, what is short beside it, what was done below."""
    table = leaf.table
    assert table is not None
    px, high = grid.px, grid.px(ROWS["cases"])
    parts: list[Part] = []
    for place, line in enumerate(table.lines[leaf.start : leaf.stop]):
        y = area.y + place * high
        short, long = told(table, line, grid)
        inner = Box(area.x + px(96), y + px(4), area.w - px(96), px(26))
        below = Box(inner.x, inner.bottom, inner.w, high - px(36))
        parts += [
            Rule(Box(area.x, y, area.w, 1)),
            grid.words(
                Box(area.x, y, px(88), high), number(line[0], grid), 21, bold=True, colour="accent",
                shrink=True, private=True,
            ),
            cut(short, inner, grid, colour="ink2"),
            cut(long, below, grid),
        ]  # fmt: skip
    return parts


def told(table: Table, line: Sequence[Cell], grid: Grid) -> tuple[str, str]:
    """What is short with its heads, in one line; and what is long, in one paragraph."""
    short, long = list[str](), list[str]()
    for head, cell in zip(table.heads[1:], line[1:], strict=False):
        words = f"{cell.month}/{cell.day}" if isinstance(cell, date) else number(cell, grid)
        words = " ".join(words.split())
        if not words:
            continue
        (long if len(words) > _SHORT or "\n" in str(cell) else short).append(f"{head} {words}")
    return "　".join(short), "　".join(long)


def examples(leaf: Leaf, grid: Grid, area: Box) -> list[Part]:
    """Groups of cases that are alike: what they have in common, what was done."""
    table = leaf.table
    assert table is not None
    px, high = grid.px, grid.px(ROWS["examples"])
    half = (area.w - px(96 + 24)) // 2
    parts: list[Part] = []
    for place, line in enumerate(table.lines[leaf.start : leaf.stop]):
        y = area.y + place * high
        n, topics, language, contact, count, answers, done, text = (number(cell, grid) for cell in line)
        left = area.x + px(96)
        title = " ・ ".join((topics, language, contact, f"{table.heads[4]} {count}"))
        body = Box(left, y + px(36), half, high - px(44))
        right = Box(body.right + px(24), body.y, half, body.h)
        parts += [
            Rule(Box(area.x, y, area.w, 1)),
            grid.words(Box(area.x, y, px(88), px(40)), n, 21, bold=True, colour="accent", shrink=True),
            grid.words(
                Box(left, y + px(4), area.right - left, px(30)), title, 16, bold=True, shrink=True, lines=1
            ),
            cut(f"{table.heads[5]}\n{answers}" if answers else "", body, grid),
            cut("\n".join((table.heads[6], done, text)) if done or text else "", right, grid),
        ]
    return parts


def cut(text: str, box: Box, grid: Grid, colour: str = "ink") -> Words:
    """As much of a text as surely has room; what is longer ends in …, and the file has it all."""
    found = pieces(text, box, grid) or [""]
    shown = found[0]
    if len(found) > 1:
        shown = shown[:-2].rstrip() + "…"
    return grid.words(box, shown, 14, colour=colour, valign="top", lines=9, shrink=True, private=True)
