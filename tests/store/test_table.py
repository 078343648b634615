"""A day as TinyDB."""

from __future__ import annotations

from pathlib import Path

import pytest
from tinydb import TinyDB, where
from tinydb.table import Document

from kiosk.core.ticket import State
from tests.store.samples import DAY, FULL, NOW, PLAIN, minutes, tiny


def test_queries_see_what_any_process_wrote(folder: Path) -> None:
    store, other = tiny(folder), tiny(folder, "B")
    first = store.issue(FULL, language="ko", at=NOW)
    other.issue(PLAIN, language="vi", at=NOW)
    db = store.db()
    assert isinstance(db, TinyDB)
    waiting = where("state") == "waiting"
    assert [found["number"] for found in db.search(waiting)] == ["A001", "B001"]
    other.call_next(counter="1", languages=("ko",), at=minutes(1))
    assert [found["number"] for found in db.search(waiting)] == ["B001"]
    (called,) = db.search(where("content")["cases"].any(where("topic") == "work"))
    assert called["id"] == first.id
    assert db.get(doc_id=called.doc_id) == called
    assert other.db(DAY).get(where("number") == "A001").doc_id == called.doc_id
    assert len(db) == 2
    assert db.tables() == {"tickets"}
    assert db.count(where("language") == "vi") == 1


def test_an_update_is_a_record(folder: Path) -> None:
    store = tiny(folder)
    tickets = [store.issue(PLAIN, language="en", at=NOW) for _ in range(3)]
    changed = store.db().update({"lane": "law"}, where("number") != "A002")
    assert len(changed) == 2
    assert [t.lane for t in tiny(folder).tickets()] == ["law", "", "law"]
    assert tiny(folder).get(tickets[1].id) == tickets[1]


def test_what_would_lose_a_ticket_is_refused(folder: Path) -> None:
    store = tiny(folder)
    store.issue(PLAIN, language="en", at=NOW)
    db = store.db()
    for refused in (
        lambda: db.insert({"number": "A009"}),
        lambda: db.insert(Document({"number": "A009"}, 5)),
        lambda: db.remove(where("number") == "A001"),
        db.truncate,
        db.drop_tables,
        lambda: db.drop_table("tickets"),
        lambda: db.table("others").insert({"a": 1}),
        lambda: db.update({"state": "closed"}),
        lambda: db.update({"number": "A002"}),
        lambda: db.update({"periods": []}),
        lambda: db.update({"content": 5}),
    ):
        with pytest.raises(ValueError, match=r"\w"):
            refused()
    assert [t.state for t in tiny(folder).tickets()] == [State.WAITING]


def test_a_document_changed_in_hand_changes_nothing(folder: Path) -> None:
    store = tiny(folder)
    ticket = store.issue(FULL, language="ko", at=NOW)
    found = store.db().all()[0]
    found["periods"].clear()
    found["content"]["notes"].append("x")
    assert store.get(ticket.id) == ticket
