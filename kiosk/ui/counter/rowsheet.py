"""The console's list of numbers, row by row, and today's counts below it."""

from __future__ import annotations

from kiosk.ui.counter.grid import Grid
from kiosk.ui.counter.view import Row, View
from kiosk.ui.parts import Box, Part, Rule, Target

FOOT = 72
"""Design pixels of today's counts."""
LONG = 10 * 60
"""Minutes from which on hours are told: who is on hold since another day."""


def rows(view: View, grid: Grid, card: Box) -> list[Part]:
    """The list: head, as many rows as fit, how many more there are, and today's counts."""
    px = grid.px
    inner = Box(card.x + px(16), card.y + px(52), card.w - px(32), card.h - px(52))
    parts = _columns(grid, inner)
    top, height, more = inner.y + px(33), px(52), px(28)
    free = inner.h - px(33 + FOOT)
    fitting = view.rows
    if len(fitting) > max(1, free // height):
        fitting = fitting[: max(0, (free - more) // height)]
    pressable = view.tab != "waiting" and view.card is None and view.locked is None
    for index, row in enumerate(fitting):
        box = Box(inner.x, top + index * height, inner.w, height)
        parts += _row(grid, box, row, pressable=pressable)
    if len(fitting) < len(view.rows):
        below = Box(inner.x, top + len(fitting) * height, inner.w, more)
        left = len(view.rows) - len(fitting)
        parts.append(grid.words(below, grid.say("console.more", n=left), 15, colour="ink2"))
    return parts + _counts(view, grid, inner)


def _widths(grid: Grid, inner: Box) -> tuple[int, int, int]:
    """Widths of number, language and minutes."""
    number, minutes = grid.px(68), grid.px(62)
    return number, inner.w - number - minutes, minutes


def _columns(grid: Grid, inner: Box) -> list[Part]:
    say, high = grid.say, grid.px(32)
    number, language, minutes = _widths(grid, inner)
    return [
        grid.words(Box(inner.x, inner.y, number, high), say("console.column.number"), 13, colour="ink2"),
        grid.words(
            Box(inner.x + number, inner.y, language, high), say("console.column.language"), 13, colour="ink2"
        ),
        grid.words(
            Box(inner.right - minutes, inner.y, minutes, high),
            say("console.column.waited"),
            13,
            colour="ink2",
            align="end",
        ),
    ]


def _row(grid: Grid, box: Box, row: Row, *, pressable: bool) -> list[Part]:
    number, language, minutes = _widths(grid, box)
    parts: list[Part] = [Rule(Box(box.x, box.y, box.w, 1))]
    if pressable:
        parts.append(Target(f"take:{row.ticket_id}", box, "plain", "", grid.language))
    half = box.h if not (row.lane or row.day) else box.h * 5 // 9
    upper = Box(box.x, box.y, number, half if row.day else box.h)
    key, count = ("hours", row.minutes // 60) if row.minutes >= LONG else ("minutes", row.minutes)
    waited = grid.say(f"console.{key}", n=count)
    parts += [
        grid.words(upper, row.number, 18, bold=True, language="en"),
        grid.words(Box(box.x + number, box.y, language, half), row.language, 16, shrink=True),
        grid.words(Box(box.right - minutes, box.y, minutes, box.h), waited, 16, align="end", shrink=True),
    ]
    if row.day:
        day = Box(box.x, box.y + half - grid.px(4), number, box.h - half)
        parts.append(grid.words(day, row.day, 13, colour="ink2", language="en"))
    if row.lane:
        lane = Box(box.x + number, box.y + half - grid.px(4), language, box.h - half)
        parts.append(grid.words(lane, row.lane, 13, bold=True, colour="accent", shrink=True))
    return parts


def _counts(view: View, grid: Grid, inner: Box) -> list[Part]:
    px, say = grid.px, grid.say
    today = say("console.today", issued=view.issued, closed=view.closed)
    if view.mean is not None:
        today += "　" + say("console.today.mean", mean=view.mean)
    lines = ((66, today), (38, say("console.no_names")))
    return [
        grid.words(Box(inner.x, inner.bottom - px(up), inner.w, px(26)), text, 13, colour="ink2", shrink=True)
        for up, text in lines
    ]
