"""The handover card laid out. What does not fit goes on further pages, never out of sight unsaid."""

from __future__ import annotations

from kiosk.core.ticket import State
from kiosk.ui.counter.card import Card
from kiosk.ui.counter.card import Words as Told
from kiosk.ui.counter.grid import Grid
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
    answers, y = _answers(view, card, grid, inner, y)
    parts += answers
    told = _told(card, grid, inner)
    bottom = told[0].box.y if told else inner.bottom
    return parts + _own_words(card, grid, Box(inner.x, y, inner.w, bottom - y - px(8))) + told


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
    strip = Box(inner.x, inner.y + px(80), inner.w, px(40))
    warm = card.sensitive or card.urgent
    tone = "warm_ink" if warm else "ink"
    marks = [say(f"card.{mark}") for mark in ("sensitive", "urgent") if getattr(card, mark)]
    text = "　".join([*marks, say("card.reason", reason=view.reason)] if view.reason else marks)
    if text:
        parts += [
            Panel(
                strip, fill="warm_bg" if warm else "tint", border="warm_line" if warm else "", radius=px(8)
            ),
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
    return parts


def _section(grid: Grid, inner: Box, y: int, icon: str, key: str) -> list[Part]:
    px = grid.px
    return [
        Icon(Box(inner.x, y + px(10), px(20), px(20)), icon),
        grid.words(Box(inner.x + px(30), y, px(160), px(40)), grid.say(key), 17, bold=True, colour="accent"),
    ]


def _answers(view: View, card: Card, grid: Grid, inner: Box, y: int) -> tuple[list[Part], int]:
    px, say = grid.px, grid.say
    parts = _section(grid, inner, y, "clipboard-list", "card.answers")
    per_page = ROWS * 2
    pages = max(1, -(-len(card.answers) // per_page))
    page = view.page % pages
    shown = card.answers[page * per_page : (page + 1) * per_page]
    end = Box(inner.right - px(200), y, px(200), px(40))
    if pages > 1:
        parts.append(
            Target(
                "page",
                end,
                "more",
                say("card.more", page=page + 1, pages=pages),
                "ja",
                size=15 * grid.unit,
                icon_after="arrow-right",
            )
        )
    else:
        parts.append(grid.words(end, say("card.curated"), 14, colour="ink2", align="end"))
    y += px(42)
    half = (inner.w - px(24)) // 2
    label = px(126)
    for index, (name, answer) in enumerate(shown):
        x = inner.x + (index % 2) * (half + px(24))
        top = y + (index // 2) * px(36)
        parts += [
            grid.words(Box(x, top, label, px(36)), name, 15, colour="ink2", shrink=True),
            grid.words(Box(x + label, top, half - label, px(36)), answer, 17, bold=True, shrink=True),
        ]
    y += max(1, -(-len(shown) // 2)) * px(36) + px(8)
    parts.append(Rule(Box(inner.x, y, inner.w, 1)))
    return parts, y + px(8)


def _own_words(card: Card, grid: Grid, area: Box) -> list[Part]:
    px, say = grid.px, grid.say
    parts = _section(grid, area, area.y, "message-square-text", "card.words")
    told = card.words
    if told is None:
        parts.append(
            grid.words(
                Box(area.x + px(136), area.y, area.w - px(136), px(40)),
                say("card.no_words"),
                16,
                colour="ink2",
            )
        )
        return parts
    x = area.x + px(136)
    if told.mark:
        parts.append(
            Pill(
                Box(x, area.y + px(5), px(130), px(30)),
                told.mark,
                "ja",
                icon="bot",
                tone="warm",
                size=15 * grid.unit,
            )
        )
        x += px(140)
    parts.append(
        grid.words(
            Box(x, area.y, area.right - x, px(40)),
            " ・ ".join(t for t in (told.means, told.accepted) if t),
            15,
            shrink=True,
        )
    )
    body = Box(area.x, area.y + px(44), area.w, area.h - px(44))
    return parts + _columns(told, grid, body)


def _columns(told: Told, grid: Grid, body: Box) -> list[Part]:
    """Japanese and the original side by side; the original alone where it was not translated."""
    px, say = grid.px, grid.say
    texts = [("card.japanese", told.japanese, "ja")] if told.japanese else []
    texts.append(("card.original", told.original, told.language))
    wide = (body.w - px(24) * (len(texts) - 1)) // len(texts)
    parts: list[Part] = []
    for index, (name, text, language) in enumerate(texts):
        box = Box(body.x + index * (wide + px(24)), body.y, wide, body.h)
        if index:
            parts.append(Rule(Box(box.x - px(12), box.y, 1, box.h)))
        parts += [
            grid.words(Box(box.x, box.y, box.w, px(24)), say(name), 14, colour="ink2"),
            Words(
                Box(box.x, box.y + px(26), box.w, box.h - px(26)),
                text,
                language,
                17 * grid.unit,
                colour="ink" if language == "ja" or len(texts) == 1 else "ink2",
                smaller=(16 * grid.unit, 15 * grid.unit, 14 * grid.unit, 13 * grid.unit),
            ),
        ]
    return parts


def _told(card: Card, grid: Grid, inner: Box) -> list[Part]:
    """What the kiosk told and earlier notes, along the card's foot."""
    px, say = grid.px, grid.say
    rows = []
    if card.notes:
        rows.append(("pencil", "card.notes", "　".join(card.notes)))
    if card.told or card.bring:
        rows.append(("map-pin", "card.told", "　／　".join(card.told) or say("card.none")))
    if card.bring:
        rows.append(("folder-open", "card.bring", card.bring))
    if not rows:
        return []
    height = px(40)
    top = inner.bottom - px(12) - height * len(rows)
    parts: list[Part] = [Rule(Box(inner.x, top - px(6), inner.w, 1))]
    for index, (icon, key, text) in enumerate(rows):
        y = top + index * height
        parts += _section(grid, inner, y, icon, key)
        parts.append(
            grid.words(Box(inner.x + px(160), y, inner.w - px(160), height), text, 16, shrink=True, lines=2)
        )
    return parts
