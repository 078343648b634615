"""Cases and examples in a report's PDF: a block each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.reports.model import Cell, Table
from kiosk.reports.neutral import plain
from kiosk.reports.pdf_book import BOTTOM, ROOM, Book
from kiosk.text.page import ACCENT, GREY, INK, LINE, MARGIN, WIDTH, Colour, Page

if TYPE_CHECKING:
    from kiosk.text.block import Block

_LEFT, _WIDE = MARGIN + 190, ROOM - 190
_WHO = (8, 9, 10, 11)
"""Of a case: language, who came, how, topics."""
Told = tuple[str, float, bool, Colour]
"""Words, their size, whether bold, colour."""


def cases(book: Book, table: Table) -> None:
    """A block for each line: the number large, then who and what, when, and what was done."""
    page = book.headed(table.title, "")
    for line in table.lines:
        told = _told(table, line)
        blocks = [_block(page, one) for one in told]
        height = sum(block.height + 8 for block in blocks) + 34
        if page.y + height > BOTTOM and page.y > MARGIN + 400:
            page = book.headed(table.title, "")
        page.rule(page.y)
        page.text(str(line[0]), MARGIN, page.y + 14, 44, bold=True, colour=ACCENT)
        if table.name == "cases":
            _tick(page, table.heads[-1])
        y = page.y + 18
        for one, block in zip(told, blocks, strict=True):
            shown = block if y + block.height <= BOTTOM else _cut(page, one, BOTTOM - y)
            page.put(shown, _LEFT, y, one[3])
            y += shown.height + 8
        page.y = y + 16


def _block(page: Page, told: Told, lines: int | None = None) -> Block:
    words, size, bold, _ = told
    return page.block(words, size, bold=bold, width=_WIDE - 220 if bold else _WIDE, lines=lines)


def _cut(page: Page, told: Told, room: float) -> Block:
    """As many lines as there is room for: what is longer than a page ends in "…"; the workbook has it all."""
    one = page.block("あ", told[1])
    return _block(page, told, max(1, int(room / (one.line_pitch * 1.05))))


def _tick(page: Page, words: str) -> None:
    """A field to tick on paper."""
    side, y = 34, page.y + 22
    page.box(WIDTH - MARGIN - side, y, side, side, GREY)
    page.box(WIDTH - MARGIN - side + 2, y + 2, side - 4, side - 4, (255, 255, 255))
    page.beside(words, WIDTH - MARGIN - side - 12, y + side / 2, 22, colour=GREY, end=True)


def _told(table: Table, line: tuple[Cell, ...]) -> list[Told]:
    """Who and what of a case in bold; its short cells in one paragraph, and each long one by itself."""
    words = [plain(str(cell)).strip() if cell not in ("", None) else "" for cell in line]
    who = _WHO if table.name == "cases" else ()
    told: list[Told] = []
    if named := " ・ ".join(words[at] for at in who if words[at]):
        told.append((named, 29, True, INK))
    short, long = [], list[Told]()
    for at, (head, cell) in enumerate(zip(table.heads, words, strict=False)):
        if not at or at in who or not cell:
            continue
        if len(cell) > 24 or "\n" in cell:
            long.append((f"{head}: {cell}", 27, False, INK))
        else:
            short.append(f"{head} {cell}")
    if short:
        told.append(("　".join(short), 25, False, GREY))
    return [*told, *long] or [(" ", 25, False, LINE)]
