"""What a past day counts, kept sealed to that day, so that a report need not open its tickets again.

The notes hold for the day as it lay, for the plan of what is counted, the directory and the events.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from kiosk.app.day_notes import COUNTS, DayNotes
from kiosk.core.counts import Counting, Counts, Tally

if TYPE_CHECKING:
    from kiosk.app.office import Office

VERSION = 2


class DayCounts:
    """Kept counts of an office's days. Never raises: what cannot be read or kept is counted anew."""

    def __init__(self, office: Office, counting: Counting) -> None:
        self._notes = DayNotes(office, COUNTS, _digest(office, counting), b"counts")
        self.folder = self._notes.folder
        self.mark = self._notes.mark

    def read(self, day: date) -> Tally | None:
        """What the day counts; None where it must be counted."""
        told = self._notes.read(day)
        try:
            return None if told is None else _tally(told)
        except (KeyError, TypeError, ValueError):
            return None

    def keep(self, day: date, mark: str, tally: Tally) -> None:
        """Keep what the day counted when its mark was taken."""
        self._notes.keep(day, mark, _plain(tally))


def _digest(office: Office, counting: Counting) -> str:
    """What the counts depend on besides the tickets."""
    from kiosk.app.events.carried import site_of
    from kiosk.app.events.planning import prepared_at

    told = [
        VERSION,
        counting.names,
        sorted(counting.national.items()),
        sorted((service.id, service.groups) for service in office.directory),
        sorted(
            (event.day.isoformat(), event.letter, site_of(event), event.name)
            for event in prepared_at(office.data)
        ),
        office.settings.database.site,
        office.settings.office.timezone,
    ]
    return sha256(repr(told).encode()).hexdigest()[:24]


def _plain(tally: Tally) -> dict[str, Any]:
    return {
        month: {
            "people": counts.people,
            "closed": counts.closed,
            "tables": {
                name: [[*key, count] for key, count in cells.items()] for name, cells in counts.tables.items()
            },
        }
        for month, counts in tally.months.items()
    }


def _tally(months: Any) -> Tally:
    found = Tally()
    for month, told in months.items():
        tables = {
            name: Counter({tuple(str(part) for part in line[:-1]): int(line[-1]) for line in cells})
            for name, cells in told["tables"].items()
        }
        found.months[month] = Counts(int(told["people"]), int(told["closed"]), tables)
    return found
