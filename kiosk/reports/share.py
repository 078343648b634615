"""The monthly file for partner towns: counts only, small ones left out, as JSON and CSV in one zip.

    {"format": "madoguchi-share", "version": 1, "office": …, "month": "2026-11", "least": 5,
     "tables": {"topic": {"sum": 120, "counts": {"tax": 40, "other": null, …}}, …}}

`null` is a number that is not shown. Codes are those of the national topics and of this product, the same in
every town. Dates are months; nothing in it is about one person.
"""

from __future__ import annotations

import json
import zipfile
from datetime import date
from io import BytesIO
from typing import Any

from kiosk.reports.labels import Words
from kiosk.reports.model import Cell, Report
from kiosk.reports.sheets import BOM, line

FORMAT, VERSION = "madoguchi-share", 1
_WHEN = (1980, 1, 1, 0, 0, 0)
"""Time of the files inside: the same counts give the same bytes."""
_NOT_SHARED = ("before",)


def json_file(report: Report, words: Words, least: int) -> bytes:  # noqa: ARG001 - one form for all formats
    """The counts as JSON."""
    tables = {
        table.name: {
            "sum": table.total[1] if table.total else None,
            "counts": {code: row[1] for code, row in zip(table.codes, table.lines, strict=True)},
        }
        for table in report.tables
        if table.name not in _NOT_SHARED and len(table.heads) == 3
    }
    told = {
        "format": FORMAT,
        "version": VERSION,
        "office": report.office,
        "month": report.when,
        "least": least,
        "tables": tables,
    }
    return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()


def csv_file(report: Report, words: Words, least: int) -> bytes:
    """One line a count: month, table, code, words, number."""
    rows: list[list[Cell]] = [["month", "table", "code", "label", "count"]]
    for table in report.tables:
        if table.name in _NOT_SHARED or len(table.heads) != 3:
            continue
        for code, row in zip(table.codes, table.lines, strict=True):
            rows.append([report.when, table.name, code, row[0], row[1]])
        if table.total:
            rows.append([report.when, table.name, "*", table.total[0], table.total[1]])
    rows.append([report.when, "least", "", "", least])
    return (BOM + "".join(line(row, words) for row in rows)).encode("utf-8", "replace")


def zip_file(report: Report, words: Words, least: int) -> bytes:
    """Both in one file."""
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in (
            (f"share-{report.when}.json", json_file(report, words, least)),
            (f"share-{report.when}.csv", csv_file(report, words, least)),
        ):
            packed.writestr(zipfile.ZipInfo(name, _WHEN), data)
    return held.getvalue()


def plain_file(report: Report) -> bytes:
    """Any report as JSON: its tables as they are shown; null is a number that is not shown."""
    told: dict[str, Any] = {
        "kind": report.kind,
        "when": report.when,
        "title": report.title,
        "office": report.office,
        "stamp": report.stamp,
        "headlines": [{"label": big.label, "value": big.value, "beside": big.beside} for big in report.bigs],
        "tables": [
            {
                "name": table.name,
                "title": table.title,
                "heads": table.heads,
                "codes": table.codes,
                "lines": [[_value(cell) for cell in row] for row in table.lines],
                "total": [_value(cell) for cell in table.total],
            }
            for table in report.tables
        ],
        "notes": report.notes,
    }
    return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "replace")


def _value(cell: Cell) -> Any:
    return cell.isoformat() if isinstance(cell, date) else cell
