"""Tickets as rows: read in one look, written with one statement."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from kiosk.core.records import ticket_from
from kiosk.core.ticket import Period
from kiosk.store.carrying import Carried
from kiosk.store.contents import CLOSED, Kept

if TYPE_CHECKING:
    from psycopg import Connection

_READ = """
SELECT t.id::text, t.site, t.number, t.day, t.language, t.lane, t.first, t.due, t.content,
    (SELECT json_agg(json_build_array(p.state, p.at, p.counter, p.staff, p.stamp, p.undoes)
        ORDER BY p.place)
     FROM period p WHERE p.ticket = t.id),
    (SELECT json_agg(json_build_object('stamp', n.stamp, 'sealed', n.sealed) ORDER BY n.stamp)
     FROM note n WHERE n.ticket = t.id),
    (SELECT json_agg(json_build_object('by', r.author, 'stamp', r.stamp, 'sealed', r.sealed)
        ORDER BY r.author)
     FROM record r WHERE r.ticket = t.id)
FROM ticket t WHERE t.site = ANY(%(sites)s) AND """
_PARTS = """
, p AS (
    INSERT INTO period (ticket, key, place, state, at, counter, staff, stamp, undoes)
    SELECT %(id)s, x.* FROM json_to_recordset(%(periods)s) AS x
        (key text, place integer, state text, at timestamptz, counter text, staff text, stamp text,
        undoes text)
    ON CONFLICT DO NOTHING
), n AS (
    INSERT INTO note (ticket, stamp, sealed)
    SELECT %(id)s, x.* FROM json_to_recordset(%(notes)s) AS x (stamp text, sealed json)
    ON CONFLICT DO NOTHING
), r AS (
    INSERT INTO record (ticket, author, stamp, sealed)
    SELECT %(id)s, x.* FROM json_to_recordset(%(records)s) AS x (by text, stamp text, sealed json)
    ON CONFLICT (ticket, author) DO UPDATE SET stamp = excluded.stamp, sealed = excluded.sealed
), s AS (
    INSERT INTO stamp (day, device, latest)
    SELECT %(day)s, right(x, 8), max(x) FROM unnest(%(stamps)s::text[]) AS x GROUP BY 2 ORDER BY 2
    ON CONFLICT (day, device) DO UPDATE SET latest = greatest(stamp.latest, excluded.latest)
)
SELECT site FROM ticket WHERE id = %(id)s
"""
_INSERT = (
    """
WITH t AS (
    INSERT INTO ticket (id, site, day, number, twice, language, lane, first, due,
        state, issued, waiting_since, content, written)
    VALUES (%(id)s, %(site)s, %(day)s, %(number)s, %(twice)s, %(language)s, %(lane)s, %(first)s, %(due)s,
        %(state)s, %(issued)s, %(waiting_since)s, %(content)s, pg_current_xact_id())
)"""
    + _PARTS
)
_UPDATE = """
WITH t AS (
    UPDATE ticket SET lane = %(lane)s, first = %(first)s, due = %(due)s, state = %(state)s,
        issued = %(issued)s, waiting_since = %(waiting_since)s, written = pg_current_xact_id(){content}
    WHERE id = %(id)s
)"""
_PLACES = """
UPDATE period SET place = x.place FROM json_to_recordset(%(periods)s) AS x (key text, place integer)
WHERE period.ticket = %(id)s AND period.key = x.key AND period.place <> x.place
"""
_CLAIM = """
SELECT id::text FROM ticket WHERE id = ANY(%(ids)s::uuid[]) AND state = 'waiting'
ORDER BY array_position(%(ids)s::uuid[], id) LIMIT 1 FOR UPDATE SKIP LOCKED
"""
_STAMPS = "SELECT latest FROM stamp WHERE day = %s"
# Every ticket counts: of two transactions at once the later number may be written first.
_MARK = """
SELECT count(*), coalesce(md5(string_agg(id::text || written::text, ' ' ORDER BY id)), '')
FROM ticket WHERE day = %s AND site = ANY(%s)
"""
_LOCK = "SELECT 1 FROM ticket WHERE id = %s AND site = ANY(%s) FOR UPDATE"


def read(connection: Connection[Any], sites: Collection[str], where: str, **values: Any) -> list[Carried]:
    """The tickets of these sites that meet a condition, closed."""
    cursor = connection.execute(_READ + where, {"sites": list(sites), **values})
    return [_carried(row) for row in cursor.fetchall()]


def first_free(connection: Connection[Any], ids: list[str]) -> str | None:
    """The first of these that waits and that nobody else is taking, ours until this transaction ends."""
    row = connection.execute(_CLAIM, {"ids": ids}).fetchone()
    return None if row is None else str(row[0])


def read_locked(connection: Connection[Any], sites: Collection[str], ticket_id: str) -> Carried | None:
    """A ticket as it stands now, which nobody else changes until this transaction ends."""
    if connection.execute(_LOCK, (ticket_id, list(sites))).fetchone() is None:
        return None
    # Only a statement begun after the lock was given sees what its last holder wrote.
    return next(iter(read(connection, sites, "t.id = %(id)s", id=ticket_id)), None)


def insert(connection: Connection[Any], made: Carried, *, twice: bool = False) -> None:
    values = _values(made, made.ticket.periods) | {
        "site": made.ticket.site,
        "number": made.ticket.number,
        "twice": twice,
        "language": made.ticket.language,
        "content": _json(made.kept.body),
        "notes": _json([dict(note) for note in made.kept.notes]),
        "records": _json([dict(slot) for slot in made.kept.records]),
    }
    connection.execute(_INSERT, values)


def update(connection: Connection[Any], before: Carried, after: Carried) -> str:
    """Write what `after` has more or other than `before`, which is on disk and locked; answers its site."""
    known = len(before.ticket.periods)
    grown = after.ticket.periods[:known] == before.ticket.periods
    values = _values(after, after.ticket.periods, known if grown else 0)
    same = after.kept.body == before.kept.body
    if not same:
        values["content"] = _json(after.kept.body)
    notes = [dict(note) for note in after.kept.notes if note not in before.kept.notes]
    values["notes"] = _json(notes)
    values["records"] = _json([dict(slot) for slot in after.kept.records if slot not in before.kept.records])
    gone = {note["stamp"] for note in before.kept.notes} - {note["stamp"] for note in after.kept.notes}
    if gone:
        forget = "DELETE FROM note WHERE ticket = %s AND stamp = ANY(%s)"
        connection.execute(forget, (after.ticket.id, list(gone)))
    statement = _UPDATE.format(content="" if same else ", content = %(content)s") + _PARTS
    (site,) = connection.execute(statement, values).fetchone() or ("",)
    if not grown:
        connection.execute(_PLACES, values)
    return str(site)


def stamps(connection: Connection[Any], day: date) -> list[str]:
    """The highest stamp of each device among a day's tickets."""
    return [latest for (latest,) in connection.execute(_STAMPS, (day,)).fetchall()]


def mark(connection: Connection[Any], sites: Collection[str], day: date) -> str:
    """What the day's tickets of these sites are now: which, and by which transaction each was written."""
    count, digest = connection.execute(_MARK, (day, list(sites))).fetchone() or (0, "")
    return f"{count} {digest}"


def _values(made: Carried, periods: tuple[Period, ...], known: int = 0) -> dict[str, Any]:
    ticket = made.ticket
    new = [period for place, period in enumerate(periods) if place >= known]
    return {
        "id": ticket.id,
        "day": ticket.day,
        "stamps": [stamp for stamp in (*(period.stamp for period in new), *made.kept.stamps) if stamp],
        "lane": ticket.lane,
        "first": ticket.first,
        "due": ticket.due,
        "state": ticket.state.value,
        "issued": ticket.issued,
        "waiting_since": ticket.waiting_since,
        "periods": _json([_period(place, one) for place, one in enumerate(periods) if place >= known]),
    }


def _period(place: int, period: Period) -> dict[str, Any]:
    state, at = period.state.value, period.at.isoformat()
    return {
        "key": period.stamp or f"{state} {period.at.timestamp()} {period.counter} {place}",
        "place": place,
        "state": state,
        "at": at,
        "counter": period.counter,
        "staff": period.staff,
        "stamp": period.stamp,
        "undoes": period.undoes,
    }


def _carried(row: tuple[Any, ...]) -> Carried:
    ticket_id, site, number, day, language, lane, first, due, content, periods, notes, records = row
    names = ("state", "at", "counter", "staff", "stamp", "undoes")
    routing: Mapping[str, Any] = {
        "id": ticket_id,
        "number": number,
        "day": day.isoformat(),
        "language": language,
        "lane": lane,
        "first": first,
        "due": due.isoformat() if due else None,
        "site": site,
        "periods": [dict(zip(names, period, strict=True)) for period in periods],
    }
    return Carried(ticket_from(routing, CLOSED), Kept(content, tuple(notes or ()), tuple(records or ())))


def _json(value: Any) -> str:
    return json.dumps(value if isinstance(value, list) else dict(value), ensure_ascii=False)
