"""Which font draws which character, and how wide a stretch of text is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from kiosk.core.language import Language
from kiosk.text import bidi
from kiosk.text.breaks import clusters
from kiosk.text.fonts import FALLBACK, LATIN, Family, Library, Shaped
from kiosk.text.markup import Marked, Ruby

BLANKS = frozenset(" \u3000\u200b")
"""What hangs over the end of a line."""
_GAP = 0.3
"""Width left for a character no font has, in sizes."""
# Joiners, variation selectors and direction marks shape what stands beside them and have no picture.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff"
    "\U000e0100-\U000e01ef]"
)
_NO_FONT = frozenset({"Cc", "Cs"})
_MARK = "〓"
"""Printers' sign for a character they have no type for: stands where no font has one, such as an emoji."""


@dataclass(frozen=True)
class Run:
    """Neighbouring characters of one font and one direction; `family` is None for what no font has."""

    text: str
    family: Family | None
    level: int

    @property
    def rtl(self) -> bool:
        return self.level % 2 == 1


@dataclass(frozen=True)
class Setting:
    """What stays the same for a whole block. `size` is px before the script's factor."""

    library: Library
    language: Language
    size: float
    bold: bool

    def px(self, family: Family) -> float:
        return round(self.size * family.factor, 2)

    def width(self, run: Run) -> float:
        """Advance of a run in px."""
        if run.family is None:
            return _GAP * self.size * len(run.text)
        return self.library.width(self.shaped(run.text, run.family, run.rtl))

    def shaped(self, text: str, family: Family, rtl: bool) -> Shaped:
        """The run as the library draws it; HarfBuzz does not know our own language variants."""
        tag = self.language.tag.removesuffix("-simple")
        return Shaped(text, family, self.px(family), self.bold, "rtl" if rtl else "ltr", tag)


class Paragraph:
    """A text between two line ends, with a font and a level for each character. `missing`: those of it that
    no font has; a mark stands for each."""

    def __init__(self, marked: Marked, setting: Setting) -> None:
        self.rubies = marked.rubies
        self.setting = setting
        found = choose(marked.text, setting.library, setting.language)
        self.missing = "".join(c for c, family in zip(marked.text, found, strict=True) if family is None)
        self.text, self.families = _marked(marked.text, found, setting)
        self.levels = bidi.levels(marked.text, setting.language.direction == "rtl")

    def runs(self, start: int, end: int) -> Iterator[Run]:
        """The runs of a stretch in the order of reading."""
        while start < end:
            family, level = self.families[start], self.levels[start]
            stop = start + 1
            while stop < end and self.families[stop] is family and self.levels[stop] == level:
                stop += 1
            yield Run(self.text[start:stop], family, level)
            start = stop

    def trim(self, start: int, end: int) -> int:
        """The end of a line without the blanks that hang over it."""
        while end > start and self.text[end - 1] in BLANKS:
            end -= 1
        return end

    def ruby_at(self, start: int) -> Ruby | None:
        return next((ruby for ruby in self.rubies if ruby.start == start), None)


def _marked(text: str, families: list[Family | None], setting: Setting) -> tuple[str, list[Family | None]]:
    """With a mark for each character that is to be seen and that no font has."""
    if None not in families:
        return text, families
    own = [setting.library.families[name] for name in setting.language.fonts]
    spare = _first(_MARK, own, setting.library)
    lost = [
        family is None and spare is not None and unicodedata.category(c) not in _NO_FONT
        for c, family in zip(text, families, strict=True)
    ]
    shown = "".join(_MARK if gone and not _unseen(c) else c for c, gone in zip(text, lost, strict=True))
    return shown, [spare if gone else family for family, gone in zip(families, lost, strict=True)]


def choose(text: str, library: Library, language: Language) -> list[Family | None]:
    """The family for each character; clusters are kept whole wherever one family has all of it.

    Latin letters and digits are Noto Sans in every language; a sign both sides could draw goes with the
    letters before it, an opening bracket and the blank beside a Latin word with those letters.
    """
    own = [library.families[name] for name in language.fonts]
    latin = library.families[LATIN]
    parts = [text[start:end] for start, end in pairwise([0, *clusters(text), len(text)])] if text else []
    kinds = [_kind(part[0]) for part in parts]
    pairs = list(zip(parts, kinds, strict=True))
    chosen: list[Family | None] = [None] * len(parts)
    for at, kind in enumerate(kinds):
        if kind != "neutral":
            chosen[at] = _first(parts[at], [latin, *own] if kind == "latin" else own, library)
    letters = [family if kind != "neutral" else None for family, kind in zip(chosen, kinds, strict=True)]
    for at, kind in enumerate(kinds):
        if kind == "neutral":
            chosen[at] = _first(parts[at], _beside(at, pairs, letters, latin, own), library)
    result: list[Family | None] = []
    for part, family in zip(parts, chosen, strict=True):
        whole = family is not None and all(_unseen(c) or family.has(c) for c in part)
        result += [family if whole or _unseen(c) else _first(c, own, library) for c in part]
    return result


def _kind(character: str) -> str:
    if character < "\u0530" or "\u1e00" <= character < "\u2000":
        return "latin" if character.isalnum() or character in "¥$€£%#+@&" else "neutral"
    return "neutral" if "\u2000" <= character < "\u2c00" else "other"


def _beside(
    at: int, pairs: list[tuple[str, str]], letters: list[Family | None], latin: Family, own: list[Family]
) -> list[Family]:
    neighbours = (*pairs[max(at - 1, 0) : at], *pairs[at + 1 : at + 2])
    if pairs[at][0].isspace() and any(kind == "latin" or part in "()" for part, kind in neighbours):
        return [latin, *own]
    before = next((family for family in reversed(letters[:at]) if family), None)
    after = next((family for family in letters[at + 1 :] if family), None)
    if unicodedata.category(pairs[at][0][0]) in ("Ps", "Pi"):
        before, after = after, before
    return [*(family for family in (before, after) if family), *own]


def _first(part: str, families: list[Family], library: Library) -> Family | None:
    if unicodedata.category(part[0]) in _NO_FONT and not _unseen(part[0]):
        return None
    for family in families:
        if all(_unseen(c) or family.has(c) for c in part):
            return family
    for name in FALLBACK:
        spare = library.families.get(name)
        if spare is not None and all(_unseen(c) or spare.has(c) for c in part):
            return spare
    return None


def _unseen(character: str) -> bool:
    return _UNSEEN.match(character) is not None
