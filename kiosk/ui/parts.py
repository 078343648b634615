"""What a page is made of: plain values, placed in pixels, without a toolkit.

A page is a `Sheet`: a list of parts that a painter turns into images, for the window, for a photograph or for
the test that looks for text leaving its box. Colours are names of the theme, never values.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from kiosk.core.language import Direction

if TYPE_CHECKING:
    from PIL.Image import Image

Align = Literal["start", "center", "end"]
Valign = Literal["top", "middle", "bottom"]
Look = Literal["choice", "primary", "secondary", "quiet", "more", "bar", "clear", "plain", "key", "round"]
"""The kinds of things that can be pressed: mock-up 00. `bar` is a cell of the bottom bar (icon over label),
`clear` the corner button, `plain` an area without a drawing of its own, `key` a key of the keyboard, `round`
the microphone."""


@dataclass(frozen=True)
class Box:
    """A rectangle in window pixels."""

    x: int
    y: int
    w: int
    h: int

    def inset(self, dx: int, dy: int | None = None) -> Box:
        dy = dx if dy is None else dy
        return Box(self.x + dx, self.y + dy, self.w - 2 * dx, self.h - 2 * dy)

    @property
    def right(self) -> int:
        return self.x + self.w

    @property
    def bottom(self) -> int:
        return self.y + self.h


@dataclass(frozen=True)
class Words:
    """A text in a box. `size` is in pixels; where it does not fit, `smaller` sizes are tried in order."""

    box: Box
    text: str
    language: str
    size: float
    bold: bool = False
    colour: str = "ink"
    align: Align = "start"
    valign: Valign = "top"
    smaller: tuple[float, ...] = ()
    max_lines: int | None = None
    provisional_from: int | None = None
    """Characters from here on are words that may still change: muted and dashed beneath."""
    marks: tuple[tuple[int, int], ...] = ()
    """Stretches of characters, from and until, underlined in the warm colour: doubtful words, a sentence that
    came back otherwise. Each begins and ends between words."""
    tail: bool = False
    """Where the text is too long, show its last lines instead of shrinking it: a field one writes in."""
    caret: bool = False
    """Whether a caret stands behind the last character."""
    private: bool = False
    """Somebody's own words: no drawing cache keeps them."""


@dataclass(frozen=True)
class Panel:
    """A filled rounded rectangle, only to read: white cards, the number panel, warning strips.

    `border_width` and `radius` are window pixels; None is the theme's, scaled to the window.
    """

    box: Box
    fill: str = "surface"
    border: str = ""
    border_width: int | None = None
    radius: int | None = None


@dataclass(frozen=True)
class Icon:
    """A Lucide icon by its name; with `chip` on a tinted rounded square filling the box."""

    box: Box
    name: str
    colour: str = "accent"
    chip: bool = False


@dataclass(frozen=True)
class Rule:
    """A one-pixel line along the top of the box (upright when the box is narrow)."""

    box: Box
    colour: str = "hair"


@dataclass(frozen=True)
class Target:
    """Something to press. Answers on press, before any work; `enabled` false says why in `detail`."""

    id: str
    box: Box
    look: Look
    label: str
    language: str
    icon: str = ""
    icon_after: str = ""
    """An icon behind the label: the arrow of a main button."""
    detail: str = ""
    """A second, smaller line: a topic's example, why something is not possible."""
    detail_size: float = 0
    """Window pixels; 0 takes four fifths of the label's."""
    badge: str = ""
    """A short text at the end: 1 / 2."""
    chosen: bool = False
    enabled: bool = True
    size: float = 28
    smaller: tuple[float, ...] = ()
    bold: bool = False
    chip: bool = False
    """Whether the icon stands on a tinted square, as beside topics and choices."""
    align: Align | None = None
    """None is the look's own: choices start, buttons centre."""
    private: bool = False
    """The label is somebody's own word: no drawing cache keeps it."""


@dataclass(frozen=True)
class Pill:
    """A small mark with icon and words: machine translation, your words, open now."""

    box: Box
    label: str
    language: str
    icon: str = ""
    tone: Literal["accent", "warm"] = "accent"
    align: Align = "start"
    size: float = 20


@dataclass(frozen=True)
class Progress:
    """The line of segments with its words 3 / 7; `position` of `total` are filled."""

    box: Box
    position: int
    total: int


@dataclass(frozen=True)
class Meter:
    """Loudness as a row of segments; `level` 0 to 1, `warn` in the warm colour."""

    box: Box
    level: float
    warn: bool = False


@dataclass(frozen=True)
class Bar:
    """How far something has come, 0 to 1: printing, translating."""

    box: Box
    done: float


@dataclass(frozen=True)
class Qr:
    """A QR code of `text`, as large as whole modules allow, with its quiet zone inside the box."""

    box: Box
    text: str


@dataclass(frozen=True, eq=False)
class Shot:
    """A picture made elsewhere, compared by itself: equal pictures are one object."""

    image: Image


@dataclass(frozen=True)
class Photo:
    """A picture as large as fits into the box, in its middle. It may tell what somebody said: no drawing
    cache keeps it."""

    box: Box
    shot: Shot
    private: bool = True


Part = Words | Panel | Icon | Rule | Target | Pill | Progress | Meter | Bar | Qr | Photo


@dataclass(frozen=True)
class Sheet:
    """One page as it stands now. `name` is for tests and photographs; `reads` is read aloud in order."""

    name: str
    language: str
    direction: Direction
    parts: tuple[Part, ...]
    reads: tuple[str, ...] = ()
