"""Tickets that were put on hold on an earlier day: whoever holds them means to go on with them."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import date, timedelta

from kiosk.app import strips
from kiosk.app.office import Office
from kiosk.app.opened import Opened
from kiosk.core.ticket import ENDED, State, Ticket
from kiosk.errors import Trouble

log = logging.getLogger(__name__)

DAYS = timedelta(days=14)
"""How long ago one may have been given its number: an office is closed for ten days at a year's end."""


class HeldOver:
    """Looked for once a day, as a day's journal is long; then only these are read. For threads beside the
    window."""

    def __init__(self, office: Office, opened: Opened) -> None:
        self._office, self._opened = office, opened
        self._looked: tuple[date, bool] | None = None
        """On which day they were looked for last, and whether the database was away then."""
        self._ids: dict[date, tuple[str, ...]] = {}
        """By the days that could be read."""
        self._told: set[str] = set()
        """What the log says already."""
        self.unread = False
        """Whether some of the days could not be read: nobody announces when they can."""

    def due(self) -> bool:
        """Whether they are to be looked for: a new day began, or the database came or went."""
        return self._looked != self._now()

    def look(self) -> None:
        """Find them, on the days that were not read yet. A day that cannot be read has none until it can."""
        today = self._office.today()
        if self.due():
            self._ids, self._told = {}, set()
        self._looked, self.unread = self._now(), False
        try:
            days = [day for day in self._office.store.days() if today - DAYS <= day < today]
        except Trouble as trouble:
            self._wrong("the days", trouble)
            return
        for day in days:
            if day in self._ids:
                continue
            self._opened.looked_through(day)
            try:
                cases = self._office.store.tickets(day)
            except Trouble as trouble:
                self._wrong(str(day), trouble)
            else:
                self._ids[day] = tuple(case.id for case in cases if self._goes_on(case))

    def tickets(self, known: Mapping[str, Ticket]) -> list[Ticket]:
        """As they are now, ended ones too: what ended one can be taken back. One that cannot be read now is
        as it was last `known`."""
        found = []
        for ticket_id in (one for ids in self._ids.values() for one in ids):
            try:
                found.append(self._opened.shown(self._office.store.get(ticket_id)))
            except Trouble as trouble:
                # One that was erased meanwhile is on hold nowhere.
                if trouble.key != "trouble.ticket_unknown":
                    self._say("a ticket", trouble)
                    found += [known[ticket_id]] if ticket_id in known else []
        return found

    def _now(self) -> tuple[date, bool]:
        return self._office.today(), strips.database_trouble(self._office) is not None

    def _wrong(self, what: str, trouble: Trouble) -> None:
        self.unread = True
        self._say(what, trouble)

    def _say(self, what: str, trouble: Trouble) -> None:
        if what not in self._told:
            self._told.add(what)
            log.error("what is on hold since an earlier day cannot be read (%s): %s", what, trouble)

    def _goes_on(self, case: Ticket) -> bool:
        """Whether it is on hold, or was taken from there today."""
        zone = self._office.settings.office.zone
        today = case.effective[-1].at.astimezone(zone).date() == self._office.today()
        return case.state is State.ON_HOLD or (today and case.state not in ENDED)
