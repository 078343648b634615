"""Today's calls as the display reads them, beside the window; it needs no key and writes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from kiosk.app.office import Office
from kiosk.app.strips import database_trouble
from kiosk.core.calls import Board, board
from kiosk.core.ticket import Ticket
from kiosk.errors import Trouble

AGAIN = timedelta(seconds=20)
"""How often the board is made anew though nobody called: calls nobody followed grow old."""


class BoardReader:
    """Reads the office's store. `look` may block: it is for a thread of its own, one call at a time."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._store = office.store  # made here: reading and the window's thread both ask for it
        self._tickets: Sequence[Ticket] = ()
        self._day: date | None = None
        self._made: datetime | None = None

    def look(self) -> Board | None:
        """The board where it may have changed, or else None. Raises Trouble; then it is to be asked again."""
        store, now = self._store, self._office.now()
        news = store.refresh() or self._day != now.date()
        if news:
            # Forgotten until it is read to the end: after a failure the next look reads again.
            self._day = None
            self._read(now.date())
            self._day = now.date()
        elif self._made is not None and abs(now - self._made) < AGAIN:
            return None
        self._made = now
        return board(self._tickets, now, now.date())

    def _here(self, case: Ticket) -> bool:
        """Whether its holder waits in this hall: a machine that may see other sites shows none of their
        numbers, which are called to counters elsewhere. A ticket without a site is this one's."""
        settings = self._office.settings.database
        return not settings.url or case.site == settings.site or (not case.site and "" not in settings.sees)

    def _read(self, day: date) -> None:
        """Today's tickets. A day whose file vanished is not one without calls. Raises Trouble."""
        found = [case for case in self._store.tickets(day) if self._here(case)]
        missing = any(fault.key == "trouble.journal_missing" for fault in self._store.faults())
        if missing and not found and any(ticket.day == day for ticket in self._tickets):
            raise Trouble("trouble.store_failed", log="today's journal is gone")
        self._tickets = found

    @property
    def away(self) -> bool:
        """Whether the office's database is away, and only this machine's own calls are seen."""
        return database_trouble(self._office) is not None
