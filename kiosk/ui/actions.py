"""What the screens may ask for. `app` provides it; no screen imports an engine, a store or a printer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from kiosk.core.directory import Service
from kiosk.core.heard import Heard, Spoken, Translation
from kiosk.core.hours import Opening
from kiosk.core.referral import Outcome
from kiosk.core.roster import Slot
from kiosk.core.visit import Visit
from kiosk.errors import Trouble


@dataclass(frozen=True)
class Abilities:
    """What a language can do here and now, besides its fixed text."""

    speech: bool
    translation: bool
    voice: bool


@dataclass(frozen=True)
class Issued:
    """A number the resident may trust. `saved` false: the store failed and staff must be shown the screen."""

    ticket_id: str
    number: str
    minutes: int
    """About how long the wait is."""
    saved: bool
    referred: bool
    sensitive: bool
    place: Slot | None = None
    """The appointment that was taken."""
    lost: bool = False
    """The appointment could not be kept: the ticket waits here today."""


@dataclass(frozen=True)
class Speakers:
    """Who speaks the resident's language at the counter; `state` unknown where the roster says nothing."""

    state: Literal["here", "later", "telephone", "unknown"]
    at: datetime | None = None
    """Until when they are here, or when they come."""


class Actions(Protocol):
    """Every `done` is called later on the window's thread, once; a visit that ended gets no answers."""

    def abilities(self, language: str) -> Abilities: ...

    def prepare(self, language: str) -> None:
        """Load the engines of a language while the person reads on."""

    def listen(self, language: str, heard: Callable[[Heard | Trouble], None]) -> None:
        """Start listening; `heard` gets levels and words until Ended or a Trouble."""

    def choose(
        self, choices: Sequence[Spoken], language: str, heard: Callable[[Heard | Trouble], None]
    ) -> None:
        """Listen for one of the choices; `heard` gets levels and what was picked until Ended or a Trouble."""

    def stop_listening(self) -> None: ...

    def translate(self, text: str, language: str, done: Callable[[Translation | Trouble], None]) -> None: ...

    def say(
        self, sentences: Sequence[str], language: str, done: Callable[[Trouble | None], None]
    ) -> None: ...

    def hush(self) -> None: ...

    def outcome(self, visit: Visit) -> Outcome: ...

    def openings(self, outcome: Outcome) -> Mapping[str, Opening]: ...

    def numbers(self, outcome: Outcome) -> Sequence[tuple[Service, Opening]]:
        """Whom to call at once: ambulance, police, and where the answers lead."""

    def known(self, ticket_id: str, done: Callable[[bool], None]) -> None:
        """Whether a ticket is kept here. Nothing of it is told."""

    def places(self, visit: Visit, outcome: Outcome, done: Callable[[Sequence[Slot]], None]) -> None:
        """Appointments with specialists that fit what was told; none where there are none."""

    def speakers(self, language: str) -> Speakers: ...

    def submit(self, visit: Visit, outcome: Outcome, referred: bool, done: Callable[[Issued], None]) -> None:
        """Keep the ticket and give its number; never fails: without a store `saved` is false."""

    def take(
        self, visit: Visit, outcome: Outcome, place: Slot, done: Callable[[Issued | Trouble], None]
    ) -> None:
        """Take a number and the appointment; a Trouble where somebody else has just taken it."""

    def print_slip(
        self, visit: Visit, outcome: Outcome, issued: Issued, done: Callable[[Trouble | None], None]
    ) -> None:
        """Print; `done(None)` only when the printer said so."""

    def print_guide(self, topic: str, language: str, done: Callable[[Trouble | None], None]) -> None:
        """Print a topic's life orientation; `done(None)` only when the printer said so."""

    @property
    def prints(self) -> bool:
        """Whether there is a printer to ask at all."""
        ...

    def forget(self) -> None:
        """The visit ended: drop whatever the engines still hold of it."""
