"""A report as a PDF to be read on paper: large numbers first, then one thing a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.reports.labels import Words
from kiosk.reports.model import Big, Cell, Report, Table
from kiosk.reports.neutral import plain
from kiosk.text.page import (
    ACCENT,
    BEFORE,
    GREY,
    HEIGHT,
    INK,
    LINE,
    MARGIN,
    PALE,
    WIDTH,
    Page,
    pdf_of,
)

if TYPE_CHECKING:
    from kiosk.text.block import Block
    from kiosk.text.typesetter import Typesetter

ROOM = WIDTH - 2 * MARGIN
BOTTOM = HEIGHT - MARGIN - 40
_BARS = 22
"""Bars a page holds; what is left goes on the next."""
_COLUMNS = 9
"""Columns of a grid a page holds."""
_ROW = 50
_HEAD, _GAP, _FOOT = 150, 70, 130
"""Above a picture, between two on a page, below one."""
_PITCH, _TALL = 64, 520
"""Dots from bar to bar, and of the tallest column."""


class _Book:
    """The pages of a report as they are drawn."""

    def __init__(self, report: Report, words: Words, typesetter: Typesetter) -> None:
        self.report, self.words = report, words
        self._typesetter = typesetter
        self.pages: list[Page] = []

    def page(self) -> Page:
        page = Page(self._typesetter, self.report.language)
        self.pages.append(page)
        return page

    def headed(self, title: str, headline: str, need: int = HEIGHT) -> Page:
        """What it is and what it says: on this page where `need` fits below, else on the next."""
        page = self.pages[-1]
        if len(self.pages) > 1 and page.y + _GAP + _HEAD + need <= BOTTOM:
            page.y += _GAP
        else:
            page = self.page()
        if headline:
            page.text(title, MARGIN, page.y, 30, colour=ACCENT, bold=True)
            page.y += 50
        page.y += page.text(headline or title, MARGIN, page.y, 44, bold=True, width=ROOM, lines=3) + 30
        return page

    def finish(self) -> bytes:
        foot = f"{self.report.office}　{self.report.title}　{self.report.stamp}"
        for number, page in enumerate(self.pages, start=1):
            page.rule(HEIGHT - MARGIN)
            page.beside(foot, MARGIN, HEIGHT - MARGIN + 34, 22, colour=GREY)
            counted = self.words.text("report.page", n=number, whole=len(self.pages))
            page.beside(counted, WIDTH - MARGIN, HEIGHT - MARGIN + 34, 22, colour=GREY, end=True)
        return pdf_of([page.image for page in self.pages], self.report.title)


def pdf_file(report: Report, words: Words, typesetter: Typesetter) -> bytes:
    """The PDF's file."""
    book = _Book(report, words, typesetter)
    _front(book)
    for table in report.tables:
        if table.name in ("cases", "examples", "written"):
            _cases(book, table)
        elif table.name == "months":
            _columns(book, table)
        elif table.chart == "bar" and len(table.heads) - table.shares == 2:
            _bars(book, table)
        elif table.chart == "column":
            _columns(book, table)
        else:
            _grid(book, table)
    return book.finish()


def _front(book: _Book) -> None:
    report, page = book.report, book.page()
    page.box(0, 0, WIDTH, 24, ACCENT)
    page.text(report.office, MARGIN, page.y, 34, colour=GREY)
    page.y += 64
    page.y += page.text(report.title, MARGIN, page.y, 62, bold=True, width=ROOM) + 70
    across = 2
    width, height = (ROOM - 40) // across, 250
    for place, big in enumerate(report.bigs):
        x = MARGIN + place % across * (width + 40)
        _card(page, big, x, page.y + place // across * (height + 36), width, height, first=place == 0)
    page.y += -(-len(report.bigs) // across) * (height + 36) + 40
    said = [f"{table.title}　{table.headline}" for table in report.tables if table.headline][:5]
    for headline in said:
        page.box(MARGIN, page.y + 14, 18, 18, ACCENT, 9)
        page.y += page.text(headline, MARGIN + 44, page.y, 34, width=ROOM - 44) + 14
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


def _bars(book: _Book, table: Table) -> None:
    """Lying bars, the words before them, number and share behind them."""
    largest = max((line[1] for line in table.lines if isinstance(line[1], int)), default=0) or 1
    for start in range(0, len(table.lines), _BARS):
        lines = table.lines[start : start + _BARS]
        page, pitch = book.headed(table.title, table.headline, len(lines) * _PITCH + _FOOT), _PITCH
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


def _columns(book: _Book, table: Table) -> None:
    """Standing bars beside each other, the number over each; what was before in a pale colour."""
    page = book.headed(table.title, table.headline, _TALL + 2 * _FOOT + 60)
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
            else:
                page.beside(book.words.text("report.hidden"), x + width / 2, base - 24, size, centre=True)
        page.beside(str(line[0]), middle, base + 40, size, centre=True)
    page.rule(base, INK, 3)
    page.y = base + 70
    _under(book, page, table)


def _grid(book: _Book, table: Table) -> None:
    """Numbers in lines and columns, the larger on a deeper ground."""
    heads = table.heads[: 1 + _COLUMNS]
    lines = [line[: len(heads)] for line in table.lines]
    total = table.total[: len(heads)]
    largest = max((c for line in lines for c in line[1:] if isinstance(c, int)), default=0) or 1
    first = 400
    width = (ROOM - first) // max(1, len(heads) - 1)
    per_page = (BOTTOM - MARGIN - 500) // _ROW
    for start in range(0, max(1, len(lines)), per_page):
        part = lines[start : start + per_page]
        page = book.headed(table.title, table.headline, 80 + (len(part) + 1) * _ROW + _FOOT)
        for column, head in enumerate(heads[1:]):
            block = page.block(head, 24, width=width - 12, align="end", lines=2, bold=True)
            page.put(block, MARGIN + first + column * width, page.y + 70 - block.height)
        page.y += 80
        page.rule(page.y, ACCENT, 3)
        for line in part:
            _grid_line(book, page, line, first, width, largest)
        if total and start + per_page >= len(lines):
            page.rule(page.y, INK, 3)
            _grid_line(book, page, total, first, width, 0)
        page.y += 40
        _under(book, page, table, total=False)


def _grid_line(book: _Book, page: Page, line: tuple[Cell, ...], first: int, width: int, largest: int) -> None:
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


def _under(book: _Book, page: Page, table: Table, *, total: bool = True) -> None:
    """The sum and what is to be known of the table."""
    page.y += 30
    if total and table.total:
        whole = table.total[1]
        said = f"{whole:,}" if isinstance(whole, int) else book.words.text("report.hidden")
        page.y += page.text(f"{table.total[0]}　{said}", MARGIN, page.y, 32, bold=True) + 12
    if table.note:
        page.y += page.text(table.note, MARGIN, page.y, 24, colour=GREY, width=ROOM)


def _cases(book: _Book, table: Table) -> None:
    """A block for each line: the first cell large, the others with their heads, long ones over the width."""
    page = book.headed(table.title, "")
    for line in table.lines:
        short, long = _told(table, line)
        blocks = [page.block(short, 25, width=ROOM - 190)]
        blocks += [page.block(words, 27, width=ROOM - 190) for words in long]
        height = sum(block.height + 8 for block in blocks) + 34
        if page.y + height > BOTTOM and page.y > MARGIN + 400:
            page = book.headed(table.title, "")
        page.rule(page.y)
        page.text(str(line[0]), MARGIN, page.y + 14, 44, bold=True, colour=ACCENT)
        y = page.y + 18
        for place, block in enumerate(blocks):
            if y + block.height > BOTTOM:
                block = _cut(page, (short, *long)[place], 25 if place == 0 else 27, BOTTOM - y)
            page.put(block, MARGIN + 190, y, GREY if place == 0 else INK)
            y += block.height + 8
        page.y = y + 16


def _cut(page: Page, words: str, size: float, room: float) -> Block:
    """As many lines as there is room for: what is longer than a page ends in "…"; the workbook has it all."""
    one = page.block("あ", size)
    return page.block(words, size, width=ROOM - 190, lines=max(1, int(room / (one.line_pitch * 1.05))))


def _told(table: Table, line: tuple[Cell, ...]) -> tuple[str, list[str]]:
    """The short cells in one paragraph, and each long one by itself."""
    short, long = [], []
    for head, cell in zip(table.heads[1:], line[1:], strict=False):
        words = plain(str(cell)).strip() if cell not in ("", None) else ""
        if not words:
            continue
        if len(words) > 24 or "\n" in words:
            long.append(f"{head}: {words}")
        else:
            short.append(f"{head} {words}")
    return "　".join(short) or " ", long
