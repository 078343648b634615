"""What a console's talks ask of the house and of the residents' screen; `app` provides it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from kiosk.ui.frame import Frame
from kiosk.ui.parts import Sheet
from kiosk.ui.talk.room import Room, TalkEngines


class TalkDesk(TalkEngines, Room, Protocol):
    """What a console's talks ask of the house."""

    @property
    def office(self) -> str:
        """The office's name with readings."""

    @property
    def offered(self) -> Sequence[str]:
        """Languages of residents, in the office's order."""

    def knows(self, tag: str) -> bool:
        """Whether the language has every word of a talk."""

    def used(self) -> Mapping[str, int]:
        """How often each phrase was shown at this counter."""

    def use(self, phrase: str) -> None:
        """It was shown once more."""


class Facing(Protocol):
    """The residents' second screen."""

    @property
    def frame(self) -> Frame | None:
        """Its size; None while it cannot be seen."""

    def open(self) -> None:
        """Be there again, where it was closed."""

    def show(self, sheet: Sheet) -> None: ...

    def forget(self) -> None:
        """Drop what was drawn of somebody's words."""

    def watch(self) -> None:
        """A few times a second: is the screen still there?"""


@dataclass(frozen=True)
class Asking:
    """A question of the counter's for the resident's own screen, such as whether an agency may be told."""

    text: str
    japanese: str
    language: str
    """Of `text`."""
    answer: Callable[[bool], None]
