"""The visit's end: the number, where to wait, about how long, and the slip. No topic, no answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from kiosk.core.hours import DAYS
from kiosk.ui.actions import Issued, Speakers
from kiosk.ui.parts import Bar, Box, Icon, Panel, Part, Qr, Rule, Sheet, Words
from kiosk.ui.resident.base import Scene
from kiosk.ui.resident.book import when_words
from kiosk.ui.resident.page import Head, sheet

Printed = Literal["printing", "printed", "failed", "none"]


@dataclass(frozen=True)
class Finished:
    """The visit's end as it stands; `trouble` says why nothing could be printed."""

    issued: Issued
    printed: Printed
    trouble: str = ""
    progress: float = 0.1
    """How far printing seems to be, 0 to 1; printers do not tell."""
    line: str = ""
    """The first line of the slip's code, to be photographed where nothing was printed; empty where the slip
    would have none."""

    @property
    def stays(self) -> bool:
        """Whether the page waits for a press: nobody has the number on paper, or staff must see it."""
        return self.printed in ("failed", "none") or not self.issued.saved


def done(scene: Scene, now: Finished, places: Sequence[str], further: str, speakers: Speakers) -> Sheet:
    """The number large, the facts beside it. `places`: names of the agencies somebody is sent to;
    `further`: what may be read besides: `places`, `guide` or nothing."""
    say, issued = scene.say, now.issued
    title = say(
        "done.referred.title" if issued.referred else "done.appointment" if issued.place else "done.title"
    )
    parts = scene.title(title)
    area = scene.body(scene.top(), 3)
    warning = _warning(scene, now)
    if warning:
        high = scene.px(160 if scene.portrait else 112)
        parts += _strip(scene, Box(area.x, area.y, area.w, high), *warning)
        area = Box(area.x, area.y + high + scene.gap, area.w, area.h - high - scene.gap)
    if scene.portrait:
        number = Box(area.x, area.y, area.w, area.h * 42 // 100)
        facts = Box(area.x, number.bottom + scene.gap, area.w, area.bottom - number.bottom - scene.gap)
    else:
        number = Box(area.x, area.y, area.w * 41 // 100, area.h)
        facts = Box(number.right + scene.gap, area.y, area.right - number.right - scene.gap, area.h)
    rows = _rows(scene, issued, places, speakers)
    if now.printed == "none" and issued.saved:
        # Where printing failed the warm strip says it.
        rows.append(("smartphone", "", say("done.no_printer.text")))
    code = now.line if now.printed in ("none", "failed") else ""
    parts += [*_number(scene, number, issued, code), *_facts(scene, facts, rows), *_foot(scene, now, further)]
    reads = [title, say("done.number"), issued.number, *(text for _, _, text in rows)]
    reads += warning[1:] if warning else ()
    return sheet(scene, "done", parts, head=Head(), back=False, restart=False, reads=reads)


def _warning(scene: Scene, now: Finished) -> tuple[str, str, str] | None:
    """Icon, title and text of the warm strip, where something did not work."""
    say = scene.say
    if not now.issued.saved:
        return "triangle-alert", say("done.unsaved.title"), say("done.unsaved.text")
    if now.printed == "failed":
        text = f"{now.trouble} {say('done.no_printer.text')}".strip()
        return "printer", say("done.no_printer.title"), text
    if now.issued.lost:
        return "calendar-x", say("done.appointment.lost"), ""
    return None


def _strip(scene: Scene, strip: Box, icon: str, title: str, text: str) -> list[Part]:
    px = scene.px
    x, room = strip.x + px(100), strip.w - px(120)
    upper = strip.h * 44 // 100 if text else strip.h - px(8)
    return [
        Panel(strip, fill="warm_bg", border="warm_line"),
        Icon(Box(strip.x + px(28), strip.y + (strip.h - px(44)) // 2, px(44), px(44)), icon, "warm_ink"),
        scene.words(
            Box(x, strip.y + px(6), room, upper - px(4)),
            title,
            26,
            bold=True,
            colour="warm_ink",
            valign="middle",
        ),
        *_below(scene, Box(x, strip.y + upper + px(2), room, strip.h - upper - px(8)), text),
    ]


def _below(scene: Scene, box: Box, text: str) -> list[Part]:
    return [scene.words(box, text, 22, colour="warm_ink")] if text else []


def _number(scene: Scene, box: Box, issued: Issued, code: str) -> list[Part]:
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


def _rows(
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


def _facts(scene: Scene, box: Box, rows: Sequence[tuple[str, str, str]]) -> list[Part]:
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


FURTHER = {"places": ("done.places", "map-pin"), "guide": ("done.guide", "book-open")}


def _label(scene: Scene, box: Box, label: str) -> list[Part]:
    return [scene.words(box, label, 22, colour="ink2", valign="bottom")] if label else []


def _foot(scene: Scene, now: Finished, further: str) -> list[Part]:
    """How the slip stands or what to do without one, what may be read besides, and the end."""
    say = scene.say
    left, middle, last = scene.foot(3)
    parts: list[Part] = []
    beside = ("reprint", "done.retry", "printer") if now.printed == "failed" else None
    if beside is None and further:
        beside = (further, *FURTHER[further])
    note = left if beside else Box(left.x, left.y, middle.right - left.x, left.h)
    if scene.portrait and now.stays and beside:
        note = Box(left.x, left.y, middle.right - left.x, left.h)
        middle, last = scene.foot(2)
    if beside is not None:
        name, label, icon = beside
        parts.append(scene.target(name, middle, "secondary", say(label), 26, icon=icon))
    if now.stays:
        finish = scene.target("finish", last, "primary", say("done.have"), 28, icon="check")
        return [*parts, *_stays(scene, note), finish]
    finish = scene.target("finish", last, "primary", say("done.finish"), 28, icon="check")
    return [*parts, *_slip(scene, note, now), finish]


def _stays(scene: Scene, note: Box) -> list[Part]:
    px = scene.px
    words = Box(note.x + px(46), note.y, note.w - px(56), note.h)
    return [
        Icon(Box(note.x, note.y + (note.h - px(32)) // 2, px(32), px(32)), "info"),
        scene.words(words, scene.say("done.stays"), 22, valign="middle"),
    ]


def _slip(scene: Scene, strip: Box, now: Finished) -> list[Part]:
    px = scene.px
    printing = now.printed == "printing"
    text = Box(strip.x + px(72), strip.y, strip.w - px(84), px(68) if printing else strip.h)
    words = scene.say("done.printing" if printing else "done.printed")
    parts: list[Part] = [
        Panel(strip),
        Icon(Box(strip.x + px(20), strip.y + (strip.h - px(36)) // 2, px(36), px(36)), "printer"),
        scene.words(text, words, 26, bold=not printing, valign="middle"),
    ]
    if printing:
        parts.append(Bar(Box(text.x, strip.bottom - px(22), text.w, px(8)), now.progress))
    return parts
