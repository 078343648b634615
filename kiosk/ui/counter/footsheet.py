"""The foot of the card: earlier notes, what to ask again, what the kiosk told about."""

from __future__ import annotations

from kiosk.ui.counter.card import Card
from kiosk.ui.counter.grid import Grid
from kiosk.ui.counter.leaves import fits, pieces
from kiosk.ui.counter.notice import notice
from kiosk.ui.counter.told import Told
from kiosk.ui.counter.wordsheet import below_head, long_words, section
from kiosk.ui.parts import Box, Part, Rule

TITLE = 176
"""Design pixels of a row's title."""
TWO = 46
"""Design pixels of two lines of a row's text."""


def rows_of(card: Card, grid: Grid) -> list[tuple[str, str, str]]:
    """Icon, title and text of each row."""
    rows = []
    if card.ask:
        rows.append(("circle-help", "card.ask", card.ask))
    if card.notes:
        rows.append(("pencil", "card.notes", "　".join(card.notes)))
    if card.records:
        rows.append(("file-pen", "card.records", "　".join(card.records)))
    if card.told or card.bring:
        told = "　／　".join(_short(one) for one in card.told)
        rows.append(("map-pin", "card.told", told or grid.say("card.none")))
    if card.bring:
        rows.append(("folder-open", "card.bring", card.bring))
    return rows


def _short(told: Told) -> str:
    """The mark goes before the number: a row cut short never shows a number without it."""
    name = f"{told.name}（{told.mark}）" if told.mark else told.name
    return f"{name}　{told.telephone}".strip()


def foot(card: Card, grid: Grid, area: Box) -> list[Part]:
    """The rows at the bottom of the area. One too long for its place begins here and stands in full on a
    page of its own."""
    rows = rows_of(card, grid)
    if not rows:
        return []
    boxes = _boxes(rows, grid, area)
    parts: list[Part] = [Rule(Box(area.x, boxes[0].y - grid.px(6), area.w, 1))]
    for (icon, key, text), box in zip(rows, boxes, strict=True):
        parts += section(grid, area, box.y + (box.h - grid.px(40)) // 2, icon, key)
        cut = pieces(text, box, grid)
        shown = cut[0] if len(cut) == 1 else f"{cut[0].rstrip('。、')}…"
        lines = 3 if box.h > grid.px(TWO) else 2
        parts.append(grid.words(box, shown, 16, shrink=True, lines=lines, private=True))
    return parts


def foot_height(card: Card, grid: Grid, area: Box) -> int:
    rows = rows_of(card, grid)
    return area.bottom - _boxes(rows, grid, area)[0].y + grid.px(14) if rows else 0


def _boxes(rows: list[tuple[str, str, str]], grid: Grid, area: Box) -> list[Box]:
    """The texts' places, the last one at the bottom, each as high as its lines. Only the agencies have a
    third: no telephone number is to be looked for elsewhere."""
    px = grid.px
    x, width = area.x + px(TITLE), area.w - px(TITLE)

    def high(key: str, text: str) -> int:
        if fits(text, Box(0, 0, width, px(24)), grid):
            return px(36)
        two = Box(0, 0, width, px(TWO))
        return px(70) if key == "card.told" and not fits(text, two, grid) else two.h

    heights = [high(key, text) for _, key, text in rows]
    tops = [area.bottom - sum(heights[index:]) for index in range(len(rows))]
    return [Box(x, top, width, height) for top, height in zip(tops, heights, strict=True)]


def foot_leaves(card: Card, grid: Grid, rest: Box) -> list[list[Part]]:
    """The agencies where there is more to know of them, and the rows that are too long for the foot."""
    rows = rows_of(card, grid)
    leaves = []
    wide = below_head(rest, grid)
    for (icon, key, text), box in zip(rows, _boxes(rows, grid, rest), strict=True):
        if key == "card.told" and card.told:
            if any(one.mark or one.instead for one in card.told) or not fits(text, box, grid):
                leaves += _told_leaves(card.told, grid, rest)
        elif not fits(text, box, grid):
            leaves += [
                [*section(grid, rest, rest.y, icon, key), long_words(piece, "ja", wide, grid)]
                for piece in pieces(text, wide, grid)
            ]
    return leaves


def _told_leaves(told: tuple[Told, ...], grid: Grid, rest: Box) -> list[list[Part]]:
    height = grid.px(118)
    wide = below_head(rest, grid)
    room = max(1, wide.h // height)
    return [
        [
            *section(grid, rest, rest.y, "map-pin", "card.told"),
            *(
                part
                for place, one in enumerate(told[at : at + room])
                for part in _agency(one, grid, Box(wide.x, wide.y + place * height, wide.w, height))
            ),
        ]
        for at in range(0, len(told), room)
    ]


def _agency(told: Told, grid: Grid, box: Box) -> list[Part]:
    """Name and number, hours, what to heed before calling, and what is open instead."""
    px = grid.px
    side = px(230)
    name = Box(box.x, box.y + px(8), box.w - side - px(12), px(32))
    number = Box(box.right - side, name.y, side, name.h)
    hours = Box(box.x, box.y + px(40), side, px(28))
    parts: list[Part] = [
        Rule(Box(box.x, box.y, box.w, 1)),
        grid.words(name, told.name, 18, bold=True, shrink=True, private=True),
        grid.words(
            number, told.telephone, 20, bold=True, align="end", language="en", shrink=True, private=True
        ),
        grid.words(hours, told.hours, 15, colour="ink2", shrink=True, private=True),
    ]
    if told.mark:
        strip = Box(hours.right + px(6), hours.y, box.right - hours.right - px(6), px(30))
        parts += notice(told.mark, "triangle-alert", strip, grid)
    if told.instead:
        below = Box(box.x, box.y + px(72), box.w, px(40))
        parts.append(grid.words(below, told.instead, 15, shrink=True, lines=2, private=True))
    return parts
