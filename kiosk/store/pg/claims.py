"""Who is next, where many counters ask at once: the database narrows, kiosk.core.waiting.pick decides.

Of however many wait, the first few by pick's own order are read, and the longest waiting one for its reason.
The chosen one is locked, skipping what another counter is just taking; then the next best is.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from kiosk.core.ticket import Period, State, Ticket
from kiosk.core.waiting import EARLY, LANGUAGE_HEAD_START, Pick, pick

if TYPE_CHECKING:
    from psycopg import Connection

FEW = 16
"""Read at once: more than counters that ask in the same moment."""
_WAITING = """
WITH w AS MATERIALIZED (
    SELECT id, number, language, lane, first, due, issued, waiting_since FROM ticket
    WHERE day = %(day)s AND site = ANY(%(sites)s) AND state = 'waiting' AND lane = ANY(%(lanes)s)
        AND (due IS NULL OR due <= %(soon)s) AND id <> ALL(%(passed)s::uuid[])
)
(SELECT id::text, number, language, lane, first, due, issued, waiting_since FROM w
 ORDER BY NOT first, due IS NULL, coalesce(due, waiting_since -
    CASE WHEN language = ANY(%(languages)s) THEN %(ahead)s ELSE interval '0' END), issued, id
 LIMIT %(few)s)
UNION
(SELECT id::text, number, language, lane, first, due, issued, waiting_since FROM w
 ORDER BY waiting_since, issued, id LIMIT 1)
"""
_CLAIM = "SELECT 1 FROM ticket WHERE id = %s AND state = 'waiting' FOR UPDATE SKIP LOCKED"


@dataclass(frozen=True)
class Asked:
    """What a counter asks with."""

    day: date
    sites: Collection[str]
    counter: str
    languages: Collection[str]
    at: datetime
    lanes: Collection[str]


def claim(connection: Connection[Any], asked: Asked) -> Pick | None:
    """The next ticket, which is this transaction's alone until it ends; None where nobody waits who is not
    being called elsewhere. The pick's ticket is enough to name it, not to write it."""
    passed: list[str] = []
    """Being taken by others."""
    while left := few(connection, asked, passed):
        while found := pick(
            left, counter=asked.counter, languages=asked.languages, now=asked.at, lanes=asked.lanes
        ):
            if connection.execute(_CLAIM, (found.ticket.id,)).fetchone() is not None:
                return found
            left = [ticket for ticket in left if ticket.id != found.ticket.id]
            passed.append(found.ticket.id)
    return None


def few(connection: Connection[Any], asked: Asked, passed: Collection[str] = ()) -> list[Ticket]:
    """The first of those waiting for this counter, and the one that waited longest."""
    values = {
        "day": asked.day,
        "sites": list(asked.sites),
        "lanes": ["", asked.counter, *asked.lanes],
        "languages": list(asked.languages),
        "soon": asked.at + EARLY,
        "ahead": LANGUAGE_HEAD_START,
        "few": FEW,
        "passed": list(passed),
    }
    return [_light(asked.day, row) for row in connection.execute(_WAITING, values).fetchall()]


def _light(day: date, row: tuple[Any, ...]) -> Ticket:
    """A ticket as far as `pick` looks at it."""
    ticket_id, number, language, lane, first, due, issued, waiting_since = row
    periods = (Period(State.WAITING, issued), Period(State.WAITING, waiting_since))
    return Ticket(ticket_id, number, day, language, periods, lane=lane, first=first, due=due)
