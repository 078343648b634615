"""The foot of a report: turning its pages, making it again, saving it; and what was saved, or why not."""

from __future__ import annotations

from kiosk.ui.counter.buttons import Key, button, small_button
from kiosk.ui.counter.grid import Grid
from kiosk.ui.counter.reporting.front import warm
from kiosk.ui.counter.reporting.view import View
from kiosk.ui.parts import Box, Icon, Part


def lay_told(view: View, grid: Grid, foot: Box) -> list[Part]:
    """What was saved, or why not: in the foot's middle, in a narrow window on a line above it."""
    px = grid.px
    left, right = _foot_room(grid, foot)
    box = Box(left, foot.y, right - left, foot.h)
    if grid.narrow:
        box = Box(foot.x, foot.y - px(48), foot.w, px(42))
    if view.note:
        return warm(view.note, box, grid)
    mark = Box(box.x, box.y + (box.h - px(22)) // 2, px(22), px(22))
    words = Box(box.x + px(32), box.y, box.w - px(32), box.h)
    return [
        Icon(mark, "circle-check"),
        grid.words(words, view.message, 15, bold=True, colour="accent", shrink=True, lines=2),
    ]


def _foot_room(grid: Grid, foot: Box) -> tuple[int, int]:
    """What the buttons at both ends leave."""
    px = grid.px
    return foot.x + px(2 * 150 + 96), foot.right - px(250 + 200 + 28)


def lay_foot(at: int, count: int, grid: Grid, foot: Box) -> list[Part]:
    """Turning at the left, making again and saving at the right."""
    px = grid.px
    wide = px(135 if grid.single else 150)
    parts: list[Part] = []
    if at:
        before = Box(foot.x, foot.y, wide, foot.h)
        parts += small_button(Key("turn:-1", "PgUp", "arrow-left", grid.say("reports.before")), before, grid)
    shown = Box(foot.x + wide, foot.y, px(62 if grid.single else 80), foot.h)
    parts.append(grid.words(shown, f"{at + 1} / {count}", 16, bold=True, align="center", shrink=True))
    if at + 1 < count:
        after = Box(shown.right, foot.y, wide, foot.h)
        parts += small_button(Key("turn:1", "PgDn", "arrow-right", grid.say("reports.after")), after, grid)
    main, other = px(190 if grid.single else 250), px(150 if grid.single else 200)
    save = Box(foot.right - main, foot.y, main, foot.h)
    again = Box(save.x - px(12) - other, foot.y, other, foot.h)
    parts += small_button(
        Key("again", "^R" if grid.single else "Ctrl+R", "rotate-ccw", grid.say("reports.again")), again, grid
    )
    key = Key("save", "F10", "arrow-up-from-line", grid.say("reports.save"))
    return [*parts, *button(key, save, grid, primary=True)]
