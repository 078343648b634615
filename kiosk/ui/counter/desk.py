"""What the console may ask for; `app` provides it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, Protocol

from kiosk.core.hours import Opening
from kiosk.core.roster import InterpreterLine, Slot
from kiosk.core.ticket import Ticket
from kiosk.core.waiting import Pick
from kiosk.errors import Trouble
from kiosk.ui.counter.place import Choices, Place


@dataclass(frozen=True)
class Paper:
    """What was read from a slip, or typed from one: its ticket's id, or number and day."""

    number: str
    day: date
    ticket_id: str = ""


@dataclass(frozen=True)
class Appointment:
    """One of today's; `ticket` is None where it was deleted or cannot be read."""

    at: datetime
    specialist: str
    """What staff call them."""
    room: str
    number: str
    ticket: Ticket | None


Protection = Literal["unset", "open", "locked", "away"]
"""No passphrase was ever set; one is and what was told can be read; it must be typed first; the key is not on
this machine."""
Closed = Literal["locked", "away", "audit", "damaged"]
"""Why what a ticket tells is not shown: the passphrase is missing, the key is elsewhere, the audit trail does
not say yet that it was opened, or it does not open."""


@dataclass(frozen=True)
class Strip:
    """Something staff see for as long as it is so."""

    text: str
    icon: str
    warm: bool = True


class Desk(Protocol):
    """Tickets and printer behind the console. Every `done` comes later, on the window's thread, once."""

    def now(self) -> datetime: ...

    def sit(self, place: Place) -> Place:
        """Go on from another place, in another language, and remember it for this counter. Answers it with
        where it may send. Tickets are read anew soon."""

    def choices(self) -> Choices:
        """What a place may be made of."""

    def stand_beside(self, ticket_id: str, done: Callable[[Trouble | None], None]) -> None:
        """From now on show, besides this counter's own, what a ticket at another counter tells, for as long
        as it is served there; an empty id ends that."""

    def refresh(self) -> bool:
        """Whether `tickets` or `troubles` have something new to say since last asked. Never waits."""

    def tickets(self) -> Sequence[Ticket]:
        """Today's tickets, and those of earlier days with an appointment today, as last read: the same object
        until they are read anew. Never waits or raises."""

    def appointments(self) -> Sequence[Appointment]:
        """Today's, by time, as last read. Never waits or raises."""

    def troubles(self) -> Sequence[Trouble]:
        """What staff must know of how tickets are kept and of the settings, newest last."""

    def protection(self) -> Protection: ...

    def unlock(self, words: str, done: Callable[[Trouble | None], None]) -> None:
        """Open with the office's passphrase; tickets are read anew before the answer comes. A wrong one is
        answered with the seconds to `wait`."""

    def lock(self) -> None:
        """Forget the key and everything read with it, at once."""

    def why_closed(self, ticket: Ticket) -> Closed:
        """Why a ticket's content is closed."""

    def away(self) -> bool:
        """Whether this machine goes on without the office's database."""

    def strips(self) -> Sequence[Strip]:
        """What holds for now: the database is away, an event runs here."""

    def notices(self) -> Sequence[str]:
        """What is wrong with flows, directory or roster, and where: a text each."""

    def languages_today(self) -> Sequence[str]:
        """Tags of the languages at the counter today, by the roster."""

    def lines(self, language: str) -> Sequence[tuple[InterpreterLine, Opening]]:
        """Interpreters by telephone for a language, those to be reached now first."""

    def in_disaster(self) -> bool: ...

    def switch_disaster(self, on: bool, done: Callable[[Trouble | None], None]) -> None: ...

    def call_next(self, done: Callable[[Pick | Trouble | None], None]) -> None: ...

    def change(
        self,
        ticket: Ticket,
        apply: Callable[[Ticket], Ticket],
        done: Callable[[Ticket | Trouble], None],
    ) -> None: ...

    def reprint(self, ticket: Ticket, done: Callable[[Trouble | None], None]) -> None: ...

    def places(self, ticket: Ticket, done: Callable[[Sequence[Slot] | Trouble], None]) -> None:
        """Free places with the specialists for what was told, the best first."""

    def book(
        self,
        ticket: Ticket,
        slot: Slot,
        apply: Callable[[Ticket], Ticket],
        done: Callable[[Ticket | Trouble], None],
    ) -> None:
        """Take a place for the ticket, which `apply` then sends there: both or neither."""

    def give_back(self, ticket: Ticket, done: Callable[[Ticket | Trouble], None]) -> None:
        """Cancel its appointment; one that waited for nothing else is closed."""

    def find(self, paper: Paper, done: Callable[[Ticket | Trouble | None], None]) -> None:
        """The ticket of a slip, of any day kept; None where there is none."""

    def get(self, ticket_id: str, done: Callable[[Ticket | Trouble | None], None]) -> None: ...
