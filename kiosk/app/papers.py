"""A paper of a case for another desk: composed, printed or kept, and said in the audit trail first."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.app.office import Office, is_holiday
from kiosk.core.directory import Service, match
from kiosk.core.letter import CENTRES, Draft
from kiosk.core.ticket import Ticket
from kiosk.errors import Trouble
from kiosk.printing.letters import LetterCase, LetterComposer, Sender
from kiosk.store.audit_line import Entry
from kiosk.ui.counter.handover.desk import Kept
from kiosk.ui.counter.place import Place

if TYPE_CHECKING:
    from kiosk.printing.document import Document


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
    own, tag = office.settings.office, shipped(office, case.language)
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


def shipped(office: Office, language: str) -> str:
    """English where the resident's language is not shipped."""
    return language if language in office.languages else "en"
