"""Reads `languages/<tag>/care.toml`, the words that mean danger; what can be read is used, faults or not."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from kiosk import paths
from kiosk.core.care import CARES, MOST_GAPS, CareWords, gaps, shortest
from kiosk.data.languages import Fault
from kiosk.data.rows import read_toml

FILE = "care.toml"
FEWEST = 5
"""Phrases of a category."""
_SAME, _SPACED, _ENDINGS = "same_as", "spaced", "endings"


@lru_cache(maxsize=64)
def read_care(tag: str, folder: Path = paths.LANGUAGES) -> CareWords:
    """The language's phrases, read once; its `same_as` leads to another language's. Never raises: a list that
    is missing is empty, and a phrase that cannot be used is left out. `faults` says what is wrong."""
    _, data = _load(tag, folder, [])
    phrases = {care: tuple(dict.fromkeys(_texts(data.get(care)))) for care in CARES}
    return CareWords(tag, phrases, data.get(_SPACED) is not False, data.get(_ENDINGS) is True)


def faults(folder: Path, tags: Iterable[str]) -> list[Fault]:
    """Everything wrong with these languages' lists: file, key, cure."""
    found: list[Fault] = []
    for tag in tags:
        own = len(found)
        file, data = _load(tag, folder, found)
        if len(found) == own and file == folder / tag / FILE:
            found += _check(file, data)
    return found


def _load(tag: str, folder: Path, found: list[Fault]) -> tuple[Path, Mapping[str, Any]]:
    """The file in which the language's phrases stand, and what is in it."""
    file = folder / tag / FILE
    data = read_toml(file, found)
    if _SAME not in data:
        return file, data
    other = data[_SAME]
    if len(data) > 1:
        found.append(Fault(file, _SAME, "stands alone; take out the lists, or same_as"))
    if not isinstance(other, str) or other == tag or not (folder / other / FILE).is_file():
        found.append(Fault(file, _SAME, f"must name another language that has a {FILE}, such as ja"))
        return file, data
    there = folder / other / FILE
    lists = read_toml(there, [])
    if _SAME in lists:
        found.append(Fault(file, _SAME, f"{other} has no list of its own; name the language that has"))
    return there, {**lists, **{key: value for key, value in data.items() if key != _SAME}}


def _texts(value: object) -> list[str]:
    return [phrase for phrase in value if isinstance(phrase, str)] if isinstance(value, list) else []


def _check(file: Path, data: Mapping[str, Any]) -> Iterator[Fault]:
    for key in data:
        if key not in (*CARES, _SPACED, _ENDINGS):
            yield Fault(file, key, f"there is no such category; there are {', '.join(CARES)}")
    for key in (_SPACED, _ENDINGS):
        if not isinstance(data.get(key, True), bool):
            yield Fault(file, key, "must be true or false, without quotes")
    for care in CARES:
        value = data.get(care)
        if value is None:
            yield Fault(file, care, "is missing; list at least five phrases")
        elif not isinstance(value, list) or len(_texts(value)) < len(value):
            yield Fault(file, care, 'must be a list of texts: ["…", "…"]')
        else:
            yield from _check_list(file, care, value)


def _check_list(file: Path, care: str, phrases: list[str]) -> Iterator[Fault]:
    if len(set(phrases)) < FEWEST:
        yield Fault(file, care, f"has {len(set(phrases))} phrases; write at least {FEWEST}")
    for place, phrase in enumerate(phrases, start=1):
        where = f"{care} {place}"
        least = 2 if any(unicodedata.east_asian_width(sign) == "W" for sign in phrase) else 4
        if phrase in phrases[: place - 1]:
            yield Fault(file, where, f"{phrase} stands here twice; take one out")
        if unicodedata.normalize("NFC", phrase) != phrase:
            yield Fault(file, where, f"{phrase} is not in NFC form; write it anew")
        if shortest(phrase) < least:
            yield Fault(file, where, f"{phrase} is too short and would be found everywhere; write more of it")
        if gaps(phrase) > MOST_GAPS:
            yield Fault(file, where, f"{phrase} has more than {MOST_GAPS} …; write two phrases")
