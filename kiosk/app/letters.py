"""Letters, forwarding sheets and handover cards on an office: drawn beside the window, printed or kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING

from kiosk.app.looking import HandedOver
from kiosk.app.office import Office
from kiosk.app.papers import centres, letter, put_out, shipped
from kiosk.core.directory import Service, name_of
from kiosk.core.handed import MOST, Made
from kiosk.core.letter import Draft, offered
from kiosk.core.ticket import Ticket
from kiosk.errors import Trouble
from kiosk.printing.letter_columns import clean
from kiosk.ui.counter.handover.desk import Kept, Question
from kiosk.ui.counter.place import Place
from kiosk.ui.parts import Shot
from kiosk.workers import Reply, Results, run_in_thread

if TYPE_CHECKING:
    from kiosk.app.recording import Recording
    from kiosk.ui.counter.cardmaker import CardMaker


class Letters:
    """What the pages of hand-overs may ask of the office."""

    def __init__(
        self,
        office: Office,
        results: Results,
        recording: Recording,
        cards: CardMaker,
        place: Callable[[], Place],
    ) -> None:
        self._office, self._results, self._recording = office, results, recording
        self._cards, self._place = cards, place

    def now(self) -> datetime:
        return self._office.now()

    def paper(self) -> str:
        return self._office.settings.printing.pages

    def services(self) -> Sequence[Service]:
        return [service for service in self._office.directory if not service.off]

    def centres(self) -> Sequence[Service]:
        return centres(self._office)

    def lines(self, case: Ticket) -> Sequence[tuple[str, str]]:
        from kiosk.app.letter_lines import line_text

        words = self._office.catalogue(self._place().tongue)
        return [(line, line_text(words, case, line)) for line in offered(case.content)]

    def question(self, case: Ticket, draft: Draft) -> Question:
        tag = shipped(self._office, case.language)
        words, service = self._office.catalogue(tag), self._office.service(draft.service)
        name = clean(draft.name, 100)
        there = name_of(service, words.text, tag) if service is not None and tag != "ja" else name
        japanese = self._office.catalogue("ja").text("letter.consent.ask", name=name)
        return Question(japanese, words.text("letter.consent.ask", name=there), tag)

    def preview(self, case: Ticket, draft: Draft, done: Callable[[Sequence[Shot] | Trouble], None]) -> None:
        counter = self._place().counter

        def work() -> list[Shot]:
            from kiosk.printing.document_draw import draw

            document = letter(self._office, case, draft, counter)
            return [Shot(page) for page in draw(document, self._office.typesetter)]

        run_in_thread(self._results, work, lambda reply: done(reply.trouble or reply.value))

    def output(self, case: Ticket, draft: Draft, done: Callable[[Kept | Trouble], None]) -> None:
        place = self._place()

        def work() -> Kept:
            document = letter(self._office, case, draft, place.counter)
            return put_out(self._office, case, document, f"{draft.kind}-{draft.id}", place)

        self._answer(work, done)

    def card(self, case: Ticket, done: Callable[[Kept | Trouble], None]) -> None:
        place = self._place()

        def work() -> Kept:
            from kiosk.app.card_pages import card_page

            document = card_page(self._office, self._cards, case, place.tongue)
            return put_out(self._office, case, document, "card", place)

        self._answer(work, done)

    def made(self, done: Callable[[Sequence[Made] | Trouble], None]) -> None:
        def work() -> list[Made]:
            self._recording.audit("handovers", again=True)
            days = tuple(sorted(self._office.store.days(), reverse=True))
            with closing(self._recording.look(HandedOver(days), lambda: False)) as seen:
                return list(islice((one for day in seen for one in day.handed), MOST))

        run_in_thread(self._results, work, lambda reply: done(_of(reply)))

    def _answer(self, work: Callable[[], Kept], done: Callable[[Kept | Trouble], None]) -> None:
        run_in_thread(self._results, work, lambda reply: done(reply.trouble or reply.value))


def _of(reply: Reply) -> Sequence[Made] | Trouble:
    found: Sequence[Made] | Trouble = reply.trouble or reply.value
    return found
