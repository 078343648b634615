"""What listening and translating give back: plain values that cross from worker processes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Level:
    """Loudness of the last stretch of sound, in dB below full scale (0 is the loudest, −90 silence)."""

    dbfs: float
    clipped: bool = False


@dataclass(frozen=True)
class Partial:
    """Words heard so far that may still change."""

    text: str


@dataclass(frozen=True)
class Word:
    text: str
    confidence: float
    """0 to 1, as the recognizer says."""


@dataclass(frozen=True)
class Final:
    """One stretch of speech that will not change any more."""

    text: str
    words: tuple[Word, ...] = ()


@dataclass(frozen=True)
class Ended:
    """Listening is over: the person pressed again, the sound source ended, or the time limit was reached."""

    reason: Literal["pressed", "source", "limit"]


Heard = Level | Partial | Final | Ended


@dataclass(frozen=True)
class Translation:
    """A narrative in Japanese with its way back.

    `engine` names the packages used (`argos ko-en 1.0 · en-ja 1.0`); `sample` is true when one of them is
    a small sample package that knows only the counter's phrases.
    """

    original: str
    language: str
    japanese: str
    back: str
    engine: str
    sample: bool = False
    alike: float = 1.0
    """How like the way back is to the original, 0 to 1."""
