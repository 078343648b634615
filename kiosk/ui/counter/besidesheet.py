"""An earlier case beside the present one, only to read."""

from __future__ import annotations

from kiosk.ui.counter.buttons import Key, button
from kiosk.ui.counter.card import Shown
from kiosk.ui.counter.cardsheet import card_parts
from kiosk.ui.counter.grid import Grid
from kiosk.ui.counter.pair import two_cards
from kiosk.ui.counter.view import Beside
from kiosk.ui.parts import Box, Part


def beside_parts(beside: Beside, present: Shown | None, grid: Grid) -> list[Part]:
    """The earlier card at the left and the present one at the right; alone it keeps the place of a card."""
    px = grid.px
    earlier = Shown(
        beside.card, grid.say("earlier.title"), beside.told, page=beside.page, turn="page_earlier"
    )
    whole = grid.wide if present is None else grid.whole
    cards = Box(whole.x, whole.y, whole.w, whole.h - px(76))
    parts = card_parts(earlier, grid, cards) if present is None else two_cards(earlier, present, grid, cards)
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
