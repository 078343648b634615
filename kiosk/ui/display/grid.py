"""The display's places, in window pixels: mock-up 13, for wide, squarer and upright screens."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.ui.frame import Frame
from kiosk.ui.parts import Box

SMALLEST_RUBY = 24
"""A kanji with a reading is never smaller, in pixels."""
EM_DIGIT, EM_LETTER, EM_BROAD, EM_WIDE = 0.572, 0.725, 0.815, 0.97
"""Widths of a bold Noto Sans digit, capital, broad capital, and M or W, times the type size."""
BROAD, WIDE = "DHNOQU", "MW"


@dataclass(frozen=True)
class Grid:
    """Sizes are those of a screen of 1920×1080, or of 1080×1920 where it stands upright."""

    frame: Frame
    alone: bool = False
    """Whether panel and card have the page for themselves, since nobody was called yet."""

    @property
    def upright(self) -> bool:
        return self.frame.form == "portrait"

    def px(self, design: float) -> int:
        wide, high = (1080, 1920) if self.upright else (1920, 1080)
        return round(design * min(self.frame.width / wide, self.frame.height / high))

    def ruby(self, design: float) -> int:
        """A type size for text with readings."""
        return max(SMALLEST_RUBY, self.px(design))

    @property
    def margin(self) -> int:
        return self.px(48 if self.upright else 64)

    @property
    def header(self) -> Box:
        return Box(0, 0, self.frame.width, self.px(112))

    @property
    def content(self) -> Box:
        """Everything below the header."""
        top, foot = self.px(152), self.px(48)
        return Box(
            self.margin, top, self.frame.width - 2 * self.margin, self.frame.height - top - foot
        )  # fmt: skip

    @property
    def panel(self) -> Box:
        """The number and the counter."""
        area = self._main
        return Box(area.x, area.y, area.w, round((area.h - self.px(24)) * (0.54 if self.upright else 0.648)))

    @property
    def card(self) -> Box:
        """The sentences."""
        area, panel = self._main, self.panel
        top = panel.bottom + self.px(24)
        return Box(area.x, top, area.w, area.bottom - top)

    @property
    def list(self) -> Box:
        """The calls before."""
        area = self.content
        if self.upright:
            top = self._main.bottom + self.px(24)
            return Box(area.x, top, area.w, area.bottom - top)
        wide = self._beside
        return Box(area.right - wide, area.y, wide, area.h)

    @property
    def sign(self) -> Box:
        """The corner for staff, below everything."""
        high = self.px(40)
        return Box(self.margin, self.frame.height - high, self.frame.width - 2 * self.margin, high)

    @property
    def _beside(self) -> int:
        """Width of the list beside the panel: on small screens a desk's name needs more of it."""
        return max(self.px(512), 330)

    @property
    def _main(self) -> Box:
        area = self.content
        if self.alone:
            return area
        if self.upright:
            return Box(area.x, area.y, area.w, round(area.h * 0.6))
        return Box(area.x, area.y, area.w - self._beside - self.px(40), area.h)


def ems(text: str) -> float:
    """About how wide a number is, times its type size."""
    return sum(_em(sign) for sign in text)


def _em(sign: str) -> float:
    if sign.isdigit():
        return EM_DIGIT
    return EM_WIDE if sign in WIDE else EM_BROAD if sign in BROAD else EM_LETTER
