"""How much of what a person said came back from the way to Japanese and back."""

from __future__ import annotations

import unicodedata
from collections import Counter

from kiosk.core.heard import ALIKE

DOUBTFUL = ALIKE
_LONGEST, _LONGEST_HAN = 5, 2
"""Signs in a group. Few letters make all words of an alphabet, so that a third of the single ones meet in any
two sentences; a Chinese character is half a word, and two wordings share few groups of three."""


def agreement(original: str, back: str) -> float:
    """0 (nothing in common) to 1 (the same words): the mean F score of the groups of one to five letters, of
    one and two Chinese characters or kana.

    Korean syllables count as their letters, so that another ending of a verb is not another word. Spaces,
    punctuation, case and width do not count, so speech written without them loses nothing.
    """
    first, second = _bare(original), _bare(back)
    if not first or not second:
        return 1.0 if first == second else 0.0
    longest = _LONGEST_HAN if _mostly_han(first) else _LONGEST
    sizes = range(1, min(longest, len(first), len(second)) + 1)
    scores = [_f_score(_groups(first, size), _groups(second, size)) for size in sizes]
    return sum(scores) / len(scores)


def letters(text: str) -> int:
    """How many letters and numbers a text has; Korean syllables count as their letters."""
    return len(_bare(text))


def _bare(text: str) -> str:
    normal = unicodedata.normalize("NFKC", text).casefold()
    letters = (sign for sign in normal if unicodedata.category(sign)[0] in "LMN")
    return "".join(unicodedata.normalize("NFD", sign) if "가" <= sign <= "힣" else sign for sign in letters)


def _mostly_han(text: str) -> bool:
    return sum("\u3041" <= sign <= "\u9fff" for sign in text) > len(text) / 2


def _groups(text: str, size: int) -> Counter[str]:
    return Counter(text[place : place + size] for place in range(len(text) - size + 1))


def _f_score(first: Counter[str], second: Counter[str]) -> float:
    return 2 * (first & second).total() / (first.total() + second.total())
