"""An earlier case beside the present one, only to read."""

from __future__ import annotations

from kiosk.ui.counter.buttons import Key, button
from kiosk.ui.counter.card import Shown
from kiosk.ui.counter.cardsheet import card_parts
from kiosk.ui.counter.grid import Grid
from kiosk.ui.counter.view import Beside
from kiosk.ui.parts import Box, Part


def beside_parts(beside: Beside, present: Shown | None, grid: Grid) -> list[Part]:
    """The earlier card at the left and the present one at the right; alone it keeps the place of a card."""
    px = grid.px
    earlier = Shown(
        beside.card, grid.say("earlier.title"), beside.told, page=beside.page, turn="page_earlier"
    )
    if present is None:
        whole = grid.wide
        columns = [whole]
    else:
        whole = Box(grid.left.x, grid.left.y, grid.right.right - grid.left.x, grid.left.h)
        half = (whole.w - px(16)) // 2
        columns = [Box(whole.x, whole.y, half, whole.h), Box(whole.right - half, whole.y, half, whole.h)]
    foot = px(76)
    cards = [Box(column.x, column.y, column.w, column.h - foot) for column in columns]
    parts = card_parts(earlier, grid, cards[0])
    if present is not None:
        parts += card_parts(present, grid, cards[1])
    return parts + _buttons(beside, grid, Box(whole.x, whole.bottom - px(60), whole.w, px(60)))


def _buttons(beside: Beside, grid: Grid, row: Box) -> list[Part]:
    px = grid.px
    wide = (row.w - px(32)) // 3
    parts = button(Key("cancel", "Esc", "x", grid.say("earlier.close")), Box(row.x, row.y, wide, row.h), grid)
    other = Box(row.x + wide + px(16), row.y, wide, row.h)
    parts += button(Key("earlier", "F11", "file-text", beside.other), other, grid)
    last = Box(row.right - wide, row.y, wide, row.h)
    if beside.note:
        parts.append(grid.words(last, beside.note, 16, bold=True, colour="accent", shrink=True, lines=2))
    elif beside.link:
        parts += button(Key("link", "F10", "check", beside.link), last, grid, primary=True)
    return parts
