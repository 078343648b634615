"""Columns, rows and paper of a workbook: what is printed on A4 can be read without glasses."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import TYPE_CHECKING

from kiosk.reports.model import Cell, Table

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

TEXTS = {
    "cases": (6.5, 6.5, 6.5, 6.5, 6.5, 6.5, 8, 8.5, 11, 7.5, 7.5, 14, 34, 9.5, 14, 7, 11, 7),
    "examples": (5.5, 16, 12, 9, 7, 52, 34),
    "written": (5.5, 26, 100),
}
"""Tables of sentences, with their columns in widths of a digit: together what lies across an A4 page with
letters of 8 points and more, everything else is broken into lines."""
_WIDEST, _NARROWEST = 48, 8
_WORD, _LONG = re.compile(r"[!-~\u00a1-\u024f]+"), 12
"""What is not broken at its end of line: words of Latin letters, unless longer than so many."""
_LINE, _TALLEST = 14.5, 409
"""Points of a line, and of the tallest row there may be."""


def lay_out(sheet: Worksheet, table: Table, top: int) -> None:
    """Widths of the columns, and heights of rows whose text goes on over several lines: not every program
    finds them by itself. `top` is the row of the heads."""
    from openpyxl.utils import get_column_letter

    widths = _of_texts(table) if table.name in TEXTS else _widths(table)
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    if table.name in TEXTS:
        for row, line in enumerate((table.heads, *table.lines), start=top):
            most = max((_lines(cell, width) for cell, width in zip(line, widths, strict=False)), default=1)
            sheet.row_dimensions[row].height = min(_TALLEST, _LINE * most + 3)
    elif len(table.heads) > 3:
        most = max(_lines(head, width) for head, width in zip(table.heads, widths, strict=True))
        sheet.row_dimensions[top].height = _LINE * most + 3


def _of_texts(table: Table) -> tuple[float, ...]:
    """Those of TEXTS, wider where a head or a cell has a longer word; the widest column gives it."""
    widths = list(TEXTS[table.name])
    widest, whole = widths.index(max(widths)), sum(widths)
    for at in range(len(widths)):
        if at == widest:
            continue
        words = _WORD.findall(table.heads[at]) + [
            word for line in table.lines if isinstance(cell := line[at], str) for word in _WORD.findall(cell)
        ]
        longest = max((len(word) for word in words if len(word) <= _LONG), default=0)
        widths[at] = max(widths[at], longest + 2.0)
    widths[widest] = max(widths[widest] * 2 / 3, widths[widest] - (sum(widths) - whole))
    return tuple(widths)


def _widths(table: Table) -> tuple[float, ...]:
    rows = [table.heads, *table.lines[:200], *([table.total] if table.total else [])]
    most = _WIDEST if len(table.heads) <= 8 else 12
    widths = [
        min(
            most, max(_NARROWEST, 2 + max((_cell_width(row[at]) for row in rows if at < len(row)), default=0))
        )
        for at in range(len(table.heads))
    ]
    first = 2 + max((_cell_width(row[0]) for row in rows), default=0)
    return (min(_WIDEST, max(_NARROWEST, first)), *widths[1:])


def paper(sheet: Worksheet, *, landscape: bool) -> None:
    """A4, all columns on one page, a number on each page."""
    sheet.page_setup.paperSize = 9
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top = margins.bottom = 0.6
    # Room for the page's number between the cells and the edge.
    margins.header = margins.footer = 0.25
    sheet.sheet_view.showGridLines = False


def _lines(cell: Cell, width: float) -> int:
    """How many lines a text takes in a column so wide."""
    if not isinstance(cell, str):
        return 1
    return sum(max(1, -(-width_of(line) // max(1, int(width) - 1))) for line in cell.split("\n"))


def _cell_width(value: Cell) -> int:
    if isinstance(value, str):
        return max((width_of(line) for line in value[:400].split("\n")), default=0)
    return 10 if isinstance(value, date) else len(f"{value:,}") if isinstance(value, int) else 6


def width_of(text: str) -> int:
    """In widths of a digit: a kanji takes two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "FWA" else 1 for sign in text)
