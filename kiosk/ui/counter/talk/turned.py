"""The console's screen turned to the resident: their page over the whole window, and the way back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kiosk.ui.counter.grid import Grid
from kiosk.ui.counter.own import Laid, Own
from kiosk.ui.frame import Frame
from kiosk.ui.parts import Box, Target
from kiosk.ui.talk.pages import Given, resident_page
from kiosk.ui.talk.talk import Talk

if TYPE_CHECKING:
    from kiosk.ui.counter.console import Console
    from kiosk.ui.counter.talk.talks import Talks

BACK = (("Shift-F8", "front"), ("Escape", "stay"))
"""The counselor's way back from a turned screen is two keys at once, told on the page of the talk and nowhere
on the turned one. A single key is none: it is pressed by whoever has the keyboard before them."""


FRONT = ("front", "held")
"""Presses that bring the counselor's side back: the two keys, and a finger held in the upper left corner."""


@dataclass(frozen=True)
class Turned:
    """What the resident sees."""

    talk: Talk
    given: Given


def turned_page(console: Console, talks: Talks, talk: Talk) -> Own:
    given = talks.given(Frame(console.grid.width, console.grid.height), turned=True, talk=talk)
    return Own(f"face-{talk.page}", Turned(talk, given), lay_turned, alone=True, keys=BACK)


def lay_turned(now: Turned, grid: Grid, area: Box) -> Laid:  # noqa: ARG001
    """The resident's page; its targets are told apart from the console's."""
    made = resident_page(now.talk, now.given)
    parts = tuple(
        replace(part, id=f"face:{part.id}") if isinstance(part, Target) else part for part in made.parts
    )
    return Laid(parts)


@dataclass
class LeftTurned:
    """A turned screen whose talk has ended, until the counselor has it back."""

    console: Console
    talks: Talks
    talk: Talk

    def page(self) -> Own:
        return turned_page(self.console, self.talks, self.talk)

    def press(self, kind: str, detail: str) -> None:
        if kind in FRONT:
            self.talks.turned = False
            self.console.close_over()
        elif kind == "face" and detail == "size":
            self.talk = self.talk.larger()
