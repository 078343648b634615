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
    """The record with the hand-over: made again it takes its former place. A record without a result says
    that the case was referred."""
    others = tuple(known for known in kept.handovers if known.id != one.id)
    return replace(kept, handovers=(*others, one), result=kept.result or "referred")


def settled(kept: Consultation, handover_id: str, outcome: str, at: datetime) -> Consultation:
    """The record with what became of one; an empty outcome opens it again."""
    handovers = tuple(
        replace(one, outcome=outcome, outcome_at=at if outcome else None) if one.id == handover_id else one
        for one in kept.handovers
    )
    return replace(kept, handovers=handovers)
