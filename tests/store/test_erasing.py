from __future__ import annotations

import errno
import multiprocessing
from contextlib import suppress
from datetime import date, timedelta
from multiprocessing.queues import Queue
from pathlib import Path
from typing import Any

import pytest

from kiosk.core.changes import call, close, serve
from kiosk.core.ticket import Case, Content, Ticket
from kiosk.errors import Trouble
from kiosk.store.erasing import Mark, erase_before, new_mark
from kiosk.store.keys import Keyring
from kiosk.store.record import Record, scan
from kiosk.store.tiny import TinyStore
from tests.core.make import NOON
from tests.store.failing import Disk
from tests.store.samples import DAY, FULL, NOW, always, tiny, told


def test_days_past_their_time_are_gone_with_everything_set_aside(tmp_path: Path) -> None:
    days = [date(2026, 8, 1), date(2026, 8, 31), date(2026, 11, 20)]
    for day in days:
        store = TinyStore(tmp_path, letter="A", today=always(day))
        store.issue(Content(cases=(Case("work"),)), language="vi", at=NOON)
        store.close()
    aside = tmp_path / "damaged"
    aside.mkdir(exist_ok=True)
    (aside / "2026-08-01.journal.100").write_bytes(b"something somebody said")
    (tmp_path / "kept.txt").write_text("not a day")

    assert erase_before(tmp_path, date(2026, 11, 20) - timedelta(days=90)) == (date(2026, 8, 1),)
    Keyring(tmp_path / "keys").erase_before(date(2026, 11, 20) - timedelta(days=90))
    left = {path.name for path in tmp_path.rglob("*") if path.is_file()}
    assert not [name for name in left if "2026-08-01" in name]
    assert {"2026-08-31.journal", "2026-11-20.journal", "kept.txt"} <= left
    assert TinyStore(tmp_path, letter="A", today=lambda: days[2]).days() == days[1:]


def test_nothing_there_is_nothing_gone(tmp_path: Path) -> None:
    assert erase_before(tmp_path / "missing", date(2026, 1, 1)) == ()


def issued(store: TinyStore, count: int = 3) -> list[Ticket]:
    return [store.issue(FULL, language="ko", at=NOW) for _ in range(count)]


def ended(store: TinyStore, ticket: Ticket) -> Ticket:
    store.change(ticket.id, lambda case: call(case, NOW, counter="1"))
    store.change(ticket.id, lambda case: serve(case, NOW, counter="1"))
    return store.change(ticket.id, lambda case: close(case, NOW, counter="1"))


def one(ticket: Ticket) -> Mark:
    return new_mark(whole=False, tickets=1, reason="request", ticket=ticket.id)


WHOLE = new_mark(whole=True, tickets=3, reason="automatic")


def later(folder: Path, letter: str = "A") -> TinyStore:
    """The store on the day after."""
    return tiny(folder, letter, DAY + timedelta(days=1))


def bytes_under(folder: Path) -> bytes:
    return b"\0".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def test_a_process_that_has_the_day_open_brings_nothing_back(folder: Path) -> None:
    """Whatever it does next, also where new tickets come to the day because the clock was set back."""
    store, open_ = tiny(folder), tiny(folder)
    tickets = issued(store)
    assert open_.tickets() == tickets
    erasing = later(folder)
    erasing.mark_erased(DAY, WHOLE)
    erasing.erase_day(DAY)
    new = tiny(folder, "B").issue(FULL, language="vi", at=NOW)
    assert open_.tickets() == [new]
    with told("trouble.ticket_unknown"):
        open_.change(tickets[0].id, lambda case: call(case, NOW, counter="1"))
    open_.issue(FULL, language="vi", at=NOW)
    assert {ticket.id for ticket in tiny(folder).tickets()}.isdisjoint(ticket.id for ticket in tickets)
    for ticket in tickets:
        assert ticket.id.encode() not in bytes_under(folder)
    assert open_.is_erased(DAY, tickets[0].id)
    assert {fault.key for fault in open_.faults()} == set()


def test_without_a_mark_what_was_deleted_by_hand_comes_back(folder: Path) -> None:
    """The same without an erasure: this is what the mark is for."""
    store, open_ = tiny(folder), tiny(folder)
    tickets = issued(store)
    assert open_.tickets() == tickets
    (folder / f"{DAY}.journal").unlink()
    tiny(folder, "B").issue(FULL, language="vi", at=NOW)
    assert {ticket.id for ticket in open_.tickets()} > {ticket.id for ticket in tickets}


def _watch(folder: str, words: Queue[str], answers: Queue[Any]) -> None:
    """A process that keeps the day open and writes to it whenever it is told."""
    store = tiny(Path(folder), "C")
    while (word := words.get(timeout=250)) != "end":
        if word == "issue":
            store.issue(FULL, language="ne", at=NOW)
        answers.put([ticket.id for ticket in store.tickets()])


@pytest.mark.parametrize("whole", [True, False])
def test_two_processes(folder: Path, whole: bool) -> None:
    spawn = multiprocessing.get_context("spawn")
    words, answers = spawn.Queue(), spawn.Queue()
    tickets = issued(tiny(folder))
    gone = tickets if whole else [ended(tiny(folder), tickets[1])]
    watcher = spawn.Process(target=_watch, args=(str(folder), words, answers))
    watcher.start()
    words.put("look")
    assert answers.get(timeout=250) == [ticket.id for ticket in tickets]
    erasing = later(folder)
    if whole:
        erasing.mark_erased(DAY, WHOLE)
        erasing.erase_day(DAY)
        tiny(folder, "B").issue(FULL, language="vi", at=NOW)
    else:
        erasing.erase(gone[0], one(gone[0]), lambda _: None)
    for word in ("issue", "look"):
        words.put(word)
        seen = answers.get(timeout=250)
        assert not {ticket.id for ticket in gone} & set(seen)
    words.put("end")
    watcher.join()
    assert watcher.exitcode == 0
    left = [ticket.id for ticket in tiny(folder).tickets()]
    assert left == seen
    assert len(left) == (2 if whole else 3)


def test_one_ticket_goes_and_its_number_stays_taken(folder: Path) -> None:
    store, open_ = tiny(folder), tiny(folder)
    tickets = issued(store)
    gone = ended(store, tickets[2])
    sealed = [body["sealed"]["data"] for body in bodies(folder) if body["routing"]["id"] == gone.id]
    assert len(set(sealed)) == 1
    assert open_.get(gone.id) == gone
    (folder / "damaged").mkdir()
    (folder / "damaged" / f"{DAY}.journal-100").write_bytes(b"a piece of it")
    store.erase(gone, one(gone), lambda _: None)
    for one_ in (store, open_, tiny(folder)):
        assert one_.tickets() == tickets[:2]
        with told("trouble.ticket_unknown"):
            one_.get(gone.id)
        assert one_.is_erased(DAY, gone.id)
        assert not one_.is_erased(DAY, tickets[0].id)
        assert one_.faults() == ()
    assert sealed[0].encode() not in bytes_under(folder)
    assert not list((folder / "damaged").iterdir())
    (folder / f".{DAY}.counts").unlink()
    assert tiny(folder).issue(FULL, language="vi", at=NOW).number == "A004"
    again = tiny(folder)
    assert [ticket.number for ticket in again.tickets()] == ["A001", "A002", "A004"]
    assert again.faults() == ()
    again.erase(gone, one(gone), lambda _: None)
    second = ended(again, tickets[0])
    again.erase(second, one(second), lambda _: None)
    assert [ticket.number for ticket in open_.tickets()] == ["A002", "A004"]
    assert tiny(folder).faults() == ()


def bodies(folder: Path) -> list[dict[str, Any]]:
    found = scan(DAY, (folder / f"{DAY}.journal").read_bytes())
    return [dict(item.body) for item in found if isinstance(item, Record) and item.kind != "erase"]


def test_a_ticket_that_may_not_go_stays(folder: Path) -> None:
    store = tiny(folder)
    ticket = issued(store, 1)[0]

    def never(_: Ticket) -> None:
        raise Trouble("trouble.erase_open")

    before = bytes_under(folder)
    with told("trouble.erase_open"):
        store.erase(ticket, one(ticket), never)
    assert bytes_under(folder) == before
    with told("trouble.erase_today"):
        store.erase_day(DAY)
    assert store.tickets() == [ticket]


def test_erased_beside_damage_nothing_else_is_lost(folder: Path) -> None:
    store = tiny(folder)
    tickets = issued(store, 4)
    gone = ended(store, tickets[0])
    store.close()
    path = folder / f"{DAY}.journal"
    lines = path.read_bytes().splitlines(keepends=True)
    lines[1] = lines[1].replace(b"routing", b"rooting")
    path.write_bytes(b"".join(lines))
    store = tiny(folder)
    store.erase(gone, one(gone), lambda _: None)
    fresh = tiny(folder)
    assert fresh.tickets() == [tickets[2], tickets[3]]
    assert fresh.faults() == ()
    assert fresh.issue(FULL, language="vi", at=NOW).number >= "A005"


@pytest.mark.parametrize("name", ["open", "write", "fdatasync", "fsync", "unlink", "rename", "replace"])
@pytest.mark.parametrize("code", [errno.EIO, errno.ENOSPC])
def test_cut_off_at_any_call_it_is_there_whole_or_gone_whole(
    folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, code: int
) -> None:
    """The n-th call and all after it fail, as where the machine dies; then it is done again."""
    for after in range(16):
        place = folder / str(after)
        tickets = issued(tiny(place))
        gone = ended(tiny(place), tickets[0])
        open_, store = tiny(place), later(place)
        open_.tickets()
        disk = Disk(monkeypatch)
        disk.fail(name, code, after=after)
        with suppress(Trouble):
            store.erase(gone, one(gone), lambda _: None)
        disk.mend()
        now = {ticket.id for ticket in tiny(place).tickets()}
        assert now in ({ticket.id for ticket in tickets}, {ticket.id for ticket in tickets[1:]})
        assert {ticket.id for ticket in open_.tickets()} == now
        store.close()
        store.erase(gone, one(gone), lambda _: None)
        for one_ in (open_, tiny(place)):
            assert one_.tickets() == tickets[1:]
        assert open_.issue(FULL, language="vi", at=NOW).number == "A004"
        assert tiny(place).faults() == ()


def test_a_damaged_mark_brings_nothing_back(folder: Path) -> None:
    store, open_ = tiny(folder), tiny(folder)
    tickets = issued(store)
    open_.tickets()
    erasing = later(folder)
    erasing.mark_erased(DAY, WHOLE)
    erasing.erase_day(DAY)
    (folder / "erased" / str(DAY)).write_bytes(b"\0\0")
    tiny(folder, "B").issue(FULL, language="vi", at=NOW)
    assert {ticket.id for ticket in open_.tickets()}.isdisjoint(ticket.id for ticket in tickets)
