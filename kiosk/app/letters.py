"""Letters, forwarding sheets and handover cards on an office: drawn beside the window, printed or kept."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.app.looking import HandedOver
from kiosk.app.office import Office, is_holiday
from kiosk.core.directory import Service, match, name_of
from kiosk.core.handed import MOST, Made
from kiosk.core.letter import CENTRES, Draft, offered
from kiosk.core.ticket import Ticket
from kiosk.errors import Trouble
from kiosk.printing.letters import LetterCase, LetterComposer, Sender, clean
from kiosk.store.audit import Entry
from kiosk.ui.counter.handover.desk import Kept, Question
from kiosk.ui.counter.place import Place
from kiosk.ui.parts import Shot
from kiosk.workers import Reply, Results, run_in_thread

if TYPE_CHECKING:
    from kiosk.app.recording import Recording
    from kiosk.printing.document import Document
    from kiosk.ui.counter.cardmaker import CardMaker

log = logging.getLogger(__name__)


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
        tag = _shipped(self._office, case.language)
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


def centres(office: Office) -> list[Service]:
    """Where matters of national administration go: the best for this office first, then the other ones of
    its prefecture, then the national line."""
    own, now = office.settings.office, office.now()
    best = match(
        (CENTRES,),
        office.directory,
        language="ja",
        prefecture=own.prefecture,
        area=own.area,
        now=now,
        is_holiday=is_holiday,
    )
    rest = office.directory.of_group(CENTRES, own.prefecture)
    found = [*(one.service for one in best), *rest]
    return list({service.id: service for service in found}.values())


def letter(office: Office, case: Ticket, draft: Draft, counter: str = "") -> Document:
    """The paper of a draft in Japanese and the ticket's language."""
    own, tag = office.settings.office, _shipped(office, case.language)
    service = office.service(draft.service) if draft.service else None
    sender = Sender(own.name_ja, own.city_hall_ja, own.telephone, own.address)
    composer = LetterComposer(office.languages[tag], office.catalogue(tag), office.catalogue("ja"), sender)
    stale = service is not None and service.stale(office.today(), own.referral_days)
    made_from = LetterCase(
        case.number,
        case.day,
        office.now(),
        case.content,
        service,
        counter if counter.isdigit() else "",
        stale,
    )
    return composer.compose(draft, made_from)


def put_out(office: Office, case: Ticket, document: Document, what: str, place: Place) -> Kept:
    """Print the paper, or keep it as a file of the ticket's day; the audit trail says so first. Raises
    Trouble."""
    from kiosk.printing.document_draw import pdf
    from kiosk.printing.pages import page_printer

    printing = office.settings.printing
    folder = office.letters / case.day.isoformat()
    data = pdf(document, office.typesetter)
    _audited(office, case, what.partition("-")[0], place)
    done = page_printer(printing.pages, printing.page_printer, folder).print(data, f"{case.number}-{what}")
    return Kept(done.printed, done.place)


def card_out(office: Office, wanted: str, out: Path | None, tongue: str) -> dict[str, str]:
    """Print the card of a ticket, by id or today's number, or write it as `out`. Raises Trouble."""
    from kiosk.app.card_pages import card_page
    from kiosk.app.cards import card_maker, tongue_of
    from kiosk.app.queueing import find
    from kiosk.printing.document_draw import pdf
    from kiosk.printing.printers import write_whole

    case = find(office, wanted)
    document = card_page(office, card_maker(office, tongue_of(office, tongue)), case, tongue)
    if out is None:
        kept = put_out(office, case, document, "card", Place("", ""))
        return {"number": case.number, "file": str(office.data / kept.place) if kept.place else ""}
    _audited(office, case, "card", Place("", ""))
    write_whole(out, pdf(document, office.typesetter), "trouble.pages_folder")
    return {"number": case.number, "file": str(out)}


def _audited(office: Office, case: Ticket, kind: str, place: Place) -> None:
    """The audit trail says that a paper goes out, before it does. Raises Trouble."""
    entry = Entry("paper", office.now(), case.id, place.staff or office.staff, place.counter, {"kind": kind})
    try:
        office.audit.write(entry)
    except Trouble as trouble:
        raise Trouble("trouble.audit_failed", number=case.number, log=trouble.log) from trouble


def _shipped(office: Office, language: str) -> str:
    """English where the resident's language is not shipped."""
    return language if language in office.languages else "en"


def _of(reply: Reply) -> Sequence[Made] | Trouble:
    found: Sequence[Made] | Trouble = reply.trouble or reply.value
    return found
