"""Damaged files: whatever lies in the folder, the store starts, issues numbers and tells of the damage, and
never serves a ticket that is other than it was written."""

from __future__ import annotations

import os
import random
import stat
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.core.changes import call, close, note, serve
from kiosk.core.ticket import Case, Ticket
from kiosk.store.record import Record, decode, encode, scan
from kiosk.store.tiny import TinyStore
from tests.store.samples import DAY, FULL, NOW, PLAIN, SENSITIVE, minutes, tiny

JOURNAL = f"{DAY}.journal"
COUNTS = f".{DAY}.counts"


def history(folder: Path) -> list[list[Ticket]]:
    """A short day: the tickets as they stood after each record."""
    store = tiny(folder)
    states: list[list[Ticket]] = [[]]

    def step(did: object) -> None:
        assert did
        states.append(store.tickets())

    step(store.issue(replace(FULL, notes=()), language="ko", at=NOW))
    step(store.issue(SENSITIVE, language="my", at=minutes(1)))
    step(store.call_next(counter="1", languages=(), at=minutes(2)))
    sensitive = store.tickets()[1].id
    step(store.change(sensitive, lambda t: serve(t, minutes(3), counter="1")))
    step(store.change(sensitive, lambda t: note(t, "相談済み")))
    step(store.issue(PLAIN, language="en", at=minutes(4)))
    step(store.change(sensitive, lambda t: close(t, minutes(5), counter="1")))
    store.close()
    return states


def versions(states: list[list[Ticket]]) -> set[Ticket]:
    """Every state a ticket was ever in."""
    return {ticket for state in states for ticket in state}


def go_on(store: TinyStore, states: list[list[Ticket]]) -> Ticket:
    """A number after all that were given, kept through one more start."""
    given = {ticket.number for ticket in states[-1]}
    new = store.issue(PLAIN, language="en", at=minutes(9))
    assert new.number not in given
    store.close()
    assert new in store.tickets()
    return new


@pytest.fixture
def quick_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Flushes do nothing: where the test itself says what reached the disk, they only cost time."""
    monkeypatch.setattr(os, "fsync", lambda _: None)
    monkeypatch.setattr(os, "fdatasync", lambda _: None)


@pytest.fixture
def quick_folder(folder: Path) -> Iterator[Path]:
    """A store's folder in memory, where the machine has such a place: a file system that flushes by itself
    whatever is cut off and written anew takes longer for it than the test for all else."""
    memory = Path("/dev/shm")
    if not os.access(memory, os.W_OK):
        yield folder
        return
    with tempfile.TemporaryDirectory(dir=memory) as made:
        yield Path(made) / folder.name


@pytest.mark.usefixtures("quick_disk")
def test_torn_anywhere(quick_folder: Path) -> None:
    """Power cut: any beginning of the file gives the tickets of the records that are whole in it."""
    states = history(quick_folder)
    journal = quick_folder / JOURNAL
    data = journal.read_bytes()
    for cut in range(0, len(data), 7):
        journal.write_bytes(data[:cut])
        (quick_folder / COUNTS).unlink(missing_ok=True)
        store = tiny(quick_folder)
        # A record that lacks only its line end is whole.
        whole = data[:cut].count(b"\n") + (data[cut : cut + 1] == b"\n")
        assert store.tickets() == states[whole], cut
        torn = [fault for fault in store.faults() if fault.key == "trouble.journal_torn"]
        begun = data.rfind(b"\n", 0, cut) + 1
        assert len(torn) == (begun < cut and data[cut : cut + 1] != b"\n")
        for fault in torn:
            assert (quick_folder / fault.copy).read_bytes() == data[begun:cut]
        store.close()


@pytest.mark.usefixtures("quick_disk")
def test_torn_at_every_byte_of_the_last_record_then_goes_on(quick_folder: Path) -> None:
    states = history(quick_folder)
    journal = quick_folder / JOURNAL
    data, counts = journal.read_bytes(), (quick_folder / COUNTS).read_bytes()
    last = data.rfind(b"\n", 0, len(data) - 1) + 1
    for cut in range(last, len(data)):
        journal.write_bytes(data[:cut])
        (quick_folder / COUNTS).write_bytes(counts)
        store = tiny(quick_folder)
        new = go_on(store, states)
        assert [t for t in store.tickets() if t != new] == states[-1 if cut == len(data) - 1 else -2]


def test_torn_issue_never_gives_its_number_again(folder: Path) -> None:
    """Cut by hand inside the last ticket, counts lost as well, started twice before the next number."""
    store = tiny(folder)
    issued = [store.issue(PLAIN, language="en", at=NOW) for _ in range(3)]
    store.close()
    data = (folder / JOURNAL).read_bytes()
    for drop in (1, 2, 100, len(data) - data.rfind(b"\n", 0, len(data) - 1) - 2):
        (folder / JOURNAL).write_bytes(data[:-drop])
        for _ in range(2):
            store = tiny(folder)
            store.tickets()
            store.close()
        assert tiny(folder).issue(PLAIN, language="en", at=NOW).number > issued[-1].number


@pytest.mark.usefixtures("quick_disk")
def test_every_flipped_bit_is_noticed_or_harmless(folder: Path) -> None:
    states = history(folder)
    journal = folder / JOURNAL
    data = bytearray(journal.read_bytes())
    true = versions(states)
    final = {ticket.id: ticket for ticket in states[-1]}
    places = [(byte, bit) for byte in range(len(data)) for bit in range(8)]
    whole = list(scan(DAY, bytes(data)))
    for byte, bit in random.Random(2).sample(places, 2000):
        data[byte] ^= 1 << bit
        records = [item for item in scan(DAY, bytes(data)) if isinstance(item, Record)]
        data[byte] ^= 1 << bit
        assert len(records) >= len(whole) - 1
        assert all(record in whole for record in records)
    for byte, bit in random.Random(3).sample(places, 250):
        data[byte] ^= 1 << bit
        journal.write_bytes(data)
        store = tiny(folder)
        tickets = store.tickets()
        assert set(tickets) <= true
        if tickets != states[-1]:
            assert store.faults()
        elif data[byte] not in b"\r\t\x0b\x0c ":
            assert store.faults(), "a changed byte that cost nothing is told as well"
        assert {t.id for t in tickets} <= set(final)
        store.close()
        data[byte] ^= 1 << bit


def test_every_single_bit_of_a_record() -> None:
    line = encode(DAY, 12, "issue", {"routing": {"a": "ကa"}, "content": {}, "issued": {"A": 1}})
    whole = decode(DAY, line[:-1])
    assert whole is not None
    assert decode(DAY, line) is None, "a record is a line without its line end"
    for place in range(len(line) * 8):
        flipped = bytearray(line)
        flipped[place // 8] ^= 1 << place % 8
        found = list(scan(DAY, bytes(flipped)))
        if place // 8 < len(line) - 1:
            assert decode(DAY, bytes(flipped)) is None
            assert whole not in found
        else:
            assert whole in found, "only the line end was hit"


def test_a_flip_costs_at_most_one_record_and_no_number(folder: Path) -> None:
    states = history(folder)
    journal = folder / JOURNAL
    data = journal.read_bytes()
    for byte in range(7, len(data), 97):
        journal.write_bytes(data[:byte] + bytes([data[byte] ^ 4]) + data[byte + 1 :])
        (folder / COUNTS).unlink(missing_ok=True)
        go_on(tiny(folder), states)


def test_the_latest_whole_record_wins(folder: Path) -> None:
    states = history(folder)
    lines = (folder / JOURNAL).read_bytes().splitlines(keepends=True)
    lines[-1] = lines[-1].replace(b'"closed"', b'"called"')
    (folder / JOURNAL).write_bytes(b"".join(lines))
    store = tiny(folder)
    assert store.tickets() == states[-2]
    (fault,) = store.faults()
    assert fault.key == "trouble.journal_damaged"
    assert fault.file == JOURNAL
    assert (folder / fault.copy).read_bytes() + b"\n" == lines[-1]


def test_order_in_the_file_does_not_matter(folder: Path) -> None:
    states = history(folder)
    lines = (folder / JOURNAL).read_bytes().splitlines(keepends=True)
    random.Random(1).shuffle(lines)
    (folder / JOURNAL).write_bytes(b"".join([*lines, *lines]))
    store = tiny(folder)
    assert store.tickets() == states[-1]
    go_on(store, states)


def test_a_line_of_another_day_is_no_record(folder: Path) -> None:
    history(folder)
    line = (folder / JOURNAL).read_bytes().splitlines()[0]
    assert decode(DAY, line) is not None
    assert decode(DAY.replace(day=27), line) is None


GARBAGE: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "one newline": lambda _: b"\n",
    "zeros": lambda data: bytes(len(data)),
    "random": lambda _: random.Random(5).randbytes(40_000),
    "text": lambda _: "メモ: 明日は休み\n".encode() * 40,
    "json": lambda _: b'{"_default": {"1": {"number": "A001"}}}',
    "deep json": lambda _: b"1 1 0123456789abcdef issue " + b'{"a":' * 50_000,
    "headers": lambda _: b"1 1 0123456789abcdef issue {" * 3000,
    "utf-16": lambda data: data.decode().encode("utf-16"),
    "upper case": lambda data: data.upper(),
}
HARMLESS: dict[str, Callable[[bytes], bytes]] = {
    "crlf": lambda data: data.replace(b"\n", b"\r\n"),
    "no last line end": lambda data: data[:-1],
    "byte order mark": lambda data: b"\xef\xbb\xbf" + data,
    "blank lines": lambda data: data.replace(b"\n", b"\n\n \t\n"),
    "line put in": lambda data: data.replace(b"\n", "\nメモ\n".encode()),
    "text before each line": lambda data: b"> " + data.replace(b"\n", b"\n> "),
    "joined lines": lambda data: data.replace(b"\n", b""),
    "cut-off line put in": lambda data: data.replace(b"\n", b"\n1 5 00"),
    "zeros behind": lambda data: data + bytes(8192),
    "long line behind": lambda data: data + b"x" * 3_000_000,
}


@pytest.mark.parametrize("name", GARBAGE)
def test_garbage_never_keeps_the_kiosk_from_starting(folder: Path, name: str) -> None:
    states = history(folder)
    (folder / JOURNAL).write_bytes(GARBAGE[name]((folder / JOURNAL).read_bytes()))
    store = tiny(folder)
    assert set(store.tickets()) <= versions(states)
    assert store.faults()
    go_on(store, states)
    empty = name in ("empty", "one newline", "zeros")
    kept = [] if empty else list((folder / "damaged").iterdir())
    assert len(kept) <= 3, "garbage makes few copies"


@pytest.mark.parametrize("name", HARMLESS)
def test_what_an_editor_does_costs_no_ticket(folder: Path, name: str) -> None:
    states = history(folder)
    (folder / JOURNAL).write_bytes(HARMLESS[name]((folder / JOURNAL).read_bytes()))
    store = tiny(folder)
    assert store.tickets() == states[-1]
    new = go_on(store, states)
    assert [t for t in store.tickets() if t != new] == states[-1]


def _directory(path: Path) -> None:
    path.mkdir()
    (path / "kept").write_text("x")


def _link(path: Path) -> None:
    path.symlink_to(path.parent.parent / "elsewhere")


IN_ITS_PLACE: dict[str, Callable[[Path], None]] = {
    "directory": _directory,
    "link": _link,
    "pipe": os.mkfifo,
}


@pytest.mark.parametrize("name", IN_ITS_PLACE)
@pytest.mark.parametrize("file", [JOURNAL, COUNTS, ".lock", "damaged"])
def test_something_else_in_its_place(folder: Path, file: str, name: str) -> None:
    outside = folder.parent / "elsewhere"
    outside.write_text("untouched")
    states = history(folder)
    (folder / "damaged").mkdir(exist_ok=True)
    place = folder / file
    if place.is_dir():
        place.rmdir()
    else:
        place.unlink()
    IN_ITS_PLACE[name](place)
    if file == "damaged":
        with (folder / JOURNAL).open("ab") as journal:
            journal.write(b"torn")
    store = tiny(folder)
    new = go_on(store, states)
    assert new.number == ("A005" if file == "damaged" else "A004")
    assert bool(store.faults()) == (file in (JOURNAL, "damaged"))
    assert outside.read_text() == "untouched"
    if file == JOURNAL and name == "directory":
        assert (folder / "damaged" / JOURNAL / "kept").exists()


@pytest.mark.parametrize("name", IN_ITS_PLACE)
def test_something_else_in_the_folders_place(folder: Path, name: str) -> None:
    if name == "directory":
        folder = folder / "deep" / "store"
    else:
        IN_ITS_PLACE[name](folder)
    assert tiny(folder).issue(PLAIN, language="en", at=NOW).number == "A001"


def test_a_journal_removed_while_open_gives_no_number_twice(folder: Path) -> None:
    store = tiny(folder)
    store.issue(PLAIN, language="en", at=NOW)
    (folder / JOURNAL).unlink()
    assert store.tickets() == []
    assert store.issue(PLAIN, language="en", at=NOW).number == "A002"
    (folder / JOURNAL).unlink()
    other = tiny(folder)
    assert other.issue(PLAIN, language="en", at=NOW).number == "A003"
    assert "trouble.journal_missing" in {fault.key for fault in other.faults()}


def test_records_cut_off_at_a_line_end_are_missed(folder: Path) -> None:
    history(folder)
    lines = (folder / JOURNAL).read_bytes().splitlines(keepends=True)
    (folder / JOURNAL).write_bytes(b"".join(lines[:5]))
    store = tiny(folder)
    assert [t.number for t in store.tickets()] == ["A001", "A002"]
    assert [(f.key, f.place) for f in store.faults()] == [("trouble.journal_missing", "2 of 7 records")]
    assert store.issue(PLAIN, language="en", at=NOW).number == "A004"


BYTE: dict[str, Callable[[bytes], bytes]] = {
    "first byte": lambda data: b"?" + data[1:],
    "byte in the middle": lambda data: data[:300] + b"?" + data[301:],
    "last byte": lambda data: data[:-2] + b"?\n",
}


@pytest.mark.parametrize("damage", [*GARBAGE, *HARMLESS, *BYTE])
@pytest.mark.parametrize("replaced", [False, True], ids=["in place", "renamed over"])
def test_damaged_while_open_nothing_is_lost(folder: Path, damage: str, replaced: bool) -> None:
    """An open store knows the tickets and writes them back where the file lost them."""
    states = history(folder)
    store = tiny(folder)
    assert store.tickets() == states[-1]
    journal = folder / JOURNAL
    spoiled = {**GARBAGE, **HARMLESS, **BYTE}[damage](journal.read_bytes())
    if replaced:
        half = folder / "half"
        half.write_bytes(spoiled)
        half.rename(journal)
    else:
        journal.write_bytes(spoiled)
        os.utime(journal, ns=(1, 1))
    assert store.tickets() == states[-1]
    new = go_on(store, states)
    assert [t for t in tiny(folder).tickets() if t != new] == states[-1]


def test_a_fault_says_nothing_of_what_was_told(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    store = tiny(folder)
    store.issue(replace(PLAIN, cases=(Case("topic-word"),), notes=("secret",)), language="ko", at=NOW)
    store.close()
    data = (folder / JOURNAL).read_bytes()
    (folder / JOURNAL).write_bytes(data.replace(b"sealed", b"SEALED") + data[:-20])
    store.tickets()
    assert len(store.faults()) == 2
    said = repr(store.faults()) + caplog.text + repr(list(scan(DAY, (folder / JOURNAL).read_bytes())))
    assert "secret" not in said.lower()
    assert "topic-word" not in said


def test_only_the_owner_can_read(folder: Path) -> None:
    folder.mkdir(mode=0o755)
    store = tiny(folder)
    store.issue(PLAIN, language="en", at=NOW)
    (folder / JOURNAL).chmod(0o644)
    store.close()
    with (folder / JOURNAL).open("ab") as journal:
        journal.write(b"torn")
    store.issue(PLAIN, language="en", at=NOW)
    for path in [folder, *folder.rglob("*")]:
        mode = stat.S_IMODE(path.stat().st_mode)
        assert mode == (0o700 if path.is_dir() else 0o600), path


def test_same_ticket_called_twice_from_a_damaged_call(folder: Path) -> None:
    """A lost call puts the ticket back in the queue: told, not silent."""
    store = tiny(folder)
    ticket = store.issue(PLAIN, language="en", at=NOW)
    store.change(ticket.id, lambda t: call(t, NOW, counter="1"))
    store.close()
    data = (folder / JOURNAL).read_bytes()
    (folder / JOURNAL).write_bytes(data[:-9] + b"?" + data[-8:])
    pick = store.call_next(counter="2", languages=(), at=NOW)
    assert pick is not None
    assert store.faults()
