"""Small files that several processes write, read and destroy at once, and what a killed one leaves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from kiosk.printing.printers import erase_slips, write_whole
from kiosk.store import bookings, erasing, files, keyfiles
from kiosk.store.bookings import Bookings
from kiosk.store.keys import Keyring
from kiosk.store.outbox import Outbox
from kiosk.store.packs import write_out
from kiosk.store.rows import Rows
from tests.store.at_once import AT_ONCE, at_once
from tests.store.faulty.office import rows
from tests.store.samples import DAY, FIRST, FULL, LAWYER, NOW, always, ticket_named, tiny, told

TURNS = 30


def table(path: Path, number: int) -> None:
    keyfiles.write(path, {"by": str(number) * 2000})


def pack(path: Path, number: int) -> None:
    write_out(path, str(number).encode() * 9000)


def paper(path: Path, number: int) -> None:
    write_whole(path, str(number).encode() * 9000)


@pytest.mark.parametrize("write", [table, pack, paper])
def test_a_file_that_several_write_is_always_one_of_theirs(
    tmp_path: Path, write: Callable[[Path, int], None]
) -> None:
    path = tmp_path / "one"
    write(path, 0)

    def work(number: int) -> None:
        if number:
            write(path, number)
        elif write is table:
            found = (keyfiles.read(path) or {})["by"]
            assert found == found[0] * 2000
        else:
            data = path.read_bytes()
            assert data == data[:1] * 9000

    at_once(work, turns=TURNS)
    assert [found.name for found in tmp_path.iterdir()] == ["one"], "nothing half written stays"


def half(path: Path) -> Path:
    """What a process leaves that was killed while it wrote the file."""
    left = path.with_name(f".{path.name}.part")
    left.write_text("{")
    return left


def test_what_goes_goes_with_what_was_half_written_of_it(tmp_path: Path) -> None:
    keyfiles.write(tmp_path / "one", {})
    half(tmp_path / "one"), half(tmp_path / "two")
    keyfiles.shred(tmp_path / "one")
    keyfiles.shred(tmp_path / "two")
    keyfiles.shred(tmp_path / "nowhere" / "three")
    assert list(tmp_path.iterdir()) == []


def test_whose_rows_were_written_is_forgotten_to_the_last_half(tmp_path: Path) -> None:
    kept = Rows(tmp_path)
    kept.add(DAY, rows(2))
    half(tmp_path / "counted" / DAY.isoformat())
    kept.forget(DAY)
    assert list((tmp_path / "counted").iterdir()) == []


@pytest.mark.parametrize("name", ["home", "given"])
def test_a_day_goes_with_what_was_half_written_of_its_notes(tmp_path: Path, name: str) -> None:
    half(tmp_path / f".{DAY}.{name}")
    assert erasing.days_with_files(tmp_path) == [DAY]
    erasing.erase_day(tmp_path, DAY)
    assert list(tmp_path.iterdir()) == []


# Keys


def keyring(folder: Path) -> Keyring:
    made = Keyring(folder)
    made.prepare(DAY)
    return made


def test_a_sound_key_that_another_put_in_a_spoiled_ones_place_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One reads a spoiled file; before it moves it aside another has, and has made the day's new key."""
    ours, other = keyring(tmp_path), Keyring(tmp_path)
    path = tmp_path / f"{DAY}.key"
    path.write_text("spoiled")
    real, sealed = keyfiles.read, list[Any]()

    def late(read: Path) -> dict[str, Any] | None:
        try:
            return real(read)
        except keyfiles.Spoiled:
            if not sealed:
                sealed.append(None)
                sealed[0] = other.seal(DAY, b"told", b"")
            raise

    monkeypatch.setattr(keyfiles, "read", late)
    ours.carried(DAY)
    assert ours.open(DAY, sealed[0], b"").strip() == b"told"
    assert Keyring(tmp_path).open(DAY, sealed[0], b"").strip() == b"told"


def test_keys_that_are_read_while_they_are_destroyed_are_no_damage(tmp_path: Path) -> None:
    ring, readers = keyring(tmp_path), [Keyring(tmp_path) for _ in range(AT_ONCE)]
    days = [DAY + timedelta(days=number) for number in range(TURNS)]
    left = {number: iter(days) for number in range(AT_ONCE)}

    def work(number: int) -> None:
        day = next(left[number])
        if number:
            for _ in range(5):
                readers[number].carried(day)
        else:
            ring.prepare(day)
            ring.erase(day)

    at_once(work, turns=TURNS)
    assert [one.faults() for one in (ring, *readers)] == [()] * (AT_ONCE + 1)
    assert not (tmp_path / files.DAMAGED).exists()


def test_a_public_key_that_was_not_written_any_more_is_written_later(tmp_path: Path) -> None:
    ring = keyring(tmp_path)
    public = ring.public
    (tmp_path / "office.pub").unlink()
    later = Keyring(tmp_path)
    later.prepare(DAY + timedelta(days=1))
    assert later.public == public


# Days that go while others look


def test_an_erased_days_missing_key_is_nobodys_fault(folder: Path) -> None:
    """Between a day's key and its tickets there is a moment in which a report may read them."""
    store = tiny(folder)
    case = store.issue(FULL, language="ko", at=NOW)
    reader = tiny(folder)
    reader.mark_erased(DAY, erasing.new_mark(whole=True, tickets=1, reason="automatic"))
    store.keys.erase(DAY)
    assert reader.get(case.id).content.closed
    assert reader.faults() == ()


def test_bookings_go_only_while_nobody_writes_them_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process may be taking an erased ticket's bookings out of the file of a day that is over."""
    made = Bookings(tmp_path)
    made.book(LAWYER, FIRST, always(ticket_named("one")))
    real = erasing.erase_before

    def alone(folder: Path, day: date) -> tuple[date, ...]:
        with told("trouble.store_busy"), files.Lock(folder).hold(0):
            pass
        return real(folder, day)

    monkeypatch.setattr(bookings, "erase_before", alone)
    assert made.erase_before(FIRST.date() + timedelta(days=1)) == (FIRST.date(),)


def test_a_bookings_file_cut_off_while_rewritten_leaves_nothing(tmp_path: Path) -> None:
    made = Bookings(tmp_path)
    made.book(LAWYER, FIRST, always(ticket_named("one")))
    journal = tmp_path / f"{FIRST.date()}.journal"
    former = tmp_path / f".{journal.name}.former"
    former.write_bytes(journal.read_bytes())
    made.forget(lambda one: one.ticket_id == "another")
    assert not former.exists()
    assert [one.ticket_id for one in made.on(FIRST.date())] == ["one"]


def test_slips_that_two_delete_at_once(tmp_path: Path) -> None:
    """A kiosk and a console are started in the morning."""
    for number in range(TURNS):
        place = tmp_path / (DAY - timedelta(days=number + 1)).isoformat()
        place.mkdir()
        for slip in range(8):
            (place / f"A{slip:03d}.png").write_bytes(b"")
    at_once(lambda _: erase_slips(tmp_path, DAY), turns=TURNS)
    assert list(tmp_path.iterdir()) == []


# Numbers


def test_two_kiosks_of_a_machine_keep_each_others_last_number(tmp_path: Path) -> None:
    first, second = (Outbox(tmp_path, letter, lambda _: ()) for letter in "AB")
    assert first.next(DAY, lambda floor: floor + 5) == 5
    assert second.next(DAY, lambda floor: floor + 3) == 3
    assert Outbox(tmp_path, "A", lambda _: ()).next(DAY, lambda floor: floor + 1) == 6
    assert second.next(DAY, lambda floor: floor + 1) == 4
