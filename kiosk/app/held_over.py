"""Tickets that were put on hold on an earlier day: whoever holds them means to go on with them."""

from __future__ import annotations

import logging
from datetime import date, timedelta

from kiosk.app.office import Office
from kiosk.app.opened import Opened
from kiosk.core.ticket import State, Ticket
from kiosk.errors import Trouble

log = logging.getLogger(__name__)

DAYS = timedelta(days=7)
"""How long ago one may have been given its number."""


class HeldOver:
    """Looked for once a day, as a day's journal is long; then only these are read. For threads beside the
    window."""

    def __init__(self, office: Office, opened: Opened) -> None:
        self._office, self._opened = office, opened
        self._looked: date | None = None
        self._ids: tuple[str, ...] = ()

    def due(self) -> bool:
        """Whether they are to be looked for: a new day began."""
        return self._looked != self._office.today()

    def look(self) -> None:
        """Find them. A day that cannot be read has none."""
        office, today = self._office, self._office.today()
        self._looked, found = today, list[str]()
        for day in office.store.days():
            if not today - DAYS <= day < today:
                continue
            self._opened.looked_through(day)
            try:
                found += [case.id for case in office.store.tickets(day) if self._goes_on(case)]
            except Trouble as trouble:
                log.error("what was held on %s cannot be read: %s", day, trouble)
        self._ids = tuple(found)

    def tickets(self) -> list[Ticket]:
        """As they are now, ended ones too: what ended one can be taken back."""
        found = []
        for ticket_id in self._ids:
            try:
                found.append(self._opened.shown(self._office.store.get(ticket_id)))
            except Trouble as trouble:
                # One that was erased meanwhile is on hold nowhere.
                if trouble.key != "trouble.ticket_unknown":
                    log.error("a ticket that was held cannot be read: %s", trouble)
        return found

    def _goes_on(self, case: Ticket) -> bool:
        """Whether it is on hold, or was taken from there today."""
        zone = self._office.settings.office.zone
        here = case.state in (State.CALLED, State.SERVING)
        today = case.effective[-1].at.astimezone(zone).date() == self._office.today()
        return case.state is State.ON_HOLD or (here and today)
