"""What the speech engine is asked, and what it answers besides what it hears: plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kiosk.core.heard import Spoken
from kiosk.speech.sources import Microphone, WavFile

STOP = "stop"
"""Tell a listening job this when the person presses again."""
LIMIT_S = 90.0
QUIET_S = 8.0
"""A pause to think lasts two or three seconds; who is silent for so long has ended."""
SILENCE_S = 20.0

Verdict = Literal["ok", "too_quiet", "too_loud", "noisy", "nothing"]


@dataclass(frozen=True)
class Listen:
    """What the job "listen" is asked. Seconds of sound; 0 for `quiet_s` and `silence_s` is never."""

    source: Microphone | WavFile
    limit_s: float = LIMIT_S
    quiet_s: float = QUIET_S
    """End after so long without speech, once something was said."""
    silence_s: float = SILENCE_S
    """End after so long when nothing was said at all."""


@dataclass(frozen=True)
class Choose:
    """What the job "choose" is asked: which of these is named. Seconds as in Listen."""

    source: Microphone | WavFile
    choices: tuple[Spoken, ...]
    limit_s: float = 30.0
    silence_s: float = 10.0


@dataclass(frozen=True)
class LevelTest:
    """What the job "level" is asked: listen for so long and judge the microphone."""

    source: Microphone | WavFile
    seconds: float = 5.0


@dataclass(frozen=True)
class Tested:
    """How a microphone does. `too_quiet` and `too_loud` are about the speech, `noisy` about what is heard
    behind it; `nothing`: nobody spoke, or the microphone is switched off."""

    verdict: Verdict
    speech_dbfs: float
    """Of the chunks with speech, their median; −90 without any."""
    noise_dbfs: float
    """What is heard while nobody speaks."""
    clipped: float
    """Share of the chunks with speech in which samples reached the end of the scale."""


@dataclass(frozen=True)
class Device:
    """A microphone as the sound system names it. `id` is valid until something is plugged in or out; the
    setting holds the name or a part of it."""

    id: int
    name: str
    default: bool
    rate: int
    """Hz, its own."""
