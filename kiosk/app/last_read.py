"""What the console's desk last read: today's tickets and appointments, what is wrong with them, the event.

Everything here that reads is for threads beside the window, one at a time: an older list must never replace a
newer one. What was read lies ready for the window, which never waits.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from kiosk.app import appointments, auditing, strips
from kiosk.app.held_over import HeldOver
from kiosk.app.office import Office, kept
from kiosk.app.opened import Opened
from kiosk.core.ticket import Ticket
from kiosk.errors import Trouble
from kiosk.store.contents import CLOSED
from kiosk.ui.counter.desk import Appointment, Strip

if TYPE_CHECKING:
    from kiosk.store.protocol import Fault

log = logging.getLogger(__name__)

LOOKS = 8
"""Appointments and what is on hold from earlier days are read at every so manyth look, two seconds apart:
nothing announces another's booking, nor a change of an earlier day's ticket."""


class LastRead:
    """Read once at the beginning, and whenever something changed. `opened` says what may be shown."""

    def __init__(self, office: Office, opened: Opened) -> None:
        self._office, self._opened = office, opened
        self._reading = threading.Lock()
        self.tickets: Sequence[Ticket] = ()
        """Today's, and those of earlier days that are on hold or have an appointment today."""
        self.appointments: Sequence[Appointment] = ()
        self.event: tuple[Strip, ...] = ()
        self._held = HeldOver(office, opened)
        self._looks = 0
        self._unread: Trouble | None = None
        """Why today's tickets could not be read when that was last tried."""
        self._faults: tuple[Fault, ...] = ()
        self._met: tuple[Fault, ...] = ()
        """Damage other processes met in past days."""
        self._pack: datetime | None = None
        """When the newest pack of an outreach event was written."""
        self._news = False
        self.anew()

    # For the window

    def news(self) -> bool:
        """Whether there is something new since this was last asked."""
        news, self._news = self._news, False
        return news

    def troubles(self) -> list[Trouble]:
        """What is wrong with the tickets, newest last."""
        found = [Trouble(one.key, file=one.file, place=one.place, copy=one.copy) for one in self._faults]
        return [*found, *(one for one in (self._opened.unaudited, self._unread) if one)]

    def close(self) -> None:
        """Without what the tickets tell: the keys are gone."""
        self.tickets = [replace(case, content=CLOSED) for case in self.tickets]
        self.appointments = [_closed(one) for one in self.appointments]

    # Beside the window

    def anew(self) -> None:
        with self._reading:
            self._read()

    def look(self) -> None:
        """Read anew where something may have changed."""
        self._looks += 1
        with self._reading:
            # One that could not be read is tried again: nobody else's change may ever announce it.
            wrong = self._unread is not None or self._opened.unaudited is not None
            if due := self._held.due():
                self._held.look()
            if due or self._office.store.refresh() or wrong or self._others_came() or self._packed():
                self._read()

    def write(self, change: Callable[[], Any]) -> Any:
        """Change something; the tickets are read anew before the answer comes, changed or not."""
        with self._reading:
            try:
                return kept(self._office.store, change)
            finally:
                self._read()

    def met(self, faults: Iterable[Fault]) -> None:
        """Another process met this damage while it read days for this console."""
        known = (*self._office.store.faults(), *self._met)
        more = tuple(fault for fault in faults if fault not in known)
        if more:
            self._met = (*self._met, *more)
            self.anew()

    def let_go(self) -> None:
        """Read anew what was read with the keys: the store forgets it with that."""
        with self._reading:
            for day in self._opened.let_go():
                with suppress(Trouble):
                    self._office.store.tickets(day)
            self._read()

    def _others_came(self) -> bool:
        """Whether appointments, or what is on hold from earlier days, are other ones than last read."""
        if self._looks % LOOKS:
            return False
        if self._held.unread:
            self._held.look()
        known = {case.id: case for case in self.tickets}
        if any(known.get(case.id) != case for case in self._held.tickets(known)):
            return True
        if not self._office.bookings.days():
            return False
        try:
            return appointments.of_today(self._office, self._opened) != tuple(self.appointments)
        except Trouble:
            return False

    def _packed(self) -> bool:
        """Whether a pack was written since the event was last told."""
        before, self._pack = self._pack, strips.last_pack(self._office)
        return before != self._pack

    def _read(self) -> None:
        before, self._unread = self._unread, None
        self._office.audit.catch_up()
        wrong, self._opened.unaudited = self._opened.unaudited, auditing.late(self._office)
        today, booked = self.tickets, self.appointments
        try:
            today = [self._opened.shown(case) for case in self._office.store.tickets()]
            # Read last: where the bookings cannot be read, the tickets are shown all the same.
            booked = appointments.of_today(self._office, self._opened)
        except Trouble as trouble:
            self._unread = trouble
            if before is None or before.key != trouble.key:
                log.error("today's tickets or bookings cannot be read: %s", trouble)
        self.event = strips.of_event(self._office, self._opened.place.tongue)
        found, known = {case.id: case for case in today}, {case.id: case for case in self.tickets}
        guests = [one.ticket for one in booked if one.ticket is not None]
        for case in (*guests, *self._held.tickets(known)):
            found.setdefault(case.id, case)
        self.tickets, self.appointments = tuple(found.values()), booked
        self._faults = (*self._office.store.faults(), *self._met, *self._office.bookings.faults())
        told = self._opened.unaudited.key if self._opened.unaudited else ""
        self._news = self._news or self._unread is None or before is None or told != (wrong and wrong.key)


def _closed(one: Appointment) -> Appointment:
    """Without what its ticket tells."""
    return replace(one, ticket=replace(one.ticket, content=CLOSED) if one.ticket else None)
