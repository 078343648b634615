"""How what can be pressed looks, in every state: mock-up 00."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from kiosk.ui import theme
from kiosk.ui.items import Glyph, Ink, Item, Shape
from kiosk.ui.layout import Layout, Said, ink_rows, middle_of, placed
from kiosk.ui.parts import Box, Target

State = Literal["normal", "pressed", "focused"]


@dataclass(frozen=True)
class Dress:
    """Colours of a target in its state; names of the theme, empty for none."""

    fill: str
    border: str
    width: int
    ink: str
    icon: str
    bold: bool
    small: str = "ink2"
    """The second line."""


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
    return items + (_key(layout, part, dress) if part.look == "key" else _label(layout, part, dress))


def dress_of(layout: Layout, part: Target, state: State) -> Dress:
    line = layout.px(theme.BORDER_CONTRAST if layout.contrast else theme.BORDER)
    plain_icon = "ink" if layout.contrast and part.look == "choice" else "accent"
    if not part.enabled:
        return Dress("ground", "hair", line, "mute", "mute", False, "ink")
    strong = part.chosen or part.look in ("primary", "round")
    if state == "pressed":
        ink = "accent" if strong or part.look == "more" else "ink"
        bold = part.bold or strong or part.look == "more"
        wide = line + layout.px(1)
        return Dress("tint", "accent", wide, ink, "accent", bold)
    if strong:
        return Dress("accent", "accent", line, "on_accent", "on_accent", True, "on_accent")
    if part.look == "more":
        return Dress("tint", "accent", line + int(layout.contrast), "accent", "accent", True)
    if part.look == "quiet":
        return Dress("ground", "line", line, "ink", plain_icon, part.bold)
    if part.look == "bar":
        return Dress("", "", 0, "ink", "accent", part.bold)
    if part.look == "clear":
        return Dress("surface", "line", line, "ink", "ink", part.bold)
    return Dress("surface", "line", line, "ink", plain_icon, part.bold)


def _edge(layout: Layout, box: Box, state: State) -> list[Item]:
    """An area without a drawing of its own says by its edge that it was found."""
    if state == "normal":
        return []
    return [Shape(box, "", "accent", layout.px(theme.BORDER_PRESSED), layout.px(theme.RADIUS_KEY))]


@dataclass(frozen=True)
class _Room:
    """What icon, tick, arrow and badge leave of a target for its words."""

    lead: int
    """Icon and gap before the words."""
    trail: int
    """Gap and icon behind the words."""
    fixed: int
    """Taken at the far edge: badge, tick, and their gaps."""
    pad: int
    words: Box


def _label(layout: Layout, part: Target, dress: Dress) -> list[Item]:
    """Icon, words, second line, badge and icon behind, along the middle of the box."""
    px, box = layout.px, part.box
    align = part.align or ("start" if part.look in ("choice", "more") or part.detail else "center")
    icon = _icon_size(part)
    chip = _chip_size(layout, part) if part.chip and part.icon else 0
    gap = px(20 if chip else 14)
    pad = (
        (box.h - chip) // 2
        if chip and (box.h - chip) // 2 < px(24)
        else px(24 if part.look != "clear" else 18)
    )
    lead = (chip or icon) + gap if part.icon else 0
    far: list[Item] = []
    right = box.right - pad
    after = part.icon_after if align == "center" else ""
    tick = "circle-check" if part.chosen and part.look != "more" else part.icon_after if not after else ""
    if tick:
        size = min(round(icon * 1.12), px(44)) if part.chosen else icon
        right -= size
        far.append(Glyph(Box(right, box.y + (box.h - size) // 2, size, size), tick, dress.icon))
        right -= gap + px(4)
    if part.badge:
        badge = _badge(layout, part, dress, right)
        far.append(badge)
        right = badge.box.x - gap
    trail = icon + gap + px(4) if after else 0
    room = Box(box.x + pad + lead, box.y, right - trail - box.x - pad - lead, box.h)
    label, detail, wide = _words(
        layout, part, dress, room, "center" if align == "center" and not lead and not after else "start"
    )
    start = room.x
    if align == "center":
        start = box.x + (right + pad - box.x - lead - wide - trail) // 2 + lead
    elif align == "end":
        start = room.right - wide
    items = _lead(layout, part, dress, start - lead, chip or icon) if part.icon else []
    items += [_at(ink, start, layout.rtl) for ink in (label, detail) if ink is not None]
    if after:
        arrow = Box(start + wide + gap + px(4), box.y + (box.h - icon) // 2, icon, icon)
        items.append(Glyph(arrow, after, dress.icon))
    return items + far


def _at(ink: Ink, x: int, rtl: bool) -> Ink:
    """Put the visible text, not the block, at `x`: a block is as wide as its room."""
    block = ink.block
    left = min((line[0] for line in block.lines_boxes), default=0.0)
    if len(block.lines_boxes) > 1 or rtl:
        right = max((line[0] + line[2] for line in block.lines_boxes), default=0.0)
        # The block is flipped whole afterwards: then it is the text's right end that must meet the start.
        left = ink.box.w - right if rtl else left
    return replace(ink, box=Box(round(x - left), ink.box.y, ink.box.w, ink.box.h))


def _icon_size(part: Target) -> int:
    """An icon beside words is as large as they are, and never crowds the box."""
    wanted = part.size * (1.3 if part.look == "clear" else 1.18)
    return min(round(wanted), round(part.box.h * 0.5))


def _chip_size(layout: Layout, part: Target) -> int:
    return min(layout.px(88), round(part.box.h * 0.65))


def _lead(layout: Layout, part: Target, dress: Dress, x: int, size: int) -> list[Item]:
    top = part.box.y + (part.box.h - size) // 2
    square = Box(x, top, size, size)
    if not part.chip:
        return [Glyph(square, part.icon, dress.icon)]
    if layout.contrast:
        edge = round(size * 0.06)
        return [Glyph(square.inset(edge), part.icon, dress.icon)]
    fill = "surface" if dress.fill in ("accent", "tint") else "tint"
    inner = round(size * 0.21)
    colour = "mute" if not part.enabled else "accent"
    return [
        Shape(square, fill, radius=layout.px(theme.RADIUS)),
        Glyph(square.inset(inner), part.icon, colour),
    ]


def _badge(layout: Layout, part: Target, dress: Dress, right: int) -> Ink:
    size = min(part.size * 0.8, layout.px(30))
    said = Said(part.badge, "en", (size,), bold=True)
    block = layout.set(said, size, None)
    room = Box(right - block.width, part.box.y, block.width, part.box.h)
    return placed(said, block, size, room, dress.ink)


def _words(
    layout: Layout, part: Target, dress: Dress, room: Box, align: Literal["start", "center"]
) -> tuple[Ink | None, Ink | None, int]:
    """Label, second line below it, and the width that both take."""
    height = room.h - layout.px(16)
    label = detail = None
    size = 0.0
    if part.label:
        sizes = (part.size, *part.smaller)
        said = Said(part.label, part.language, sizes, dress.bold, align, balance=True, private=part.private)
        block, size = layout.fit(said, room.w, height if not part.detail else round(height * 0.6))
        label = placed(said, block, size, room, dress.ink)
    if part.detail:
        detail = _detail(layout, part, dress, room, height - (label.block.height if label else 0))
    if label and detail:
        label, detail = _stacked(label, detail, room)
    wide = max((ink.block.text_width for ink in (label, detail) if ink), default=0)
    return label, detail, wide


def _detail(layout: Layout, part: Target, dress: Dress, room: Box, height: int) -> Ink:
    least = layout.px(theme.SMALLEST)
    wanted = part.detail_size or part.size * 0.84
    sizes = tuple(max(least, wanted * step) for step in (1.0, 0.9, 0.8, 0.7, 0.6))
    said = Said(part.detail, part.language, sizes)
    block, size = layout.fit(said, room.w, height)
    return placed(said, block, size, room, dress.small)


def _stacked(label: Ink, detail: Ink, room: Box) -> tuple[Ink, Ink]:
    """One under the other, both together in the middle."""
    top = room.y + (room.h - label.block.height - detail.block.height) // 2
    upper = replace(label, box=replace(label.box, y=top))
    lower = replace(detail, box=replace(detail.box, y=top + label.block.height))
    return upper, lower


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
