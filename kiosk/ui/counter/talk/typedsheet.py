"""The right of a talk's page: what the resident does and answered last; one's own words and what became of
them."""

from __future__ import annotations

from dataclasses import replace

from kiosk.ui.counter.buttons import keycap
from kiosk.ui.counter.grid import Grid
from kiosk.ui.counter.own import FieldBox, field_frame
from kiosk.ui.counter.talk.base import told
from kiosk.ui.counter.talk.view import Said, TalkView
from kiosk.ui.parts import Box, Panel, Part, Rule, Target

TYPED = "talk-typed"
NEAR = 34
"""Characters of the last answer that are shown large; all of it stands in the talk."""


def typed(view: TalkView, area: Box, grid: Grid) -> tuple[list[Part], list[FieldBox]]:
    px = grid.px
    now = Box(area.x, area.y, area.w, px(122 if grid.narrow else 136))
    high = px(46 if grid.narrow else 78)
    field = FieldBox(TYPED, Box(area.x + px(6), now.bottom + px(46), area.w - px(12), high), many=True)
    main = Box(area.x, area.bottom - px(50), area.w, px(50))
    result = Box(area.x, field.box.bottom + px(14), area.w, main.y - field.box.bottom - px(24))
    parts = [
        *_now(view, now, grid),
        *field_frame(grid.say("talk.type"), field.box, grid),
        *_made(view, result, grid),
        *_main(view, main, grid),
    ]
    return parts, [field]


def _now(view: TalkView, box: Box, grid: Grid) -> list[Part]:
    """What the resident does just now, and the last answer."""
    px = grid.px
    head = Box(box.x + px(16), box.y + px(8), box.w - px(32), px(26))
    parts: list[Part] = [
        Panel(box, fill="tint", radius=px(10)),
        grid.words(head, view.now, 15, colour="accent", bold=True, shrink=True),
    ]
    if view.answer is not None:
        parts += _answer(view.answer, Box(head.x, box.y + px(36), head.w, box.h - px(44)), grid)
    return parts


def _answer(answer: Said, box: Box, grid: Grid) -> list[Part]:
    """In Japanese where it is, and below it as it was said, or why it is not."""
    px = grid.px
    upper = Box(box.x, box.y, box.w, px(56))
    language = "ja" if answer.japanese else answer.language
    words = _near(answer.japanese or answer.text)
    parts: list[Part] = [
        grid.words(upper, words, 21, bold=True, language=language, lines=2, shrink=True, private=True)
    ]
    foot = _near(answer.text) if answer.japanese else answer.mark
    if foot:
        below = Box(box.x, upper.bottom, box.w, box.h - px(56))
        tongue = answer.language if answer.japanese else grid.language
        parts.append(told(below, foot, 15, tongue, grid, lines=2, small=True))
    return parts


def _near(text: str) -> str:
    return text if len(text) <= NEAR else f"{text[:NEAR].rstrip()}…"


def _made(view: TalkView, box: Box, grid: Grid) -> list[Part]:
    px, made = grid.px, view.made
    note = view.note or made.note
    parts: list[Part] = []
    y = box.y
    if made.text:
        half = (box.h - px(50)) // 2
        parts += [
            grid.words(Box(box.x, y, box.w, half), made.text, 17, language=made.language, lines=4,
                       shrink=True, private=True),
            Rule(Box(box.x, y + half, box.w, 1)),
        ]  # fmt: skip
        way = grid.words(Box(box.x, y + half + px(2), box.w, half), made.back, 16, language="ja", lines=4,
                         shrink=True, private=True)  # fmt: skip
        parts.append(replace(way, marks=made.marks))
        y += 2 * half + px(4)
    foot = Box(box.x, y, box.w, box.bottom - y)
    warm = made.warm or bool(view.note)
    parts.append(
        grid.words(foot, note, 15, bold=warm, colour="warm_ink" if warm else "ink2", lines=4, shrink=True)
    )
    return parts


def _main(view: TalkView, box: Box, grid: Grid) -> list[Part]:
    px = grid.px
    ready = bool(view.main)
    target = Target(
        "main", box, "primary" if ready else "quiet", view.main or grid.say("talk.translate"), grid.language,
        icon="send", size=18 * grid.unit, bold=True, enabled=ready, align="start",
        smaller=(15 * grid.unit, 13 * grid.unit),
    )  # fmt: skip
    cap = Box(box.right - px(54), box.y + (box.h - px(28)) // 2, px(40), px(28))
    return [target, *keycap("F10", cap, grid, "on_accent" if ready else "ink2")]
