"""The console's desk on an office: tickets, appointments, roster and printer, beside the window."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from kiosk.app import appointments, auditing, places, strips
from kiosk.app.last_read import LastRead
from kiosk.app.office import Office, is_holiday
from kiosk.app.opened import Opened
from kiosk.app.slips import print_out, slip_of_ticket
from kiosk.core.hours import Opening
from kiosk.core.roster import InterpreterLine, Slot, languages_on, lines_for, spoken
from kiosk.core.ticket import Ticket
from kiosk.core.waiting import Pick
from kiosk.errors import Trouble
from kiosk.ui.counter.desk import Appointment, Closed, Paper, Protection, Strip
from kiosk.ui.counter.place import Choices, Place
from kiosk.workers import Reply, Results, run_in_thread

if TYPE_CHECKING:
    from kiosk.store.protocol import Fault

log = logging.getLogger(__name__)

Answer = Callable[[Any], None]


class OfficeDesk:
    """The console's desk on the office's store. Reading, changes and printing run beside the window."""

    def __init__(self, office: Office, results: Results, place: Place) -> None:
        self._office, self._results = office, results
        self._opened = Opened(office, place)
        self._last = LastRead(office, self._opened)
        self._looking = False
        self._erased: date | None = None
        """The day on which old tickets were last erased."""

    def now(self) -> datetime:
        return self._office.now()

    # The place

    @property
    def _place(self) -> Place:
        return self._opened.place

    def sit(self, place: Place) -> Place:
        self._opened.place = places.told(self._office, place)
        self.__dict__.pop("_notices", None)
        places.keep(self._office, self._place)
        run_in_thread(self._results, self._last.anew, _note)
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
        self._do(self._last.anew, done)

    # What was last read

    def refresh(self) -> bool:
        if not self._looking:
            self._looking = True
            run_in_thread(self._results, self._look, self._looked)
        return self._last.news()

    def _look(self) -> None:
        self._last.look()
        if self._erased != self._office.today():
            # Every day anew: what the kiosk cannot open is counted here before it goes.
            self._erased = self._office.today()
            self._office.erase_old()

    def _looked(self, reply: Reply) -> None:
        self._looking = False
        if reply.trouble is not None:
            log.error("looking for changes failed: %s", reply.trouble)

    def tickets(self) -> Sequence[Ticket]:
        return self._last.tickets

    def appointments(self) -> Sequence[Appointment]:
        return self._last.appointments

    def troubles(self) -> Sequence[Trouble]:
        wrong = self._office.chosen_settings.trouble
        found = [wrong] if wrong is not None else []
        why = strips.database_trouble(self._office)
        if why is not None and why.key != "trouble.database_away":
            found.append(why)
        return [*found, *self._last.troubles()]

    def looked_through(self, day: date) -> None:
        """A day was read with the keys: what was read is let go when the console is locked."""
        self._opened.looked_through(day)

    def met(self, faults: Iterable[Fault]) -> None:
        """Another process met this damage while it read days for this console. From any thread."""
        self._last.met(faults)

    # Keys

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
            self._last.anew()

        self._do(work, done)

    def lock(self) -> None:
        self._office.keys.lock()
        self._last.close()
        run_in_thread(self._results, self._last.let_go, lambda _reply: None)

    def why_closed(self, ticket: Ticket) -> Closed:  # noqa: ARG002
        protection = self.protection()
        if protection in ("locked", "away"):
            return "away" if protection == "away" else "locked"
        wrong = self._opened.unaudited
        return "audit" if wrong is not None and wrong.key == "trouble.audit_failed" else "damaged"

    # What holds today

    def away(self) -> bool:
        return strips.database_trouble(self._office) is not None

    def strips(self) -> Sequence[Strip]:
        tongue = self._place.tongue
        settings = strips.of_settings(self._office, tongue)
        return (*settings, *strips.of_database(self._office, tongue), *self._last.event)

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
        self._do(lambda: self._office.switch_disaster(on, self._place.staff), done)

    # Tickets

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

        self._write(write, done)

    def change(
        self, ticket: Ticket, apply: Callable[[Ticket], Ticket], done: Callable[[Ticket | Trouble], None]
    ) -> None:
        opened = self._opened
        self._write(lambda: opened.shown(opened.told_why(lambda: opened.change(ticket.id, apply))), done)

    def find(self, paper: Paper, done: Callable[[Ticket | Trouble | None], None]) -> None:
        self._ask(lambda: self._opened.find(paper), done)

    def get(self, ticket_id: str, done: Callable[[Ticket | Trouble | None], None]) -> None:
        self._ask(lambda: self._opened.get(ticket_id), done)

    def reprint(self, ticket: Ticket, done: Callable[[Trouble | None], None]) -> None:
        def work() -> None:
            place = self._place
            auditing.tell(self._office, "reprint", ticket.id, staff=place.staff, counter=place.counter)
            print_out(self._office, slip_of_ticket(self._office, ticket), ticket.number)

        self._do(work, done)

    # Appointments

    def places(self, ticket: Ticket, done: Callable[[Sequence[Slot] | Trouble], None]) -> None:
        self._ask(lambda: appointments.places(self._office, ticket), done)

    def book(
        self,
        ticket: Ticket,
        slot: Slot,
        apply: Callable[[Ticket], Ticket],
        done: Callable[[Ticket | Trouble], None],
    ) -> None:
        self._write(lambda: appointments.book(self._office, self._opened, ticket.id, slot, apply), done)

    def give_back(self, ticket: Ticket, done: Callable[[Ticket | Trouble], None]) -> None:
        staff = self._place.staff
        self._write(lambda: appointments.give_back(self._office, self._opened, ticket.id, staff), done)

    # Beside the window

    def _do(self, work: Callable[[], object], done: Callable[[Trouble | None], None]) -> None:
        run_in_thread(self._results, work, lambda reply: done(reply.trouble))

    def _ask(self, work: Callable[[], object], done: Answer) -> None:
        run_in_thread(self._results, work, lambda reply: done(reply.trouble or reply.value))

    def _write(self, change: Callable[[], object], done: Answer) -> None:
        """Change something; the tickets are read anew before the answer comes, changed or not."""
        self._ask(lambda: self._last.write(change), done)


def _note(reply: Reply) -> None:
    if reply.trouble is not None:
        log.error("the tickets could not be read: %s", reply.trouble)
