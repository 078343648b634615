"""The console's head and its list of numbers."""

from __future__ import annotations

from kiosk.ui.counter.buttons import Key, button
from kiosk.ui.counter.grid import Grid
from kiosk.ui.counter.view import TABS, View
from kiosk.ui.parts import Box, Icon, Panel, Part, Rule, Target


def head(view: View, grid: Grid) -> list[Part]:
    px, width = grid.px, grid.width
    middle = Box(0, 0, width, px(56))
    right = width - px(24)
    clock = Box(right - px(76), 0, px(76), px(56))
    staff_wide = px(130) if view.staff else 0
    staff = Box(clock.x - px(20) - staff_wide, 0, staff_wide, px(56))
    saved = Box(staff.x - px(20) - px(470), 0, px(470), px(56))
    parts: list[Part] = [
        Panel(middle, radius=0),
        Rule(Box(0, px(56), width, 1)),
        Panel(Box(px(24), px(10), px(96), px(36)), fill="accent", radius=px(8)),
        grid.words(
            Box(px(24), px(10), px(96), px(36)),
            grid.say("console.counter", n=view.counter),
            19,
            bold=True,
            colour="on_accent",
            align="center",
        ),
        grid.words(Box(px(136), 0, px(360), px(56)), view.office, 17),
        *_status(view, grid, saved),
        grid.words(clock, view.clock, 20, bold=True, align="end", language="en"),
    ]
    if view.staff:
        parts.append(grid.words(staff, grid.say("console.staff", staff=view.staff), 16, align="end"))
    return parts


def _status(view: View, grid: Grid, box: Box) -> list[Part]:
    """That tickets are kept; or that something is wrong, which a press tells in full."""
    if not view.fault:
        return [grid.words(box, grid.say("console.saved"), 15, align="end", colour="ink2")]
    px = grid.px
    return [
        Panel(box.inset(0, px(10)), fill="warm_bg", border="warm_line", radius=px(8)),
        Target("faults", box.inset(0, px(10)), "plain", "", "ja"),
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
    hint = "console.call.busy" if not free else "console.call.idle" if waiting else "console.call.nobody"
    card = Box(column.x, column.y + px(106), column.w, column.h - px(106))
    parts: list[Part] = [
        *button(
            Key("call", "F2", "megaphone", grid.say("console.call")),
            call,
            grid,
            primary=True,
            enabled=free and waiting,
        ),
        grid.words(Box(column.x, call.bottom + px(6), column.w, px(30)), grid.say(hint), 14, colour="ink2"),
        Panel(card, radius=px(10)),
    ]
    names = ("console.tab.waiting", "console.tab.held", "console.tab.absent")
    for index, (tab, name, count) in enumerate(zip(TABS, names, view.counts, strict=True)):
        box = Box(card.x + index * card.w // 3, card.y, card.w // 3, px(48))
        on = tab == view.tab
        parts.append(Target(f"tab:{tab}", box, "plain", "", "ja"))
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


def _rows(view: View, grid: Grid, card: Box) -> list[Part]:
    px, say = grid.px, grid.say
    inner = Box(card.x + px(16), card.y + px(52), card.w - px(32), card.h - px(52))
    number, language = px(68), inner.w - px(68) - px(56)
    parts: list[Part] = [
        grid.words(Box(inner.x, inner.y, number, px(32)), say("console.column.number"), 13, colour="ink2"),
        grid.words(
            Box(inner.x + number, inner.y, language, px(32)),
            say("console.column.language"),
            13,
            colour="ink2",
        ),
        grid.words(
            Box(inner.right - px(56), inner.y, px(56), px(32)),
            say("console.column.waited"),
            13,
            colour="ink2",
            align="end",
        ),
    ]
    top, height, foot = inner.y + px(33), px(52), px(76)
    room = max(1, (inner.h - px(33) - foot) // height)
    fitting = view.rows if len(view.rows) <= room else view.rows[: room - 1]
    for index, row in enumerate(fitting):
        box = Box(inner.x, top + index * height, inner.w, height)
        parts.append(Rule(Box(box.x, box.y, box.w, 1)))
        if view.tab != "waiting" and view.card is None:
            parts.append(Target(f"take:{row.ticket_id}", box, "plain", "", "ja"))
        half = height if not row.lane else height * 5 // 9
        parts += [
            grid.words(Box(box.x, box.y, number, height), row.number, 18, bold=True, language="en"),
            grid.words(Box(box.x + number, box.y, language, half), row.language, 16, shrink=True),
            grid.words(
                Box(box.right - px(56), box.y, px(56), height),
                say("console.minutes", n=row.minutes),
                16,
                align="end",
            ),
        ]
        if row.lane:
            parts.append(
                grid.words(
                    Box(box.x + number, box.y + half - px(4), language, height - half),
                    say("console.lane", lane=row.lane),
                    13,
                    bold=True,
                    colour="accent",
                    shrink=True,
                )
            )
    if len(fitting) < len(view.rows):
        below = Box(inner.x, top + len(fitting) * height, inner.w, height)
        left = len(view.rows) - len(fitting)
        parts.append(grid.words(below, say("console.more", n=left), 15, colour="ink2"))
    today = say("console.today", issued=view.issued, closed=view.closed)
    if view.mean is not None:
        today += "　" + say("console.today.mean", mean=view.mean)
    parts.append(
        grid.words(
            Box(inner.x, inner.bottom - px(66), inner.w, px(26)), today, 13, colour="ink2", shrink=True
        )
    )
    parts.append(
        grid.words(
            Box(inner.x, inner.bottom - px(38), inner.w, px(26)), say("console.no_names"), 13, colour="ink2"
        )
    )
    return parts
