"""How what is only to read is laid out: texts, pills, progress, loudness, bars, codes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kiosk.text.block import Pen
from kiosk.text.markup import read
from kiosk.text.qr import qr_image
from kiosk.ui import theme
from kiosk.ui.items import Glyph, Ink, Item, Picture, Shape
from kiosk.ui.layout import Layout, Said, placed
from kiosk.ui.parts import Bar, Box, Icon, Meter, Panel, Photo, Pill, Progress, Qr, Rule, Words

Mark = Words | Panel | Icon | Rule | Pill | Progress | Meter | Bar | Qr | Photo
SEGMENTS = 16
"""Of the loudness meter."""


def lay_mark(layout: Layout, part: Mark) -> list[Item]:
    """Everything the part is drawn from; laid out from left to right, whatever the page's direction."""
    match part:
        case Words():
            return _words(layout, part)
        case Panel():
            return _panel(layout, part)
        case Icon():
            return _icon(layout, part)
        case Rule():
            box = part.box
            wide = box.w >= box.h
            return [Shape(Box(box.x, box.y, box.w if wide else 1, 1 if wide else box.h), part.colour)]
        case Pill():
            return _pill(layout, part)
        case Progress():
            return _progress(layout, part)
        case Meter():
            return _meter(layout, part)
        case Bar():
            return _bar(layout, part)
        case Qr():
            code = qr_image(part.text, min(part.box.w, part.box.h))
            x = part.box.x + (part.box.w - code.width) // 2
            y = part.box.y + (part.box.h - code.height) // 2
            return [Picture(Box(x, y, code.width, code.height), code)]
        case Photo():
            return [_photo(part)]


def _photo(part: Photo) -> Picture:
    from PIL import Image

    image, box = part.shot.image, part.box
    scale = min(box.w / image.width, box.h / image.height)
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    x, y = box.x + (box.w - size[0]) // 2, box.y + (box.h - size[1]) // 2
    return Picture(Box(x, y, *size), image.resize(size, Image.Resampling.LANCZOS))


def _words(layout: Layout, part: Words) -> list[Item]:
    if not part.text:
        return [_caret(layout, part, part.size, 0, part.size * 0.67)] if part.caret else []
    sizes = (part.size, *part.smaller)
    # One word alone in the middle of a last line looks lost.
    said = Said(
        part.text, part.language, sizes, part.bold, part.align, part.max_lines, part.align == "center",
        part.private,
    )  # fmt: skip
    ink = layout.ink(said, part.box, part.colour, part.valign)
    if part.provisional_from is not None and part.provisional_from < len(part.text):
        ink = replace(ink, provisional=_certain(layout, said, ink, part.provisional_from))
    if part.tail:
        ink = _tail(ink)
    if part.marks:
        return [ink, *_underlined(layout, said, ink, part.marks)]
    if not part.caret:
        return [ink]
    left, _, width, _ = ink.block.lines_boxes[-1]
    # Blanks at a line's end are not set; the caret moves on all the same.
    blanks = len(part.text) - len(part.text.rstrip(" "))
    middle = ink.box.y - part.box.y + ink.block.middle + (ink.block.lines - 1) * ink.block.line_pitch
    return [ink, _caret(layout, part, ink.size, left + width + blanks * ink.size * 0.26, middle)]


def _caret(layout: Layout, part: Words, size: float, x: float, middle: float) -> Shape:
    """An upright stroke at `x` and around `middle`, from the part's corner."""
    wide, high = layout.px(3), round(size * 1.2)
    left = min(part.box.x + round(x) + layout.px(2), part.box.right - wide)
    return Shape(Box(left, part.box.y + round(middle - high / 2), wide, high), "accent")


def _tail(ink: Ink) -> Ink:
    """The last lines of a text that is higher than its room."""
    block, room = ink.block, ink.room
    # The first and the last line may give up a little of the air around them.
    count = max(1, int(room.h / block.line_pitch + 0.25))
    hidden = block.lines - count
    if hidden <= 0:
        return replace(ink, box=replace(ink.box, y=room.y))
    cut = round(hidden * block.line_pitch)
    top = max(0, cut - block.offset[1])
    mask = block.mask.crop((0, top, block.mask.width, block.mask.height))
    lines = tuple((x, y - cut, wide, high) for x, y, wide, high in block.lines_boxes[hidden:])
    shown = replace(
        block, pen=Pen.done(mask, (block.offset[0], block.offset[1] + top - cut)), lines_boxes=lines,
        height=block.height - cut, lines=count, spans=block.spans[hidden:],
    )  # fmt: skip
    provisional = ink.provisional
    if provisional is not None:
        line, certain = provisional
        provisional = (max(0, line - hidden), certain if line >= hidden else 0)
    y = room.y - max(0, shown.height - room.h) // 2
    box = Box(ink.box.x, y, ink.box.w, shown.height)
    return replace(ink, block=shown, box=box, provisional=provisional)


def _underlined(layout: Layout, said: Said, ink: Ink, marks: Sequence[tuple[int, int]]) -> list[Item]:
    """Lines under stretches of a text, one for each line of it they reach over."""
    thick, found = max(2, layout.px(3)), list[Item]()
    block = ink.block
    for start, end in marks:
        if not said.text[start:end].strip():
            continue
        (first, skip), (last, stop) = _begin(layout, said, ink, start), _certain(layout, said, ink, end)
        for line in range(first, last + 1):
            left, _, width, _ = block.lines_boxes[line]
            begin = skip if line == first else 0
            until = stop if line == last else round(width)
            if until - begin < 2:
                continue
            x = round(left) + begin
            if layout.rtl:  # the page is turned round afterwards, the text in it is not
                x = ink.box.w - x - (until - begin)
            under = round(block.baseline + line * block.line_pitch + ink.size * 0.2)
            box = Box(ink.box.x + x, ink.box.y + under, until - begin, thick)
            found.append(Shape(box, "warm_line"))
    return found


def _begin(layout: Layout, said: Said, ink: Ink, count: int) -> tuple[int, int]:
    """The line where the sign number `count` stands, and how far from the line's start."""
    at = len(read(said.text[:count]).text)
    lines = ink.block.spans
    line = next((line for line, (_, end) in enumerate(lines) if at < end), len(lines) - 1)
    before = read(said.text).text[lines[line][0] : at]
    # A blank at the end is not measured.
    blank = round(ink.size * 0.26) if before.endswith(" ") else 0
    return line, _width(layout, said, ink, before) + blank


def _certain(layout: Layout, said: Said, ink: Ink, count: int) -> tuple[int, int]:
    """Where the first `count` signs end: the line, and how far from the line's start."""
    at = len(read(said.text[:count].rstrip()).text)
    lines = ink.block.spans
    line = max((line for line, (start, _) in enumerate(lines) if start < at), default=0)
    return line, _width(layout, said, ink, read(said.text).text[lines[line][0] : at])


def _width(layout: Layout, said: Said, ink: Ink, text: str) -> int:
    if not text.strip():
        return 0
    return round(layout.text.measure(text, said.language, ink.size, said.bold, keep=not said.private))


def _panel(layout: Layout, part: Panel) -> list[Item]:
    if part.box.w <= 0 or part.box.h <= 0:
        return []
    width = layout.px(theme.BORDER) if part.border_width is None else part.border_width
    radius = layout.px(theme.RADIUS) if part.radius is None else part.radius
    return [Shape(part.box, part.fill, part.border, width if part.border else 0, radius)]


def _icon(layout: Layout, part: Icon) -> list[Item]:
    size = min(part.box.w, part.box.h)
    square = Box(part.box.x + (part.box.w - size) // 2, part.box.y + (part.box.h - size) // 2, size, size)
    if not part.chip:
        return [Glyph(square, part.name, part.colour)]
    if layout.contrast:
        return [Glyph(square.inset(round(size * 0.12)), part.name, part.colour)]
    inner = Glyph(square.inset(round(size * 0.22)), part.name, part.colour)
    return [Shape(square, "tint", radius=min(layout.px(theme.RADIUS), round(size * 0.2))), inner]


def _pill(layout: Layout, part: Pill) -> list[Item]:
    px, box = layout.px, part.box
    warm = part.tone == "warm"
    ink = "warm_ink" if warm else "accent"
    icon = round(part.size * 1.1) if part.icon else 0
    edge, gap = px(14), px(8) if icon else 0
    room = box.w - 2 * edge - icon - gap
    least = layout.px(theme.SMALLEST)
    sizes = (part.size, *(s for s in (part.size * 0.92, part.size * 0.84) if s >= least))
    said = Said(part.label, part.language, sizes, bold=True, max_lines=1)
    _, size = layout.fit(said, room, box.h)
    # It never breaks: too long a label makes a wider pill, not one it stands out of.
    block = layout.set(said, size, None)
    width = 2 * edge + icon + gap + block.text_width + px(2)
    x = box.x
    if part.align != "start":
        x += (box.w - width) // (1 if part.align == "end" else 2)
    border = "warm_line" if warm else "accent" if layout.contrast else ""
    shape = Shape(Box(x, box.y, width, box.h), "warm_bg" if warm else "tint", border,
                  px(theme.BORDER) if border else 0, box.h // 2)  # fmt: skip
    items: list[Item] = [shape]
    if icon:
        items.append(Glyph(Box(x + edge, box.y + (box.h - icon) // 2, icon, icon), part.icon, ink))
    words = Box(x + edge + icon + gap, box.y, block.width, box.h)
    return [*items, placed(said, block, size, words, ink)]


def _progress(layout: Layout, part: Progress) -> list[Item]:
    px, box = layout.px, part.box
    grown = 1 + (layout.frame.text_scale - 1) * 0.7
    size = min(layout.px(22) * grown, box.h * 0.95)
    said = Said(f"{part.position} / {part.total}", "en", (size,), bold=True)
    block = layout.set(said, size, None)
    gap, high = px(6), px(12 if layout.contrast else 8)
    room = box.w - block.width - px(16)
    step = min(px(42), (room + gap) // max(1, part.total))
    items: list[Item] = []
    for index in range(part.total):
        cell = Box(box.x + index * step, box.y + (box.h - high) // 2, max(1, step - gap), high)
        done = index < part.position
        fill = "accent" if done else "" if layout.contrast else "hair"
        border = "accent" if layout.contrast else ""
        items.append(Shape(cell, fill, border, px(2) if border else 0, high // 2))
    at = Box(box.x + part.total * step - gap + px(18), box.y, block.width, box.h)
    return [*items, placed(said, block, size, at, "ink")]


def _meter(layout: Layout, part: Meter) -> list[Item]:
    box, gap = part.box, layout.px(4)
    lit = round(max(0.0, min(1.0, part.level)) * SEGMENTS)
    items: list[Item] = []
    for index in range(SEGMENTS):
        # Edges from fractions: whole pixels each, no remainder left at the end.
        left = round((box.w + gap) * index / SEGMENTS)
        right = round((box.w + gap) * (index + 1) / SEGMENTS) - gap
        cell = Box(box.x + left, box.y, max(1, right - left), box.h)
        colour = ("warm_line" if part.warn else "accent") if index < lit else "hair"
        hollow = layout.contrast and index >= lit
        radius = min(layout.px(4), cell.w // 2)
        items.append(Shape(cell, "" if hollow else colour, "hair" if hollow else "", int(hollow), radius))
    return items


def _bar(layout: Layout, part: Bar) -> list[Item]:
    box = part.box
    hollow = layout.contrast
    items: list[Item] = [
        Shape(box, "" if hollow else "hair", "hair" if hollow else "", int(hollow), box.h // 2)
    ]
    done = round(box.w * max(0.0, min(1.0, part.done)))
    if done:
        items.append(Shape(replace(box, w=max(box.h, done)), "accent", radius=box.h // 2))
    return items
