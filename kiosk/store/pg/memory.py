"""Days and tickets of the database as this process last read or wrote them."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Collection
from datetime import date

from kiosk.errors import Trouble
from kiosk.store.carrying import Carried
from kiosk.store.pg.known import Known
from kiosk.store.pg.link import Link

log = logging.getLogger(__name__)

LOOK_EVERY = 10.0
"""Seconds after which `refresh` looks without having been woken: a machine may die before it wakes others."""
_MOST_MINE = 2000
_DAYS_KNOWN = 4
"""Days kept in memory besides today's."""


class Memory:
    """What is known of the sites seen. Making it connects to nothing."""

    def __init__(self, link: Link, sites: Collection[str], today: Callable[[], date]) -> None:
        self._link, self._sites, self._today = link, sites, today
        self._days: dict[date, Known] = {}
        self._mine: dict[str, Carried] = {}
        """Written here on days that were never read."""
        self._changed = False
        self._looked = time.monotonic()

    def look(self, day: date) -> dict[str, Carried]:
        """The day's tickets by id, with others' changes. Raises Trouble."""
        with self._link.held():
            known = self._days.get(day)
            if known is None or known.opened != self._link.opened:
                known = Known(day, known)
            over = day < self._today()
            news = self._link.reading(lambda connection: known.catch_up(connection, self._sites, over=over))
            known.opened, self._looked = self._link.opened, time.monotonic()
            first = day not in self._days
            self._days[day] = known
            self._mine = self._mine_but(day)
            for other in [one for one in list(self._days)[:-_DAYS_KNOWN] if one not in (day, self._today())]:
                del self._days[other]
            if news and not first and day == self._today():
                self._changed = True
            return known.held

    def refresh(self) -> bool:
        """Whether others changed today's tickets since last asked."""
        today = self._today()
        try:
            opened = self._link.opened
            heard = [one.partition(" ") for one in self._link.listen()]
            for_us = any(day == today.isoformat() and site in self._sites for day, _, site in heard)
            late = time.monotonic() - self._looked > LOOK_EVERY
            if self._link.opened != opened or for_us or (late and today in self._days):
                # A list never read is another one than whatever is shown.
                self._changed = self._changed or today not in self._days
                self.look(today)
        except Trouble as trouble:
            log.info("not refreshed: %s", trouble.log)
        changed, self._changed = self._changed, False
        return changed

    def keep(self, written: Carried) -> None:
        """One's own change is no news. Within `Link.held`, with the change itself: another thread might read
        what others made of it since, which this would put back for good."""
        known = self._days.get(written.ticket.day)
        if known is not None:
            known.held[written.ticket.id] = written
        elif len(self._mine) < _MOST_MINE:
            self._mine[written.ticket.id] = written

    def of(self, day: date) -> dict[str, Carried]:
        """The day's tickets by id, without asking the database."""
        known = self._days.get(day)
        mine = {key: one for key, one in list(self._mine.items()) if one.ticket.day == day}
        return {**mine, **known.held} if known else mine

    def ticket(self, ticket_id: str) -> list[Carried]:
        """The ticket, if it was read or written here, without asking the database."""
        held = [*(one.held for one in list(self._days.values())), self._mine]
        return [found[ticket_id] for found in held if ticket_id in found]

    def forget(self, ticket_id: str) -> None:
        for held in (*(known.held for known in list(self._days.values())), self._mine):
            held.pop(ticket_id, None)

    def forget_day(self, day: date) -> None:
        self._days.pop(day, None)
        self._mine = self._mine_but(day)

    def clear(self) -> None:
        self._days.clear()
        self._mine.clear()

    def _mine_but(self, day: date) -> dict[str, Carried]:
        return {key: one for key, one in list(self._mine.items()) if one.ticket.day != day}
