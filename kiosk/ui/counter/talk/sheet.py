"""The counselor's page of a talk laid out: phrases, the talk, typed words."""

from __future__ import annotations

from dataclasses import replace

from kiosk.ui.counter.buttons import Key, small_button
from kiosk.ui.counter.grid import Grid
from kiosk.ui.counter.own import Laid, page_head
from kiosk.ui.counter.talk.base import columns, finger
from kiosk.ui.counter.talk.phrasesheet import phrases
from kiosk.ui.counter.talk.saidsheet import said_so_far
from kiosk.ui.counter.talk.typedsheet import typed
from kiosk.ui.counter.talk.view import TalkView
from kiosk.ui.parts import Box
from kiosk.ui.resident.base import grid as boxes


def lay_talk(view: TalkView, grid: Grid, area: Box) -> Laid:
    parts, _ = page_head(view.title, view.status, grid, area)
    left, middle, right, foot = columns(grid, area)
    reads = grid.single and view.older > 0
    picked, search = ([], []) if reads else phrases(view, left, grid)
    own, field = typed(view, right, grid)
    parts += [*picked, *own]
    if grid.single:
        line = Box(left.x, right.y, left.w, finger(grid))
        way = ("older:-1", "↓", "narrow.phrases") if reads else ("older:1", "↑", "narrow.said")
        target, key, words = way
        parts += small_button(Key(target, key, "message-square-text", grid.say(words)), line, grid)
    if reads or not grid.single:
        back = view.older - 1 if reads else view.older
        parts += said_so_far(replace(view, older=back), middle, grid)
    count = len(view.actions)
    across = (count + 1) // 2 if grid.narrow else count
    for (target, key, icon, label), box in zip(
        view.actions, boxes(foot, count, across, grid.px(10)), strict=True
    ):
        parts += small_button(Key(target, key, icon, label), box, grid)
    return Laid(tuple(parts), (*search, *field))
