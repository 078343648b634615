"""Booked places with specialists at rest: a journal per day of appointment, as the tickets have one.

A booking says which ticket comes to which specialist when, and nothing of what the ticket tells.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from kiosk.core.roster import Specialist, free
from kiosk.core.ticket import Ticket
from kiosk.errors import Trouble
from kiosk.store import files
from kiosk.store.erasing import erase_before
from kiosk.store.faults import Faults
from kiosk.store.journal import SUFFIX, Journal, days_in
from kiosk.store.protocol import Fault
from kiosk.store.record import Record
from kiosk.store.rewriting import drop

log = logging.getLogger(__name__)

BOOK, CANCEL = "book", "cancel"
WRITE_WAIT = 8.0
"""Seconds a booking waits for another process: longer than that one may wait for the tickets' store."""
LOOK_WAIT = 0.05
"""Seconds a reader waits for others' changes before it answers with what it knows."""
TORN, DAMAGED = "trouble.bookings_torn", "trouble.bookings_damaged"


@dataclass(frozen=True)
class Booking:
    """One place taken. A ticket has at most one."""

    specialist: str
    at: datetime
    """In the office's zone."""
    ticket_id: str
    number: str
    day: date
    """The ticket's service day: its number belongs to that day."""


class Bookings:
    """The bookings in a folder of this machine, shared by all its processes and threads.

    Writing methods return only when the change is on disk, and raise Trouble with `trouble.store_busy`,
    `trouble.disk_full` or `trouble.store_failed`. Making it reads nothing: whatever lies there, it starts.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = files.Lock(folder)
        self._days: dict[date, _Day] = {}
        self._faults = Faults()
        self._restored = 0
        """How much of the damage `restore` has seen to."""
        try:
            files.make_folder(folder)
        except OSError as error:
            log.error("%s", files.trouble(error, "make the bookings' folder"))

    def book(self, specialist: Specialist, at: datetime, ticket: Callable[[], Ticket]) -> Booking:
        """Take a place for the ticket that `ticket` issues. Raises Trouble("trouble.place_taken") before any
        ticket is issued, and what `ticket` raises.

        The place is held, the ticket written, then the booking: so no place is taken by a ticket that does
        not exist. Where this raises after `ticket` has answered, the ticket has no place, and whoever called
        takes the appointment off it. Where the machine dies in between, a ticket is left that nobody was told
        of and no queue holds.
        """
        with self._lock.hold(WRITE_WAIT):
            day = self._day(at.date())
            day.catch_up()
            taken = [one.at for one in day.bookings() if one.specialist == specialist.id]
            if not free(specialist, at, taken):
                raise Trouble("trouble.place_taken", log=f"no place left with {specialist.id}")
            issued = ticket()
            booking = Booking(specialist.id, at, issued.id, issued.number, issued.day)
            day.write([(BOOK, booking)])
        return booking

    def cancel(self, ticket_id: str) -> Booking | None:
        """Give the ticket's place back. Answers what it was; None where the ticket has none."""
        with self._lock.hold(WRITE_WAIT):
            for name in reversed(self.days()):
                day = self._day(name)
                day.catch_up()
                booking = day.booking(ticket_id)
                if booking is not None:
                    day.write([(CANCEL, booking)])
                    return booking
        return None

    def restore(self, bookings: Iterable[Booking]) -> int:
        """Write those that are missing, whatever places there are; how many. For damage only: they come from
        tickets."""
        count, damage = 0, self._damage()
        with self._lock.hold(WRITE_WAIT):
            for booking in bookings:
                day = self._day(booking.at.date())
                day.catch_up()
                if day.booking(booking.ticket_id) is None:
                    day.write([(BOOK, booking)])
                    count += 1
        self._restored = damage
        return count

    def on(self, day: date) -> list[Booking]:
        """All of a day, by time."""
        found = self._day(day)
        if found.stale():
            try:
                with self._lock.hold(LOOK_WAIT if found.loaded else WRITE_WAIT):
                    found.catch_up()
            except Trouble:
                if not found.loaded:
                    raise
        return sorted(found.bookings(), key=lambda one: (one.at, one.day, one.number))

    def since(self, day: date) -> list[Booking]:
        """All of a day and the days after it, by time."""
        return [booking for name in self.days() if name >= day for booking in self.on(name)]

    def taken(self, specialist_id: str, since: date) -> list[datetime]:
        """The times booked with a specialist, each as often as it was booked."""
        return [one.at for one in self.since(since) if one.specialist == specialist_id]

    def days(self) -> list[date]:
        """Days somebody booked, oldest first."""
        return days_in(self.folder)

    def faults(self) -> tuple[Fault, ...]:
        """Damage met in the days read so far; file and copy are named from the data folder."""
        return self._faults.met

    @property
    def damaged(self) -> bool:
        """Whether bookings that were acknowledged may be missing; one cut off while written never was."""
        return self._damage() > self._restored

    def erase_before(self, day: date) -> tuple[date, ...]:
        """Delete the bookings of days before `day`; the days that went. Raises Trouble."""
        with self._lock.hold(WRITE_WAIT):
            self.close()
            return erase_before(self.folder, day)

    def forget(self, unwanted: Callable[[Booking], bool]) -> int:
        """Take bookings out of their files as if they had never been made: their tickets are erased. How many
        days were written anew. Raises Trouble."""

        def drops(body: Mapping[str, Any]) -> bool:
            try:
                return unwanted(_read(body))
            except (KeyError, TypeError, ValueError, AttributeError):
                return False

        with self._lock.hold(WRITE_WAIT):
            try:
                paths = {day: self.folder / f"{day}{SUFFIX}" for day in self.days()}
                count = sum(drop(path, day, drops) for day, path in paths.items())
            except OSError as error:
                raise files.trouble(error, "forget bookings") from error
            for day in self._days.values():
                day.close()
        return count

    def close(self) -> None:
        """Let go of files; the next look reads them anew."""
        with self._lock.hold(WRITE_WAIT):
            for day in self._days.values():
                day.close()
            self._days.clear()

    def _damage(self) -> int:
        return sum(fault.key == DAMAGED for fault in self._faults.met)

    def _day(self, day: date) -> _Day:
        with self._lock.threads():
            return self._days.setdefault(day, _Day(self.folder, day, self._note))

    def _note(self, fault: Fault) -> None:
        key = TORN if fault.key == "trouble.journal_torn" else DAMAGED
        file, copy = (name and f"{self.folder.name}/{name}" for name in (fault.file, fault.copy))
        self._faults.add(replace(fault, key=key, file=file, copy=copy))


class _Day:
    """The bookings for one day. All but `stale`, `booking` and `bookings` is called under the lock."""

    def __init__(self, folder: Path, day: date, report: Callable[[Fault], None]) -> None:
        self.loaded = False
        self._report = report
        self._journal = Journal(folder, day, report)
        self._held: dict[str, Booking] = {}
        """By ticket."""

    def stale(self) -> bool:
        return not self.loaded or self._journal.stale()

    def bookings(self) -> list[Booking]:
        return list(self._held.values())

    def booking(self, ticket_id: str) -> Booking | None:
        return self._held.get(ticket_id)

    def catch_up(self) -> None:
        """Read the file, or what others added to it. Raises Trouble."""
        reading = self._journal.catch_up()
        self.loaded = True
        held = {} if reading.fresh else dict(self._held)
        for item in reading.items:
            if isinstance(item, Record):
                self._take(item, held)
        self._held = held

    def write(self, changes: Iterable[tuple[str, Booking]]) -> None:
        """Put them on disk, then into memory. Raises Trouble; then memory is unchanged."""
        changes = list(changes)
        try:
            self._journal.append([(kind, _body(booking)) for kind, booking in changes])
        except Trouble:
            # Read anew before the next change: a failed flush leaves nothing to rely on.
            self.close()
            raise
        for kind, booking in changes:
            self._apply(kind, booking, self._held)

    def close(self) -> None:
        self._journal.close()
        self.loaded = False

    def _take(self, record: Record, held: dict[str, Booking]) -> None:
        try:
            booking = _read(record.body)
            if record.kind not in (BOOK, CANCEL):
                raise ValueError(record.kind)
        except (KeyError, TypeError, ValueError, AttributeError):
            place = f"record {record.sequence}"
            self._report(Fault("trouble.journal_unknown", self._journal.path.name, place))
            return
        self._apply(record.kind, booking, held)

    @staticmethod
    def _apply(kind: str, booking: Booking, held: dict[str, Booking]) -> None:
        if kind == BOOK:
            held[booking.ticket_id] = booking
        else:
            held.pop(booking.ticket_id, None)


def _body(booking: Booking) -> dict[str, Any]:
    return {
        "specialist": booking.specialist,
        "at": booking.at.isoformat(),
        "ticket": booking.ticket_id,
        "number": booking.number,
        "day": booking.day.isoformat(),
    }


def _read(body: Mapping[str, Any]) -> Booking:
    """The booking of a record; raises where it is not as written."""
    at = datetime.fromisoformat(body["at"])
    if at.tzinfo is None:
        raise ValueError("a time without its zone")
    return Booking(
        specialist=str(body["specialist"]),
        at=at,
        ticket_id=str(body["ticket"]),
        number=str(body["number"]),
        day=date.fromisoformat(body["day"]),
    )
