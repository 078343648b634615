"""Nothing in a report's file is ever a formula, a control character or too long."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.data import catalogue
from kiosk.reports.model import Report, Table
from kiosk.reports.neutral import FORMULA, LONGEST, neutral, plain
from kiosk.reports.sheets import BOM, csv_file
from kiosk.reports.xlsx import workbook

ANY = st.text(st.characters(exclude_categories=()), max_size=80)
WORDS = catalogue.load("ja")
EMPTY = Report("month", "2026-11", "ja", "題", "窓口", "作成")


def one(*cells: str) -> Report:
    return replace(EMPTY, tables=(Table("t", "表", tuple("h" for _ in cells), (cells,)),))


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", " =1", "\u3000=1", "＝1", "\u202e=1", "\x00=cmd|x", "\n=1"],
)
def test_formulas_become_text(text: str) -> None:
    assert neutral(text).startswith("'")


@pytest.mark.parametrize("text", ["", "税金", "03-1234-5678", "1", "a=b", "会社から（=雇用主）"])
def test_other_text_stays(text: str) -> None:
    assert neutral(text) == text


@given(ANY)
def test_no_text_begins_as_a_formula_or_holds_a_control_character(text: str) -> None:
    found = neutral(text)
    assert not found.lstrip(" \n\u3000\xa0").startswith(FORMULA)
    assert not any(ord(sign) < 32 and sign not in "\t\n" for sign in found)
    found.encode("utf-8")
    assert neutral(found) == found, "done twice it is the same"


@given(st.text("=あ😀a", min_size=1), st.integers(1, 3))
def test_a_cell_is_never_longer_than_a_spreadsheet_takes(text: str, times: int) -> None:
    long = text * (LONGEST * times // len(text) + 2)
    for made in (plain(long), neutral(long)):
        assert len(made.encode("utf-16-le")) // 2 <= LONGEST
        assert made.endswith("…")


@given(st.lists(ANY, min_size=1, max_size=4))
def test_a_csv_is_read_back_as_it_was_meant(cells: list[str]) -> None:
    made = csv_file(one(*cells), WORDS).decode("utf-8")
    assert made.startswith(BOM)
    rows = list(csv.reader(io.StringIO(made[1:], newline="")))
    assert rows[-1] == [neutral(cell) for cell in cells]
    assert "\r" not in made.replace("\r\n", "")


@given(st.lists(ANY, min_size=1, max_size=3))
def test_a_workbook_holds_text_only(cells: list[str]) -> None:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(workbook(one(*cells), WORDS)))
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
    last = [cell.value or "" for cell in book.worksheets[1][5]]
    assert [str(value).strip() for value in last] == [neutral(cell).strip() for cell in cells]


def test_fifty_thousand_characters_with_formulas_go_into_every_file() -> None:
    report = one('=HYPERLINK("x")\x07' + "長" * 50_000, "\x00\x1b[31m" + "=" * 50_000)
    assert b"HYPERLINK" in csv_file(report, WORDS)
    assert workbook(report, WORDS)
