"""How much of what a person said came back from the way to Japanese and back."""

from __future__ import annotations

import unicodedata
from collections import Counter

from kiosk.core.heard import ALIKE

DOUBTFUL = ALIKE
_LONGEST = 3


def agreement(original: str, back: str) -> float:
    """0 (nothing in common) to 1 (the same words): the mean F score of the groups of one to three letters.

    Spaces, punctuation, case and width do not count, so speech written without them loses nothing.
    """
    first, second = _bare(original), _bare(back)
    if not first or not second:
        return 1.0 if first == second else 0.0
    sizes = range(1, min(_LONGEST, len(first), len(second)) + 1)
    scores = [_f_score(_groups(first, size), _groups(second, size)) for size in sizes]
    return sum(scores) / len(scores)


def _bare(text: str) -> str:
    normal = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sign for sign in normal if unicodedata.category(sign)[0] in "LMN")


def _groups(text: str, size: int) -> Counter[str]:
    return Counter(text[place : place + size] for place in range(len(text) - size + 1))


def _f_score(first: Counter[str], second: Counter[str]) -> float:
    return 2 * (first & second).total() / (first.total() + second.total())
