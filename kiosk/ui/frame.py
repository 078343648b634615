"""The window's size and what follows from it: unit, form and the resident's chosen text size."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Form = Literal["standard", "wide", "portrait"]
TEXT_SCALES = (1.0, 1.25, 1.5)


@dataclass(frozen=True)
class Frame:
    """Sizes are designed for 1280×800 on a 10-inch screen; `unit` scales them to this window.

    `standard` is 16:10 and squarer (question above the choices), `wide` 16:9 and wider (question left of
    them), `portrait` upright.
    """

    width: int
    height: int
    text_scale: float = 1.0
    contrast: bool = False

    @property
    def form(self) -> Form:
        if self.height > self.width:
            return "portrait"
        return "wide" if self.width / self.height > 1.7 else "standard"

    @property
    def unit(self) -> float:
        if self.form == "portrait":
            return min(self.width / 800, self.height / 1280)
        return min(self.width / 1280, self.height / 800)

    def px(self, design: float) -> int:
        """A design length in this window's pixels."""
        return round(design * self.unit)

    def type(self, design: float) -> float:
        """A design type size in this window's pixels, at the resident's chosen text size."""
        return design * self.unit * self.text_scale
