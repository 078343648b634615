"""Fills lines with words."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, replace
from itertools import pairwise

from kiosk.text import breaks
from kiosk.text.line import Line, set_line
from kiosk.text.markup import Marked
from kiosk.text.runs import BLANKS, Paragraph

_ELLIPSIS = "…"
_SLACK = 0.01
"""Rounding that is no overflow, px."""
_PHRASES = frozenset({"Mymr", "Thai", "Khmr", "Laoo"})
_TEARING = _PHRASES | {"Hans", "Hant"}
_SCRAP = 0.2
"""How long a last line in these scripts must be, in widths; a shorter one is filled up by balancing."""
_FILLED = 0.5
"""How full a line must be to end at a blank before words that would still fit."""

_CLAUSE_ENDS = ",;、，；၊.!?。！？။।"
_EVEN = 1 / 3
"""How long, in the longest line, the shortest must be where lines end with clauses."""


@dataclass(frozen=True)
class Wrapped:
    lines: list[Line]
    spans: list[tuple[int, int]]
    """Start and end of each line in the text, its paragraphs joined by line ends."""
    overflow: bool
    torn: int = 0
    """How many lines begin inside a word."""


def wrap(paragraphs: list[Paragraph], width: int | None, max_lines: int | None, balance: bool) -> Wrapped:
    """Breaks every paragraph to `width` px (None: no breaking) and cuts what is beyond `max_lines`."""
    lines: list[Line] = []
    spans: list[tuple[Paragraph, int, int]] = []
    places: list[tuple[int, int]] = []
    overflow = False
    torn = begin = 0
    for paragraph in paragraphs:
        found = _spans(paragraph, width, balance)
        torn += _torn(paragraph, found) if len(found) > 1 else 0
        for start, end in found:
            spans.append((paragraph, start, end))
            places.append((begin + start, begin + end))
            lines.append(set_line(paragraph, start, end))
            overflow |= width is not None and lines[-1].width > width + _SLACK
        begin += len(paragraph.text) + 1
    if max_lines is not None and len(lines) > max_lines:
        last = _cut(*spans[max_lines - 1], width)
        return Wrapped([*lines[: max_lines - 1], last], places[:max_lines], True, torn)
    return Wrapped(lines, places, overflow, torn)


def _torn(paragraph: Paragraph, spans: list[tuple[int, int]]) -> int:
    """Lines that begin inside a word. Japanese may break between phrases' words, too, but not anywhere."""
    japanese = paragraph.setting.language.line_break == "japanese"
    return _Filler(paragraph).forced(spans, rule=1 if japanese else 0)


def _spans(paragraph: Paragraph, width: int | None, balance: bool) -> list[tuple[int, int]]:
    end = paragraph.trim(0, len(paragraph.text))
    if width is None or set_line(paragraph, 0, end).width <= width + _SLACK:
        return [(0, end)]
    filler = _Filler(paragraph)
    spans = filler.fill(width)
    if len(spans) > 1 and (balance or _is_scrap(paragraph, *spans[-1], width)):
        return (balance and _between_clauses(filler, len(spans), width)) or _balanced(filler, spans, width)
    return spans


def _is_scrap(paragraph: Paragraph, start: int, end: int, width: int) -> bool:
    """Whether the last line is a syllable or two torn from its phrase."""
    if paragraph.setting.language.script not in _TEARING or paragraph.text[start - 1] in BLANKS:
        return False
    return set_line(paragraph, start, end).width < _SCRAP * width


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


def _between_clauses(filler: _Filler, count: int, width: int) -> list[tuple[int, int]]:
    """So many lines, each ending with a clause; none where that leaves a line too long or very short."""
    clauses = filler.only_after(_CLAUSE_ENDS)
    spans = clauses.fill(width)
    if len(spans) != count:
        return []
    found = _balanced(clauses, spans, width)
    widths = [clauses.width(*span) for span in found]
    return found if max(widths) <= width + _SLACK and min(widths) >= _EVEN * max(widths) else []


class _Filler:
    """Fills lines of one paragraph greedily, for any width."""

    def __init__(self, paragraph: Paragraph) -> None:
        self._paragraph = paragraph
        self._end = paragraph.trim(0, len(paragraph.text))
        self._sums = _estimate(paragraph, self._end)
        language = paragraph.setting.language
        text, rubies = paragraph.text, paragraph.rubies
        # In the order of trial: the later ones are for a word wider than the line.
        self._rules: list[Callable[[], list[int]]] = [
            lambda: breaks.soft(text, language, rubies),
            lambda: breaks.outside(breaks.strict(text, language.tag), rubies),
            lambda: breaks.emergency(text, language, rubies),
            lambda: breaks.outside(breaks.clusters(text), rubies),
        ]
        self._found: dict[int, list[int]] = {}

    def only_after(self, signs: str) -> _Filler:
        """One that breaks nowhere but after these signs, however long its lines get."""
        text = self._paragraph.text
        stops = [at for at in self._stops(0) if text[:at].rstrip()[-1:] in signs]
        other = copy(self)
        other._rules, other._found = [lambda: stops], {}
        return other

    def fill(self, width: float) -> list[tuple[int, int]]:
        """Start and end of each line, without the blanks between them."""
        spans: list[tuple[int, int]] = []
        at = 0
        while at < self._end:
            stop = next(
                (stop for rule in range(len(self._rules)) if (stop := self._last(rule, at, width))), None
            )
            if stop is None:
                finest = self._stops(len(self._rules) - 1)
                stop = finest[bisect_right(finest, at)]
            stop = self._at_blank(at, stop, width)
            spans.append((at, self._paragraph.trim(at, stop)))
            at = self._skip(stop)
        return spans

    def forced(self, spans: list[tuple[int, int]], rule: int = 0) -> int:
        """How many lines begin where the rule allows no break."""
        whole = set(self._stops(rule))
        return sum(not whole.intersection(range(end, start + 1)) for (_, end), (start, _) in pairwise(spans))

    def _stops(self, rule: int) -> list[int]:
        if rule not in self._found:
            self._found[rule] = [*(at for at in self._rules[rule]() if at < self._end), self._end]
        return self._found[rule]

    def width(self, start: int, stop: int) -> float:
        return set_line(self._paragraph, start, self._paragraph.trim(start, stop)).width

    def _last(self, rule: int, at: int, width: float) -> int | None:
        """The furthest stop of a rule that makes a line from `at` no wider than `width`, if there is one.

        Estimates say where to look; what counts is the line set whole.
        """
        stops = self._stops(rule)
        first, limit = bisect_right(stops, at), len(stops)
        index = self._guess(stops, self._sums[at] + width, first, limit)
        best: int | None = None
        while first <= index < limit:
            over = self.width(at, stops[index]) - width
            if over <= _SLACK:
                best, first = stops[index], index + 1
                index = max(first, self._guess(stops, self._sums[best] - over, first, limit))
            else:
                limit = index
                index = self._guess(stops, self._sums[stops[index]] - over, first, limit)
        return best

    def _guess(self, stops: list[int], reach: float, first: int, limit: int) -> int:
        index = bisect_right(stops, bisect_right(self._sums, reach) - 1) - 1
        return max(first, min(index, limit - 1))

    def _at_blank(self, at: int, stop: int, width: float) -> int:
        """In scripts with blanks between phrases only, a blank nearby is the better end."""
        if self._paragraph.setting.language.script not in _PHRASES or stop >= self._end:
            return stop
        text, stops = self._paragraph.text, self._stops(0)
        near = reversed(stops[bisect_right(stops, at) : bisect_right(stops, stop)])
        blank = next((end for end in near if text[end - 1] in BLANKS), None)
        return blank if blank is not None and self.width(at, blank) >= _FILLED * width else stop

    def _skip(self, at: int) -> int:
        # A blank at a break belongs to neither line.
        while at < self._end and self._paragraph.text[at] in BLANKS:
            at += 1
        return at


def _estimate(paragraph: Paragraph, end: int) -> list[float]:
    """About how far each character begins from the start of the paragraph; the whole is exact."""
    sums = [0.0]
    for character in paragraph.text[:end]:
        if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
            share = 0.0
        elif "\u1100" <= character <= "\u11ff" or "\u2e80" <= character <= "\ud7ff":
            share = 1.0
        else:
            share = 1.0 if character >= "\uf900" else 0.55
        sums.append(sums[-1] + share)
    scale = set_line(paragraph, 0, end).width / (sums[-1] or 1.0)
    return [share * scale for share in sums]


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
