"""Consultation records on an office: saving them, following up, looking through past cases."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from kiosk.app.office import EVENT, Office
from kiosk.core import cases
from kiosk.core import ticket as tickets
from kiosk.core.cases import FollowUp, Found, Query
from kiosk.core.codes import Code
from kiosk.core.consultation import Consultation
from kiosk.core.ticket import Content, Ticket
from kiosk.core.writing import Amend
from kiosk.errors import Trouble
from kiosk.store.audit import Entry
from kiosk.ui.counter.desk import Place
from kiosk.ui.counter.record.desk import Lists, Searched
from kiosk.workers import Reply, Results, run_in_thread

if TYPE_CHECKING:
    from kiosk.app.desk import OfficeDesk

log = logging.getLogger(__name__)

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
        return Lists(
            topics=topics_of(office),
            statuses=found[STATUSES].codes,
            nationalities=found[NATIONALITIES].codes,
            services=[service for service in office.directory if not service.off],
            languages=tuple(office.languages),
            means="outreach" if (office.data / EVENT).exists() else "visit",
            lines=tuple((line.id, line.name_ja) for line in office.roster.lines),
        )

    def save(self, ticket: Ticket, change: Amend, by: str, done: Callable[[Ticket | Trouble], None]) -> None:
        def apply(case: Ticket) -> Ticket:
            kept = next((one for one in case.content.records if one.by == by), Consultation(by))
            return tickets.record(case, change(kept))

        self._desk.change(ticket, apply, done)

    def follow_ups(self, listed: bool, done: Callable[[Sequence[FollowUp] | Trouble], None]) -> None:
        def work() -> list[FollowUp]:
            self.audit("follow_ups", again=listed)
            today = self._office.today()
            found = [one for _, day in self.days([]) for one in cases.follow_ups(day, today)]
            return sorted(found, key=lambda one: (one.due, one.day, one.number, one.by))

        run_in_thread(self._results, work, lambda reply: done(reply.trouble or reply.value))

    def search(self, query: Query, done: Say) -> Callable[[], None]:
        stopped = threading.Event()
        told = self._words()

        def work() -> Searched:
            self.audit("search", again=True)
            return self._search(query, told, stopped, done)

        def finished(reply: Reply) -> None:
            if not stopped.is_set():
                done(reply.trouble or reply.value)

        run_in_thread(self._results, work, finished)
        return stopped.set

    def _search(self, query: Query, told: cases.Told, stopped: threading.Event, done: Say) -> Searched:
        found: list[Found] = []
        unread: list[date] = []
        whole, past, today = len(self._office.store.days()), 0, self._office.today()
        more = False
        for past, (_, day) in enumerate(self.days(unread), start=1):
            if stopped.is_set() or more:
                break
            # Who waits or sits at a counter now is no past case: nobody picks from the queue.
            past_ones = (case for case in reversed(day) if case.day != today or case.state in tickets.ENDED)
            hits = [hit for case in past_ones if (hit := cases.matches(case, query, told)) is not None]
            more = len(found) + len(hits) > cases.MOST
            found = [*found, *hits][: cases.MOST]
            self._results.post(_unless(stopped, done), Searched(tuple(found), past, whole, over=False))
        return Searched(tuple(found), past, whole, over=True, more=more, unread=len(unread))

    def days(self, unread: list[date]) -> Iterator[tuple[date, list[Ticket]]]:
        """Days kept, the newest first, with their tickets opened as far as the keys open them. One that
        cannot be read is noted in `unread` and empty: the others are read all the same."""
        opening = self._office.keys.opening
        for day in sorted(self._office.store.days(), reverse=True):
            if self._office.keys.opening != opening:
                # Locked meanwhile: what was found is nobody's to see.
                raise Trouble("trouble.search_locked")
            self._desk.looked_through(day)
            try:
                yield day, self._office.store.tickets(day)
            except Trouble as trouble:
                log.error("a day cannot be looked through: %s", trouble)
                unread.append(day)
                yield day, []

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

    def _words(self) -> cases.Told:
        """Topics and answers in the words of staff, for looking for words in them."""
        say = self._office.catalogue(self._place().tongue)
        topics = {code.id: f"{code.ja} {code.en}" for code in self._lists.topics}

        def told(content: Content) -> str:
            keys = [f"topic.{case.topic}" for case in content.cases]
            for case in content.cases:
                keys += [
                    f"flow.{case.flow}.{question}.{choice}"
                    for question, chosen in case.answers
                    for choice in chosen
                ]
            names = [topics.get(code, code) for code in cases.topics_of(content)]
            return "\n".join([*names, *(say.text(key) for key in keys if say.has(key))])

        return told


def _unless(stopped: threading.Event, done: Say) -> Say:
    def tell(searched: Searched | Trouble) -> None:
        if not stopped.is_set():
            done(searched)

    return tell


def topics_of(office: Office) -> tuple[Code, ...]:
    """The statistics codes a record can have, with their names."""
    from kiosk.data.statistics import FILE, read_statistics

    plan = read_statistics(own=office.data / FILE).plan
    words = {tag: office.catalogue(tag) for tag in ("ja", "en")}

    def name(code: str, tag: str) -> str:
        own = plan.names.get(code, {})
        key = f"statistics.{code}"
        return own.get(tag) or (words[tag].text(key) if words[tag].has(key) else own.get("ja", code))

    return tuple(Code(code, name(code, "ja"), name(code, "en")) for code in plan.national)
