"""What goes on an A4 page that is handed on: parts in two columns, ready to be drawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Look = Literal["rows", "ticks", "sign", "warm"]
"""Plain rows; rows to tick off; an empty line to write on; a strip that cannot be overlooked."""


@dataclass(frozen=True)
class Row:
    """One thing in both columns, in the reading marks of `text.markup`; `right` is empty where there is
    nothing to say twice. Words somebody wrote come without readings (`text.page.unmarked`)."""

    left: str
    right: str = ""
    strong: bool = False


@dataclass(frozen=True)
class Part:
    """A few rows under a title."""

    title: Row | None
    rows: tuple[Row, ...]
    icon: str = ""
    look: Look = "rows"
    note: Row | None = None
    """A mark on what stands above it, such as that a machine translated it."""
    share: float = 0.5
    """The left column's share of the page."""
    right: str = ""
    """Language of the right column's rows where it is not the document's."""
    code: str = ""
    """Text of the QR code."""


@dataclass(frozen=True)
class Document:
    """Left is Japanese, or the language staff read; right the resident's language, or nothing."""

    left: str
    right: str
    """Tags of the two; `right` is empty where there is one column only."""
    title: Row
    stamp: str
    number: str
    parts: tuple[Part, ...]
    foot: str

    @property
    def words(self) -> str:
        """Everything on it, a line each."""
        return "\n".join(text for text in self._words() if text)

    def _words(self) -> Iterator[str]:
        rows = [self.title]
        for part in self.parts:
            rows += [row for row in (part.title, *part.rows, part.note) if row is not None]
        for row in rows:
            yield from (row.left, row.right)
        yield from (self.stamp, self.number, self.foot, *(part.code for part in self.parts))
