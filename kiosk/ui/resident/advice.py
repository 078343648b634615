"""Life orientation: the topics, and the cards of one of them two by two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from kiosk.ui.parts import Box, Icon, Panel, Part, Qr, Rule, Sheet
from kiosk.ui.resident.base import Head, Scene, grid, sheet
from kiosk.ui.resident.share import Row, share

PER_PAGE = 2
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


def cards(
    scene: Scene, advice: Sequence[Advice], page: int, head: Head, paper: Paper, *, number: bool
) -> Sheet:
    """A page of cards. `number`: the visit has its number already, and leads back to it."""
    say = scene.say
    pages = max(1, -(-len(advice) // PER_PAGE))
    shown = advice[page % pages * PER_PAGE :][:PER_PAGE]
    parts: list[Part] = scene.title(head.topic)
    area = scene.body(scene.top(), 3)
    note = scene.px(56)
    strip = Box(area.x, area.bottom - note, area.w, note)
    area = Box(area.x, area.y, area.w, area.h - note - scene.px(8))
    for one, box in zip(
        shown, grid(area, len(shown), 1 if scene.portrait else len(shown), scene.gap), strict=True
    ):
        parts += _card(scene, box, one)
    parts += _strip(scene, strip, paper) + _foot(scene, page % pages, pages, paper, number=number)
    reads = [head.topic]
    for one in shown:
        reads += [one.title, one.what, one.where, one.when]
    return sheet(scene, "guide-cards", parts, head=Head(), restart=False, reads=[*reads, say("guide.note")])


def _strip(scene: Scene, strip: Box, paper: Paper) -> list[Part]:
    px, say = scene.px, scene.say
    icon, text = {
        "printing": ("printer", "guide.printing"),
        "printed": ("printer", "guide.printed"),
    }.get(paper, ("info", "guide.note"))
    words = Box(strip.x + px(50), strip.y, strip.w - px(50), strip.h)
    return [
        Icon(Box(strip.x + px(8), strip.y + (strip.h - px(30)) // 2, px(30), px(30)), icon),
        scene.words(words, say(text), 22, bold=paper.startswith("print"), valign="middle"),
    ]


def _card(scene: Scene, box: Box, one: Advice) -> list[Part]:
    """Title, what to do, where, by when; the code that leads to the official page at the side or below."""
    px, say = scene.px, scene.say
    wide = box.w > 2 * box.h
    side = min(px(176), box.h - px(80)) if wide else min(px(150), box.h // 3)
    inner = box.inset(px(28), px(16))
    chip = px(60)
    room = inner.w - (side + px(28) if one.url and wide else 0)
    facts = [("map-pin", say("guide.where"), one.where)]
    if one.when:
        facts.append(("calendar-clock", say("guide.when"), one.when))
    if one.url and not wide:
        inner = Box(inner.x, inner.y, inner.w, inner.h - side - px(8))
    rows = [
        Row(one.title, scene.tag, room - chip - px(20), 28, px(14)),
        Row(one.what, scene.tag, room, 24, px(10)),
        *(Row(text, scene.tag, room - px(160), 24, px(14)) for _, _, text in facts),
    ]
    heights = share(scene, rows, inner.h, px(24))
    y = inner.y
    title = Box(inner.x + chip + px(20), y, room - chip - px(20), heights[0])
    parts: list[Part] = [
        Panel(box),
        Icon(Box(inner.x, y + (heights[0] - chip) // 2, chip, chip), one.icon, chip=True),
        scene.words(title, one.title, 28, bold=True, valign="middle"),
    ]
    y += heights[0]
    parts.append(scene.words(Box(inner.x, y, room, heights[1]), one.what, 24, valign="middle"))
    y += heights[1]
    for (icon, label, text), high in zip(facts, heights[2:], strict=True):
        parts += _fact(scene, Box(inner.x, y, room, high), icon, label, text)
        y += high
    if one.url:
        parts += _code(scene, box, side, one, wide=wide)
    return parts


def _fact(scene: Scene, box: Box, icon: str, label: str, text: str) -> list[Part]:
    px = scene.px
    return [
        Rule(Box(box.x, box.y, box.w, 1)),
        Icon(Box(box.x, box.y + (box.h - px(28)) // 2, px(28), px(28)), icon),
        scene.words(Box(box.x + px(40), box.y, px(116), box.h), label, 20, colour="ink2", valign="middle"),
        scene.words(
            Box(box.x + px(160), box.y + px(2), box.w - px(160), box.h - px(4)),
            text,
            24,
            bold=True,
            valign="middle",
        ),
    ]


def _code(scene: Scene, box: Box, side: int, one: Advice, *, wide: bool) -> list[Part]:
    px = scene.px
    if wide:
        x = box.right - px(28) - side
        words = Box(x - px(12), box.y + px(16) + side, side + px(24), box.h - side - px(24))
        square = Box(x, box.y + px(12), side, side)
        return [Qr(square, one.url), scene.words(words, one.checked, 20, colour="ink2", align="center")]
    y = box.bottom - px(12) - side
    square = Box(box.x + px(28), y, side, side)
    words = Box(square.right + px(16), y, box.right - square.right - px(40), side)
    return [
        Qr(square, one.url),
        scene.words(
            Box(words.x, words.y, words.w, words.h // 2), scene.say("referral.scan"), 22, valign="bottom"
        ),
        scene.words(
            Box(words.x, words.y + words.h // 2, words.w, words.h // 2), one.checked, 20, colour="ink2"
        ),
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
        last = page == pages - 1
        parts.append(
            scene.target(
                "more",
                middle,
                "more",
                say("nav.previous" if last else "nav.more"),
                26,
                badge=f"{page + 1} / {pages}",
                icon_after="" if last else "arrow-right",
                icon="arrow-left" if last else "",
            )
        )
    main = ("number", "place.back", "ticket") if number else ("ask", "guide.ask", "message-square-text")
    parts.append(scene.target(main[0], right, "primary", say(main[1]), 28, icon=main[2]))
    return parts
