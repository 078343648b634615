"""Power cuts: every state the disk may be left in, after each call of a run, what was not flushed lost, kept
or torn between sectors. Nothing acknowledged is lost, nothing is silently wrong."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from kiosk.errors import Trouble
from kiosk.store import passphrase
from kiosk.store.trail import read_trail
from tests.store.faulty.office import ALL, PAPER, TORN, WORDS, Office, Told, day, entry, holds, rows, sound
from tests.store.recorder import Recorder, lay_out
from tests.store.samples import DAY, FIRST, LAWYER, PLAIN, minutes, ticket_named

MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None
MIXED = 200 if ALL else 20
"""States of each moment in which some files and names are ahead of others."""
DAMAGED = TORN | {"trouble.journal_damaged"}
"""A record of which only later sectors were written has no end torn off, but its beginning."""


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Argon2id with 1 MiB: its strength is not what is tested here."""
    monkeypatch.setattr(passphrase, "MEMORY", 1024)
    monkeypatch.setattr(passphrase, "PASSES", 1)


@pytest.fixture
def root(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A place in memory: the recorder, not the disk, says what a flush does."""
    monkeypatch.setattr(os, "fsync", lambda _: None)
    monkeypatch.setattr(os, "fdatasync", lambda _: None)
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        yield Path(folder)


def recorded(root: Path, run: Callable[[Recorder, Office], None]) -> Recorder:
    made = root / "run"
    made.mkdir()
    recorder = Recorder(made, MIXED)
    with recorder.recording():
        office = Office(made / "data")
        run(recorder, office)
        office.close()
    return recorder


def cuts(recorder: Recorder, root: Path, record: Any) -> Iterator[tuple[Office, int]]:
    """An office on each state, and how much was acknowledged before the cut."""
    record("power cuts", moments=recorder.moments, states=len(recorder.states))
    for count, (state, said) in enumerate(recorder.states.items()):
        lay_out(root / f"{count}", state)
        office = Office(root / f"{count}" / "data")
        yield office, said
        office.close()


def latest(said: list[tuple[str, int]]) -> dict[str, int]:
    return dict(said)


def test_tickets(root: Path, tally: Any) -> None:
    told = Told()

    def run(recorder: Recorder, office: Office) -> None:
        def say(what: Any) -> None:
            version = told.add_version(what, None) if isinstance(what, str) else told.add(what)
            recorder.acknowledge(version)

        day(office, say)

    recorder = recorded(root, run)
    for office, said in cuts(recorder, root, tally):
        holds(office, told, latest(recorder.said[:said]), DAMAGED)


@pytest.mark.parametrize("name", ["_on_fdatasync", "_on_fsync"])
def test_a_store_that_does_not_flush_would_be_caught(
    root: Path, tally: Any, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(Recorder, name, lambda *_: False)
    with pytest.raises(AssertionError, match="an answer was lost"):
        test_tickets(root, tally)


def test_keys(root: Path, tally: Any) -> None:
    """The passphrase is set between two tickets: whenever the power goes, all tickets open."""
    told = Told()

    def run(recorder: Recorder, office: Office) -> None:
        recorder.acknowledge(told.add(office.store.issue(PLAIN, language="en", at=minutes(0))))
        office.keys.setup(WORDS, PAPER)
        recorder.acknowledge("set")
        recorder.acknowledge(told.add(office.store.issue(PLAIN, language="en", at=minutes(1))))
        office.keys.change(WORDS, f"{WORDS} 2")
        recorder.acknowledge("changed")
        recorder.acknowledge(told.add(office.store.issue(PLAIN, language="en", at=minutes(2))))

    recorder = recorded(root, run)
    for office, count in cuts(recorder, root, tally):
        said = recorder.said[:count]
        assert office.keys.protected or "set" not in said
        if office.keys.locked:
            _unlock(office, must_be_new="changed" in said)
        holds(office, told, latest([one for one in said if not isinstance(one, str)]), DAMAGED)


def _unlock(office: Office, must_be_new: bool) -> None:
    with suppress(Trouble):
        office.keys.unlock(f"{WORDS} 2")
    if not office.keys.is_open:
        assert not must_be_new
        office.keys.unlock(WORDS)


def test_a_day_erased(root: Path, tally: Any) -> None:
    """Erasing a day's keys: they are there or gone, and gone once that was answered."""

    def run(recorder: Recorder, office: Office) -> None:
        office.keys.prepare(DAY)
        office.keys.prepare(DAY.replace(day=29))
        recorder.acknowledge("made")
        office.keys.erase(DAY)
        recorder.acknowledge("erased")

    recorder = recorded(root, run)
    for office, said in cuts(recorder, root, tally):
        if said:
            assert DAY.replace(day=29) in office.keys.days()
        if said == 2:
            assert DAY not in office.keys.days()
        sealed = office.keys.seal(DAY, b"x", b"y")
        assert office.keys.open(DAY, sealed, b"y").strip() == b"x"
        # An overwritten file that still has its name is moved aside and told.
        assert office.faults() <= {"trouble.keys_damaged"}


def test_audit(root: Path, tally: Any) -> None:
    def run(recorder: Recorder, office: Office) -> None:
        for count in range(4):
            office.audit.write(entry(count))
            recorder.acknowledge(entry(count).of)

    recorder = recorded(root, run)
    for office, said in cuts(recorder, root, tally):
        lines = [line.record["of"] for line in read_trail(office.audit.files()) if line.record]
        assert lines[:said] == recorder.said[:said]
        office.audit.write(entry(7))
        records = [line.record for line in read_trail(office.audit.files())]
        assert records[-1] is not None
        assert records[-1]["of"] == entry(7).of
        if all(records):
            assert sound(office)


def test_rows(root: Path, tally: Any) -> None:
    """Whenever the power goes, done again each ticket has left one row."""
    every = rows(6)

    def run(recorder: Recorder, office: Office) -> None:
        for count in (2, 4):
            office.rows.add(DAY, dict(list(every.items())[:count]))
            recorder.acknowledge(count)

    recorder = recorded(root, run)
    for office, said in cuts(recorder, root, tally):
        counted = office.rows.counted(DAY)
        assert len(office.rows.year(DAY.year)) == len(counted) >= (0, 2, 4)[said]
        office.rows.add(DAY, every)
        assert sorted(map(repr, office.rows.year(DAY.year))) == sorted(map(repr, every.values()))
        assert office.faults() == set()


def test_bookings(root: Path, tally: Any) -> None:
    def run(recorder: Recorder, office: Office) -> None:
        for name in "ab":
            office.bookings.book(LAWYER, FIRST, partial(ticket_named, name))
            recorder.acknowledge({*(recorder.said[-1] if recorder.said else ()), name})
        office.bookings.cancel("a")
        recorder.acknowledge({"b"})
        office.bookings.book(LAWYER, FIRST, lambda: ticket_named("c"))
        recorder.acknowledge({"b", "c"})

    recorder = recorded(root, run)
    for office, said in cuts(recorder, root, tally):
        held = {one.ticket_id for one in office.bookings.on(FIRST.date())}
        states = [set(), *recorder.said]
        assert held in states[said : said + 2]
        assert office.faults() <= {"trouble.bookings_torn", "trouble.bookings_damaged"}
