"""Several processes on one folder, and processes killed at any moment."""

from __future__ import annotations

import fcntl
import multiprocessing
import random
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from kiosk.core.ticket import State, Ticket
from kiosk.paths import ROOT
from kiosk.store import days as days_module
from kiosk.store.day import Day
from kiosk.store.days import Days
from tests.store.children import call_many, issue_many
from tests.store.samples import DAY, NOW, PLAIN, tiny, told

SPAWN = multiprocessing.get_context("spawn")


@pytest.mark.parametrize("letters", ["AA", "AB", "ABAB"])
def test_processes_issue_and_call_at_once(folder: Path, letters: str) -> None:
    each = 40
    answers = SPAWN.Queue()
    called = SPAWN.Queue()
    total = each * len(letters)
    started = [
        *(SPAWN.Process(target=issue_many, args=(str(folder), one, each, answers)) for one in letters),
        *(SPAWN.Process(target=call_many, args=(str(folder), c, total, called)) for c in "12"),
    ]
    for process in started:
        process.start()
    issued = [one for _ in letters for one in answers.get(timeout=200)]
    counters = [called.get(timeout=200) for _ in "12"]
    for process in started:
        process.join()
        assert process.exitcode == 0
    numbers = [number for _, number in issued]
    assert len(set(numbers)) == total, "no number twice"
    for letter in set(letters):
        count = each * letters.count(letter)
        assert {n for n in numbers if n[0] == letter} == {f"{letter}{n:03d}" for n in range(1, count + 1)}
    assert sorted(counters[0] + counters[1]) == sorted(i for i, _ in issued), "each called once"
    store = tiny(folder)
    assert {t.number for t in store.tickets()} == set(numbers)
    for ticket in store.tickets():
        assert [p.state for p in ticket.periods] == [
            State.WAITING,
            State.CALLED,
            State.SERVING,
            State.CLOSED,
        ]
        assert len({p.counter for p in ticket.periods[1:]}) == 1
    assert store.faults() == ()


def test_threads_share_one_store(folder: Path) -> None:
    store = tiny(folder)
    numbers: list[str] = []
    picked: list[str] = []

    def issue() -> None:
        numbers.extend(store.issue(PLAIN, language="en", at=NOW).number for _ in range(50))

    def take() -> None:
        while len(picked) < 150:
            pick = store.call_next(counter="1", languages=(), at=NOW)
            if pick is not None:
                picked.append(pick.ticket.number)
            store.refresh()

    threads = [threading.Thread(target=work) for work in (issue, take, issue, take, issue)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(numbers) == sorted(picked) == [f"A{n:03d}" for n in range(1, 151)]


def _child(work: str, folder: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.store.children", work, str(folder)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def test_killed_while_writing(folder: Path) -> None:
    """kill -9 again and again at random moments: all that was acknowledged is there, no number came twice."""
    luck = random.Random(7)
    acknowledged: dict[str, tuple[str, str]] = {}
    for _ in range(12):
        child = _child("write", folder)
        assert child.stdout is not None
        lines = [child.stdout.readline() for _ in range(luck.randint(1, 40))]
        killer = threading.Timer(luck.random() * 0.02, child.kill)
        killer.start()
        lines += child.stdout.readlines()
        child.wait()
        killer.join()
        for line in lines:
            if line.endswith("\n"):
                what, number, ticket_id = line.split()
                if what == "issued":
                    assert number not in acknowledged, "a number came twice"
                acknowledged[number] = (what, ticket_id)
    store = tiny(folder)
    found = {t.number: t for t in store.tickets()}
    assert len(acknowledged) > 100
    for number, (what, ticket_id) in acknowledged.items():
        assert found[number].id == ticket_id
        if what == "called":
            assert found[number].state is State.CALLED
    assert len(found) == len(store.tickets())
    assert {fault.key for fault in store.faults()} <= {"trouble.journal_torn"}


def test_a_held_store_says_busy_and_a_killed_holder_lets_go(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = tiny(folder)
    issued = store.issue(PLAIN, language="en", at=NOW)
    monkeypatch.setattr(days_module, "WRITE_WAIT", 0.1)
    holder = _child("hold", folder)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    with told("trouble.store_busy"):
        store.issue(PLAIN, language="en", at=NOW)
    assert store.tickets() == [issued], "reading goes on"
    with (folder / f"{DAY}.journal").open("ab") as journal:
        journal.write(b"x")
    assert store.tickets() == [issued], "also where there is news that cannot be read now"
    assert not store.refresh()
    with told("trouble.store_busy"):
        tiny(folder).tickets()
    holder.kill()
    holder.wait()
    holder.stdout.close()
    assert store.issue(PLAIN, language="en", at=NOW).number == "A003"


def test_a_ticket_of_a_process_that_writes_for_long_is_not_unknown(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader waits for a moment only; what it does not know then may just have been written."""
    writer, reader = tiny(folder), tiny(folder)
    reader.issue(PLAIN, language="en", at=NOW)
    asked, real = threading.Event(), days_module.Days.look

    def look(self: Days, day: date, **sure: bool) -> Day:
        if sure:
            asked.set()
        return real(self, day, **sure)

    monkeypatch.setattr(days_module.Days, "look", look)
    monkeypatch.setattr(days_module, "LOOK_WAIT", 0)
    with ThreadPoolExecutor(1) as pool:
        with writer._days.lock.hold(60):
            # A slow disk: the record is there, and its writer still holds the store.
            issued = writer.issue(PLAIN, language="en", at=NOW)
            found = pool.submit(reader.get, issued.id)
            while not found.done() and not asked.wait(0.05):
                pass
        assert found.result() == issued


def test_a_lock_file_removed_keeps_nobody_from_writing(folder: Path) -> None:
    first, second = tiny(folder), tiny(folder)
    numbers = []
    for _ in range(5):
        for store in (first, second):
            (folder / ".lock").unlink(missing_ok=True)
            numbers.append(store.issue(PLAIN, language="en", at=NOW).number)
    assert len(set(numbers)) == 10


def test_a_lock_on_a_removed_file_does_not_count(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file is removed between opening and locking it: the next process would lock another."""
    store = tiny(folder)
    store.issue(PLAIN, language="en", at=NOW)
    real = fcntl.flock
    removed: list[int] = []
    tried: list[Ticket] = []

    def locking(handle: int, operation: int) -> None:
        if not removed:
            removed.append(handle)
            (folder / ".lock").unlink()
        real(handle, operation)

    monkeypatch.setattr(fcntl, "flock", locking)

    def alone(found: Ticket) -> Ticket:
        with (folder / ".lock").open() as lock, pytest.raises(BlockingIOError):
            real(lock.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        tried.append(found)
        return found

    store.change(store.tickets()[0].id, alone)
    assert removed
    assert tried
