"""Lines as text, for tests that look at where they break and what stands where."""

from __future__ import annotations

from kiosk.core.language import Language
from kiosk.text.fonts import Library
from kiosk.text.line import Line
from kiosk.text.markup import read
from kiosk.text.runs import Paragraph, Setting
from kiosk.text.wrap import wrap


def paragraph(text: str, language: Language, size: float = 20.0) -> Paragraph:
    setting = Setting(Library(language.fonts), language, size, False)
    return Paragraph(read(text), setting)


def lines(text: str, language: Language, width: int, size: float = 20.0, balance: bool = False) -> list[Line]:
    return wrap([paragraph(text, language, size)], width, None, balance).lines


def base(line: Line) -> str:
    """The characters of a line from left to right, without the readings."""
    return "".join(placed.run.text for placed in line.placed if not placed.rise)


def readings(line: Line) -> str:
    return "".join(placed.run.text for placed in line.placed if placed.rise)
