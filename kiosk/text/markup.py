"""Ruby markup: `{在留|ざいりゅう}カード` is the base 在留 with its reading."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

# No blank at either end of a base: it could hang over a line's end and leave its reading behind.
_RUBY = re.compile(r"\{([^{}|\s](?:[^{}|\n]*[^{}|\s])?)\|([^{}|\n]+)\}")
# What Unicode calls a line or paragraph end; one of them is one new line.
_NEWLINE = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


@dataclass(frozen=True)
class Ruby:
    """A reading over `text[start:end]`."""

    start: int
    end: int
    reading: str


@dataclass(frozen=True)
class Marked:
    """A text without its markup, and the readings that stand over it."""

    text: str
    rubies: tuple[Ruby, ...]


def read(source: str) -> Marked:
    """NFC, one kind of line end, and the markup taken out. A brace that is no ruby stays as it is."""
    source = _NEWLINE.sub("\n", unicodedata.normalize("NFC", source)).replace("\t", " ")
    if "|" not in source:
        return Marked(source, ())
    parts: list[str] = []
    rubies: list[Ruby] = []
    length = last = 0
    for match in _RUBY.finditer(source):
        before, base = source[last : match.start()], match[1]
        parts += (before, base)
        length += len(before)
        rubies.append(Ruby(length, length + len(base), match[2]))
        length += len(base)
        last = match.end()
    parts.append(source[last:])
    return Marked("".join(parts), tuple(rubies))


def plain(source: str) -> str:
    """The text as written without readings: 在留カード."""
    return _RUBY.sub(r"\1", source)


def spoken(source: str) -> str:
    """The text with each base replaced by its reading, for a voice: ざいりゅうカード."""
    return _RUBY.sub(r"\2", source)
