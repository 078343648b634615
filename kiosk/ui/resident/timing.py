"""What happens by itself: the picker's line, lines of progress, the idle question and the wipe."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.core.steps import Page
from kiosk.ui.resident import listening

if TYPE_CHECKING:
    from kiosk.ui.resident.kiosk import Kiosk

DONE_SECONDS = 60
"""The number's page goes by itself after so long, once the slip is out."""
STAY_SECONDS = 600
"""A page that shows a number nobody could print stays much longer."""
CLEARED_SECONDS = 5
ATTRACT_SECONDS = 5
PRINT_SECONDS = 8.0
"""How long printing usually takes; the line that shows it is an estimate, since printers do not tell."""
TRANSLATE_SECONDS = 6.0
"""The same for a translation."""


def tick(kiosk: Kiosk) -> None:
    """The window's beat, several times a second."""
    now = kiosk.clock()
    idle = now - kiosk.touched
    if kiosk.over == "cleared":
        if idle > CLEARED_SECONDS:
            kiosk.wipe()
    elif kiosk.visit.at.page is Page.LANGUAGE and not kiosk.over:
        _attract(kiosk, now, idle)
    elif kiosk.speaking.ear == "listening":
        kiosk.touched = now
        listening.tick(kiosk, now)
    else:
        _advance(kiosk, now)
        _idle(kiosk, idle)


def _attract(kiosk: Kiosk, now: float, idle: float) -> None:
    """Another language's line; and what somebody set before going away is put back for the next."""
    line = int(now // ATTRACT_SECONDS)
    if kiosk.shop.disaster() != kiosk.disaster or (
        kiosk.set_by_hand and idle > kiosk.shop.settings.kiosk.idle_seconds
    ):
        kiosk.wipe()
    elif line != kiosk.attract:
        kiosk.attract = line
        kiosk.show()


def _advance(kiosk: Kiosk, now: float) -> None:
    """The lines that show printing and translating go on."""
    spent = now - kiosk.started
    if kiosk.finished is not None and kiosk.finished.printed == "printing":
        progress = _part(spent, PRINT_SECONDS)
        if progress != kiosk.finished.progress:
            kiosk.finished = replace(kiosk.finished, progress=progress)
            kiosk.show()
    elif kiosk.visit.at.page is Page.CONFIRM and kiosk.translating.working:
        progress = _part(spent, TRANSLATE_SECONDS)
        if progress != kiosk.translating.progress:
            kiosk.translating = replace(kiosk.translating, progress=progress)
            kiosk.show()


def _part(spent: float, usual: float) -> float:
    """0.05 to 0.95: begun, and never done before it is."""
    return round(min(0.95, max(0.05, spent / usual)), 2)


def _idle(kiosk: Kiosk, idle: float) -> None:
    """Ask whether somebody is there; wipe where nobody answers."""
    limits = kiosk.shop.settings.kiosk
    if kiosk.finished is not None:
        waits = kiosk.finished.stays or kiosk.finished.printed == "printing"
        reading = kiosk.visit.at.page is not Page.DONE
        if idle > (STAY_SECONDS if waits else DONE_SECONDS * 2 if reading else DONE_SECONDS):
            kiosk.wipe()
        return
    left = int(limits.idle_seconds + limits.idle_answer_seconds - idle) + 1
    if idle > limits.idle_seconds + limits.idle_answer_seconds:
        kiosk.wipe()
    elif idle > limits.idle_seconds and left != kiosk.warned:
        kiosk.warned = left
        kiosk.show()
