"""Pages that lay themselves out: over card and actions, or over the whole window, with fields to write in.

`kiosk.ui.counter.pages` says how one is opened; `kiosk.ui.counter.over.Over` what it must answer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from kiosk.ui.counter.buttons import Key, button
from kiosk.ui.counter.grid import Grid
from kiosk.ui.parts import Box, Panel, Part


@dataclass(frozen=True)
class FieldBox:
    """Where a field of a page lies. Its text is kept under its name until the page closes, also while the
    page lays it out no longer."""

    name: str
    box: Box
    """Where the letters stand; the frame around it is the page's own part."""
    many: bool = False
    """Several lines: Return writes a new line there, and presses nothing."""
    size: float = 0.0
    """Window pixels of the letters; 0 is the console's usual size."""


@dataclass(frozen=True)
class Laid:
    """A page for one size of the window. Tab goes through the fields in their order."""

    parts: tuple[Part, ...]
    fields: tuple[FieldBox, ...] = ()


@dataclass(frozen=True)
class Own:
    """What a page over the console shows now. It is drawn again when it differs from what was shown."""

    name: str
    """The sheet is called console-<name>."""
    content: object
    """Frozen values that compare by what they hold."""
    lay: Callable[[Any, Grid, Box], Laid]
    """Content, grid and the page's area → parts and fields. A function of a module, not of an object: it is
    compared too."""
    whole: bool = False
    """Over the whole window below the head; else over card and actions, the list of numbers beside it."""
    alone: bool = False
    """Over the whole window, head and all: for other eyes than staff's."""
    main: str = ""
    """What F10 presses."""
    keys: tuple[tuple[str, str], ...] = ()
    """Further keys and what they press here, before what they press elsewhere. Digits count outside the
    fields."""

    def area(self, grid: Grid) -> Box:
        if self.alone:
            return Box(0, 0, grid.width, grid.height)
        return grid.whole if self.whole else grid.wide

    def laid(self, grid: Grid) -> Laid:
        return self.lay(self.content, grid, self.area(grid))


def page_head(title: str, text: str, grid: Grid, area: Box) -> tuple[list[Part], Box]:
    """A white page with its title, a sentence below it, and the button that closes it; and what is left."""
    px = grid.px
    inner = Box(area.x + px(32), area.y + px(14), area.w - px(64), area.h - px(28))
    wide = px(230)
    close = Key("cancel", "Esc", "x", grid.say("console.close_page"))
    parts: list[Part] = [
        Panel(area, radius=px(10)),
        grid.words(Box(inner.x, inner.y, inner.w - wide - px(16), px(48)), title, 25, bold=True, shrink=True),
        *button(close, Box(inner.right - wide, inner.y, wide, px(48)), grid),
    ]
    y = inner.y + px(54)
    if text:
        line = Box(inner.x, y, inner.w, px(34))
        parts.append(grid.words(line, text, 16, colour="ink2", shrink=True, lines=2))
        y += px(34)
    return parts, Box(inner.x, y, inner.w, inner.bottom - y)


def field_frame(label: str, box: Box, grid: Grid) -> list[Part]:
    """The frame of a field with its label above: `box` is the FieldBox's own."""
    px = grid.px
    return [
        grid.words(
            Box(box.x - px(6), box.y - px(34), box.w + px(12), px(28)), label, 15, colour="ink2", shrink=True
        ),
        Panel(box.inset(-px(6)), border="line", radius=px(8)),
    ]
