"""Hand-overs out of the house over many tickets: which were made, and what became of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from kiosk.core.consultation import Consultation, Handover
from kiosk.core.ticket import Ticket

MOST = 400
"""Hand-overs a list holds, the newest."""


@dataclass(frozen=True)
class Made:
    """One hand-over in a list. Of a case that needs care it is not said to whom."""

    ticket_id: str
    number: str
    day: date
    language: str
    by: str
    """Whose record holds it."""
    handover: Handover
    sensitive: bool = False


def made(tickets: Iterable[Ticket]) -> list[Made]:
    """All of them, the newest first. What does not open says nothing."""
    found = [
        Made(case.id, case.number, case.day, case.language, record.by, one, case.content.sensitive)
        for case in tickets
        for record in case.content.records
        for one in record.handovers
    ]
    return sorted(found, key=lambda one: (one.handover.at, one.handover.id), reverse=True)


def added(kept: Consultation, one: Handover) -> Consultation:
    """The record with the hand-over. Made again it takes its former place; so does one to an agency the
    record names already while nothing is heard from there: a letter and the call about it, or the letter and
    then the case ended as referred, are one. A record without a result says that the case was referred."""
    if one.id not in {known.id for known in kept.handovers} and (
        earlier := next((known for known in kept.handovers if same(known, one)), None)
    ):
        one = replace(
            one,
            id=earlier.id,
            consent=one.consent or earlier.consent,
            appointment=one.appointment or earlier.appointment,
            note=one.note or earlier.note,
        )
    others = tuple(known for known in kept.handovers if known.id != one.id)
    return replace(kept, handovers=(*others, one), result=kept.result or "referred")


def same(known: Handover, one: Handover) -> bool:
    """Whether both hand the case to one agency, and the first is still open. A matter that goes to the
    administration's own centre is another matter."""
    agency = known.service == one.service if one.service or known.service else known.name == one.name
    return agency and not known.outcome and (known.kind == "forwarded") == (one.kind == "forwarded")


def settled(kept: Consultation, handover_id: str, outcome: str, at: datetime) -> Consultation:
    """The record with what became of one; an empty outcome opens it again."""
    handovers = tuple(
        replace(one, outcome=outcome, outcome_at=at if outcome else None) if one.id == handover_id else one
        for one in kept.handovers
    )
    return replace(kept, handovers=handovers)
