"""A console button with the function key that presses it."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.ui.counter.grid import Grid
from kiosk.ui.parts import Box, Look, Panel, Part, Target


@dataclass(frozen=True)
class Key:
    """An action with its function key, which never changes meaning between states."""

    id: str
    key: str
    icon: str
    label: str


def button(key: Key, box: Box, grid: Grid, *, primary: bool = False, enabled: bool = True) -> list[Part]:
    px = grid.px
    look: Look = "primary" if primary and enabled else "secondary" if enabled else "quiet"
    size = 19.0 if primary else 17.0
    target = Target(
        key.id,
        box,
        look,
        key.label,
        "ja",
        icon=key.icon,
        size=size * grid.unit,
        bold=primary,
        align="start",
        enabled=enabled,
        smaller=(15 * grid.unit, 13 * grid.unit),
    )
    cap = Box(box.right - px(14) - px(40), box.y + (box.h - px(28)) // 2, px(40), px(28))
    return [target, *keycap(key.key, cap, grid, "on_accent" if look == "primary" else "ink2")]


def keycap(name: str, box: Box, grid: Grid, colour: str) -> list[Part]:
    return [
        Panel(box, fill="", border=colour, border_width=1, radius=grid.px(6)),
        grid.words(box, name, 13, bold=True, colour=colour, align="center", language="en"),
    ]
