"""The days of a store's folder as this process knows them, and the lock under which any process writes."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from kiosk.errors import Trouble
from kiosk.store import files
from kiosk.store.changes import unknown
from kiosk.store.day import Day
from kiosk.store.ids import day_of
from kiosk.store.journal import SUFFIX, days_in
from kiosk.store.keys import Keyring
from kiosk.store.protocol import Fault

log = logging.getLogger(__name__)

WRITE_WAIT = 5.0
"""Seconds a change waits for another process; a change takes milliseconds, so somebody is stuck by then."""
LOOK_WAIT = 0.05
"""Seconds a reader waits for others' changes before it answers with what it knows."""
_DAYS_OPEN = 4
"""Days kept in memory besides today's."""


class Days:
    """Making it reads nothing."""

    def __init__(
        self, folder: Path, today: Callable[[], date], keys: Keyring, report: Callable[[Fault], None]
    ) -> None:
        self.folder = folder
        self.lock = files.Lock(folder)
        self.held: dict[date, Day] = {}
        self._today, self._keys, self._report = today, keys, report
        self._writing = False
        self._changed = False

    @contextmanager
    def open(self, day: date) -> Iterator[Day]:
        """The day, caught up with and ours alone. Raises Trouble."""
        with self.lock.hold(WRITE_WAIT):
            if self._writing:
                raise RuntimeError("a change may not write to the store")
            self._writing = True
            try:
                opened = self._day(day)
                self._catch_up(opened)
                yield opened
            finally:
                self._writing = False

    def look(self, day: date, *, sure: bool = False) -> Day:
        """The day with others' changes, or as it is known while another process holds the store. `sure`: not
        without the changes. Raises Trouble."""
        found = self._day(day)
        if found.stale():
            known = found.loaded and not sure
            try:
                with self.lock.hold(LOOK_WAIT if known else WRITE_WAIT):
                    self._catch_up(found)
            except Trouble:
                if not known:
                    raise
        return found

    def find(self, ticket_id: str) -> tuple[date, Day]:
        """The day a ticket belongs to: today's, then by the time in its id, then any that names it.

        Raises Trouble("trouble.ticket_unknown").
        """
        near = day_of(ticket_id)
        if near is None:
            raise unknown()
        behind = []
        for day in self._likely(ticket_id, near):
            found = self.look(day)
            if found.ticket(ticket_id):
                return day, found
            if found.stale():
                behind.append(day)
        for day in behind:
            # Another process was writing longer than a reader waits: perhaps this very ticket.
            found = self.look(day, sure=True)
            if found.ticket(ticket_id):
                return day, found
        raise unknown()

    def _likely(self, ticket_id: str, near: date) -> Iterator[date]:
        today = self._today()
        yield today
        for day in sorted(set(days_in(self.folder)) - {today}, key=lambda day: abs((day - near).days)):
            if abs((day - near).days) <= 1 or _names(self.folder / f"{day}{SUFFIX}", ticket_id):
                yield day

    def refresh(self) -> bool:
        """Whether others changed today's tickets since last asked."""
        day = self._day(self._today())
        if day.stale():
            try:
                with self.lock.hold(LOOK_WAIT):
                    self._catch_up(day)
            except Trouble as trouble:
                log.warning("not refreshed: %s", trouble.log)
        changed, self._changed = self._changed, False
        return changed

    def forget(self, day: date) -> None:
        """Let go of a day whose files are gone."""
        found = self.held.pop(day, None)
        if found is not None:
            found.close()

    def close(self) -> None:
        """Let go of all files. Raises Trouble."""
        with self.lock.hold(WRITE_WAIT):
            for day in self.held.values():
                day.trim()
                day.close()
            self.held.clear()

    def _catch_up(self, day: Day) -> None:
        today = self._today()
        if day.catch_up() and day.day == today:
            self._changed = True
        if day.day < today:
            try:
                day.compact()
            except Trouble as trouble:
                log.warning("%s is not compacted: %s", day.day, trouble.log)

    def _day(self, day: date) -> Day:
        found = self.held.get(day)
        if found is None:
            with self.lock.threads():
                found = self.held.setdefault(day, Day(self.folder, day, self._report, self._keys))
                kept = {self._today(), *list(self.held)[-_DAYS_OPEN:]}
                for other in [other for other in self.held if other not in kept]:
                    self.held.pop(other).close()
        return found


def _names(path: Path, ticket_id: str) -> bool:
    """Whether a journal has the id anywhere: cheaper than reading its records."""
    try:
        handle = files.open_file(path)
    except OSError:
        return False
    try:
        return ticket_id.encode() in files.read_range(handle, 0, os.fstat(handle).st_size)
    finally:
        os.close(handle)
