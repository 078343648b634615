"""The console while nobody is called: what a press of F2 does, and what else can be done."""

from __future__ import annotations

from kiosk.ui.counter.buttons import Key, small_button
from kiosk.ui.counter.desk import Strip
from kiosk.ui.counter.grid import Grid
from kiosk.ui.counter.notice import notice
from kiosk.ui.counter.view import View
from kiosk.ui.parts import Box, Icon, Panel, Part, Rule, Target

STRIPS = 3
"""Strips that have room; what is left of them is read with a press."""

FOUR = 860
"""Design pixels of width in which four buttons stand side by side."""

ORDER = (("first", "shield-alert"), ("wait", "hourglass"), ("language", "languages"))
"""Reasons to be called, with icons."""


def idle_column(view: View, grid: Grid) -> tuple[list[Part], Box]:
    """In a single column: what is wrong or was done above, what else can be done below; and what is left
    between them for the list of numbers."""
    px, whole = grid.px, grid.whole
    strips = view.strips
    if len(strips) > 1:
        strips = (Strip(grid.say("console.strips.more", n=len(strips)), "info", warm=False),)
    y, parts = whole.y, []  # type: int, list[Part]
    if view.message:
        line = Box(whole.x, y, whole.w, px(36))
        said = grid.words(
            line, view.message, 17, bold=True, colour="accent", align="center", shrink=True, lines=2
        )
        parts.append(said)
        y = line.bottom + px(6)
    for one in strips:
        strip = Box(whole.x, y, whole.w, px(46))
        parts += notice(one.text, one.icon, strip, grid, warm=one.warm, bold=False, lines=2)
        if len(view.strips) > 1:
            parts.append(Target("strips", strip, "plain", "", grid.language))
        y = strip.bottom + px(8)
    buttons = Box(whole.x - px(40), whole.y, whole.w + px(80), whole.h + px(10))
    top = whole.bottom - px(58) * 3
    return [*parts, *_buttons(view, grid, buttons)[1:]], Box(whole.x, y, whole.w, top - px(6) - y)


def idle_parts(view: View, grid: Grid) -> list[Part]:
    px, say, area = grid.px, grid.say, grid.wide
    centre = area.x + area.w // 2
    parts: list[Part] = [Panel(area, radius=px(10)), *_notices(view, grid, area)]
    top = area.y + px(168)
    if len(view.strips) < STRIPS - 1:
        parts.append(Icon(Box(centre - px(24), top, px(48), px(48)), "megaphone"))
    parts += [
        grid.words(
            Box(area.x, top + px(56), area.w, px(48)),
            say("console.idle.title"),
            27,
            bold=True,
            align="center",
        ),
    ]
    second = "console.idle.desk" if view.sent_only else "console.idle.why"
    for index, key in enumerate(("console.idle.text", second)):
        line = Box(area.x, top + px(108 + index * 32), area.w, px(32))
        parts.append(grid.words(line, say(key), 18, align="center", shrink=True))
    if view.languages:
        line = Box(area.x + px(40), top + px(184), area.w - px(80), px(30))
        words = say("console.today.languages", languages=view.languages)
        parts.append(grid.words(line, words, 15, colour="ink2", align="center", shrink=True))
    return [*parts, *_order(grid, area), *_buttons(view, grid, area)]


def _notices(view: View, grid: Grid, area: Box) -> list[Part]:
    """What just happened, and calm strips for what is wrong with the files an office writes."""
    px = grid.px
    parts: list[Part] = []
    if view.message:
        box = Box(area.x + px(40), area.y + px(12), area.w - px(80), px(40))
        parts.append(
            grid.words(box, view.message, 18, bold=True, colour="accent", align="center", shrink=True)
        )
    shown, left = view.strips, len(view.strips) - STRIPS
    if left > 0:
        more = Strip(grid.say("console.strips.more", n=left + 1), "info", warm=False)
        shown = (*view.strips[: STRIPS - 1], more)
    for index, one in enumerate(shown):
        strip = Box(area.x + px(40), area.y + px(54 + index * 58), area.w - px(80), px(52))
        parts += notice(one.text, one.icon, strip, grid, warm=one.warm, bold=False, lines=2)
        if left > 0 and index == STRIPS - 1:
            parts.append(Target("strips", strip, "plain", "", grid.language))
    return parts


def _order(grid: Grid, area: Box) -> list[Part]:
    """By what the next person is chosen, the first reason first."""
    px, say = grid.px, grid.say
    inner = area.inset(px(40), 0)
    head = Box(inner.x, area.y + px(398), px(300), px(34))
    parts: list[Part] = [
        Rule(Box(inner.x, area.y + px(390), inner.w, 1)),
        grid.words(head, say("console.order"), 17, bold=True, colour="accent"),
    ]
    wide, top = inner.w // 3, area.y + px(438)
    for place, (name, icon) in enumerate(ORDER):
        mark = Box(inner.x + place * wide, top, px(56), px(56))
        title = Box(mark.x + px(72), top - px(2), wide - px(84), px(32))
        text = Box(title.x, top + px(32), title.w, px(66))
        why = say(f"console.order.{name}.text")
        parts += [
            Icon(mark, icon, chip=True),
            grid.words(title, f"{place + 1}  {say(f'console.order.{name}')}", 20, bold=True, shrink=True),
            grid.words(text, why, 16, colour="ink2", valign="top", lines=3, shrink=True),
        ]
    return parts


def _buttons(view: View, grid: Grid, area: Box) -> list[Part]:
    """What else is done between two calls; everything there is stands on the list of keys."""
    px, say = grid.px, grid.say
    switch = "console.disaster.off" if view.disaster else "console.disaster.on"
    keys = (
        Key("number", "⇧F2", "megaphone", say("page.number")),
        Key("earlier", "F11", "file-text", say("console.paper")),
        Key("appointments", "F12", "calendar-clock", say("console.appointments", n=view.appointments)),
        Key("talk", "⇧F8", "message-square-text", say("page.talk")),
        Key("follow", "^G", "calendar-check", say("console.follow", n=view.follow)),
        Key("cases", "^F", "search", say("cases.title")),
        Key("reports", "^R", "chart-column", say("reports.title")),
        Key("disaster", "⇧F12", "tent", say(switch)),
    )
    across = 4 if area.w >= px(FOUR) else 3
    wide = (area.w - px(80) - px(12) * (across - 1)) // across
    top = area.bottom - px(10) - -(-len(keys) // across) * px(58)
    parts: list[Part] = [Rule(Box(area.x + px(40), top - px(12), area.w - px(80), 1))]
    for index, key in enumerate(keys):
        x = area.x + px(40) + index % across * (wide + px(12))
        y = top + index // across * px(58)
        parts += small_button(key, Box(x, y, wide, px(50)), grid)
    return parts
