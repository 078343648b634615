"""A case and its example for training, laid out beside each other."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.ui.counter.buttons import Key, button
from kiosk.ui.counter.card import Shown
from kiosk.ui.counter.grid import Grid
from kiosk.ui.counter.own import FieldBox, Laid
from kiosk.ui.counter.pair import card_and_form
from kiosk.ui.parts import Box, Panel, Part

TEXT = "example.text"
"""Name of the field."""


@dataclass(frozen=True)
class ExampleView:
    card: Shown
    title: str
    note: str
    warm: bool
    found: tuple[tuple[str, str], ...]
    """What must be taken out or looked at: what it is, and as it stands in the text."""


def lay_example(view: ExampleView, grid: Grid, area: Box) -> Laid:
    px = grid.px
    card, form = card_and_form(view.card, grid, area)
    if form is None:
        return Laid(tuple(card))
    inner = Box(form.x + px(20), form.y + px(12), form.w - px(40), form.h - px(24))
    top = Box(inner.x, inner.y, inner.w, px(40))
    how = Box(inner.x, top.bottom, inner.w, px(72))
    buttons = Box(inner.x, inner.bottom - px(52), inner.w, px(52))
    said = Box(inner.x, buttons.y - px(190), inner.w, px(180))
    frame = Box(inner.x, how.bottom + px(40), inner.w, said.y - how.bottom - px(50))
    label = Box(frame.x, frame.y - px(32), frame.w, px(28))
    parts: list[Part] = [
        *card,
        Panel(form, radius=px(10)),
        grid.words(top, view.title, 22, bold=True, shrink=True),
        grid.words(how, grid.say("example.text"), 15, colour="ink2", valign="top", shrink=True, lines=3),
        grid.words(label, grid.say("example.field"), 15, bold=True, colour="accent", shrink=True),
        Panel(frame, border="line", radius=px(8)),
        *_said(view, grid, said),
        *_buttons(grid, buttons),
    ]
    return Laid(tuple(parts), (FieldBox(TEXT, frame.inset(px(8)), many=True, size=17 * grid.unit),))


def _said(view: ExampleView, grid: Grid, box: Box) -> list[Part]:
    """What the check found; before it, what it looks for."""
    px = grid.px
    if not view.note:
        words = grid.say("example.rules")
        return [grid.words(box, words, 15, colour="ink2", valign="top", shrink=True, lines=5)]
    inner = box.inset(px(12), px(8))
    head = Box(inner.x, inner.y, inner.w, px(46) if view.found else inner.h)
    ink = "warm_ink" if view.warm else "ink"
    parts: list[Part] = [
        Panel(box, fill="warm_bg" if view.warm else "tint", border="warm_line" if view.warm else "accent",
              radius=px(8)),
        grid.words(head, view.note, 15, bold=True, colour=ink, shrink=True, lines=4 if not view.found else 2),
    ]  # fmt: skip
    high = (inner.bottom - head.bottom) // 5
    for place, (what, found) in enumerate(view.found):
        y = head.bottom + place * high
        name = Box(inner.x, y, inner.w // 3, high)
        parts += [
            grid.words(name, what, 14, colour=ink, shrink=True),
            grid.words(
                Box(name.right + px(8), y, inner.right - name.right - px(8), high),
                _short(found),
                14,
                bold=True,
                shrink=True,
                private=True,
            ),
        ]
    return parts


def _short(found: str) -> str:
    return found if len(found) <= 22 else f"{found[:21]}…"


def _buttons(grid: Grid, row: Box) -> list[Part]:
    px = grid.px
    wide = (row.w - px(12)) // 2
    back = Box(row.x, row.y, wide, row.h)
    keep = Box(row.right - wide, row.y, wide, row.h)
    return [
        *button(Key("back", "Esc", "arrow-left", grid.say("example.back")), back, grid),
        *button(Key("keep", "F10", "check", grid.say("example.keep")), keep, grid, primary=True),
    ]
