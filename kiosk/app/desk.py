"""The console's desk on an office: tickets, appointments, roster and printer, beside the window."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from kiosk.app import appointments, auditing, places, strips
from kiosk.app.office import Office, is_holiday, kept
from kiosk.app.opened import Opened
from kiosk.app.slips import print_out, slip_of_ticket
from kiosk.core.hours import Opening
from kiosk.core.roster import InterpreterLine, Slot, languages_on, lines_for, spoken
from kiosk.core.ticket import Ticket
from kiosk.core.waiting import Pick
from kiosk.errors import Trouble
from kiosk.store.contents import CLOSED
from kiosk.ui.counter.desk import Appointment, Closed, Paper, Protection, Strip
from kiosk.ui.counter.place import Choices, Place
from kiosk.workers import Reply, Results, run_in_thread

if TYPE_CHECKING:
    from kiosk.store.protocol import Fault

log = logging.getLogger(__name__)

LOOKS = 8
"""Appointments are read at every so manyth look, two seconds apart: nothing announces another's booking."""


class OfficeDesk:
    """The console's desk on the office's store. Reading, changes and printing run beside the window."""

    def __init__(self, office: Office, results: Results, place: Place) -> None:
        self._office, self._results, self._place = office, results, place
        self._opened = Opened(office, place)
        self._reading = threading.Lock()
        self._tickets: Sequence[Ticket] = ()
        self._appointments: Sequence[Appointment] = ()
        self._looks = 0
        self._unread: Trouble | None = None
        """Why today's tickets could not be read when that was last tried."""
        self._told: tuple[Fault, ...] = ()
        self._met: tuple[Fault, ...] = ()
        """Damage other processes met in past days."""
        self._strips: tuple[Strip, ...] = ()
        self._pack: datetime | None = None
        """When the newest pack of an outreach event was written."""
        self._erased: date | None = None
        self._news = self._looking = False
        with self._reading:
            self._read()

    def now(self) -> datetime:
        return self._office.now()

    def sit(self, place: Place) -> Place:
        self._place = self._opened.place = places.told(self._office, place)
        self.__dict__.pop("_notices", None)
        places.keep(self._office, self._place)
        run_in_thread(self._results, self._read_anew, _note)
        return self._place

    def choices(self) -> Choices:
        say, own = self._office.catalogue(self._place.tongue).text, self._office.settings.office
        numbers = {str(n) for n in range(1, own.counters + 1)} | {self._place.counter}
        counters = sorted((n for n in numbers if n.isdigit()), key=int)
        tags = [tag for tag in self._office.languages if spoken(tag) != "ja"]
        return Choices(
            (*((n, say("console.counter", n=n)) for n in counters), *((desk, desk) for desk in own.desks)),
            tuple(tags),
            tuple((one.id, one.name(self._place.tongue, say)) for one in self._office.roster.specialists),
        )

    def stand_beside(self, ticket_id: str, done: Callable[[Trouble | None], None]) -> None:
        self._opened.beside = ticket_id
        run_in_thread(self._results, self._read_anew, lambda reply: done(reply.trouble))

    def _read_anew(self) -> None:
        with self._reading:
            self._read()

    def refresh(self) -> bool:
        if not self._looking:
            self._looking = True
            run_in_thread(self._results, self._look, self._looked)
        news, self._news = self._news, False
        return news

    def tickets(self) -> Sequence[Ticket]:
        return self._tickets

    def troubles(self) -> Sequence[Trouble]:
        wrong = ", ".join(fault.key for fault in self._office.settings_faults)
        found = [Trouble("trouble.settings", keys=wrong)] if wrong else []
        why = strips.database_trouble(self._office)
        if why is not None and why.key != "trouble.database_away":
            found.append(why)
        found += [Trouble(f.key, file=f.file, place=f.place, copy=f.copy) for f in self._told]
        return [*found, *(one for one in (self._opened.unaudited, self._unread) if one)]

    def appointments(self) -> Sequence[Appointment]:
        return self._appointments

    def protection(self) -> Protection:
        keys = self._office.keys
        if not keys.protected:
            return "unset"
        if keys.is_open:
            return "open"
        return "away" if self._key_is_away else "locked"

    @cached_property
    def _key_is_away(self) -> bool:
        """A folder never changes from a tablet's into an office's."""
        return self._office.keys.away

    def unlock(self, words: str, done: Callable[[Trouble | None], None]) -> None:
        def work() -> None:
            try:
                self._office.keys.unlock(words)
            except Trouble as trouble:
                if trouble.key == "trouble.passphrase_wrong":
                    place = self._place
                    auditing.tell(self._office, "keys_wrong", staff=place.staff, counter=place.counter)
                raise
            with self._reading:
                self._read()

        run_in_thread(self._results, work, lambda reply: done(reply.trouble))

    def lock(self) -> None:
        self._office.keys.lock()
        self._tickets = [replace(case, content=CLOSED) for case in self._tickets]
        self._appointments = [_closed(one) for one in self._appointments]
        run_in_thread(self._results, self._let_go, lambda _reply: None)

    def looked_through(self, day: date) -> None:
        """A day was read with the keys: what was read is let go when the console is locked."""
        self._opened.looked_through(day)

    def met(self, faults: Iterable[Fault]) -> None:
        """Another process met this damage while it read days for this console. From any thread."""
        known = (*self._office.store.faults(), *self._met)
        more = tuple(fault for fault in faults if fault not in known)
        if more:
            self._met = (*self._met, *more)
            self._read_anew()

    def _let_go(self) -> None:
        """Read anew what was read with the keys: the store forgets it with that."""
        with self._reading:
            days = self._opened.let_go()
            for day in days:
                with suppress(Trouble):
                    self._office.store.tickets(day)
            self._read()

    def why_closed(self, ticket: Ticket) -> Closed:  # noqa: ARG002
        protection = self.protection()
        if protection in ("locked", "away"):
            return "away" if protection == "away" else "locked"
        wrong = self._opened.unaudited
        return "audit" if wrong is not None and wrong.key == "trouble.audit_failed" else "damaged"

    def away(self) -> bool:
        return strips.database_trouble(self._office) is not None

    def strips(self) -> Sequence[Strip]:
        return (*strips.of_database(self._office, self._place.tongue), *self._strips)

    def notices(self) -> Sequence[str]:
        return self._notices

    @cached_property
    def _notices(self) -> tuple[str, ...]:
        """Read once a language: what is used does not change until this process ends."""
        return strips.notices(self._office, self._place.tongue)

    def languages_today(self) -> Sequence[str]:
        return languages_on(self._office.roster, self._office.today(), is_holiday)

    def lines(self, language: str) -> Sequence[tuple[InterpreterLine, Opening]]:
        return lines_for(self._office.roster, language, self.now(), is_holiday)

    def in_disaster(self) -> bool:
        return self._office.in_disaster()

    def switch_disaster(self, on: bool, done: Callable[[Trouble | None], None]) -> None:
        run_in_thread(
            self._results,
            lambda: self._office.switch_disaster(on, self._place.staff),
            lambda reply: done(reply.trouble),
        )

    def call_next(self, done: Callable[[Pick | Trouble | None], None]) -> None:
        def write() -> Pick | None:
            found = self._office.store.call_next(
                counter=self._place.counter,
                languages=self._place.languages,
                at=self.now(),
                staff=self._place.staff,
                lanes=self._place.lanes,
            )
            if found is not None:
                called = found.ticket
                auditing.changed(self._office, replace(called, periods=called.periods[:-1]), called)
                found = replace(found, ticket=self._opened.shown(called))
            return found

        self._write(write, lambda reply: done(reply.trouble or reply.value))

    def change(
        self, ticket: Ticket, apply: Callable[[Ticket], Ticket], done: Callable[[Ticket | Trouble], None]
    ) -> None:
        self._write(
            lambda: self._opened.shown(self._opened.told_why(lambda: self._opened.change(ticket.id, apply))),
            lambda reply: done(reply.trouble or reply.value),
        )

    def places(self, ticket: Ticket, done: Callable[[Sequence[Slot] | Trouble], None]) -> None:
        run_in_thread(
            self._results,
            lambda: appointments.places(self._office, ticket),
            lambda reply: done(reply.trouble or reply.value),
        )

    def book(
        self,
        ticket: Ticket,
        slot: Slot,
        apply: Callable[[Ticket], Ticket],
        done: Callable[[Ticket | Trouble], None],
    ) -> None:
        self._write(
            lambda: appointments.book(self._office, self._opened, ticket.id, slot, apply),
            lambda reply: done(reply.trouble or reply.value),
        )

    def give_back(self, ticket: Ticket, done: Callable[[Ticket | Trouble], None]) -> None:
        self._write(
            lambda: appointments.give_back(self._office, self._opened, ticket.id, self._place.staff),
            lambda reply: done(reply.trouble or reply.value),
        )

    def find(self, paper: Paper, done: Callable[[Ticket | Trouble | None], None]) -> None:
        run_in_thread(
            self._results,
            lambda: self._opened.find(paper),
            lambda reply: done(reply.trouble or reply.value),
        )

    def get(self, ticket_id: str, done: Callable[[Ticket | Trouble | None], None]) -> None:
        run_in_thread(
            self._results,
            lambda: self._opened.get(ticket_id),
            lambda reply: done(reply.trouble or reply.value),
        )

    def reprint(self, ticket: Ticket, done: Callable[[Trouble | None], None]) -> None:
        def work() -> None:
            place = self._place
            auditing.tell(self._office, "reprint", ticket.id, staff=place.staff, counter=place.counter)
            print_out(self._office, slip_of_ticket(self._office, ticket), ticket.number)

        run_in_thread(self._results, work, lambda reply: done(reply.trouble))

    def _write(self, write: Callable[[], Any], done: Callable[[Reply], None]) -> None:
        """Change something; the tickets are read anew before the answer comes, changed or not."""

        def work() -> Any:
            with self._reading:
                try:
                    return kept(self._office.store, write)
                finally:
                    self._read()

        run_in_thread(self._results, work, done)

    def _look(self) -> None:
        self._looks += 1
        with self._reading:
            # One that could not be read is tried again: nobody else's change may ever announce it.
            wrong = self._unread is not None or self._opened.unaudited is not None
            if self._office.store.refresh() or wrong or self._others() or self._packed():
                self._read()
        if self._erased != self._office.today():
            # Every day anew: what the kiosk cannot open is counted here before it goes.
            self._erased = self._office.today()
            self._office.erase_old()

    def _others(self) -> bool:
        """Whether appointments are other ones than last read."""
        if self._looks % LOOKS or not self._office.bookings.days():
            return False
        try:
            return appointments.of_today(self._office, self._opened) != tuple(self._appointments)
        except Trouble:
            return False

    def _packed(self) -> bool:
        """Whether a pack was written since the event was last told."""
        before, self._pack = self._pack, strips.last_pack(self._office)
        return before != self._pack

    def _looked(self, reply: Reply) -> None:
        self._looking = False
        if reply.trouble is not None:
            log.error("looking for changes failed: %s", reply.trouble)

    def _read(self) -> None:
        """Read today's tickets, one thread at a time: an older list must never replace a newer one."""
        before, self._unread = self._unread, None
        self._office.audit.catch_up()
        wrong, self._opened.unaudited = self._opened.unaudited, auditing.late(self._office)
        today, booked = self._tickets, self._appointments
        try:
            today = [self._opened.shown(case) for case in self._office.store.tickets()]
            # Read last: where the bookings cannot be read, the tickets are shown all the same.
            booked = appointments.of_today(self._office, self._opened)
        except Trouble as trouble:
            self._unread = trouble
            if before is None or before.key != trouble.key:
                log.error("today's tickets or bookings cannot be read: %s", trouble)
        self._strips = strips.of_event(self._office, self._place.tongue)
        here = {case.id for case in today}
        guests = [one.ticket for one in booked if one.ticket is not None and one.ticket.id not in here]
        self._tickets, self._appointments = (*today, *guests), booked
        self._told = (*self._office.store.faults(), *self._met, *self._office.bookings.faults())
        told = self._opened.unaudited.key if self._opened.unaudited else ""
        self._news = self._news or self._unread is None or before is None or told != (wrong and wrong.key)


def _note(reply: Reply) -> None:
    if reply.trouble is not None:
        log.error("the tickets could not be read: %s", reply.trouble)


def _closed(one: Appointment) -> Appointment:
    """Without what its ticket tells."""
    return replace(one, ticket=replace(one.ticket, content=CLOSED) if one.ticket else None)
