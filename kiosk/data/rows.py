"""One table of a TOML file, read field by field: each wrong field is a fault, and the rest is still read."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from kiosk.data.languages import Fault


def read_toml(file: Path, faults: list[Fault]) -> dict[str, Any]:
    """The file's table; an unreadable one is a fault and empty."""
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as wrong:
        faults.append(Fault(file, "TOML", f"cannot be read: {wrong}"))
        return {}


def tables(data: Mapping[str, Any], key: str, file: Path, faults: list[Fault]) -> list[Mapping[str, Any]]:
    """The tables under `key`; anything else there is a fault."""
    rows = data.get(key, [])
    if isinstance(rows, list) and all(isinstance(row, dict) for row in rows):
        return rows
    faults.append(Fault(file, key, f"write each as [[{key}]]"))
    return []


class Row:
    """`sound` turns false at a fault that makes the row unusable; an unknown field is only told."""

    def __init__(self, data: Mapping[str, Any], file: Path, where: str, faults: list[Fault]) -> None:
        self.data, self.file, self.where, self.faults = data, file, where, faults
        self.sound = True

    def wrong(self, field: str, cure: str) -> None:
        self.tell(field, cure)
        self.sound = False

    def tell(self, field: str, cure: str) -> None:
        """A fault that leaves the row usable."""
        self.faults.append(Fault(self.file, f"{self.where}.{field}", cure))

    def known(self, fields: Iterable[str]) -> None:
        """Tell every field that is not one of these."""
        for field in self.data.keys() - set(fields):
            self.tell(field, "there is no such field; correct it or take it out")

    def text(self, field: str, default: str | None = None) -> str:
        """A text; without a default it must be there and not be empty."""
        value = self.data.get(field, default)
        if isinstance(value, str) and (value.strip() or default is not None):
            return value
        self.wrong(field, "write a text in quotes" + (", not empty" if default is None else ""))
        return default or ""

    def words(self, field: str) -> tuple[str, ...]:
        value = self.data.get(field, [])
        if isinstance(value, list) and all(isinstance(word, str) and word for word in value):
            return tuple(value)
        self.wrong(field, 'write a list of names in quotes: ["one", "two"]')
        return ()

    def flag(self, field: str, default: bool = False) -> bool:
        value = self.data.get(field, default)
        if isinstance(value, bool):
            return value
        self.wrong(field, "write true or false")
        return default

    def days(self, field: str) -> int | None:
        """A whole number of days, or None where there is no such field."""
        value = self.data.get(field)
        if value is None or (isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 400):
            return value
        self.wrong(field, "write a whole number of days, 0 to 400")
        return None

    def number(self, field: str, default: int | None, least: int, most: int) -> int:
        """A whole number between two; without a default it must be there."""
        value = self.data.get(field, default)
        if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
            return value
        self.wrong(field, f"write a whole number, {least} to {most}")
        return least if default is None else default

    def one_of(self, field: str, allowed: Iterable[str], default: str | None = None) -> str:
        told, choices = len(self.faults), sorted(allowed)
        value = self.text(field, default)
        if told == len(self.faults) and value not in choices:
            self.wrong(field, f"write one of: {', '.join(choices)}")
        return value
