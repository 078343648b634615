"""What a resident's page is drawn for, and the grid of each form of window."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from kiosk.core.language import Language
from kiosk.ui.frame import Frame
from kiosk.ui.parts import Box, Look, Part, Target, Words

Say = Callable[..., str]
SMALLEST = 20.0
"""No text for residents is smaller, in design pixels."""
GAP = 16
"""Between cards and buttons, in design pixels."""


@dataclass(frozen=True)
class Scene:
    """What a page is drawn for: the window, the language and its words."""

    frame: Frame
    language: Language
    say: Say
    languages: Mapping[str, Language]
    reading: bool = False

    @property
    def tag(self) -> str:
        return self.language.tag

    def px(self, design: float) -> int:
        return self.frame.px(design)

    @property
    def portrait(self) -> bool:
        return self.frame.form == "portrait"

    @property
    def tall(self) -> bool:
        """Whether lines are high: a tall script, or readings above the words."""
        return self.language.script == "Mymr" or self.tag == "ja-simple"

    @property
    def gap(self) -> int:
        return self.px(GAP)

    @property
    def margin(self) -> int:
        return self.px(48 if self.frame.form != "wide" else 72)

    @property
    def width(self) -> int:
        return self.frame.width - 2 * self.margin

    @property
    def bar_top(self) -> int:
        return self.frame.height - self.px(96)

    @property
    def action_top(self) -> int:
        """The row of main buttons, above the bar."""
        return self.bar_top - self.px(112)

    def sizes(self, design: float) -> tuple[float, ...]:
        """A type size and the smaller ones allowed where it does not fit."""
        steps = (1.0, 0.92, 0.85, 0.78, 0.72, 0.66, 0.6, 0.55, 0.5, 0.45, 0.4, 0.33)
        least = SMALLEST * self.frame.unit
        return tuple(dict.fromkeys(max(least, self.frame.type(design) * step) for step in steps))

    def words(self, box: Box, text: str, design: float, **more: object) -> Words:
        first, *rest = self.sizes(design)
        language = str(more.pop("language", self.tag))
        return Words(box, text, language, first, smaller=tuple(rest), **more)  # type: ignore[arg-type]

    def target(
        self, name: str, box: Box, look: Look, label: str, design: float = 26, **more: object
    ) -> Target:
        first, *rest = self.sizes(design)
        language = str(more.pop("language", self.tag))
        return Target(name, box, look, label, language, size=first, smaller=tuple(rest), **more)  # type: ignore[arg-type]

    def body(self, top: int, actions: int = 2) -> Box:
        """From `top` down to the row of so many main buttons."""
        return Box(self.margin, top, self.width, self.foot(actions)[0].y - self.gap - top)

    def foot(self, actions: int) -> list[Box]:
        """Places of the main buttons, the one for the main thing last.

        Upright screens are too narrow for three side by side: there the last takes a row of its own.
        """
        high = self.px(96)
        if self.portrait and actions == 3:
            upper = self.columns(2, self.action_top - self.gap - high, high)
            return [*upper, Box(self.margin, self.action_top, self.width, high)]
        return self.columns(actions, self.action_top, high)

    def columns(self, count: int, top: int, height: int) -> list[Box]:
        """Equal boxes side by side over the whole width."""
        return grid(Box(self.margin, top, self.width, height), count, count, self.gap)

    def action(self, index: int, count: int = 3) -> Box:
        """A box of the action row."""
        return self.columns(count, self.action_top, self.px(96))[index]

    def top(self, helped: bool = False) -> int:
        """Where a page's content begins, under its title and, where there is one, its help."""
        if self.portrait:
            return self.px(264 if helped else 208)
        return self.px(192 if helped else 160)

    def title(self, text: str, helped: str = "") -> list[Part]:
        """The title of a page and the line of help under it."""
        box = (
            Box(self.margin, self.px(96), self.width, self.px(100))
            if self.portrait
            else Box(self.margin, self.px(78), self.width, self.px(64 if helped else 74))
        )
        parts: list[Part] = [self.words(box, text, 40, bold=True, valign="middle")]
        if helped:
            top = box.bottom + self.px(2)
            below = Box(self.margin, top, self.width, self.top(helped=True) - self.px(6) - top)
            parts.append(self.words(below, helped, 22, colour="ink2", valign="middle"))
        return parts


def grid(area: Box, count: int, columns: int, gap: int, tallest: int = 0) -> list[Box]:
    """`count` equal boxes filling an area in rows; a last one left alone takes its whole row."""
    rows = max(1, -(-count // columns))
    height = (area.h - gap * (rows - 1)) // rows
    height = min(height, tallest) if tallest else height
    wide = (area.w - gap * (columns - 1)) // columns
    boxes = [
        Box(area.x + i % columns * (wide + gap), area.y + i // columns * (height + gap), wide, height)
        for i in range(count)
    ]
    if columns == 2 and count % 2:
        last = boxes[-1]
        boxes[-1] = Box(last.x, last.y, area.w, last.h)
    return boxes


def narrowed(part: Part, right: int) -> Part:
    """The part with its box ending at `right`, where it reached further."""
    box = part.box
    if box.right <= right:
        return part
    return replace(part, box=Box(box.x, box.y, right - box.x, box.h))
