"""The notice, the text's size, plain questions, and what is laid over a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kiosk.ui.parts import Box, Icon, Panel, Part, Sheet, Target, Words
from kiosk.ui.resident.base import Scene, grid
from kiosk.ui.resident.page import clear_box, sheet

NOTICES = (("free", ""), ("secret", "lock-keyhole"), ("kept", "archive"))


def notice(scene: Scene, keep_days: int, *, plain: bool = False) -> Sheet:
    """Free, secret, what is kept; what the clear button is for, before it is ever needed; and whom it is
    about, so that nobody presses twice. `plain`: only one way on, as after a disaster."""
    px, say = scene.px, scene.say
    parts: list[Part] = scene.title(say("notice.title"))
    reads = [say("notice.title")]
    area = scene.body(scene.top(), 1 if plain else 3)
    note = px(112 if scene.portrait else 76)
    left = Box(scene.margin, area.bottom - note, scene.width, note)
    area = Box(area.x, area.y, area.w, area.h - note - scene.gap // 2)
    for box, (name, icon) in zip(grid(area, 3, 1, scene.gap), NOTICES, strict=True):
        head, text = say(f"notice.{name}.title"), say(f"notice.{name}.text", days=keep_days)
        reads += [head, text]
        inner = Box(box.x + px(132), box.y + px(4), box.w - px(156), box.h - px(8))
        upper = inner.h * 46 // 100
        parts += [
            Panel(box),
            *_notice_icon(scene, box, icon),
            scene.words(Box(inner.x, inner.y, inner.w, upper), head, 28, bold=True, valign="bottom"),
            scene.words(
                Box(inner.x, inner.y + upper + px(2), inner.w, inner.h - upper - px(2)),
                text,
                24,
                colour="ink2",
            ),
        ]
    parts += [
        Icon(Box(left.x + px(40), left.y + (left.h - px(48)) // 2, px(48), px(48)), "eraser"),
        scene.words(
            Box(left.x + px(132), left.y, left.w - px(132), left.h), say("notice.clear"), 22, valign="middle"
        ),
        *_notice_foot(scene, plain),
    ]
    reads.append(say("notice.clear"))
    return sheet(scene, "notice", parts, restart=False, reads=reads)


def _notice_foot(scene: Scene, plain: bool) -> list[Part]:
    say = scene.say
    if plain:
        box = scene.foot(1)[0] if scene.portrait else scene.action(2)
        return [scene.target("next", box, "primary", say("notice.start"), 28, icon_after="arrow-right")]
    left, middle, right = scene.foot(3)
    return [
        scene.target("guide", left, "quiet", say("notice.guide"), 26, icon="book-open"),
        scene.target("others", middle, "secondary", say("notice.others"), 26, icon="users"),
        scene.target("choose:self", right, "primary", say("notice.self"), 28, icon="user"),
    ]


def _notice_icon(scene: Scene, box: Box, icon: str) -> list[Part]:
    px = scene.px
    chip = Box(box.x + px(24), box.y + (box.h - px(80)) // 2, px(80), px(80))
    if icon:
        return [Icon(chip, icon, chip=True)]
    return [
        Panel(chip, fill="tint", radius=px(13)),
        Words(chip, "¥0", "en", px(30), bold=True, colour="accent", align="center", valign="middle"),
    ]


def asked(
    scene: Scene, name: str, icon: str, title: str, text: str, buttons: Sequence[tuple[str, str, str]]
) -> Sheet:
    """A plain question or statement in the middle of the page; the last button is the main one."""
    px = scene.px
    card = scene.body(px(112))
    inner = card.inset(px(40), 0)
    middle = card.y + card.h // 2
    parts: list[Part] = [
        Panel(card),
        Icon(Box(card.x + card.w // 2 - px(48), middle - px(156), px(96), px(96)), icon, chip=True),
        scene.words(
            Box(inner.x, middle - px(44), inner.w, px(104)),
            title,
            40,
            bold=True,
            align="center",
            valign="middle",
        ),
        scene.words(
            Box(inner.x, middle + px(68), inner.w, card.bottom - middle - px(84)),
            text,
            26,
            colour="ink2",
            align="center",
        ),
    ]
    boxes = [scene.action(index) for index in range(3 - len(buttons), 3)]
    if scene.portrait:
        boxes = [scene.action(index, len(buttons)) for index in range(len(buttons))]
    for (target, label, look), box in zip(buttons, boxes, strict=True):
        main = look == "primary"
        parts.append(scene.target(target, box, "primary" if main else "secondary", label, 28 if main else 26))
    return sheet(scene, name, parts, back=False, restart=False, reads=(title, text))


SIZES = (("normal", 1.0), ("large", 1.25), ("largest", 1.5))
THEMES = (("light", False), ("contrast", True))


def text_size(scene: Scene) -> Sheet:
    """Three sizes, each shown as it will be, and the white or the black screen."""
    px, say, frame = scene.px, scene.say, scene.frame
    parts: list[Part] = scene.title(say("size.title"))
    area = scene.body(scene.top())
    high = (area.h - scene.gap) // 2
    for box, (name, scale) in zip(scene.columns(3, area.y, high), SIZES, strict=True):
        size = 28 * scale * frame.unit
        parts.append(
            Target(
                f"size:{name}",
                box,
                "choice",
                say(f"size.{name}"),
                scene.tag,
                size=size,
                align="center",
                smaller=(size * 0.86, size * 0.72),
                chosen=frame.text_scale == scale,
            )
        )
    for box, (name, dark) in zip(scene.columns(2, area.y + high + scene.gap, high), THEMES, strict=True):
        parts.append(
            scene.target(
                f"size:{name}",
                box,
                "choice",
                say(f"size.{name}"),
                28,
                align="center",
                chosen=frame.contrast == dark,
            )
        )
    last = Box(scene.margin, scene.action_top, scene.width, px(96)) if scene.portrait else scene.action(2)
    parts.append(scene.target("back", last, "primary", say("size.done"), 28, icon="check"))
    return sheet(scene, "text-size", parts, back=False, restart=False, reads=(say("size.title"),))


def idle(scene: Scene, under: Sheet, seconds: int) -> Sheet:
    """The question whether somebody is there, laid over the page as it stands."""
    px, frame = scene.px, scene.frame
    wide = min(scene.width, px(860))
    high = px(176)
    box = Box((frame.width - wide) // 2, scene.bar_top - px(24) - high, wide, high)
    button = Box(box.right - px(224), box.y + px(24), px(200), high - px(48))
    room = button.x - box.x - px(136)
    parts = (
        *under.parts,
        Panel(box.inset(-px(8)), fill="ground", radius=px(20)),
        Panel(box, border="accent", border_width=px(3)),
        Icon(Box(box.x + px(32), box.y + (high - px(64)) // 2, px(64), px(64)), "hourglass"),
        scene.words(
            Box(box.x + px(120), box.y + px(20), room, px(68)),
            scene.say("idle.title"),
            30,
            bold=True,
            valign="middle",
        ),
        scene.words(
            Box(box.x + px(120), box.y + px(90), room, px(68)),
            scene.say("idle.text", n=seconds),
            22,
            valign="middle",
        ),
        scene.target("here", button, "primary", scene.say("idle.yes"), 30),
    )
    return replace(under, name="idle", parts=parts, reads=(scene.say("idle.title"),))


def told(scene: Scene, under: Sheet, text: str) -> Sheet:
    """A sentence in the strip at the top, in the place of the progress, gone with the next press."""
    px = scene.px
    clear = clear_box(scene)
    box = Box(scene.margin, px(4), clear.x - scene.margin - px(20), px(88 if scene.portrait else 72))
    parts = [
        part
        for part in under.parts
        if isinstance(part, Target) or part.box.y >= box.bottom or part.box.x >= box.right
    ]
    parts += [
        Panel(box, fill="warm_bg", border="warm_line"),
        Icon(Box(box.x + px(20), box.y + (box.h - px(32)) // 2, px(32), px(32)), "info", "warm_ink"),
        scene.words(
            Box(box.x + px(68), box.y + px(2), box.w - px(84), box.h - px(4)),
            text,
            22,
            bold=True,
            colour="warm_ink",
            valign="middle",
        ),
    ]
    return replace(under, parts=tuple(parts))
