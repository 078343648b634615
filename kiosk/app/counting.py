"""Rows of an office's tickets: with its directory's groups, and the site and event of each ticket."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from kiosk.core.statistics import Row, row_of

if TYPE_CHECKING:
    from kiosk.app.office import Office
    from kiosk.core.ticket import Ticket


class RowMaker:
    """Makes rows of an office's tickets; reads its directory and its events once."""

    def __init__(self, office: Office) -> None:
        from kiosk.app.events.carried import site_of
        from kiosk.app.events.planning import prepared_at

        self._office = office
        self._zone = office.settings.office.zone
        # Tickets of a machine that had no site yet, or of an event whose tablets knew none, are this one's;
        # but where another machine without one is seen, they are that one's.
        settings = office.settings.database
        self._unsaid = "" if "" in settings.sees else settings.site
        # An event's tablets have letters of their own on its day: so a merged ticket's number tells.
        self._events = {
            (event.day, event.letter, site_of(event) or self._unsaid): event.name
            for event in prepared_at(office.data)
        }
        self._groups = lru_cache(maxsize=4096)(self._groups_of)

    def row(self, case: Ticket) -> Row:
        site = case.site or self._unsaid
        event = self._events.get((case.day, case.number[:1], site), "")
        return row_of(case, self._zone, self._groups, site=site, event=event)

    def rows(self, day: date, cases: Iterable[Ticket]) -> Iterator[Row]:
        """Rows of the day's tickets that have left none yet. Raises Trouble."""
        counted = self._office.rows.counted(day) if day in self._counted_days else frozenset()
        return (self.row(case) for case in cases if case.id not in counted)

    @property
    def _counted_days(self) -> frozenset[date]:
        return frozenset(self._office.rows.days())

    def _groups_of(self, service_id: str) -> tuple[str, ...]:
        service = self._office.service(service_id)
        return service.groups if service else ()
