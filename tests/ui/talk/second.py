"""The residents' screen beside a console."""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.ui.frame import Frame
from kiosk.ui.parts import Sheet, Target, Words


@dataclass
class Second:
    """The residents' screen of these tests."""

    frame: Frame | None = field(default_factory=lambda: Frame(1280, 800))
    sheet: Sheet | None = None
    opened: int = 0
    forgotten: int = 0

    def open(self) -> None:
        self.opened += 1

    def show(self, sheet: Sheet) -> None:
        self.sheet = sheet

    def forget(self) -> None:
        self.forgotten += 1

    def watch(self) -> None: ...

    def words(self) -> str:
        assert self.sheet is not None
        return words_on(self.sheet)


def words_on(sheet: Sheet) -> str:
    return "\n".join(
        p.text if isinstance(p, Words) else p.label for p in sheet.parts if isinstance(p, Words | Target)
    )
