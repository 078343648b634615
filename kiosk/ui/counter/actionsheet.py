"""The console's right column: clock, actions, memo and the main step."""

from __future__ import annotations

from kiosk.core.ticket import State
from kiosk.ui.counter.buttons import Key, button, keycap, small_button
from kiosk.ui.counter.grid import ROW, Grid
from kiosk.ui.counter.pages import PAGES
from kiosk.ui.counter.view import View
from kiosk.ui.parts import Box, Icon, Panel, Part


def actions(view: View, grid: Grid) -> list[Part]:
    """Clock, actions, memo and the main step, from the top down."""
    if grid.single:
        return _below(view, grid)
    px, column = grid.px, grid.right
    panel = Box(column.x, column.y, column.w, px(150))
    keys, main = _keys(view, grid)
    parts = _clock(view, grid, panel)
    wide = (column.w - px(8)) // 2
    for index, key in enumerate(keys):
        x = column.x + (index % 2) * (wide + px(8))
        top = panel.bottom + px(12) + (index // 2) * px(ROW)
        parts += small_button(key, Box(x, top, wide, px(ROW - 7)), grid)
    parts += _memo(view, grid)
    parts += button(main, Box(column.x, column.bottom - px(60), column.w, px(60)), grid, primary=True)
    if view.message:
        parts.append(
            grid.words(
                Box(column.x, column.bottom - px(102), column.w, px(40)),
                view.message,
                15,
                bold=True,
                colour="accent",
                shrink=True,
                lines=2,
            )
        )
    return parts


def _below(view: View, grid: Grid) -> list[Part]:
    """Below the card in a single column: the clock in a line, the actions, memo and main step."""
    px, area = grid.px, grid.right
    line = Box(area.x, area.y, area.w, px(46))
    keys, main = _keys(view, grid)
    title, aside, clock, hint = _times(view, grid)
    wide = (area.w - px(24)) // 4
    end = Box(line.right - px(382), line.y, px(370), line.h)
    parts: list[Part] = [
        Panel(line, radius=px(10)),
        grid.words(Box(line.x + px(16), line.y, px(220), line.h), f"{title}　{aside}".strip(), 16, bold=True,
                   colour="accent", shrink=True, lines=2),
        grid.words(Box(line.x + px(240), line.y, px(124), line.h), clock, 30, bold=True, language="en"),
        grid.words(end, view.message or hint, 15, colour="accent" if view.message else "ink2",
                   bold=bool(view.message), align="end", shrink=True, lines=2),
    ]  # fmt: skip
    for index, key in enumerate(keys):
        x = area.x + index % 4 * (wide + px(8))
        box = Box(x, line.bottom + px(8) + index // 4 * px(ROW), wide, px(ROW - 7))
        parts += small_button(key, box, grid)
    memo = grid.memo(view.state)
    left = memo.right + px(20)
    last = Box(left, area.bottom - px(60), area.right - left, px(60))
    return [*parts, *_memo(view, grid), *button(main, last, grid, primary=True)]


def _keys(view: View, grid: Grid) -> tuple[tuple[Key, ...], Key]:
    """The actions, and the main step of the state."""
    say = grid.say
    lines = Key("lines", "F9", "headset", say("console.lines"))
    if view.interpreter is not None:
        lines = Key("lines", "F9", "phone-off", say("interpreter.end"))
    earlier = Key(
        "earlier", "F11", "file-text", say("console.earlier" if view.earlier else "console.paper.short")
    )
    talk, record = (_door(target, grid) for target in ("talk", "record"))
    if view.beside:
        leave = Key("leave", "Esc", "log-out", say("together.leave"))
        return (leave, earlier, talk, record), Key("note", "F10", "check", say("together.note"))
    if view.state is State.CALLED:
        recall = Key("recall", "F3", "rotate-ccw", say("console.recall"))
        back = Key("put_back", "⇧F3", "arrow-left", say("console.put_back.do"))
        no_show = Key("no_show", "F8", "user-x", say("console.no_show"))
        start = say("console.start.quiet" if view.quiet else "console.start")
        return (recall, no_show, lines, back, earlier, talk), Key("start", "F10", "user-check", start)
    others = (
        Key("hold", "F4", "circle-pause", say("console.hold")),
        Key("transfer", "F5", "arrow-right-left", say("console.transfer")),
        lines,
        Key("appointments", "F12", "calendar-clock", say("console.book")),
        earlier,
        Key("refer", "⇧F4", "send", say("console.refer")),
        talk,
        record,
    )
    return others, Key("close", "F10", "check", say("console.close"))


def _door(target: str, grid: Grid) -> Key:
    """The page behind a key, by the short name it has here."""
    door = next(door for door in PAGES if door.target == target)
    return Key(target, door.key.replace("Shift-", "⇧"), door.icon, grid.say(f"console.{target}"))


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


def _clock(view: View, grid: Grid, panel: Box) -> list[Part]:
    """The clock in a panel of its own."""
    called = view.state is State.CALLED
    icon = "headset" if view.interpreter is not None else "megaphone" if called else "clock"
    return _panel(grid, panel, icon, *_times(view, grid))


def _times(view: View, grid: Grid) -> tuple[str, str, str, str]:
    """How long the call or the case has lasted, or the interpreter has been on the line: what it is, what
    stands beside that, the time, and a hint."""
    say, called, speaking = grid.say, view.state is State.CALLED, view.interpreter
    if speaking is not None:
        return say("console.lines"), speaking.language, speaking.elapsed, speaking.since
    hint = "together.hint" if view.beside else "console.serving.saved"
    if called:
        hint = "console.called.quiet" if view.quiet else "console.called.hint"
    title = say("console.calling" if called else "console.serving.time")
    times = say("console.called.times", n=view.calls) if called else ""
    return title, times, view.elapsed, say(hint)


def _panel(grid: Grid, panel: Box, icon: str, title: str, aside: str, clock: str, below: str) -> list[Part]:
    px = grid.px
    head = Box(panel.x + px(50), panel.y + px(8), px(160), px(38))
    end = Box(panel.right - px(106), head.y, px(86), head.h)
    time = Box(panel.x, panel.y + px(46), panel.w, px(62))
    foot = Box(panel.x + px(12), panel.y + px(112), panel.w - px(24), px(30))
    return [
        Panel(panel, radius=px(10)),
        Icon(Box(panel.x + px(20), panel.y + px(16), px(22), px(22)), icon),
        grid.words(head, title, 17, bold=True, colour="accent", shrink=True),
        grid.words(end, aside, 16, align="end", shrink=True),
        grid.words(time, clock, 48, bold=True, align="center", language="en"),
        grid.words(foot, below, 15, colour="ink2", align="center", shrink=True),
    ]
