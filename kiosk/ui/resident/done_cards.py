"""The two cards of the visit's end: the number, and where to wait, how long, and what then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kiosk.core.hours import DAYS
from kiosk.ui.actions import Issued, Speakers
from kiosk.ui.parts import Box, Icon, Panel, Part, Qr, Rule, Words
from kiosk.ui.resident.base import Scene
from kiosk.ui.resident.book import when_words


def number_card(scene: Scene, box: Box, issued: Issued, code: str) -> list[Part]:
    """The number as large as the card allows; where nothing is on paper, with the code to photograph."""
    inner = box.inset(scene.px(20), scene.px(16))
    coded: list[Part] = []
    if code:
        square, inner = _beside_code(scene, inner)
        coded = [Panel(square), Qr(square, code)]
    label = min(scene.px(64), inner.h // 4)
    below = 0 if scene.language.is_japanese or code else label
    size = min(150 * scene.frame.unit, inner.w / 2.9 * (4 / max(4, len(issued.number))))
    smaller = (size * 0.9, size * 0.8, size * 0.7, size * 0.55, size * 0.45)
    middle = Box(inner.x, inner.y + label, inner.w, inner.h - label - below)
    parts: list[Part] = [
        Panel(box, fill="accent"),
        _on_card(scene, Box(inner.x, inner.y, inner.w, label), scene.say("done.number")),
        replace(_on_card(scene, middle, issued.number), language="en", size=size, bold=True, smaller=smaller),
        *coded,
    ]
    if below:
        foot = Box(inner.x, inner.bottom - below, inner.w, below)
        word = "{番号|ばんごう}"  # for the staff at hand, whatever language the page is in
        parts.append(
            replace(_on_card(scene, foot, word), language="ja-simple", size=scene.px(28), smaller=())
        )
    return parts


def _beside_code(scene: Scene, inner: Box) -> tuple[Box, Box]:
    """A square for the code, and what it leaves for the number: beside it where the card is wide."""
    if inner.w > inner.h * 3 // 2:
        side = min(inner.h, inner.w * 42 // 100)
        square = Box(inner.right - side, inner.y + (inner.h - side) // 2, side, side)
        return square, Box(inner.x, inner.y, inner.w - side - scene.px(16), inner.h)
    side = min(inner.w, inner.h // 2)
    square = Box(inner.x + (inner.w - side) // 2, inner.bottom - side, side, side)
    return square, Box(inner.x, inner.y, inner.w, inner.h - side - scene.px(8))


def _on_card(scene: Scene, box: Box, text: str) -> Words:
    return scene.words(box, text, 28, colour="on_accent", align="center", valign="middle")


def rows_of(
    scene: Scene, issued: Issued, places: Sequence[str], speakers: Speakers
) -> list[tuple[str, str, str]]:
    """Icon, label and text of the facts."""
    say = scene.say
    if issued.referred:
        where = " / ".join(places) if places and not issued.sensitive else say("referral.title")
        return [
            ("map-pin", say("done.referred.where"), where),
            ("users", say("done.then"), say("done.referred.again")),
        ]
    if issued.sensitive:
        return [
            ("armchair", say("done.where"), say("done.sit")),
            ("user-check", say("done.then"), say("done.comes")),
        ]
    if issued.place is not None:
        name = issued.place.specialist.name(scene.tag, say)
        return [
            ("calendar-check", name, when_words(issued.place, say)),
            ("folder-open", say("done.then"), say("slip.appointment.bring")),
            ("info", "", say("slip.appointment.cancel")),
        ]
    rows = [("map-pin", say("done.where"), say("done.where.counter"))]
    if issued.saved:
        rows.append(("clock", say("done.long"), say("done.minutes", n=issued.minutes)))
    rows.append(("megaphone", say("done.then"), say("done.then.call")))
    spoken = "" if scene.language.is_japanese else _spoken(scene, speakers)
    return [*rows, ("headset", "", spoken)] if spoken else rows


def _spoken(scene: Scene, speakers: Speakers) -> str:
    """Who speaks the language here today, or how it is done without."""
    say, at, name = scene.say, speakers.at, scene.language.endonym
    if speakers.state == "here" and at is not None:
        return say("roster.now", language=name, time=f"{at:%H:%M}")
    if speakers.state == "later" and at is not None:
        return say("roster.next", language=name, day=say(f"day.{DAYS[at.weekday()]}"), time=f"{at:%H:%M}")
    return say("roster.phone") if speakers.state == "telephone" else ""


def facts_card(scene: Scene, box: Box, rows: Sequence[tuple[str, str, str]]) -> list[Part]:
    px = scene.px
    parts: list[Part] = [Panel(box)]
    height = (box.h - px(16)) // len(rows)
    for index, (icon, label, text) in enumerate(rows):
        y = box.y + px(8) + index * height
        chip = min(px(72), height - px(20))
        inner = Box(box.x + px(132), y, box.w - px(156), height)
        half = height * 44 // 100 if label else 0
        if index:
            parts.append(Rule(Box(box.x + px(32), y, box.w - px(64), 1)))
        parts += [
            Icon(Box(box.x + px(32), y + (height - chip) // 2, chip, chip), icon, chip=True),
            *_label(scene, Box(inner.x, inner.y + px(2), inner.w, half - px(2)), label),
        ]
        below = Box(inner.x, inner.y + half, inner.w, height - half - px(8))
        parts.append(
            scene.words(
                below, text, 30 if label else 24, bold=bool(label), valign="top" if label else "middle"
            )
        )
    return parts


def _label(scene: Scene, box: Box, label: str) -> list[Part]:
    return [scene.words(box, label, 22, colour="ink2", valign="bottom")] if label else []
