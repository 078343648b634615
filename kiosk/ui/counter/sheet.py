"""The console laid out: list, card, actions. Mock-ups 12."""

from __future__ import annotations

from kiosk.core.ticket import State
from kiosk.ui.counter.buttons import Key, button, keycap
from kiosk.ui.counter.cardsheet import card_parts
from kiosk.ui.counter.grid import Grid
from kiosk.ui.counter.queuesheet import head, queue
from kiosk.ui.counter.view import View
from kiosk.ui.parts import Box, Icon, Panel, Part, Rule, Sheet, Target


def console_sheet(view: View, grid: Grid) -> Sheet:
    """The whole window but the memo field, which is a widget laid over `grid.memo(view.state)`."""
    parts: list[Part] = [*head(view, grid), *queue(view, grid)]
    if view.card is None:
        parts += _idle(view, grid)
    else:
        parts += card_parts(view, grid)
        parts += _actions(view, grid)
    if view.faults:
        parts = _faults(view, grid)
    elif view.desks:
        parts = _transfer(view, grid)
    return Sheet(f"console-{view.state.value if view.state else 'idle'}", "ja", "ltr", tuple(parts))


def _idle(view: View, grid: Grid) -> list[Part]:
    px, say = grid.px, grid.say
    area = Box(grid.middle.x, grid.middle.y, grid.right.right - grid.middle.x, grid.middle.h)
    centre = area.x + area.w // 2
    parts: list[Part] = [
        Panel(area, radius=px(10)),
        Icon(Box(centre - px(26), area.y + px(165), px(52), px(52)), "megaphone"),
        grid.words(
            Box(area.x, area.y + px(236), area.w, px(48)),
            say("console.idle.title"),
            27,
            bold=True,
            align="center",
        ),
        grid.words(
            Box(area.x, area.y + px(290), area.w, px(32)), say("console.idle.text"), 18, align="center"
        ),
        grid.words(
            Box(area.x, area.y + px(322), area.w, px(32)), say("console.idle.why"), 18, align="center"
        ),
        Rule(Box(area.x + px(40), area.y + px(410), area.w - px(80), 1)),
        grid.words(
            Box(area.x + px(40), area.y + px(432), px(300), px(34)),
            say("console.order"),
            17,
            bold=True,
            colour="accent",
        ),
    ]
    if view.message:
        box = Box(area.x + px(40), area.y + px(40), area.w - px(80), px(48))
        parts.append(grid.words(box, view.message, 18, bold=True, colour="accent", align="center"))
    wide = (area.w - px(80)) // 3
    for index, (name, icon) in enumerate(
        (("first", "shield-alert"), ("wait", "hourglass"), ("language", "languages"))
    ):
        x = area.x + px(40) + index * wide
        top = area.y + px(484)
        parts += [
            Icon(Box(x, top, px(56), px(56)), icon, chip=True),
            grid.words(
                Box(x + px(72), top - px(2), wide - px(84), px(32)),
                f"{index + 1}  {say(f'console.order.{name}')}",
                20,
                bold=True,
            ),
            grid.words(
                Box(x + px(72), top + px(32), wide - px(84), px(56)),
                say(f"console.order.{name}.text"),
                16,
                colour="ink2",
                valign="top",
                lines=2,
            ),
        ]
    return parts


def _actions(view: View, grid: Grid) -> list[Part]:
    """Clock, actions, memo and the main step, from the top down."""
    px, column = grid.px, grid.right
    called = view.state is State.CALLED
    panel = Box(column.x, column.y, column.w, px(216))
    first, others, main = _keys(grid, called)
    parts = _clock(view, grid, panel, called)
    parts += button(first, Box(panel.x + px(20), panel.y + px(158), panel.w - px(40), px(44)), grid)
    top = panel.bottom + px(16)
    for index, key in enumerate(others):
        parts += button(key, Box(column.x, top + index * px(62), column.w, px(52)), grid)
    parts += _memo(view, grid)
    parts += button(main, Box(column.x, column.bottom - px(60), column.w, px(60)), grid, primary=True)
    if view.message:
        parts.append(
            grid.words(
                Box(column.x, column.bottom - px(96), column.w, px(32)),
                view.message,
                15,
                bold=True,
                colour="accent",
                shrink=True,
            )
        )
    return parts


def _keys(grid: Grid, called: bool) -> tuple[Key, tuple[Key, ...], Key]:
    """The first action, the others, and the main step of the state."""
    say = grid.say
    if called:
        return (
            Key("recall", "F3", "rotate-ccw", say("console.recall")),
            (Key("no_show", "F8", "user-x", say("console.no_show")),),
            Key("start", "F10", "user-check", say("console.start")),
        )
    return (
        Key("reprint", "F6", "printer", say("console.reprint")),
        (
            Key("hold", "F4", "circle-pause", say("console.hold")),
            Key("transfer", "F5", "arrow-right-left", say("console.transfer")),
        ),
        Key("close", "F10", "check", say("console.close")),
    )


def _memo(view: View, grid: Grid) -> list[Part]:
    """The frame around the memo's text field, which is a widget laid over it."""
    px = grid.px
    memo = grid.memo(view.state)
    frame = Box(memo.x - px(8), memo.y - px(38), memo.w + px(16), memo.h + px(46))
    return [
        Panel(frame, border="line", radius=px(10)),
        grid.words(
            Box(frame.x + px(16), frame.y, px(120), px(40)), grid.say("console.memo"), 15, colour="ink2"
        ),
        *keycap("F7", Box(frame.right - px(46), frame.y + px(8), px(32), px(26)), grid, "ink2"),
    ]


def _clock(view: View, grid: Grid, panel: Box, called: bool) -> list[Part]:
    """How long the call or the case has lasted."""
    px, say = grid.px, grid.say
    hint = "console.called.hint" if called else "console.serving.saved"
    parts: list[Part] = [
        Panel(panel, radius=px(10)),
        Icon(Box(panel.x + px(20), panel.y + px(18), px(22), px(22)), "megaphone" if called else "clock"),
        grid.words(
            Box(panel.x + px(50), panel.y + px(10), px(190), px(38)),
            say("console.calling" if called else "console.serving.time"),
            17,
            bold=True,
            colour="accent",
        ),
        grid.words(
            Box(panel.x, panel.y + px(52), panel.w, px(78)),
            view.elapsed,
            60,
            bold=True,
            align="center",
            language="en",
        ),
        grid.words(
            Box(panel.x + px(12), panel.y + px(126), panel.w - px(24), px(28)),
            say(hint),
            14,
            colour="ink2",
            align="center",
            shrink=True,
        ),
    ]
    if called:
        parts.append(
            grid.words(
                Box(panel.right - px(120), panel.y + px(10), px(100), px(38)),
                say("console.called.times", n=view.calls),
                16,
                align="end",
            )
        )
    return parts


def _transfer(view: View, grid: Grid) -> list[Part]:
    """The question where to, over everything else."""
    px, say = grid.px, grid.say
    area = Box(grid.middle.x, grid.middle.y, grid.right.right - grid.middle.x, grid.middle.h)
    parts: list[Part] = [
        *head(view, grid),
        *queue(view, grid),
        Panel(area, radius=px(10)),
        grid.words(
            Box(area.x + px(40), area.y + px(28), area.w - px(80), px(44)),
            say("console.transfer.title"),
            26,
            bold=True,
        ),
        grid.words(
            Box(area.x + px(40), area.y + px(74), area.w - px(80), px(32)),
            say("console.transfer.text"),
            17,
            colour="ink2",
        ),
    ]
    wide = (area.w - px(80) - px(16)) // 2
    for index, (lane, name) in enumerate(view.desks):
        box = Box(
            area.x + px(40) + (index % 2) * (wide + px(16)),
            area.y + px(130) + (index // 2) * px(80),
            wide,
            px(64),
        )
        parts.append(
            Target(f"to:{lane}", box, "secondary", name, "ja", size=19 * grid.unit, smaller=(16 * grid.unit,))
        )
    cancel = Box(area.x + px(40), area.bottom - px(92), wide, px(60))
    return parts + button(Key("cancel", "Esc", "x", say("console.cancel")), cancel, grid)


FAULTS = 6
"""Sentences on the list of what is wrong; the newest are the ones to act on."""


def _faults(view: View, grid: Grid) -> list[Part]:
    """What is wrong with settings or tickets, in full sentences, over everything else."""
    px, say = grid.px, grid.say
    area = Box(grid.middle.x, grid.middle.y, grid.right.right - grid.middle.x, grid.middle.h)
    inner = Box(area.x + px(40), area.y, area.w - px(80), area.h)
    parts: list[Part] = [
        *head(view, grid),
        *queue(view, grid),
        Panel(area, radius=px(10)),
        grid.words(
            Box(inner.x, inner.y + px(28), inner.w, px(44)), say("console.faults.title"), 26, bold=True
        ),
    ]
    height = px(72)
    for index, sentence in enumerate(view.faults[:FAULTS]):
        row = Box(inner.x, inner.y + px(92) + index * height, inner.w, height)
        parts += [
            Rule(Box(row.x, row.y, row.w, 1)),
            Icon(Box(row.x, row.y + px(24), px(24), px(24)), "triangle-alert", colour="warm_ink"),
            grid.words(Box(row.x + px(44), row.y, row.w - px(44), row.h), sentence, 16, lines=3, shrink=True),
        ]
    left = len(view.faults) - FAULTS
    if left > 0:
        below = Box(inner.x, inner.y + px(92) + FAULTS * height, inner.w, px(32))
        parts.append(grid.words(below, say("console.faults.more", n=left), 15, colour="ink2"))
    cancel = Box(inner.x, area.bottom - px(92), (inner.w - px(16)) // 2, px(60))
    return parts + button(Key("cancel", "Esc", "x", say("console.faults.close")), cancel, grid)
