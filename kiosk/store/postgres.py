"""Tickets of an office with several machines: PostgreSQL, the same tickets for all of them."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kiosk.core.changes import call
from kiosk.core.clock import stamped
from kiosk.core.ticket import Ticket
from kiosk.core.waiting import Pick
from kiosk.errors import Trouble
from kiosk.store.carrying import Carried, carried
from kiosk.store.changes import by_number, hold_to, unknown
from kiosk.store.contents import closed
from kiosk.store.faults import Faults
from kiosk.store.ids import day_of
from kiosk.store.issuing import Issues, New
from kiosk.store.keys import Keyring
from kiosk.store.pg import merging, rows, sharing
from kiosk.store.pg.claims import Asked, claim
from kiosk.store.pg.link import Link
from kiosk.store.pg.maker import Maker
from kiosk.store.pg.memory import Memory
from kiosk.store.pg.opening import Opening
from kiosk.store.protocol import Fault, MergeReport

if TYPE_CHECKING:
    from psycopg import Connection

log = logging.getLogger(__name__)


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
    ) -> None:
        if not re.fullmatch("[A-Z]", letter):
            raise ValueError(f"a device's letter is one of A to Z, not {letter!r}")
        self.keys = keys
        self.site, self.sites = site, frozenset({site, *sees})
        self._today = today
        self._faults = Faults()
        self.maker = Maker(letter, site, device, keys, self.note)
        self._link = Link(url, zone=zone, name=f"madoguchi {letter}")
        self._memory = Memory(self._link, self.sites, lambda: self._today())
        self._opening = Opening(keys, self.note, self._fetch_keys)
        self._shown: date | None = None

    def issue_new(self, new: New) -> Ticket:
        day = self._today()

        def write(connection: Connection[Any]) -> tuple[Carried, Carried | None]:
            count = self.maker.count(connection, day)
            made = self.maker.ticket(day, count, new, after=rows.stamps(connection, day))
            rows.insert(connection, made)
            self._link.announce(day, self.site)
            sharing.share(connection, self.keys, day)
            return made, made

        return self._write(write)

    def tickets(self, day: date | None = None) -> list[Ticket]:
        return self._sorted(self._memory.look(day or self._today()).values())

    def remembered(self, day: date) -> dict[str, Carried]:
        """The day's tickets by id as last read or written here, without asking the database."""
        return self._memory.of(day)

    def recalled(self, ticket_id: str) -> list[Carried]:
        """The ticket as last read or written here, if it was, without asking the database."""
        return self._memory.ticket(ticket_id)

    def shown(self, carried: Carried) -> Ticket:
        """The ticket with what it tells, as far as this process may read it."""
        return self._opening.ticket(carried)

    def note(self, fault: Fault) -> None:
        """Tell staff of damage, once."""
        self._faults.add(fault)

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
            after = stamped(before, after, self.maker.clock(stamps, after.periods[-1].at))
            made = carried(after, closed(self.keys, after, found.kept, content))
            if made.kept != found.kept:
                sharing.share(connection, self.keys, found.ticket.day)
            self._link.announce(made.ticket.day, rows.update(connection, found, made))
            grown = made.ticket.periods != found.ticket.periods or made.kept.stamps != found.kept.stamps
            return made, made if grown else None

        return self._write(write)

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
            called = stamped(before.ticket, called, self.maker.clock(found.stamps, at))
            after = Carried(called, before.kept)
            self._link.announce(asked.day, rows.update(connection, before, after))
            return (found.pick, after), after

        with self._link.held():
            answer = self._link.write(write)
            if answer is None:
                return None
            return replace(answer[0], ticket=self._own(answer[1]))

    def mark(self, day: date) -> str:
        return self._link.reading(lambda connection: rows.mark(connection, self.sites, day))

    def carried(self, day: date) -> list[Carried]:
        return sorted(self._memory.look(day).values(), key=lambda one: by_number(one.ticket))

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

            with self._link.held():
                merged = self._link.write(write)
                for one in merged.written:
                    self._memory.keep(one)
            report = report.plus(merged.report)
        return report

    def refresh(self) -> bool:
        today = self._today()
        new_day = self._shown is not None and today != self._shown
        self._shown = today
        return self._memory.refresh() or new_day

    def faults(self) -> tuple[Fault, ...]:
        return (*self._faults.met, *self.keys.faults())

    def days(self) -> list[date]:
        return self._days(self.sites)

    def own_days(self) -> list[date]:
        """Days with tickets of this machine's site, oldest first. Raises Trouble."""
        return self._days((self.site,))

    def _days(self, sites: Collection[str]) -> list[date]:
        ask, values = "SELECT DISTINCT day FROM ticket WHERE site = ANY(%s) ORDER BY day", (list(sites),)
        return self._link.reading(lambda found: [day for (day,) in found.execute(ask, values).fetchall()])

    def erase_day(self, day: date, tickets: Collection[str] | None = None, /) -> frozenset[str]:
        """See kiosk.store.erasing.Erasable. The day's keys go once no site has tickets of it."""
        with self._link.held():
            left = self._link.write(
                lambda connection: (merging.erase_day(connection, self.site, day, tickets), None)
            )
            self._memory.forget_day(day)
        if self.site in left.values():
            raise Trouble("trouble.store_busy", log=f"tickets of {day} came while it was erased")
        return frozenset(left)

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

        with self._link.held():
            self._link.write(write)
            self._memory.forget(ticket_id)

    def erased(self, day: date) -> frozenset[str]:
        """Ids of the day's tickets that were erased on request, by any machine. Raises Trouble."""
        ask = "SELECT ticket::text FROM erased WHERE day = %s"
        return self._link.reading(lambda found: frozenset(key for (key,) in found.execute(ask, (day,))))

    def close(self) -> None:
        self._link.close()
        self._memory.clear()

    def _find(self, ticket_id: str) -> Carried:
        if day_of(ticket_id) is None:
            raise unknown()
        where = "t.id = %(id)s"
        found = self._link.reading(lambda c: rows.read(c, self.sites, where, id=ticket_id))
        if not found:
            raise unknown()
        return found[0]

    def _write(self, write: Callable[[Connection[Any]], tuple[Carried, Carried | None]]) -> Ticket:
        with self._link.held():
            return self._own(self._link.write(write))

    def _own(self, written: Carried) -> Ticket:
        self._memory.keep(written)
        return self._opening.ticket(written)

    def _sorted(self, held: Iterable[Carried]) -> list[Ticket]:
        return sorted((self._opening.ticket(one) for one in list(held)), key=by_number)

    def _fetch_keys(self, ticket: Ticket) -> None:
        try:
            self._link.reading(lambda connection: sharing.fetch(connection, self.keys, ticket.day))
        except Trouble as trouble:
            log.info("keys of %s not fetched: %s", ticket.day, trouble.log)
