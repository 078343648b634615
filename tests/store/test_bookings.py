"""Booked places: never more than there are, kept before they are answered, and whole after any damage."""

from __future__ import annotations

import errno
import multiprocessing
import os
import stat
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from kiosk.core.ticket import Ticket
from kiosk.errors import Trouble
from kiosk.store.bookings import Booking, Bookings
from kiosk.store.record import encode
from tests.store.children import book_last
from tests.store.failing import noted
from tests.store.samples import DAY, FIRST, LAWYER, ticket_named, told

SPAWN = multiprocessing.get_context("spawn")
SECOND = FIRST + timedelta(minutes=30)
WEEK = timedelta(days=7)
JOURNAL = f"{FIRST.date()}.journal"


def book(bookings: Bookings, ticket_id: str, at: object = FIRST) -> Booking:
    return bookings.book(LAWYER, at, lambda: ticket_named(ticket_id))  # type: ignore[arg-type]


def test_a_booking_is_seen_by_all_and_after_a_start(folder: Path) -> None:
    kiosk, console = Bookings(folder), Bookings(folder)
    assert console.on(FIRST.date()) == []
    later, first = book(kiosk, "b", SECOND), book(kiosk, "a")
    assert first == Booking("lawyer", FIRST, "a", "A001", DAY)
    next_week = book(console, "c", FIRST + WEEK)
    for bookings in (kiosk, console, Bookings(folder)):
        assert bookings.on(FIRST.date()) == [first, later]
        assert bookings.since(FIRST.date()) == [first, later, next_week]
        assert bookings.since(FIRST.date() + WEEK) == [next_week]
        assert bookings.taken("lawyer", FIRST.date()) == [FIRST, SECOND, FIRST + WEEK]
        assert bookings.taken("tax", FIRST.date()) == []
        assert bookings.days() == [FIRST.date(), FIRST.date() + WEEK]
        assert bookings.faults() == ()


def test_a_full_time_issues_no_ticket(folder: Path) -> None:
    bookings = Bookings(folder)
    for ticket_id in "ab":
        book(bookings, ticket_id)
    issued: list[str] = []

    def issue() -> Ticket:
        issued.append("c")
        return ticket_named("c")

    with told("trouble.place_taken"):
        bookings.book(LAWYER, FIRST, issue)
    assert issued == []
    assert book(bookings, "d", SECOND).at == SECOND


def test_a_place_given_back_can_be_booked(folder: Path) -> None:
    bookings, other = Bookings(folder), Bookings(folder)
    kept, given_back = book(bookings, "a"), book(bookings, "b")
    assert other.cancel("b") == given_back
    assert other.cancel("b") is None
    assert bookings.on(FIRST.date()) == [kept]
    book(bookings, "b", SECOND)
    book(bookings, "c")
    assert [one.ticket_id for one in Bookings(folder).on(FIRST.date())] == ["a", "c", "b"]


def test_a_ticket_that_is_not_issued_takes_no_place(folder: Path) -> None:
    bookings = Bookings(folder)

    def refused() -> Ticket:
        raise Trouble("trouble.disk_full")

    with told("trouble.disk_full"):
        bookings.book(LAWYER, FIRST, refused)
    assert bookings.on(FIRST.date()) == Bookings(folder).on(FIRST.date()) == []


@pytest.mark.parametrize(
    ("call", "code", "key"),
    [
        ("write", errno.ENOSPC, "trouble.disk_full"),
        ("write", errno.EIO, "trouble.store_failed"),
        ("fdatasync", errno.EIO, "trouble.store_failed"),
        ("open", errno.EACCES, "trouble.store_failed"),
    ],
)
def test_a_failing_disk_books_nothing_and_goes_on_when_mended(
    folder: Path, monkeypatch: pytest.MonkeyPatch, call: str, code: int, key: str
) -> None:
    bookings = Bookings(folder)
    first = book(bookings, "a")

    def failing(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    with monkeypatch.context() as broken:
        broken.setattr(os, call, failing)
        with told(key):
            book(bookings, "b", FIRST + WEEK if call == "open" else FIRST)
    assert bookings.on(FIRST.date()) == Bookings(folder).on(FIRST.date()) == [first]
    second = book(bookings, "c")
    assert Bookings(folder).since(FIRST.date()) == [first, second]


def test_a_booking_is_on_disk_before_it_is_answered(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bookings = Bookings(folder)
    book(bookings, "a")
    order: list[str] = []
    noted(monkeypatch, "fdatasync", lambda *_: order.append("disk"))

    def issued() -> Ticket:
        order.append("ticket")
        return ticket_named("b")

    bookings.book(LAWYER, FIRST, issued)
    bookings.cancel("b")
    assert order == ["ticket", "disk", "disk"]


def test_processes_want_the_last_places(folder: Path) -> None:
    answers = SPAWN.Queue()
    processes = [SPAWN.Process(target=book_last, args=(str(folder), n, 12, answers)) for n in "ABC"]
    for process in processes:
        process.start()
    won = [one for _ in processes for one in answers.get(timeout=200)]
    for process in processes:
        process.join()
        assert process.exitcode == 0
    assert Counter(at for _, at in won) == {FIRST + timedelta(minutes=30 * n): 2 for n in range(4)}
    found = Bookings(folder)
    assert {(one.ticket_id, one.at) for one in found.since(FIRST.date())} == set(won)
    assert found.faults() == ()


def test_torn_anywhere(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Power cut: what was being written is cut off and told, the rest stands, and booking goes on."""
    monkeypatch.setattr(os, "fsync", lambda _: None)
    monkeypatch.setattr(os, "fdatasync", lambda _: None)
    bookings = Bookings(folder)
    whole = [book(bookings, "a"), book(bookings, "b", SECOND)]
    bookings.close()
    data = (folder / JOURNAL).read_bytes()
    begun = data.index(b"\n") + 1
    for cut in range(begun + 1, len(data) - 1):
        (folder / JOURNAL).write_bytes(data[:cut])
        again = Bookings(folder)
        assert again.on(FIRST.date()) == whole[:1]
        assert [(fault.key, fault.file) for fault in again.faults()] == [
            ("trouble.bookings_torn", f"store/{JOURNAL}")
        ]
        assert not again.damaged, "nobody was told of it"
        assert (folder.parent / again.faults()[0].copy).read_bytes() == data[begun:cut]
        assert Bookings(folder).on(FIRST.date()) == [whole[0]]
        book(again, "c", SECOND)
        assert [one.ticket_id for one in Bookings(folder).on(FIRST.date())] == ["a", "c"]
        again.close()


@pytest.mark.parametrize("place", [0, 30, 120])
def test_a_damaged_record_is_set_aside_and_restored(folder: Path, place: int) -> None:
    bookings = Bookings(folder)
    whole = [book(bookings, "a"), book(bookings, "b", SECOND)]
    bookings.close()
    data = bytearray((folder / JOURNAL).read_bytes())
    data[place] ^= 0x04
    (folder / JOURNAL).write_bytes(data)
    again = Bookings(folder)
    assert again.on(FIRST.date()) == whole[1:]
    assert again.damaged
    (fault,) = again.faults()
    assert fault.key == "trouble.bookings_damaged"
    assert (folder.parent / fault.copy).exists()
    assert again.restore(whole) == 1
    assert not again.damaged, "nothing more to restore"
    assert again.restore(whole) == 0
    assert Bookings(folder).on(FIRST.date()) == whole


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("book", {}),
        ("book", {"specialist": "x", "at": "2026-08-05T13:00", "ticket": "t", "number": "A1", "day": "no"}),
        ("book", {"specialist": "x", "at": "2026-08-05T13:00:00", "ticket": "t", "number": "A1",
                  "day": "2026-08-01"}),
        ("move", {"specialist": "x", "at": "2026-08-05T13:00:00+09:00", "ticket": "t", "number": "A1",
                  "day": "2026-08-01"}),
    ],
)  # fmt: skip
def test_a_record_of_another_version_is_told(folder: Path, kind: str, body: dict[str, str]) -> None:
    folder.mkdir()
    (folder / JOURNAL).write_bytes(encode(FIRST.date(), 1, kind, body))
    bookings = Bookings(folder)
    assert bookings.on(FIRST.date()) == []
    assert [fault.key for fault in bookings.faults()] == ["trouble.bookings_damaged"]
    assert book(bookings, "a").ticket_id == "a"


@pytest.mark.parametrize("junk", [b"", b"\n\n", b"\x00" * 700, b"{}\n" * 5, "予約\n".encode()])
def test_whatever_lies_there_it_books(folder: Path, junk: bytes) -> None:
    folder.mkdir()
    (folder / JOURNAL).write_bytes(junk)
    (folder / "notes.journal").write_text("no day")
    (folder / "2026-13-01.journal").write_text("no day")
    bookings = Bookings(folder)
    assert bookings.since(date(2026, 1, 1)) == []
    booking = book(bookings, "a")
    assert Bookings(folder).on(FIRST.date()) == [booking]


def test_past_days_are_erased_with_everything_set_aside(folder: Path) -> None:
    bookings = Bookings(folder)
    book(bookings, "a")
    kept = book(bookings, "b", FIRST + WEEK)
    with (folder / JOURNAL).open("ab") as journal:
        journal.write(b"torn")
    bookings.on(FIRST.date())
    assert bookings.erase_before(FIRST.date() + WEEK) == (FIRST.date(),)
    assert not [path for path in folder.rglob("*") if str(FIRST.date()) in path.name]
    assert bookings.since(date(2026, 1, 1)) == [kept]


def test_files_are_for_their_owner_only(folder: Path) -> None:
    book(Bookings(folder), "a")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / JOURNAL).stat().st_mode) == 0o600
