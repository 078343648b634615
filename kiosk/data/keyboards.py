"""Reads `languages/<tag>/keyboard.toml`: the layers of the on-screen keyboard."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import cast, get_args

from kiosk import paths
from kiosk.core.keying import Method
from kiosk.core.pinyin import Speller, Words
from kiosk.data.languages import Fault

FILE = "keyboard.toml"
PINYIN = "pinyin.tsv"
SPECIAL = frozenset({"<shift>", "<delete>", "<symbols>", "<letters>", "<space>", "<enter>"})
NEEDED = frozenset({"<delete>", "<symbols>", "<space>", "<enter>"})
SYMBOLS = (
    ("1", "2", "3", "4", "5", "6", "7", "8", "9", "0"),
    ("-", "/", ":", "(", ")", "¥", "%", "&", "@", "+"),
    (".", ",", "?", "!", "'", '"', "#", "*", "<delete>"),
    ("<letters>", "<space>", "<enter>"),
)
"""Digits and signs, the same in every language: ASCII digits, as numbers are printed and called."""

Layer = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Keyboard:
    """Rows of keys by layer: letters, then the shifted ones."""

    method: Method
    layers: tuple[Layer, ...]
    speller: Speller | None = None
    """For Chinese: from Latin spellings to words."""


@lru_cache(maxsize=32)
def read_keyboard(tag: str, folder: Path = paths.LANGUAGES) -> Keyboard:
    """The keyboard of a language. Raises ValueError naming what is wrong; `faults` tells staff the same."""
    home = folder / tag
    data = tomllib.loads((home / FILE).read_text(encoding="utf-8"))
    method, layers = data.get("method"), data.get("layers")
    if method not in get_args(Method):
        raise ValueError(f"method: write one of {', '.join(get_args(Method))}")
    if not (isinstance(layers, list) and layers and all(isinstance(rows, list) for rows in layers)):
        raise ValueError("layers: write a list of lists of rows")
    read = tuple(tuple(tuple(str(row).split()) for row in rows) for rows in layers)
    for layer in read:
        keys = {key for row in layer for key in row}
        if missing := NEEDED - keys:
            raise ValueError(f"layers: {' '.join(sorted(missing))} is missing")
        if unknown := {key for key in keys if key.startswith("<") and key not in SPECIAL}:
            raise ValueError(f"layers: no such key {' '.join(sorted(unknown))}")
    speller = Speller(_words(home / PINYIN)) if method == "pinyin" else None
    return Keyboard(cast(Method, method), read, speller)


def faults(tag: str, folder: Path = paths.LANGUAGES) -> tuple[Fault, ...]:
    """What is wrong with a language's keyboard."""
    try:
        read_keyboard(tag, folder)
    except (OSError, ValueError) as wrong:
        return (Fault(folder / tag / FILE, "keyboard", str(wrong)),)
    return ()


def _words(file: Path) -> dict[str, Words]:
    """Spelling TAB words with spaces between TAB their scores, one spelling a line."""
    found = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        spelled, words, scores = line.split("\t")
        found[spelled] = tuple(zip(words.split(" "), map(int, scores.split(" ")), strict=True))
    return found
