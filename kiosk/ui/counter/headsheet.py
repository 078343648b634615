"""The console's head: counter, office, what is wrong, help, lock, clock."""

from __future__ import annotations

from kiosk.ui.counter.buttons import Key, small_button
from kiosk.ui.counter.grid import Grid
from kiosk.ui.counter.notice import notice
from kiosk.ui.counter.view import View
from kiosk.ui.parts import Box, Icon, Panel, Part, Rule, Target

OFFICE = 90
"""Design pixels below which the office's name is left out."""
HIGH = 56
"""Design pixels of the head."""


def head(view: View, grid: Grid, *, signal: bool = False) -> list[Part]:
    """`signal`: whether the quiet signal stands here, as the list of numbers is not on the sheet."""
    px, width, high = grid.px, grid.width, grid.px(HIGH)
    right = width - px(24)
    clock = Box(right - px(76), 0, px(76), high)
    wide = px(112) if view.staff and not grid.single else 0
    staff = Box(clock.x - px(20) - wide, 0, wide, high)
    wide = px(150 if grid.single else 172) if view.can_lock else 0
    lock = Box(staff.x - px(12) - wide, px(10), wide, px(36))
    help_me = Box(lock.x - px(10) - px(50), px(3), px(50), px(50))
    parts: list[Part] = [
        Panel(Box(0, 0, width, high), radius=0),
        Rule(Box(0, high, width, 1)),
        *_counter(view, grid),
        *_middle(view, grid, Box(px(136), 0, help_me.x - px(8) - px(136), high), signal=signal),
        *_help(view, grid, help_me),
        grid.words(clock, view.clock, 20, bold=True, align="end", language="en"),
    ]
    if view.can_lock:
        parts += small_button(Key("lock", "⇧F11", "lock-keyhole", grid.say("console.lock")), lock, grid)
    if view.staff and not grid.single:
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


def _middle(view: View, grid: Grid, room: Box, *, signal: bool) -> list[Part]:
    """From the right: whether tickets are kept, the disaster pages, the quiet signal; what is left is the
    office's name. Where they have no room each gives way by the same share."""
    px, high = grid.px, grid.px(HIGH)
    shown = [("status", _status_wide(view, grid))]
    here = signal and view.signal is not None
    if view.disaster and not (here and grid.single):
        shown.append(("disaster", 180))
    if here:
        shown.append(("signal", 270))
    share = min(1.0, room.w / px(sum(wide + 12 for _, wide in shown)))
    parts: list[Part] = []
    x = room.right
    for name, design in shown:
        # Where it is narrow its words take two lines.
        down = px(8 if share == 1 else 3)
        box = Box(x - int(px(design) * share), down, int(px(design) * share), high - 2 * down)
        x = box.x - int(px(12) * share)
        if name == "status":
            parts += _status(view, grid, box)
        elif name == "disaster":
            parts += notice(grid.say("console.disaster"), "tent", box, grid, lines=2)
        else:
            parts += _signal(view, grid, box)
    if x - room.x >= px(OFFICE):
        office = Box(room.x, room.y, min(px(300), x - room.x), room.h)
        parts.append(grid.words(office, view.office, 17, shrink=True, lines=2))
    return parts


def _status_wide(view: View, grid: Grid) -> int:
    """Design pixels of what is said of keeping tickets."""
    if grid.single:
        return 180 if view.fault else 90
    return 290 if view.fault else 120


def _signal(view: View, grid: Grid, box: Box) -> list[Part]:
    """Somebody waits whom a counselor should go to: the number, and the key that goes there."""
    signal = view.signal
    if signal is None:
        return []
    if signal.action:
        words = f"{signal.number}　{signal.action}"
        return small_button(Key("signal", "F1", "heart-handshake", words), box, grid)
    words = f"{grid.say('console.signal')}　{signal.number}"
    return notice(words, "heart-handshake", box, grid, warm=False, lines=2)


def _status(view: View, grid: Grid, box: Box) -> list[Part]:
    """That tickets are kept; or that something is wrong, which a press tells in full."""
    if not view.fault:
        return [grid.words(box, grid.say("console.saved"), 15, align="end", colour="ink2", shrink=True)]
    target = Target("faults", box, "plain", "", grid.language)
    return [*notice(view.fault, "triangle-alert", box, grid, lines=2), target]
