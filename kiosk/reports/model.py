"""What a report is: tables and headlines in words, ready for a page, a sheet, a file or a picture."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Kind = Literal["day", "month", "year", "share", "examples"]
Chart = Literal["", "bar", "column", "line"]
HIDDEN = None
"""A number that is not shown, because few people would be behind it."""
Cell = str | int | float | date | datetime | None
"""What stands in a table. None is HIDDEN; an empty cell is an empty text."""


@dataclass(frozen=True)
class Table:
    """One table: a heading, the heads of its columns, its lines."""

    name: str
    """Of a dimension, two joined with `*`, or what it is: `cases`, `months`, `before`."""
    title: str
    heads: tuple[str, ...]
    lines: tuple[tuple[Cell, ...], ...]
    codes: tuple[str, ...] = ()
    """The codes of the lines, where the first column has words for codes."""
    total: tuple[Cell, ...] = ()
    """The sum's line, below the others; empty where there is none."""
    chart: Chart = ""
    """How the numbers are drawn: columns 2 and on over the words of column 1; empty for a table only."""
    shares: bool = False
    """Whether the last column is a share of 1."""
    note: str = ""
    """A sentence below it."""
    headline: str = ""
    """What it says, in one sentence; empty where the numbers do not carry one."""


@dataclass(frozen=True)
class Big:
    """One large number."""

    label: str
    value: str
    """As it is written: 1,234, 15–30分, or – where it is not shown."""
    beside: str = ""
    """Against the month before or last year, in words."""


@dataclass(frozen=True)
class Report:
    """A whole report."""

    kind: Kind
    when: str
    """2026-11-20, 2026-11 or 2026; empty for examples."""
    language: str
    """Tag its words are in: `ja` or `en`."""
    title: str
    office: str
    stamp: str
    """When it was made, in words."""
    bigs: tuple[Big, ...] = ()
    tables: tuple[Table, ...] = ()
    notes: tuple[str, ...] = ()
    """What is to be known: what did not open, what is damaged, what is hidden and why."""

    def table(self, name: str) -> Table | None:
        return next((one for one in self.tables if one.name == name), None)
