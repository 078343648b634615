"""The interpreter lines laid out: number, hours, what to say, and where the line's case number is written."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.ui.counter.buttons import Key, button
from kiosk.ui.counter.grid import Grid
from kiosk.ui.counter.own import FieldBox, Laid, field_frame, page_head
from kiosk.ui.parts import Box, Icon, Part, Rule


@dataclass(frozen=True)
class Line:
    name: str
    telephone: str
    hours: str
    sentence: str
    """What to say when they answer."""
    note: str = ""


@dataclass(frozen=True)
class Lines:
    title: str
    text: str
    lines: tuple[Line, ...]
    more: str = ""
    """That there are more of them."""


def lines_page(lines: Lines, grid: Grid, area: Box) -> Laid:
    px = grid.px
    parts, rest = page_head(lines.title, lines.text, grid, area)
    if not lines.lines:
        return Laid(tuple(parts))
    field = Box(rest.x + px(6), rest.y + px(42), min(rest.w, px(260 if grid.single else 420)), px(40))
    parts += field_frame(grid.say("lines.case"), field, grid)
    hint = Box(field.right + px(24), field.y, rest.right - field.right - px(24), field.h)
    parts.append(grid.words(hint, grid.say("lines.case.text"), 15, colour="ink2", shrink=True, lines=2))
    top = field.bottom + px(22)
    high = min(px(172), (rest.bottom - top - px(26)) // len(lines.lines))
    for index, line in enumerate(lines.lines):
        parts += _line(line, index, grid, Box(rest.x, top + index * high, rest.w, high))
    if lines.more:
        below = Box(rest.x, rest.bottom - px(26), rest.w, px(26))
        parts.append(grid.words(below, lines.more, 15, colour="ink2"))
    return Laid(tuple(parts), (FieldBox("case", field, size=19 * grid.unit),))


def _line(line: Line, index: int, grid: Grid, box: Box) -> list[Part]:
    px = grid.px
    wide = px(290)
    left = Box(box.x + px(40), box.y, box.w - px(40) - wide - px(16), box.h)
    right = box.right - wide
    connected = Key(f"connected:{index}", str(index + 1), "headset", grid.say("lines.connected"))
    rows = ((6, 30, line.name, 19, True), (36, 26, line.hours, 15, False))
    parts: list[Part] = [
        Rule(Box(box.x, box.y, box.w, 1)),
        Icon(Box(box.x, box.y + px(10), px(24), px(24)), "phone"),
        grid.words(
            Box(right, box.y + px(4), wide, px(34)),
            line.telephone,
            24,
            bold=True,
            align="end",
            language="en",
            shrink=True,
        ),
        *button(connected, Box(right, box.y + px(44), wide, px(52)), grid, primary=index == 0),
    ]
    for down, high, text, size, bold in rows:
        where = Box(left.x, box.y + px(down), left.w, px(high))
        parts.append(grid.words(where, text, size, bold=bold, colour="ink" if bold else "ink2", shrink=True))
    said = Box(left.x, box.y + px(62), left.w, px(52))
    parts.append(grid.words(said, line.sentence, 16, shrink=True, lines=2))
    if line.note and box.h >= px(140):
        below = Box(left.x, box.y + px(114), box.w - px(40), px(26))
        parts.append(grid.words(below, line.note, 14, colour="ink2", shrink=True))
    return parts
