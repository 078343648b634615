"""Tables of a report: numbers in lines and columns, the list of all cases, and the examples."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from kiosk.reports.model import Cell, Table
from kiosk.ui.counter.grid import SMALLEST, Grid
from kiosk.ui.counter.leaves import pieces
from kiosk.ui.counter.reporting.charts import number
from kiosk.ui.counter.reporting.leaves import FIRST_SHARE, GRID_HEAD, ROWS, Leaf
from kiosk.ui.parts import Box, Panel, Part, Rule, Words

_ISSUED, _ENDED, _MINUTES, _STATE, _WHO, _TOPICS = 1, 3, (4, 5, 6), 7, (8, 9, 10), 11
"""Columns of the list of all cases: received, ended; minutes and counter; state; language, caller and how
they came; topics. What was done follows."""


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
        who, when, what, done = told(table, line, grid)
        left, wide = area.x + px(90), area.w - px(90)
        half = wide * 2 // 5
        parts += [
            Rule(Box(area.x, y, area.w, 1)),
            grid.words(
                Box(area.x, y, px(84), px(60)), number(line[0], grid), 21, bold=True, colour="accent",
                shrink=True, private=True,
            ),
            _one_line(who, Box(left, y + px(3), half - px(12), px(25)), grid, bold=True),
            _one_line(when, Box(left + half, y + px(3), wide - half, px(25)), grid, colour="ink2"),
            _one_line(what, Box(left, y + px(28), half - px(12), px(25)), grid, bold=True),
            cut(done, Box(left + half, y + px(30), wide - half, high - px(32)), grid),
        ]  # fmt: skip
    return parts


def told(table: Table, line: Sequence[Cell], grid: Grid) -> tuple[str, str, str, str]:
    """Who it was, when, what it was about, and what was done, each in words."""
    cells = [_plain(cell, grid) for cell in line]

    def named(columns: Iterable[int]) -> str:
        return "　".join(f"{table.heads[at]} {cells[at]}" for at in columns if at < len(cells) and cells[at])

    who = " ・ ".join(cells[at] for at in _WHO if at < len(cells) and cells[at])
    what = cells[_TOPICS] if len(cells) > _TOPICS else ""
    if len(cells) <= _TOPICS:
        return who, "", what, ""
    times = "–".join(time for time in (cells[_ISSUED], cells[_ENDED]) if time)
    when = "　".join(part for part in (times, named(_MINUTES), cells[_STATE]) if part)
    return who, when, what, named(range(_TOPICS + 1, len(cells)))


def _plain(cell: Cell, grid: Grid) -> str:
    if isinstance(cell, date):
        return f"{cell.month}/{cell.day}"
    return " ".join(number(cell, grid).split())


def _one_line(text: str, box: Box, grid: Grid, *, bold: bool = False, colour: str = "ink") -> Words:
    """What one line holds at the smallest size; the file has all of it."""
    widest = box.w / (SMALLEST * grid.unit) * 0.95
    kept = text
    while kept and sum(1.0 if sign > "\u2e7f" else 0.6 for sign in kept) > widest:
        kept = kept[:-1]
    if len(kept) < len(text):
        kept = kept[:-2].rstrip() + "…"
    return grid.words(box, kept, 15, bold=bold, colour=colour, lines=1, shrink=True, private=True)


def examples(leaf: Leaf, grid: Grid, area: Box) -> list[Part]:
    """Groups of cases that are alike: what they have in common, what was done."""
    table = leaf.table
    assert table is not None
    px, high = grid.px, grid.px(ROWS["examples"])
    half = (area.w - px(96 + 24)) // 2
    parts: list[Part] = []
    for place, line in enumerate(table.lines[leaf.start : leaf.stop]):
        y = area.y + place * high
        n, topics, language, contact, count, answers, done = (number(cell, grid) for cell in line)
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
            cut(
                f"{table.heads[6]}\n{done.replace(chr(10), '、')}" if done else "",
                right,
                grid,
            ),
        ]
    return parts


def written(leaf: Leaf, grid: Grid, area: Box) -> list[Part]:
    """What counselors wrote of single cases: the topics, and the text below."""
    table = leaf.table
    assert table is not None
    px, high = grid.px, grid.px(ROWS["written"])
    left = area.x + px(96)
    parts: list[Part] = []
    for place, line in enumerate(table.lines[leaf.start : leaf.stop]):
        y = area.y + place * high
        n, topics, text = (number(cell, grid) for cell in line)
        head = Box(left, y + px(4), area.right - left, px(30))
        parts += [
            Rule(Box(area.x, y, area.w, 1)),
            grid.words(Box(area.x, y, px(88), px(40)), n, 21, bold=True, colour="accent", shrink=True),
            grid.words(head, topics, 16, bold=True, shrink=True, lines=1),
            cut(text, Box(left, y + px(36), area.right - left, high - px(44)), grid),
        ]
    return parts


def cut(text: str, box: Box, grid: Grid, colour: str = "ink") -> Words:
    """As much of a text as surely has room; what is longer ends in …, and the file has it all."""
    found = pieces(text, box, grid) or [""]
    shown = found[0]
    if len(found) > 1:
        shown = shown[:-2].rstrip() + "…"
    return grid.words(box, shown, 14, colour=colour, valign="top", lines=9, shrink=True, private=True)
