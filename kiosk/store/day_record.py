"""A ticket as a record of its day's journal: routing lies open, what it tells is sealed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from kiosk.core.records import content_from, routing_record, ticket_from
from kiosk.core.ticket import Ticket
from kiosk.core.waiting import count_of
from kiosk.store.contents import CLOSED, Kept


def body_of(ticket: Ticket, kept: Kept, issued: Mapping[str, int]) -> dict[str, Any]:
    return {"routing": routing_record(ticket), **kept.parts(), "issued": issued}


def read_body(body: Mapping[str, Any], day: date) -> tuple[Ticket, Kept | None, dict[str, int]]:
    """The ticket of a record, what it tells, and the counts it carries; raises where they are not as written.

    What is sealed is not looked into: however spoiled it is, the queue goes on.
    """
    kept, content = None, CLOSED
    if "sealed" in body:
        kept = Kept(body["sealed"], _several(body.get("notes", [])), _several(body.get("records", [])))
    else:
        content = content_from(body["content"])
    ticket = ticket_from(body["routing"], content)
    count_of(ticket.number)
    if ticket.day != day:
        raise ValueError("a ticket of another day")
    return ticket, kept, {str(letter): int(count) for letter, count in body["issued"].items()}


def _several(value: Any) -> tuple[Any, ...]:
    return tuple(value) if isinstance(value, list) else (value,)
