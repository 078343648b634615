"""Icon, words and marks along a target, fitted to its box."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from kiosk.ui import theme
from kiosk.ui.dress import Dress
from kiosk.ui.items import Glyph, Ink, Item, Shape
from kiosk.ui.layout import Layout, Said, placed
from kiosk.ui.parts import Box, Target


def label(layout: Layout, part: Target, dress: Dress) -> list[Item]:
    """Icon, words, second line, badge and icon behind, along the middle of the box."""
    px, box = layout.px, part.box
    align = part.align or ("start" if part.look in ("choice", "more") or part.detail else "center")
    icon = _icon_size(part)
    chip = _chip_size(layout, part) if part.chip and part.icon else 0
    gap = px(20 if chip else 14)
    pad = px(24 if part.look != "clear" else 18)
    if chip:
        pad = min(pad, (box.h - chip) // 2)
    lead = (chip or icon) + gap if part.icon else 0
    after = part.icon_after if align == "center" else ""
    far, right = _far_end(layout, part, dress, box.right - pad, gap, "" if after else part.icon_after)
    trail = icon + gap + px(4) if after else 0
    room = Box(box.x + pad + lead, box.y, right - trail - box.x - pad - lead, box.h)
    in_middle = align == "center" and not lead and not after
    first, second, wide = _words(layout, part, dress, room, "center" if in_middle else "start")
    start = room.x
    if align == "center":
        start = box.x + (right + pad - box.x - lead - wide - trail) // 2 + lead
    elif align == "end":
        start = room.right - wide
    items = _lead(layout, part, dress, start - lead, chip or icon) if part.icon else []
    items += [_at(ink, start, layout.rtl) for ink in (first, second) if ink is not None]
    if after:
        arrow = Box(start + wide + gap + px(4), box.y + (box.h - icon) // 2, icon, icon)
        items.append(Glyph(arrow, after, dress.icon))
    return items + far


def _far_end(
    layout: Layout, part: Target, dress: Dress, right: int, gap: int, icon_after: str
) -> tuple[list[Item], int]:
    """The tick or icon at the far end and the badge before it, and where they leave off."""
    box, size = part.box, _icon_size(part)
    far: list[Item] = []
    tick = "circle-check" if part.chosen and part.look != "more" else icon_after
    if tick:
        size = min(round(size * 1.12), layout.px(44)) if part.chosen else size
        right -= size
        far.append(Glyph(Box(right, box.y + (box.h - size) // 2, size, size), tick, dress.icon))
        right -= gap + layout.px(4)
    if part.badge:
        badge = _badge(layout, part, dress, right)
        far.append(badge)
        right = badge.box.x - gap
    return far, right


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
    # Two texts in several lines each would reach to a high card's edges.
    height = room.h - max(layout.px(16), room.h * 14 // 100 if part.detail else 0)
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
    said = Said(part.detail, part.language, sizes, balance=True)
    block, size = layout.fit(said, room.w, height)
    return placed(said, block, size, room, dress.small)


def _stacked(label: Ink, detail: Ink, room: Box) -> tuple[Ink, Ink]:
    """One under the other, both together in the middle."""
    top = room.y + (room.h - label.block.height - detail.block.height) // 2
    upper = replace(label, box=replace(label.box, y=top))
    lower = replace(detail, box=replace(detail.box, y=top + label.block.height))
    return upper, lower
