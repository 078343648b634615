"""What the store is measured against: SQLite and TinyDB's own file, with the same tickets in the same run.

Each maker answers the change of one ticket, a note added: read the row, add the note, write it durably.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from kiosk.core.records import content_record, routing_record
from kiosk.core.ticket import Ticket
from kiosk.store.contents import closed
from kiosk.store.keys import Keyring

Change = Callable[[int], object]
Body = dict[str, Any]


def plain(ticket: Ticket) -> Body:
    """A ticket as an application would keep it that seals nothing."""
    return {"routing": routing_record(ticket), "content": content_record(ticket.content)}


def sealed(ticket: Ticket, keys: Keyring) -> Body:
    """A ticket sealed as the store seals it."""
    kept = closed(keys, ticket, None, None)
    return {"routing": routing_record(ticket), "sealed": dict(kept.body), "notes": list(kept.notes)}


def sqlite_plain(path: Path, tickets: Sequence[Ticket], rows: int) -> tuple[sqlite3.Connection, Change]:
    """SQLite with a write-ahead log and synchronous FULL, with so many rows in all."""

    def add(body: Body, turn: int) -> None:
        body["content"]["notes"].append(f"{turn}")

    return _sqlite(path, tickets, [plain(ticket) for ticket in tickets], rows, add)


def sqlite_sealed(
    path: Path, tickets: Sequence[Ticket], rows: int, keys: Keyring
) -> tuple[sqlite3.Connection, Change]:
    """The same with sealed contents; each note is sealed."""
    day = tickets[0].day

    def add(body: Body, turn: int) -> None:
        note = keys.seal(day, json.dumps(f"{turn}").encode(), b"note", block=64)
        body["notes"].append({"stamp": body["routing"]["periods"][-1]["stamp"], "sealed": note.record()})

    return _sqlite(path, tickets, [sealed(ticket, keys) for ticket in tickets], rows, add)


def _sqlite(
    path: Path, tickets: Sequence[Ticket], bodies: Sequence[Body], rows: int, add: Callable[[Body, int], None]
) -> tuple[sqlite3.Connection, Change]:
    base = sqlite3.connect(path, isolation_level=None)
    base.execute("PRAGMA journal_mode=WAL")
    base.execute("PRAGMA synchronous=FULL")
    base.execute("CREATE TABLE tickets (id TEXT PRIMARY KEY, day TEXT, state TEXT, body TEXT)")
    base.execute("CREATE INDEX by_day ON tickets (day, state)")
    texts = [json.dumps(body, ensure_ascii=False) for body in bodies]
    base.execute("BEGIN")
    for number in range(rows):
        place, days = number % len(tickets), number // len(tickets)
        ticket = tickets[place]
        day = date.fromordinal(ticket.day.toordinal() - days).isoformat()
        # Of earlier days only how much there is of them counts.
        row = (f"{ticket.id}-{days}" if days else ticket.id, day, "waiting", texts[place])
        base.execute("INSERT INTO tickets VALUES (?, ?, ?, ?)", row)
    base.execute("COMMIT")

    def change(turn: int) -> object:
        wanted = tickets[turn % len(tickets)].id
        base.execute("BEGIN IMMEDIATE")
        (text,) = base.execute("SELECT body FROM tickets WHERE id = ?", (wanted,)).fetchone()
        body: Body = json.loads(text)
        add(body, turn)
        changed = json.dumps(body, ensure_ascii=False)
        base.execute("UPDATE tickets SET body = ?, state = ? WHERE id = ?", (changed, "waiting", wanted))
        return base.execute("COMMIT")

    return base, change


def tinydb_file(path: Path, tickets: Sequence[Ticket], rows: int) -> tuple[Any, Change]:
    """TinyDB with its JSONStorage, which writes the whole file anew and does not flush it."""
    from tinydb import TinyDB

    base = TinyDB(path, ensure_ascii=False, encoding="utf-8")
    bodies = [plain(ticket) for ticket in tickets]
    base.insert_multiple(bodies[number % len(bodies)] for number in range(rows))

    def change(turn: int) -> object:
        def add(body: Mapping[str, Any]) -> None:
            body["content"]["notes"].append(f"{turn}")

        return base.update(add, doc_ids=[turn % len(tickets) + 1])

    return base, change
