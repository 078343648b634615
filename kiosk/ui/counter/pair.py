"""What stands beside each other in a wide window stands one after the other in a narrow one: PgDn turns."""

from __future__ import annotations

from dataclasses import replace

from kiosk.ui.counter.buttons import Key, small_button
from kiosk.ui.counter.card import Shown
from kiosk.ui.counter.cardsheet import card_pages, card_parts
from kiosk.ui.counter.grid import Grid
from kiosk.ui.parts import Box, Part

BAR, GAP = 44, 8
"""Design pixels of the button that turns, and of the space above it."""


def halves(area: Box, grid: Grid) -> tuple[Box, Box]:
    half = (area.w - grid.px(16)) // 2
    return Box(area.x, area.y, half, area.h), Box(area.right - half, area.y, half, area.h)


def above_bar(area: Box, grid: Grid) -> Box:
    """What is left above the button that turns."""
    return Box(area.x, area.y, area.w, area.h - grid.px(BAR + GAP))


def bar(target: str, label: str, area: Box, grid: Grid) -> list[Part]:
    """The button that turns to what stands beside it elsewhere."""
    high = grid.px(BAR)
    row = Box(area.x, area.bottom - high, area.w, high)
    return small_button(Key(target, "PgDn", "arrow-right", label), row, grid)


def card_and_form(card: Shown, grid: Grid, area: Box) -> tuple[list[Part], Box | None]:
    """The card at the left and where the form lies; in a narrow window the form first, then the card's pages,
    with no place for the form."""
    if not grid.narrow:
        left, right = halves(area, grid)
        return card_parts(card, grid, left), right
    body = above_bar(area, grid)
    pages = card_pages(card, grid, body)
    at = card.page % (pages + 1)
    key = "narrow.card" if at == 0 else "narrow.more" if at < pages else "narrow.form"
    parts = bar(card.turn, grid.say(key), area, grid)
    if at == 0:
        return parts, body
    return [*parts, *card_parts(replace(card, page=at - 1, turn=""), grid, body)], None


def two_cards(first: Shown, second: Shown, grid: Grid, area: Box) -> list[Part]:
    """An earlier card and the present one; in a narrow window the pages of one, then those of the other."""
    if not grid.narrow:
        left, right = halves(area, grid)
        return [*card_parts(first, grid, left), *card_parts(second, grid, right)]
    body = above_bar(area, grid)
    pages = card_pages(first, grid, body)
    at = first.page % (pages + card_pages(second, grid, body))
    shown = first if at < pages else second
    key = "narrow.next" if at == pages - 1 else "narrow.more"
    parts = bar(first.turn, grid.say(key), area, grid)
    return [*parts, *card_parts(replace(shown, page=at if at < pages else at - pages, turn=""), grid, body)]
