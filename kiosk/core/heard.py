"""What listening and translating give back: plain values that cross from worker processes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Level:
    """Loudness of the last stretch of sound, in dB below full scale (0 is the loudest, −90 silence)."""

    dbfs: float
    clipped: bool = False
    speech: bool = False
    """Whether somebody seems to speak."""


@dataclass(frozen=True)
class Partial:
    """Words heard so far that may still change."""

    text: str


UNSURE = 0.75
"""Words of less confidence are marked for the person to tap and correct, and carry what else they may be."""


@dataclass(frozen=True)
class Word:
    text: str
    confidence: float
    """0 to 1, as the recognizer says."""
    others: tuple[str, ...] = ()
    """What else it may have been, the likeliest first; asked for only where the confidence is low."""


@dataclass(frozen=True)
class Final:
    """One stretch of speech that will not change any more."""

    text: str
    words: tuple[Word, ...] = ()


Reason = Literal["pressed", "source", "limit", "quiet", "silence", "picked"]


@dataclass(frozen=True)
class Ended:
    """Listening is over.

    `pressed` the person pressed again, `source` the sound ended, `limit` the time is over, `quiet` nothing
    was said for long after words, `silence` nothing was said at all, `picked` a spoken choice was understood.
    """

    reason: Reason


@dataclass(frozen=True)
class Spoken:
    """One choice of a page and the phrases by which it may be named, in the resident's language, as plain
    words: lower case, no ruby, no punctuation."""

    id: str
    phrases: tuple[str, ...]


@dataclass(frozen=True)
class Picked:
    """A spoken choice: the id that was named, never more than a proposal. A recognizer with a short word list
    has no reliable "none of these", so a touch or a spoken yes must follow."""

    id: str
    """Empty when something was said that is none of the choices."""
    confidence: float
    text: str = ""
    """The words as they were heard."""


Heard = Level | Partial | Final | Ended | Picked

ALIKE = 0.30
"""Under this the way back is unlike the original and is pointed out. Measured on the counter's sentences: 97
and more of 100 unrelated pairs lie under it in every language; of pairs that say the same in other words 4 of
100 in Korean and 5 in English."""

NEGATION, LEFT_OUT = "否定", "抜け"
"""What may be unsure of a passage: a denial is gone or there is one more; half of it did not come back."""


@dataclass(frozen=True)
class Passage:
    """One sentence of a translation. `back` is empty where it was not translated back."""

    original: str
    translated: str
    back: str = ""
    alike: float = 1.0
    """How like the way back is to the original, 0 to 1."""
    fault: str = ""
    """Why this sentence was refused (kiosk.translation.checks.Reason); then it has no translation."""
    unsure: tuple[str, ...] = ()
    """What may be wrong in this sentence: terms of the glossary in Japanese, names, numbers as digits,
    `NEGATION`, `LEFT_OUT`."""

    @property
    def differs(self) -> bool:
        """Whether to point this sentence out: refused, a term in doubt, or a way back unlike the original."""
        return bool(self.fault or self.unsure) or self.alike < ALIKE


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
    passages: tuple[Passage, ...] = ()
    """Sentence by sentence, in order; empty in records written before they were kept."""
    hint: bool = False
    """The packages of this pair are known to be poor: a hint for counselors, never shown to the resident as
    their words."""

    @property
    def partial(self) -> bool:
        """Whether a sentence was refused and stands in `japanese` in the resident's own words, marked."""
        return any(passage.fault for passage in self.passages)

    @property
    def differing(self) -> tuple[int, ...]:
        """Which passages to point out, by their place from 0."""
        return tuple(place for place, passage in enumerate(self.passages) if passage.differs)

    @property
    def unsure(self) -> tuple[str, ...]:
        """What may be wrong in its passages, once each."""
        return tuple(dict.fromkeys(each for passage in self.passages for each in passage.unsure))


@dataclass(frozen=True)
class Rendering:
    """A counselor's Japanese in the resident's language, with its way back into Japanese."""

    japanese: str
    language: str
    text: str
    back: str
    engine: str
    sample: bool = False
    alike: float = 1.0
    passages: tuple[Passage, ...] = ()
    """Here `original` is the Japanese, `translated` the resident's language."""
    hint: bool = False

    @property
    def partial(self) -> bool:
        """Whether a sentence was refused and stands in `text` in Japanese, marked."""
        return any(passage.fault for passage in self.passages)

    @property
    def differing(self) -> tuple[int, ...]:
        """Which passages to point out, by their place from 0."""
        return tuple(place for place, passage in enumerate(self.passages) if passage.differs)
