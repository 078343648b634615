"""Appointments with specialists: one press takes a place, one goes on to the counter without."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.core.hours import DAYS
from kiosk.core.roster import Slot
from kiosk.core.written import Day
from kiosk.ui.parts import Part, Sheet
from kiosk.ui.resident.base import Say, Scene, grid
from kiosk.ui.resident.page import Head, sheet


def book(scene: Scene, slots: Sequence[Slot], head: Head, *, busy: bool) -> Sheet:
    """Up to three places. `busy`: one is being taken."""
    say = scene.say
    title, text = say("book.title"), say("book.text")
    area = scene.body(scene.top(helped=True), 2)
    parts: list[Part] = scene.title(title, text)
    reads = [title, text]
    for index, (slot, box) in enumerate(
        zip(slots, grid(area, max(len(slots), 2), 1, scene.gap, scene.px(150)), strict=False)
    ):
        name, when = slot.specialist.name(scene.tag, say), when_words(slot, say)
        detail = f"{name}  ·  {say('book.interpreter')}" if with_interpreter(slot, scene.tag) else name
        reads.append(f"{when} {detail}")
        parts.append(
            scene.target(
                f"take:{index}",
                box,
                "choice",
                when,
                32 if scene.frame.text_scale == 1 else 26,
                icon="calendar-check",
                detail=detail,
                chip=True,
                bold=True,
                enabled=not busy,
            )
        )
    left, right = scene.foot(2)
    wide = left if scene.portrait else right
    parts.append(
        scene.target(
            "none", wide, "secondary", say("book.none"), 26, icon_after="arrow-right", enabled=not busy
        )
    )
    return sheet(scene, "book", parts, head=head, reads=[*reads, say("book.none")])


def when_words(slot: Slot, say: Say) -> str:
    """The day in digits with its weekday, and the time."""
    at = slot.at
    return say("book.when", date=Day.of(at), day=say(f"day.{DAYS[at.weekday()]}"), time=f"{at:%H:%M}")


def with_interpreter(slot: Slot, language: str) -> bool:
    """Whether somebody interprets for a person of this language."""
    return slot.specialist.interpreter and not slot.specialist.understands(language)
