"""The upper part of the card: number, who, what state, what must be known first, why it was called."""

from __future__ import annotations

from kiosk.ui.counter.card import Shown
from kiosk.ui.counter.grid import Grid
from kiosk.ui.counter.leaves import pieces
from kiosk.ui.parts import Box, Icon, Panel, Part

HEAD, FACTS = 80, 26
"""Design pixels of the card's head, and of the line the facts have of their own in a slim card."""
SLIM = 520
"""Design pixels of width below which number, facts and state have no room beside each other."""


def slim(grid: Grid, inner: Box) -> bool:
    return inner.w < grid.px(SLIM)


def head_height(grid: Grid, inner: Box) -> int:
    return grid.px(HEAD + FACTS if slim(grid, inner) else HEAD)


def title(shown: Shown, grid: Grid, inner: Box) -> list[Part]:
    px, card = grid.px, shown.card
    left, right = inner.x + px(152), px(170)
    width = inner.w - px(152) - right
    top, low = inner.y + px(12), inner.y + px(44)
    edge = inner.right - right
    state = Box(edge, top, right, px(32))
    facts = Box(left, low, width, px(26))
    if slim(grid, inner):
        facts = Box(inner.x, inner.y + px(HEAD - 4), inner.w, px(26))
    return [
        grid.words(
            Box(inner.x, inner.y + px(10), px(150), px(62)), card.number, 44, bold=True, language="en"
        ),
        grid.words(Box(left, top, width, px(32)), card.language, 20, bold=True, shrink=True),
        grid.words(facts, card.facts, 16, colour="ink2", shrink=True, private=True),
        grid.words(state, shown.state, 20, bold=True, colour="accent", align="end", shrink=True),
        grid.words(Box(edge, low, right, px(26)), shown.since, 16, colour="ink2", align="end", shrink=True),
    ]


def strips(shown: Shown, grid: Grid, top: Box) -> tuple[list[Part], int]:
    """What needs care and what cannot wait, then why this person was called; and where the next part may
    begin."""
    parts: list[Part] = []
    y = top.y
    if shown.card.alerts:
        more, y = _strip(shown.card.alerts, grid, Box(top.x, y, top.w, 0), warm=True)
        parts += more
    if shown.reason:
        words = (grid.say("card.reason", reason=shown.reason),)
        more, y = _strip(words, grid, Box(top.x, y, top.w, 0), warm=False)
        parts += more
    return parts, y + grid.px(8)


def _strip(texts: tuple[str, ...], grid: Grid, top: Box, *, warm: bool) -> tuple[list[Part], int]:
    px = grid.px
    tone = "warm_ink" if warm else "ink"
    wide = top.w - px(54)
    counts = [min(3, len(pieces(text, Box(0, 0, wide, px(24)), grid))) for text in texts]
    heights = [px(24) * count + px(2) for count in counts]
    panel = Box(top.x, top.y, top.w, sum(heights) + px(12))
    mark, icon = Box(panel.x + px(12), panel.y + px(9), px(20), px(20)), "shield-alert" if warm else "info"
    parts: list[Part] = [
        Panel(panel, fill="warm_bg" if warm else "tint", border="warm_line" if warm else "", radius=px(8)),
        Icon(mark, icon, colour=tone if warm else "accent"),
    ]
    y = panel.y + px(6)
    for text, count, height in zip(texts, counts, heights, strict=True):
        box = Box(panel.x + px(42), y, wide, height)
        parts.append(
            grid.words(box, text, 16, colour=tone, bold=warm, shrink=True, lines=count, private=True)
        )
        y += height
    return parts, panel.bottom + px(6)
