"""How what can be pressed looks, in every state: mock-up 00."""

from __future__ import annotations

from dataclasses import replace

from kiosk.ui import theme
from kiosk.ui.dress import Dress, State, dress_of
from kiosk.ui.items import Glyph, Item, Shape
from kiosk.ui.labels import label
from kiosk.ui.layout import Layout, Said, ink_rows, middle_of, placed
from kiosk.ui.parts import Box, Target


def lay_target(layout: Layout, part: Target, state: State) -> list[Item]:
    """Everything a target is drawn from; laid out from left to right, whatever the page's direction."""
    dress = dress_of(layout, part, state)
    if part.look == "bar":
        return _bar_cell(layout, part, dress, state)
    if part.look == "round":
        return _round(layout, part, state)
    if part.look == "plain":
        return _edge(layout, part.box, state)
    radius = {"clear": theme.RADIUS_CLEAR, "key": theme.RADIUS_KEY}.get(part.look, theme.RADIUS)
    items: list[Item] = []
    if state == "focused" and part.look != "key":
        gap, wide = layout.px(theme.FOCUS_GAP), layout.px(theme.FOCUS_WIDTH)
        ring = part.box.inset(-gap - wide)
        items.append(Shape(ring, "", "accent", wide, layout.px(theme.RADIUS) + gap + wide))
    items.append(Shape(part.box, dress.fill, dress.border, dress.width, layout.px(radius)))
    if state == "focused" and part.look == "key":
        items.append(Shape(part.box, "", "accent", layout.px(4), layout.px(radius)))
    return items + (_key(layout, part, dress) if part.look == "key" else label(layout, part, dress))


def _edge(layout: Layout, box: Box, state: State) -> list[Item]:
    """An area without a drawing of its own says by its edge that it was found."""
    if state == "normal":
        return []
    return [Shape(box, "", "accent", layout.px(theme.BORDER_PRESSED), layout.px(theme.RADIUS_KEY))]


def _key(layout: Layout, part: Target, dress: Dress) -> list[Item]:
    box = part.box
    if part.icon:
        size = min(round(layout.px(34)), round(min(box.w, box.h) * 0.5))
        square = Box(box.x + (box.w - size) // 2, box.y + (box.h - size) // 2, size, size)
        return [Glyph(square, part.icon, dress.icon if part.chosen else "ink")]
    room = box.inset(layout.px(5), layout.px(4))
    said = Said(part.label, part.language, (part.size, *part.smaller), part.bold, "center", max_lines=2)
    return [layout.ink(said, room, dress.ink)]


def _bar_cell(layout: Layout, part: Target, dress: Dress, state: State) -> list[Item]:
    px, box = layout.px, part.box
    items: list[Item] = [Shape(box, dress.fill)] if state == "pressed" else []
    if state == "focused":
        items.append(Shape(box.inset(px(4)), "", "accent", px(theme.FOCUS_WIDTH), px(theme.RADIUS_KEY)))
    wide = px(32)
    # Two letters side by side: larger, or they would look smaller than the other icons.
    size = round(wide * 1.35) if part.icon == "a-large-small" else wide
    middle = box.y + px(29 if size > wide else 32)
    square = Box(box.x + (box.w - size) // 2, middle - size // 2, size, size)
    items.append(Glyph(square, part.icon, dress.icon))
    said = Said(part.label, part.language, (part.size, *part.smaller), dress.bold, "center", 1)
    room = Box(box.x + px(6), box.y + px(50), box.w - px(12), px(44))
    block, used = layout.fit(said, room.w, room.h)
    ink = placed(said, block, used, room, dress.ink)
    # One line for all labels of the bar; only a label too tall for it, with ruby, is fitted in as it can.
    y = round(box.y + px(70) - middle_of(block))
    if block.height > room.h:
        y = min(y, ink.box.y)
    # Readings keep their smallest size in a small window and would reach into the icon.
    first, last = ink_rows(block)
    y = max(y, min(room.y - first, box.bottom - last))
    return [*items, replace(ink, box=replace(ink.box, y=y))]


def _round(layout: Layout, part: Target, state: State) -> list[Item]:
    box = part.box
    size = min(box.w, box.h)
    ring = Box(box.x + (box.w - size) // 2, box.y + (box.h - size) // 2, size, size)
    disc = ring.inset(round(size * 0.095))
    icon = round(size * 0.36)
    square = Box(ring.x + (size - icon) // 2, ring.y + (size - icon) // 2, icon, icon)
    if not part.enabled:
        return [Shape(ring, "", "hair", layout.px(2), size), Glyph(square, part.icon, "mute")]
    items: list[Item] = []
    if state == "focused":
        edge = layout.px(theme.FOCUS_GAP + theme.FOCUS_WIDTH)
        items.append(Shape(ring.inset(-edge), "", "accent", layout.px(theme.FOCUS_WIDTH), size))
    halo = layout.px(theme.BORDER_CONTRAST) if layout.contrast or state == "pressed" else 0
    items.append(Shape(ring, "tint", "accent" if halo else "", halo, size))
    if state == "pressed":
        return [
            *items,
            Shape(disc, "surface", "accent", layout.px(4), size),
            Glyph(square, part.icon, "accent"),
        ]
    return [*items, Shape(disc, "accent", radius=size), Glyph(square, part.icon, "on_accent")]
