"""What an evaluation found: one row a chain of packages, one row a speech model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kiosk.app.library.evaluate_scores import Score
from kiosk.app.library.evaluate_words import Errors
from kiosk.translation.packages import Pair
from kiosk.translation.quality import Line

LEAST = 30
"""Sentences below which no line is proposed: the interval would be wider than the lines are apart."""


@dataclass(frozen=True)
class TranslationRow:
    """One chain of packages. `done` of `asked` sentences were tried; fewer where somebody stopped it."""

    models: str
    source: str
    target: str
    asked: int
    done: int = 0
    score: Score | None = None
    """Of all sentences tried, one that was refused counting as empty; None without any."""
    kept: Score | None = None
    """Of those only that were not refused."""
    back: float | None = None
    """chrF of the way home against the sentence that was said; None for single packages."""
    refused: Mapping[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    """A sentence, the way there, mean."""
    load_s: float = 0.0
    bytes: int = 0
    line: Line | None = None
    """What is proposed, for one package measured on enough sentences; never for samples."""
    pair: Pair | None = None
    note: str = ""
    """A trouble's key, or why nothing was measured."""

    @property
    def partial(self) -> bool:
        return self.done < self.asked


@dataclass(frozen=True)
class HeardRecording:
    """One recording. Neither what was said nor what was heard is kept."""

    file: str
    words: Errors
    letters: Errors
    sound_s: float
    took_s: float


@dataclass(frozen=True)
class SpeechRow:
    """One speech model on the recordings of its language."""

    model: str
    language: str
    asked: int
    heard: tuple[HeardRecording, ...] = ()
    load_s: float = 0.0
    bytes: int = 0
    skipped: Mapping[str, str] = field(default_factory=dict)
    """Recordings that could not be heard, with a trouble's key."""
    note: str = ""

    @property
    def partial(self) -> bool:
        return len(self.heard) + len(self.skipped) < self.asked

    @property
    def words(self) -> Errors:
        return sum((one.words for one in self.heard), Errors())

    @property
    def letters(self) -> Errors:
        return sum((one.letters for one in self.heard), Errors())

    @property
    def pace(self) -> float:
        """Seconds of work for a second of sound; under 1 keeps up with the speaker."""
        sound = sum(one.sound_s for one in self.heard)
        return sum(one.took_s for one in self.heard) / sound if sound else 0.0


@dataclass(frozen=True)
class Evaluation:
    """The whole table. `stopped`: somebody stopped it before its end."""

    translation: tuple[TranslationRow, ...] = ()
    speech: tuple[SpeechRow, ...] = ()
    left_out: Mapping[str, str] = field(default_factory=dict)
    """Rows of a file and recordings that could not be used, by name, with the reason."""
    sentences: str = ""
    recordings: str = ""
    stopped: bool = False
