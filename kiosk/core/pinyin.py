"""Chinese words for Latin spellings: Hanyu Pinyin without tones, v for ü; words and whole sentences."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

Words = tuple[tuple[str, int], ...]
"""Words of one spelling with their scores, the commonest first; ten times a decimal logarithm."""

LONGEST = 48
"""Letters that may stand unconverted."""
MOST = 60
"""Words offered for what is spelled."""
COMPLETED = 12
"""Longer words offered for a beginning."""
TOTAL = 78
"""Ten times the decimal logarithm of all counts: what a word's score is subtracted from in a sentence."""


@dataclass(frozen=True)
class Candidate:
    """A word for the first `letters` letters of what is spelled."""

    word: str
    letters: int


@dataclass(frozen=True)
class Speller:
    """The table of an office's Chinese keyboard. Immutable; `candidates` may be asked at every key."""

    table: Mapping[str, Words] = field(hash=False)
    spellings: tuple[str, ...] = field(init=False, hash=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "spellings", tuple(sorted(self.table)))

    def candidates(self, typed: str) -> tuple[Candidate, ...]:
        """Words of the whole spelling, a sentence made of several, longer words that begin so, and then the
        words of ever shorter beginnings, so that any text can be written piece by piece."""
        return _candidates(self, typed[:LONGEST]) if typed else ()

    def words(self, spelled: str) -> Words:
        return self.table.get(spelled, ())

    def completed(self, typed: str) -> list[str]:
        """The commonest words whose spelling begins with `typed` and goes on."""
        found: list[tuple[int, str]] = []
        for at in range(bisect_left(self.spellings, typed), len(self.spellings)):
            spelled = self.spellings[at]
            if not spelled.startswith(typed):
                break
            if spelled != typed:
                found += [(score, word) for word, score in self.table[spelled][:3]]
        return [word for _, word in sorted(found, key=lambda item: -item[0])[:COMPLETED]]


@lru_cache(maxsize=256)
def _candidates(speller: Speller, typed: str) -> tuple[Candidate, ...]:
    whole = [Candidate(word, len(typed)) for word, _ in speller.words(typed)]
    text, letters = _sentence(speller, typed)
    sentence = [Candidate(text, letters)] if text else []
    longer = [Candidate(word, len(typed)) for word in speller.completed(typed)]
    # What is spelled to the end comes first; an unfinished last syllable leaves it to the longer words.
    found = (
        [*whole, *sentence, *longer]
        if letters == len(typed)
        else [*whole, *longer[:3], *sentence, *longer[3:]]
    )
    for end in range(len(typed) - 1, 0, -1):
        found += [Candidate(word, end) for word, _ in speller.words(typed[:end])]
        if len(found) > MOST:
            break
    return tuple(dict.fromkeys(found))[:MOST]


def _sentence(speller: Speller, typed: str) -> tuple[str, int]:
    """The likeliest row of words for as many letters as can be spelled out, and how many those are."""
    best: list[tuple[int, str] | None] = [(0, "")] + [None] * len(typed)
    for start in range(len(typed)):
        before = best[start]
        if before is None:
            continue
        for end in range(start + 1, len(typed) + 1):
            words = speller.words(typed[start:end])
            if words:
                cost = before[0] + TOTAL - words[0][1]
                there = best[end]
                if there is None or cost < there[0]:
                    best[end] = (cost, before[1] + words[0][0])
    for end in range(len(typed), 0, -1):
        found = best[end]
        if found is not None:
            return found[1], end
    return "", 0
