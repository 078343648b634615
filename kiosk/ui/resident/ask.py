"""Pages that ask by buttons: who, what about, and the questions of a flow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kiosk.core.flow import SPECIAL, UNKNOWN, UNSAID
from kiosk.ui.parts import Box, Part, Sheet, Target
from kiosk.ui.resident import voiced
from kiosk.ui.resident.base import Scene, grid, narrowed
from kiosk.ui.resident.page import Head, more, sheet
from kiosk.ui.resident.voiced import Voice

PER_PAGE = 6


@dataclass(frozen=True)
class Option:
    """One button: what is pressed, its words, its icon, an example below."""

    id: str
    label: str
    icon: str = ""
    detail: str = ""
    chosen: bool = False


@dataclass(frozen=True)
class Asked:
    """A question as it stands."""

    name: str
    title: str
    help: str
    options: tuple[Option, ...]
    special: str = ""
    """Which of "don't know" and "rather not say" was chosen."""
    many: bool = False
    page: int = 0
    tiles: bool = False
    """Large tiles with an example, as for topics."""
    plain: bool = False
    """Nothing is asked of the person: no "don't know" and "rather not say"."""


def per_page(scene: Scene) -> int:
    """Four a page at the largest type, six otherwise."""
    return 4 if scene.frame.text_scale >= 1.5 else PER_PAGE


def question(scene: Scene, asked: Asked, head: Head, voice: Voice | None = None) -> Sheet:
    """Title, help, choices, and under them "don't know", "rather not say" and whatever leads on; with a
    `voice` also the button to answer by it."""
    if voice is not None and voice.ear == "asked":
        asked = _as_picked(asked, voice.picked)
    count = per_page(scene)
    pages = max(1, -(-len(asked.options) // count))
    page = asked.page % pages
    shown = asked.options[page * count : (page + 1) * count]
    side = scene.frame.form == "wide" and not asked.tiles
    # At the largest type the line of help gives its place to the question, unless it says how to go on.
    helped = asked.help if asked.many or scene.frame.text_scale < 1.5 or side else ""
    if side:
        parts = _beside(scene, asked)
        area = _side(scene)
    else:
        parts = scene.title(asked.title, helped)
        three = asked.many or pages > 1 or (voice is not None and voice.ear == "asked")
        # The button to answer by voice stands beside the title and its line of help.
        area = scene.body(scene.top(bool(helped) or voice is not None), 3 if three else 2)
    parts += _choices(scene, shown, count, area, tiles=asked.tiles, side=side)
    if voice is not None:
        place = _voice_box(scene, side=side)
        if not side:
            parts = [
                narrowed(part, place.x - scene.gap) if part.box.y < place.bottom else part for part in parts
            ]
        parts += voiced.button(scene, place, voice)
    if voice is not None and voice.ear == "asked":
        label = scene.say(f"answer.{voice.picked}") if voice.picked in SPECIAL else ""
        parts += voiced.confirm(scene, _beside_foot(scene, area, 3) if side else scene.foot(3), label)
    else:
        parts += _under(scene, asked, page, pages, area if side else None)
    reads = [asked.title, asked.help, *(option.label for option in shown)]
    if not asked.plain:
        reads += [scene.say("answer.unknown"), scene.say("answer.unsaid")]
    return sheet(scene, asked.name, parts, head=head, reads=reads)


def _as_picked(asked: Asked, picked: str) -> Asked:
    """The choice that was heard is marked, and no other."""
    options = tuple(replace(option, chosen=option.id == picked) for option in asked.options)
    return replace(asked, options=options, special=picked if picked in SPECIAL else "")


def _voice_box(scene: Scene, *, side: bool) -> Box:
    """The place of the button: under a question with its choices beside it, else beside the title."""
    px = scene.px
    if side:
        wide = _side(scene).x - scene.margin - px(40)
        return Box(scene.margin, scene.action_top, wide, px(96))
    wide = px(360 if scene.frame.text_scale == 1 else 420)
    top = px(100 if scene.portrait else 80)
    return Box(scene.frame.width - scene.margin - wide, top, wide, px(96))


def _side(scene: Scene) -> Box:
    """The place of the choices beside the question on a wide screen."""
    left = scene.margin + scene.width * 36 // 100
    top = scene.px(96)
    high = scene.action_top - scene.gap - top
    return Box(left, top, scene.frame.width - scene.margin - left, high)


def _beside(scene: Scene, asked: Asked) -> list[Part]:
    px = scene.px
    wide = _side(scene).x - scene.margin - px(40)
    title = Box(scene.margin, px(96), wide, px(208))
    return [
        scene.words(title, asked.title, 42, bold=True),
        scene.words(Box(scene.margin, title.bottom + px(16), wide, px(180)), asked.help, 22, colour="ink2"),
    ]


def _choices(
    scene: Scene, options: Sequence[Option], count: int, area: Box, *, tiles: bool, side: bool
) -> list[Part]:
    """The choices filling the page: few ones are larger, none stands beside a hole."""
    px = scene.px
    if tiles:
        columns = 2 if scene.portrait or count == 4 else 3
        boxes = grid(area, count, columns, scene.gap)[: len(options)]
    elif side and len(options) > 5:
        boxes = grid(area, len(options), 2, scene.gap)
    elif side or scene.portrait or len(options) <= 3:
        tall = px(112) if side or len(options) > 4 else px(136)
        boxes = grid(area, max(len(options), 3), 1, scene.gap, tall)[: len(options)]
    else:
        boxes = grid(area, len(options), 2, scene.gap, px(184))
    return [
        scene.target(
            f"choose:{option.id}",
            box,
            "choice",
            option.label,
            28,
            icon=option.icon,
            detail=option.detail,
            chosen=option.chosen,
            chip=bool(option.icon),
            bold=bool(option.detail),
        )
        for option, box in zip(options, boxes, strict=True)
    ]


def _under(scene: Scene, asked: Asked, page: int, pages: int, side: Box | None) -> list[Part]:
    onward = asked.many or pages > 1
    count = 3 if onward else 2
    boxes = _beside_foot(scene, side, count) if side else scene.foot(count)
    parts: list[Part] = []
    special = () if asked.plain else (UNKNOWN, UNSAID)
    for box, name, icon in zip(boxes, special, ("circle-help", "message-circle-off"), strict=False):
        chosen = asked.special == name
        parts.append(
            scene.target(
                f"choose:{name}", box, "quiet", scene.say(f"answer.{name}"), 26, icon=icon, chosen=chosen
            )
        )
    if onward:
        parts.append(_onward(scene, asked, page, pages, boxes[2]))
    return parts


def _beside_foot(scene: Scene, side: Box, count: int) -> list[Box]:
    """The row under choices beside a question; what leads on has more room, for its figure and arrow."""
    row = Box(side.x, scene.action_top, side.w, scene.px(96))
    if count < 3:
        return grid(row, count, count, scene.gap)
    last = row.w * 40 // 100
    rest = grid(Box(row.x, row.y, row.w - last - scene.gap, row.h), 2, 2, scene.gap)
    return [*rest, Box(row.right - last, row.y, last, row.h)]


def _onward(scene: Scene, asked: Asked, page: int, pages: int, box: Box) -> Target:
    """The next choices, back to the first ones, or on with what was chosen."""
    last = page == pages - 1
    if asked.many and last:
        ready = any(option.chosen for option in asked.options)
        return scene.target(
            "next", box, "primary", scene.say("nav.next"), 28, icon_after="arrow-right", enabled=ready
        )
    return more(scene, box, page, pages)
