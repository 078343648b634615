"""Who is next, where many counters ask at once: the database narrows, kiosk.core.waiting.pick decides.

Of however many wait, those are read that may come first by pick's order, through indexes that lie in it: of
each lane the longest waiting ones, those of each language spoken, and whose appointment has come. Who is
first without a head start for the language has waited longest, so nobody who may be first is missing. The
chosen one is locked, skipping what another counter is just taking; then the next best is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from kiosk.core.ticket import Period, State, Ticket
from kiosk.core.waiting import EARLY, Pick, pick, served
from kiosk.store.carrying import Carried
from kiosk.store.pg import rows

if TYPE_CHECKING:
    from psycopg import Connection

FEW = 10
"""Read at once of each queue: more than counters that ask in the same moment."""
_COLUMNS = "t.id::text, t.number, t.language, t.lane, t.first, t.due, t.issued, t.waiting_since"
_QUEUES = "unnest(%(sites)s::text[]) AS a (site), unnest(%(lanes)s::text[]) AS b (lane)"
_ONE_QUEUE = """
    WHERE t.day = %(day)s AND t.site = a.site AND t.lane = b.lane AND t.state = 'waiting'
        AND t.id <> ALL(%(passed)s::uuid[])
"""
# The limit stands in the text: planning for an unknown one would read all who wait.
_LONGEST = f"ORDER BY t.waiting_since, t.issued, t.id LIMIT {FEW}"
_WAITING = f"""
SELECT c.* FROM {_QUEUES}, (VALUES (true), (false)) AS f (first), LATERAL (
    SELECT {_COLUMNS} FROM ticket t {_ONE_QUEUE} AND t.due IS NULL AND t.first = f.first {_LONGEST}
) AS c
UNION
SELECT c.* FROM {_QUEUES}, (VALUES (true), (false)) AS f (first), unnest(%(languages)s::text[]) AS l (name),
LATERAL (
    SELECT {_COLUMNS} FROM ticket t {_ONE_QUEUE} AND t.due IS NULL AND t.first = f.first
        AND t.language = l.name {_LONGEST}
) AS c
UNION
SELECT c.* FROM {_QUEUES}, LATERAL (
    SELECT {_COLUMNS} FROM ticket t {_ONE_QUEUE} AND t.due <= %(soon)s
) AS c
"""


@dataclass(frozen=True)
class Asked:
    """What a counter asks with."""

    day: date
    sites: Collection[str]
    counter: str
    languages: Collection[str]
    at: datetime
    lanes: Collection[str]


@dataclass(frozen=True)
class Claim:
    """A ticket that is this transaction's alone until it ends."""

    pick: Pick
    """Its ticket is enough to name it, not to write it."""
    found: Carried
    stamps: list[str]
    """The highest of each device on that day."""


def claim(connection: Connection[Any], asked: Asked) -> Claim | None:
    """The next ticket; None where nobody waits who is not being called elsewhere."""
    passed: list[str] = []
    """Being taken by others."""
    while left := few(connection, asked, passed):
        picks = list(_in_order(left, asked))
        ids = [found.ticket.id for found in picks]
        taken = rows.first_free(connection, ids)
        if taken is not None:
            # Only a statement begun after the lock was given sees what its last holder wrote.
            found = rows.read(connection, asked.sites, "t.id = %(id)s", id=taken)[0]
            return Claim(picks[ids.index(taken)], found, rows.stamps(connection, asked.day))
        passed += ids
    return None


def _in_order(left: list[Ticket], asked: Asked) -> Iterator[Pick]:
    """The first few as `pick` would call them one after another."""
    for _ in range(FEW):
        found = pick(left, counter=asked.counter, languages=asked.languages, now=asked.at, lanes=asked.lanes)
        if found is None:
            return
        yield found
        left = [ticket for ticket in left if ticket.id != found.ticket.id]


def few(connection: Connection[Any], asked: Asked, passed: Collection[str] = ()) -> list[Ticket]:
    """Those waiting for this counter who may be first, or longest."""
    values = {
        "day": asked.day,
        "sites": list(asked.sites),
        "lanes": sorted(served(asked.counter, asked.lanes)),
        "languages": sorted(set(asked.languages)),
        "soon": asked.at + EARLY,
        "passed": list(passed),
    }
    return [_light(asked.day, row) for row in connection.execute(_WAITING, values).fetchall()]


def _light(day: date, row: tuple[Any, ...]) -> Ticket:
    """A ticket as far as `pick` looks at it."""
    ticket_id, number, language, lane, first, due, issued, waiting_since = row
    periods = (Period(State.WAITING, issued), Period(State.WAITING, waiting_since))
    return Ticket(ticket_id, number, day, language, periods, lane=lane, first=first, due=due)
