"""A report as an Excel workbook: a sheet for each table, with its chart, ready to be printed on A4."""

from __future__ import annotations

import re
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from kiosk.reports.labels import Words
from kiosk.reports.model import Cell, Report, Table
from kiosk.reports.neutral import neutral
from kiosk.reports.xlsx_charts import add_chart
from kiosk.reports.xlsx_paper import TEXTS, lay_out, paper, width_of

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_INK, _ACCENT, _PALE, _GREY = "1F2933", "0B5CAD", "E8F0F8", "5F6B78"
_FONT = "Yu Gothic"
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
_NAME = 31
"""Characters of a sheet's name."""


def workbook(report: Report, words: Words) -> bytes:
    """The workbook's file. Text is text: nothing in it is ever a formula."""
    from openpyxl import Workbook

    book = Workbook()
    book.properties.title = neutral(report.title)
    book.properties.creator = neutral(report.office)
    first = book.active
    _front(first, report, words)
    for table in report.tables:
        _sheet(book, table, report, words)
    held = BytesIO()
    book.save(held)
    return held.getvalue()


def _front(sheet: Worksheet, report: Report, words: Words) -> None:
    """The large numbers, and what is to be known."""
    from openpyxl.styles import Alignment

    sheet.title = _name(words.text("report.sheet.front"), set())
    _put(sheet, 1, 1, report.title, size=18, bold=True)
    _put(sheet, 2, 1, report.office, colour=_GREY)
    _put(sheet, 3, 1, report.stamp, colour=_GREY)
    row = 5
    for big in report.bigs:
        _put(sheet, row, 1, big.label)
        _put(sheet, row, 2, big.value, size=16, bold=True, colour=_ACCENT)
        sheet.cell(row, 2).alignment = Alignment(horizontal="right")
        _put(sheet, row, 3, big.beside, colour=_GREY)
        sheet.cell(row, 3).alignment = Alignment(horizontal="left", indent=1)
        sheet.row_dimensions[row].height = 26
        row += 1
    row += 1
    for note in report.notes:
        _put(sheet, row, 1, note, colour=_GREY)
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=3)
        sheet.cell(row, 1).alignment = Alignment(wrap_text=True, vertical="top")
        sheet.row_dimensions[row].height = 15 * max(1, -(-width_of(note) // 78))
        row += 1
    for column, width in (("A", 34), ("B", 18), ("C", 30)):
        sheet.column_dimensions[column].width = width
    if report.kind == "day":
        _seals(sheet, words)
    paper(sheet, landscape=False)


def _seals(sheet: Worksheet, words: Words) -> None:
    """Room for the seals of those through whose hands the day's report goes before it is filed."""
    from openpyxl.styles import Alignment, Border, Side

    line = Side("thin", color=_GREY)
    for place, column in enumerate("EFG", start=1):
        _put(sheet, 1, ord(column) - 64, words.text(f"report.seal.{place}"), colour=_GREY)
        sheet[f"{column}1"].alignment = Alignment(horizontal="center", vertical="center")
        sheet.merge_cells(f"{column}2:{column}5")
        sheet.column_dimensions[column].width = 9.5
        for row in range(1, 6):
            sheet[f"{column}{row}"].border = Border(left=line, right=line, top=line, bottom=line)
    sheet.column_dimensions["D"].width = 3


def _sheet(book: Workbook, table: Table, report: Report, words: Words) -> None:
    sheet = book.create_sheet(_name(table.title, set(book.sheetnames)))
    _put(sheet, 1, 1, f"{table.title}　{report.title}", size=13, bold=True)
    if table.headline or table.note:
        _put(sheet, 2, 1, "　".join(filter(None, (table.headline, table.note))), colour=_GREY)
    top = 4
    _heads(sheet, top, table)
    for row, line in enumerate(table.lines, start=top + 1):
        for column, value in enumerate(line, start=1):
            _value(sheet, row, column, value, table, words)
    if table.total:
        row = top + 1 + len(table.lines)
        for column, value in enumerate(table.total, start=1):
            _value(sheet, row, column, value, table, words, sum_=True)
    lay_out(sheet, table, top)
    sheet.freeze_panes = sheet.cell(top + 1, 2)
    if table.chart and table.lines:
        add_chart(sheet, table, top)
    paper(sheet, landscape=len(table.heads) > 7 or bool(table.chart))
    sheet.print_title_rows = f"{top}:{top}"
    sheet.oddFooter.center.text = "&P / &N"


def _heads(sheet: Worksheet, top: int, table: Table) -> None:
    from openpyxl.styles import Alignment, Border, PatternFill, Side

    for column, head in enumerate(table.heads, start=1):
        told = table.name in TEXTS
        _put(sheet, top, column, head.replace("（", "\n（", 1) if told else head, bold=True)
        cell = sheet.cell(top, column)
        cell.fill = PatternFill("solid", fgColor=_PALE)
        cell.border = Border(bottom=Side("medium", color=_ACCENT))
        left = column == 1 or told
        cell.alignment = Alignment(horizontal="left" if left else "right", vertical="center", wrap_text=True)


def _value(
    sheet: Worksheet, row: int, column: int, value: Cell, table: Table, words: Words, *, sum_: bool = False
) -> None:
    from openpyxl.styles import Alignment, Border, Side

    cell: Any = sheet.cell(row, column)
    told = table.name in TEXTS
    if value is None:
        _put(sheet, row, column, words.text("report.hidden"), colour=_GREY)
        cell.alignment = Alignment(horizontal="right", vertical="top")
    elif isinstance(value, str):
        if value:
            _put(sheet, row, column, value, bold=sum_)
        cell.alignment = Alignment(horizontal="left", wrap_text=told or column == 1, vertical="top")
    else:
        cell.value = value
        _dress(cell, bold=sum_)
        cell.number_format = _format(value, table.shares and column == len(table.heads))
        cell.alignment = Alignment(horizontal="left" if told else "right", vertical="top")
    if sum_:
        cell.border = Border(top=Side("thin", color=_INK))
    elif told:
        cell.border = Border(bottom=Side("hair", color=_GREY))


def _format(value: object, share: bool) -> str:
    if share:
        return "0.0%"
    if isinstance(value, datetime):
        return "yyyy-mm-dd hh:mm"
    if isinstance(value, date):
        return "yyyy-mm-dd"
    return "#,##0"


def _put(
    sheet: Worksheet,
    row: int,
    column: int,
    text: str,
    *,
    size: int = 10,
    bold: bool = False,
    colour: str = _INK,
) -> None:
    """Text as text, whatever it begins with."""
    cell: Any = sheet.cell(row, column)
    cell.value = neutral(text)
    # A text such as 1e5 or =A1 stays one.
    cell.data_type = "s"
    _dress(cell, size=size, bold=bold, colour=colour)


def _dress(cell: Any, *, size: int = 10, bold: bool = False, colour: str = _INK) -> None:
    from openpyxl.styles import Font

    cell.font = Font(name=_FONT, size=size, bold=bold, color=colour)


def _name(title: str, taken: set[str]) -> str:
    """A sheet's name as Excel takes it, each once."""
    name = _NOT_IN_NAMES.sub(" ", neutral(title)).strip()[:_NAME] or "-"
    count = 1
    while name.casefold() in {other.casefold() for other in taken}:
        count += 1
        name = f"{name[: _NAME - 3]} {count}"
    return name
