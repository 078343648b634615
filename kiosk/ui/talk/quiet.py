"""Pages that tell nothing of a talk: before it, between two, and when the screen is given back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kiosk.ui.parts import Box, Icon, Panel, Part, Sheet
from kiosk.ui.resident.base import Scene, grid
from kiosk.ui.resident.page import sheet


def given_page(scene: Scene, japanese: str) -> Sheet:
    """A neutral page: nothing of the talk, and nothing to press on."""
    lines = [
        (scene.say("talk.given.title"), 44, True, scene.tag),
        (scene.say("talk.given.text"), 30, False, scene.tag),
    ]
    if not scene.language.is_japanese:
        lines.append((japanese, 26, False, "ja"))
    return sheet(scene, "given", _card(scene, lines, "hand-helping"))


def waiting_page(scene: Scene) -> Sheet:
    """Before the counselor showed anything."""
    return sheet(
        scene, "wait", _card(scene, [(scene.say("talk.wait"), 40, True, scene.tag)], "message-square-text")
    )


def _card(scene: Scene, lines: Sequence[tuple[str, float, bool, str]], icon: str) -> list[Part]:
    """A card with an icon and some lines in its middle."""
    px = scene.px
    top = px(112)
    card = Box(scene.margin, top, scene.width, scene.bar_top - scene.gap - top)
    each = px(96)
    y = card.y + (card.h - px(144) - each * len(lines)) // 2
    parts: list[Part] = [
        Panel(card),
        Icon(Box(card.x + (card.w - px(96)) // 2, y, px(96), px(96)), icon, chip=True),
    ]
    y += px(144)
    for text, size, bold, language in lines:
        box = Box(card.x + px(40), y, card.w - px(80), each)
        parts.append(
            scene.words(box, text, size, bold=bold, align="center", valign="middle", language=language)
        )
        y += each
    return parts


def idle_page(scene: Scene, office: str, sit: Sequence[tuple[str, str]]) -> Sheet:
    """A screen for residents between two talks: the office, and in every language that one may sit down;
    `sit` has tags and sentences. `office` has readings."""
    px = scene.px
    top = px(48)
    name = Box(scene.margin, top, scene.width, px(112))
    parts: list[Part] = [
        scene.words(name, office, 44, bold=True, align="center", valign="middle", language="ja-simple")
    ]
    area = Box(scene.margin, name.bottom + scene.gap, scene.width, 0)
    area = replace(area, h=scene.frame.height - px(48) - area.y)
    columns = 1 if scene.portrait or len(sit) <= 3 else 2 if len(sit) <= 6 else 3
    for (tag, text), box in zip(sit, grid(area, len(sit), columns, scene.gap, px(220)), strict=True):
        parts += [
            Panel(box),
            scene.words(box.inset(px(20), px(10)), text, 30, align="center", valign="middle", language=tag),
        ]
    return Sheet("talk-idle", scene.tag, "ltr", tuple(parts))
