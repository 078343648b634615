"""The counselor's page of a talk laid out: phrases, the talk, typed words."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from kiosk.ui.counter.buttons import Key, keycap, small_button
from kiosk.ui.counter.grid import Grid
from kiosk.ui.counter.own import FieldBox, Laid, field_frame, page_head
from kiosk.ui.counter.talk.view import Said, TalkView
from kiosk.ui.parts import Box, Icon, Panel, Part, Rule, Target
from kiosk.ui.resident.base import grid as boxes
from kiosk.ui.talk.phrases import GROUPS

SEARCH, TYPED = "talk-search", "talk-typed"
MOST_ROWS = 7
"""Phrases at a time, where there is room."""
FINGER = 44
"""Window pixels and design pixels, whichever is more: no row for a finger is lower."""
FIVE = 440
"""Pixels of width in which five groups of phrases stand side by side."""
TEXT, SMALL = 23, 20
"""Design pixels of a line of text in the talk, and of a smaller one."""
MOST = 12
"""Lines of a text that stand together."""
NEAR = 34
"""Characters of the last answer that are shown large; all of it stands in the talk."""


def lay_talk(view: TalkView, grid: Grid, area: Box) -> Laid:
    px = grid.px
    parts, _ = page_head(view.title, view.status, grid, area)
    left, middle, right, foot = _columns(grid, area)
    fields: list[FieldBox] = []
    parts += _phrases(view, left, grid, fields)
    parts += _said_so_far(view, middle, grid)
    parts += _typed(view, right, grid, fields)
    for (target, key, icon, label), box in zip(
        view.actions, boxes(foot, len(view.actions), len(view.actions), px(10)), strict=True
    ):
        parts += small_button(Key(target, key, icon, label), box, grid)
    return Laid(tuple(parts), tuple(fields))


def _columns(grid: Grid, area: Box) -> tuple[Box, Box, Box, Box]:
    """Phrases, the talk, typed words; and the foot."""
    px = grid.px
    _, rest = page_head("x", "x", grid, area)
    foot = Box(rest.x, rest.bottom - _finger(grid), rest.w, _finger(grid))
    body = Box(rest.x, rest.y, rest.w, foot.y - px(12) - rest.y)
    gap = px(24)
    left = Box(body.x, body.y, body.w * 37 // 100, body.h)
    right = Box(body.right - body.w * 31 // 100, body.y, body.w * 31 // 100, body.h)
    return left, Box(left.right + gap, body.y, right.x - left.right - 2 * gap, body.h), right, foot


def _phrases(view: TalkView, area: Box, grid: Grid, fields: list[FieldBox]) -> list[Part]:
    px = grid.px
    parts: list[Part] = []
    y = area.y
    if view.fill is None or view.fill.typed:
        field = FieldBox(SEARCH, Box(area.x + px(6), y + px(34), area.w - px(12), px(32)))
        fields.append(field)
        parts += field_frame(view.field, field.box, grid)
        y = field.box.bottom + px(16)
    if view.fill is not None:
        parts += _fill(view, Box(area.x, y, area.w, px(104)), grid)
    else:
        columns, high = _chips(grid, area)
        chips = Box(area.x, y, area.w, high)
        for chip, box in zip(view.chips, boxes(chips, len(view.chips), columns, px(6)), strict=True):
            parts += _chip(chip.id, chip.label, box, grid, chosen=chip.chosen)
    rest = _list(grid, area, fill=view.fill is not None, typed=view.fill is None or view.fill.typed)
    count = _count(rest, grid)
    high = rest.h // count - px(4)
    for place, (words, icon) in enumerate(view.rows):
        box = Box(rest.x, rest.y + place * (high + px(4)), rest.w, high)
        parts += _row(place, words, icon, box, grid)
    if view.place:
        line = Box(rest.x, area.bottom - _finger(grid), rest.w, _finger(grid))
        parts += _turn("list", view.place, line, grid)
    elif not view.rows and view.fill is None:
        parts.append(grid.words(Box(rest.x, rest.y, rest.w, px(60)), grid.say("talk.none"), 16, lines=2))
    return parts


def rows_in(grid: Grid, *, fill: bool, typed: bool) -> int:
    """How many phrases, or things to fill in, stand on a page of the list."""
    return _count(_list(grid, _columns(grid, grid.whole)[0], fill=fill, typed=typed), grid)


def _count(room: Box, grid: Grid) -> int:
    return max(1, min(MOST_ROWS, room.h // (_finger(grid) + grid.px(4))))


def _finger(grid: Grid) -> int:
    return max(FINGER, grid.px(FINGER))


def _chips(grid: Grid, area: Box) -> tuple[int, int]:
    """Columns and height of the groups."""
    columns = 5 if area.w >= FIVE else 3
    lines = -(-(len(GROUPS) + 1) // columns)
    return columns, lines * _finger(grid) + (lines - 1) * grid.px(6)


def _list(grid: Grid, area: Box, *, fill: bool, typed: bool) -> Box:
    """Where the list stands: below field and groups, or the phrase that is filled in; above its pages."""
    px = grid.px
    above = (px(82) if typed else 0) + (px(112) if fill else _chips(grid, area)[1] + px(10))
    return Box(area.x, area.y + above, area.w, area.h - above - _finger(grid) - px(2))


def _chip(name: str, label: str, box: Box, grid: Grid, *, chosen: bool) -> list[Part]:
    fill, ink = ("accent", "on_accent") if chosen else ("surface", "ink")
    return [
        Panel(box, fill=fill, border="accent" if chosen else "line", radius=grid.px(8)),
        Target(f"group:{name}", box, "plain", "", grid.language),
        grid.words(box.inset(grid.px(4), 0), label, 15, bold=chosen, colour=ink, align="center", shrink=True,
                   lines=2),
    ]  # fmt: skip


def _row(place: int, words: str, icon: str, box: Box, grid: Grid) -> list[Part]:
    px = grid.px
    cap = Box(box.x + px(8), box.y + (box.h - px(26)) // 2, px(28), px(26))
    end = box.right - px(38 if icon else 10)
    parts: list[Part] = [
        Panel(box, border="line", radius=px(8)),
        Target(f"pick:{place}", box, "plain", "", grid.language),
        *keycap(str(place + 1), cap, grid, "ink2"),
        grid.words(Box(cap.right + px(10), box.y, end - cap.right - px(10), box.h), words, 16, shrink=True,
                   lines=2),
    ]  # fmt: skip
    if icon:
        parts.append(Icon(Box(box.right - px(30), box.y + (box.h - px(20)) // 2, px(20), px(20)), icon))
    return parts


def _fill(view: TalkView, box: Box, grid: Grid) -> list[Part]:
    """The phrase, what is asked for, and the way out."""
    px, fill = grid.px, view.fill
    assert fill is not None
    out = Box(box.right - px(150), box.y, px(150), _finger(grid))
    return [
        *small_button(Key("unfill", "", "arrow-left", grid.say("talk.unfill")), out, grid)[:4],
        grid.words(Box(box.x, box.y, out.x - box.x - px(10), px(48)), fill.sentence, 17, bold=True,
                   shrink=True, lines=2),
        grid.words(Box(box.x, box.y + px(56), box.w, px(44)), fill.asks, 17, colour="accent", bold=True,
                   shrink=True),
    ]  # fmt: skip


def _turn(kind: str, place: str, line: Box, grid: Grid) -> list[Part]:
    """Back and on through pages."""
    px = grid.px
    parts: list[Part] = [grid.words(line, place, 15, align="center", colour="ink2", language="en")]
    for step, icon, x in (("-1", "chevron-left", line.x), ("1", "chevron-right", line.right - px(72))):
        box = Box(x, line.y, px(72), line.h)
        parts += [
            Panel(box, border="line", radius=px(8)),
            Target(f"{kind}:{step}", box, "plain", "", grid.language),
            Icon(Box(box.x + (box.w - px(20)) // 2, box.y + (box.h - px(20)) // 2, px(20), px(20)), icon),
        ]
    return parts


def _said_so_far(view: TalkView, area: Box, grid: Grid) -> list[Part]:
    px = grid.px
    head = Box(area.x, area.y, area.w, px(28))
    parts: list[Part] = [grid.words(head, grid.say("talk.so_far"), 15, colour="ink2")]
    room = Box(area.x, head.bottom + px(4), area.w, area.bottom - head.bottom - px(4))
    if not view.said:
        parts.append(
            grid.words(Box(room.x, room.y, room.w, px(64)), grid.say("talk.empty"), 16, lines=2, shrink=True)
        )
        return parts
    pages = _pages(view.said, Box(room.x, room.y, room.w, room.h - _finger(grid) - px(8)), grid)
    back = min(view.older, len(pages) - 1)
    y = room.y
    for line in pages[-1 - back]:
        high = _height(line, room.w, grid)
        parts += _line(line, Box(room.x, y, room.w, high), grid)
        y += high + px(8)
    if len(pages) > 1:
        foot = Box(room.x, room.bottom - _finger(grid), room.w, _finger(grid))
        parts += [
            replace(part, id={"older:-1": "older:1", "older:1": "older:-1"}[part.id])
            if isinstance(part, Target) else part
            for part in _turn("older", f"{len(pages) - back} / {len(pages)}", foot, grid)
        ]  # fmt: skip
    return parts


def _pages(said: Sequence[Said], room: Box, grid: Grid) -> list[list[Said]]:
    """The talk in pages, filled from the newest line back."""
    pages: list[list[Said]] = [[]]
    left = room.h
    for line in reversed(said):
        high = _height(line, room.w, grid) + grid.px(8)
        if high > left and pages[0]:
            pages.insert(0, [])
            left = room.h
        pages[0].insert(0, line)
        left -= high
    return pages


def _rows(text: str, wide: int, size: float) -> int:
    """About how many lines a text takes, at most MOST: breaking at words takes more than it measures."""
    ems = sum(1.0 if unicodedata.east_asian_width(sign) in "WF" else 0.56 for sign in text)
    return max(1, min(MOST, math.ceil(ems * size * 1.12 / wide))) if text else 0


def _split(line: Said, wide: int, grid: Grid) -> tuple[int, int]:
    """Heights of what the counselor reads, and of the resident's words below it."""
    unit, inner = grid.unit, wide - grid.px(52)
    first = _rows(line.japanese, inner, 16 * unit)
    below = _rows(line.text, inner, 14 * unit)
    return grid.px(TEXT) * first, grid.px(SMALL) * below


def _height(line: Said, wide: int, grid: Grid) -> int:
    return sum(_split(line, wide, grid)) + grid.px(34)


def _line(line: Said, box: Box, grid: Grid) -> list[Part]:
    """Who, what the counselor reads, and below it what the resident reads or said."""
    px = grid.px
    indent = px(0 if line.mine else 28)
    card = Box(box.x + indent, box.y, box.w - px(28), box.h)
    inner = card.inset(px(12), px(6))
    head = f"{line.who}　{line.mark}" if line.mark else line.who
    parts: list[Part] = [
        Panel(card, fill="ground" if line.mine else "tint", radius=px(8)),
        grid.words(
            Box(inner.x, inner.y, inner.w, px(18)), head, 13, colour="warm_ink" if line.warm else "ink2"
        ),
    ]
    upper, lower = _split(line, box.w, grid)
    first = Box(inner.x, inner.y + px(20), inner.w, upper)
    if line.japanese:
        parts.append(_told(first, line.japanese, 16, "ja", grid, lines=MOST))
    if line.text:
        below = Box(inner.x, first.bottom, inner.w, lower)
        parts.append(_told(below, line.text, 14, line.language, grid, lines=MOST, small=bool(line.japanese)))
    return parts


def _told(
    box: Box, text: str, size: float, language: str, grid: Grid, *, lines: int, small: bool = False
) -> Part:
    return grid.words(box, text, size, colour="ink2" if small else "ink", language=language, lines=lines,
                      shrink=True, private=True)  # fmt: skip


def _typed(view: TalkView, area: Box, grid: Grid, fields: list[FieldBox]) -> list[Part]:
    """What the resident does and answered last; the field for one's own words and what became of them."""
    px = grid.px
    now = Box(area.x, area.y, area.w, px(136))
    parts: list[Part] = [
        Panel(now, fill="tint", radius=px(10)),
        grid.words(Box(now.x + px(16), now.y + px(8), now.w - px(32), px(26)), view.now, 15, colour="accent",
                   bold=True, shrink=True),
    ]  # fmt: skip
    if view.answer is not None:
        inner = Box(now.x + px(16), now.y + px(36), now.w - px(32), now.h - px(44))
        words = _near(view.answer.japanese or view.answer.text)
        language = "ja" if view.answer.japanese else view.answer.language
        upper = Box(inner.x, inner.y, inner.w, px(56))
        parts.append(
            grid.words(upper, words, 21, bold=True, language=language, lines=2, shrink=True, private=True)
        )
        foot = _near(view.answer.text) if view.answer.japanese else view.answer.mark
        if foot:
            below = Box(inner.x, upper.bottom, inner.w, inner.h - px(56))
            tongue = view.answer.language if view.answer.japanese else grid.language
            parts.append(_told(below, foot, 15, tongue, grid, lines=2, small=True))
    field = FieldBox(TYPED, Box(area.x + px(6), now.bottom + px(46), area.w - px(12), px(78)), many=True)
    fields.append(field)
    parts += field_frame(grid.say("talk.type"), field.box, grid)
    main = Box(area.x, area.bottom - px(50), area.w, px(50))
    result = Box(area.x, field.box.bottom + px(14), area.w, main.y - field.box.bottom - px(24))
    parts += _made(view, result, grid)
    parts += _main(view, main, grid)
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
            grid.words(Box(box.x, y, box.w, half), made.text, 17, language=made.language, lines=3,
                       shrink=True, private=True),
            Rule(Box(box.x, y + half, box.w, 1)),
        ]  # fmt: skip
        way = grid.words(Box(box.x, y + half + px(2), box.w, half), made.back, 16, language="ja", lines=3,
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
