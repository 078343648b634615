"""The call itself: number and counter in one size, a desk under the number, and where it is."""

from __future__ import annotations

import math

from kiosk.core.calls import Call
from kiosk.ui.display.grid import Grid, ems
from kiosk.ui.display.view import View, Way, numbered
from kiosk.ui.display.words import JAPANESE
from kiosk.ui.parts import Box, Icon, Panel, Part, Words

LARGEST = 320
SLACK = 6
"""Pixels a large number may be wider than reckoned."""
ARROWS = {
    "left": "arrow-left",
    "right": "arrow-right",
    "straight": "arrow-up",
    "upstairs": "arrow-up-from-line",
    "behind": "arrow-down",
}
"""As signs in buildings have them: upwards is straight ahead, downwards behind."""


def call_panel(view: View, grid: Grid, number: str, counter: str) -> list[Part]:
    """`number` and `counter` are the words above the two."""
    assert view.shown is not None
    call, box = view.shown, grid.panel
    fill, ink = ("surface", "accent") if view.turned else ("accent", "on_accent")
    parts: list[Part] = []
    if view.framed:
        around = grid.px(18)
        frame = Box(box.x - around, box.y - around, box.w + 2 * around, box.h + 2 * around)
        parts.append(Panel(frame, "", "warm_line", grid.px(10), grid.px(32)))
    edge = grid.px(10) if view.turned else None
    parts.append(Panel(box, fill, "accent" if view.turned else "", edge, grid.px(24)))
    inner = box.inset(grid.px(64), grid.px(40))
    if view.way is not None:
        high = grid.px(112)
        parts += _way(view.way, Box(inner.x, inner.bottom - high, inner.w, high), grid, ink)
        inner = Box(inner.x, inner.y, inner.w, inner.h - high - grid.px(16))
    if numbered(call.counter):
        return parts + _side_by_side(call, inner, grid, (number, counter), ink, view.pointing)
    return parts + _one_under_the_other(call, view.place(call), inner, grid, number, ink, view.pointing)


def _side_by_side(
    call: Call, box: Box, grid: Grid, labels: tuple[str, str], ink: str, pointing: bool
) -> list[Part]:
    """Number and counter are equal in size: whoever waits looks for both."""
    label = grid.ruby(56)
    high = round(label * 1.86)
    gap, arrow = grid.px(44), grid.px(84)
    room = Box(box.x, box.y + high, box.w, box.h - high)
    wanted = ems(call.number) + ems(call.counter)
    size = min(grid.px(LARGEST), (box.w - 2 * gap - arrow - SLACK) / wanted, room.h / 0.94)
    # Rounded up: a box too narrow by a fraction would make one of the two smaller than the other.
    wide = math.ceil(ems(call.counter) * size) + SLACK
    # The word above a single digit is wider than the digit on small screens.
    right = Box(box.right - max(wide, round(label * 2.2)), room.y, max(wide, round(label * 2.2)), room.h)
    left = Box(box.x, room.y, round(ems(call.number) * size) + gap // 2, room.h)
    parts: list[Part] = [
        Words(Box(left.x, box.y, left.w, high), labels[0], JAPANESE, label, colour=ink, valign="middle"),
        Words(Box(right.x, box.y, right.w, high), labels[1], JAPANESE, label, colour=ink, valign="middle"),
        _large(left, call.number, size, ink),
        _large(right, call.counter, size, ink),
    ]
    if pointing:
        middle = (left.right + right.x) // 2
        parts.append(
            Icon(Box(middle - arrow // 2, room.y + (room.h - arrow) // 2, arrow, arrow), "arrow-right", ink)
        )
    return parts


def _one_under_the_other(
    call: Call, desk: str, box: Box, grid: Grid, number: str, ink: str, pointing: bool
) -> list[Part]:
    """A desk has a name, which is longer than the number. An arrow leads to it only where none says where it
    is: two that point elsewhere would be no help."""
    label, gap = grid.ruby(44), grid.px(12)
    high = round(label * 1.86)
    upper = round((box.h - high) * 0.54)
    size = min(grid.px(LARGEST), upper / 0.9, box.w / ems(call.number))
    below = Box(box.x, box.y + high + upper + gap, box.w, box.h - high - upper - gap)
    arrow = min(grid.px(84), below.h)
    aside = arrow + grid.px(32) if pointing else 0
    name = Box(below.x + aside, below.y, below.w - aside, below.h)
    largest = max(30, min(grid.px(116), round(below.h / 1.5)))
    smaller = tuple(float(s) for s in range(largest - 2, 23, -2))
    mark = Icon(Box(below.x, below.y + (below.h - arrow) // 2, arrow, arrow), "arrow-right", ink)
    return [
        Words(Box(box.x, box.y, box.w, high), number, JAPANESE, label, colour=ink, valign="middle"),
        _large(Box(box.x, box.y + high, box.w, upper), call.number, size, ink),
        *([mark] if pointing else []),
        Words(name, desk, JAPANESE, largest, True, colour=ink, valign="middle", smaller=smaller, max_lines=2),
    ]


def _way(way: Way, box: Box, grid: Grid, ink: str) -> list[Part]:
    gap = grid.px(32)
    room = box.w - box.h - 2 * gap
    # The other languages take more room than Japanese for the same.
    first = room * 2 // 5 if len(way.lines) > 1 else room
    parts: list[Part] = [Icon(box_square(box), ARROWS[way.direction], ink)]
    for index, (tag, words) in enumerate(way.lines):
        largest = grid.ruby(52)
        # The readings push their line down; the other language stands on the same one.
        lower = round(largest * 0.13) if index else 0
        x = box.x + box.h + gap + index * (first + gap)
        line = Box(x, box.y + lower, room - first if index else first, box.h - lower)
        smaller = tuple(float(s) for s in range(largest - 2, 21, -2))
        parts.append(
            Words(line, words, tag, largest, True, colour=ink, valign="middle", smaller=smaller, max_lines=2)
        )
    return parts


def box_square(box: Box) -> Box:
    """The square at the box's start."""
    return Box(box.x, box.y, box.h, box.h)


def _large(box: Box, text: str, size: float, ink: str) -> Words:
    """Kept by no cache: a day has hundreds of numbers, each some hundred kilobytes when drawn so large."""
    smaller = (size * 0.94, size * 0.88, size * 0.8, size * 0.7)
    return Words(
        box, text, "en", size, True, colour=ink, valign="middle", smaller=smaller, max_lines=1, private=True
    )
