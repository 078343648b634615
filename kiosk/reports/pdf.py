"""A report as a PDF to be read on paper: large numbers first, then one thing a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.reports.labels import Words
from kiosk.reports.model import Big, Report, Table
from kiosk.reports.pdf_book import BOTTOM, ROOM, Book
from kiosk.reports.pdf_cases import cases
from kiosk.reports.pdf_pictures import bars, columns, grid, nothing
from kiosk.text.page import ACCENT, GREY, INK, LINE, MARGIN, PALE, WIDTH, Page

if TYPE_CHECKING:
    from kiosk.text.typesetter import Typesetter

_TOLD = ("cases", "examples", "written")
_FIRST = 5
"""Lines of a table that the first page shows."""
_SEAL = 150
"""Dots of a field for a seal."""


def pdf_file(report: Report, words: Words, typesetter: Typesetter) -> bytes:
    """The PDF's file."""
    book = Book(report, words, typesetter)
    _front(book)
    for table in report.tables:
        if table.name in _TOLD:
            if table.lines:
                cases(book, table)
        elif table.shares and not table.chart:
            nothing(book, table)
        elif table.chart == "bar" and len(table.heads) - table.shares == 2:
            bars(book, table)
        elif table.chart == "column":
            columns(book, table)
        else:
            grid(book, table)
    return book.finish()


def _front(book: Book) -> None:
    report, page = book.report, book.page()
    page.box(0, 0, WIDTH, 24, ACCENT)
    page.text(report.office, MARGIN, page.y, 34, colour=GREY)
    page.y += 64
    room = ROOM
    if report.kind == "day":
        _seals(book, page)
        room -= 3 * _SEAL + 40
    page.y += page.text(report.title, MARGIN, page.y, 62 if room == ROOM else 50, bold=True, width=room) + 70
    across = 2
    width, height = (ROOM - 40) // across, 250
    for place, big in enumerate(report.bigs):
        x = MARGIN + place % across * (width + 40)
        _card(page, big, x, page.y + place // across * (height + 36), width, height, first=place == 0)
    page.y += -(-len(report.bigs) // across) * (height + 36) + 40
    drawn = [table for table in report.tables if table.chart == "bar" and table.headline][:2]
    wide = (ROOM - 60) // 2
    ends = [_most(page, table, MARGIN + at * (wide + 60), page.y, wide) for at, table in enumerate(drawn)]
    page.y = max(ends, default=page.y) + 40
    said = [table for table in report.tables if table.headline and table not in drawn][:4]
    for table in said:
        page.box(MARGIN, page.y + 14, 18, 18, ACCENT, 9)
        page.y += page.text(f"{table.title}　{table.headline}", MARGIN + 44, page.y, 32, width=ROOM - 44) + 14
    page.y += 40
    for note in report.notes:
        block = page.block(note, 26, width=ROOM)
        if page.y + block.height > BOTTOM:
            page = book.page()
        page.put(block, MARGIN, page.y, GREY)
        page.y += block.height + 14


def _card(page: Page, big: Big, x: int, y: int, width: int, height: int, *, first: bool) -> None:
    """A large number with its name above and what it is beside below."""
    page.box(x, y, width, height, ACCENT if first else PALE, 16)
    ink, soft = ((255, 255, 255), (255, 255, 255)) if first else (INK, GREY)
    page.text(big.label, x + 36, y + 26, 30, colour=soft)
    block = page.block(big.value, 84, bold=True)
    if block.text_width > width - 72:
        block = page.block(big.value, 84 * (width - 72) / block.text_width, bold=True)
    page.put(block, x + 36, y + 128 - block.middle, ink)
    if big.beside:
        page.text(big.beside, x + 36, y + 188, 26, colour=soft, width=width - 72, lines=1)


def _seals(book: Book, page: Page) -> None:
    """Room for the seals of those through whose hands the day's report goes before it is filed."""
    left, top = WIDTH - MARGIN - 3 * _SEAL, 90
    for place in range(3):
        x = left + place * _SEAL
        page.box(x, top, _SEAL, 190, GREY)
        page.box(x + 2, top + 2, _SEAL - 4, 40, (255, 255, 255))
        page.box(x + 2, top + 44, _SEAL - 4, 144, (255, 255, 255))
        name = book.words.text(f"report.seal.{place + 1}")
        page.beside(name, x + _SEAL / 2, top + 22, 24, colour=GREY, centre=True)


def _most(page: Page, table: Table, x: int, y: int, width: int) -> int:
    """The first lines of a table as bars, and where they end."""
    page.text(table.title, x, y, 30, bold=True, colour=ACCENT, width=width, lines=1)
    y += 56
    lines = [line for line in table.lines if isinstance(line[1], int)][:_FIRST]
    largest = max((line[1] for line in lines if isinstance(line[1], int)), default=0) or 1
    left, room = x + 290, width - 290 - 110
    for line in lines:
        middle, count = y + 24, line[1]
        assert isinstance(count, int)
        size = next((one for one in (26, 24, 22) if page.block(str(line[0]), one).text_width <= 274), 20)
        label = page.block(str(line[0]), size, width=274, align="end", lines=1)
        page.put(label, x, middle - label.middle)
        page.box(left, middle - 15, room * count / largest, 30, ACCENT)
        page.beside(f"{count:,}", left + room * count / largest + 12, middle, 26, bold=True)
        y += 48
    page.box(left - 2, y - 48 * len(lines), 2, 48 * len(lines), LINE)
    return y
