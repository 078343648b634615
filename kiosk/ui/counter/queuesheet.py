"""The console's head and its list of numbers."""

from __future__ import annotations

from kiosk.ui.counter.buttons import Key, button, small_button
from kiosk.ui.counter.grid import Grid
from kiosk.ui.counter.view import TABS, Row, View
from kiosk.ui.parts import Box, Icon, Panel, Part, Rule, Target

SIGNAL = 114
"""Design pixels of the quiet signal, with the gap below it."""


def head(view: View, grid: Grid) -> list[Part]:
    px, width = grid.px, grid.width
    middle = Box(0, 0, width, px(56))
    right = width - px(24)
    clock = Box(right - px(76), 0, px(76), px(56))
    staff_wide = px(112) if view.staff else 0
    staff = Box(clock.x - px(20) - staff_wide, 0, staff_wide, px(56))
    lock_wide = px(172) if view.can_lock else 0
    lock = Box(staff.x - px(12) - lock_wide, px(10), lock_wide, px(36))
    help_me = Box(lock.x - px(10) - px(50), px(3), px(50), px(50))
    saved = Box(help_me.x - px(8) - px(290), 0, px(290), px(56))
    parts: list[Part] = [
        Panel(middle, radius=0),
        Rule(Box(0, px(56), width, 1)),
        Panel(Box(px(24), px(10), px(96), px(36)), fill="accent", radius=px(8)),
        grid.words(
            Box(px(32), px(10), px(80), px(36)),
            grid.say("console.counter", n=view.counter) if view.counter.isdigit() else view.counter,
            19,
            bold=True,
            colour="on_accent",
            align="center",
            shrink=True,
        ),
        grid.words(Box(px(136), 0, px(260), px(56)), view.office, 17, shrink=True),
        *_disaster(view, grid),
        *_status(view, grid, saved),
        *_help(view, grid, help_me),
        grid.words(clock, view.clock, 20, bold=True, align="end", language="en"),
    ]
    if view.can_lock:
        parts += small_button(Key("lock", "⇧F11", "lock-keyhole", grid.say("console.lock")), lock, grid)
    if view.staff:
        parts.append(
            grid.words(staff, grid.say("console.staff", staff=view.staff), 16, align="end", shrink=True)
        )
    return parts


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
    px = grid.px
    strip = Box(px(404), px(10), px(180), px(36))
    return [
        Panel(strip, fill="warm_bg", border="warm_line", radius=px(8)),
        Icon(Box(strip.x + px(10), strip.y + px(8), px(20), px(20)), "tent", colour="warm_ink"),
        grid.words(
            Box(strip.x + px(36), strip.y, strip.w - px(44), strip.h),
            grid.say("console.disaster"),
            15,
            bold=True,
            colour="warm_ink",
            shrink=True,
        ),
    ]


def _status(view: View, grid: Grid, box: Box) -> list[Part]:
    """That tickets are kept; or that something is wrong, which a press tells in full."""
    if not view.fault:
        return [grid.words(box, grid.say("console.saved"), 15, align="end", colour="ink2")]
    px = grid.px
    return [
        Panel(box.inset(0, px(10)), fill="warm_bg", border="warm_line", radius=px(8)),
        Target("faults", box.inset(0, px(10)), "plain", "", grid.language),
        Icon(Box(box.x + px(12), box.y + px(18), px(20), px(20)), "triangle-alert", colour="warm_ink"),
        grid.words(
            Box(box.x + px(42), box.y, box.w - px(54), box.h),
            view.fault,
            15,
            colour="warm_ink",
            bold=True,
            shrink=True,
        ),
    ]


def queue(view: View, grid: Grid) -> list[Part]:
    px, column = grid.px, grid.left
    call = Box(column.x, column.y, column.w, px(64))
    free = view.card is None
    waiting = view.can_call
    below = px(106 + (SIGNAL if view.signal else 0))
    nobody = "console.call.nobody.desk" if view.sent_only else "console.call.nobody"
    hint = "console.call.busy" if not free else "console.call.idle" if waiting else nobody
    if view.locked is not None:
        hint = "console.call.locked"
    card = Box(column.x, column.y + below, column.w, column.h - below)
    parts: list[Part] = [
        *button(
            Key("call", "F2", "megaphone", grid.say("console.call")),
            call,
            grid,
            primary=True,
            enabled=free and waiting,
        ),
        *_below_call(view, grid, grid.say(hint), Box(column.x, call.bottom + px(4), column.w, px(34))),
        *_signal(view, grid, Box(column.x, column.y + px(106), column.w, px(SIGNAL - 12))),
        Panel(card, radius=px(10)),
    ]
    names = ("console.tab.waiting", "console.tab.held", "console.tab.absent")
    for index, (tab, name, count) in enumerate(zip(TABS, names, view.counts, strict=True)):
        box = Box(card.x + index * card.w // 3, card.y, card.w // 3, px(48))
        on = tab == view.tab
        parts.append(Target(f"tab:{tab}", box, "plain", "", grid.language))
        parts.append(
            grid.words(
                box, grid.say(name, n=count), 16, bold=on, align="center", colour="accent" if on else "ink2"
            )
        )
        if on:
            parts.append(
                Panel(Box(box.x + px(12), box.bottom - px(3), box.w - px(24), px(3)), "accent", radius=0)
            )
    parts.append(Rule(Box(card.x, card.y + px(48), card.w, 1)))
    return parts + _rows(view, grid, card)


def _below_call(view: View, grid: Grid, hint: str, line: Box) -> list[Part]:
    """What a call does; for a minute after something was done, that it can be taken back."""
    if view.undo and view.locked is None:
        return small_button(Key("undo", "Ctrl+Z", "rotate-ccw", view.undo), line, grid)
    return [grid.words(line, hint, 14, colour="ink2", shrink=True)]


def queue_strip(view: View, grid: Grid) -> list[Part]:
    """In a narrow window with a ticket at hand: how many wait, the signal, what can be taken back."""
    px, strip = grid.px, grid.strip
    names = ("console.tab.waiting", "console.tab.held", "console.tab.absent")
    counts = " ・ ".join(grid.say(name, n=count) for name, count in zip(names, view.counts, strict=True))
    wide = (strip.w - px(24)) // 3
    parts: list[Part] = [
        Panel(strip, radius=px(10)),
        grid.words(Box(strip.x + px(16), strip.y, wide - px(16), strip.h), counts, 16, shrink=True),
    ]
    if view.undo:
        chip = Box(strip.right - wide, strip.y + px(6), wide - px(8), strip.h - px(12))
        parts += small_button(Key("undo", "^Z", "rotate-ccw", view.undo), chip, grid)
    if view.signal is not None:
        box = Box(strip.x + px(12) + wide, strip.y + px(6), wide, strip.h - px(12))
        words = f"{grid.say('console.signal')}　{view.signal.number}"
        if view.signal.action:
            parts += small_button(Key("signal", "F1", "heart-handshake", words), box, grid)
        else:
            parts += [
                Icon(Box(box.x, box.y + px(9), px(20), px(20)), "heart-handshake"),
                grid.words(
                    Box(box.x + px(28), box.y, box.w - px(28), box.h), words, 16, bold=True, shrink=True
                ),
            ]
    return parts


def _signal(view: View, grid: Grid, strip: Box) -> list[Part]:
    """Somebody waits whom a counselor should go to. It says neither why nor what for."""
    if view.signal is None:
        return []
    px, signal = grid.px, view.signal
    number = signal.number
    if signal.more:
        number = grid.say("console.signal.more", number=number, n=signal.more)
    parts: list[Part] = [
        Panel(strip, fill="tint", border="accent", border_width=1, radius=px(10)),
        Icon(Box(strip.x + px(14), strip.y + px(12), px(22), px(22)), "heart-handshake"),
        grid.words(
            Box(strip.x + px(46), strip.y + px(6), strip.w - px(54), px(34)),
            grid.say("console.signal"),
            16,
            bold=True,
            colour="accent",
            shrink=True,
        ),
    ]
    if signal.action:
        go = Key("signal", "F1", "user-check", f"{number}　{signal.action}")
        box = Box(strip.x + px(10), strip.y + px(44), strip.w - px(20), px(48))
        return parts + small_button(go, box, grid)
    line = Box(strip.x + px(46), strip.y + px(44), strip.w - px(54), px(48))
    return [*parts, grid.words(line, number, 18, bold=True, language="en")]


def _rows(view: View, grid: Grid, card: Box) -> list[Part]:
    """The list: head, as many rows as fit, how many more there are, and today's counts."""
    px = grid.px
    inner = Box(card.x + px(16), card.y + px(52), card.w - px(32), card.h - px(52))
    parts = _columns(grid, inner)
    top, height, foot = inner.y + px(33), px(52), px(76)
    room = max(1, (inner.h - px(33) - foot) // height)
    fitting = view.rows if len(view.rows) <= room else view.rows[: room - 1]
    pressable = view.tab != "waiting" and view.card is None and view.locked is None
    for index, row in enumerate(fitting):
        box = Box(inner.x, top + index * height, inner.w, height)
        parts += _row(grid, box, row, pressable=pressable)
    if len(fitting) < len(view.rows):
        below = Box(inner.x, top + len(fitting) * height, inner.w, height)
        left = len(view.rows) - len(fitting)
        parts.append(grid.words(below, grid.say("console.more", n=left), 15, colour="ink2"))
    return parts + _counts(view, grid, inner)


def _widths(grid: Grid, inner: Box) -> tuple[int, int, int]:
    """Widths of number, language and minutes."""
    number, minutes = grid.px(68), grid.px(62)
    return number, inner.w - number - minutes, minutes


def _columns(grid: Grid, inner: Box) -> list[Part]:
    say, high = grid.say, grid.px(32)
    number, language, minutes = _widths(grid, inner)
    return [
        grid.words(Box(inner.x, inner.y, number, high), say("console.column.number"), 13, colour="ink2"),
        grid.words(
            Box(inner.x + number, inner.y, language, high), say("console.column.language"), 13, colour="ink2"
        ),
        grid.words(
            Box(inner.right - minutes, inner.y, minutes, high),
            say("console.column.waited"),
            13,
            colour="ink2",
            align="end",
        ),
    ]


def _row(grid: Grid, box: Box, row: Row, *, pressable: bool) -> list[Part]:
    number, language, minutes = _widths(grid, box)
    parts: list[Part] = [Rule(Box(box.x, box.y, box.w, 1))]
    if pressable:
        parts.append(Target(f"take:{row.ticket_id}", box, "plain", "", grid.language))
    half = box.h if not (row.lane or row.day) else box.h * 5 // 9
    waited = grid.say("console.minutes", n=row.minutes)
    parts += [
        grid.words(
            Box(box.x, box.y, number, half if row.day else box.h), row.number, 18, bold=True, language="en"
        ),
        grid.words(Box(box.x + number, box.y, language, half), row.language, 16, shrink=True),
        grid.words(Box(box.right - minutes, box.y, minutes, box.h), waited, 16, align="end", shrink=True),
    ]
    if row.day:
        day = Box(box.x, box.y + half - grid.px(4), number, box.h - half)
        parts.append(grid.words(day, row.day, 13, colour="ink2", language="en"))
    if row.lane:
        parts.append(
            grid.words(
                Box(box.x + number, box.y + half - grid.px(4), language, box.h - half),
                row.lane,
                13,
                bold=True,
                colour="accent",
                shrink=True,
            )
        )
    return parts


def _counts(view: View, grid: Grid, inner: Box) -> list[Part]:
    px, say = grid.px, grid.say
    today = say("console.today", issued=view.issued, closed=view.closed)
    if view.mean is not None:
        today += "　" + say("console.today.mean", mean=view.mean)
    lines = ((66, today), (38, say("console.no_names")))
    return [
        grid.words(Box(inner.x, inner.bottom - px(up), inner.w, px(26)), text, 13, colour="ink2", shrink=True)
        for up, text in lines
    ]
