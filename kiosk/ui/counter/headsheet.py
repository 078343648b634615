"""The console's head: counter, office, what is wrong, help, lock, clock."""

from __future__ import annotations

from kiosk.ui.counter.buttons import Key, small_button
from kiosk.ui.counter.grid import Grid
from kiosk.ui.counter.notice import notice
from kiosk.ui.counter.view import View
from kiosk.ui.parts import Box, Icon, Panel, Part, Rule, Target

HIGH = 56
"""Design pixels of the head."""


def head(view: View, grid: Grid) -> list[Part]:
    px, width, high = grid.px, grid.width, grid.px(HIGH)
    right = width - px(24)
    clock = Box(right - px(76), 0, px(76), high)
    wide = px(112) if view.staff else 0
    staff = Box(clock.x - px(20) - wide, 0, wide, high)
    wide = px(172) if view.can_lock else 0
    lock = Box(staff.x - px(12) - wide, px(10), wide, px(36))
    help_me = Box(lock.x - px(10) - px(50), px(3), px(50), px(50))
    saved = Box(help_me.x - px(8) - px(290), 0, px(290), high)
    parts: list[Part] = [
        Panel(Box(0, 0, width, high), radius=0),
        Rule(Box(0, high, width, 1)),
        *_counter(view, grid),
        grid.words(Box(px(136), 0, px(260), high), view.office, 17, shrink=True),
        *_disaster(view, grid),
        *_status(view, grid, saved),
        *_help(view, grid, help_me),
        grid.words(clock, view.clock, 20, bold=True, align="end", language="en"),
    ]
    if view.can_lock:
        parts += small_button(Key("lock", "⇧F11", "lock-keyhole", grid.say("console.lock")), lock, grid)
    if view.staff:
        words = grid.say("console.staff", staff=view.staff)
        parts.append(grid.words(staff, words, 16, align="end", shrink=True))
    return parts


def _counter(view: View, grid: Grid) -> list[Part]:
    """Which counter this is; a desk by its name."""
    box = Box(grid.px(24), grid.px(10), grid.px(96), grid.px(36))
    name = grid.say("console.counter", n=view.counter) if view.counter.isdigit() else view.counter
    inner = box.inset(grid.px(8), 0)
    return [
        Panel(box, fill="accent", radius=grid.px(8)),
        grid.words(inner, name, 19, bold=True, colour="on_accent", align="center", shrink=True),
    ]


def _help(view: View, grid: Grid, box: Box) -> list[Part]:
    """To everything that can be done, and the keys."""
    if view.locked is not None:
        return []
    px = grid.px
    return [
        Panel(box.inset(px(7)), border="line", radius=px(8)),
        Target("help", box, "plain", "", grid.language),
        Icon(box.inset(px(14)), "circle-help"),
    ]


def _disaster(view: View, grid: Grid) -> list[Part]:
    """That the kiosks show their disaster pages, for as long as they do."""
    if not view.disaster:
        return []
    strip = Box(grid.px(404), grid.px(10), grid.px(180), grid.px(36))
    return notice(grid.say("console.disaster"), "tent", strip, grid)


def _status(view: View, grid: Grid, box: Box) -> list[Part]:
    """That tickets are kept; or that something is wrong, which a press tells in full."""
    if not view.fault:
        return [grid.words(box, grid.say("console.saved"), 15, align="end", colour="ink2")]
    strip = box.inset(0, grid.px(10))
    target = Target("faults", strip, "plain", "", grid.language)
    return [*notice(view.fault, "triangle-alert", strip, grid), target]
