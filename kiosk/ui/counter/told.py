"""Agencies as staff read them: how one stands at this moment, and what of it is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kiosk.core.directory import Service
from kiosk.core.hours import Opening

Say = Callable[..., str]


@dataclass(frozen=True)
class Standing:
    """How a service can be used at this moment."""

    opening: Opening
    stale: bool = False
    """Whether its number was confirmed longer ago than the office allows."""
    nearest: Service | None = None
    """What is open instead, while it is closed."""
    nearest_stale: bool = False


Look = Callable[[Service, str], Standing]
"""A service and the resident's language → how it stands now."""


@dataclass(frozen=True)
class Told:
    """A service the kiosk told the resident about."""

    name: str
    telephone: str = ""
    mark: str = ""
    """That its number must be confirmed before it is used."""
    hours: str = ""
    """Open until, or closed until."""
    instead: str = ""
    """What is open while this is closed."""


def opening_text(opening: Opening, say: Say) -> str:
    """Open until when, or closed until when; empty where the hours are unknown."""
    if opening.state == "open":
        if opening.until is None:
            return say("hours.open")
        return say("hours.open.until", time=f"{opening.until.hour}:{opening.until.minute:02d}")
    if opening.state == "closed":
        if opening.next is None:
            return say("hours.closed")
        at = opening.next
        return say("hours.closed.until", date=f"{at.month}/{at.day}", time=f"{at.hour}:{at.minute:02d}")
    return ""
