"""The kinds of reports as tabs, and the day, month or year that the open one is of."""

from __future__ import annotations

from kiosk.ui.counter.buttons import keycap
from kiosk.ui.counter.grid import Grid
from kiosk.ui.counter.reporting.dates import KINDS
from kiosk.ui.counter.reporting.view import View
from kiosk.ui.parts import Box, Icon, Panel, Part, Rule, Target


def lay_kinds(view: View, grid: Grid, area: Box) -> list[Part]:
    """The kinds as tabs, each with its digit, and the date with its two steps."""
    px = grid.px
    stepper = min(px(400), area.w * 2 // 5)
    steps = Box(area.right - stepper, area.y, stepper, area.h - px(6))
    wide = (area.w - stepper - px(20)) // len(KINDS)
    high = area.h
    if grid.single:
        high = area.h // 2
        wide, steps = area.w // len(KINDS), Box(area.x, area.y + high + px(8), area.w, high - px(14))
    parts: list[Part] = [Rule(Box(area.x, area.bottom, area.w, 1))]
    for place, kind in enumerate(KINDS):
        box = Box(area.x + place * wide, area.y, wide - px(8), high)
        chosen = kind == view.kind
        parts.append(Target(f"kind:{kind}", box, "plain", "", grid.language))
        cap = Box(box.right - px(30), box.y + px(10), px(26), px(26))
        words = Box(box.x + px(4), box.y, cap.x - box.x - px(8), box.h)
        colour = "accent" if chosen else "ink2"
        label = grid.say(f"reports.kind.{kind}")
        parts.append(grid.words(words, label, 17, bold=chosen, colour=colour, align="center", shrink=True))
        parts += keycap(str(place + 1), cap, grid, colour)
        if chosen:
            parts.append(Panel(Box(box.x, box.bottom - px(4), box.w, px(4)), fill="accent", radius=0))
    return [*parts, *_stepper(view, grid, steps)]


def _stepper(view: View, grid: Grid, box: Box) -> list[Part]:
    px, wide = grid.px, grid.px(78)
    words = Box(box.x + wide + px(4), box.y, box.w - 2 * wide - px(8), box.h)
    parts: list[Part] = [grid.words(words, view.when, 18, bold=True, align="center", shrink=True)]
    for target, x, icon, sign, possible in (
        ("step:-1", box.x, "chevron-left", "←", view.earlier),
        ("step:1", box.right - wide, "chevron-right", "→", view.later),
    ):
        side = Box(x, box.y, wide, box.h)
        colour = "accent" if possible else "mute"
        parts.append(Panel(side, border="line" if possible else "hair", radius=px(10)))
        if possible:
            parts.append(Target(target, side, "plain", "", grid.language))
        parts.append(
            Icon(Box(side.x + px(10), side.y + (side.h - px(22)) // 2, px(22), px(22)), icon, colour)
        )
        cap = Box(side.right - px(38), side.y + (side.h - px(26)) // 2, px(30), px(26))
        parts += keycap(sign, cap, grid, "ink2" if possible else "mute")
    return parts
