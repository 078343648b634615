"""Everything the console can do, with its key: to read, and to press what makes sense now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.core.ticket import State
from kiosk.ui.counter.buttons import Key, keycap, small_button
from kiosk.ui.counter.grid import Grid
from kiosk.ui.counter.own import Laid, Own, page_head
from kiosk.ui.counter.undoing import left
from kiosk.ui.parts import Box, Icon, Part

if TYPE_CHECKING:
    from kiosk.ui.counter.console import Console

ALL_STATES = (None, State.CALLED, State.SERVING)
ACTIONS: tuple[tuple[str, str, str, tuple[State | None, ...]], ...] = (
    ("signal", "F1", "heart-handshake", (None, State.SERVING)),
    ("call", "F2", "megaphone", (None,)),
    ("recall", "F3", "rotate-ccw", (State.CALLED,)),
    ("hold", "F4", "circle-pause", (State.SERVING,)),
    ("transfer", "F5", "arrow-right-left", (State.SERVING,)),
    ("reprint", "F6", "printer", (State.SERVING,)),
    ("memo", "F7", "pencil", (State.CALLED, State.SERVING)),
    ("no_show", "F8", "user-x", (State.CALLED,)),
    ("lines", "F9", "headset", (State.CALLED, State.SERVING)),
    ("main", "F10", "check", (State.CALLED, State.SERVING)),
    ("earlier", "F11", "file-text", ALL_STATES),
    ("appointments", "F12", "calendar-clock", (None, State.SERVING)),
    ("put_back", "Shift-F3", "arrow-left", (State.CALLED,)),
    ("undo", "Control-z", "rotate-ccw", ALL_STATES),
    ("tongue", "Control-l", "languages", ALL_STATES),
    ("lock", "Shift-F11", "lock-keyhole", ALL_STATES),
    ("disaster", "Shift-F12", "tent", (None,)),
)
"""What is no page of its own: target, key, icon, and the states in which it can be done."""


@dataclass(frozen=True)
class Row:
    target: str
    key: str
    icon: str
    label: str
    now: bool
    """Whether it can be pressed now."""


@dataclass
class Help:
    console: Console

    def page(self) -> Own:
        return Own("help", self.rows(), help_page, whole=True)

    def rows(self) -> tuple[Row, ...]:
        from kiosk.ui.counter.pages import PAGES

        console = self.console
        state = console.current.state if console.current else None
        alone = console.beside is None
        found = [
            Row(target, key, icon, console.say(f"key.{target}"), alone and state in states)
            for target, key, icon, states in ACTIONS
        ]
        found = [row if row.target != "undo" or left(console) else _off(row) for row in found]
        found += [
            Row(
                door.target,
                door.key,
                door.icon,
                console.say(door.label),
                door.beside if not alone else state in door.when,
            )
            for door in PAGES
            if door.target != "help"
        ]
        return tuple(found)

    def press(self, kind: str, detail: str) -> None:
        if kind != "do":
            return
        console = self.console
        console.close_over()
        state = console.current.state if console.current else None
        if detail == "main":
            detail = {State.CALLED: "start", State.SERVING: "close"}.get(state, "") if state else ""
        if detail:
            console.press(detail)


def _off(row: Row) -> Row:
    return Row(row.target, row.key, row.icon, row.label, now=False)


def key_name(key: str) -> str:
    """A key as it is written on the page: Shift+F3, Ctrl+Z."""
    held, _, name = key.rpartition("-")
    name = name.upper() if len(name) == 1 else name
    return {"Control": "Ctrl+", "Shift": "Shift+", "": ""}[held] + name


def help_page(rows: tuple[Row, ...], grid: Grid, area: Box) -> Laid:
    px = grid.px
    parts, rest = page_head(grid.say("page.help"), grid.say("help.text"), grid, area)
    columns = 2 if grid.single else 3
    deep = -(-len(rows) // columns)
    wide = (rest.w - px(16) * (columns - 1)) // columns
    pitch = min(px(58), rest.h // deep)
    for index, row in enumerate(rows):
        x = rest.x + index // deep * (wide + px(16))
        box = Box(x, rest.y + index % deep * pitch, wide, pitch - px(2 if grid.single else 8))
        parts += _row(row, box, grid)
    return Laid(tuple(parts))


def _row(row: Row, box: Box, grid: Grid) -> list[Part]:
    px = grid.px
    if row.now:
        return small_button(Key(f"do:{row.target}", key_name(row.key), row.icon, row.label), box, grid)
    cap = Box(box.right - px(80), box.y + (box.h - px(26)) // 2, px(72), px(26))
    words = Box(box.x + px(38), box.y, cap.x - px(42) - box.x, box.h)
    return [
        Icon(Box(box.x + px(12), box.y + (box.h - px(20)) // 2, px(20), px(20)), row.icon, colour="mute"),
        grid.words(words, row.label, 15, colour="ink2", shrink=True, lines=2),
        *keycap(key_name(row.key), cap, grid, "ink2"),
    ]
