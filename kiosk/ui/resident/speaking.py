"""How listening to somebody's own words stands: plain values between the microphone and its page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kiosk.ui.resident.doubts import Doubt

Ear = Literal["idle", "loading", "listening", "heard", "off"]


@dataclass(frozen=True)
class Speaking:
    """How listening stands. `trouble` is a sentence for the person, empty where all is well."""

    ear: Ear
    text: str = ""
    provisional: str = ""
    seconds: int = 0
    dbfs: float = -90.0
    clipped: bool = False
    trouble: str = ""
    nothing: bool = False
    speech: bool = True
    """Whether somebody seems to speak just now."""
    doubts: tuple[Doubt, ...] = ()
    """Words of `text` to be looked at, in order."""
