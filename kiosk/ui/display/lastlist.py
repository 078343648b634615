"""The last calls: five numbers with their counters, for whoever was looking away."""

from __future__ import annotations

from kiosk.core.calls import LAST, Call
from kiosk.ui.display.grid import Grid, ems
from kiosk.ui.display.view import View, numbered
from kiosk.ui.display.words import JAPANESE
from kiosk.ui.parts import Box, Icon, Panel, Part, Rule, Words

SMALLEST = 27
"""Design pixels of a name with readings."""
SMALLEST_NAME = 16
"""Pixels of a long name without readings."""


def last_list(view: View, grid: Grid, labels: tuple[str, str, str]) -> list[Part]:
    """`labels`: the title, and what stands above numbers and counters."""
    box = grid.list
    inner = box.inset(grid.px(40), grid.px(28))
    title, small = grid.ruby(38), grid.ruby(28)
    top = Box(inner.x, inner.y, inner.w, round(title * 1.86))
    heads = Box(inner.x, top.bottom, inner.w, round(small * 1.86))
    parts: list[Part] = [
        Panel(box, radius=grid.px(24)),
        Words(top, labels[0], JAPANESE, title, colour="ink2", valign="middle"),
        Words(heads, labels[1], JAPANESE, small, colour="ink2", valign="middle"),
        Words(heads, labels[2], JAPANESE, small, colour="ink2", align="end", valign="middle"),
    ]
    first = heads.bottom + grid.px(12)
    high = (inner.bottom - first) / LAST
    size = min(grid.px(72), round(high * 0.62))
    columns = _columns(view.before, inner, grid, size)
    for index, call in enumerate(view.before):
        y = round(first + index * high)
        row = Box(inner.x, y, inner.w, round(first + (index + 1) * high) - y)
        parts.append(Rule(Box(row.x, row.y, row.w, 1)))
        parts += _row(view, call, row, grid, columns, size)
    return parts


def _columns(calls: tuple[Call, ...], box: Box, grid: Grid, size: float) -> tuple[int, int]:
    """Where the numbers end and the counters begin, the same in every row."""
    numbers = max((ems(call.number) for call in calls), default=0.0)
    left = box.x + round(numbers * size) + grid.px(12)
    if all(numbered(call.counter) for call in calls):
        counters = max((ems(call.counter) for call in calls), default=0.0)
        return left, box.right - round(counters * size) - grid.px(12)
    return left, left + grid.px(60)


def _row(view: View, call: Call, row: Box, grid: Grid, columns: tuple[int, int], size: float) -> list[Part]:
    expected = call.ticket in view.calling
    ink = "accent" if expected else "ink"
    left, right = columns
    parts: list[Part] = []
    if expected:
        # With a megaphone, since colour alone says nothing: this one, too, is called now.
        parts.append(Panel(Box(row.x - grid.px(20), row.y + 2, row.w + grid.px(40), row.h - 3), "tint"))
    if not numbered(call.counter) and _long(call.counter, row.right - right, grid):
        return [*parts, *_stacked(call, row, grid, size, ink, expected=expected)]
    parts.append(_words(Box(row.x, row.y, left - row.x, row.h), call.number, "en", size, ink))
    there = Box(right, row.y, row.right - right, row.h)
    if numbered(call.counter):
        parts.append(_words(there, call.counter, "en", size, ink, end=True))
    else:
        parts.append(_desk(there, view.place(call), ink, grid))
    mark = "megaphone" if expected else "arrow-right" if view.pointing else ""
    if mark:
        icon = grid.px(40)
        at = (left + right - icon) // 2
        parts.append(Icon(Box(at, row.y + (row.h - icon) // 2, icon, icon), mark))
    return parts


def _long(name: str, wide: int, grid: Grid) -> bool:
    """Whether a name has no room beside the number, on two lines of the smallest size with readings."""
    return sum(0.6 if sign.isascii() else 1.0 for sign in name) * grid.ruby(SMALLEST) * 1.15 > 2 * wide


def _stacked(call: Call, row: Box, grid: Grid, size: float, ink: str, *, expected: bool) -> list[Part]:
    """The name below the number, over the whole width and without readings, which stood on it when it was
    called: all of a name is worth more than half of one."""
    upper = round(row.h * 0.5)
    number = size * 0.62
    parts: list[Part] = [_words(Box(row.x, row.y, row.w, upper), call.number, "en", number, ink)]
    if expected:
        icon = min(grid.px(40), upper)
        at = row.x + round(ems(call.number) * number) + grid.px(24)
        parts.append(Icon(Box(at, row.y + (upper - icon) // 2, icon, icon), "megaphone"))
    room = Box(row.x, row.y + upper, row.w, row.h - upper)
    largest = max(SMALLEST_NAME, min(grid.px(34), round(room.h / 1.3)))
    smaller = tuple(float(one) for one in range(largest - 1, SMALLEST_NAME - 1, -1))
    name = Words(
        room, call.counter, "ja", largest, True, colour=ink, valign="middle", smaller=smaller, max_lines=2
    )
    return [*parts, name]


def _words(box: Box, text: str, tag: str, size: float, ink: str, end: bool = False) -> Words:
    smaller = (size * 0.9, size * 0.8, size * 0.7)
    return Words(
        box, text, tag, size, True, colour=ink, align="end" if end else "start", valign="middle",
        smaller=smaller, max_lines=1,
    )  # fmt: skip


def _desk(box: Box, name: str, ink: str, grid: Grid) -> Words:
    largest = grid.ruby(40)
    smaller = tuple(float(size) for size in range(largest - 2, grid.ruby(SMALLEST) - 1, -2))
    return Words(
        box,
        name,
        JAPANESE,
        largest,
        True,
        colour=ink,
        align="end",
        valign="middle",
        smaller=smaller,
        max_lines=2,
    )
