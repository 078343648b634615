"""The calm path: a person is offered, and numbers to call now. No word on these pages says why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.ui.parts import Box, Icon, Panel, Part, Sheet
from kiosk.ui.resident.base import Scene, grid
from kiosk.ui.resident.page import Head, sheet


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
    top = scene.top(helped=True) + px(24)
    note = px(112 if scene.portrait or scene.tall else 84)
    below = Box(scene.margin, scene.bar_top - note - px(12), scene.width, note)
    area = Box(scene.margin, top, scene.width, below.y - px(12) - top)
    helped = Box(scene.margin, scene.top() - px(4), scene.width, top - scene.top())
    parts: list[Part] = [
        *scene.title(title),
        scene.words(helped, text, 28, valign="middle"),
        *_ways(scene, area),
        Icon(Box(below.x + px(16), below.y + (below.h - px(40)) // 2, px(40), px(40)), "eraser"),
        scene.words(Box(below.x + px(80), below.y, below.w - px(88), below.h), clear, 22, valign="middle"),
    ]
    return sheet(scene, "care", parts, head=head, reads=(title, text, clear))


def _ways(scene: Scene, area: Box) -> list[Part]:
    """The person first and largest; numbers to call, and going on."""
    say = scene.say
    if scene.portrait:
        main = Box(area.x, area.y, area.w, area.h * 40 // 100)
        rest = Box(area.x, main.bottom + scene.gap, area.w, area.bottom - main.bottom - scene.gap)
    else:
        main = Box(area.x, area.y, (area.w - scene.gap) // 2, area.h)
        rest = Box(main.right + scene.gap, area.y, area.right - main.right - scene.gap, area.h)
    first, second = grid(rest, 2, 1, scene.gap)
    return [
        scene.target("come", main, "primary", say("care.come"), 36, icon="user-check"),
        scene.target("numbers", first, "secondary", say("care.numbers"), 28, icon="phone"),
        scene.target("on", second, "secondary", say("care.on"), 28, icon_after="arrow-right"),
    ]


def numbers(scene: Scene, listed: Sequence[Number]) -> Sheet:
    """Numbers in large digits, with whose they are; the person at the counter can call for somebody."""
    px, say = scene.px, scene.say
    title, text = say("numbers.title"), say("numbers.text")
    area = scene.body(scene.top(helped=True), 1)
    columns = 1 if scene.portrait or len(listed) < 2 else 2
    boxes = grid(area, len(listed), columns, scene.gap, px(240))
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
