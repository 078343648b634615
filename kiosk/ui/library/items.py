"""One model as a row: sign, name, facts, and its buttons; and the buttons that turn a list's pages."""

from __future__ import annotations

from kiosk.ui.counter.grid import Grid
from kiosk.ui.library.view import Item, LibraryView
from kiosk.ui.parts import Box, Icon, Look, Panel, Part, Target

_SIGNS = {
    "whole": ("circle-check", "accent"),
    "damaged": ("triangle-alert", "warm_ink"),
    "": ("circle", "line"),
}


def item_parts(item: Item, box: Box, view: LibraryView, grid: Grid) -> list[Part]:
    px, language = grid.px, view.language
    sign, colour = _SIGNS[item.state]
    buttons = px(132) * len(item.actions)
    words = Box(box.x + px(52), box.y, box.w - px(64) - buttons, box.h)
    name = f"{item.id}   {item.tag}" if item.tag else item.id
    facts = " · ".join(fact for fact in item.facts if fact)
    damaged = item.state == "damaged"
    parts: list[Part] = [
        Panel(box, fill="warm_bg" if damaged else "surface", border="warm_line" if damaged else "hair",
              border_width=1, radius=px(8)),
        Icon(Box(box.x + px(14), box.y + (box.h - px(26)) // 2, px(26), px(26)), sign, colour=colour),
        grid.words(Box(words.x, box.y + px(3), words.w, px(26)), name, 16, bold=True,
                   language=language if item.tag else "en", shrink=True),
        grid.words(Box(words.x, box.y + px(28), words.w, px(24)), item.enables, 15, language=language,
                   shrink=True),
        grid.words(Box(words.x, box.y + px(52), words.w, px(24)),
                   f"△ {item.warning} · {facts}" if item.warning else facts, 14,
                   colour="warm_ink" if item.warning else "ink2", language=language, shrink=True),
    ]  # fmt: skip
    if view.working is None:
        for number, (action, label) in enumerate(reversed(item.actions)):
            at = Box(box.right - px(132) * (number + 1), box.y + px(12), px(122), px(56))
            parts.append(press(action, at, label, view, grid))
    return parts


def pages(
    name: str, first: int, size: int, total: int, box: Box, view: LibraryView, grid: Grid
) -> list[Part]:
    """Earlier and later, and which of how many; turning after the last begins anew."""
    px = grid.px
    side = px(100)
    middle = Box(box.x + side, box.y, box.w - 2 * side, box.h)
    count = f"{first // size + 1} / {-(-total // size)}"
    return [
        press(f"{name}<", Box(box.x, box.y, side, box.h), "", view, grid, icon="chevron-left"),
        grid.words(middle, count, 15, align="center", language="en"),
        press(f"{name}>", Box(box.right - side, box.y, side, box.h), "", view, grid, icon="chevron-right"),
    ]


def press(
    name: str,
    box: Box,
    label: str,
    view: LibraryView,
    grid: Grid,
    *,
    icon: str = "",
    look: Look = "secondary",
) -> Target:
    """A button of the page."""
    return Target(
        name, box, look, label, view.language, icon=icon, size=16 * grid.unit, align="center",
        smaller=(15 * grid.unit, 14 * grid.unit, 13 * grid.unit), bold=look == "primary",
    )  # fmt: skip
