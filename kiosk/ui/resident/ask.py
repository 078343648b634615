"""Pages that ask by buttons: who, what about, and the questions of a flow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.core.flow import UNKNOWN, UNSAID
from kiosk.ui.parts import Box, Part, Sheet
from kiosk.ui.resident.base import Head, Scene, sheet

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


def per_page(scene: Scene, asked: Asked) -> int:
    """Four a page at the largest type, six otherwise."""
    return 4 if scene.frame.text_scale >= 1.5 and not asked.tiles else PER_PAGE


def question(scene: Scene, asked: Asked, head: Head) -> Sheet:
    """Title, help, choices, and under them "don't know", "rather not say" and whatever leads on."""
    count = per_page(scene, asked)
    pages = max(1, -(-len(asked.options) // count))
    page = asked.page % pages
    shown = asked.options[page * count : (page + 1) * count]
    side = scene.frame.form == "wide" and not asked.tiles
    parts = _title(scene, asked, side)
    parts += _tiles(scene, shown) if asked.tiles else _choices(scene, shown, count, side, bool(asked.help))
    parts += _under(scene, asked, page, pages, side)
    reads = [asked.title, asked.help, *(option.label for option in shown)]
    reads += [scene.say("answer.unknown"), scene.say("answer.unsaid")]
    return sheet(scene, asked.name, parts, head=head, reads=reads)


def _side(scene: Scene) -> tuple[int, int]:
    """Left edge and width of the choices beside the question on a wide screen."""
    left = scene.margin + (scene.width * 36) // 100
    return left, scene.frame.width - scene.margin - left


def _title(scene: Scene, asked: Asked, side: bool) -> list[Part]:
    px = scene.px
    if side:
        wide = _side(scene)[0] - scene.margin - px(40)
        return [
            scene.words(Box(scene.margin, px(96), wide, px(260)), asked.title, 42, bold=True),
            scene.words(Box(scene.margin, px(380), wide, px(140)), asked.help, 22, colour="ink2"),
        ]
    high = px(66) if asked.help else px(88)
    parts: list[Part] = [
        scene.words(Box(scene.margin, px(78), scene.width, high), asked.title, 40, bold=True, valign="middle")
    ]
    if asked.help:
        parts.append(
            scene.words(
                Box(scene.margin, px(144), scene.width, px(40)),
                asked.help,
                22,
                colour="ink2",
                valign="middle",
                max_lines=1,
            )
        )
    return parts


def _tiles(scene: Scene, options: Sequence[Option]) -> list[Part]:
    px, gap = scene.px, scene.px(16)
    columns = 2 if scene.frame.form == "portrait" else 3
    rows = -(-PER_PAGE // columns)
    top = px(176)
    height = (scene.action_top - gap - top - gap * (rows - 1)) // rows
    return _grid(scene, options, columns, top, height, scene.margin, scene.width)


def _choices(scene: Scene, options: Sequence[Option], count: int, side: bool, helped: bool) -> list[Part]:
    px, gap = scene.px, scene.px(16)
    if side:
        left, wide = _side(scene)
        top = px(96)
        height = min(px(112), (scene.action_top - gap - top - gap * (count - 1)) // count)
        return _grid(scene, options, 1, top, height, left, wide)
    columns = 1 if scene.frame.form == "portrait" else 2
    rows = -(-count // columns)
    top = px(192 if helped else 176)
    height = (scene.action_top - gap - top - gap * (rows - 1)) // rows
    height = min(height, px(150))
    return _grid(scene, options, columns, top, height, scene.margin, scene.width)


def _grid(
    scene: Scene, options: Sequence[Option], columns: int, top: int, height: int, left: int, width: int
) -> list[Part]:
    gap = scene.px(16)
    wide = (width - gap * (columns - 1)) // columns
    parts: list[Part] = []
    for index, option in enumerate(options):
        box = Box(
            left + index % columns * (wide + gap), top + index // columns * (height + gap), wide, height
        )
        parts.append(
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
        )
    return parts


def _under(scene: Scene, asked: Asked, page: int, pages: int, side: bool) -> list[Part]:
    onward = asked.many or pages > 1
    count = 3 if onward else 2
    if side:
        left, wide = _side(scene)
        gap = scene.px(16)
        each = (wide - gap * (count - 1)) // count
        boxes = [Box(left + i * (each + gap), scene.action_top, each, scene.px(96)) for i in range(count)]
    else:
        boxes = scene.columns(count, scene.action_top, scene.px(96))
    parts: list[Part] = []
    for box, name, icon in zip(boxes, (UNKNOWN, UNSAID), ("circle-help", "message-circle-off"), strict=False):
        chosen = asked.special == name
        parts.append(
            scene.target(
                f"choose:{name}", box, "quiet", scene.say(f"answer.{name}"), 26, icon=icon, chosen=chosen
            )
        )
    if asked.many and (page == pages - 1):
        ready = any(option.chosen for option in asked.options)
        parts.append(
            scene.target(
                "next",
                boxes[2],
                "primary",
                scene.say("nav.next"),
                28,
                icon_after="arrow-right",
                enabled=ready,
            )
        )
    elif onward:
        last = page == pages - 1
        parts.append(
            scene.target(
                "more",
                boxes[2],
                "more",
                scene.say("nav.previous" if last else "nav.more"),
                26,
                icon="arrow-left" if last else "",
                icon_after="" if last else "arrow-right",
                badge=f"{page + 1} / {pages}",
            )
        )
    return parts
