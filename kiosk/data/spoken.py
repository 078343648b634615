"""What may be said for a choice: its label as words, and the synonyms of `languages/<tag>/spoken.toml`."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from kiosk import paths
from kiosk.core.heard import Spoken
from kiosk.data.languages import Fault
from kiosk.data.rows import read_toml

FILE = "spoken.toml"
SAME_AS = {"ja-simple": "ja"}
"""Who speaks plain Japanese speaks Japanese."""
CONFIRMING = ("yes", "no")
UNCOUNTED = frozenset({*CONFIRMING, "unknown", "unsaid"})
"""Choices beside the list on a page: nobody means them by "the third"."""
_RUBY = re.compile(r"\{([^{}|]+)\|[^{}|]+\}")
_BRACKETS = re.compile(r"[(（\[［【「][^)）\]］】」]*[)）\]］】」]")
_PARTS = re.compile(r"[/／・·、,，;；。]|\s[-–—]\s")
_MARKS = re.compile(r"[^\w\s'’]|_")
_SPACE = re.compile(r"\s+")
_LEAST = 2  # letters of a part of a label: a single one is a particle or a remnant


@dataclass(frozen=True)
class SpokenWords:
    """One language's synonyms: of choices by key, and of the places on a page in order."""

    choice: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    places: tuple[tuple[str, ...], ...] = ()


@lru_cache(maxsize=32)
def read_spoken(tag: str, folder: Path = paths.LANGUAGES) -> SpokenWords:
    """The language's synonyms, read once. Never raises: what cannot be used is left out, and a language
    without the file has none. `faults` says what is wrong."""
    file = folder / SAME_AS.get(tag, tag) / FILE
    data = read_toml(file, []) if file.is_file() else {}
    choice = data.get("choice")
    listed = {key: _phrases(value) for key, value in choice.items()} if isinstance(choice, dict) else {}
    places = data.get("places")
    counted = tuple(_phrases(value) for value in places) if isinstance(places, list) else ()
    return SpokenWords({key: value for key, value in listed.items() if value}, counted)


def _phrases(value: object) -> tuple[str, ...]:
    texts = value if isinstance(value, list) else []
    return tuple(dict.fromkeys(said for text in texts if isinstance(text, str) and (said := plain(text))))


def plain(text: str) -> str:
    """Text as a recognizer writes it: no readings, brackets or punctuation, lower case, NFC."""
    bare = _BRACKETS.sub(" ", _RUBY.sub(r"\1", text)).replace("’", "'")
    return _SPACE.sub(" ", _MARKS.sub(" ", unicodedata.normalize("NFC", bare))).strip().casefold()


def from_label(label: str) -> tuple[str, ...]:
    """What may be said for a label: all of it, and each of the things it lists (年金・福祉)."""
    bare = _BRACKETS.sub(" ", _RUBY.sub(r"\1", label))
    parts = [plain(part) for part in _PARTS.split(bare)]
    parts = [part for part in parts if len(part) >= _LEAST]
    whole = plain(label)
    return tuple(dict.fromkeys(said for said in (whole, *parts) if said))


def spoken_choices(
    labels: Mapping[str, str],
    words: SpokenWords,
    keys: Mapping[str, str] | None = None,
    counted: Sequence[str] | None = None,
) -> tuple[Spoken, ...]:
    """The choices of one page with all that may be said for each, in the order of `labels` (id → what stands
    on the button). `keys` gives an id's key among the synonyms where it is not the id itself, `counted` the
    ids that "the first" and so on stand for. What would fit two choices is said for neither.
    """
    keys = keys or {}
    counted = [each for each in labels if each not in UNCOUNTED] if counted is None else counted
    places = dict(zip(counted, words.places, strict=False))
    said = {
        each: dict.fromkeys(
            (*from_label(label), *words.choice.get(keys.get(each, each), ()), *places.get(each, ()))
        )
        for each, label in labels.items()
    }
    often = Counter(phrase for phrases in said.values() for phrase in phrases)
    return tuple(
        Spoken(each, tuple(phrase for phrase in phrases if often[phrase] == 1))
        for each, phrases in said.items()
    )


def questions_own(choices: Iterable[str]) -> dict[str, str]:
    """The keys of a question's choices: their ids mean something else in every question (`self` where danger
    is asked about is not who asks), so that only yes and no have synonyms."""
    return {choice: choice if choice in CONFIRMING else "" for choice in choices}


def confirming(words: SpokenWords) -> tuple[Spoken, ...]:
    """The two answers to a proposal: ids yes and no."""
    return tuple(Spoken(each, words.choice.get(each, ())) for each in CONFIRMING)


def faults(folder: Path, tags: Iterable[str]) -> Iterator[Fault]:
    """Everything wrong with these languages' files: file, key, cure. A language may have none."""
    for tag in tags:
        file = folder / tag / FILE
        if file.is_file():
            unreadable: list[Fault] = []
            data = read_toml(file, unreadable)
            yield from unreadable or _check(file, data)


def _check(file: Path, data: Mapping[str, Any]) -> Iterator[Fault]:
    for key in data.keys() - {"choice", "places"}:
        yield Fault(file, key, "there is no such field; there are places and [choice]")
    places, choice = data.get("places", []), data.get("choice", {})
    if not isinstance(places, list) or not all(map(_is_list, places)):
        yield Fault(file, "places", 'write a list of lists: [["the first"], ["the second"]]')
    if not isinstance(choice, dict):
        yield Fault(file, "choice", "this is a table: write it as [choice]")
        return
    for key, value in choice.items():
        if not _is_list(value):
            yield Fault(file, f"choice.{key}", 'write a list of phrases in quotes: ["…", "…"]')
    for key in {"yes", "no"} - choice.keys():
        yield Fault(file, f"choice.{key}", "is missing; a spoken choice is confirmed with it")
    both = set(_phrases(choice.get("yes"))) & set(_phrases(choice.get("no")))
    for phrase in sorted(both):
        yield Fault(file, "choice.yes", f"{phrase} stands under no as well; take one out")


def _is_list(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(text, str) and plain(text) for text in value)
