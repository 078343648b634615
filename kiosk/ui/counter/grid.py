"""The console's columns for a window size: list, card, actions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kiosk.core.ticket import State
from kiosk.ui.parts import Align, Box, Valign, Words

DESIGN = (1366, 768)
NARROW = 1250
"""Design pixels of width below which a window is narrow."""
SINGLE = 1100
"""Design pixels of width below which nothing stands beside anything else."""
FOOT = 268
"""Design pixels of the actions below the card in a single column."""
ROW = 52
"""Design pixels from one row of actions to the next."""
SMALLEST = 13.0
"""Type for staff is never smaller than this at the design size."""


@dataclass(frozen=True)
class Grid:
    """Columns of 300, what is left, and 320 design pixels; type scales with the window, within limits."""

    width: int
    height: int
    say: Callable[..., str]
    language: str = "ja"
    """The console's own, of every text that is not said to be in another."""

    @property
    def unit(self) -> float:
        return max(0.85, min(self.width / DESIGN[0], self.height / DESIGN[1]))

    def px(self, design: float) -> int:
        return round(design * self.unit)

    @property
    def left(self) -> Box:
        if self.single:
            return self.whole
        return self._column(self.px(24), self.px(300))

    @property
    def right(self) -> Box:
        """The actions beside the card, or below it."""
        if self.single:
            whole, high = self.whole, self.px(FOOT)
            return Box(whole.x, whole.bottom - high, whole.w, high)
        return self._column(self.width - self.px(24) - self.px(320), self.px(320))

    @property
    def middle(self) -> Box:
        start = self.left.right + self.px(16)
        return self._column(start, self.right.x - self.px(16) - start)

    @property
    def wide(self) -> Box:
        """Card and actions as one: what a page over them covers."""
        if self.single:
            return self.whole
        middle = self.middle
        return Box(middle.x, middle.y, self.right.right - middle.x, middle.h)

    @property
    def whole(self) -> Box:
        """The whole window below the head."""
        left = self.px(24)
        return self._column(left, self.width - 2 * left)

    @property
    def narrow(self) -> bool:
        """Whether list, card and actions have no room beside each other: with a ticket at hand a strip above
        the card takes the list's place."""
        return self.width < self.px(NARROW)

    @property
    def single(self) -> bool:
        """Whether everything stands in one column: a page over the console takes all of it."""
        return self.width < self.px(SINGLE)

    @property
    def card(self) -> Box:
        """Where the card of the ticket at hand lies."""
        if not self.narrow:
            return self.middle
        down = self.px(60)
        if self.single:
            whole = self.whole
            return Box(whole.x, whole.y + down, whole.w, self.right.y - self.px(12) - whole.y - down)
        left, middle = self.left, self.middle
        return Box(left.x, left.y + down, middle.right - left.x, left.h - down)

    @property
    def strip(self) -> Box:
        """Above the card, in a narrow window."""
        return Box(self.card.x, self.left.y, self.card.w, self.px(50))

    def memo(self, state: State | None) -> Box:
        """Where the memo's text field lies: below the rows of actions, above the main button."""
        column = self.right
        if self.single:
            half = (column.w - self.px(12)) // 2
            top = column.bottom - self.px(62)
            return Box(column.x + self.px(8), top, half - self.px(16), self.px(54))
        top = column.y + self.px(150 + 12 + ROW * (3 if state is State.CALLED else 4) + 44)
        return Box(column.x + self.px(8), top, column.w - self.px(16), column.bottom - self.px(116) - top)

    def _column(self, x: int, width: int) -> Box:
        top = self.px(72)
        return Box(x, top, width, self.height - top - self.px(16))

    def words(
        self,
        box: Box,
        text: str,
        size: float,
        *,
        bold: bool = False,
        colour: str = "ink",
        align: Align = "start",
        valign: Valign = "middle",
        language: str = "",
        lines: int = 1,
        shrink: bool = False,
        private: bool = False,
    ) -> Words:
        """A text at a design size; `shrink` lets it go down to the smallest size of the console. `private`:
        it is, or tells, what somebody said, and no drawing cache keeps it."""
        smaller = tuple(s * self.unit for s in (size - 1, size - 2, SMALLEST) if shrink and s >= SMALLEST)
        return Words(
            box,
            text,
            language or self.language,
            size * self.unit,
            bold,
            colour,
            align,
            valign,
            smaller,
            max_lines=lines,
            private=private,
        )
