"""The handover card laid out. What does not fit goes on further pages, never out of sight unsaid."""

from __future__ import annotations

from kiosk.ui.counter.answersheet import LINE, answers, height, shares
from kiosk.ui.counter.buttons import Key, small_button
from kiosk.ui.counter.card import Card, Shown
from kiosk.ui.counter.cardhead import head_height, strips, title
from kiosk.ui.counter.footsheet import foot, foot_height, foot_leaves
from kiosk.ui.counter.grid import SMALLEST, Grid
from kiosk.ui.counter.leaves import size_that_fits
from kiosk.ui.counter.wordsheet import LOWEST, own_words, section, word_leaves, words_begin, words_fit
from kiosk.ui.parts import Box, Icon, Panel, Part, Rule, Target

TOPIC = 16
"""Design pixels of type for a topic in two rows: it is what one looks for first."""
COUNTED = 600
"""Design pixels of a card's width in which its words in the statistics have more room."""
FEWEST, MOST = 2, 6
"""Lines of answers on a page."""


def card_pages(shown: Shown, grid: Grid, area: Box) -> int:
    """How many pages the card has in this place."""
    if shown.card.closed:
        return 1
    inner, _, y = _upper(shown, grid, area)
    return len(_leaves(shown.card, grid, _rest(grid, inner, y)))


def card_parts(shown: Shown, grid: Grid, area: Box) -> list[Part]:
    px, card = grid.px, shown.card
    inner, above, y = _upper(shown, grid, area)
    parts: list[Part] = [Panel(area, radius=px(10)), *title(shown, grid, inner), *above]
    if card.closed:
        return parts + _closed(card, grid, Box(inner.x, y, inner.w, inner.bottom - y))
    parts += _topic(card, grid, Box(inner.x, y, inner.w, px(46)))
    rest = _rest(grid, inner, y)
    leaves = _leaves(card, grid, rest)
    page = shown.page % len(leaves)
    return parts + _turn(shown.turn, grid, inner, rest.y, page, len(leaves)) + leaves[page]


def _upper(shown: Shown, grid: Grid, area: Box) -> tuple[Box, list[Part], int]:
    """What the card's inner place is, the strips below its head, and where they end."""
    inner = Box(area.x + grid.px(24), area.y, area.w - grid.px(48), area.h)
    top = Box(inner.x, inner.y + head_height(grid, inner), inner.w, 0)
    return inner, *strips(shown, grid, top)


def _rest(grid: Grid, inner: Box, y: int) -> Box:
    """What is left for the pages below the topic, which begins at `y`."""
    top = y + grid.px(54)
    return Box(inner.x, top, inner.w, inner.bottom - top - grid.px(8))


def _topic(card: Card, grid: Grid, line: Box) -> list[Part]:
    """What it is about, and how it is counted."""
    px = grid.px
    side = px(200 if line.w >= px(COUNTED) else 146)
    topic = Box(line.x + px(136), line.y, line.w - px(140) - side, line.h)
    counted = Box(line.right - side, line.y, side, px(48))
    size = max(TOPIC, size_that_fits(card.topic, 19, topic.w, grid))
    return [
        *section(grid, line, line.y, "folder-open", "card.topic"),
        grid.words(topic, card.topic, size, bold=True, shrink=True, lines=2, private=True),
        grid.words(
            counted, card.statistics, 14, colour="ink2", align="end", shrink=True, lines=3, private=True
        ),
        Rule(Box(line.x, line.bottom, line.w, 1)),
    ]


def _closed(card: Card, grid: Grid, area: Box) -> list[Part]:
    """That the rest does not open here, why, and what can be done all the same."""
    px, say = grid.px, grid.say
    top = area.y + area.h // 8
    lines = ((16, 96, 22, 40, say("card.closed"), True), (16, 140, 17, 56, card.closed, False))
    parts: list[Part] = [
        Rule(Box(area.x, area.y, area.w, 1)),
        Icon(Box(area.x + (area.w - px(48)) // 2, top + px(32), px(48), px(48)), "lock-keyhole"),
    ]
    for side, down, size, high, text, bold in lines:
        box = Box(area.x + px(side), top + px(down), area.w - px(2 * side), px(high))
        parts.append(
            grid.words(box, text, size, bold=bold, align="center", shrink=True, lines=1 if bold else 2)
        )
    still = Box(area.x + px(16), top + px(268), area.w - px(32), px(84))
    if card.unlock:
        wide = px(300)
        where = Box(area.x + (area.w - wide) // 2, top + px(204), wide, px(52))
        parts += small_button(Key("lock", "Shift+F11", "lock-keyhole", card.unlock), where, grid)
    else:
        still = Box(still.x, top + px(204), still.w, still.h)
    words = grid.words(
        still, say("card.closed.still"), 16, colour="ink2", align="center", shrink=True, lines=3
    )
    return [*parts, words]


def _leaves(card: Card, grid: Grid, rest: Box) -> list[list[Part]]:
    """The pages of what lies below the topic: the answers, the person's own words below them, and the foot;
    long words and long rows of the foot have pages of their own."""
    px = grid.px
    below = foot(card, grid, rest)
    end = rest.bottom - foot_height(card, grid, rest)
    apart = end - rest.y < px(58) + FEWEST * px(LINE) + px(LOWEST if card.words is not None else 0)
    if apart:
        end = rest.bottom
    room = max(FEWEST, min(MOST, (end - rest.y - px(58)) // px(LINE)))
    pages = shares(card.blocks, room)
    top = rest.y + height(pages, grid)
    free = Box(rest.x, top, rest.w, end - top)
    short = words_fit(card, grid, free)
    words = own_words(card, grid, free) if short else words_begin(card, grid, free)
    leaves = [[*answers(page, grid, rest), *words, *([] if apart else below)] for page in pages]
    if not short and card.words is not None:
        leaves += word_leaves(card.words, grid, rest)
    if apart and below:
        leaves.append(below)
    return leaves + foot_leaves(card, grid, rest)


def _turn(target: str, grid: Grid, inner: Box, y: int, page: int, pages: int) -> list[Part]:
    """The button for the next page, where there is one."""
    px = grid.px
    end = Box(inner.right - px(216), y, px(216), px(40))
    if pages == 1:
        return [grid.words(end, grid.say("card.curated"), 14, colour="ink2", align="end")]
    if not target:
        return [grid.words(end, f"{page + 1} / {pages}", 15, colour="ink2", align="end", language="en")]
    words = f"{grid.say('card.more', page=page + 1, pages=pages)}　PgDn"
    size, smaller = 15 * grid.unit, (14 * grid.unit, SMALLEST * grid.unit)
    return [
        Target(
            target, end, "more", words, grid.language, "", "arrow-right", size=size, smaller=smaller
        )
    ]  # fmt: skip
