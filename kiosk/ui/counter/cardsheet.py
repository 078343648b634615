"""The handover card laid out. What does not fit goes on further pages, never out of sight unsaid."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.core.ticket import State
from kiosk.ui.counter.card import Card
from kiosk.ui.counter.card import Words as Told
from kiosk.ui.counter.grid import Grid
from kiosk.ui.counter.leaves import fits, pieces
from kiosk.ui.counter.view import View
from kiosk.ui.parts import Box, Icon, Panel, Part, Pill, Rule, Target, Words

ROWS = 5
"""Rows of answers on a page, two to a row."""


def card_parts(view: View, grid: Grid) -> list[Part]:
    card = view.card
    assert card is not None
    px, area = grid.px, grid.middle
    inner = Box(area.x + px(24), area.y, area.w - px(48), area.h)
    parts: list[Part] = [Panel(area, radius=px(10)), *_title(view, card, grid, inner)]
    y = inner.y + px(136)
    parts += _section(grid, inner, y, "folder-open", "card.topic")
    parts += [
        grid.words(
            Box(inner.x + px(136), y, inner.w - px(136) - px(190), px(40)),
            card.topic,
            19,
            bold=True,
            shrink=True,
            lines=1,
        ),
        grid.words(
            Box(inner.right - px(186), y, px(186), px(40)),
            card.statistics,
            14,
            colour="ink2",
            align="end",
            shrink=True,
        ),
        Rule(Box(inner.x, y + px(50), inner.w, 1)),
    ]
    y += px(62)
    leaves = _leaves(card, grid, Box(inner.x, y, inner.w, inner.bottom - y - px(8)))
    page = view.page % len(leaves)
    return parts + _turn(grid, inner, y, page, len(leaves)) + leaves[page]


def _leaves(card: Card, grid: Grid, rest: Box) -> list[list[Part]]:
    """The pages of what lies below the topic: the answers, the person's own words below them, and the foot;
    long words and long rows of the foot have pages of their own."""
    foot = _foot(card, grid, rest)
    end = foot[0].box.y - grid.px(8) if foot else rest.bottom
    shares = [card.answers[at : at + ROWS * 2] for at in range(0, len(card.answers), ROWS * 2)] or [()]
    top = rest.y + _answers_height(max(map(len, shares)), grid)
    below = Box(rest.x, top, rest.w, end - top)
    short = card.words is None or all(
        fits(text, box, grid) for _, text, _, box in _columns(card.words, grid, _body(below, grid))
    )
    words = _own_words(card, grid, below) if short else _words_follow(grid, below)
    leaves = [[*_answers(share, grid, rest), *words, *foot] for share in shares]
    if not short and card.words is not None:
        leaves += _word_leaves(card.words, grid, rest)
    return leaves + _row_leaves(card, grid, rest)


def _row_leaves(card: Card, grid: Grid, rest: Box) -> list[list[Part]]:
    """The rows of the foot that are too long for it."""
    wide = _body(rest, grid)
    return [
        [*_section(grid, rest, rest.y, icon, key), _long(piece, "ja", wide, grid)]
        for icon, key, text in _rows(card, grid)
        if not fits(text, _row_box(grid, rest, 0), grid)
        for piece in pieces(text, wide, grid)
    ]


def _turn(grid: Grid, inner: Box, y: int, page: int, pages: int) -> list[Part]:
    """The button for the next page, where there is one."""
    px = grid.px
    end = Box(inner.right - px(200), y, px(200), px(40))
    if pages == 1:
        return [grid.words(end, grid.say("card.curated"), 14, colour="ink2", align="end")]
    words = grid.say("card.more", page=page + 1, pages=pages)
    return [Target("page", end, "more", words, "ja", size=15 * grid.unit, icon_after="arrow-right")]


def _title(view: View, card: Card, grid: Grid, inner: Box) -> list[Part]:
    px, say = grid.px, grid.say
    called = view.state is State.CALLED
    left = inner.x + px(152)
    right = px(190)
    parts: list[Part] = [
        grid.words(
            Box(inner.x, inner.y + px(10), px(150), px(62)), card.number, 44, bold=True, language="en"
        ),
        grid.words(
            Box(left, inner.y + px(12), inner.w - px(152) - right, px(32)),
            card.language,
            20,
            bold=True,
            shrink=True,
        ),
        grid.words(
            Box(left, inner.y + px(44), inner.w - px(152) - right, px(26)),
            card.facts,
            16,
            colour="ink2",
            shrink=True,
        ),
        grid.words(
            Box(inner.right - right, inner.y + px(12), right, px(32)),
            say("console.called" if called else "console.serving"),
            20,
            bold=True,
            colour="accent",
            align="end",
        ),
        grid.words(
            Box(inner.right - right, inner.y + px(44), right, px(26)),
            say("console.called.at" if called else "console.serving.at", time=view.since),
            16,
            colour="ink2",
            align="end",
        ),
    ]
    return parts + _why(view, card, grid, Box(inner.x, inner.y + px(80), inner.w, px(40)))


def _why(view: View, card: Card, grid: Grid, strip: Box) -> list[Part]:
    """What needs care, and why this person was called."""
    px, say = grid.px, grid.say
    warm = card.sensitive or card.urgent
    tone = "warm_ink" if warm else "ink"
    marks = [say(f"card.{mark}") for mark in ("sensitive", "urgent") if getattr(card, mark)]
    text = "　".join([*marks, say("card.reason", reason=view.reason)] if view.reason else marks)
    if not text:
        return []
    return [
        Panel(strip, fill="warm_bg" if warm else "tint", border="warm_line" if warm else "", radius=px(8)),
        Icon(
            Box(strip.x + px(12), strip.y + px(10), px(20), px(20)),
            "shield-alert" if warm else "info",
            colour=tone if warm else "accent",
        ),
        grid.words(
            Box(strip.x + px(42), strip.y, strip.w - px(54), strip.h),
            text,
            17,
            colour=tone,
            bold=warm,
            shrink=True,
        ),
    ]


def _section(grid: Grid, inner: Box, y: int, icon: str, key: str) -> list[Part]:
    px = grid.px
    return [
        Icon(Box(inner.x, y + px(10), px(20), px(20)), icon),
        grid.words(Box(inner.x + px(30), y, px(160), px(40)), grid.say(key), 17, bold=True, colour="accent"),
    ]


def _answers_height(rows: int, grid: Grid) -> int:
    return grid.px(42) + max(1, -(-rows // 2)) * grid.px(36) + grid.px(16)


def _answers(shown: Sequence[tuple[str, str]], grid: Grid, area: Box) -> list[Part]:
    px = grid.px
    parts = _section(grid, area, area.y, "clipboard-list", "card.answers")
    y = area.y + px(42)
    half = (area.w - px(24)) // 2
    label = px(126)
    for index, (name, answer) in enumerate(shown):
        x = area.x + (index % 2) * (half + px(24))
        top = y + (index // 2) * px(36)
        parts += [
            grid.words(Box(x, top, label, px(36)), name, 15, colour="ink2", shrink=True),
            grid.words(Box(x + label, top, half - label, px(36)), answer, 17, bold=True, shrink=True),
        ]
    y += max(1, -(-len(shown) // 2)) * px(36) + px(8)
    return [*parts, Rule(Box(area.x, y, area.w, 1))]


def _own_words(card: Card, grid: Grid, area: Box) -> list[Part]:
    """The words in full; `area` holds them."""
    if card.words is None:
        return [
            *_section(grid, area, area.y, "message-square-text", "card.words"),
            _remark(grid, area, "card.no_words"),
        ]
    parts = _words_head(card.words, grid, area)
    x = area.x + grid.px(276 if card.words.mark else 136)
    said = Box(x, area.y, area.right - x, grid.px(40))
    parts.append(grid.words(said, _how(card.words), 15, shrink=True))
    for title, text, language, box in _columns(card.words, grid, _body(area, grid)):
        parts += _column(title, text, language, box, grid)
    return parts


def _words_follow(grid: Grid, area: Box) -> list[Part]:
    return [
        *_section(grid, area, area.y, "message-square-text", "card.words"),
        _remark(grid, area, "card.words.follow"),
    ]


def _remark(grid: Grid, area: Box, key: str) -> Part:
    px = grid.px
    box = Box(area.x + px(136), area.y, area.w - px(136), px(40))
    return grid.words(box, grid.say(key), 16, colour="ink2")


def _word_leaves(told: Told, grid: Grid, rest: Box) -> list[list[Part]]:
    """The words on pages of their own: Japanese and original go on side by side."""
    body = _body(rest, grid)
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
    parts = _section(grid, area, area.y, "message-square-text", "card.words")
    if told.mark:
        pill = Box(area.x + px(136), area.y + px(5), px(130), px(30))
        parts.append(Pill(pill, told.mark, "ja", icon="bot", tone="warm", size=15 * grid.unit))
    return parts


def _how(told: Told) -> str:
    """How the words were given, and what the person said to the translation."""
    return " ・ ".join(text for text in (told.means, told.accepted) if text)


def _body(area: Box, grid: Grid) -> Box:
    """Where the words stand below their head."""
    return Box(area.x, area.y + grid.px(44), area.w, area.h - grid.px(44))


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
        _long(text, language, box, grid),
    ]


def _long(text: str, language: str, box: Box, grid: Grid) -> Words:
    smaller = tuple(size * grid.unit for size in (16.0, 15.0, 14.0, 13.0))
    return Words(box, text, language, 17 * grid.unit, smaller=smaller)


def _rows(card: Card, grid: Grid) -> list[tuple[str, str, str]]:
    """Icon, title and text of the foot: earlier notes, and what the kiosk told."""
    rows = []
    if card.notes:
        rows.append(("pencil", "card.notes", "　".join(card.notes)))
    if card.told or card.bring:
        rows.append(("map-pin", "card.told", "　／　".join(card.told) or grid.say("card.none")))
    if card.bring:
        rows.append(("folder-open", "card.bring", card.bring))
    return rows


def _row_box(grid: Grid, area: Box, y: int) -> Box:
    return Box(area.x + grid.px(160), y, area.w - grid.px(160), grid.px(46))


def _foot(card: Card, grid: Grid, area: Box) -> list[Part]:
    """What the kiosk told and earlier notes. A row too long for its place begins here and stands in full on
    a page of its own."""
    px = grid.px
    rows = _rows(card, grid)
    if not rows:
        return []
    height = px(46)
    top = area.bottom - height * len(rows)
    parts: list[Part] = [Rule(Box(area.x, top - px(6), area.w, 1))]
    for index, (icon, key, text) in enumerate(rows):
        box = _row_box(grid, area, top + index * height)
        parts += _section(grid, area, box.y, icon, key)
        cut = pieces(text, box, grid)
        shown = cut[0] if len(cut) == 1 else f"{cut[0].rstrip('。、')}…"
        parts.append(grid.words(box, shown, 16, shrink=True, lines=2))
    return parts
