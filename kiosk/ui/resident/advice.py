"""Life orientation: one matter a page, with the code of its official page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from kiosk.ui.parts import Box, Icon, Panel, Part, Qr, Rule, Sheet
from kiosk.ui.resident.base import Scene
from kiosk.ui.resident.page import Head, more, sheet
from kiosk.ui.resident.share import Row, share

Paper = Literal["", "printing", "printed", "none"]
"""How its printing stands; none where there is no printer."""


@dataclass(frozen=True)
class Advice:
    """One card in words. `when` is empty where there is no deadline, `url` where no page is to be trusted."""

    icon: str
    title: str
    what: str
    where: str
    when: str
    url: str
    checked: str


def card(
    scene: Scene, advice: Sequence[Advice], page: int, head: Head, paper: Paper, *, number: bool
) -> Sheet:
    """One card. `number`: the visit has its number already, and leads back to it."""
    say = scene.say
    page %= len(advice)
    one = advice[page]
    note = {"printing": say("guide.printing"), "printed": say("guide.printed")}.get(paper, say("guide.note"))
    area = scene.body(scene.top(helped=True), 3)
    parts = [
        *scene.title(head.topic, note),
        *_card(scene, area, one),
        *_foot(scene, page, len(advice), paper, number=number),
    ]
    reads = [head.topic, one.title, one.what, one.where, one.when, note]
    return sheet(scene, "guide-card", parts, restart=False, reads=reads)


def _card(scene: Scene, area: Box, one: Advice) -> list[Part]:
    """Title, what to do, where, by when; apart from it the code that leads to the official page."""
    px, say = scene.px, scene.say
    box, code = area, None
    if one.url and scene.portrait:
        box = Box(area.x, area.y, area.w, area.h - px(260) - scene.gap)
        code = Box(area.x, box.bottom + scene.gap, area.w, px(260))
    elif one.url:
        code = Box(area.right - px(300), area.y, px(300), area.h)
        box = Box(area.x, area.y, area.w - code.w - scene.gap, area.h)
    inner, chip = box.inset(px(32), px(16)), px(76)
    facts = [("map-pin", say("guide.where"), one.where)]
    if one.when:
        facts.append(("calendar-clock", say("guide.when"), one.when))
    rows = [
        Row(one.title, scene.tag, inner.w - chip - px(24), 36, px(12)),
        Row(one.what, scene.tag, inner.w, 30, px(12)),
        *(Row(text, scene.tag, inner.w - px(200), 30, px(16)) for _, _, text in facts),
    ]
    heights = share(scene, rows, inner.h, px(48))
    high = heights[0]
    title = Box(inner.x + chip + px(24), inner.y, inner.w - chip - px(24), high)
    y = inner.y + high + heights[1]
    parts: list[Part] = [
        Panel(box),
        Icon(Box(inner.x, inner.y + (high - chip) // 2, chip, chip), one.icon, chip=True),
        scene.words(title, one.title, 36, bold=True, valign="middle"),
        scene.words(Box(inner.x, inner.y + high, inner.w, heights[1]), one.what, 30, valign="middle"),
    ]
    for (icon, label, text), high in zip(facts, heights[2:], strict=True):
        parts += _fact(scene, Box(inner.x, y, inner.w, high), icon, label, text)
        y += high
    return [*parts, *(_code(scene, code, one) if code else [])]


def _fact(scene: Scene, box: Box, icon: str, label: str, text: str) -> list[Part]:
    px = scene.px
    return [
        Rule(Box(box.x, box.y, box.w, 1)),
        Icon(Box(box.x, box.y + (box.h - px(28)) // 2, px(28), px(28)), icon),
        scene.words(Box(box.x + px(48), box.y, px(146), box.h), label, 22, colour="ink2", valign="middle"),
        scene.words(
            Box(box.x + px(200), box.y + px(2), box.w - px(200), box.h - px(4)),
            text,
            30,
            bold=True,
            valign="middle",
        ),
    ]


def _code(scene: Scene, box: Box, one: Advice) -> list[Part]:
    """The official page, to be read on a telephone, and how old the card is."""
    px = scene.px
    if scene.portrait:
        square = Box(box.x + px(24), box.y + px(24), box.h - px(48), box.h - px(48))
        words = Box(square.right + px(24), square.y, box.right - square.right - px(48), square.h)
    else:
        square = Box(box.x + px(48), box.y + px(16), px(204), px(204))
        words = Box(
            box.x + px(20), square.bottom + px(8), box.w - px(40), box.bottom - square.bottom - px(20)
        )
    upper = words.h * 55 // 100
    align = "start" if scene.portrait else "center"
    above, below = (
        Box(words.x, words.y, words.w, upper),
        Box(words.x, words.y + upper, words.w, words.h - upper),
    )
    return [
        Panel(box),
        Qr(square, one.url),
        scene.words(above, scene.say("referral.scan"), 24, bold=True, align=align, valign="middle"),
        scene.words(below, one.checked, 20, colour="ink2", align=align, valign="middle"),
    ]


def _foot(scene: Scene, page: int, pages: int, paper: Paper, *, number: bool) -> list[Part]:
    say = scene.say
    left, middle, right = scene.foot(3)
    parts: list[Part] = []
    if paper != "none":
        busy = paper == "printing"
        parts.append(
            scene.target("print", left, "secondary", say("guide.print"), 26, icon="printer", enabled=not busy)
        )
    if pages > 1:
        parts.append(more(scene, middle, page, pages))
    main = ("number", "place.back", "ticket") if number else ("ask", "guide.ask", "message-square-text")
    parts.append(scene.target(main[0], right, "primary", say(main[1]), 28, icon=main[2]))
    return parts
