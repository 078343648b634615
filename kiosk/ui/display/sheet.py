"""The display's page: the header, the sentences, and around them panel and list."""

from __future__ import annotations

from dataclasses import replace

from kiosk.ui.display.callpanel import call_panel
from kiosk.ui.display.grid import Grid
from kiosk.ui.display.lastlist import last_list
from kiosk.ui.display.view import View
from kiosk.ui.display.words import JAPANESE
from kiosk.ui.frame import Frame
from kiosk.ui.parts import Box, Icon, Panel, Part, Rule, Sheet, Words

NAME = "display"
REACH = 16
"""Design pixels by which what runs from edge to edge goes beyond them, so that it may be moved a little."""


def display_sheet(
    view: View, frame: Frame, say: tuple[str, str, str], shift: tuple[int, int] = (0, 0)
) -> Sheet:
    """The whole page. `say` is the words for number, counter and the calls before; `shift` moves all of it
    by so many window pixels."""
    alone = view.shown is None and not view.before
    grid = Grid(frame, alone)
    number, counter, before = say
    parts = [
        *_header(view, grid),
        *(call_panel(view, grid, number, counter) if view.shown else _idle(view, grid)),
        *_sentences(view.lines if view.shown else view.still, grid),
        *(() if alone else last_list(view, grid, (before, number, counter))),
        *_signs(view, grid),
    ]
    dx, dy = shift
    moved = tuple(
        replace(part, box=replace(part.box, x=part.box.x + dx, y=part.box.y + dy)) for part in parts
    )
    return Sheet(NAME, JAPANESE, "ltr", moved)


def _header(view: View, grid: Grid) -> list[Part]:
    box, reach = grid.header, grid.px(REACH)
    strip = Box(-reach, -reach, box.w + 2 * reach, box.h + reach)
    clock = grid.px(200)
    name = Box(grid.margin, 0, box.w - 2 * grid.margin - clock - grid.px(32), box.h)
    size = grid.ruby(40)
    smaller = tuple(float(s) for s in range(size - 2, 23, -2))
    return [
        Panel(strip, radius=0),
        Rule(Box(-reach, box.bottom, box.w + 2 * reach, 1)),
        Words(name, view.office, JAPANESE, size, True, valign="middle", max_lines=1, smaller=smaller),
        Words(
            Box(box.w - grid.margin - clock, 0, clock, box.h), view.time, "en", grid.px(52), True,
            align="end", valign="middle",
        ),
    ]  # fmt: skip


def _idle(view: View, grid: Grid) -> list[Part]:
    """Nobody is called: how it works, in Japanese and in the language whose turn it is."""
    box = grid.panel
    icon = grid.px(120)
    text = box.inset(grid.px(64), grid.px(40))
    top = Box(text.x, text.y + icon + grid.px(24), text.w, text.h - icon - grid.px(24))
    return [
        Panel(box),
        Icon(Box(text.x, text.y, icon, icon), "ticket", chip=True),
        *two_lines(view.lines, top, grid, 68),
    ]


def _sentences(lines: tuple[tuple[str, str], ...], grid: Grid) -> list[Part]:
    box = grid.card
    return [Panel(box), *two_lines(lines, box.inset(grid.px(64), grid.px(32)), grid, 56)]


def two_lines(lines: tuple[tuple[str, str], ...], box: Box, grid: Grid, size: float) -> list[Part]:
    """The Japanese, a rule, and the other language under it; no cache keeps a day's hundreds of calls."""
    gap = grid.px(16)
    # Readings make the Japanese line a little higher than the other.
    upper = round((box.h - 2 * gap) * (0.5 if len(lines) > 1 else 1))
    parts: list[Part] = []
    y = box.y
    for index, (tag, text) in enumerate(lines):
        room = Box(box.x, y, box.w, upper)
        largest = grid.ruby(size)
        smaller = tuple(float(s) for s in range(largest - 2, grid.ruby(26) - 1, -2))
        parts.append(
            Words(room, text, tag, largest, True, valign="middle", smaller=smaller, max_lines=3, private=True)
        )
        if index + 1 < len(lines):
            parts.append(Rule(Box(box.x, room.bottom + gap, box.w, 1)))
        y = room.bottom + 2 * gap
    return parts


def _signs(view: View, grid: Grid) -> list[Part]:
    """For staff, small and in the corner, from the right."""
    parts: list[Part] = []
    box, size = grid.sign, max(14, grid.px(22))
    if not view.signs:
        return parts
    words = "　".join(sign.words for sign in view.signs)
    wide = min(box.w, round(sum(0.6 if sign.isascii() else 1 for sign in words) * size) + size // 2)
    x, smaller = box.right - wide, (size * 0.85, size * 0.7)
    parts.append(
        Words(
            Box(x, box.y, wide, box.h), words, "ja", size, colour="ink2", align="end", valign="middle",
            max_lines=1, smaller=smaller,
        )
    )  # fmt: skip
    for index, sign in enumerate(reversed(view.signs), 1):
        at = x - index * round(size * 1.5)
        parts.append(Icon(Box(at, box.y + (box.h - size) // 2, size, size), sign.icon, "ink2"))
    return parts
