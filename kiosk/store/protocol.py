"""What a ticket store does, whatever holds the tickets."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol

from kiosk.core.ticket import Content, Ticket
from kiosk.core.waiting import Pick

if TYPE_CHECKING:
    from kiosk.store.carrying import Carried


@dataclass(frozen=True)
class Named:
    """A ticket as a report tells it."""

    id: str
    day: date
    number: str
    reason: str = ""
    """Of a conflict: `two_counters`, `ended_twice` (kiosk.core.merge), `number_twice`. Of a refusal:
    `other_number` (the id is known under another number, day or language), `past` (kept long enough),
    `erased` (on request, or with its day), `closed` (its content does not open)."""


@dataclass(frozen=True)
class MergeReport:
    """What became of tickets that came from another store. Each is in one of the first four."""

    new: tuple[Named, ...] = ()
    changed: tuple[Named, ...] = ()
    unchanged: tuple[Named, ...] = ()
    refused: tuple[Named, ...] = ()
    conflicts: tuple[Named, ...] = ()
    """New or changed ones that staff should look at: kept as they happened, and nothing was left out."""

    def plus(self, other: MergeReport) -> MergeReport:
        return MergeReport(
            (*self.new, *other.new),
            (*self.changed, *other.changed),
            (*self.unchanged, *other.unchanged),
            (*self.refused, *other.refused),
            (*self.conflicts, *other.conflicts),
        )


@dataclass(frozen=True)
class Fault:
    """Damage met while reading, told to staff. Never holds anything of what a ticket says."""

    key: str
    """Catalogue key of the sentence: `trouble.journal_…`."""
    file: str
    """Name of the file inside the store's folder."""
    place: str
    """Where in the file, such as `byte 4096, 212 bytes`."""
    copy: str = ""
    """Where the damaged bytes are kept, inside the store's folder; empty where nothing was copied."""


class TicketStore(Protocol):
    """Tickets at rest. Safe to use from several threads and several processes.

    Writing methods return only when the change is on disk, and raise Trouble with `trouble.store_busy`
    (another process held the store too long), `trouble.disk_full` or `trouble.store_failed`; after any of
    them nothing has changed.
    """

    def issue(
        self,
        content: Content,
        *,
        language: str,
        at: datetime,
        referred: bool = False,
        lane: str = "",
        due: datetime | None = None,
    ) -> Ticket:
        """A new waiting ticket of the service day with the device's next number, never given before that day.

        `referred` ends it at once: the resident needs no counter. It goes first where the content is
        sensitive or says so itself (danger now). `lane` and `due` are those of an appointment.
        """
        ...

    def tickets(self, day: date | None = None) -> list[Ticket]:
        """All tickets of a service day in number order; today's where no day is given."""
        ...

    def get(self, ticket_id: str) -> Ticket:
        """The ticket of any day. Raises Trouble("trouble.ticket_unknown")."""
        ...

    def change(self, ticket_id: str, apply: Callable[[Ticket], Ticket]) -> Ticket:
        """Apply a change to the ticket as it stands now, whoever changed it last; answers the changed ticket.

        What `apply` raises (IllegalChange above all) passes through and nothing is written; nor is anything
        where it answers the same ticket. `apply` may run under a lock: it must be quick and may not write to
        the store. Raises Trouble("trouble.ticket_unknown"), and ValueError where `apply` altered id, number,
        day, language, or a period already written.
        """
        ...

    def call_next(
        self,
        *,
        counter: str,
        languages: Collection[str],
        at: datetime,
        staff: str = "",
        lanes: Collection[str] = (),
    ) -> Pick | None:
        """Pick the next waiting ticket of today and call it in one step: no ticket goes to two counters.

        `lanes` are served besides the counter's own, as in kiosk.core.waiting.served.

        The pick holds the ticket as called. A ticket left waiting when its day ended is not called: its
        resident went home. It stays in its own day's list.
        """
        ...

    def mark(self, day: date) -> str:
        """What the day's tickets are now, in a few letters: other ones after any change by anybody. Empty
        where that cannot be told now."""
        ...

    def carried(self, day: date) -> list[Carried]:
        """A day's tickets as they lie here, sealed as they are, for another store to take over."""
        ...

    def merge(self, tickets: Iterable[Carried]) -> MergeReport:
        """Take over tickets of another store, of any day and letter: union, never overwritten.

        In any order, twice or in parts, the end is the same. What was sealed is taken as it is; the keys it
        opens with come another way (Keyring.adopt). One flush a day: where it raises, the days before are
        taken over and merging again does the rest.
        """
        ...

    def refresh(self) -> bool:
        """Whether today's tickets were changed by another process, or a new day began, since last asked.

        Made to be asked several times a second: a look at the file's size and time where nothing changed.
        """
        ...

    def faults(self) -> tuple[Fault, ...]:
        """Damage met in the days read so far, oldest first."""
        ...

    def days(self) -> list[date]:
        """The service days with tickets kept, oldest first."""
        ...

    def close(self) -> None:
        """Let go of files. Using the store again opens and verifies them anew."""
        ...
