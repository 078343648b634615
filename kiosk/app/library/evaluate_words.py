"""How many words, or characters, a recognizer got wrong."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

UNSPACED = frozenset({"ja", "zh-Hans", "zh-Hant", "my", "th", "km", "lo"})
"""Written without spaces, or with spaces that part no words: only characters can be counted."""
DRAWS = 1000
SEED = 12345
_APOSTROPHES = "'’ʼ`´"


@dataclass(frozen=True)
class Errors:
    """Of `said` words or characters: how many were heard as others, added, and lost."""

    substituted: int = 0
    inserted: int = 0
    deleted: int = 0
    said: int = 0

    def __add__(self, other: Errors) -> Errors:
        return Errors(
            self.substituted + other.substituted,
            self.inserted + other.inserted,
            self.deleted + other.deleted,
            self.said + other.said,
        )

    @property
    def wrong(self) -> int:
        return self.substituted + self.inserted + self.deleted

    @property
    def rate(self) -> float:
        """In per cent of what was said; over 100 where more was added than was said at all."""
        return 100 * self.wrong / self.said if self.said else 0.0


def words(text: str) -> list[str]:
    """The words as they are compared: NFKC, case folded, without punctuation and signs."""
    return "".join(_bare(sign) for sign in unicodedata.normalize("NFKC", text).casefold()).split()


def letters(text: str) -> list[str]:
    """The characters (Unicode code points after NFKC) of the words, without spaces."""
    return list("".join(words(text)))


def _bare(sign: str) -> str:
    kind = unicodedata.category(sign)
    if kind[0] in "LMN":
        return sign
    # An apostrophe stands inside a word, and a joiner (Cf) is no sign of its own.
    return "" if sign in _APOSTROPHES or kind == "Cf" else " "


def compared(said: Sequence[str], heard: Sequence[str]) -> Errors:
    """The fewest changes that make `heard` of `said` (Levenshtein 1966); of several ways the one with the
    most substitutions."""
    row = [(place, 0, place, 0) for place in range(len(heard) + 1)]
    for number, wanted in enumerate(said, start=1):
        last, row = row, [(number, 0, 0, number)]
        for place, got in enumerate(heard, start=1):
            cost, changed, added, lost = last[place - 1]
            differs = int(wanted != got)
            ways = [(cost + differs, changed + differs, added, lost)]
            cost, changed, added, lost = row[place - 1]
            ways.append((cost + 1, changed, added + 1, lost))
            cost, changed, added, lost = last[place]
            ways.append((cost + 1, changed, added, lost + 1))
            row.append(min(ways, key=lambda way: (way[0], -way[1])))
    _, changed, added, lost = row[-1]
    return Errors(changed, added, lost, len(said))


def spread(each: Sequence[Errors]) -> float:
    """Half the width of the rate's 95 % interval, in per cent: recordings drawn anew a thousand times. 0 for
    fewer than two recordings, of which nothing can be said."""
    if len(each) < 2:
        return 0.0
    drawing = random.Random(SEED)
    rates = sorted(sum(drawing.choices(each, k=len(each)), start=Errors()).rate for _ in range(DRAWS))
    return (rates[int(0.975 * DRAWS)] - rates[int(0.025 * DRAWS)]) / 2
