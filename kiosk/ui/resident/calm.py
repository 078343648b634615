"""The calm path: a person is offered, and numbers to call now. No word on these pages says why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.ui.parts import Box, Icon, Panel, Part, Sheet
from kiosk.ui.resident.base import Head, Scene, grid, sheet


@dataclass(frozen=True)
class Number:
    """A number to call: whose it is, in the page's language and in Japanese, and whether it answers now."""

    name: str
    japanese: str
    telephone: str
    state: str


def care(scene: Scene, head: Head) -> Sheet:
    """Offers a person who comes, once, after an answer or words that ask for care.

    The page says what happens and that nothing need be told here (as the GOV.UK pattern for people at risk
    asks: explain, offer, leave the choice), and where the button is that clears the screen.
    """
    px, say = scene.px, scene.say
    title, text, clear = say("care.title"), say("care.text"), say("notice.clear")
    area = scene.body(scene.top(), 3)
    note = px(112 if scene.portrait or scene.tall else 84)
    upper = Box(area.x, area.y, area.w, area.h - note - scene.gap)
    below = Box(area.x, upper.bottom + scene.gap, area.w, note)
    chip = px(104)
    inner = Box(upper.x + chip + px(96), upper.y + px(16), upper.w - chip - px(144), upper.h - px(32))
    parts: list[Part] = [
        *scene.title(title),
        Panel(upper),
        Icon(
            Box(upper.x + px(48), upper.y + (upper.h - chip) // 2, chip, chip),
            "message-square-text",
            chip=True,
        ),
        scene.words(inner, text, 32, bold=True, valign="middle"),
        Icon(Box(below.x + px(24), below.y + (below.h - px(40)) // 2, px(40), px(40)), "eraser"),
        scene.words(Box(below.x + px(88), below.y, below.w - px(96), below.h), clear, 22, valign="middle"),
        *_foot(scene),
    ]
    return sheet(scene, "care", parts, head=head, reads=(title, text, clear))


def _foot(scene: Scene) -> list[Part]:
    say = scene.say
    left, middle, right = scene.foot(3)
    return [
        scene.target("numbers", left, "secondary", say("care.numbers"), 26, icon="phone"),
        scene.target("on", middle, "secondary", say("care.on"), 26, icon_after="arrow-right"),
        scene.target("come", right, "primary", say("care.come"), 28, icon="user-check"),
    ]


def numbers(scene: Scene, listed: Sequence[Number]) -> Sheet:
    """Numbers in large digits, with whose they are; the person at the counter can call for somebody."""
    px, say = scene.px, scene.say
    title, text = say("numbers.title"), say("numbers.text")
    area = scene.body(scene.top(helped=True), 1)
    columns = 1 if scene.portrait or len(listed) < 2 else 2
    boxes = grid(area, len(listed), columns, scene.gap, px(196))
    parts = scene.title(title, text)
    for number, box in zip(listed, boxes, strict=True):
        parts += _number(scene, box, number)
    last = scene.foot(1)[0] if scene.portrait else scene.action(2)
    parts.append(scene.target("back", last, "primary", say("numbers.back"), 28, icon="arrow-left"))
    reads = [title, *(f"{number.name}: {number.telephone}" for number in listed), text]
    return sheet(scene, "numbers", parts, back=False, restart=False, reads=reads)


def _number(scene: Scene, box: Box, number: Number) -> list[Part]:
    px = scene.px
    inner = Box(box.x + px(112), box.y + px(8), box.w - px(132), box.h - px(16))
    name, below = inner.h * 30 // 100, inner.h * 24 // 100
    digits = Box(inner.x, inner.y + name, inner.w, inner.h - name - below)
    foot = Box(inner.x, digits.bottom, inner.w, below)
    under = "  ".join(part for part in (number.state, number.japanese) if part)
    chip = px(64)
    return [
        Panel(box),
        Icon(Box(box.x + px(24), box.y + (box.h - chip) // 2, chip, chip), "phone", chip=True),
        scene.words(Box(inner.x, inner.y, inner.w, name), number.name, 24, bold=True, valign="middle"),
        scene.words(digits, number.telephone, 44, bold=True, language="en", colour="accent", valign="middle"),
        scene.words(foot, under, 20, colour="ink2", valign="middle"),
    ]
