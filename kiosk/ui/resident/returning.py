"""Somebody comes back with a slip: the kiosk shows nothing of the earlier visit, only the way to a person."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

from kiosk.core.steps import Page, Step
from kiosk.ui.parts import Box, Icon, Panel, Part, Sheet
from kiosk.ui.resident.base import Scene
from kiosk.ui.resident.page import sheet

if TYPE_CHECKING:
    from kiosk.ui.resident.kiosk import Kiosk

_SLIP = re.compile(
    r"([A-Z]\d{3,4}) (\d{4}-\d{2}-\d{2}) ([0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12})"
)


def slip_line(number: str, at: datetime, ticket_id: str) -> str:
    """The first line of a slip's QR code, which `ticket_on` reads; `at` in the office's zone."""
    return f"{number} {at:%Y-%m-%d} {ticket_id}"


def ticket_on(line: str) -> str:
    """The ticket's id in the first line of a slip's QR code, as a scanner types it; else nothing."""
    found = _SLIP.fullmatch(line.strip())
    return found[3] if found else ""


def returned(scene: Scene) -> Sheet:
    """The same matter once more, or a new one."""
    px, say = scene.px, scene.say
    title, text = say("return.title"), say("return.text")
    area = scene.body(scene.top())
    chip = px(104)
    inner = Box(area.x + chip + px(96), area.y + px(24), area.w - chip - px(144), area.h - px(48))
    left, right = scene.foot(2)
    parts: list[Part] = [
        *scene.title(title),
        Panel(area),
        Icon(Box(area.x + px(48), area.y + (area.h - chip) // 2, chip, chip), "file-text", chip=True),
        scene.words(inner, text, 30, valign="middle"),
        scene.target("new", left, "secondary", say("return.new"), 26, icon_after="arrow-right"),
        scene.target("same", right, "primary", say("return.same"), 28, icon="ticket"),
    ]
    return sheet(scene, "return", parts, restart=False, reads=(title, text))


def scan(kiosk: Kiosk, line: str) -> None:
    """A hand scanner read a line: the code on a slip of an earlier visit, at the beginning of a visit."""
    ticket = ticket_on(line)
    if not ticket or kiosk.visit.at.page not in (Page.LANGUAGE, Page.NOTICE) or kiosk.over:
        return

    def answered(there: bool) -> None:
        if there:
            kiosk.visit.earlier = ticket
        key = "return.read" if there else "return.unknown"
        # Whose slip it is nobody knows before a language was chosen.
        tags = (kiosk.visit.language,) if kiosk.visit.language else ("ja", "en")
        kiosk.told = "  ".join(kiosk.shop.catalogue(tag).text(key) for tag in tags)
        if there and kiosk.visit.language:
            kiosk.told = ""
            kiosk.enter(kiosk.visit.go(Step(Page.RETURN)))
        kiosk.touched = kiosk.clock()
        kiosk.show()

    kiosk.actions.known(ticket, kiosk.guard(answered))
