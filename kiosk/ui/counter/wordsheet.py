"""The person's own words on the card: short ones below the answers, long ones on pages of their own."""

from __future__ import annotations

from kiosk.ui.counter.card import Card
from kiosk.ui.counter.card import Words as Told
from kiosk.ui.counter.grid import Grid
from kiosk.ui.counter.leaves import ems, fits, pieces
from kiosk.ui.parts import Box, Icon, Part, Pill, Words

LOWEST = 94
"""Design pixels of head, title and one line of them."""
BEGIN = 130
"""Design pixels that head, title and two lines of them need."""


def section(grid: Grid, inner: Box, y: int, icon: str, key: str) -> list[Part]:
    px = grid.px
    return [
        Icon(Box(inner.x, y + px(10), px(20), px(20)), icon),
        grid.words(
            Box(inner.x + px(30), y, px(140), px(40)),
            grid.say(key),
            17,
            bold=True,
            colour="accent",
            shrink=True,
        ),
    ]


def below_head(area: Box, grid: Grid) -> Box:
    """Where a section's content stands below its head."""
    return Box(area.x, area.y + grid.px(44), area.w, area.h - grid.px(44))


def long_words(text: str, language: str, box: Box, grid: Grid) -> Words:
    smaller = tuple(size * grid.unit for size in (16.0, 15.0, 14.0, 13.0))
    return Words(box, text, language, 17 * grid.unit, smaller=smaller, private=True)


def words_fit(card: Card, grid: Grid, area: Box) -> bool:
    """Whether they have room below the answers."""
    if card.words is None:
        return True
    return area.h >= grid.px(LOWEST) and all(
        fits(text, box, grid) for _, text, _, box in _columns(card.words, grid, below_head(area, grid))
    )


def own_words(card: Card, grid: Grid, area: Box) -> list[Part]:
    """The words in full; `area` holds them."""
    if card.words is None:
        return [
            *section(grid, area, area.y, "message-square-text", "card.words"),
            _remark(grid, area, "card.no_words"),
        ]
    parts = _words_head(card.words, grid, area)
    x = _beside(card.words, grid, area)
    said = Box(x, area.y, area.right - x, grid.px(40))
    parts.append(grid.words(said, _how(card.words), 15, shrink=True, lines=2))
    for title, text, language, box in _columns(card.words, grid, below_head(area, grid)):
        parts += _column(title, text, language, box, grid)
    return parts


def words_begin(card: Card, grid: Grid, area: Box) -> list[Part]:
    """How long ones begin, as far as there is room, and that all of them are on the next page."""
    px = grid.px
    if area.h < px(40) or card.words is None:
        return []
    remark = grid.say("card.words.follow")
    if area.h < px(BEGIN):
        return [
            *section(grid, area, area.y, "message-square-text", "card.words"),
            _remark(grid, area, "card.words.follow"),
        ]
    parts = _words_head(card.words, grid, area)
    x = _beside(card.words, grid, area)
    parts.append(grid.words(Box(x, area.y, area.right - x, px(40)), remark, 15, colour="ink2", shrink=True))
    for title, text, language, box in _columns(card.words, grid, below_head(area, grid)):
        shown = pieces(text, box, grid)
        begin = f"{shown[0][:-1].rstrip()}…" if len(shown) > 1 else text
        parts += _column(title, begin, language, box, grid)
    return parts


def _remark(grid: Grid, area: Box, key: str) -> Part:
    px = grid.px
    box = Box(area.x + px(136), area.y, area.w - px(136), px(40))
    return grid.words(box, grid.say(key), 16, colour="ink2")


def word_leaves(told: Told, grid: Grid, rest: Box) -> list[list[Part]]:
    """The words on pages of their own: Japanese and original go on side by side."""
    body = below_head(rest, grid)
    line = Box(body.x, body.y, body.w, grid.px(28))
    body = Box(body.x, line.bottom, body.w, body.bottom - line.bottom)
    columns = [
        (title, language, box, pieces(text, box, grid))
        for title, text, language, box in _columns(told, grid, body)
    ]
    leaves = []
    for index in range(max(len(cut) for *_, cut in columns)):
        parts = _words_head(told, grid, rest)
        parts.append(grid.words(line, _how(told), 15, shrink=True))
        for title, language, box, cut in columns:
            parts += _column(title, cut[index] if index < len(cut) else "", language, box, grid)
        leaves.append(parts)
    return leaves


def _words_head(told: Told, grid: Grid, area: Box) -> list[Part]:
    """The title, and that a machine translated."""
    px = grid.px
    parts = section(grid, area, area.y, "message-square-text", "card.words")
    if told.mark:
        left = area.x + px(136)
        pill = Box(left, area.y + px(5), _beside(told, grid, area) - px(10) - left, px(30))
        parts.append(Pill(pill, told.mark, grid.language, icon="bot", tone="warm", size=14 * grid.unit))
    return parts


def _beside(told: Told, grid: Grid, area: Box) -> int:
    """Where there is room beside the title, and beside the mark where there is one."""
    px = grid.px
    pill = max(px(130), round(ems(told.mark) * 14 * grid.unit) + px(44)) + px(10) if told.mark else 0
    return area.x + px(136) + pill


def _how(told: Told) -> str:
    """How the words were given, and what the person said to the translation."""
    return " ・ ".join(text for text in (told.means, told.accepted) if text)


def _columns(told: Told, grid: Grid, body: Box) -> list[tuple[str, str, str, Box]]:
    """Title, text, language and box of Japanese and original, side by side; the original alone where it was
    not translated."""
    px = grid.px
    texts = [("card.japanese", told.japanese, "ja")] if told.japanese else []
    texts.append(("card.original", told.original, told.language))
    wide = (body.w - px(24) * (len(texts) - 1)) // len(texts)
    return [
        (title, text, language, Box(body.x + index * (wide + px(24)), body.y + px(26), wide, body.h - px(26)))
        for index, (title, text, language) in enumerate(texts)
    ]


def _column(title: str, text: str, language: str, box: Box, grid: Grid) -> list[Part]:
    px = grid.px
    head = Box(box.x, box.y - px(26), box.w, px(24))
    return [
        grid.words(head, grid.say(title), 14, colour="ink2"),
        long_words(text, language, box, grid),
    ]
