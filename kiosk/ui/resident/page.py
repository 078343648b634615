"""What every resident page has around its body: the strip, the corner button, the bar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.ui.parts import Box, Icon, Panel, Part, Progress, Rule, Sheet, Target
from kiosk.ui.resident.base import SMALLEST, Scene

BAR_LABEL = 20.0


@dataclass(frozen=True)
class Head:
    """The strip at the top: progress with a topic, or what is being answered, or the counter's name."""

    topic: str = ""
    icon: str = ""
    position: int = 0
    total: int = 0
    asked: str = ""


def sheet(
    scene: Scene,
    name: str,
    body: Sequence[Part],
    *,
    head: Head | None = None,
    back: bool = True,
    restart: bool = True,
    reads: Sequence[str] = (),
) -> Sheet:
    """A whole page around its body."""
    parts = [*_strip(scene, head or Head()), *body, *bar(scene, back, restart)]
    return Sheet(
        name, scene.tag, scene.language.direction, tuple(parts), tuple(text for text in reads if text)
    )


def clear_box(scene: Scene) -> Box:
    """The corner button."""
    wide = scene.px(232 if scene.frame.text_scale == 1 or scene.portrait else 280)
    return Box(scene.frame.width - scene.margin - wide, scene.px(16), wide, scene.px(56))


def _strip(scene: Scene, head: Head) -> list[Part]:
    px = scene.px
    clear = clear_box(scene)
    parts: list[Part] = [
        scene.target("clear", clear, "clear", scene.say("bar.clear"), 20, icon="eraser"),
    ]
    room = Box(scene.margin, px(16), clear.x - scene.margin - px(20), px(56))
    if head.asked:
        return [*parts, scene.words(room, head.asked, 24, bold=True, valign="middle", private=True)]
    if not head.total:
        parts.append(scene.words(room, scene.say("office.counter"), 22, colour="ink2", valign="middle"))
        return parts
    if not head.topic:
        return [*parts, Progress(room, head.position, head.total)]
    if scene.portrait:
        upper = Box(room.x, px(14), room.w, px(28))
        return [*parts, Progress(upper, head.position, head.total), *_topic(scene, head, room.x, room, 48)]
    wide = min(px(42) * head.total + px(90), px(520))
    line = room.x + wide + px(4)
    parts += [
        Progress(Box(room.x, room.y, wide, room.h), head.position, head.total),
        Rule(Box(line, px(30), 1, px(28)), "line"),
    ]
    return [*parts, *_topic(scene, head, line + px(24), room, 24)]


def _topic(scene: Scene, head: Head, x: int, room: Box, y: float) -> list[Part]:
    """The topic with its icon from `x` to the end of the room."""
    px = scene.px
    high = px(40)
    side = min(px(32), high)
    middle = px(y) + high // 2
    words = Box(x + side + px(14), px(y), room.right - x - side - px(14), high)
    return [
        Icon(Box(x, middle - side // 2, side, side), head.icon),
        scene.words(words, head.topic, 22, bold=True, valign="middle", max_lines=1),
    ]


def more(scene: Scene, box: Box, page: int, pages: int, key: str = "nav.more") -> Target:
    """The next part of a page, named by `key`, or back to the first one."""
    last = page == pages - 1
    return scene.target(
        "more",
        box,
        "more",
        scene.say("nav.previous" if last else key),
        26,
        icon="arrow-left" if last else "",
        icon_after="" if last else "arrow-right",
        badge=f"{page + 1} / {pages}",
    )


def caution(scene: Scene, strip: Box, text: str) -> list[Part]:
    """A warning in its warm strip: a sign, words, a border, never colour alone."""
    px = scene.px
    middle = strip.y + strip.h // 2
    return [
        Panel(strip, fill="warm_bg", border="warm_line"),
        Icon(Box(strip.x + px(16), middle - px(16), px(32), px(32)), "triangle-alert", "warm_ink"),
        scene.words(
            Box(strip.x + px(62), strip.y + px(3), strip.w - px(74), strip.h - px(6)),
            text,
            22,
            bold=True,
            colour="warm_ink",
            valign="middle",
        ),
    ]


def bar(scene: Scene, back: bool, restart: bool) -> list[Part]:
    """The five cells at the foot; a cell that has no sense is left empty."""
    top, width = scene.bar_top, scene.frame.width
    high = scene.frame.height - top
    read = ("bar.stop", "square") if scene.reading else ("bar.read", "volume-2")
    cells = (
        ("back", scene.say("bar.back"), "arrow-left", back),
        ("restart", scene.say("bar.restart"), "rotate-ccw", restart),
        ("size", scene.say("bar.larger"), "a-large-small", True),
        ("read", scene.say(read[0]), read[1], True),
        ("language", scene.language.endonym, "languages", True),
    )
    parts: list[Part] = [Panel(Box(0, top, width, high), radius=0), Rule(Box(0, top, width, 1))]
    frame_unit = scene.frame.unit
    # The bar never grows; readings and tall scripts fill it at its normal size already.
    grown = 1.0 if scene.tall else min(1.2, scene.frame.text_scale)
    for index, (name, label, icon, shown) in enumerate(cells):
        x = width * index // 5
        box = Box(x, top, width * (index + 1) // 5 - x, high)
        if shown:
            size = BAR_LABEL * frame_unit * grown
            least = SMALLEST * frame_unit
            parts.append(
                Target(name, box, "bar", label, scene.tag, icon=icon, size=size, smaller=(size * 0.92, least))
            )
    return parts
