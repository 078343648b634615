"""The words of one language: screens, flows, and for staff the console."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from kiosk import paths
from kiosk.core.written import Amount, Day, Detail

DOMAINS = ("messages", "flows", "console")
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
_ESCAPES = {"\\n": "\n", "\\t": "\t", '\\"': '"', "\\\\": "\\"}


class Catalogue:
    """Key → words. A missing key is a KeyError: nothing is ever shown in another language silently."""

    def __init__(self, tag: str, messages: Mapping[str, str]) -> None:
        self.tag = tag
        self._messages = messages

    def text(self, key: str, /, **details: Detail) -> str:
        """The words with `{name}` filled in, days and amounts as this language writes them; readings
        `{漢字|かんじ}` stay for the typesetter."""
        words = self._messages[key]
        if not details:
            return words
        return _PLACEHOLDER.sub(lambda found: self._told(details.get(found[1], found[0])), words)

    def _told(self, value: Detail) -> str:
        return value.told(self.tag) if isinstance(value, Day | Amount) else str(value)

    def has(self, key: str) -> bool:
        return key in self._messages

    def keys(self) -> frozenset[str]:
        return frozenset(self._messages)


@lru_cache(maxsize=64)
def load(tag: str, folder: Path = paths.LANGUAGES, flows: Path | None = None) -> Catalogue:
    """All domains of a language; untranslated and fuzzy entries are left out, so that they are missed. The
    words of the flows come from `flows` where another version of them is used (`kiosk.data.good`)."""
    messages: dict[str, str] = {}
    for domain in DOMAINS:
        file = (flows or folder if domain == "flows" else folder) / tag / f"{domain}.po"
        if file.exists():
            # A damaged letter spoils its own entry only.
            messages |= read_po(file.read_text(encoding="utf-8", errors="replace"))
    return Catalogue(tag, messages)


def read_po(text: str) -> dict[str, str]:
    """`msgctxt` → `msgstr` of a gettext PO file.

    A small reader of our own because the first screen waits for it: polib takes ten times as long. Plurals
    are not used in our catalogues; `madoguchi check` reads the files with polib and says so where one is.
    """
    found: dict[str, str] = {}
    for entry in re.split(r"\n\s*\n", text):
        if "\n#, fuzzy" in f"\n{entry}":
            continue
        fields: dict[str, str] = {}
        name = ""
        for line in entry.split("\n"):
            if line.startswith("msg"):
                name = line.split(" ", 1)[0]
            elif not line.startswith('"'):
                continue
            if quoted := _STRING.search(line):
                fields[name] = fields.get(name, "") + _unescaped(quoted[1])
        if fields.get("msgctxt") and fields.get("msgstr"):
            found[fields["msgctxt"]] = fields["msgstr"]
    return found


def _unescaped(text: str) -> str:
    if "\\" not in text:
        return text
    return re.sub(r"\\.", lambda found: _ESCAPES.get(found[0], found[0]), text)
