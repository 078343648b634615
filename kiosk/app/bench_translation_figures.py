"""What the turns of `bench_translation` come to: times of both sides, and chrF2 of what they gave."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

Figures = dict[str, float]
WORDS = 20
_ORDER = 6
_TENTH = 10


@dataclass(frozen=True)
class Line:
    """A line of the corpus: what is said, and what a translation should give there and back."""

    korean: str
    english: str
    japanese: str
    back: str


@dataclass(frozen=True)
class Turn:
    """What one side gave for a line and took for it, milliseconds."""

    japanese: str
    back: str
    wall: float
    cpu: float


Turns = list[tuple[Line, Turn, Turn]]
"""Line, ours, Argos's."""


def figures(turns: Turns) -> Figures:
    """Means over all lines, over the longest tenth, and what 20 words would take; chrF2 of both ways."""
    english = [len(line.english) for line, _, _ in turns]
    least = sorted(english, reverse=True)[len(turns) // _TENTH]
    longest = [turn for turn, length in zip(turns, english, strict=True) if length >= least]
    alike = [turn for turn in turns if (turn[1].japanese, turn[1].back) == (turn[2].japanese, turn[2].back)]
    drawn_ours, drawn_argos = (_drawn_out(alike, side) for side in (1, 2))
    return {
        "lines": len(turns),
        "ours_ms": _mean(turns, 1, "wall"),
        "argos_ms": _mean(turns, 2, "wall"),
        "of_argos": _mean(turns, 1, "wall") / _mean(turns, 2, "wall"),
        "ours_cpu_ms": _mean(turns, 1, "cpu"),
        "argos_cpu_ms": _mean(turns, 2, "cpu"),
        "of_argos_cpu": _mean(turns, 1, "cpu") / _mean(turns, 2, "cpu"),
        "lines_alike": len(alike),
        "alike_of_argos_cpu": _mean(alike, 1, "cpu") / _mean(alike, 2, "cpu"),
        "longest_lines": len(longest),
        "longest_exact": sum(ours.japanese == line.japanese for line, ours, _ in longest),
        "longest_argos_exact": sum(argos.japanese == line.japanese for line, _, argos in longest),
        "longest_of_argos": _mean(longest, 1, "wall") / _mean(longest, 2, "wall"),
        "longest_of_argos_cpu": _mean(longest, 1, "cpu") / _mean(longest, 2, "cpu"),
        "words_20_ours_cpu_ms": drawn_ours,
        "words_20_argos_cpu_ms": drawn_argos,
        "words_20_of_argos_cpu": drawn_ours / drawn_argos,
        "exact": sum(ours.japanese == line.japanese for line, ours, _ in turns),
        "argos_exact": sum(argos.japanese == line.japanese for line, _, argos in turns),
        "chrf2": chrf([(ours.japanese, line.japanese) for line, ours, _ in turns]),
        "argos_chrf2": chrf([(argos.japanese, line.japanese) for line, _, argos in turns]),
        "back_chrf2": chrf([(ours.back, line.back) for line, ours, _ in turns]),
        "argos_back_chrf2": chrf([(argos.back, line.back) for line, _, argos in turns]),
    }


def chrf(pairs: Sequence[tuple[str, str]]) -> float:
    """chrF2 of (translation, reference) over all pairs, 0 to 100, as sacrebleu counts it: groups of one to
    six letters without spaces, summed over the pairs, recall twice as weighty as precision."""
    given, wanted, both = Counter[int](), Counter[int](), Counter[int]()
    for made, reference in pairs:
        for size in range(1, _ORDER + 1):
            first, second = _groups(made, size), _groups(reference, size)
            # A pair whose side is too short for a size does not count in it.
            given[size] += first.total() if second else 0
            wanted[size] += second.total()
            both[size] += (first & second).total()
    sizes = [size for size in range(1, _ORDER + 1) if given[size] and wanted[size]]
    if not sizes:
        return 0.0
    precision = statistics.mean(both[size] / given[size] for size in sizes)
    recall = statistics.mean(both[size] / wanted[size] for size in sizes)
    return 100 * 5 * precision * recall / (4 * precision + recall) if both[1] else 0.0


def _groups(text: str, size: int) -> Counter[str]:
    letters = "".join(text.split())
    return Counter(letters[place : place + size] for place in range(len(letters) - size + 1))


def _drawn_out(turns: Turns, side: int) -> float:
    """The processor's milliseconds for 20 English words; nan where the lines say nothing about it."""
    words = [len(line.english.split()) for line, _, _ in turns]
    if len(set(words)) < 2:
        return float("nan")
    slope, start = statistics.linear_regression(words, [_side(turn, side).cpu for turn in turns])
    return start + slope * WORDS


def _mean(turns: Turns, side: int, clock: str) -> float:
    return statistics.mean(getattr(_side(turn, side), clock) for turn in turns) if turns else float("nan")


def _side(turn: tuple[Line, Turn, Turn], side: int) -> Turn:
    return turn[1] if side == 1 else turn[2]
