"""Where this console stands: its counter, the languages spoken here, the specialists who sit here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kiosk.ui.counter.grid import Grid
from kiosk.ui.counter.own import Laid, Own, page_head
from kiosk.ui.parts import Box, Icon, Panel, Part, Target

if TYPE_CHECKING:
    from kiosk.ui.counter.console import Console


@dataclass(frozen=True)
class Switch:
    """One thing that can be chosen."""

    target: str
    label: str
    on: bool
    at: bool = False
    """Whether the arrow keys stand on it."""


@dataclass
class MyPlace:
    """Every press holds at once and is remembered for the counter."""

    console: Console
    at: int = 0

    def page(self) -> Own:
        moves = (("Down", "move:1"), ("Right", "move:1"), ("Up", "move:-1"), ("Left", "move:-1"))
        keys = (*moves, ("Return", "choose"))
        return Own("place", self._groups(), place_page, keys=keys)

    def _groups(self) -> tuple[tuple[str, tuple[Switch, ...]], ...]:
        console = self.console
        place, choices = console.place, console.desk.choices()
        groups = (
            ("place.counter", [(f"sit:{id}", name, id == place.counter) for id, name in choices.counters]),
            (
                "place.languages",
                [(f"speak:{t}", console.cards.language(t), t in place.languages) for t in choices.languages],
            ),
            (
                "place.specialists",
                [(f"with:{id}", name, id in place.specialists) for id, name in choices.specialists],
            ),
        )
        made, index = [], 0
        for key, found in groups:
            switches = []
            for target, name, on in found:
                switches.append(Switch(target, name, on, index == self.at))
                index += 1
            if switches:
                made.append((key, tuple(switches)))
        return tuple(made)

    def press(self, kind: str, detail: str) -> None:
        every = [one for _, group in self._groups() for one in group]
        if kind == "move":
            self.at = (self.at + int(detail)) % len(every)
        elif kind == "choose":
            self.press(*every[self.at].target.split(":", 1))
        elif f"{kind}:{detail}" in {one.target for one in every}:
            self.at = [one.target for one in every].index(f"{kind}:{detail}")
            self._choose(kind, detail)

    def _choose(self, kind: str, detail: str) -> None:
        console, place = self.console, self.console.place
        if kind == "sit":
            console.sit(replace(place, counter=detail))
        elif kind == "speak":
            console.sit(replace(place, languages=_turned(tuple(place.languages), detail)))
        elif kind == "with":
            console.sit(replace(place, specialists=_turned(place.specialists, detail)))


def _turned(chosen: tuple[str, ...], one: str) -> tuple[str, ...]:
    return tuple(name for name in chosen if name != one) if one in chosen else (*chosen, one)


def place_page(groups: tuple[tuple[str, tuple[Switch, ...]], ...], grid: Grid, area: Box) -> Laid:
    px = grid.px
    parts, rest = page_head(grid.say("page.place"), grid.say("place.text"), grid, area)
    y, columns = rest.y + px(6), 3 if grid.narrow else 4
    wide = (rest.w - px(10) * (columns - 1)) // columns
    lines = sum(-(-len(switches) // columns) for _, switches in groups)
    pitch = min(px(54), (rest.h - px(40) * len(groups)) // max(1, lines))
    for key, switches in groups:
        head = Box(rest.x, y, rest.w, px(32))
        parts.append(grid.words(head, grid.say(key), 16, bold=True, colour="accent"))
        y += px(34)
        for index, one in enumerate(switches):
            x = rest.x + index % columns * (wide + px(10))
            box = Box(x, y + index // columns * pitch, wide, pitch - px(8))
            parts += _switch(one, box, grid)
        y += -(-len(switches) // columns) * pitch + px(6)
    return Laid(tuple(parts))


def _switch(one: Switch, box: Box, grid: Grid) -> list[Part]:
    px = grid.px
    fill = "tint" if one.on else "surface"
    border = "accent" if one.on or one.at else "line"
    parts: list[Part] = [
        Panel(box, fill=fill, border=border, border_width=3 if one.at else 1, radius=px(10)),
        Target(one.target, box, "plain", "", grid.language),
        grid.words(
            Box(box.x + px(40), box.y, box.w - px(48), box.h),
            one.label,
            16,
            bold=one.on,
            shrink=True,
            lines=2,
        ),
    ]
    if one.on:
        mark = Box(box.x + px(12), box.y + (box.h - px(20)) // 2, px(20), px(20))
        parts.append(Icon(mark, "check"))
    return parts
