"""The colours of what can be pressed, in every state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kiosk.ui import theme
from kiosk.ui.layout import Layout
from kiosk.ui.parts import Target

State = Literal["normal", "pressed", "focused"]


@dataclass(frozen=True)
class Dress:
    """Colours of a target in its state; names of the theme, empty for none."""

    fill: str
    border: str
    width: int
    ink: str
    icon: str
    bold: bool
    small: str = "ink2"
    """The second line."""


def dress_of(layout: Layout, part: Target, state: State) -> Dress:
    """A target out of use is pale, whatever its state."""
    line = layout.px(theme.BORDER_CONTRAST if layout.contrast else theme.BORDER)
    plain_icon = "ink" if layout.contrast and part.look == "choice" else "accent"
    if not part.enabled:
        return Dress("ground", "hair", line, "mute", "mute", False, "ink")
    strong = part.chosen or part.look in ("primary", "round")
    if state == "pressed":
        ink = "accent" if strong or part.look == "more" else "ink"
        bold = part.bold or strong or part.look == "more"
        wide = line + layout.px(1)
        return Dress("tint", "accent", wide, ink, "accent", bold)
    if strong:
        return Dress("accent", "accent", line, "on_accent", "on_accent", True, "on_accent")
    if part.look == "more":
        return Dress("tint", "accent", line + int(layout.contrast), "accent", "accent", True)
    if part.look == "quiet":
        return Dress("ground", "line", line, "ink", plain_icon, part.bold)
    if part.look == "bar":
        return Dress("", "", 0, "ink", "accent", part.bold)
    if part.look == "clear":
        return Dress("surface", "line", line, "ink", "ink", part.bold)
    return Dress("surface", "line", line, "ink", plain_icon, part.bold)
