"""The visit's end: the number, where to wait, about how long, and the slip. No topic, no answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from kiosk.ui.actions import Issued, Speakers
from kiosk.ui.parts import Bar, Box, Icon, Panel, Part, Sheet
from kiosk.ui.resident.base import Scene
from kiosk.ui.resident.done_cards import facts_card, number_card, rows_of
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
    rows = rows_of(scene, issued, places, speakers)
    if now.printed == "none" and issued.saved:
        # Where printing failed the warm strip says it.
        rows.append(("smartphone", "", say("done.no_printer.text")))
    code = now.line if now.printed in ("none", "failed") else ""
    parts += [
        *number_card(scene, number, issued, code),
        *facts_card(scene, facts, rows),
        *_foot(scene, now, further),
    ]
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


FURTHER = {"places": ("done.places", "map-pin"), "guide": ("done.guide", "book-open")}


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
