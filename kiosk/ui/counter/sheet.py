"""The console laid out: list, card, actions, and the pages over them. Mock-ups 12."""

from __future__ import annotations

from kiosk.core.ticket import State
from kiosk.ui.counter.asksheet import ask_parts
from kiosk.ui.counter.besidesheet import beside_parts
from kiosk.ui.counter.buttons import Key, button, keycap, small_button
from kiosk.ui.counter.cardsheet import Shown, card_parts
from kiosk.ui.counter.grid import Grid
from kiosk.ui.counter.idlesheet import idle_parts
from kiosk.ui.counter.locksheet import lock_parts
from kiosk.ui.counter.own import Own
from kiosk.ui.counter.queuesheet import head, queue
from kiosk.ui.counter.view import Ask, Beside, View
from kiosk.ui.parts import Box, Icon, Panel, Part, Sheet


def console_sheet(view: View, grid: Grid) -> Sheet:
    """The whole window but the text fields, which are widgets laid over `grid.memo(view.state)`,
    `asksheet.entry_box(grid)` and `locksheet.secret_box(grid)`."""
    parts: list[Part] = [*head(view, grid)]
    name = view.state.value if view.state else "idle"
    if view.locked is not None:
        name = "locked"
        parts += [*queue(view, grid), *lock_parts(view.locked, grid)]
    elif isinstance(view.over, Beside):
        name = "beside"
        if view.card is None:
            parts += queue(view, grid)
        parts += beside_parts(view.over, _shown(view, grid), grid)
    elif isinstance(view.over, Ask):
        name = view.over.name
        parts += [*queue(view, grid), *ask_parts(view.over, grid)]
    elif isinstance(view.over, Own):
        name = view.over.name
        if not view.over.whole:
            parts += queue(view, grid)
        parts += view.over.laid(grid).parts
    else:
        parts += queue(view, grid)
        shown = _shown(view, grid)
        if shown is None:
            parts += idle_parts(view, grid)
        else:
            parts += [*card_parts(shown, grid, grid.middle), *_actions(view, grid)]
    return Sheet(f"console-{name}", "ja", "ltr", tuple(parts))


def _shown(view: View, grid: Grid) -> Shown | None:
    if view.card is None:
        return None
    say, called = grid.say, view.state is State.CALLED
    return Shown(
        view.card,
        say("console.called" if called else "console.serving"),
        say("console.called.at" if called else "console.serving.at", time=view.since),
        view.reason,
        view.page,
    )


def _actions(view: View, grid: Grid) -> list[Part]:
    """Clock, actions, memo and the main step, from the top down."""
    px, column = grid.px, grid.right
    panel = Box(column.x, column.y, column.w, px(150))
    keys, main = _keys(view, grid)
    parts = _clock(view, grid, panel)
    wide = (column.w - px(8)) // 2
    for index, key in enumerate(keys):
        x = column.x + (index % 2) * (wide + px(8))
        top = panel.bottom + px(12) + (index // 2) * px(58)
        parts += small_button(key, Box(x, top, wide, px(50)), grid)
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


def _keys(view: View, grid: Grid) -> tuple[tuple[Key, ...], Key]:
    """The actions, and the main step of the state."""
    say = grid.say
    lines = Key("lines", "F9", "phone", say("console.lines"))
    earlier = Key(
        "earlier", "F11", "file-text", say("console.earlier" if view.earlier else "console.paper.short")
    )
    if view.state is State.CALLED:
        recall = Key("recall", "F3", "rotate-ccw", say("console.recall"))
        no_show = Key("no_show", "F8", "user-x", say("console.no_show"))
        start = say("console.start.quiet" if view.quiet else "console.start")
        return (recall, no_show, lines, earlier), Key("start", "F10", "user-check", start)
    others = (
        Key("hold", "F4", "circle-pause", say("console.hold")),
        Key("transfer", "F5", "arrow-right-left", say("console.transfer")),
        lines,
        earlier,
        Key("appointments", "F12", "calendar-clock", say("console.book")),
        Key("reprint", "F6", "printer", say("console.reprint")),
    )
    return others, Key("close", "F10", "check", say("console.close"))


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
    """How long the call or the case has lasted."""
    px, say = grid.px, grid.say
    called = view.state is State.CALLED
    hint = "console.serving.saved"
    if called:
        hint = "console.called.quiet" if view.quiet else "console.called.hint"
    parts: list[Part] = [
        Panel(panel, radius=px(10)),
        Icon(Box(panel.x + px(20), panel.y + px(16), px(22), px(22)), "megaphone" if called else "clock"),
        grid.words(
            Box(panel.x + px(50), panel.y + px(8), px(150), px(38)),
            say("console.calling" if called else "console.serving.time"),
            17,
            bold=True,
            colour="accent",
        ),
        grid.words(
            Box(panel.x, panel.y + px(46), panel.w, px(62)),
            view.elapsed,
            48,
            bold=True,
            align="center",
            language="en",
        ),
        grid.words(
            Box(panel.x + px(12), panel.y + px(112), panel.w - px(24), px(30)),
            say(hint),
            15,
            colour="ink2",
            align="center",
            shrink=True,
        ),
    ]
    if called:
        parts.append(
            grid.words(
                Box(panel.right - px(120), panel.y + px(8), px(100), px(38)),
                say("console.called.times", n=view.calls),
                16,
                align="end",
            )
        )
    return parts
