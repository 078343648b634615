"""How a resident gets from a letter to the agency: address, hours, the way, and what to bring."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.core.directory import access_of
from kiosk.core.hours import hours_text
from kiosk.core.letter import BRING
from kiosk.core.written import Day
from kiosk.printing.document import Part, Row
from kiosk.printing.letter_columns import Columns, clean
from kiosk.text.page import unmarked

if TYPE_CHECKING:
    from kiosk.core.directory import Service
    from kiosk.core.letter import Draft
    from kiosk.printing.letters import LetterCase


def way(both: Columns, draft: Draft, case: LetterCase) -> Part:
    """Address, telephone and hours as the directory has them, with their date; a code of them."""
    service, rows = case.service, []
    if service is None:
        rows.append(both.row("letter.unlisted"))
        return Part(both.row("letter.where"), tuple(rows), "map-pin")
    address = unmarked(service.address_ja)
    rows.append(Row(address, strong=True) if address else both.row("letter.no_address"))
    if service.telephone:
        rows.append(Row(f"TEL {service.telephone}", strong=True))
    if service.schedule.known:
        rows.append(both.pair(lambda of: hours_text(service.schedule, of.text)))
    rows += _access(both, service)
    key = "slip.stale" if case.stale else "slip.checked"
    if not service.shown:
        rows.append(both.row("letter.unconfirmed", strong=True))
    elif service.assured_date:
        rows.append(both.row(key, date=Day(service.assured_date)))
    carried = [draft.name, service.address_ja, service.telephone and f"TEL {service.telephone}"]
    code = "\n".join(clean(line, 100) for line in carried if line)
    return Part(both.row("letter.where"), tuple(rows), "map-pin", code=code)


def _access(both: Columns, service: Service) -> list[Row]:
    """The way in words, in both languages where it is written in both."""
    japanese, _ = access_of(service, "ja")
    local, language = access_of(service, both.language.tag)
    if not japanese or both.same:
        return [Row(japanese)] if japanese else []
    if language == "ja" and not both.language.is_japanese:
        return [Row(japanese, both.local.text("referral.access.japanese"))]
    return [Row(japanese, local)]


def bring(both: Columns, draft: Draft, case: LetterCase) -> list[Part]:
    items = case.content.bring if BRING in draft.lines else ()
    known = [one for one in items if both.local.has(f"bring.{one}") and both.japanese.has(f"bring.{one}")]
    rows = tuple(both.row(f"bring.{one}") for one in known)
    return [Part(both.row("slip.bring"), rows, "folder-open", "ticks")]
