"""Pictures of a report's PDF: bars, columns, grids of numbers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.reports.model import Cell, Table
from kiosk.reports.pdf_book import BOTTOM, FOOT, ROOM, Book
from kiosk.text.page import ACCENT, BEFORE, GREY, INK, LINE, MARGIN, WIDTH, Page

if TYPE_CHECKING:
    from kiosk.text.block import Block

_BARS = 22
"""Bars a page holds; what is left goes on the next."""
_ACROSS = 9
"""Columns of a grid a page holds."""
_ROW, _WORDS = 50, 400
"""Dots from line to line of a grid, and of its first column."""
_PITCH, _TALL = 64, 520
"""Dots from bar to bar, and of the tallest column."""


def bars(book: Book, table: Table) -> None:
    """Lying bars, the words before them, number and share behind them."""
    largest = max((line[1] for line in table.lines if isinstance(line[1], int)), default=0) or 1
    for start in range(0, len(table.lines), _BARS):
        lines = table.lines[start : start + _BARS]
        page, pitch = book.headed(table.title, table.headline, len(lines) * _PITCH + FOOT), _PITCH
        left, right = MARGIN + 420, WIDTH - MARGIN - 230
        for line in lines:
            middle = page.y + pitch / 2
            label = page.block(str(line[0]), 30, width=400, align="end", lines=1)
            page.put(label, MARGIN, middle - label.middle)
            page.box(left - 2, page.y, 3, pitch, LINE)
            count = line[1]
            if isinstance(count, int):
                page.box(left, middle - pitch * 0.32, (right - left) * count / largest, pitch * 0.64, ACCENT)
                end = left + (right - left) * count / largest + 16
                page.beside(_number(count, line, table), end, middle, 30, bold=True)
            else:
                page.beside(book.words.text("report.hidden"), left + 16, middle, 30, colour=GREY)
            page.y += pitch
        _under(book, page, table)


def _number(count: int, line: tuple[Cell, ...], table: Table) -> str:
    share = line[-1] if table.shares else None
    return f"{count:,}　{share:.1%}" if isinstance(share, float) else f"{count:,}"


def columns(book: Book, table: Table) -> None:
    """Standing bars beside each other, the number over each; what was before in a pale colour."""
    page = book.headed(table.title, table.headline, _TALL + 2 * FOOT + 60)
    series = len(table.heads) - 1 - table.shares
    numbers = [cell for line in table.lines for cell in line[1 : 1 + series] if isinstance(cell, int)]
    largest, top, base = max(numbers, default=0) or 1, page.y + 100, page.y + 100 + _TALL
    if series > 1:
        for place, (name, colour) in enumerate(zip(table.heads[1:], (ACCENT, BEFORE), strict=False)):
            page.box(MARGIN + place * 260, page.y, 30, 30, colour, 4)
            page.beside(name, MARGIN + place * 260 + 46, page.y + 15, 28)
    pitch = ROOM / max(1, len(table.lines))
    width = min(150.0, pitch * 0.72) / series
    size = 26 if len(table.lines) > 8 else 30
    for place, line in enumerate(table.lines):
        middle = MARGIN + pitch * (place + 0.5)
        for index, colour in zip(range(series), (ACCENT, BEFORE), strict=False):
            count, x = line[1 + index], middle + width * (index - series / 2)
            over = base - (base - top) * count / largest if isinstance(count, int) else base
            page.box(x + 2, over, width - 4, base - over, colour)
            if isinstance(count, int):
                page.beside(f"{count:,}", x + width / 2, over - 24, size if index == 0 else 20, centre=True,
                            bold=index == 0)  # fmt: skip
            elif count is None:
                page.beside(book.words.text("report.hidden"), x + width / 2, base - 24, size, centre=True)
        page.beside(str(line[0]), middle, base + 40, size, centre=True)
    page.rule(base, INK, 3)
    page.y = base + 70
    _under(book, page, table)


def grid(book: Book, table: Table) -> None:
    """Numbers in lines and columns, the larger on a deeper ground; those a page does not hold go below."""
    for first in range(1, max(2, len(table.heads)), _ACROSS):
        kept = (0, *range(first, min(first + _ACROSS, len(table.heads))))
        _part(
            book,
            replace(
                table,
                heads=tuple(table.heads[at] for at in kept),
                lines=tuple(tuple(line[at] for at in kept) for line in table.lines),
                total=tuple(table.total[at] for at in kept) if table.total else (),
            ),
        )


def _part(book: Book, table: Table) -> None:
    largest = max((c for line in table.lines for c in line[1:] if isinstance(c, int)), default=0) or 1
    width = (ROOM - _WORDS) // max(1, len(table.heads) - 1)
    per_page = (BOTTOM - MARGIN - 500) // _ROW
    for start in range(0, max(1, len(table.lines)), per_page):
        part = table.lines[start : start + per_page]
        page = book.headed(table.title, table.headline, 80 + (len(part) + 1) * _ROW + FOOT)
        for column, head in enumerate(table.heads[1:]):
            block = _head(page, head, width - 12)
            page.put(block, MARGIN + _WORDS + column * width, page.y + 70 - block.height)
        page.y += 80
        page.rule(page.y, ACCENT, 3)
        for line in part:
            _grid_line(book, page, line, _WORDS, width, largest)
        if table.total and start + per_page >= len(table.lines):
            page.rule(page.y, INK, 3)
            _grid_line(book, page, table.total, _WORDS, width, 0)
        page.y += 40
        _under(book, page, table, total=False)


def _head(page: Page, head: str, width: int) -> Block:
    """On one line where it can be read so, else on two."""
    for size in (24, 22, 20):
        if page.block(head, size, bold=True).text_width <= width:
            return page.block(head, size, width=width, align="end", bold=True)
    return page.block(head, 22, width=width, align="end", lines=2, bold=True)


def nothing(book: Book, table: Table) -> None:
    """Where every number is hidden: how many together, and why no more."""
    page = book.headed(table.title, "", FOOT)
    _under(book, page, table)


def _grid_line(book: Book, page: Page, line: tuple[Cell, ...], first: int, width: int, largest: int) -> None:
    middle = page.y + _ROW / 2
    label = page.block(str(line[0]), 26, width=first - 20, lines=1, bold=not largest)
    page.put(label, MARGIN, middle - label.middle)
    for column, count in enumerate(line[1:]):
        x = MARGIN + first + column * width
        if isinstance(count, int) and count and largest:
            part = 0.15 + 0.55 * count / largest
            red, green, blue = (round(255 + (now - 255) * part * 0.6) for now in ACCENT)
            page.box(x + 4, page.y + 3, width - 6, _ROW - 6, (red, green, blue), 6)
        hidden = book.words.text("report.hidden") if count is None else ""
        words = f"{count:,}" if isinstance(count, int) else hidden
        page.beside(words, x + width - 20, middle, 26, end=True, bold=not largest)
    page.y += _ROW
    page.rule(page.y)


def _under(book: Book, page: Page, table: Table, *, total: bool = True) -> None:
    """The sum and what is to be known of the table."""
    page.y += 30
    if total and table.total:
        whole = table.total[1]
        said = f"{whole:,}" if isinstance(whole, int) else book.words.text("report.hidden")
        page.y += page.text(f"{table.total[0]}　{said}", MARGIN, page.y, 32, bold=True) + 12
    if table.note:
        page.y += page.text(table.note, MARGIN, page.y, 24, colour=GREY, width=ROOM)
