"""Reads `languages/<tag>/keyboard.toml`: the layers of the on-screen keyboard."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import cast, get_args

from kiosk import paths
from kiosk.core.keying import Method
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
    words: dict[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    """For Chinese: Latin spelling → words, the commonest first."""
    spellings: tuple[str, ...] = field(default=(), hash=False)
    """The spellings in order."""


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
    words = _words(home / PINYIN) if method == "pinyin" else {}
    return Keyboard(cast(Method, method), read, words, tuple(sorted(words)))


def faults(tag: str, folder: Path = paths.LANGUAGES) -> tuple[Fault, ...]:
    """What is wrong with a language's keyboard."""
    try:
        read_keyboard(tag, folder)
    except (OSError, ValueError) as wrong:
        return (Fault(folder / tag / FILE, "keyboard", str(wrong)),)
    return ()


def _words(file: Path) -> dict[str, tuple[str, ...]]:
    """Spelling TAB words with spaces between, one spelling a line."""
    found = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        spelled, _, words = line.partition("\t")
        if words:
            found[spelled] = tuple(words.split(" "))
    return found
