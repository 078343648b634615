"""Fills lines with words."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kiosk.text import breaks
from kiosk.text.line import Line, set_line
from kiosk.text.markup import Marked
from kiosk.text.runs import Paragraph

_ELLIPSIS = "…"
_SLACK = 0.01
"""Rounding that is no overflow, px."""


@dataclass(frozen=True)
class Wrapped:
    lines: list[Line]
    overflow: bool


def wrap(paragraphs: list[Paragraph], width: int | None, max_lines: int | None, balance: bool) -> Wrapped:
    """Breaks every paragraph to `width` px (None: no breaking) and cuts what is beyond `max_lines`."""
    lines: list[Line] = []
    spans: list[tuple[Paragraph, int, int]] = []
    overflow = False
    for paragraph in paragraphs:
        for start, end in _spans(paragraph, width, balance):
            spans.append((paragraph, start, end))
            lines.append(set_line(paragraph, start, end))
            overflow |= width is not None and lines[-1].width > width + _SLACK
    if max_lines is not None and len(lines) > max_lines:
        return Wrapped([*lines[: max_lines - 1], _cut(*spans[max_lines - 1], width)], True)
    return Wrapped(lines, overflow)


def _spans(paragraph: Paragraph, width: int | None, balance: bool) -> list[tuple[int, int]]:
    end = paragraph.trim(0, len(paragraph.text))
    if width is None or set_line(paragraph, 0, end).width <= width + _SLACK:
        return [(0, end)]
    filler = _Filler(paragraph)
    spans = filler.fill(width)
    if balance and len(spans) > 1:
        return _balanced(filler, spans, width)
    return spans


def _balanced(filler: _Filler, spans: list[tuple[int, int]], width: int) -> list[tuple[int, int]]:
    """The narrowest filling that needs no more lines and cuts no more words."""
    low, high = width / len(spans) / 2, float(width)
    best, forced = spans, filler.forced(spans)
    for _ in range(7):
        middle = (low + high) / 2
        tried = filler.fill(middle)
        if len(tried) == len(spans) and filler.forced(tried) <= forced:
            best, high = tried, middle
        else:
            low = middle
    return best


class _Filler:
    """Fills lines of one paragraph greedily, for any width."""

    def __init__(self, paragraph: Paragraph) -> None:
        language = paragraph.setting.language
        self._paragraph = paragraph
        self._end = paragraph.trim(0, len(paragraph.text))
        self._soft = _Stops(paragraph, breaks.soft(paragraph.text, language, paragraph.rubies), self._end)
        # In the order of trial for a word wider than the line.
        self._rules = [
            lambda: breaks.outside(breaks.strict(paragraph.text, language.tag), paragraph.rubies)
            if language.line_break == "japanese"
            else [],
            lambda: breaks.emergency(paragraph.text, language, paragraph.rubies),
            lambda: breaks.outside(breaks.clusters(paragraph.text), paragraph.rubies),
        ]
        self._hard: dict[int, _Stops] = {}

    def fill(self, width: float) -> list[tuple[int, int]]:
        spans: list[tuple[int, int]] = []
        at = 0
        while at < self._end:
            stop = self._soft.last(at, width)
            for rule in range(len(self._rules)):
                if stop is not None:
                    break
                stop = self._stops(rule).last(at, width)
            stop = stop or self._stops(len(self._rules) - 1).next(at)
            spans.append((at, self._paragraph.trim(at, stop)))
            at = self._skip(stop)
        return spans

    def forced(self, spans: list[tuple[int, int]]) -> int:
        """How many lines begin inside a word."""
        return sum(not self._soft.has(start) for start, _ in spans[1:])

    def _stops(self, rule: int) -> _Stops:
        if rule not in self._hard:
            self._hard[rule] = _Stops(self._paragraph, self._rules[rule](), self._end)
        return self._hard[rule]

    def _skip(self, at: int) -> int:
        # A blank at a break belongs to neither line.
        while at < self._end and self._paragraph.text[at] in " \u3000\u200b":
            at += 1
        return at


class _Stops:
    """The offsets where one rule lets a line end, with the widths up to each."""

    def __init__(self, paragraph: Paragraph, offsets: Sequence[int], end: int) -> None:
        self._paragraph = paragraph
        self._stops = [0, *(at for at in offsets if at < end), end]
        self._sums = [0.0]
        for start, stop in pairwise(self._stops):
            self._sums.append(self._sums[-1] + set_line(paragraph, start, stop).width)

    def has(self, at: int) -> bool:
        found = bisect_right(self._stops, at) - 1
        return self._stops[found] == at

    def next(self, at: int) -> int:
        return self._stops[bisect_right(self._stops, at)]

    def last(self, at: int, width: float) -> int | None:
        """The furthest stop that makes a line from `at` no wider than `width`; None if there is none."""
        first = bisect_right(self._stops, at)
        # The sum of the parts is near enough to start from; what counts is the line set whole.
        begun = self._sums[first] - set_line(self._paragraph, at, self._stops[first]).width
        guess = bisect_right(self._sums, begun + width + 0.1 * self._paragraph.setting.size) - 1
        for index in range(min(guess + 1, len(self._stops) - 1), first - 1, -1):
            stop = self._stops[index]
            end = self._paragraph.trim(at, stop)
            if end == at or set_line(self._paragraph, at, end).width <= width + _SLACK:
                return stop
        return None


def _cut(paragraph: Paragraph, start: int, end: int, width: int | None) -> Line:
    """The line shortened until "…" fits after it."""
    offsets = breaks.outside(breaks.clusters(paragraph.text), paragraph.rubies)
    ends = [end, *(at for at in reversed(offsets) if start < at < end), start]
    for stop in ends:
        text = paragraph.text[start : paragraph.trim(start, stop)] + _ELLIPSIS
        rubies = tuple(
            replace(ruby, start=ruby.start - start, end=ruby.end - start)
            for ruby in paragraph.rubies
            if start <= ruby.start and ruby.end <= start + len(text) - 1
        )
        shortened = Paragraph(Marked(text, rubies), paragraph.setting)
        line = set_line(shortened, 0, len(text))
        if width is None or line.width <= width or stop == start:
            break
    return line
