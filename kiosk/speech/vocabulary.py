"""The words a model knows, read from its files, and phrases cut into them.

A model hears only words of its list. Where the list has units shorter than what stands between two spaces (or
the language has no spaces) a phrase is cut into known ones, as few as possible.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from kiosk.core.heard import Spoken

UNKNOWN = ("[unk]", "<UNK>", "<unk>")
"""How models write "some other word"; the first the model has goes into a grammar."""
_FST, _SYMBOLS = 2125659606, 2125658996  # OpenFst's magic numbers (fst/fst.cc, fst/symbol-table.cc)
_LONGEST = 12
_MOST = 4
"""Into more pieces a word is not cut: what is left are single letters, and not what a person says."""

Known = Callable[[str], bool]


def word_list(model: Path) -> frozenset[str]:
    """All words of a model in either layout; empty when the list cannot be read. About a second."""
    for graph in (model / "graph", model):
        if (graph / "words.txt").is_file():
            return _from_text(graph / "words.txt")
        if (graph / "Gr.fst").is_file():
            return _from_fst(graph / "Gr.fst")
    return frozenset()


@lru_cache(maxsize=2)
def _from_text(file: Path) -> frozenset[str]:
    try:
        with file.open(encoding="utf-8", errors="replace") as lines:
            return frozenset(line.split(" ", 1)[0].strip() for line in lines)
    except OSError:
        return frozenset()


@lru_cache(maxsize=2)
def _from_fst(file: Path) -> frozenset[str]:
    """A small model keeps its words in the symbol table at the head of its grammar."""
    try:
        with file.open("rb") as opened:
            return frozenset(_symbols(opened))
    except (OSError, ValueError, struct.error):
        return frozenset()


def _symbols(file: BinaryIO) -> Iterable[str]:
    if _number(file, "<i") != _FST:
        raise ValueError("no FST")
    _text(file), _text(file)  # its type and that of its arcs
    _, flags, *_ = struct.unpack("<iiQqqq", file.read(40))
    if not flags & 3:  # neither input nor output symbols are in it
        raise ValueError("no symbols")
    if _number(file, "<i") != _SYMBOLS:
        raise ValueError("no symbol table")
    _text(file)
    _, size = struct.unpack("<qq", file.read(16))
    for _ in range(size):
        yield _text(file)
        file.seek(8, 1)


def _number(file: BinaryIO, form: str) -> int:
    return int(struct.unpack(form, file.read(struct.calcsize(form)))[0])


def _text(file: BinaryIO) -> str:
    size = _number(file, "<i")
    if not 0 <= size <= 10_000:
        raise ValueError("no text")
    return file.read(size).decode("utf-8", "replace")


def fit(phrase: str, known: Known) -> str:
    """The phrase in words the model knows, separated by spaces; empty when it lacks one of them."""
    made: list[str] = []
    for word in phrase.split():
        pieces = _pieces(word, known)
        if not pieces:
            return ""
        made += pieces
    return " ".join(made)


def _pieces(word: str, known: Known) -> tuple[str, ...]:
    """The word itself or the fewest known pieces of it, of these the most uneven, and the longer ones
    first: 맞 습니다 and 맞아 요 sound as the words do, 맞습 니다 and 맞 아요 do not. None when it cannot be
    cut into a few."""
    if known(word):
        return (word,)
    best: list[tuple[str, ...] | None] = [()] + [None] * len(word)
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - _LONGEST), end):
            before, piece = best[start], word[start:end]
            if before is None or len(before) >= _MOST:
                continue
            cut, now = (*before, piece), best[end]
            if (now is None or _crumbs(cut) <= _crumbs(now)) and known(piece):
                best[end] = cut
    return best[-1] or ()


def _crumbs(pieces: tuple[str, ...]) -> tuple[int, int]:
    return len(pieces), -sum(len(piece) ** 2 for piece in pieces)


def _crumbled(phrase: str, fitted: str) -> bool:
    """Whether half of the phrase or more is single letters cut off: not 맞 습니다, but 아니 에 요."""
    own = phrase.split()
    crumbs = sum(len(piece) == 1 and piece not in own for piece in fitted.split())
    return crumbs * 2 >= sum(map(len, own))


def lacking(model: Path, phrases: Iterable[str]) -> tuple[str, ...]:
    """The phrases this model cannot hear. All of them when its word list cannot be read."""
    words = word_list(model)
    return tuple(phrase for phrase in phrases if not fit(phrase, words.__contains__))


def grammar(choices: Iterable[Spoken], known: Known) -> tuple[str, dict[str, str]]:
    """Vosk's grammar for these choices, and the id of each of its phrases; both empty when the model knows
    none of them."""
    ids: dict[str, str] = {}
    for choice in choices:
        fitted = [(phrase, made) for phrase in choice.phrases if (made := fit(phrase, known))]
        whole = [made for phrase, made in fitted if not _crumbled(phrase, made)]
        # Single letters fit any sound: a phrase cut into them is only used where there is no other.
        for made in whole or [made for _, made in fitted]:
            ids.setdefault(made, choice.id)
    if not ids:
        return "", {}
    other = [sign for sign in UNKNOWN if known(sign)][:1]
    return json.dumps([*ids, *other], ensure_ascii=False), ids


def named(reading: str, ids: Mapping[str, str]) -> str:
    """The choice that the words of a reading name: by a phrase, or by several of its own strung together
    (yes, that is right). A single letter left over behind them says nothing where it belongs to that choice's
    words too. Empty where two choices are named, or none."""
    words = reading.split()
    found, at = "", 0
    while at < len(words):
        ends = range(len(words), at, -1)
        end = next((end for end in ends if " ".join(words[at:end]) in ids), at)
        if end > at:
            one = ids[" ".join(words[at:end])]
            if found not in ("", one):
                return ""
            found, at = one, end
        elif found and len(words[at]) == 1 and _belongs(words[at], found, ids):
            at += 1
        else:
            return ""
    return found


def _belongs(piece: str, choice: str, ids: Mapping[str, str]) -> bool:
    return any(piece in phrase.split() for phrase, one in ids.items() if one == choice)
