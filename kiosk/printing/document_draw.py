"""A document drawn on A4 pages: on one where it fits, smaller if need be, else on several."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.printing.document import Document, Part, Row
from kiosk.text.icons import icon_mask
from kiosk.text.page import ACCENT, GREY, HEIGHT, INK, MARGIN, PALE, WIDTH, Page, pdf_of
from kiosk.text.qr import qr_image

if TYPE_CHECKING:
    from PIL import Image

    from kiosk.text.block import Block
    from kiosk.text.typesetter import Typesetter

ROOM = WIDTH - 2 * MARGIN
BOTTOM = HEIGHT - MARGIN - 20
GUTTER = 44
LABELS = 0.4
"""A narrower left column holds names of what is at the right."""
SCALES = (1.0, 0.92, 0.85, 0.78)
"""Tried in turn until everything is on one page; 0.78 is 8.5 point."""
PIECE = 420
"""Characters of a row drawn as one piece: a longer one goes on over the page's end."""
TOGETHER = HEIGHT // 6
"""Pixels of a part that is never spread over two pages."""
WARM, WARM_INK = (253, 243, 220), (122, 63, 0)


def draw(document: Document, typesetter: Typesetter) -> list[Image.Image]:
    """The pages, RGB, 200 dots to the inch."""
    for scale in SCALES:
        book = _Book(document, typesetter, scale)
        book.lay()
        if len(book.pages) == 1:
            break
    else:
        book = _Book(document, typesetter, SCALES[1])
        book.lay()
    return book.finish()


def pdf(document: Document, typesetter: Typesetter) -> bytes:
    """The pages as a PDF. Its title says what paper it is and nothing of whose."""
    return pdf_of(draw(document, typesetter), document.title.left)


class _Book:
    def __init__(self, document: Document, typesetter: Typesetter, scale: float) -> None:
        self.document, self._set, self._scale = document, typesetter, scale
        self.pages: list[Page] = []
        self.page = self._turn()

    def _turn(self) -> Page:
        self.page = Page(self._set, self.document.left)
        self.page.y = MARGIN - 50
        self.pages.append(self.page)
        return self.page

    def lay(self) -> None:
        self._head()
        for part in self.document.parts:
            self._part(part)

    def finish(self) -> list[Image.Image]:
        count = len(self.pages)
        for number, page in enumerate(self.pages, start=1):
            page.rule(HEIGHT - MARGIN + 10)
            page.beside(self.document.foot, MARGIN, HEIGHT - MARGIN + 42, 22, colour=GREY)
            if count > 1:
                said = f"{number} / {count}"
                page.beside(said, WIDTH - MARGIN, HEIGHT - MARGIN + 42, 22, colour=GREY, end=True)
        return [page.image for page in self.pages]

    def _size(self, size: float) -> int:
        return round(size * self._scale)

    def _block(self, text: str, size: float, width: float, *, bold: bool = False, tag: str = "") -> Block:
        return self.page.block(
            text, self._size(size), bold=bold, width=round(width), language=tag, readings=True
        )

    def _head(self) -> None:
        document, page = self.document, self.page
        page.box(0, 0, WIDTH, 20, ACCENT)
        wide = 420 if document.number else 0
        left = self._block(document.title.left, 54, ROOM - wide, bold=True)
        page.put(left, MARGIN, page.y)
        if document.number:
            size = self._size(64)
            number = page.block(document.number, size, bold=True, language="en")
            page.put(number, WIDTH - MARGIN - number.text_width, page.y - 6, ACCENT)
        page.y += left.height
        if document.title.right:
            block = self._block(document.title.right, 32, ROOM - wide, bold=True, tag=document.right)
            page.put(block, MARGIN, page.y, GREY)
            page.y += block.height
        page.y += page.text(document.stamp, MARGIN, page.y, self._size(24), colour=GREY) + 8
        page.rule(page.y, ACCENT, 4)
        page.y += 18

    def _part(self, part: Part) -> None:
        if part.look == "warm":
            self._warm(part)
            return
        code = qr_image(part.code, 230) if part.code else None
        width = ROOM - (code.width + 20 if code is not None else 0)
        rows = [self._measured(row, part, width) for whole in part.rows for row in _pieces(whole)]
        heights = [max((b.height for b in row[1:] if b is not None), default=0.0) for row in rows]
        whole = max(sum(heights) + len(rows) * self._size(4), code.height if code else 0)
        # A code stands beside its rows, and a short part is read at one glance: both stay on one page.
        kept = whole if code is not None or whole <= TOGETHER else heights[0]
        if self.page.y + self._title_height(part) + kept > BOTTOM:
            self._turn()
        top = self._title(part)
        if code is not None:
            self.page.image.paste(code.convert("RGB"), (WIDTH - MARGIN - code.width, round(top)))
        for row, left, right in rows:
            self._row(part, row, left, right, width)
        if part.look == "sign":
            self._sign()
        if part.note is not None:
            self._note(part.note)
        if code is not None:
            self.page.y = max(self.page.y, round(top) + code.height)
        self.page.y += self._size(13)

    def _columns(self, part: Part, width: float) -> tuple[float, float, float]:
        """Where the right column begins, and the widths of both."""
        indent = 44 if part.look == "ticks" else 0
        if not self.document.right and part.share == 0.5:
            return MARGIN + width, width - indent, 0
        # Of the whole page, so that columns stand under each other also beside a code.
        left = round((ROOM - GUTTER) * part.share)
        return MARGIN + left + GUTTER, left - indent, width - GUTTER - left

    def _measured(self, row: Row, part: Part, width: float) -> tuple[Row, Block | None, Block | None]:
        _, wide, narrow = self._columns(part, width)
        tag = part.right or self.document.right
        if not row.right and narrow:
            # What is said once needs no empty column beside it.
            wide = width - (44 if part.look == "ticks" else 0)
        left = self._block(row.left, 28, wide, bold=row.strong) if row.left else None
        right = self._block(row.right, 28, narrow, bold=row.strong, tag=tag) if row.right and narrow else None
        return row, left, right

    def _title_height(self, part: Part) -> float:
        return self._size(50) if part.title else 0

    def _title(self, part: Part) -> float:
        page = self.page
        if part.title is None:
            return page.y
        height = self._size(42)
        page.box(MARGIN - 12, page.y, ROOM + 24, height, PALE, 8)
        middle, x = page.y + height / 2, MARGIN
        if part.icon:
            side = round(self._size(30))
            page.image.paste(ACCENT, (MARGIN, round(middle - side / 2)), icon_mask(part.icon, side))
            x += side + 14
        second = self._columns(part, ROOM)[0] if part.title.right else WIDTH - MARGIN
        for text, at, end, tag in (
            (part.title.left, x, second - 20, self.document.left),
            (part.title.right, second, WIDTH - MARGIN, self.document.right),
        ):
            if text:
                self._fitting(text, at, middle, end - at, tag)
        page.y += self._size(50)
        return page.y

    def _fitting(self, text: str, x: float, middle: float, width: float, tag: str) -> None:
        """One line in bold, smaller where it would be wider than its column."""
        block = self.page.block(text, self._size(28), bold=True, language=tag, readings=True)
        if block.text_width > width:
            smaller = self._size(28) * width / block.text_width
            block = self.page.block(text, smaller, bold=True, language=tag, readings=True)
        self.page.put(block, x, middle - block.middle, ACCENT)

    def _row(self, part: Part, row: Row, left: Block | None, right: Block | None, width: float) -> None:
        height = max(block.height for block in (left, right) if block is not None) if left or right else 0
        if self.page.y + height > BOTTOM:
            self._turn()
        page, second = self.page, self._columns(part, width)[0]
        x = MARGIN
        if part.look == "ticks":
            side = round(self._size(24))
            base = left or right
            assert base is not None
            page.box(x, page.y + base.middle - side / 2, side, side, INK, 3)
            page.box(x + 3, page.y + base.middle - side / 2 + 3, side - 6, side - 6, (255, 255, 255), 2)
            x += 44
        if left is not None:
            page.put(left, x, page.y, GREY if part.share < LABELS and row.right else INK)
        if right is not None:
            page.put(right, second, page.y)
        page.y += height + self._size(4)

    def _sign(self) -> None:
        """Room to write, above a line."""
        page = self.page
        page.y += self._size(44)
        page.box(MARGIN, page.y, ROOM * 0.62, 3, INK)
        page.y += self._size(8)

    def _note(self, note: Row) -> None:
        for text, tag in ((note.left, self.document.left), (note.right, self.document.right)):
            if text:
                block = self._block(f"▲ {text}", 24, ROOM, bold=True, tag=tag)
                if self.page.y + block.height > BOTTOM:
                    self._turn()
                self.page.put(block, MARGIN, self.page.y, WARM_INK)
                self.page.y += block.height

    def _warm(self, part: Part) -> None:
        blocks = [self._block(row.left, 30, ROOM - 90, bold=True) for row in part.rows]
        height = sum(block.height + 6 for block in blocks) + self._size(24)
        if self.page.y + height > BOTTOM:
            self._turn()
        page, side = self.page, round(self._size(38))
        page.box(MARGIN - 12, page.y, ROOM + 24, height, WARM_INK, 12)
        page.box(MARGIN - 9, page.y + 3, ROOM + 18, height - 6, WARM, 10)
        icon = icon_mask(part.icon or "triangle-alert", side)
        page.image.paste(WARM_INK, (MARGIN + 4, round(page.y + self._size(16))), icon)
        y = page.y + self._size(12)
        for block in blocks:
            page.put(block, MARGIN + 66, y, WARM_INK)
            y += block.height + 6
        page.y += height + self._size(18)


def _pieces(row: Row) -> list[Row]:
    """A long row in pieces, cut at line ends and sentences; readings are never cut."""
    if len(row.left) <= PIECE and len(row.right) <= PIECE:
        return [row]
    left, right = _cut(row.left), _cut(row.right)
    longest = max(len(left), len(right))
    left += [""] * (longest - len(left))
    right += [""] * (longest - len(right))
    return [Row(one, other, row.strong) for one, other in zip(left, right, strict=True)]


def _cut(text: str) -> list[str]:
    pieces = []
    while len(text) > PIECE:
        part = text[:PIECE]
        end = max(part.rfind(mark) for mark in ("\n", "。", ". ", "! ", "? ", "၊", "။", "।")) + 1
        end = end or part.rfind(" ") + 1 or PIECE
        opened, closed = text[:end].rfind("{"), text[:end].rfind("}")
        if opened > closed and opened > 0:
            end = opened
        pieces.append(text[:end].strip("\n"))
        text = text[end:].lstrip(" ")
    return [*pieces, text] if text.strip() or not pieces else pieces
