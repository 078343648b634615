"""Long texts that are compared: cut so that what stands side by side says the same, and what is marked in
them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from kiosk.core.heard import Passage


def together(
    texts: Sequence[str], passages: Sequence[Passage], rooms: Sequence[int]
) -> list[tuple[str, ...]]:
    """An original, its translation and its way back on as many pages as they need, on each page the same
    sentences of all three. `rooms`: how many characters of each fit a page. Without passages, and within a
    sentence too long for a page, texts are cut where that many parts of equal length end."""
    if not passages:
        return _level(texts, rooms)
    pieces = (
        [one.original for one in passages],
        [one.translated or one.original for one in passages],
        [one.back or one.original for one in passages],
    )
    columns = [_slices(text, column) for text, column in zip(texts, pieces, strict=True)]
    pages: list[tuple[str, ...]] = []
    first = 0
    for last in range(1, len(passages) + 1):
        here = ["".join(column[first:last]).strip() for column in columns]
        more = ["".join(column[first : last + 1]).strip() for column in columns]
        if last == len(passages) or any(len(text) > room for text, room in zip(more, rooms, strict=True)):
            pages += _level(here, rooms)
            first = last
    return pages


def _slices(text: str, pieces: Sequence[str]) -> list[str]:
    """The text cut where its pieces begin. One that does not stand in it has what lies between its
    neighbours."""
    starts, at = [], 0
    for piece in pieces:
        found = text.find(piece, at)
        if found < 0:
            starts.append(at)
            continue
        # A refused sentence stands there as it was said, in brackets.
        bracket = found > at and text[found - 1] in "「["
        starts.append(found - bracket)
        at = found + len(piece)
    edges = [0, *starts[1:], len(text)]
    return [text[a:b] for a, b in itertools.pairwise(edges)]


def _level(texts: Sequence[str], rooms: Sequence[int]) -> list[tuple[str, ...]]:
    """Every text in as many parts as the one that needs most."""
    count = max(1, *(-(-len(text) // room) for text, room in zip(texts, rooms, strict=True)))
    return list(zip(*(portions(text, count) for text in texts), strict=True))


def portions(text: str, count: int) -> list[str]:
    """The text in so many parts of about equal length, cut at sentences, else between words."""
    cuts, start = [], 0
    ends = [found.end() for found in re.finditer(r"[.!?](?=\s)|[。！？।။\n]", text)]
    blanks = [found.end() for found in re.finditer(r"\s+", text)]
    for number in range(1, count):
        ideal = len(text) * number // count
        near = len(text) // count * 2 // 5
        for found in (ends, blanks, [ideal]):
            close = [at for at in found if abs(at - ideal) <= near and at > start]
            if close:
                start = min(close, key=lambda at: abs(at - ideal))
                break
        cuts.append(start)
    edges = [0, *cuts, len(text)]
    return [text[a:b].strip() for a, b in itertools.pairwise(edges)]


def marks(text: str, sentences: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Where the sentences stand in a part of the text; one that the part cuts is marked as far as it goes."""
    found, start = [], 0
    for sentence in filter(None, sentences):
        at = text.find(sentence, start)
        if at >= 0:
            start = at + len(sentence)
            found.append((at, start))
        elif tail := _overlap(text, sentence):
            found.append((len(text) - len(tail), len(text)))
        elif (head := _overlap(sentence, text)) and not found:
            start = len(head)
            found.append((0, start))
    return tuple(found)


def _overlap(first: str, second: str) -> str:
    """The longest end of `first` that `second` begins with, of eight letters and more."""
    for size in range(min(len(first), len(second)), 7, -1):
        if first.endswith(second[:size]):
            return second[:size]
    return ""
