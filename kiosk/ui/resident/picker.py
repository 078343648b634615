"""The languages: to begin with, for one that is not listed, and to change in the middle of a visit."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.ui.parts import Box, Icon, Panel, Part, Rule, Sheet
from kiosk.ui.resident.base import Scene, grid
from kiosk.ui.resident.page import bar, sheet

FEW = 11
"""Up to so many languages the cells are large."""


def picker(scene: Scene, offered: Sequence[str], office: str, attract: int, japanese: Scene) -> Sheet:
    """Every language by its own name. `attract` counts the changes of the line that invites."""
    px = scene.px
    columns = (2 if len(offered) <= FEW else 3) if scene.portrait else (3 if len(offered) <= FEW else 5)
    rows = -(-(len(offered) + 1) // columns)
    top = px(250 if scene.portrait else 144)
    area = Box(scene.margin, top, scene.width, scene.bar_top - scene.gap - top)
    boxes = grid(area, columns * rows, columns, scene.gap, px(168))
    parts = _invitation(scene, offered, attract, japanese)
    for box, tag in zip(boxes, offered, strict=False):
        endonym = scene.languages[tag].endonym
        parts.append(
            scene.target(f"pick:{tag}", box, "choice", endonym, 34, language=tag, align="center")
            if len(offered) <= FEW
            else scene.target(f"pick:{tag}", box, "choice", endonym, 28, language=tag, align="center")
        )
    first, last = boxes[len(offered)], boxes[-1]
    rest = Box(first.x, first.y, last.right - first.x, first.h)
    parts += _other_cell(scene, japanese, rest, wide=first != last)
    parts += _picker_bar(scene, office)
    return Sheet("language", "en", "ltr", tuple(parts), (scene.say("pick.title"),))


def _other_cell(scene: Scene, japanese: Scene, box: Box, *, wide: bool) -> list[Part]:
    mine, theirs = scene.say("pick.other"), japanese.say("pick.other")
    label = f"{theirs}　{mine}" if wide else theirs
    detail = scene.say("pick.other.how") if wide else mine
    return [
        scene.target(
            "other",
            box,
            "more",
            label,
            26,
            language="ja-simple",
            icon="headset",
            detail=detail,
            align="center" if wide else "start",
        )
    ]


def _invitation(scene: Scene, offered: Sequence[str], attract: int, japanese: Scene) -> list[Part]:
    """The title in Japanese, and the same in one language after the other."""
    px = scene.px
    others = [tag for tag in offered if not scene.languages[tag].is_japanese] or list(offered)
    tag = others[attract % len(others)]
    choose, title = scene.languages[tag].choose, japanese.say("pick.title")
    if scene.portrait:
        upper = Box(scene.margin, px(48), scene.width, px(96))
        lower = Box(scene.margin, px(152), scene.width, px(72))
    else:
        upper = Box(scene.margin, px(36), scene.width * 55 // 100, px(92))
        lower = Box(upper.right, upper.y, scene.width - upper.w, upper.h)
    return [
        scene.words(upper, title, 40, bold=True, language="ja-simple", valign="middle"),
        scene.words(
            lower,
            choose,
            28,
            colour="accent",
            language=tag,
            align="start" if scene.portrait else "end",
            valign="middle",
        ),
    ]


def _picker_bar(scene: Scene, office: str) -> list[Part]:
    px = scene.px
    parts = [part for part in bar(scene, False, False) if getattr(part, "id", "") != "language"]
    right = scene.frame.width * 2 // 5
    name = Box(scene.margin, scene.bar_top + px(8), right - scene.margin - px(16), px(80))
    words = scene.words(name, office, 28, bold=True, valign="middle", language="ja-simple")
    return [*parts, words]


def other(scene: Scene, japanese: Scene) -> Sheet:
    """For a language that is not listed: in English and plain Japanese, to be shown to the staff."""
    px, say = scene.px, scene.say
    card = scene.body(px(112))
    half = card.h // 2
    place = scene.foot(1)[0] if scene.portrait else scene.action(2)
    parts: list[Part] = [
        Panel(card),
        *_to_show(japanese, "ja-simple", "user", Box(card.x, card.y, card.w, half)),
        Rule(Box(card.x + px(32), card.y + half, card.w - px(64), 1)),
        *_to_show(scene, "en", "headset", Box(card.x, card.y + half, card.w, half)),
        scene.target("number", place, "primary", say("other.number"), 28, icon="ticket"),
    ]
    return sheet(scene, "other", parts, restart=False, reads=(say("other.title"), say("other.text")))


def _to_show(scene: Scene, tag: str, icon: str, half: Box) -> list[Part]:
    """What is to be said to the staff, in one language."""
    px = scene.px
    inner = Box(half.x + px(152), half.y + px(24), half.w - px(184), half.h - px(48))
    upper = Box(inner.x, inner.y, inner.w, inner.h // 2)
    lower = Box(inner.x, upper.bottom, inner.w, inner.h - upper.h)
    title = scene.words(upper, scene.say("other.title"), 36, bold=True, language=tag, valign="middle")
    return [
        Icon(Box(half.x + px(32), inner.y, px(88), px(88)), icon, chip=True),
        title,
        scene.words(lower, scene.say("other.text"), 26, colour="ink2", language=tag),
    ]


def change_language(scene: Scene, offered: Sequence[str]) -> Sheet:
    """The languages once more, in the middle of a visit; answers stay."""
    say = scene.say
    few = len(offered) <= FEW
    columns = (2 if few else 3) if scene.portrait else (3 if few else 5)
    top = scene.top(helped=True)
    area = Box(scene.margin, top, scene.width, scene.bar_top - scene.gap - top)
    boxes = grid(area, len(offered), columns, scene.gap, scene.px(156))
    parts = scene.title(say("language.title"), say("language.text"))
    for tag, box in zip(offered, boxes, strict=True):
        parts.append(
            scene.target(
                f"pick:{tag}",
                box,
                "choice",
                scene.languages[tag].endonym,
                32 if few else 28,
                language=tag,
                align="center",
                chosen=tag == scene.tag,
            )
        )
    reads = (say("language.title"), say("language.text"))
    return sheet(scene, "change-language", parts, restart=False, reads=reads)
