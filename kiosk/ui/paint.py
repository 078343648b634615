"""Parts into pictures: one painter for the window, for photographs, and for the search for cut text."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from kiosk.text.icons import icon_mask
from kiosk.ui.frame import Frame
from kiosk.ui.parts import (
    Bar,
    Box,
    Icon,
    Meter,
    Panel,
    Part,
    Pill,
    Progress,
    Qr,
    Rule,
    Sheet,
    Target,
    Words,
)
from kiosk.ui.theme import CONTRAST, LIGHT

if TYPE_CHECKING:
    from PIL import Image

    from kiosk.text.block import Block
    from kiosk.text.typesetter import Typesetter

State = Literal["normal", "pressed", "focused"]
FINE = 4
"""Rounded corners are drawn so many times larger and reduced."""


@lru_cache(maxsize=512)
def rounded(width: int, height: int, radius: int, border: int) -> Image.Image:
    """The mask of a rounded rectangle, or of its border only where `border` is not 0."""
    from PIL import Image, ImageDraw

    radius = min(radius, width // 2, height // 2)
    corner = max(1, radius + border)
    size = 2 * corner + 1
    large = Image.new("L", (size * FINE, size * FINE))
    pen = ImageDraw.Draw(large)
    pen.rounded_rectangle((0, 0, size * FINE - 1, size * FINE - 1), radius * FINE, fill=255)
    if border:
        inset = border * FINE
        pen.rounded_rectangle(
            (inset, inset, size * FINE - 1 - inset, size * FINE - 1 - inset),
            max(0, radius * FINE - inset),
            fill=0,
        )
    small = large.resize((size, size), Image.Resampling.BOX)
    # Only the corners are fine work; the sides are stretched from their middle pixel.
    mask = Image.new("L", (width, height))
    c = min(corner, width // 2, height // 2)
    boxes = ((0, 0), (width - c, 0), (0, height - c), (width - c, height - c))
    cuts = ((0, 0), (size - c, 0), (0, size - c), (size - c, size - c))
    mask.paste(255 if not border else 0, (c, 0, width - c, height))
    mask.paste(255 if not border else 0, (0, c, width, height - c))
    if border:
        mask.paste(255, (c, 0, width - c, border))
        mask.paste(255, (c, height - border, width - c, height))
        mask.paste(255, (0, c, border, height - c))
        mask.paste(255, (width - border, c, width, height - c))
    for (x, y), (u, v) in zip(boxes, cuts, strict=True):
        mask.paste(small.crop((u, v, u + c, v + c)), (x, y))
    return mask


@dataclass(frozen=True)
class Look:
    """Colours of a target in its state; names of the theme, empty for none."""

    fill: str
    border: str
    width: int
    ink: str
    icon: str
    bold: bool


class Painter:
    """Draws parts onto an image of the window. Safe for one thread; the typesetter's cache is shared."""

    def __init__(self, typesetter: Typesetter, frame: Frame) -> None:
        self._text = typesetter
        self.frame = frame
        self._colours = CONTRAST if frame.contrast else LIGHT

    def photograph(self, sheet: Sheet) -> Image.Image:
        """The whole page as the window shows it."""
        page = self.blank()
        for part in sheet.parts:
            self.paint(page, part)
        return page

    def repaint(
        self, page: Image.Image, sheet: Sheet, area: Box, target: Target | None, state: State
    ) -> None:
        """Draw anew what lies in `area`, one target perhaps in another state."""
        fresh = self.blank((area.w, area.h))
        for part in sheet.parts:
            box = part.box
            if (
                box.x - 12 < area.right
                and box.right + 12 > area.x
                and box.y - 40 < area.bottom
                and box.bottom + 40 > area.y
            ):
                moved = replace(part, box=Box(box.x - area.x, box.y - area.y, box.w, box.h))
                self.paint(fresh, moved, state if part == target else "normal")
        page.paste(fresh, (area.x, area.y))

    def reach(self, target: Target) -> Box:
        """Where a target answers: the corner button up to the corner, everything else in its box."""
        box = target.box
        if target.look == "clear":
            return Box(box.x - 12, 0, self.frame.width - box.x + 12, self.frame.px(92))
        return box

    def blank(self, size: tuple[int, int] | None = None) -> Image.Image:
        from PIL import Image

        return Image.new("RGB", size or (self.frame.width, self.frame.height), self.colour("ground"))

    def colour(self, name: str) -> tuple[int, int, int]:
        value = self._colours[name]
        return int(value[1:3], 16), int(value[3:5], 16), int(value[5:7], 16)

    def paint(self, page: Image.Image, part: Part, state: State = "normal") -> None:
        match part:
            case Panel():
                self._panel(page, part.box, part.fill, part.border, part.border_width, part.radius)
            case Words():
                self._words(page, part)
            case Target():
                self._target(page, part, state)
            case Icon():
                self._icon(page, part)
            case Rule():
                box = part.box
                wide = box.w >= box.h
                page.paste(
                    self.colour(part.colour),
                    (box.x, box.y, box.x + (box.w if wide else 1), box.y + (1 if wide else box.h)),
                )
            case Pill():
                self._pill(page, part)
            case Progress():
                self._progress(page, part)
            case Meter():
                self._meter(page, part)
            case Bar():
                self._bar(page, part)
            case Qr():
                self._qr(page, part)

    def block(self, part: Words) -> Block:
        """The text of a part in the largest of its sizes that fits."""
        sizes = (part.size, *part.smaller)
        return self._text.fit(
            part.text,
            part.language,
            sizes,
            part.box.w,
            part.box.h,
            part.bold,
            part.max_lines,
            align=part.align,
        )

    def _words(self, page: Image.Image, part: Words) -> None:
        if not part.text:
            return
        block = self.block(part)
        y = part.box.y
        if part.valign == "middle":
            y = self._middle_y(block, part.box)
        elif part.valign == "bottom":
            y = part.box.bottom - block.height
        self._stamp(page, block, part.box.x, y, part.colour)

    @staticmethod
    def _middle_y(block: Block, box: Box) -> int:
        """The top that puts the optical middle of the lines at the middle of the box."""
        middle = block.middle + (block.lines - 1) * block.line_pitch / 2
        return round(box.y + box.h / 2 - middle)

    def _stamp(self, page: Image.Image, block: Block, x: int, y: int, colour: str) -> None:
        page.paste(self.colour(colour), (x + block.offset[0], y + block.offset[1]), block.mask)

    def _panel(self, page: Image.Image, box: Box, fill: str, border: str, width: int, radius: int) -> None:
        if box.w <= 0 or box.h <= 0:
            return
        if fill:
            page.paste(self.colour(fill), (box.x, box.y), rounded(box.w, box.h, radius, 0))
        if border:
            page.paste(self.colour(border), (box.x, box.y), rounded(box.w, box.h, radius, width))

    def _icon(self, page: Image.Image, part: Icon) -> None:
        box, colour = part.box, part.colour
        size = min(box.w, box.h)
        if part.chip and not self.frame.contrast:
            self._panel(page, box, "tint", "", 0, round(size * 0.16))
        if part.chip:
            size = round(size * 0.56)
        self._mask(page, part.name, box.x + (box.w - size) // 2, box.y + (box.h - size) // 2, size, colour)

    def _mask(self, page: Image.Image, name: str, x: int, y: int, size: int, colour: str) -> None:
        page.paste(self.colour(colour), (x, y), icon_mask(name, size))

    def _target(self, page: Image.Image, part: Target, state: State) -> None:
        if part.look == "plain":
            return
        look = self._look(part, state)
        px = self.frame.px
        if part.look == "bar":
            self._bar_cell(page, part, look)
            return
        if part.look == "round":
            self._round(page, part)
            return
        if state == "focused":
            ring = px(7)
            around = Box(part.box.x - ring, part.box.y - ring, part.box.w + 2 * ring, part.box.h + 2 * ring)
            self._panel(page, around, "", "accent", px(3), px(14) + ring)
        self._panel(
            page, part.box, look.fill, look.border, look.width, px(12 if part.look == "clear" else 14)
        )
        self._label(page, part, look)

    def _look(self, part: Target, state: State) -> Look:
        high = self.frame.contrast
        line = max(2, self.frame.px(3 if high else 2))
        if not part.enabled:
            return Look("ground", "hair", line, "mute", "mute", False)
        if part.chosen or part.look == "primary" or part.look == "round":
            pressed = state == "pressed"
            return Look("accent", "line" if pressed else "", line, "on_accent", "on_accent", True)
        if state == "pressed":
            return Look("tint", "accent", line + 1, "ink", "accent", part.bold)
        if part.look == "more":
            return Look("tint", "accent", line, "accent", "accent", True)
        if part.look == "quiet":
            return Look("ground", "line", line, "ink", "accent", part.bold)
        if part.look == "bar":
            return Look("", "", 0, "ink", "accent", False)
        return Look("surface", "line", line, "ink", "accent", part.bold)

    def _label(self, page: Image.Image, part: Target, look: Look) -> None:
        """Icon, label, second line, badge and icon behind, laid along the middle of the box."""
        px, box = self.frame.px, part.box
        pad = px(20)
        x, right = box.x + pad, box.right - pad
        icon = round(box.h * 0.64) if part.chip else px(32 if part.look != "clear" else 26)
        icon = min(icon, box.h - px(24)) if part.chip else icon
        centred = (part.align or ("start" if part.look in ("choice", "more") else "center")) == "center"
        gap = px(20 if part.chip else 14)
        lead = icon + gap if part.icon else 0
        trail = px(32) + gap if part.icon_after or (part.chosen and part.look == "choice") else 0
        badge = self._text.set(part.badge, "en", size=px(22), bold=True) if part.badge else None
        if badge:
            trail += badge.width + px(20)
        room = max(1, right - x - lead - trail)
        label, detail = self._lines(part, look, room)
        width = max(label.text_width if label else 0, detail.text_width if detail else 0)
        if centred:
            x = box.x + (box.w - lead - width - trail) // 2
        if part.icon:
            self._lead(page, part, look, x, icon)
        self._stack(page, label, detail, x + lead, box, look)
        end = x + lead + width + gap if centred else right - px(32)
        if badge:
            at = box.right - pad - px(32) - px(20) - badge.width if part.icon_after else right - badge.width
            self._stamp(page, badge, at, round(box.y + box.h / 2 - badge.middle), look.ink)
        after = "circle-check" if part.chosen and part.look == "choice" else part.icon_after
        if after:
            self._mask(page, after, end, box.y + (box.h - px(32)) // 2, px(32), look.icon)

    def _lines(self, part: Target, look: Look, room: int) -> tuple[Block | None, Block | None]:
        sizes = (part.size, *part.smaller)
        height = part.box.h - self.frame.px(16)
        align = "start"
        label = detail = None
        if part.detail:
            small = self.frame.px(22)
            detail = self._text.set(part.detail, part.language, size=small, width=room, max_lines=2)
            height -= detail.height
        if part.label:
            label = self._text.fit(part.label, part.language, sizes, room, height, look.bold, align=align)  # type: ignore[arg-type]
        return label, detail

    def _lead(self, page: Image.Image, part: Target, look: Look, x: int, size: int) -> None:
        top = part.box.y + (part.box.h - size) // 2
        if part.chip and not self.frame.contrast:
            fill = "surface" if look.fill in ("accent", "tint") else "tint"
            self._panel(page, Box(x, top, size, size), fill, "", 0, round(size * 0.16))
            inner = round(size * 0.56)
            offset = (size - inner) // 2
            self._mask(page, part.icon, x + offset, top + offset, inner, "accent")
        else:
            self._mask(page, part.icon, x, top, size, look.icon)

    def _stack(
        self, page: Image.Image, label: Block | None, detail: Block | None, x: int, box: Box, look: Look
    ) -> None:
        if label and not detail:
            self._stamp(page, label, x, self._middle_y(label, box), look.ink)
        elif label and detail:
            top = box.y + (box.h - label.height - detail.height) // 2
            self._stamp(page, label, x, top, look.ink)
            self._stamp(page, detail, x, top + label.height, "ink2" if look.fill != "accent" else look.ink)

    def _bar_cell(self, page: Image.Image, part: Target, look: Look) -> None:
        px, box = self.frame.px, part.box
        if look.fill:
            page.paste(self.colour(look.fill), (box.x, box.y, box.right, box.bottom))
        size = px(32)
        self._mask(page, part.icon, box.x + (box.w - size) // 2, box.y + px(14), size, look.icon)
        sizes = (part.size, *part.smaller)
        label = self._text.fit(
            part.label, part.language, sizes, box.w - px(8), px(44), align="center", max_lines=1
        )
        y = round(box.y + px(70) - label.middle)
        self._stamp(page, label, box.x + px(4), y, look.ink)

    def _round(self, page: Image.Image, part: Target) -> None:
        box = part.box
        size = min(box.w, box.h)
        ring = Box(box.x + (box.w - size) // 2, box.y + (box.h - size) // 2, size, size)
        self._panel(page, ring, "tint" if part.enabled else "hair", "", 0, size // 2)
        inset = round(size * 0.095)
        self._panel(page, ring.inset(inset), "accent" if part.enabled else "mute", "", 0, size // 2)
        icon = round(size * 0.36)
        self._mask(
            page, part.icon, ring.x + (size - icon) // 2, ring.y + (size - icon) // 2, icon, "on_accent"
        )

    def _pill(self, page: Image.Image, part: Pill) -> None:
        px = self.frame.px
        warm = part.tone == "warm"
        ink = "warm_ink" if warm else "accent"
        block = self._text.set(part.label, part.language, size=part.size, bold=True)
        icon = round(part.size * 1.05) if part.icon else 0
        gap = px(8) if icon else 0
        width = px(16) + icon + gap + block.width + px(16)
        x = part.box.x if part.align == "start" else part.box.right - width
        height = part.box.h
        self._panel(page, Box(x, part.box.y, width, height), "warm_bg" if warm else "tint",
                    "warm_line" if warm or self.frame.contrast else "", px(2), height // 2)  # fmt: skip
        if icon:
            self._mask(page, part.icon, x + px(16), part.box.y + (height - icon) // 2, icon, ink)
        y = round(part.box.y + height / 2 - block.middle)
        self._stamp(page, block, x + px(16) + icon + gap, y, ink)

    def _progress(self, page: Image.Image, part: Progress) -> None:
        px, box = self.frame.px, part.box
        words = self._text.set(f"{part.position} / {part.total}", "en", size=px(22), bold=True)
        room = box.w - words.width - px(18)
        step = min(px(42), room // max(1, part.total))
        high = px(8 if not self.frame.contrast else 12)
        for index in range(part.total):
            cell = Box(box.x + index * step, box.y + (box.h - high) // 2, step - px(6), high)
            done = index < part.position
            fill = "accent" if done else "" if self.frame.contrast else "hair"
            self._panel(page, cell, fill, "accent" if self.frame.contrast else "", px(2), high // 2)
        at = box.x + part.total * step + px(12)
        self._stamp(page, words, at, round(box.y + box.h / 2 - words.middle), "ink")

    def _meter(self, page: Image.Image, part: Meter) -> None:
        count, box, gap = 16, part.box, self.frame.px(4)
        wide = (box.w - gap * (count - 1)) // count
        lit = round(max(0.0, min(1.0, part.level)) * count)
        for index in range(count):
            cell = Box(box.x + index * (wide + gap), box.y, wide, box.h)
            colour = ("warm_line" if part.warn else "accent") if index < lit else "hair"
            border = "hair" if self.frame.contrast and index >= lit else ""
            self._panel(page, cell, "" if border else colour, border, 1, self.frame.px(4))

    def _bar(self, page: Image.Image, part: Bar) -> None:
        box = part.box
        self._panel(page, box, "hair", "", 0, box.h // 2)
        done = round(box.w * max(0.0, min(1.0, part.done)))
        if done:
            self._panel(page, Box(box.x, box.y, max(box.h, done), box.h), "accent", "", 0, box.h // 2)

    def _qr(self, page: Image.Image, part: Qr) -> None:
        code = qr_picture(part.text, min(part.box.w, part.box.h))
        x = part.box.x + (part.box.w - code.width) // 2
        y = part.box.y + (part.box.h - code.height) // 2
        page.paste(code.convert("RGB"), (x, y))


@lru_cache(maxsize=16)
def qr_picture(text: str, room: int) -> Image.Image:
    """A QR code with its quiet zone of four modules, black on white in every theme: telephones want it so."""
    import segno
    from PIL import Image

    code = segno.make(text, error="m", micro=False)
    count = int(code.symbol_size(border=4)[0])
    image = Image.new("L", (count, count))
    image.putdata([0 if cell else 255 for row in code.matrix_iter(border=4) for cell in row])
    side = count * max(1, room // count)
    return image.resize((side, side), Image.Resampling.NEAREST)
