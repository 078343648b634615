"""Console buttons with the key that presses them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.ui.counter.grid import Grid
from kiosk.ui.counter.leaves import fits
from kiosk.ui.parts import Box, Icon, Look, Panel, Part, Target

if TYPE_CHECKING:
    from kiosk.ui.counter.view import Option


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
    ink = "on_accent" if look == "primary" else "ink" if enabled else "mute"
    cap = Box(box.right - px(14) - px(40), box.y + (box.h - px(28)) // 2, px(40), px(28))
    icon = Box(box.x + px(18), box.y + (box.h - px(24)) // 2, px(24), px(24))
    words = Box(icon.right + px(12), box.y, cap.x - px(6) - icon.right - px(12), box.h)
    return [
        Target(key.id, box, look, "", grid.language, enabled=enabled),
        Icon(icon, key.icon, colour=ink),
        # Beside the key, never below it.
        grid.words(words, key.label, 19 if primary else 17, bold=primary, colour=ink, shrink=True, lines=2),
        *keycap(key.key, cap, grid, "on_accent" if look == "primary" else "ink2"),
    ]


def small_button(key: Key, box: Box, grid: Grid) -> list[Part]:
    """For narrow places: the words end where the key begins."""
    px = grid.px
    wide = px(72 if "+" in key.key else 36)
    if "+" not in key.key and len(key.key) > 3:
        wide = px(48)
    cap = Box(box.right - px(8) - wide, box.y + (box.h - px(26)) // 2, wide, px(26))
    words = Box(box.x + px(38), box.y, cap.x - px(4) - box.x - px(38), box.h)
    return [
        Panel(box, border="line", radius=px(10)),
        Target(key.id, box, "plain", "", grid.language),
        Icon(Box(box.x + px(12), box.y + (box.h - px(20)) // 2, px(20), px(20)), key.icon),
        grid.words(words, key.label, 16, shrink=True, lines=2),
        *keycap(key.key, cap, grid, "ink2"),
    ]


def option_button(option: Option, key: str, box: Box, grid: Grid) -> list[Part]:
    """One of the things a page offers: words, a smaller line below, and its digit."""
    px = grid.px
    left = px(54 if option.icon else 18)
    fill = "surface" if option.enabled else "ground"
    parts: list[Part] = [Panel(box, fill=fill, border="line", radius=px(10))]
    if option.enabled:
        parts.append(Target(option.id, box, "plain", "", grid.language))
        cap = Box(box.right - px(14) - px(34), box.y + (box.h - px(28)) // 2, px(34), px(28))
        parts += keycap(key, cap, grid, "ink2")
    if option.icon:
        parts.append(Icon(Box(box.x + px(18), box.y + (box.h - px(24)) // 2, px(24), px(24)), option.icon))
    return [*parts, *_option_words(option, Box(box.x + left, box.y, box.w - left - px(58), box.h), grid)]


def _option_words(option: Option, box: Box, grid: Grid) -> list[Part]:
    """They may tell of somebody: a case to follow up, an agency that was asked."""
    line = Box(0, 0, box.w, grid.px(24))
    one_line = fits(option.detail, line, grid)
    rows = 2 if not option.detail or not fits(option.label, line, grid) else 1
    half = box.h * 5 // 9 if option.detail else box.h
    if option.detail and (rows == 2 or not one_line):
        # What needs two lines has the larger share.
        half = box.h // 2 if rows == 2 and not one_line else box.h * 2 // 3 if one_line else box.h * 2 // 5
    above, ink = Box(box.x, box.y, box.w, half), "ink" if option.enabled else "mute"
    parts: list[Part] = [
        grid.words(above, option.label, 18, bold=True, colour=ink, shrink=True, lines=rows, private=True)
    ]
    if option.detail:
        below = Box(box.x, box.y + half - grid.px(4), box.w, box.h - half)
        size, lines = (15, 1) if one_line else (14, 2)
        parts.append(
            grid.words(below, option.detail, size, colour="ink2", shrink=True, lines=lines, private=True)
        )
    return parts


def keycap(name: str, box: Box, grid: Grid, colour: str) -> list[Part]:
    return [
        Panel(box, fill="", border=colour, border_width=1, radius=grid.px(6)),
        grid.words(box, name, 13, bold=True, colour=colour, align="center", language="en"),
    ]
