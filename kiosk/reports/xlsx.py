"""A report as an Excel workbook: a sheet for each table, with its chart, ready to be printed on A4."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from kiosk.reports.labels import Words
from kiosk.reports.model import Cell, Report, Table
from kiosk.reports.neutral import neutral

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_INK, _ACCENT, _PALE, _GREY = "1F2933", "0B5CAD", "E8F0F8", "6B7785"
_FONT = "Yu Gothic"
_WIDEST, _NARROWEST = 48, 8
"""Columns, in widths of a digit."""
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
_NAME = 31
"""Characters of a sheet's name."""
_LINE, _TALLEST = 13.5, 409
"""Points of a line, and of the tallest row there may be."""
_CHART_LINES = 20
"""Lines a chart shows at most; the table has them all."""


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
        sheet.row_dimensions[row].height = 26
        row += 1
    row += 1
    for note in report.notes:
        _put(sheet, row, 1, note, colour=_GREY)
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=3)
        sheet.cell(row, 1).alignment = Alignment(wrap_text=True, vertical="top")
        sheet.row_dimensions[row].height = 15 * max(1, -(-_width(note) // 92))
        row += 1
    for column, width in (("A", 34), ("B", 18), ("C", 44)):
        sheet.column_dimensions[column].width = width
    _paper(sheet, landscape=False)


def _sheet(book: Workbook, table: Table, report: Report, words: Words) -> None:
    sheet = book.create_sheet(_name(table.title, set(book.sheetnames)))
    wide = len(table.heads) > 8
    _put(sheet, 1, 1, f"{table.title}　{report.title}", size=13, bold=True)
    if table.headline or table.note:
        _put(sheet, 2, 1, "　".join(filter(None, (table.headline, table.note))), colour=_GREY)
    top = 4
    _heads(sheet, top, table)
    for row, line in enumerate(table.lines, start=top + 1):
        for column, value in enumerate(line, start=1):
            _value(sheet, row, column, value, table, words, wide=wide)
    if table.total:
        row = top + 1 + len(table.lines)
        for column, value in enumerate(table.total, start=1):
            _value(sheet, row, column, value, table, words, sum_=True)
    _widths(sheet, table, wide)
    if wide:
        _heights(sheet, table, top)
    sheet.freeze_panes = sheet.cell(top + 1, 2)
    if table.chart and table.lines:
        _chart(sheet, table, top)
    _paper(sheet, landscape=wide or bool(table.chart))
    sheet.print_title_rows = f"{top}:{top}"
    sheet.oddFooter.center.text = "&P / &N"


def _heads(sheet: Worksheet, top: int, table: Table) -> None:
    from openpyxl.styles import Alignment, Border, PatternFill, Side

    for column, head in enumerate(table.heads, start=1):
        _put(sheet, top, column, head, bold=True)
        cell = sheet.cell(top, column)
        cell.fill = PatternFill("solid", fgColor=_PALE)
        cell.border = Border(bottom=Side("medium", color=_ACCENT))
        cell.alignment = Alignment(
            horizontal="left" if column == 1 or len(table.heads) > 8 else "right",
            vertical="center",
            wrap_text=True,
        )


def _value(
    sheet: Worksheet,
    row: int,
    column: int,
    value: Cell,
    table: Table,
    words: Words,
    *,
    sum_: bool = False,
    wide: bool = False,
) -> None:
    from openpyxl.styles import Alignment, Border, Side

    cell: Any = sheet.cell(row, column)
    if value is None:
        _put(sheet, row, column, words.text("report.hidden"), colour=_GREY)
        cell.alignment = Alignment(horizontal="right", vertical="top")
    elif isinstance(value, str):
        _put(sheet, row, column, value, bold=sum_)
        cell.alignment = Alignment(wrap_text=wide or column == 1, vertical="top")
    else:
        cell.value = value
        _dress(cell, bold=sum_)
        cell.number_format = _format(value, table.shares and column == len(table.heads))
        cell.alignment = Alignment(horizontal="right", vertical="top")
    if sum_:
        cell.border = Border(top=Side("thin", color=_INK))


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


def _chart(sheet: Worksheet, table: Table, top: int) -> None:
    """A chart of the numbers right of the table; the share is not drawn."""
    from openpyxl.chart import BarChart, LineChart, Reference
    from openpyxl.utils import get_column_letter

    count = len(table.heads) - 1 - table.shares
    last = top + min(len(table.lines), _CHART_LINES)
    chart: Any = LineChart() if table.chart == "line" else BarChart()
    if table.chart in ("bar", "column"):
        chart.type = "bar" if table.chart == "bar" else "col"
        chart.gapWidth = 40
    chart.add_data(
        Reference(sheet, min_col=2, max_col=1 + count, min_row=top, max_row=last), titles_from_data=True
    )
    chart.set_categories(Reference(sheet, min_col=1, min_row=top + 1, max_row=last))
    chart.title = table.headline or table.title
    chart.title.tx.rich.p[0].pPr = _small()
    chart.legend = None if count == 1 else chart.legend
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.y_axis.majorGridlines = None if count == 1 else chart.y_axis.majorGridlines
    chart.y_axis.number_format, chart.y_axis.scaling.min = "#,##0", 0
    if table.chart == "bar":
        chart.x_axis.scaling.orientation = "maxMin"
        chart.y_axis.crosses = "max"
    for series, colour in zip(chart.series, (_ACCENT, "9DB8D2", "D9822B"), strict=False):
        series.graphicalProperties.solidFill = colour
    if count == 1:
        from openpyxl.chart.label import DataLabelList

        chart.dataLabels = DataLabelList()
        chart.dataLabels.showVal = True
        for other in ("showSerName", "showCatName", "showLegendKey", "showPercent"):
            setattr(chart.dataLabels, other, False)
    chart.width, chart.height = 17, max(7.5, 0.62 * (last - top) + 2.5)
    sheet.add_chart(chart, f"{get_column_letter(len(table.heads) + 2)}{top}")


def _small() -> Any:
    from openpyxl.drawing.text import CharacterProperties, ParagraphProperties

    return ParagraphProperties(defRPr=CharacterProperties(sz=1200, b=True))


def _widths(sheet: Worksheet, table: Table, wide: bool) -> None:
    from openpyxl.utils import get_column_letter

    rows = [table.heads, *table.lines[:200], *([table.total] if table.total else [])]
    for column in range(len(table.heads)):
        longest = max((_cell_width(row[column]) for row in rows if column < len(row)), default=0)
        width = min(_WIDEST if not wide else 30, max(_NARROWEST if not wide else 6, longest + 2))
        sheet.column_dimensions[get_column_letter(column + 1)].width = width


def _heights(sheet: Worksheet, table: Table, top: int) -> None:
    """Room for text that goes on over several lines: not every program finds it by itself."""
    from openpyxl.utils import get_column_letter

    widths = [
        sheet.column_dimensions[get_column_letter(column)].width for column in range(1, len(table.heads) + 1)
    ]
    for row, line in enumerate(table.lines, start=top + 1):
        most = max((_lines(cell, width) for cell, width in zip(line, widths, strict=False)), default=1)
        sheet.row_dimensions[row].height = min(_TALLEST, _LINE * most + 3)


def _lines(cell: Cell, width: float) -> int:
    """How many lines a text takes in a column so wide."""
    if not isinstance(cell, str):
        return 1
    return sum(max(1, -(-_width(line) // max(1, int(width) - 1))) for line in cell.split("\n"))


def _cell_width(value: Cell) -> int:
    if isinstance(value, str):
        return max((_width(line) for line in value[:400].split("\n")), default=0)
    return 10 if isinstance(value, date) else len(f"{value:,}") if isinstance(value, int) else 6


def _width(text: str) -> int:
    """In widths of a digit: a kanji takes two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "FWA" else 1 for sign in text)


def _paper(sheet: Worksheet, *, landscape: bool) -> None:
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    margins = sheet.page_margins
    margins.left = margins.right = 0.5
    margins.top = margins.bottom = 0.6
    # Room for the page's number between the cells and the edge.
    margins.header = margins.footer = 0.25
    sheet.sheet_view.showGridLines = False


def _name(title: str, taken: set[str]) -> str:
    """A sheet's name as Excel takes it, each once."""
    name = _NOT_IN_NAMES.sub(" ", neutral(title)).strip()[:_NAME] or "-"
    count = 1
    while name.casefold() in {other.casefold() for other in taken}:
        count += 1
        name = f"{name[: _NAME - 3]} {count}"
    return name
