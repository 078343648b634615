"""Tickets between stores: carried as they lie, and united with what is known. No files, no keys.

As a line of JSON: {"routing":…,"sealed":…,"notes":[…],"records":[…]}, the parts of a journal's record that
are a ticket's; without `records` where there are none.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from kiosk.core.clock import stamp_from
from kiosk.core.merge import conflicts, merge
from kiosk.core.records import routing_record, ticket_from
from kiosk.core.ticket import Ticket
from kiosk.core.waiting import count_of, format_number
from kiosk.store.contents import CLOSED, Kept, newest_of
from kiosk.store.ids import day_of
from kiosk.store.protocol import MergeReport, Named
from kiosk.store.sealing import sealed_from

MOST_PERIODS = 2000
"""Of one ticket: a counselor's busiest case has some thirty."""
MOST_NOTES = 2000
MOST_RECORDS = 200
"""Authors of one ticket's consultation record."""
_AUTHOR = 64
"""Letters of an author."""
_SITE = 200
"""Letters of a site's name."""


@dataclass(frozen=True)
class Carried:
    """A ticket as it lies in a store: its routing, and its content sealed."""

    ticket: Ticket
    """With its content closed."""
    kept: Kept = field(repr=False)

    @property
    def name(self) -> Named:
        return Named(self.ticket.id, self.ticket.day, self.ticket.number)


def carried(ticket: Ticket, kept: Kept) -> Carried:
    """The ticket without what of its content may be open in memory."""
    return Carried(replace(ticket, content=CLOSED), kept)


def line_of(carried: Carried) -> bytes:
    """The ticket as a line of JSON with its line end; the same ticket gives the same line."""
    body = {"routing": routing_record(carried.ticket), **carried.kept.parts()}
    return json.dumps(body, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def carried_from(line: bytes, day: date) -> Carried:
    """The ticket of a line. Raises KeyError, TypeError or ValueError where it is not as a store writes it.

    What is sealed is only held to its shape: whether it opens, its key tells.
    """
    body = json.loads(line)
    if b"\\u0000" in line or (b"\\ud" in line.lower() and not _is_text(body)):
        raise ValueError("a sign that no database takes")
    ticket = ticket_from(body["routing"], CLOSED)
    # Not held against the time in its id: a clock put right in the middle of a day leaves them days apart.
    if ticket.day != day or day_of(ticket.id) is None:
        raise ValueError("a ticket of another day, or an id that is none")
    if format_number(ticket.number[:1], count_of(ticket.number)) != ticket.number:
        raise ValueError("no number")
    if len(ticket.site) > _SITE:
        raise ValueError("no site")
    notes, records = body["notes"], body.get("records", [])
    if len(ticket.periods) > MOST_PERIODS or len(notes) > MOST_NOTES or len(records) > MOST_RECORDS:
        raise ValueError("more periods, notes or records than a ticket has")
    slots = newest_of(_record(slot) for slot in records)
    if len(slots) < len(records):
        raise ValueError("an author twice")
    return Carried(ticket, Kept(_sealed(body["sealed"]), tuple(_note(note) for note in notes), slots))


def _is_text(body: object) -> bool:
    """Whether every half of a pair (UTF-16) has its other one."""
    try:
        return bool(json.dumps(body, ensure_ascii=False).encode())
    except UnicodeEncodeError:
        return False


def _sealed(record: Mapping[str, Any]) -> Mapping[str, Any]:
    """The record with nothing beside what belongs there."""
    return sealed_from(record).record()


def _note(record: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"stamp": stamp_from(record["stamp"]), "sealed": _sealed(record["sealed"])}


def _record(record: Mapping[str, Any]) -> Mapping[str, Any]:
    by, stamp = record["by"], stamp_from(record["stamp"])
    if not isinstance(by, str) or len(by) > _AUTHOR or not stamp:
        raise ValueError("no author, or no stamp")
    return {"by": by, "stamp": stamp, "sealed": _sealed(record["sealed"])}


def unite(known: Carried, came: Carried) -> Carried:
    """Both as one: periods and notes of both, each author's newest record, what was told as it is known.
    Raises ValueError where they are two tickets, whatever they claim."""
    ticket = merge(known.ticket, came.ticket)
    notes = {str(note["stamp"]): note for note in (*came.kept.notes, *known.kept.notes)}
    ordered = tuple(notes[stamp] for stamp in sorted(notes))
    records = newest_of((*known.kept.records, *came.kept.records))
    return Carried(ticket, Kept(known.kept.body, ordered, records))


def united(
    known: Mapping[str, Carried], came: Iterable[Carried], numbers: Mapping[str, Collection[str]]
) -> tuple[list[Carried], MergeReport]:
    """What is to be written of one day, and the report.

    `known`: the day's tickets by id, those among `came` at least. `numbers`: the ids known under a number.
    """
    now = dict(known)
    seen: dict[str, Named] = {}
    refused = []
    for one in came:
        found = now.get(one.ticket.id)
        try:
            now[one.ticket.id] = one if found is None else unite(found, one)
        except ValueError:
            refused.append(replace(one.name, reason="other_number"))
        else:
            seen[one.ticket.id] = one.name
    new = tuple(name for key, name in seen.items() if key not in known)
    changed = tuple(name for key, name in seen.items() if key in known and now[key] != known[key])
    unchanged = tuple(name for key, name in seen.items() if key in known and now[key] == known[key])
    written = [now[name.id] for name in (*new, *changed)]
    conflicting = tuple(_conflicts(written, numbers))
    return written, MergeReport(new, changed, unchanged, tuple(refused), conflicting)


def _conflicts(written: list[Carried], numbers: Mapping[str, Collection[str]]) -> Iterator[Named]:
    sharing: dict[str, set[str]] = {number: set(ids) for number, ids in numbers.items()}
    for one in written:
        sharing.setdefault(one.ticket.number, set()).add(one.ticket.id)
    for one in written:
        for reason in conflicts(one.ticket):
            yield replace(one.name, reason=reason)
        if len(sharing[one.ticket.number]) > 1:
            yield replace(one.name, reason="number_twice")
