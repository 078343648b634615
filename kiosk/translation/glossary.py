"""The terms of the counters (`languages/glossary.toml`), and where they stand in a text."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from kiosk import paths

FILE = paths.LANGUAGES / "glossary.toml"
JAPANESE = "ja"

_OWN_KEYS = ("ja", "reading", "keep", "also", "romaji")
_HANGUL = "\uac00-\ud7a3"


@dataclass(frozen=True)
class Term:
    """A term that a translation must keep. `forms` per language: the text to write first, then spellings."""

    japanese: str
    forms: Mapping[str, tuple[str, ...]]

    def text(self, language: str) -> str:
        """What to write for it; the Japanese where the language has no word of its own."""
        return self.forms.get(language, (self.japanese,))[0]


@dataclass(frozen=True)
class Place:
    """A term as it stands in a text."""

    term: Term
    start: int
    end: int


class Glossary:
    """Terms by every spelling in every language; the longest spelling wins where two begin together."""

    def __init__(self, terms: tuple[Term, ...]) -> None:
        self.terms = terms
        self._finders: dict[str, _Finder] = {}

    def places(self, text: str, language: str) -> tuple[Place, ...]:
        """The terms of `text` (in `language`, a tag), from left to right, none within another.

        A term in Japanese or in Latin letters (zairyu card) counts in a text of any language.
        """
        return self._finder(language).places(text)

    def has(self, term: Term, text: str, language: str) -> bool:
        """Whether the term stands in `text`, in any of its spellings."""
        return self._finder(language).has(term, text)

    def _finder(self, language: str) -> _Finder:
        if language not in self._finders:
            self._finders[language] = _Finder(self.terms, language)
        return self._finders[language]


class _Finder:
    """One language's spellings as one pattern."""

    def __init__(self, terms: tuple[Term, ...], language: str) -> None:
        self._own = {term.japanese: _pattern(_spellings(term, language)) for term in terms}
        self._terms = {term.japanese: term for term in terms}
        self._by_form: dict[str, Term] = {}
        for term in terms:
            for form in _spellings(term, language):
                self._by_form.setdefault(_bare(form), term)

    @cached_property
    def _all(self) -> re.Pattern[str]:
        return _pattern(tuple(self._by_form))

    def places(self, text: str) -> tuple[Place, ...]:
        found = []
        for match in self._all.finditer(text):
            term = self._by_form.get(_bare(match.group())) or self._inflected(match.group())
            if term is not None:
                found.append(Place(term, *match.span()))
        return tuple(found)

    def _inflected(self, written: str) -> Term | None:
        """The term of a spelling in the plural."""
        fitting = (term for japanese, term in self._terms.items() if self._own[japanese].fullmatch(written))
        return next(fitting, None)

    def has(self, term: Term, text: str) -> bool:
        return self._own[term.japanese].search(text) is not None


def _spellings(term: Term, language: str) -> tuple[str, ...]:
    own = term.forms.get(language, ())
    return tuple(dict.fromkeys((*own, *term.forms[JAPANESE], *term.forms.get("romaji", ()))))


def _bare(form: str) -> str:
    return re.sub(r"\s", "", form).casefold()


def _pattern(forms: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the spellings: blanks between any two signs of it do not matter in Korean, Chinese and Japanese,
    and words in letters must be whole words, of one or of several."""
    parts = [_form(form) for form in sorted(set(forms), key=len, reverse=True)]
    return re.compile("|".join(parts) or r"(?!)", re.IGNORECASE)


def _form(form: str) -> str:
    if re.search(r"[\u3040-\u30ff\u3400-\u9fff]", form):
        return _signs(form)
    if re.search(f"[{_HANGUL}]", form):
        return f"(?<![{_HANGUL}])(?:{_signs(form)})"
    words = r"\s*".join(map(_plural, form.split()))
    return rf"(?<!\w)(?:{words})(?!\w)"


def _signs(form: str) -> str:
    return r"\s*".join(re.escape(sign) for sign in form if not sign.isspace())


def _plural(word: str) -> str:
    """A word in letters, alone or as several: card, cards; cartão, cartões."""
    if word.endswith("ão"):
        return _signs(word[:-2]) + "(?:ão|ões|ãos)"
    return _signs(word) + "(?:e?s)?" if len(word) > 2 else _signs(word)


@lru_cache(maxsize=4)
def read_glossary(file: Path = FILE) -> Glossary:
    """The terms marked `keep`. Raises OSError or ValueError (what is wrong, where) for a faulty file."""
    try:
        data = tomllib.loads(file.read_text("utf-8"))
        return Glossary(tuple(_term(row) for row in data["term"] if row["keep"]))
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"{file.name}: {type(error).__name__}: {error}") from error


def _term(row: dict[str, Any]) -> Term:
    forms: dict[str, tuple[str, ...]] = {
        JAPANESE: (str(row["ja"]), *map(str, row.get("also", ()))),
        "romaji": tuple(map(str, row.get("romaji", ()))),
    }
    for language, cell in row.items():
        if language not in _OWN_KEYS:
            forms[language] = (str(cell["text"]), *map(str, cell.get("also", ())))
    return Term(str(row["ja"]), forms)
