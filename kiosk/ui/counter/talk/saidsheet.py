"""The middle of a talk's page: what was said both ways, from the newest line back."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from kiosk.ui.counter.grid import Grid
from kiosk.ui.counter.talk.base import finger, told, turning
from kiosk.ui.counter.talk.view import Said, TalkView
from kiosk.ui.parts import Box, Panel, Part, Target

TEXT, SMALL = 23, 20
"""Design pixels of a line of text in the talk, and of a smaller one."""
MOST = 12
"""Lines of a text that stand together."""


def said_so_far(view: TalkView, area: Box, grid: Grid) -> list[Part]:
    px = grid.px
    head = Box(area.x, area.y, area.w, px(28))
    parts: list[Part] = [grid.words(head, grid.say("talk.so_far"), 15, colour="ink2")]
    room = Box(area.x, head.bottom + px(4), area.w, area.bottom - head.bottom - px(4))
    if not view.said:
        parts.append(
            grid.words(Box(room.x, room.y, room.w, px(64)), grid.say("talk.empty"), 16, lines=2, shrink=True)
        )
        return parts
    pages = _pages(view.said, Box(room.x, room.y, room.w, room.h - finger(grid) - px(8)), grid)
    back = min(view.older, len(pages) - 1)
    y = room.y
    for line in pages[-1 - back]:
        high = _height(line, room.w, grid)
        parts += _line(line, Box(room.x, y, room.w, high), grid)
        y += high + px(8)
    if len(pages) > 1:
        foot = Box(room.x, room.bottom - finger(grid), room.w, finger(grid))
        parts += [
            replace(part, id={"older:-1": "older:1", "older:1": "older:-1"}[part.id])
            if isinstance(part, Target) else part
            for part in turning("older", f"{len(pages) - back} / {len(pages)}", foot, grid)
        ]  # fmt: skip
    return parts


def _pages(said: Sequence[Said], room: Box, grid: Grid) -> list[list[Said]]:
    """The talk in pages, filled from the newest line back."""
    pages: list[list[Said]] = [[]]
    left = room.h
    for line in reversed(said):
        high = _height(line, room.w, grid) + grid.px(8)
        if high > left and pages[0]:
            pages.insert(0, [])
            left = room.h
        pages[0].insert(0, line)
        left -= high
    return pages


def _rows(text: str, wide: int, size: float) -> int:
    """About how many lines a text takes, at most MOST: breaking at words takes more than it measures."""
    ems = sum(1.0 if unicodedata.east_asian_width(sign) in "WF" else 0.56 for sign in text)
    return max(1, min(MOST, math.ceil(ems * size * 1.12 / wide))) if text else 0


def _split(line: Said, wide: int, grid: Grid) -> tuple[int, int]:
    """Heights of what the counselor reads, and of the resident's words below it."""
    unit, inner = grid.unit, wide - grid.px(52)
    first = _rows(line.japanese, inner, 16 * unit)
    below = _rows(line.text, inner, 14 * unit)
    return grid.px(TEXT) * first, grid.px(SMALL) * below


def _height(line: Said, wide: int, grid: Grid) -> int:
    return sum(_split(line, wide, grid)) + grid.px(34)


def _line(line: Said, box: Box, grid: Grid) -> list[Part]:
    """Who, what the counselor reads, and below it what the resident reads or said."""
    px = grid.px
    indent = px(0 if line.mine else 28)
    card = Box(box.x + indent, box.y, box.w - px(28), box.h)
    inner = card.inset(px(12), px(6))
    head = f"{line.who}　{line.mark}" if line.mark else line.who
    parts: list[Part] = [
        Panel(card, fill="ground" if line.mine else "tint", radius=px(8)),
        grid.words(
            Box(inner.x, inner.y, inner.w, px(18)), head, 13, colour="warm_ink" if line.warm else "ink2"
        ),
    ]
    upper, lower = _split(line, box.w, grid)
    first = Box(inner.x, inner.y + px(20), inner.w, upper)
    if line.japanese:
        parts.append(told(first, line.japanese, 16, "ja", grid, lines=MOST))
    if line.text:
        below = Box(inner.x, first.bottom, inner.w, lower)
        parts.append(told(below, line.text, 14, line.language, grid, lines=MOST, small=bool(line.japanese)))
    return parts
