"""A report as CSV: UTF-8 with a byte order mark for Excel, RFC 4180, nothing in it a formula."""

from __future__ import annotations

from datetime import date, datetime

from kiosk.reports.labels import Words
from kiosk.reports.model import Cell, Report
from kiosk.reports.monthly import plain_cells
from kiosk.reports.neutral import neutral

BOM = "\ufeff"
END = "\r\n"


def csv_file(report: Report, words: Words) -> bytes:
    """All tables below each other, a blank line between, each after its title."""
    rows: list[list[Cell]] = [[report.title], [report.office], [report.stamp]]
    rows += [[big.label, big.value, big.beside] for big in report.bigs]
    rows += [[note] for note in report.notes]
    for table in report.tables:
        rows += [[], [table.title], *plain_cells(table)]
    return (BOM + "".join(line(row, words) for row in rows)).encode("utf-8", "replace")


def line(row: list[Cell], words: Words) -> str:
    """One record with its line end."""
    text = ",".join(_field(value, words) for value in row)
    # A record of one empty field is no blank line.
    return ('""' if row and not text else text) + END


def _field(value: Cell, words: Words) -> str:
    if value is None:
        return words.text("report.hidden")
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value:.4f}"
    if isinstance(value, int):
        return str(value)
    text = neutral(value)
    if any(sign in text for sign in ',"\n\r'):
        return '"' + text.replace('"', '""') + '"'
    return text
