"""Consultation records, what is taken back, and numbers called at once, in every back end."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from threading import Barrier

import pytest

from kiosk.core.changes import (
    CannotUndo,
    Taken,
    call,
    call_number,
    close,
    note,
    record,
    serve,
    transfer,
    undo,
)
from kiosk.core.consultation import Consultation, Handover, Interpreted
from kiosk.core.ticket import State, Ticket
from kiosk.store.contents import Kept
from kiosk.store.erasing import Mark
from kiosk.store.joined import JoinedStore
from kiosk.store.keys import Keyring
from kiosk.store.postgres import PostgresStore
from kiosk.store.protocol import TicketStore
from kiosk.store.record import Record, encode, scan
from kiosk.store.tiny import TinyStore
from tests.store.conftest import Office
from tests.store.samples import DAY, FULL, NOW, PLAIN, minutes, tiny

WORDS = "監督署へ同行し、未払い賃金の申告をした。"
DONE = Consultation(
    "k03",
    topics=("E", "work"),
    means="visit",
    minutes=0,
    done=WORDS,
    agencies=("labour-standards",),
    result="referred",
    follow_up=date(2026, 8, 4),
    caller="family",
    nationality="KR",
    status="A-10",
    interpreted=(Interpreted("line", "ko", 754, "77-123"),),
    handovers=(Handover("0a1b2c3d", NOW, "labour-standards", "労基署", "letter", consent=minutes(3)),),
    saved=minutes(5),
)


def recording(one: Consultation) -> Callable[[Ticket], Ticket]:
    return lambda found: record(found, one)


def test_a_record_comes_back_and_takes_its_authors_place(office: Office) -> None:
    store, other = office.open(), office.open()
    issued = store.issue(FULL, language="ko", at=NOW)
    first = store.change(issued.id, recording(DONE))
    other.change(issued.id, recording(Consultation("k01", done="通訳", saved=minutes(6))))
    last = store.change(issued.id, recording(replace(DONE, minutes=25)))
    assert [one.by for one in last.content.records] == ["k01", "k03"]
    assert last.content.records[1] == replace(DONE, minutes=25)
    assert last.content.records[1].stamp > last.content.records[0].stamp > first.content.records[0].stamp
    assert replace(last.content, records=()) == issued.content
    for each in (store, other, office.open()):
        found = each.get(issued.id)
        assert found == last
        assert [one.stamp for one in found.content.records] == [one.stamp for one in last.content.records]
    assert store.change(issued.id, recording(replace(DONE, minutes=25, saved=minutes(9)))) == last


def test_only_the_newest_of_an_author_lies_in_the_store(office: Office) -> None:
    store = office.open()
    issued = store.issue(PLAIN, language="ko", at=NOW)
    for turn in range(5):
        store.change(issued.id, recording(replace(DONE, minutes=turn)))
    (carried,) = store.carried(DAY)
    assert [(slot["by"], sorted(slot)) for slot in carried.kept.records] == [
        ("k03", ["by", "sealed", "stamp"])
    ]
    lengths = []
    for words in ("", "a", "あ" * 40):
        store.change(issued.id, recording(Consultation("k03", done=words, means="visit")))
        lengths.append(len(store.carried(DAY)[0].kept.records[0]["sealed"]["data"]))
    assert len(set(lengths)) == 1, "its length tells nothing of a short one"


def test_the_record_of_an_ended_ticket_is_written_on_another_day(office: Office) -> None:
    store = office.open()
    issued = store.issue(PLAIN, language="ko", at=NOW)
    for apply in (
        lambda t: call(t, minutes(1), counter="1"),
        lambda t: serve(t, minutes(2), counter="1"),
        recording(DONE),
        lambda t: close(t, minutes(9), counter="1"),
    ):
        store.change(issued.id, apply)
    office.today = DAY + timedelta(days=7)
    later = office.open()
    after = later.change(issued.id, recording(replace(DONE, followed=True, saved=NOW + timedelta(days=7))))
    assert (after.state, after.day) == (State.CLOSED, DAY)
    assert store.tickets(DAY) == later.tickets(DAY) == [after]
    assert after.content.records[0].followed


def test_what_was_taken_back_is_waiting_again_for_all(office: Office) -> None:
    kiosk, console = office.open(), office.open()
    first, second = (kiosk.issue(PLAIN, language="vi", at=minutes(turn)) for turn in range(2))
    called = console.call_next(counter="1", languages=(), at=minutes(20))
    assert called is not None
    assert called.ticket.id == first.id
    back = console.change(first.id, lambda t: undo(t, minutes(20.5), counter="1", staff="k3"))
    assert (back.state, back.waiting_since, len(back.periods)) == (State.WAITING, NOW, 3)
    assert [found.state for found in kiosk.tickets()] == [State.WAITING] * 2
    again = kiosk.call_next(counter="2", languages=(), at=minutes(21))
    assert again is not None
    assert (again.ticket.id, again.minutes, again.ticket.calls) == (first.id, 21, 1)
    assert office.open().get(first.id) == console.get(first.id) == again.ticket
    with pytest.raises(CannotUndo):
        console.change(first.id, lambda t: undo(t, minutes(21), counter="1"))
    assert console.get(second.id).state is State.WAITING


def test_an_end_and_a_transfer_are_taken_back(office: Office) -> None:
    store = office.open()
    issued = store.issue(PLAIN, language="vi", at=NOW)
    steps: tuple[Callable[[Ticket], Ticket], ...] = (
        lambda t: call(t, minutes(1), counter="1"),
        lambda t: serve(t, minutes(2), counter="1"),
        lambda t: transfer(t, minutes(3), lane="law", counter="1"),
        lambda t: undo(t, minutes(3.5), counter="1", lane=""),
        lambda t: close(t, minutes(4), counter="1"),
        lambda t: undo(t, minutes(4.5), counter="1"),
    )
    for step in steps:
        found = store.change(issued.id, step)
    assert (found.state, found.lane, found.counter) == (State.SERVING, "", "1")
    assert office.open().tickets() == [found]
    twin = office.open().carried(DAY)
    assert [named.number for named in store.merge(twin).unchanged] == [issued.number]
    assert store.change(issued.id, lambda t: close(t, minutes(5), counter="1")).state is State.CLOSED


def test_a_number_called_at_two_counters_at_once_is_called_at_one(office: Office) -> None:
    stores = {counter: office.open() for counter in "123"}
    for turn in range(5):
        ticket = stores["1"].issue(PLAIN, language="vi", at=minutes(turn))
        barrier = Barrier(len(stores))

        def take(counter: str, ticket: Ticket = ticket, barrier: Barrier = barrier) -> str:
            barrier.wait()
            try:
                stores[counter].change(ticket.id, lambda t: call_number(t, minutes(9), counter=counter))
            except Taken as taken:
                return f"taken by {taken.counter}"
            return counter

        with ThreadPoolExecutor(len(stores)) as pool:
            answers = list(pool.map(take, stores))
        (winner,) = (answer for answer in answers if answer in stores)
        assert sorted(answers) == sorted([winner, f"taken by {winner}", f"taken by {winner}"])
        found = office.open().get(ticket.id)
        assert [(p.state, p.counter) for p in found.periods[1:]] == [(State.CALLED, winner)]
        assert take(winner, barrier=Barrier(1)) == winner, "a recall"
        assert office.open().get(ticket.id).calls == 2


def test_without_the_key_the_own_record_is_written_and_no_other(office: Office) -> None:
    reader, blind = office.open(), office.open()
    issued = reader.issue(FULL, language="ko", at=NOW)
    reader.change(issued.id, recording(DONE))
    reader.change(issued.id, recording(Consultation("k01", done="通訳")))
    for keys in keyrings(blind):
        keys.public_only()
    seen = blind.get(issued.id)
    assert seen.content.closed
    assert seen.content.records == ()
    blind.change(issued.id, recording(Consultation("k01", done="手紙を書いた")))
    blind.change(issued.id, recording(Consultation("k07", done="見守り")))
    assert blind.change(issued.id, recording(Consultation("k03"))).content.closed
    found = reader.get(issued.id)
    assert [(one.by, one.done) for one in found.content.records] == [
        ("k01", "手紙を書いた"),
        ("k03", WORDS),
        ("k07", "見守り"),
    ]
    assert found.content.cases == FULL.cases


def keyrings(store: TicketStore) -> list[Keyring]:
    if isinstance(store, JoinedStore):
        return [store.journal.keys, store.remote.keys]
    assert isinstance(store, TinyStore | PostgresStore)
    return [store.keys]


def readable(data: bytes) -> bool:
    told = (WORDS, "77-123", "労基署", "labour-standards", "A-10")
    return any(word.encode() in data or json.dumps(word).strip('"').encode() in data for word in told)


def test_nothing_of_a_record_can_be_read_in_any_file(office: Office, tmp_path: Path) -> None:
    store = office.open()
    issued = store.issue(PLAIN, language="ko", at=NOW)
    store.change(issued.id, recording(DONE))
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert not [path for path in files if readable(path.read_bytes())]
    (carried,) = store.carried(DAY)
    assert not readable(repr(carried).encode())
    assert not readable(json.dumps(carried.kept.parts()).encode())
    if isinstance(store, PostgresStore):
        rows = store._link.reading(
            lambda c: c.execute("SELECT record::text, ticket::text FROM record, ticket").fetchall()
        )
        assert rows
        assert not readable(repr(rows).encode())


@pytest.mark.parametrize("long", ["\n", "=HYPERLINK(0)", "\x00\x1f\u202e", "\ud800", "あ" * 50_000])
def test_any_words_come_back(office: Office, long: str) -> None:
    store = office.open()
    issued = store.issue(PLAIN, language="ko", at=NOW)
    store.change(issued.id, recording(Consultation("k 1'", done=long)))
    assert [one.done for one in office.open().get(issued.id).content.records] == [long]


def test_records_of_two_stores_become_one(tmp_path: Path) -> None:
    keys = Keyring(tmp_path / "keys")
    one, other = (TinyStore(tmp_path / name, letter=name, today=lambda: DAY, keys=keys) for name in "AB")
    issued = one.issue(PLAIN, language="ko", at=NOW)
    other.merge(one.carried(DAY))
    one.change(issued.id, recording(DONE))
    other.change(issued.id, recording(Consultation("k01", done="通訳")))
    other.change(issued.id, recording(replace(DONE, minutes=30)))
    before = other.get(issued.id)
    assert one.merge(other.carried(DAY)).changed
    assert other.merge(one.carried(DAY)).unchanged
    assert one.get(issued.id).content.records == before.content.records
    assert one.carried(DAY)[0].kept.records == other.carried(DAY)[0].kept.records


def test_a_spoiled_record_keeps_nobody_from_being_called(folder: Path) -> None:
    store = tiny(folder)
    issued = store.issue(PLAIN, language="ko", at=NOW)
    store.change(issued.id, recording(DONE))
    store.close()
    path = folder / f"{DAY}.journal"
    records = [item for item in scan(DAY, path.read_bytes()) if isinstance(item, Record)]
    for spoiled in ([7], [{"by": "k03"}], "x", [{**records[-1].body["records"][0], "by": "k99"}]):
        last = encode(DAY, 9, "change", {**records[-1].body, "records": spoiled})
        path.write_bytes(b"".join(encode(DAY, one.sequence, one.kind, one.body) for one in records) + last)
        after = tiny(folder)
        found = after.call_next(counter="1", languages=(), at=NOW)
        assert found is not None
        assert found.ticket.content.closed
        assert any(fault.key == "trouble.content_damaged" for fault in after.faults())
        after.close()


def test_a_journal_of_former_years_has_no_records(folder: Path) -> None:
    store = tiny(folder)
    issued = store.issue(PLAIN, language="ko", at=NOW)
    store.change(issued.id, lambda t: note(t, "x"))
    assert b'"records"' not in (folder / f"{DAY}.journal").read_bytes()
    assert store.get(issued.id).content.records == ()
    assert Kept({}).records == ()


def test_a_save_adds_little_to_the_journal(folder: Path) -> None:
    store = tiny(folder)
    issued = store.issue(FULL, language="ko", at=NOW)
    store.change(issued.id, lambda t: call(t, NOW, counter="1"))
    sizes = []
    for turn in range(30):
        store.change(issued.id, recording(replace(DONE, done=WORDS * (1 + turn % 5), minutes=turn)))
        data = (folder / f"{DAY}.journal").read_bytes().rstrip(b"\0")
        sizes.append(len(data))
    steps = [after - before for before, after in pairwise(sizes)]
    assert max(steps) < 2 * min(steps), "the thirtieth save adds as much as the first"


def test_a_record_dies_with_its_ticket(folder: Path) -> None:
    store = tiny(folder)
    issued = store.issue(PLAIN, language="ko", at=NOW)
    after = store.change(issued.id, recording(DONE))
    sealed = store.carried(DAY)[0].kept.records[0]["sealed"]["data"].encode()
    assert sealed in (folder / f"{DAY}.journal").read_bytes()
    store.erase(after, Mark("1", False, 1, "request", ticket=issued.id), lambda _: None)
    assert sealed not in (folder / f"{DAY}.journal").read_bytes()


def saved_often(folder: Path) -> tuple[Ticket, Ticket]:
    """A day with two tickets, of which one's record was saved again and again."""
    store = tiny(folder)
    first, second = (store.issue(FULL, language="ko", at=NOW) for _ in range(2))
    for turn in range(40):
        found = store.change(first.id, recording(replace(DONE, minutes=turn)))
    store.close()
    return found, second


def size(folder: Path) -> int:
    return len((folder / f"{DAY}.journal").read_bytes().rstrip(b"\0"))


NEXT = DAY + timedelta(days=1)


def test_a_day_that_is_over_keeps_each_tickets_newest_record(folder: Path) -> None:
    expected = list(saved_often(folder))
    before = size(folder)
    assert tiny(folder).tickets() == expected
    assert size(folder) == before, "not while the day goes on"
    old, reader = tiny(folder, day=DAY), tiny(folder, day=NEXT)
    assert old.tickets() == expected
    assert reader.tickets(DAY) == expected
    assert size(folder) < before / 8
    assert not list(folder.glob(".*.former"))
    for store in (old, reader, tiny(folder, day=NEXT)):
        assert store.tickets(DAY) == expected
        assert store.faults() == ()
    changed = reader.change(expected[0].id, recording(replace(DONE, followed=True)))
    assert old.get(changed.id) == changed
    assert tiny(folder).issue(PLAIN, language="en", at=NOW).number == "A003"
    for turn in range(30):
        reader.change(changed.id, recording(replace(DONE, minutes=turn)))
    again = tiny(folder, day=NEXT).tickets(DAY)
    data = (folder / f"{DAY}.journal").read_bytes()
    assert sum(isinstance(one, Record) and one.kind == "erase" for one in scan(DAY, data)) == 1
    assert again == reader.tickets(DAY) == tiny(folder).tickets()
    assert tiny(folder).faults() == reader.faults() == ()


def test_an_erased_ticket_stays_away_from_a_compacted_day(folder: Path) -> None:
    first, second = saved_often(folder)
    copies = tiny(folder).carried(DAY)
    tiny(folder).erase(second, Mark("1", False, 1, "request", ticket=second.id), lambda _: None)
    store = tiny(folder, day=NEXT)
    assert store.tickets(DAY) == [first]
    assert [named.reason for named in store.merge(copies).refused] == ["erased"]
    store.erase(first, Mark("2", False, 1, "request", ticket=first.id), lambda _: None)
    assert tiny(folder, day=NEXT).tickets(DAY) == []
    assert tiny(folder, day=NEXT).faults() == ()
    assert tiny(folder).issue(PLAIN, language="en", at=NOW).number == "A003"


def test_a_damaged_day_is_not_compacted(folder: Path) -> None:
    expected = saved_often(folder)[0]
    path = folder / f"{DAY}.journal"
    data = path.read_bytes().rstrip(b"\0")
    path.write_bytes(data[:200] + b"\0" + data[201:])
    store = tiny(folder, day=NEXT)
    assert store.get(expected.id) == expected
    assert size(folder) >= len(data)
    assert store.faults()


def test_a_disk_that_is_full_keeps_the_day_as_it_is(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = list(saved_often(folder))
    before = size(folder)

    def full(*_: object) -> None:
        raise OSError(28, "no space")

    monkeypatch.setattr("kiosk.store.rewriting._replace", full)
    store = tiny(folder, day=NEXT)
    assert store.tickets(DAY) == expected
    assert size(folder) == before
