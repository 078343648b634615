"""Consultation records on an office: saving them, following up, looking through past cases."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from kiosk.app.follow_notes import FollowNotes
from kiosk.app.looking import Seen, Sought, ToFollow, What, look, topics_of
from kiosk.app.office import EVENT, Office
from kiosk.core import cases, changes
from kiosk.core.anonymous import everyday
from kiosk.core.cases import FollowUp, Found, Query
from kiosk.core.consultation import Consultation
from kiosk.core.ticket import Ticket
from kiosk.core.writing import Amend
from kiosk.errors import Trouble
from kiosk.store.audit_line import Entry
from kiosk.ui.counter.place import Place
from kiosk.ui.counter.record.desk import Lists, Searched
from kiosk.workers import Reply, Results, run_in_thread

if TYPE_CHECKING:
    from kiosk.app.desk import OfficeDesk
    from kiosk.store.protocol import Fault

log = logging.getLogger(__name__)

PAUSE_S = 0.003
"""Seconds between two days whose notes are read."""
TELL_S = 0.2
"""Seconds between two words on how far a search has come: each is drawn."""
Say = Callable[[Searched | Trouble], None]


class Recording:
    """What the record's pages may ask of the office. Past days are read beside the window."""

    def __init__(
        self, office: Office, results: Results, desk: OfficeDesk, place: Callable[[], Place]
    ) -> None:
        """`place`: who sits here now."""
        self._office, self._results, self._desk, self._place = office, results, desk, place
        self._told = -1
        """Which opening of the keys the audit trail already says cases were looked through with."""

    def now(self) -> datetime:
        return self._office.now()

    def lists(self) -> Lists:
        return self._lists

    @cached_property
    def _lists(self) -> Lists:
        """Read once: what is used does not change until this process ends."""
        from kiosk.data.codes import NATIONALITIES, STATUSES, read_codes

        found = {name: read_codes(name) for name in (STATUSES, NATIONALITIES)}
        for codes in found.values():
            for fault in codes.faults:
                log.error("a record's list: %s", fault)
        office = self._office
        words = office.catalogue("ja")
        return Lists(
            topics=topics_of(office),
            statuses=found[STATUSES].codes,
            nationalities=found[NATIONALITIES].codes,
            services=[service for service in office.directory if not service.off],
            languages=tuple(office.languages),
            means="outreach" if (office.data / EVENT).exists() else "visit",
            lines=tuple((line.id, line.name_ja) for line in office.roster.lines),
            everyday=everyday(words.text(key) for key in words.keys()),  # noqa: SIM118
        )

    def save(self, ticket: Ticket, change: Amend, by: str, done: Callable[[Ticket | Trouble], None]) -> None:
        def apply(case: Ticket) -> Ticket:
            kept = next((one for one in case.content.records if one.by == by), Consultation(by))
            return changes.record(case, change(kept))

        self._desk.change(ticket, apply, done)

    def follow_ups(self, listed: bool, done: Callable[[Sequence[FollowUp] | Trouble], None]) -> None:
        def work() -> list[FollowUp]:
            self.audit("follow_ups", again=listed)
            return cases.due(self._to_follow(), self._office.today())

        run_in_thread(self._results, work, lambda reply: done(reply.trouble or reply.value))

    def _to_follow(self) -> Iterator[FollowUp]:
        """Who of all days kept is to be asked again. Past days tell by what is kept of them; of those that
        changed since, and at the first time, another process opens the tickets."""
        office, opening = self._office, self._office.keys.opening
        if not opening:
            return
        notes, today = FollowNotes(office), office.today()
        left: list[date] = []
        for day in office.store.days():
            if office.keys.opening != opening:
                # Locked meanwhile: what was found is nobody's to see.
                raise Trouble("trouble.search_locked")
            kept = notes.read(day) if day < today else cases.to_follow(self._of(day))
            if kept is None:
                left.append(day)
            yield from kept or ()
            # The window's thread goes between any two days.
            time.sleep(PAUSE_S)
        if left:
            for seen in self.look(ToFollow(tuple(left)), lambda: False):
                yield from seen.follow

    def look(self, what: What, stopped: Callable[[], bool]) -> Generator[Seen, None, None]:
        """Each day as soon as another process looked through it; damage it met is told on the console. Not
        for the window's thread. Raises Trouble; see kiosk.app.looking."""
        met: tuple[Fault, ...] = ()
        with closing(look(self._office, what, stopped)) as days:
            for seen in days:
                if seen.faults != met:
                    met = seen.faults
                    self._desk.met(met)
                yield seen

    def _of(self, day: date) -> list[Ticket]:
        """Today's, which the console reads anyway."""
        self._desk.looked_through(day)
        try:
            return self._office.store.tickets(day)
        except Trouble as trouble:
            log.error("a day cannot be looked through: %s", trouble)
            return []

    def search(self, query: Query, done: Say) -> Callable[[], None]:
        stopped = threading.Event()
        tongue = self._place().tongue

        def work() -> Searched:
            self.audit("search", again=True)
            return self._search(query, tongue, stopped, done)

        def finished(reply: Reply) -> None:
            if not stopped.is_set():
                done(reply.trouble or reply.value)

        run_in_thread(self._results, work, finished)
        return stopped.set

    def _search(self, query: Query, tongue: str, stopped: threading.Event, done: Say) -> Searched:
        found: list[Found] = []
        days = tuple(sorted(self._office.store.days(), reverse=True))
        past, unread, more, told = 0, 0, False, time.monotonic()
        sought = Sought(days, query, self._office.today(), tongue, cases.MOST + 1)
        with closing(self.look(sought, stopped.is_set)) as seen_days:
            for past, seen in enumerate(seen_days, start=1):
                unread += seen.unread
                more = len(found) + len(seen.found) > cases.MOST
                found = [*found, *seen.found][: cases.MOST]
                if more:
                    break
                if time.monotonic() - told > TELL_S:
                    told = time.monotonic()
                    now = Searched(tuple(found), past, len(days), over=False)
                    self._results.post(_unless(stopped, done), now)
        return Searched(tuple(found), past, len(days), over=True, more=more, unread=unread)

    def audit(self, action: str, *, again: bool) -> None:
        """Say that cases are looked through, before anything of them is shown; what is only counted, once
        for every opening of the keys. Raises Trouble."""
        office, place = self._office, self._place()
        if not again and self._told == office.keys.opening:
            return
        entry = Entry(action, office.now(), "", place.staff or office.staff, place.counter)
        try:
            office.audit.write(entry)
        except Trouble as trouble:
            raise Trouble("trouble.search_audit", log=trouble.log) from trouble
        self._told = office.keys.opening


def _unless(stopped: threading.Event, done: Say) -> Say:
    def tell(searched: Searched | Trouble) -> None:
        if not stopped.is_set():
            done(searched)

    return tell
