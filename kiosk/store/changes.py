"""What every store holds a change to."""

from __future__ import annotations

from kiosk.core.merge import merge
from kiosk.core.ticket import Ticket
from kiosk.core.waiting import count_of
from kiosk.errors import Trouble


def hold_to(before: Ticket, after: Ticket) -> None:
    """A change adds periods and content; what a slip or another process relies on stays.

    Raises ValueError.
    """
    fixed = ("id", "number", "day", "language", "site")
    if any(getattr(before, name) != getattr(after, name) for name in fixed):
        raise ValueError("a change may not alter id, number, day, language or site")
    # More periods at the end, or among them those of another copy: a merge that takes `before` in whole.
    if after.periods[: len(before.periods)] != before.periods and merge(before, after) != after:
        raise ValueError("a period once written stays")


def by_number(ticket: Ticket) -> tuple[str, int]:
    """What a day's tickets are sorted by."""
    return ticket.number[:1], count_of(ticket.number)


def unknown() -> Trouble:
    return Trouble("trouble.ticket_unknown", log="no ticket with this id")
