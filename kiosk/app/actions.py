"""What the resident's screens ask for, done: engines, store, directory and printer behind one object."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from kiosk.app.engines import Engines
from kiosk.app.office import Office, is_holiday, kept
from kiosk.core import directory, referral, waiting
from kiosk.core.directory import Service
from kiosk.core.heard import Heard, Spoken, Translation
from kiosk.core.hours import Opening
from kiosk.core.keeping import content_of
from kiosk.core.referral import Outcome
from kiosk.core.roster import Slot, at_counter, lines_for
from kiosk.core.ticket import Content, State, Ticket
from kiosk.core.visit import Visit
from kiosk.errors import Trouble
from kiosk.ui.actions import Abilities, Issued, Speakers
from kiosk.workers import Reply, Results, run_in_thread

if TYPE_CHECKING:
    from kiosk.printing.printers import Printer
    from kiosk.speech.sources import Microphone, WavFile
    from kiosk.speech.voice import Speaker, WavSink
    from kiosk.store.protocol import TicketStore

log = logging.getLogger(__name__)


class KioskActions:
    """One kiosk's actions. Every answer comes through `results`, on the window's thread.

    `source`, `sink` and `printer` replace microphone, loudspeaker and the office's printer in the demo and
    the tests. Answers that belong to a visit that ended are dropped.
    """

    def __init__(
        self,
        office: Office,
        results: Results,
        source: Microphone | WavFile | None = None,
        sink: Speaker | WavSink | None = None,
        printer: Printer | None = None,
    ) -> None:
        self._office, self._results, self._printer = office, results, printer
        self._engines = Engines(office, results, source, sink)
        self._unsaved = date.min, 0
        """The day and count of the last number that nothing keeps."""

    # Engines

    def hear_from(self, source: Microphone | WavFile | None) -> None:
        """Listen to something else from now on; None is the microphone."""
        self._engines.hear_from(source)

    def start(self) -> None:
        """Start the engines' processes, still empty."""
        self._engines.start()

    def close(self) -> None:
        self._engines.close()

    def abilities(self, language: str) -> Abilities:
        return self._engines.abilities(language)

    def prepare(self, language: str) -> None:
        self._engines.prepare(language)

    def listen(self, language: str, heard: Callable[[Heard | Trouble], None]) -> None:
        self._engines.listen(language, heard)

    def choose(
        self, choices: Sequence[Spoken], language: str, heard: Callable[[Heard | Trouble], None]
    ) -> None:
        self._engines.choose(choices, language, heard)

    def stop_listening(self) -> None:
        self._engines.stop_listening()

    def translate(self, text: str, language: str, done: Callable[[Translation | Trouble], None]) -> None:
        self._engines.translate(text, language, done)

    def say(self, sentences: Sequence[str], language: str, done: Callable[[Trouble | None], None]) -> None:
        self._engines.say(sentences, language, done)

    def hush(self) -> None:
        self._engines.hush()

    def forget(self) -> None:
        self._engines.forget()

    # Where the answers lead

    def outcome(self, visit: Visit) -> Outcome:
        return referral.outcome(
            [(flow, answers) for _, flow, answers in visit.cases],
            self._office.directory,
            language=visit.language,
            prefecture=self._office.settings.office.prefecture,
            now=self._office.now(),
            is_holiday=is_holiday,
            care=visit.found,
            area=self._office.settings.office.area,
            assured_days=self._office.settings.office.referral_days,
        )

    def openings(self, outcome: Outcome) -> Mapping[str, Opening]:
        return directory.openings(outcome.services, self._office.now(), is_holiday)

    def numbers(self, outcome: Outcome) -> list[tuple[Service, Opening]]:
        chosen = referral.first_aid(self._office.directory, outcome.services)
        opened = directory.openings(chosen, self._office.now(), is_holiday)
        return [(service, opened[service.id]) for service in chosen]

    def known(self, ticket_id: str, done: Callable[[bool], None]) -> None:
        store = self._office.store
        asked = self._engines.of_this_visit(lambda reply: done(reply.trouble is None))
        run_in_thread(self._results, lambda: store.get(ticket_id), asked)

    # The ticket and its slip

    def places(self, visit: Visit, outcome: Outcome, done: Callable[[Sequence[Slot]], None]) -> None:
        from kiosk.app import booking

        content, language = content_of(visit, outcome), visit.ticket_language

        def answer(reply: Reply) -> None:
            if reply.trouble is not None:
                log.error("appointments could not be read: %s", reply.trouble)
            done(() if reply.trouble is not None else reply.value)

        if self._office.roster.specialists:
            looked_up = self._engines.of_this_visit(answer)
            run_in_thread(self._results, lambda: booking.places(self._office, content, language), looked_up)

    def speakers(self, language: str) -> Speakers:
        roster, now = self._office.roster, self._office.now()
        here = at_counter(roster, language, now, is_holiday)
        if here.state == "open":
            return Speakers("here", here.until)
        if any(state.state == "open" for _, state in lines_for(roster, language, now, is_holiday)):
            return Speakers("telephone")
        return Speakers("later", here.next) if here.next else Speakers("unknown")

    def take(
        self, visit: Visit, outcome: Outcome, place: Slot, done: Callable[[Issued | Trouble], None]
    ) -> None:
        from kiosk.app import booking

        content, language = content_of(visit, outcome), visit.ticket_language

        def work() -> Issued:
            before = self._office.store.tickets()
            ticket = booking.take(self._office, content, language, place)
            given = self._issued(ticket, before, outcome)
            return replace(given, place=place) if ticket.due else replace(given, lost=True)

        def answer(reply: Reply) -> None:
            done(reply.value if reply.trouble is None else reply.trouble)

        run_in_thread(self._results, work, self._engines.of_this_visit(answer))

    def submit(self, visit: Visit, outcome: Outcome, referred: bool, done: Callable[[Issued], None]) -> None:
        content, language = content_of(visit, outcome), visit.ticket_language
        store = self._office.store

        def issue() -> Issued:
            before = store.tickets()
            ticket = store.issue(
                _continued(store, content), language=language, at=self._office.now(), referred=referred
            )
            return self._issued(ticket, before, outcome)

        def answer(reply: Reply) -> None:
            if reply.trouble is None:
                done(reply.value)
                return
            log.error("a ticket could not be kept: %s", reply.trouble)
            done(Issued("", self._on_paper(), 0, saved=False, referred=referred, sensitive=outcome.sensitive))

        run_in_thread(self._results, lambda: kept(store, issue), self._engines.of_this_visit(answer))

    def _on_paper(self) -> str:
        """A number nothing keeps: X, the device's letter, and hour and minute of the day.

        So it is another one than those of other kiosks, and than those before a restart; staff see in it
        who came first. Two in a minute count on.
        """
        now = self._office.now()
        day, last = self._unsaved
        count = max(now.hour * 100 + now.minute, last + 1 if day == now.date() else 0)
        self._unsaved = now.date(), count
        return f"{waiting.UNSAVED_LETTER}{self._office.settings.kiosk.letter}{count:04d}"

    def _issued(self, ticket: Ticket, before: list[Ticket], outcome: Outcome) -> Issued:
        return Issued(
            ticket_id=ticket.id,
            number=ticket.number,
            minutes=waiting.estimate(before, counters=self._office.settings.office.counters),
            saved=True,
            referred=ticket.state is State.REFERRED,
            sensitive=outcome.sensitive,
        )

    @property
    def prints(self) -> bool:
        return self._printer is not None or self._office.settings.printing.kind != "none"

    def print_guide(self, topic: str, language: str, done: Callable[[Trouble | None], None]) -> None:
        from kiosk.app.slips import guide_sheet, print_out

        def work() -> None:
            sheet = guide_sheet(self._office, language, topic)
            print_out(self._office, sheet, f"guide-{topic}-{language}", self._printer)

        run_in_thread(self._results, work, self._engines.of_this_visit(lambda reply: done(reply.trouble)))

    def print_slip(
        self, visit: Visit, outcome: Outcome, issued: Issued, done: Callable[[Trouble | None], None]
    ) -> None:
        from kiosk.app.slips import print_out, slip_of

        language, content = visit.language, content_of(visit, outcome)

        def work() -> None:
            # Composed here: a word that is missing must not leave the page waiting for its slip.
            place = issued.place
            lane, due = (place.specialist.lane, place.at) if place else ("", None)
            slip = slip_of(self._office, language, content, outcome, issued, lane=lane, due=due)
            print_out(self._office, slip, issued.number, self._printer)

        run_in_thread(self._results, work, self._engines.of_this_visit(lambda reply: done(reply.trouble)))


def _continued(store: TicketStore, content: Content) -> Content:
    """Who was to go first goes first again; a ticket gone meanwhile changes nothing."""
    if not content.earlier:
        return content
    try:
        first = store.get(content.earlier).first
    except Trouble:
        return content
    return replace(content, first=content.first or first)
