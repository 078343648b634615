"""The left of a talk's page: phrases by group, or what is to be filled into one."""

from __future__ import annotations

from kiosk.ui.counter.buttons import Key, keycap, small_button
from kiosk.ui.counter.grid import Grid
from kiosk.ui.counter.own import FieldBox, field_frame
from kiosk.ui.counter.talk.base import columns, finger, turning
from kiosk.ui.counter.talk.view import Fill, TalkView
from kiosk.ui.parts import Box, Icon, Panel, Part, Target
from kiosk.ui.resident.base import grid as boxes
from kiosk.ui.talk.phrases import GROUPS

SEARCH = "talk-search"
MOST_ROWS = 7
"""Phrases at a time, where there is room."""
FIVE = 440
"""Pixels of width in which five groups of phrases stand side by side."""


def phrases(view: TalkView, area: Box, grid: Grid) -> tuple[list[Part], list[FieldBox]]:
    """The field one searches or fills with, groups or the phrase that is filled, and the list."""
    px = grid.px
    parts: list[Part] = []
    fields: list[FieldBox] = []
    y = area.y
    if view.fill is None or view.fill.typed:
        fields = [FieldBox(SEARCH, Box(area.x + px(6), y + px(34), area.w - px(12), px(32)))]
        parts += field_frame(view.field, fields[0].box, grid)
        y = fields[0].box.bottom + px(16)
    if view.fill is not None:
        parts += _fill(view.fill, Box(area.x, y, area.w, px(104)), grid)
    else:
        across, high = _chips(grid, area)
        chips = Box(area.x, y, area.w, high)
        for chip, box in zip(view.chips, boxes(chips, len(view.chips), across, px(6)), strict=True):
            parts += _chip(chip.id, chip.label, box, grid, chosen=chip.chosen)
    return parts + _listed(view, area, grid), fields


def _listed(view: TalkView, area: Box, grid: Grid) -> list[Part]:
    """What may be picked, and back and on through its pages."""
    px = grid.px
    rest = _list(grid, area, fill=view.fill is not None, typed=view.fill is None or view.fill.typed)
    high = rest.h // _count(rest, grid) - px(4)
    parts: list[Part] = []
    for place, (words, icon) in enumerate(view.rows):
        parts += _row(place, words, icon, Box(rest.x, rest.y + place * (high + px(4)), rest.w, high), grid)
    if view.place:
        line = Box(rest.x, area.bottom - finger(grid), rest.w, finger(grid))
        parts += turning("list", view.place, line, grid)
    elif not view.rows and view.fill is None:
        parts.append(grid.words(Box(rest.x, rest.y, rest.w, px(60)), grid.say("talk.none"), 16, lines=2))
    return parts


def rows_in(grid: Grid, *, fill: bool, typed: bool) -> int:
    """How many phrases, or things to fill in, stand on a page of the list."""
    return _count(_list(grid, columns(grid, grid.whole)[0], fill=fill, typed=typed), grid)


def _count(room: Box, grid: Grid) -> int:
    return max(1, min(MOST_ROWS, room.h // (finger(grid) + grid.px(4))))


def _chips(grid: Grid, area: Box) -> tuple[int, int]:
    """Columns and height of the groups."""
    columns = 5 if area.w >= FIVE else 3
    lines = -(-(len(GROUPS) + 1) // columns)
    return columns, lines * finger(grid) + (lines - 1) * grid.px(6)


def _list(grid: Grid, area: Box, *, fill: bool, typed: bool) -> Box:
    """Where the list stands: below field and groups, or the phrase that is filled in; above its pages."""
    px = grid.px
    above = (px(82) if typed else 0) + (px(112) if fill else _chips(grid, area)[1] + px(10))
    return Box(area.x, area.y + above, area.w, area.h - above - finger(grid) - px(2))


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


def _fill(fill: Fill, box: Box, grid: Grid) -> list[Part]:
    """The phrase, what is asked for, and the way out."""
    px = grid.px
    out = Box(box.right - px(150), box.y, px(150), finger(grid))
    return [
        *small_button(Key("unfill", "", "arrow-left", grid.say("talk.unfill")), out, grid)[:4],
        grid.words(Box(box.x, box.y, out.x - box.x - px(10), px(48)), fill.sentence, 17, bold=True,
                   shrink=True, lines=2),
        grid.words(Box(box.x, box.y + px(56), box.w, px(44)), fill.asks, 17, colour="accent", bold=True,
                   shrink=True),
    ]  # fmt: skip
