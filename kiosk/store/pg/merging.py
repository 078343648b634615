"""Tickets from other stores taken into the database: united, in any order, as often as they come."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any

from kiosk.core.waiting import count_of
from kiosk.store.carrying import Carried, united
from kiosk.store.pg import rows
from kiosk.store.protocol import MergeReport

if TYPE_CHECKING:
    from psycopg import Connection

PORTION = 200
"""Tickets in one transaction: others wait for its locks no longer than a moment."""
_RAISE = """
INSERT INTO number (site, day, letter, last) VALUES (%s, %s, %s, %s)
ON CONFLICT (site, day, letter) DO UPDATE SET last = greatest(number.last, excluded.last)
"""
_NUMBERS = """
SELECT number, id::text, twice FROM ticket WHERE site = %s AND day = %s AND number = ANY(%s)
"""
_ELSEWHERE = "SELECT id::text FROM ticket WHERE id = ANY(%s::uuid[]) AND site <> ALL(%s)"
_LOCK = "SELECT 1 FROM ticket WHERE id = ANY(%s::uuid[]) ORDER BY id FOR UPDATE"
# Of two sites that erase a day at once the second sees what the first has left: else both leave the keys.
_HOLD_KEYS = "SELECT 1 FROM day_key WHERE day = %s ORDER BY mark FOR UPDATE"
_ERASE = """
DELETE FROM ticket WHERE site = %(site)s AND day = %(day)s
    AND (%(tickets)s::uuid[] IS NULL OR id = ANY(%(tickets)s::uuid[]))
"""
_ERASED = """
INSERT INTO erased (ticket, day, written) VALUES (%s, %s, pg_current_xact_id()) ON CONFLICT DO NOTHING
"""


@dataclass(frozen=True)
class Merged:
    report: MergeReport = field(default_factory=MergeReport)
    written: tuple[Carried, ...] = ()
    news: frozenset[tuple[date, str]] = frozenset()
    """Days and sites with other tickets than before."""

    def plus(self, other: Merged) -> Merged:
        written = (*self.written, *other.written)
        return Merged(self.report.plus(other.report), written, self.news | other.news)


def portions(tickets: Iterable[Carried]) -> Iterator[list[Carried]]:
    """Some at a time, each of one day."""
    for _, of_day in groupby(sorted(tickets, key=lambda one: one.ticket.day), lambda one: one.ticket.day):
        while some := list(islice(of_day, PORTION)):
            yield some


def merge(connection: Connection[Any], site: str, sites: Collection[str], came: list[Carried]) -> Merged:
    """Take over tickets of one day, within a transaction: each at the site where it is known, else at the one
    it names, where that is one of `sites`, else at `site`."""
    ids = sorted({one.ticket.id for one in came})
    # Another site's ticket is none of ours, whatever a hostile pack says.
    elsewhere = {found for (found,) in connection.execute(_ELSEWHERE, (ids, list(sites))).fetchall()}
    connection.execute(_LOCK, (ids,))
    read = rows.read(connection, sites, "t.id = ANY(%(ids)s::uuid[])", ids=ids)
    known = {one.ticket.id: one for one in read}
    ask = "SELECT ticket::text FROM erased WHERE ticket = ANY(%s::uuid[])"
    erased = {found for (found,) in connection.execute(ask, (ids,)).fetchall()}
    gone = tuple(replace(one.name, reason="erased") for one in came if one.ticket.id in erased)
    whole = Merged(MergeReport(refused=gone))
    by_site: dict[str, list[Carried]] = {}
    for one in came:
        before = known.get(one.ticket.id)
        named = one.ticket.site if one.ticket.site in sites else site
        placed = before.ticket.site if before else named
        by_site.setdefault(placed, []).append(replace(one, ticket=replace(one.ticket, site=placed)))
    for placed, some in sorted(by_site.items()):
        _raise_numbers(connection, placed, some[0].ticket.day, some)
        here = [one for one in some if one.ticket.id not in elsewhere | erased]
        whole = whole.plus(_merge(connection, placed, known, here))
    return whole


def _merge(
    connection: Connection[Any], site: str, known: Mapping[str, Carried], came: list[Carried]
) -> Merged:
    """Take over tickets of one day and site."""
    if not came:
        return Merged()
    day, numbers = came[0].ticket.day, sorted({one.ticket.number for one in came})
    taken: dict[str, set[str]] = {}
    whose: dict[str, str] = {}
    for number, ticket_id, twice in connection.execute(_NUMBERS, (site, day, numbers)).fetchall():
        taken.setdefault(number, set()).add(ticket_id)
        if not twice:
            whose[number] = ticket_id
    written, report = united(known, came, taken)
    for one in written:
        before = known.get(one.ticket.id)
        if before is not None:
            rows.update(connection, before, one)
        else:
            first = whose.setdefault(one.ticket.number, one.ticket.id)
            rows.insert(connection, one, twice=first != one.ticket.id)
    return Merged(report, tuple(written), frozenset({(day, site)} if written else ()))


def erase_day(
    connection: Connection[Any], site: str, day: date, tickets: Collection[str] | None
) -> dict[str, str]:
    """Delete these tickets of a site's day, or all of them, and the day's keys once no site has tickets of
    it. Answers whose site those are that are left, by id."""
    connection.execute(_HOLD_KEYS, (day,))
    values = {"site": site, "day": day, "tickets": None if tickets is None else list(tickets)}
    connection.execute(_ERASE, values)
    left = connection.execute("SELECT id::text, site FROM ticket WHERE day = %s", (day,)).fetchall()
    if not left:
        connection.execute("DELETE FROM day_key WHERE day = %s", (day,))
    return dict(left)


def erase_ticket(connection: Connection[Any], ticket_id: str, day: date) -> None:
    connection.execute(_ERASED, (ticket_id, day))
    connection.execute("DELETE FROM ticket WHERE id = %s", (ticket_id,))


def _raise_numbers(connection: Connection[Any], site: str, day: date, came: Iterable[Carried]) -> None:
    """So that none of theirs is given again. Whoever gives numbers of the letter meanwhile waits."""
    last: dict[str, int] = {}
    for one in came:
        letter = one.ticket.number[:1]
        last[letter] = max(last.get(letter, 0), count_of(one.ticket.number))
    for letter in sorted(last):
        connection.execute(_RAISE, (site, day, letter, last[letter]))
