"""The handover card laid out. What does not fit goes on further pages, never out of sight unsaid."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.ui.counter.buttons import Key, small_button
from kiosk.ui.counter.card import Block, Card
from kiosk.ui.counter.footsheet import foot, foot_height, foot_leaves
from kiosk.ui.counter.grid import Grid
from kiosk.ui.counter.leaves import SIZE as LEAVES
from kiosk.ui.counter.leaves import fits, pieces
from kiosk.ui.counter.wordsheet import own_words, section, word_leaves, words_fit, words_follow
from kiosk.ui.parts import Box, Icon, Panel, Part, Rule, Target

Pair = tuple[str, str]
Line = str | tuple[Pair, ...]
"""A line of the answers: a topic's name, or one or two answers side by side."""
LINE = 40
"""Design pixels of a line of answers: two rows of `SMALL` type."""
SMALL = 14
FEWEST, MOST = 2, 6


@dataclass(frozen=True)
class Shown:
    """A card with what stands at its upper right, and which of its pages is open."""

    card: Card
    state: str
    since: str
    reason: str = ""
    page: int = 0
    turn: str = "page"
    """What the button for the next page says when it is pressed."""


def card_parts(shown: Shown, grid: Grid, area: Box) -> list[Part]:
    px, card = grid.px, shown.card
    inner = Box(area.x + px(24), area.y, area.w - px(48), area.h)
    strips, y = _strips(shown, grid, Box(inner.x, inner.y + px(80), inner.w, 0))
    parts: list[Part] = [Panel(area, radius=px(10)), *_title(shown, grid, inner), *strips]
    if card.closed:
        return parts + _closed(card, grid, Box(inner.x, y, inner.w, inner.bottom - y))
    parts += section(grid, inner, y, "folder-open", "card.topic")
    parts += [
        grid.words(
            Box(inner.x + px(136), y, inner.w - px(136) - px(190), px(40)),
            card.topic,
            _size(card.topic, 19, inner.w - px(136) - px(190), grid),
            bold=True,
            shrink=True,
            lines=2,
            private=True,
        ),
        grid.words(
            Box(inner.right - px(186), y, px(186), px(40)),
            card.statistics,
            14,
            colour="ink2",
            align="end",
            shrink=True,
            lines=2,
            private=True,
        ),
        Rule(Box(inner.x, y + px(46), inner.w, 1)),
    ]
    y += px(54)
    leaves = _leaves(card, grid, Box(inner.x, y, inner.w, inner.bottom - y - px(8)))
    page = shown.page % len(leaves)
    return parts + _turn(shown.turn, grid, inner, y, page, len(leaves)) + leaves[page]


def _size(text: str, size: float, width: int, grid: Grid) -> float:
    """Design pixels of type at which a text fits its line; what needs two rows is set small."""
    for one in (size, size - 2, SMALL + 1):
        if fits(text, Box(0, 0, round(width * LEAVES / one), grid.px(24)), grid):
            return one
    return SMALL


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
    room = max(FEWEST, min(MOST, (end - rest.y - px(58)) // px(LINE)))
    shares = _shares(card.blocks, room)
    top = rest.y + px(42) + max(1, max(map(len, shares))) * px(LINE) + px(16)
    free = Box(rest.x, top, rest.w, end - top)
    short = words_fit(card, grid, free)
    words = own_words(card, grid, free) if short else words_follow(grid, free)
    leaves = [[*_answers(share, grid, rest), *words, *below] for share in shares]
    if not short and card.words is not None:
        leaves += word_leaves(card.words, grid, rest)
    return leaves + foot_leaves(card, grid, rest)


def _shares(blocks: tuple[Block, ...], room: int) -> list[list[Line]]:
    """The answers in pages of at most `room` lines. A topic's name never stands alone at the end of a page,
    and stands again where its answers go on."""
    shares: list[list[Line]] = [[]]
    for block in blocks:
        pairs = [block.answers[at : at + 2] for at in range(0, len(block.answers), 2)]
        name: list[Line] = [block.topic] if block.topic else []
        if shares[-1] and len(shares[-1]) + len(name) + min(1, len(pairs)) > room:
            shares.append([])
        shares[-1] += name
        for pair in pairs:
            if len(shares[-1]) >= room:
                shares.append([*name])
            shares[-1].append(pair)
    return shares


def _turn(target: str, grid: Grid, inner: Box, y: int, page: int, pages: int) -> list[Part]:
    """The button for the next page, where there is one."""
    px = grid.px
    end = Box(inner.right - px(200), y, px(200), px(40))
    if pages == 1:
        return [grid.words(end, grid.say("card.curated"), 14, colour="ink2", align="end")]
    words = grid.say("card.more", page=page + 1, pages=pages)
    return [Target(target, end, "more", words, grid.language, size=15 * grid.unit, icon_after="arrow-right")]


def _title(shown: Shown, grid: Grid, inner: Box) -> list[Part]:
    px, card = grid.px, shown.card
    left, right = inner.x + px(152), px(170)
    width = inner.w - px(152) - right
    top, low = inner.y + px(12), inner.y + px(44)
    edge = inner.right - right
    return [
        grid.words(
            Box(inner.x, inner.y + px(10), px(150), px(62)), card.number, 44, bold=True, language="en"
        ),
        grid.words(Box(left, top, width, px(32)), card.language, 20, bold=True, shrink=True),
        grid.words(Box(left, low, width, px(26)), card.facts, 16, colour="ink2", shrink=True, private=True),
        grid.words(
            Box(edge, top, right, px(32)),
            shown.state,
            20,
            bold=True,
            colour="accent",
            align="end",
            shrink=True,
        ),
        grid.words(Box(edge, low, right, px(26)), shown.since, 16, colour="ink2", align="end", shrink=True),
    ]


def _strips(shown: Shown, grid: Grid, top: Box) -> tuple[list[Part], int]:
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
    parts: list[Part] = [
        Panel(panel, fill="warm_bg" if warm else "tint", border="warm_line" if warm else "", radius=px(8)),
        Icon(
            Box(panel.x + px(12), panel.y + px(9), px(20), px(20)),
            "shield-alert" if warm else "info",
            colour=tone if warm else "accent",
        ),
    ]
    y = panel.y + px(6)
    for text, count, height in zip(texts, counts, heights, strict=True):
        box = Box(panel.x + px(42), y, wide, height)
        parts.append(
            grid.words(box, text, 16, colour=tone, bold=warm, shrink=True, lines=count, private=True)
        )
        y += height
    return parts, panel.bottom + px(6)


def _answers(lines: list[Line], grid: Grid, area: Box) -> list[Part]:
    px = grid.px
    parts = section(grid, area, area.y, "clipboard-list", "card.answers")
    half, label = (area.w - px(24)) // 2, px(126)
    for index, line in enumerate(lines):
        top = area.y + px(42) + index * px(LINE)
        if isinstance(line, str):
            box = Box(area.x, top + px(4), area.w, px(LINE) - px(6))
            parts += [
                Panel(box, fill="tint", radius=px(6)),
                grid.words(
                    box.inset(px(12), 0), line, 15, bold=True, colour="accent", shrink=True, private=True
                ),
            ]
            continue
        for side, (name, answer) in enumerate(line):
            x = area.x + side * (half + px(24))
            parts += [
                grid.words(
                    Box(x, top, label - px(8), px(LINE)),
                    name,
                    15,
                    colour="ink2",
                    shrink=True,
                    lines=2,
                    private=True,
                ),
                grid.words(
                    Box(x + label, top, half - label, px(LINE)),
                    answer,
                    _size(answer, 17, half - label, grid),
                    bold=True,
                    shrink=True,
                    lines=2,
                    private=True,
                ),
            ]
    bottom = area.y + px(42) + max(1, len(lines)) * px(LINE) + px(6)
    return [*parts, Rule(Box(area.x, bottom, area.w, 1))]
