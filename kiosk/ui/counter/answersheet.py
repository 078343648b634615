"""The answers on the card: shared out over pages, and laid out."""

from __future__ import annotations

from kiosk.ui.counter.card import Block
from kiosk.ui.counter.grid import Grid
from kiosk.ui.counter.leaves import size_that_fits
from kiosk.ui.counter.wordsheet import section
from kiosk.ui.parts import Box, Panel, Part, Rule

Pair = tuple[str, str]
Line = str | tuple[Pair, ...]
"""A line of the answers: a topic's name, or one or two answers side by side."""
LINE = 40
"""Design pixels of a line of answers: two rows of small type."""


def shares(blocks: tuple[Block, ...], room: int) -> list[list[Line]]:
    """The answers in pages of at most `room` lines. A topic's name never stands alone at the end of a page,
    and stands again where its answers go on."""
    shares: list[list[Line]] = [[]]
    for block in blocks:
        pairs = [block.answers[at : at + 2] for at in range(0, len(block.answers), 2)]
        name: list[Line] = [block.topic] if block.topic else []
        if shares[-1] and len(shares[-1]) + len(name) + min(1, len(pairs)) > room:
            shares.append([])
        shares[-1] += name
        for pair in pairs:
            if len(shares[-1]) >= room:
                shares.append([*name])
            shares[-1].append(pair)
    return shares


def height(pages: list[list[Line]], grid: Grid) -> int:
    """Of the longest page, its head and the rule below it."""
    return grid.px(42) + max(1, max(map(len, pages))) * grid.px(LINE) + grid.px(16)


def answers(lines: list[Line], grid: Grid, area: Box) -> list[Part]:
    """One page of them below its head, with a rule at the end."""
    px = grid.px
    parts = section(grid, area, area.y, "clipboard-list", "card.answers")
    for index, line in enumerate(lines):
        row = Box(area.x, area.y + px(42) + index * px(LINE), area.w, px(LINE))
        parts += _topic(line, grid, row) if isinstance(line, str) else _pairs(line, grid, row)
    bottom = area.y + px(42) + max(1, len(lines)) * px(LINE) + px(6)
    return [*parts, Rule(Box(area.x, bottom, area.w, 1))]


def _topic(name: str, grid: Grid, row: Box) -> list[Part]:
    px = grid.px
    box = Box(row.x, row.y + px(4), row.w, row.h - px(6))
    words = grid.words(box.inset(px(12), 0), name, 15, bold=True, colour="accent", shrink=True, private=True)
    return [Panel(box, fill="tint", radius=px(6)), words]


def _pairs(pairs: tuple[Pair, ...], grid: Grid, row: Box) -> list[Part]:
    """Question and answer, one or two beside each other."""
    px = grid.px
    half, label = (row.w - px(24)) // 2, px(126)
    parts: list[Part] = []
    for side, (name, answer) in enumerate(pairs):
        x = row.x + side * (half + px(24))
        size = size_that_fits(answer, 17, half - label, grid)
        asked, said = Box(x, row.y, label - px(8), row.h), Box(x + label, row.y, half - label, row.h)
        parts += [
            grid.words(asked, name, 15, colour="ink2", shrink=True, lines=2, private=True),
            grid.words(said, answer, size, bold=True, shrink=True, lines=2, private=True),
        ]
    return parts
