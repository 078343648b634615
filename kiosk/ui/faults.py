"""Finds what is wrong with a page before a person does: cut text, small targets, missing readings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from kiosk.ui import theme
from kiosk.ui.items import Ink, Shape, ink_box
from kiosk.ui.mirror import mirror
from kiosk.ui.paint import Painter, touches
from kiosk.ui.parts import Box, Icon, Panel, Part, Sheet, Target

SLACK = 1
"""Pixels that rounding may cost."""
RUBY = re.compile(r"\{[^{}|]*\|[^{}|]*\}")
KANJI = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff々]")


def faults(painter: Painter, sheet: Sheet, smallest: float = theme.SMALLEST) -> list[str]:
    """Every fault of a page, one sentence each; empty where the page is good.

    `smallest`: no text may be smaller, in design pixels (readings above kanji are the typesetter's affair).
    """
    shown = mirror(sheet, painter.frame)
    rtl = shown.direction == "rtl"
    found = [fault for part in shown.parts for fault in _part(painter, part, rtl, smallest)]
    found += _readings(shown)
    targets = [part for part in shown.parts if isinstance(part, Target)]
    found += [fault for target in targets for fault in _low(painter, target)]
    found += _overlaps(shown)
    return [f"{sheet.name} {sheet.language}: {fault}" for fault in dict.fromkeys(found)]


def _part(painter: Painter, part: Part, rtl: bool, smallest: float) -> Iterator[str]:
    frame = painter.frame
    if not _inside(part.box, Box(0, 0, frame.width, frame.height)):
        yield f"{_name(part)} leaves the window: {part.box}"
    items = painter.lay(part, "normal", rtl)
    inks = [item for item in items if isinstance(item, Ink)]
    for ink in inks:
        yield from _text(ink, smallest * frame.unit)
    if isinstance(part, Target):
        pieces = [item.box for item in items if not isinstance(item, Ink | Shape)]
        pieces += [ink_box(ink) for ink in inks]
        yield from (
            f"{_name(part)}: icon or words leave it at {piece}"
            for piece in pieces
            if not _inside(piece, part.box)
        )
        yield from (
            f"{_name(part)}: icon and words overlap at {one}"
            for one, other in combinations(pieces, 2)
            if _deep(one, other)
        )


def _text(ink: Ink, smallest: float) -> Iterator[str]:
    block, shown = ink.block, ink.text[:40].replace("\n", " / ")
    if block.missing:
        yield f"no font has {block.missing!r} of “{shown}”"
    if block.overflow:
        yield f"“{shown}” does not fit {ink.room.w} px, even at {ink.size:.0f} px"
    if block.torn:
        yield f"“{shown}” is torn inside a word at {ink.size:.0f} px in {ink.room.w} px"
    seen = ink_box(ink)
    if not _inside(seen, ink.room, sideways=ink.size * 0.5):
        yield f"“{shown}” at {ink.size:.0f} px leaves its box: {seen} of {ink.room}"
    if ink.size < smallest - 0.5:
        yield f"“{shown}” is set in {ink.size:.1f} px, less than {smallest:.1f}"


def _readings(sheet: Sheet) -> Iterator[str]:
    """Plain Japanese has a reading above every kanji."""
    for part in sheet.parts:
        for text, language in _texts(part):
            bare = RUBY.sub("", text)
            if language == "ja-simple" and (kanji := KANJI.search(bare)):
                yield f"“{text[:40]}” has no reading on {kanji.group()}"


def _texts(part: Part) -> list[tuple[str, str]]:
    if isinstance(part, Target):
        return [(part.label, part.language), (part.detail, part.language)]
    text = getattr(part, "label", "") or (getattr(part, "text", "") if hasattr(part, "language") else "")
    return [(text, part.language)] if text and hasattr(part, "language") else []


def _low(painter: Painter, target: Target) -> Iterator[str]:
    usual = theme.TARGET_WIDE if painter.frame.form == "wide" else theme.TARGET
    least = {"key": theme.TARGET_KEY, "clear": theme.TARGET_CLEAR}.get(target.look, usual)
    px = painter.frame.px
    if target.box.h < px(least) - SLACK:
        yield f"{_name(target)} is {target.box.h} px high, less than {px(least)}"
    if target.box.w < px(theme.TARGET_KEY_WIDE) - SLACK:
        yield f"{_name(target)} is {target.box.w} px wide, less than {px(theme.TARGET_KEY_WIDE)}"


def _overlaps(sheet: Sheet) -> Iterator[str]:
    """Targets over each other; those under a panel laid over the page cannot be pressed and do not count."""
    open_ones: list[Target] = []
    for part in sheet.parts:
        if isinstance(part, Panel) and part.fill:
            open_ones = [target for target in open_ones if not touches(part.box, target.box)]
        if isinstance(part, Target):
            yield from (
                f"{_name(part)} lies over {_name(other)}"
                for other in open_ones
                if touches(part.box, other.box)
            )
            yield from (f"{_name(part)} is there twice" for other in open_ones if other.id == part.id)
            open_ones.append(part)


def _name(part: Part) -> str:
    if isinstance(part, Target):
        return f"target {part.id}"
    if isinstance(part, Icon):
        return f"icon {part.name}"
    texts = _texts(part)
    return f"“{texts[0][0][:40]}”" if texts else type(part).__name__.lower()


def _inside(inner: Box, outer: Box, sideways: float = 0) -> bool:
    """`sideways`: pixels that readings may lean out at the line's ends."""
    if inner.w <= 0 or inner.h <= 0:
        return True
    return (
        inner.x >= outer.x - SLACK - sideways
        and inner.right <= outer.right + SLACK + sideways
        and inner.y >= outer.y - SLACK
        and inner.bottom <= outer.bottom + SLACK
    )


def _deep(one: Box, other: Box) -> bool:
    """Whether two boxes overlap by more than marks that lean over."""
    across = min(one.right, other.right) - max(one.x, other.x)
    down = min(one.bottom, other.bottom) - max(one.y, other.y)
    return across > 3 and down > 3
