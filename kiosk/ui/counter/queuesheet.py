"""The console's left column: the call, the quiet signal, and the list by tabs."""

from __future__ import annotations

from kiosk.ui.counter.buttons import Key, button, small_button
from kiosk.ui.counter.grid import Grid
from kiosk.ui.counter.rowsheet import rows
from kiosk.ui.counter.view import TABS, View
from kiosk.ui.parts import Box, Icon, Panel, Part, Rule, Target

SIGNAL = 114
"""Design pixels of the quiet signal, with the gap below it."""
TAB = 48
"""Design pixels of the tabs."""


def queue(view: View, grid: Grid, column: Box) -> list[Part]:
    px = grid.px
    call = Box(column.x, column.y, column.w, px(64))
    below = px(106 + (SIGNAL if view.signal else 0))
    card = Box(column.x, column.y + below, column.w, column.h - below)
    key = Key("call", "F2", "megaphone", grid.say("console.call"))
    return [
        *button(key, call, grid, primary=True, enabled=view.card is None and view.can_call),
        *_below_call(view, grid, Box(column.x, call.bottom + px(4), column.w, px(34))),
        *_signal(view, grid, Box(column.x, column.y + px(106), column.w, px(SIGNAL - 12))),
        Panel(card, radius=px(10)),
        *_tabs(view, grid, Box(card.x, card.y, card.w, px(TAB))),
        *rows(view, grid, card),
    ]


def _below_call(view: View, grid: Grid, line: Box) -> list[Part]:
    """What a call does; for a minute after something was done, that it can be taken back."""
    if view.undo and view.locked is None:
        return small_button(Key("undo", "Ctrl+Z", "rotate-ccw", view.undo), line, grid)
    return [grid.words(line, grid.say(_hint(view)), 14, colour="ink2", shrink=True)]


def _hint(view: View) -> str:
    """The key of what is said of calling now."""
    if view.locked is not None:
        return "console.call.locked"
    if view.card is not None:
        return "console.call.busy"
    if view.can_call:
        return "console.call.idle"
    return "console.call.nobody.desk" if view.sent_only else "console.call.nobody"


def _tabs(view: View, grid: Grid, line: Box) -> list[Part]:
    px = grid.px
    parts: list[Part] = []
    for index, (tab, name) in enumerate(zip(TABS, _tab_names(view, grid), strict=True)):
        box = Box(line.x + index * line.w // 3, line.y, line.w // 3, line.h)
        on = tab == view.tab
        colour = "accent" if on else "ink2"
        parts += [
            Target(f"tab:{tab}", box, "plain", "", grid.language),
            grid.words(box, name, 16, bold=on, align="center", colour=colour),
        ]
        if on:
            mark = Box(box.x + px(12), box.bottom - px(3), box.w - px(24), px(3))
            parts.append(Panel(mark, "accent", radius=0))
    return [*parts, Rule(Box(line.x, line.bottom, line.w, 1))]


def _tab_names(view: View, grid: Grid) -> list[str]:
    """Each with how many it lists."""
    return [grid.say(f"console.tab.{tab}", n=count) for tab, count in zip(TABS, view.counts, strict=True)]


def queue_strip(view: View, grid: Grid) -> list[Part]:
    """In a narrow window with a ticket at hand: how many wait, the signal, what can be taken back."""
    px, strip = grid.px, grid.strip
    counts = " ・ ".join(_tab_names(view, grid))
    wide = (strip.w - px(24)) * 7 // 20
    left = strip.w - px(24) - 2 * wide
    # Two lines of words have room in a button as high as this.
    parts: list[Part] = [
        Panel(strip, radius=px(10)),
        grid.words(Box(strip.x + px(16), strip.y, left - px(16), strip.h), counts, 16, shrink=True),
    ]
    if view.undo:
        chip = Box(strip.right - wide, strip.y + px(3), wide - px(8), strip.h - px(6))
        parts += small_button(Key("undo", "^Z", "rotate-ccw", view.undo), chip, grid)
    if view.signal is not None:
        box = Box(strip.x + px(12) + left, strip.y + px(3), wide, strip.h - px(6))
        words = f"{grid.say('console.signal')}　{view.signal.number}"
        if view.signal.action:
            parts += small_button(Key("signal", "F1", "heart-handshake", words), box, grid)
        else:
            parts += [
                Icon(Box(box.x, box.y + px(12), px(20), px(20)), "heart-handshake"),
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
    title = Box(strip.x + px(46), strip.y + px(6), strip.w - px(54), px(34))
    parts: list[Part] = [
        Panel(strip, fill="tint", border="accent", border_width=1, radius=px(10)),
        Icon(Box(strip.x + px(14), strip.y + px(12), px(22), px(22)), "heart-handshake"),
        grid.words(title, grid.say("console.signal"), 16, bold=True, colour="accent", shrink=True),
    ]
    if signal.action:
        go = Key("signal", "F1", "user-check", f"{number}　{signal.action}")
        box = Box(strip.x + px(10), strip.y + px(44), strip.w - px(20), px(48))
        return parts + small_button(go, box, grid)
    line = Box(strip.x + px(46), strip.y + px(44), strip.w - px(54), px(48))
    return [*parts, grid.words(line, number, 18, bold=True, language="en")]
