"""Tickets of an office with several machines: PostgreSQL, the same tickets for all of them."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from kiosk.core.clock import HybridClock, stamped
from kiosk.core.ticket import Ticket, call
from kiosk.core.waiting import Pick, format_number
from kiosk.errors import Trouble
from kiosk.store.carrying import Carried, carried
from kiosk.store.changes import by_number, hold_to, unknown
from kiosk.store.contents import closed
from kiosk.store.device import device_id
from kiosk.store.ids import Ids, day_of
from kiosk.store.issuing import Issues, New
from kiosk.store.keys import Keyring
from kiosk.store.pg import merging, rows, sharing
from kiosk.store.pg.claims import Asked, claim
from kiosk.store.pg.known import Known
from kiosk.store.pg.link import Link
from kiosk.store.pg.opening import Opening
from kiosk.store.protocol import Fault, MergeReport

if TYPE_CHECKING:
    from psycopg import Connection

log = logging.getLogger(__name__)

LOOK_EVERY = 10.0
"""Seconds after which `refresh` looks without having been woken: a machine may die before it wakes others."""
_MOST_MINE = 2000
_DAYS_KNOWN = 4
"""Days kept in memory besides today's."""
_NUMBER = """
INSERT INTO number (site, day, letter, last) VALUES (%(site)s, %(day)s, %(letter)s, %(floor)s + 1)
ON CONFLICT (site, day, letter) DO UPDATE SET last = greatest(number.last, %(floor)s) + 1 RETURNING last
"""


class Numbers(Protocol):
    """The numbers this machine gave, with the database and without."""

    def next(self, day: date, ask: Callable[[int], int]) -> int:
        """What `ask` answers to the last count given for the machine's letter, or possibly given; it is kept
        on disk before this returns, and no other process of the machine asks meanwhile. Raises Trouble."""
        ...


class PostgresStore(Issues):
    """The store in an office database, shared by all its machines. See TicketStore for the methods.

    `letter` (A to Z) begins this machine's numbers; `today` tells the service day; `device` is the file with
    this machine's id; `site` is written to every ticket issued here, and only tickets of `site` and `sees`
    are ever read, called or changed. `zone`: the office's time zone. Making it connects to nothing.

    Besides the Troubles of TicketStore: `trouble.database_away`, `…_refused` (user, password or name of the
    database), `…_url`, `…_driver`, `…_old` and `…_new` (version of the tables).
    """

    def __init__(
        self,
        url: str,
        *,
        letter: str,
        today: Callable[[], date],
        device: Path,
        keys: Keyring,
        site: str = "",
        sees: Collection[str] = (),
        zone: str = "UTC",
        numbers: Numbers | None = None,
    ) -> None:
        if not re.fullmatch("[A-Z]", letter):
            raise ValueError(f"a device's letter is one of A to Z, not {letter!r}")
        self.keys = keys
        self.site, self.sites = site, frozenset({site, *sees})
        self.letter, self.numbers, self._today = letter, numbers, today
        self._device = device
        self._clock: HybridClock | None = None
        self._ids = Ids()
        self._link = Link(url, zone=zone, name=f"madoguchi {letter}")
        self._known: dict[date, Known] = {}
        self._mine: dict[str, Carried] = {}
        """Written here on days that were never read."""
        self._faults: dict[Fault, None] = {}
        self._opening = Opening(keys, self.note, self._fetch_keys)
        self._changed = False
        self._shown: date | None = None
        self._looked = time.monotonic()

    def issue_new(self, new: New) -> Ticket:
        day = self._today()

        def write(connection: Connection[Any]) -> tuple[Carried, Carried | None]:
            count = self._next_count(connection, day)
            made = self.made(day, count, new, after=rows.stamps(connection, day))
            rows.insert(connection, made)
            self._link.announce(day, self.site)
            sharing.share(connection, self.keys, day)
            return made, made

        return self._own(self._link.write(write))

    def made(self, day: date, count: int, new: New, *, after: Iterable[str]) -> Carried:
        """A new ticket of this machine with the number of `count`, later than the stamps `after`; written
        nowhere yet. Raises Trouble."""
        number = format_number(self.letter, count)
        ticket = new.ticket(self._ids.next(new.at), number, day, self.site)
        ticket = stamped(None, ticket, self._clock_after(after, new.at))
        return carried(ticket, closed(self.keys, ticket, None, None))

    def tickets(self, day: date | None = None) -> list[Ticket]:
        return self._sorted(self._look(day or self._today()).held.values())

    def remembered(self, day: date) -> dict[str, Carried]:
        """The day's tickets by id as last read or written here, without asking the database."""
        known = self._known.get(day)
        mine = {key: one for key, one in self._mine.items() if one.ticket.day == day}
        return {**mine, **known.held} if known else mine

    def recalled(self, ticket_id: str) -> list[Carried]:
        """The ticket as last read or written here, if it was, without asking the database."""
        held = [*(one.held for one in list(self._known.values())), self._mine]
        return [found[ticket_id] for found in held if ticket_id in found]

    def shown(self, carried: Carried) -> Ticket:
        """The ticket with what it tells, as far as this process may read it."""
        return self._opening.ticket(carried)

    def note(self, fault: Fault) -> None:
        """Tell staff of damage, once."""
        if fault not in self._faults:
            log.warning("%s: %s at %s", fault.file, fault.key, fault.place)
            self._faults[fault] = None

    def get(self, ticket_id: str) -> Ticket:
        return self._opening.ticket(self._find(ticket_id))

    def change(self, ticket_id: str, apply: Callable[[Ticket], Ticket]) -> Ticket:
        if day_of(ticket_id) is None:
            raise unknown()

        def write(connection: Connection[Any]) -> tuple[Carried, Carried | None]:
            found = rows.read_locked(connection, self.sites, ticket_id)
            if found is None:
                raise unknown()
            content = self._opening.content(found)
            before = self._opening.ticket(found)
            after = apply(before)
            hold_to(before, after)
            if after == before:
                return found, None
            stamps = rows.stamps(connection, after.day)
            after = stamped(before, after, self._clock_after(stamps, after.periods[-1].at))
            made = carried(after, closed(self.keys, after, found.kept, content))
            if made.kept != found.kept:
                sharing.share(connection, self.keys, found.ticket.day)
            self._link.announce(made.ticket.day, rows.update(connection, found, made))
            grown = made.ticket.periods != found.ticket.periods or made.kept.stamps != found.kept.stamps
            return made, made if grown else None

        return self._own(self._link.write(write))

    def call_next(
        self,
        *,
        counter: str,
        languages: Collection[str],
        at: datetime,
        staff: str = "",
        lanes: Collection[str] = (),
    ) -> Pick | None:
        asked = Asked(self._today(), self.sites, counter, languages, at, lanes)

        def write(connection: Connection[Any]) -> tuple[tuple[Pick, Carried] | None, Carried | None]:
            found = claim(connection, asked)
            if found is None:
                return None, None
            before = found.found
            called = call(before.ticket, at, counter=counter, staff=staff)
            called = stamped(before.ticket, called, self._clock_after(found.stamps, at))
            after = Carried(called, before.kept)
            self._link.announce(asked.day, rows.update(connection, before, after))
            return (found.pick, after), after

        answer = self._link.write(write)
        if answer is None:
            return None
        return replace(answer[0], ticket=self._own(answer[1]))

    def mark(self, day: date) -> str:
        return self._link.reading(lambda connection: rows.mark(connection, self.sites, day))

    def carried(self, day: date) -> list[Carried]:
        found = self._look(day).held.values()
        return sorted(found, key=lambda one: by_number(one.ticket))

    def merge(self, tickets: Iterable[Carried]) -> MergeReport:
        """See TicketStore. New ones stay tickets of a site this machine sees, others become its own site's; a
        few hundred at a time are on disk or not."""
        report = MergeReport()
        for some in merging.portions(tickets):
            days = {one.ticket.day for one in some}

            def write(
                connection: Connection[Any], some: list[Carried] = some, days: set[date] = days
            ) -> tuple[merging.Merged, Carried | None]:
                for day in days:
                    sharing.share(connection, self.keys, day)
                merged = merging.merge(connection, self.site, self.sites, some)
                for day, site in merged.news:
                    self._link.announce(day, site)
                return merged, None

            merged = self._link.write(write)
            for one in merged.written:
                self._own(one)
            report = report.plus(merged.report)
        return report

    def refresh(self) -> bool:
        today = self._today()
        new_day = self._shown is not None and today != self._shown
        self._shown = today
        try:
            opened = self._link.opened
            heard = [one.partition(" ") for one in self._link.listen()]
            for_us = any(day == today.isoformat() and site in self.sites for day, _, site in heard)
            late = time.monotonic() - self._looked > LOOK_EVERY
            if self._link.opened != opened or for_us or (late and today in self._known):
                # A list never read is another one than whatever is shown.
                self._changed = self._changed or today not in self._known
                self._look(today)
        except Trouble as trouble:
            log.info("not refreshed: %s", trouble.log)
        changed, self._changed = self._changed, False
        return changed or new_day

    def faults(self) -> tuple[Fault, ...]:
        return (*self._faults, *self.keys.faults())

    def days(self) -> list[date]:
        return self._days(self.sites)

    def own_days(self) -> list[date]:
        """Days with tickets of this machine's site, oldest first. Raises Trouble."""
        return self._days((self.site,))

    def _days(self, sites: Collection[str]) -> list[date]:
        ask, values = "SELECT DISTINCT day FROM ticket WHERE site = ANY(%s) ORDER BY day", (list(sites),)
        return self._link.reading(lambda found: [day for (day,) in found.execute(ask, values).fetchall()])

    def erase_day(self, day: date) -> int:
        """Delete the tickets of a day of this machine's site, and the day's keys once no site has tickets of
        it; how many. Raises Trouble."""
        self._known.pop(day, None)
        return self._link.write(lambda connection: (merging.erase_day(connection, self.site, day), None))

    def erase(self, ticket_id: str, day: date, may: Callable[[Ticket], None]) -> None:
        """Take one ticket out, for every machine and for good; nothing where it is gone. `may` is asked with
        the ticket as it stands, and raises where it must stay. Raises Trouble."""

        def write(connection: Connection[Any]) -> tuple[None, Carried | None]:
            found = rows.read_locked(connection, self.sites, ticket_id)
            if found is not None:
                may(self._opening.ticket(found))
                merging.erase_ticket(connection, ticket_id, day)
                self._link.announce(day, found.ticket.site)
            return None, None

        self._link.write(write)
        for known in self._known.values():
            known.held.pop(ticket_id, None)

    def close(self) -> None:
        self._link.close()
        self._known.clear()

    def _next_count(self, connection: Connection[Any], day: date) -> int:
        def ask(floor: int) -> int:
            values = {"site": self.site, "day": day, "letter": self.letter, "floor": floor}
            (count,) = connection.execute(_NUMBER, values).fetchone() or (0,)
            return int(count)

        # Kept here before it is the database's: cut off between, a number is skipped and none given twice.
        return self.numbers.next(day, ask) if self.numbers else ask(0)

    def _find(self, ticket_id: str) -> Carried:
        if day_of(ticket_id) is None:
            raise unknown()
        where = "t.id = %(id)s"
        found = self._link.reading(lambda c: rows.read(c, self.sites, where, id=ticket_id))
        if not found:
            raise unknown()
        return found[0]

    def _look(self, day: date) -> Known:
        """The day with others' changes."""
        with self._link.held():
            known = self._known.get(day)
            if known is None or known.opened != self._link.opened:
                known = Known(day, known)
            over = day < self._today()
            news = self._link.reading(lambda connection: known.catch_up(connection, self.sites, over=over))
            known.opened, self._looked = self._link.opened, time.monotonic()
            first = day not in self._known
            self._known[day] = known
            self._mine = {key: one for key, one in self._mine.items() if one.ticket.day != day}
            for other in [one for one in list(self._known)[:-_DAYS_KNOWN] if one not in (day, self._today())]:
                del self._known[other]
            if news and not first and day == self._today():
                self._changed = True
            return known

    def _own(self, written: Carried) -> Ticket:
        """One's own change is no news."""
        known = self._known.get(written.ticket.day)
        if known is not None:
            known.held[written.ticket.id] = written
        elif len(self._mine) < _MOST_MINE:
            self._mine[written.ticket.id] = written
        return self._opening.ticket(written)

    def _sorted(self, held: Iterable[Carried]) -> list[Ticket]:
        return sorted((self._opening.ticket(one) for one in list(held)), key=by_number)

    def _fetch_keys(self, ticket: Ticket) -> None:
        try:
            self._link.reading(lambda connection: sharing.fetch(connection, self.keys, ticket.day))
        except Trouble as trouble:
            log.info("keys of %s not fetched: %s", ticket.day, trouble.log)

    def _clock_after(self, stamps: Iterable[str], now: datetime) -> HybridClock:
        """The clock, after whatever was written of a day by any machine."""
        clock = self._own_clock()
        for stamp in stamps:
            clock.see(stamp, now)
        return clock

    def _own_clock(self) -> HybridClock:
        if self._clock is None:
            self._clock = HybridClock(device_id(self._device, self.note))
        return self._clock
