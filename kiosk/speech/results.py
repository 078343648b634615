"""Vosk's answers made into words: how sure each one is, what else it may have been, and what is noise.

Vosk gives either a confidence per word or several readings of the whole utterance. The readings are asked for
and the confidences taken from them: a reading's score is its log likelihood, so that the share of all
likelihood held by the readings with a word at its place is that word's probability, as in the lattice itself.
No second pass over the sound is needed.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kiosk.core.heard import UNSURE, Final, Word

READINGS = 10
"""How many readings of an utterance are asked for."""
MOST_OTHERS = 4
CONFIDENCE_FLOOR = 0.65
"""An utterance of a word or two whose mean confidence lies below is taken for noise and not given out.

Measured with the Korean model: hiss, beeps and breath-like noise came back as one or two words at 0.38 to
0.60, unclear speech and speech in another language as three and more at 0.51 to 0.92. Loud steady noise
reaches any value; the resident sees that word and clears it.
"""
NOISE_WORDS = 2
_NEAR_S = 0.12  # the same stretch of sound is cut this differently by two readings

_NOT_WORDS = re.compile(
    r"\[\d*\]|\[\w+\]|<\w+>|!SIL"
)  # footnote marks and noise signs left in a model's words


@dataclass(frozen=True)
class Timed:
    """One word of one reading; seconds of the sound given to the recognizer."""

    text: str
    start: float
    end: float


@dataclass(frozen=True)
class Reading:
    words: tuple[Timed, ...]
    share: float
    """Its part of all readings' likelihood, 0 to 1."""

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


Spoken = Callable[[float, float], bool]
"""Whether somebody spoke between two times, seconds of the sound given to the recognizer."""


def words_only(text: str) -> str:
    """A partial without what is no word."""
    return " ".join(word for word in text.split() if not _NOT_WORDS.fullmatch(word))


def readings(result: str) -> tuple[Reading, ...]:
    """The readings in Vosk's result, the likeliest first; none for silence."""
    told = json.loads(result).get("alternatives", [])
    scores = [float(one["confidence"]) for one in told]
    best = max(scores, default=0.0)
    weights = [math.exp(max(score - best, -50.0)) for score in scores]
    return tuple(
        Reading(tuple(_timed(entry) for entry in one.get("result", ())), weight / sum(weights))
        for one, weight in zip(told, weights, strict=True)
        if one.get("result")
    )


def _timed(entry: dict[str, object]) -> Timed:
    return Timed(str(entry["word"]), float(str(entry["start"])), float(str(entry["end"])))


def final(result: str, spoken: Spoken | None = None) -> Final | None:
    """Vosk's result as a Final, or None for silence and for noise.

    Words heard where nobody spoke go from the two ends. Apart from these a whole utterance is left out or
    none of it: a person corrects a wrong word easily and misses a lost one.
    """
    told = readings(result)
    if not told:
        return None
    kept = [word for word in told[0].words if not _NOT_WORDS.fullmatch(word.text)]
    while spoken is not None and kept and not spoken(kept[0].start, kept[0].end):
        del kept[0]
    while spoken is not None and kept and not spoken(kept[-1].start, kept[-1].end):
        del kept[-1]
    words = tuple(_word(word, told) for word in kept)
    if not words:
        return None
    confidence = sum(word.confidence for word in words) / len(words)
    if len(words) <= NOISE_WORDS and confidence < CONFIDENCE_FLOOR:
        return None
    return Final(" ".join(word.text for word in words), words)


def _word(word: Timed, told: Sequence[Reading]) -> Word:
    """The word with its probability, and the other readings of its stretch where it is unsure."""
    sure = 0.0
    others: dict[str, float] = {}
    for reading in told:
        there = _at(word, reading.words)
        if there == word.text:
            sure += reading.share
        elif there:
            others[there] = others.get(there, 0.0) + reading.share
    confidence = round(min(sure, 1.0), 3)
    if confidence >= UNSURE:
        return Word(word.text, confidence)
    likely = sorted(others, key=lambda text: -others[text])[:MOST_OTHERS]
    return Word(word.text, confidence, tuple(likely))


def _at(word: Timed, words: Sequence[Timed]) -> str:
    """What this reading has on the word's stretch of sound; empty where it cuts the sound elsewhere."""
    inside = [
        other
        for other in words
        if word.start <= (other.start + other.end) / 2 <= word.end and not _NOT_WORDS.fullmatch(other.text)
    ]
    if not inside:
        return ""
    same = len(inside) == 1 and inside[0].text == word.text
    fits = abs(inside[0].start - word.start) <= _NEAR_S and abs(inside[-1].end - word.end) <= _NEAR_S
    return " ".join(other.text for other in inside) if same or fits else ""
