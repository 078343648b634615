"""What a report counts of one day after another: read once, then kept with the day."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from kiosk.app.counting import RowMaker
from kiosk.app.day_counts import DayCounts
from kiosk.core.counts import Counting, Tally
from kiosk.errors import Trouble

if TYPE_CHECKING:
    from kiosk.app.office import Office

log = logging.getLogger(__name__)


@dataclass
class Gathered:
    """What was found, and what was not."""

    tally: Tally = field(default_factory=Tally)
    closed: dict[date, int] = field(default_factory=dict)
    """Tickets by day that do not open here: no passphrase given, or sealed with another key."""
    unread: dict[date, str] = field(default_factory=dict)
    """Days that could not be read: the trouble's key."""
    damaged: dict[str, str] = field(default_factory=dict)
    """Files something is wrong with: name → the fault's key."""
    tickets: int = 0
    """Kept tickets that were read."""

    def merge(self, other: Gathered) -> None:
        self.tally.merge(other.tally)
        self.closed |= other.closed
        self.unread |= other.unread
        self.damaged |= other.damaged
        self.tickets += other.tickets


class Reader:
    """Counts an office's days into `found`, one after another; reads its directory and its events once."""

    def __init__(self, office: Office, counting: Counting, months: Collection[str]) -> None:
        """`months`: those that count, such as 2026-08."""
        self.found = Gathered(Tally(national=counting.national))
        self._office, self._counting, self._months = office, counting, months
        self._maker, self._kept = RowMaker(office), DayCounts(office, counting)

    def recall(self, day: date) -> bool:
        """Count a day by what is kept of it; whether that is so."""
        known = self._kept.read(day)
        if known is None:
            return False
        self.found.tickets += sum(counts.people for counts in known.months.values())
        self._add(known)
        return True

    def read(self, day: date) -> None:
        """Count a day's tickets, and keep what they count. Never raises Trouble: what cannot be read is named
        in `found`."""
        from kiosk.app.database import partly

        found, mark = self.found, self._kept.mark(day)
        try:
            cases = self._office.store.tickets(day)
            if partly(self._office, day):
                raise Trouble("trouble.database_away", log="not all of the day is known here")
            own = Tally()
            own.add(self._maker.rows(day, cases), self._counting)
        except Trouble as trouble:
            log.error("no report of %s: %s", day, trouble)
            found.unread[day] = trouble.key
            return
        found.tickets += len(cases)
        if closed := sum(case.content.closed for case in cases):
            found.closed[day] = closed
        elif day.isoformat() not in " ".join(fault.file for fault in self._office.store.faults()):
            # Of what does not open or is damaged nothing is kept: it may be mended.
            self._kept.keep(day, mark, own)
        self._add(own)

    def add_erased(self) -> None:
        """Count the rows of tickets erased."""
        # A year's file goes by the service day; its last evening may be counted by the clock of another year.
        rows = self._office.rows
        for year in sorted({int(month[:4]) for month in self._months}):
            try:
                left = rows.year(year)
            except Trouble as trouble:
                log.error("no rows of %d: %s", year, trouble)
                self.found.damaged[f"{rows.folder.name}/{year}"] = trouble.key
                continue
            self.found.tally.add((row for row in left if row.month in self._months), self._counting)
        self.found.damaged |= {fault.file: fault.key for fault in rows.faults()}

    def add_faults(self, days: Iterable[date]) -> None:
        """Damage met in the days read."""
        names = {day.isoformat() for day in days}
        for fault in self._office.store.faults():
            if any(name in fault.file for name in names):
                self.found.damaged[fault.file] = fault.key

    def _add(self, tally: Tally) -> None:
        self.found.tally.merge(
            Tally({name: one for name, one in tally.months.items() if name in self._months})
        )


def keep_counts(office: Office, most: int = 3) -> int:
    """Count the last days that are over and not counted yet, so that a report need not: at most so many; how
    many. Never raises Trouble."""
    reader = Reader(office, office.counted.counting, ())
    done = 0
    for day in [day for day in reversed(office.store.days()) if day < office.today()][: 2 * most]:
        if done < most and not reader.recall(day):
            reader.read(day)
            done += 1
    return done
