"""Disks that fail: nothing acknowledged is lost, nothing refused appears, reading goes on."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.core.changes import call
from kiosk.core.ticket import Ticket
from kiosk.errors import Trouble
from kiosk.store import files, journal
from kiosk.store.journal import AHEAD
from kiosk.store.tiny import TinyStore
from tests.store.failing import Disk, largest_file, noted
from tests.store.samples import DAY, FULL, NOW, PLAIN, tiny, told

JOURNAL = f"{DAY}.journal"


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    return Disk(monkeypatch)


def refused(store: TinyStore, key: str) -> None:
    """Every writing method refuses with this key and leaves the tickets as they were."""
    before = store.tickets()
    with told(key):
        store.issue(FULL, language="ko", at=NOW)
    if before:
        with told(key):
            store.call_next(counter="1", languages=(), at=NOW)
        with told(key):
            store.change(before[0].id, lambda t: call(t, NOW, counter="1"))
    assert store.tickets() == before


def _issue(store: TinyStore, kept: list[Ticket]) -> str:
    """The key of the trouble, or nothing where the ticket was kept."""
    try:
        kept.append(store.issue(PLAIN, language="en", at=NOW))
    except Trouble as trouble:
        return trouble.key
    return ""


def test_a_full_disk_at_every_size(folder: Path) -> None:
    """Grow the room byte by byte: each issue is refused whole or kept whole."""
    store = tiny(folder)
    kept = [store.issue(PLAIN, language="en", at=NOW)]
    store.close()
    start = (folder / JOURNAL).stat().st_size
    troubles = 0
    for room in range(start, start + 3200, 26):
        with largest_file(room):
            troubles += _issue(store, kept) == "trouble.disk_full"
        assert store.tickets() == kept
        assert tiny(folder).tickets() == kept
    assert troubles > 100
    assert len(kept) > 2
    assert store.issue(PLAIN, language="en", at=NOW).number == f"A{len(kept) + 1:03d}"
    assert store.faults() == (), "what was refused leaves nothing behind"


def test_a_full_disk_from_the_first_ticket_on(folder: Path) -> None:
    store = tiny(folder)
    with largest_file(0):
        with told("trouble.disk_full"):
            store.issue(PLAIN, language="en", at=NOW)
        assert store.tickets() == []
    assert store.issue(PLAIN, language="en", at=NOW).number == "A001"


def test_a_full_disk_keeps_serving_a_torn_journal(folder: Path) -> None:
    """Damage that cannot be copied stays in place, and the next record does not grow onto it."""
    store = tiny(folder)
    first = store.issue(PLAIN, language="en", at=NOW)
    store.close()
    with (folder / JOURNAL).open("ab") as journal:
        journal.write(b"1 2 torn")
    store = tiny(folder)
    with largest_file(0):
        assert store.tickets() == [first]
        refused(store, "trouble.disk_full")
    second = store.issue(PLAIN, language="en", at=NOW)
    assert second.number == "A003"
    assert b"torn\n1 " in (folder / JOURNAL).read_bytes(), "a record begins on a line of its own"
    assert tiny(folder).tickets() == [first, second]


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EROFS])
@pytest.mark.parametrize("part", [-1, 0, 1, 300])
def test_a_failed_write_leaves_nothing(folder: Path, disk: Disk, code: int, part: int) -> None:
    store = tiny(folder)
    first = store.issue(PLAIN, language="en", at=NOW)
    store.close()
    length = (folder / JOURNAL).stat().st_size
    disk.fail("write", code, part=part)
    refused(store, "trouble.store_failed" if code in (errno.EIO, errno.EROFS) else "trouble.disk_full")
    disk.mend()
    assert (folder / JOURNAL).stat().st_size == length
    assert store.issue(PLAIN, language="en", at=NOW).number == "A002", "a failed write may be tried again"
    assert tiny(folder).get(first.id) == first


@pytest.mark.parametrize("code", [errno.EIO, errno.ENOSPC])
def test_a_failed_flush_is_never_tried_again(folder: Path, disk: Disk, code: int) -> None:
    store = tiny(folder)
    first = store.issue(PLAIN, language="en", at=NOW)
    disk.fail("fdatasync", code)
    key = "trouble.disk_full" if code == errno.ENOSPC else "trouble.store_failed"
    with told(key):
        store.issue(PLAIN, language="en", at=NOW)
    refused(store, "trouble.store_failed")
    assert disk.calls == ["fdatasync"], "one flush failed, none followed"
    disk.mend()
    refused(store, "trouble.store_failed")
    assert store.tickets() == [first], "reading goes on"
    assert tiny(folder).issue(PLAIN, language="en", at=NOW).number == "A002"
    refused(store, "trouble.store_failed")
    assert len(store.tickets()) == 2, "others' changes are still seen"
    store.close()
    assert store.issue(PLAIN, language="en", at=NOW).number == "A003", "opened anew, it writes again"


def test_a_failed_flush_today_does_not_close_tomorrow(folder: Path, disk: Disk) -> None:
    today = [DAY]
    store = TinyStore(folder, letter="A", today=lambda: today[0])
    disk.fail("fdatasync", errno.EIO)
    refused(store, "trouble.store_failed")
    disk.mend()
    today[0] = DAY.replace(day=29)
    assert store.issue(PLAIN, language="en", at=NOW).number == "A001"


def test_a_flush_and_its_taking_back_both_fail(folder: Path, disk: Disk) -> None:
    """What cannot be taken back may be found later as a ticket nobody was told of; its number is not given
    again."""
    store = tiny(folder)
    first = store.issue(PLAIN, language="en", at=NOW)
    disk.fail("fdatasync", errno.EIO)
    disk.fail("ftruncate", errno.EIO)
    with told("trouble.store_failed"):
        store.issue(PLAIN, language="en", at=NOW)
    disk.mend()
    store.close()
    numbers = [t.number for t in store.tickets()]
    assert store.get(first.id) == first
    assert store.issue(PLAIN, language="en", at=NOW).number not in numbers


@pytest.mark.parametrize("name", ["open", "write", "fdatasync", "fsync"])
@pytest.mark.parametrize("code", [errno.EIO, errno.ENOSPC, errno.EMFILE, errno.EACCES])
def test_any_call_failing_at_any_time(folder: Path, disk: Disk, name: str, code: int) -> None:
    """Fail the n-th call and all after it: the tickets acknowledged before are there, none is there twice."""
    for after in range(14):
        store = tiny(folder / str(after))
        kept: list[Ticket] = []
        disk.fail(name, code, after=after)
        for _ in range(8):
            assert _issue(store, kept) in ("", "trouble.store_failed", "trouble.disk_full")
        disk.mend()
        again = tiny(folder / str(after))
        assert [again.get(ticket.id) for ticket in kept] == kept
        assert again.issue(PLAIN, language="en", at=NOW).number not in {t.number for t in kept}
        assert len({t.number for t in again.tickets()}) == len(again.tickets())


def test_a_bad_sector_hides_only_what_lies_on_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = tiny(folder)
    issued = [store.issue(FULL, language="ko", at=NOW) for _ in range(20)]
    store.close()
    real: Callable[[int, int, int], bytes] = os.pread

    def reading(handle: int, length: int, offset: int) -> bytes:
        if offset < 20_000 < offset + length:
            raise OSError(errno.EIO, "bad sector")
        return real(handle, length, offset)

    monkeypatch.setattr(os, "pread", reading)
    tickets = tiny(folder).tickets()
    assert set(tickets) < set(issued)
    assert len(tickets) >= 17
    assert tiny(folder).issue(PLAIN, language="en", at=NOW).number == "A021"


def test_one_flush_per_change(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = tiny(folder)
    ticket = store.issue(PLAIN, language="en", at=NOW)
    flushes: list[str] = []
    for name in ("fsync", "fdatasync"):
        noted(monkeypatch, name, lambda called, _: flushes.append(called))
    store.issue(FULL, language="en", at=NOW)
    store.change(ticket.id, lambda t: call(t, NOW, counter="1"))
    store.call_next(counter="1", languages=(), at=NOW)
    assert flushes == ["fdatasync"] * 3
    store.tickets()
    store.refresh()
    assert len(flushes) == 3


def test_a_new_day_makes_its_name_last(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tiny(folder, day=DAY.replace(day=27)).issue(PLAIN, language="en", at=NOW)
    store = tiny(folder)
    store.keys.prepare(DAY)
    synced: list[int] = []
    noted(monkeypatch, "fsync", lambda _, handle: synced.append(os.fstat(handle).st_ino))
    store.issue(PLAIN, language="en", at=NOW)
    assert synced == [folder.stat().st_ino]


def test_what_was_written_without_the_lock_is_never_written_over(folder: Path) -> None:
    """A record is put only where nothing is; then the file is read anew, and all of it counts."""
    store = tiny(folder)
    first = store.issue(PLAIN, language="en", at=NOW)
    second: list[Ticket] = []

    def change(ticket: Ticket) -> Ticket:
        other = tiny(folder)
        other._days.lock = files.Lock(folder.parent)
        second.append(other.issue(PLAIN, language="en", at=NOW))
        return call(ticket, NOW, counter="1")

    with told("trouble.store_failed"):
        store.change(first.id, change)
    assert store.tickets() == [first, *second]
    assert store.issue(PLAIN, language="en", at=NOW).number == "A003"
    assert tiny(folder).faults() == ()


def test_a_day_grows_in_steps_and_is_trimmed_when_closed(folder: Path) -> None:
    store = tiny(folder)
    lengths, records = set(), 0
    for _ in range(60):
        store.issue(FULL, language="ko", at=NOW)
        lengths.add((folder / JOURNAL).stat().st_size)
        records = len((folder / JOURNAL).read_bytes().rstrip(b"\0"))
    assert 1 < len(lengths) < 6
    assert all(length % AHEAD == 0 for length in lengths)
    store.close()
    assert (folder / JOURNAL).stat().st_size == records
    assert len(store.tickets()) == 60
    assert store.faults() == ()


def test_two_writes_within_one_tick_are_both_seen(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither length nor time of the file changes: only what is in it does."""
    one, other = tiny(folder), tiny(folder)
    one.issue(PLAIN, language="en", at=NOW)
    other.tickets()
    monkeypatch.setattr(journal, "_mark", lambda found: (found.st_dev, found.st_ino, 0, 0))
    one.tickets()
    other.tickets()
    issued = [store.issue(PLAIN, language="en", at=NOW).number for store in (one, other, other, one)]
    assert issued == ["A002", "A003", "A004", "A005"]
    assert other.refresh()
    assert [t.number for t in other.tickets()] == ["A001", *issued]
    assert one.faults() == other.faults() == ()
