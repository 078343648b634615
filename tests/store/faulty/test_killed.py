"""Killed at a system call of the storage, each of them in turn: what was answered is there, whole and once.

strace counts the calls of a first run, and in every further one kills the process as it enters the n-th.
Where strace or tracing is not to be had these tests are skipped; test_power.py looks at the same states.
"""

from __future__ import annotations

import json
import random
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kiosk.core.records import content_from, ticket_from
from kiosk.core.ticket import Ticket
from kiosk.paths import ROOT
from tests.store.faulty.child import BEGIN
from tests.store.faulty.office import ALL, TORN, Office, Told, entry, holds, rows, sound
from tests.store.samples import DAY, FIRST

CALLS = (
    "openat", "write", "pwrite64", "fdatasync", "fsync", "rename", "unlink", "ftruncate", "mkdir", "flock",
)  # fmt: skip
SAMPLE = 3
"""How many calls of each name are tried where not all are."""
_STRACE = ("strace", "-f", "-qq", "-e", "signal=none")


def traced(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [*_STRACE, *options, sys.executable, "-m", "tests.store.faulty.child", str(folder)]
    return subprocess.run(
        command,
        cwd=ROOT,
        env={"PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )


def answers(out: str) -> list[Ticket | str]:
    found: list[Ticket | str] = []
    for line in out.splitlines(keepends=True):
        if line.endswith("\n"):
            record = json.loads(line)
            if "erased" in record:
                found.append(str(record["erased"]))
            else:
                found.append(ticket_from(record["routing"], content_from(record["content"])))
    return found


@pytest.fixture(scope="module")
def calls(tmp_path_factory: pytest.TempPathFactory) -> dict[str, range]:
    """Which calls of each name belong to the storage, counted from the process's first."""
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed")
    folder = tmp_path_factory.mktemp("counted")
    log = folder / "log"
    run = traced(folder, "-o", str(log), "-e", f"trace={','.join(CALLS)},?stat,?newfstatat")
    if not log.exists() or BEGIN not in log.read_text(errors="replace"):
        pytest.skip(f"this machine allows no tracing: {run.stderr[:200]}")
    assert run.returncode == 0, run.stderr
    counts = dict.fromkeys(CALLS, 0)
    first: dict[str, int] = {}
    for line in log.read_text(errors="replace").splitlines():
        name = re.match(r"(?:\d+ +)?(\w+)\(", line)
        if name and name[1] in counts:
            counts[name[1]] += 1
        if BEGIN in line:
            first = {name: count + 1 for name, count in counts.items()}
    last = _last_of_run(log.read_text(errors="replace"))
    return {name: range(first[name], last[name] + 1) for name in CALLS}


def _last_of_run(log: str) -> dict[str, int]:
    """The calls of each name up to the last that names or says anything of the run."""
    counts, last = dict.fromkeys(CALLS, 0), dict.fromkeys(CALLS, 0)
    for line in log.splitlines():
        name = re.match(r"(?:\d+ +)?(\w+)\(", line)
        if name and name[1] in counts:
            counts[name[1]] += 1
        if "key erased" in line:
            last = dict(counts)
    return last


@pytest.mark.parametrize("name", CALLS)
def test_killed_at_a_call(calls: dict[str, range], tmp_path: Path, tally: Any, name: str) -> None:
    every = list(calls[name])
    tried = every if ALL else sorted(random.Random(name).sample(every, min(SAMPLE, len(every))))
    torn = 0
    for n in tried:
        folder = tmp_path / f"{n}"
        folder.mkdir()
        run = traced(folder, "-o", "/dev/null", "-e", f"trace={name}", "-e", _kill(name, n))
        assert run.returncode != 0, f"{name} {n} was never reached"
        torn += look(folder / "data", answers(run.stdout))
    tally("killed", calls=len(every), tried=len(tried), torn=torn)


def _kill(name: str, n: int) -> str:
    return f"inject={name}:signal=SIGKILL:when={n}"


def look(data: Path, said: list[Ticket | str]) -> bool:
    """All that was answered holds; whether a torn tail was told."""
    told, least = Told(), {}
    for what in said:
        if isinstance(what, Ticket):
            key, version = told.add(what)
            least[key] = version
        elif what in told.versions:
            least[what] = told.add_version(what, None)[1]
    words = [what for what in said if isinstance(what, str)]
    office = Office(data)
    # One change more than was answered may be on disk: it is whole, and nobody was told otherwise.
    _take_unanswered(office, told, least)
    holds(office, told, least, TORN)
    if "booked a" in words:
        assert [one.ticket_id for one in office.bookings.on(FIRST.date())] == ["a"]
    assert sound(office)
    assert office.audit.head()[0] >= ("audit 1" in words)
    office.audit.write(entry(2))
    assert sound(office)
    counted = office.rows.counted(DAY)
    assert len(office.rows.year(DAY.year)) == len(counted) >= 3 * ("rows 3" in words)
    office.rows.add(DAY, rows(3))
    assert len(office.rows.year(DAY.year)) == 3
    faults = office.faults()
    office.close()
    return bool(faults)


def _take_unanswered(office: Office, told: Told, least: dict[str, int]) -> None:
    """What the store holds beyond the last answer: at most one ticket changed by one step."""
    ahead = 0
    tickets = {ticket.id: ticket for ticket in office.store.tickets()}
    for key, ticket in tickets.items():
        known = told.versions.get(key)
        if known is None or known[-1] != ticket:
            ahead += 1
            assert not ticket.content.closed
            assert len(ticket.periods) <= (len(known[-1].periods) if known and known[-1] else 0) + 1
            told.add_version(key, ticket)
    for key, version in list(least.items()):
        if key not in tickets and told.versions[key][version] is not None:
            ahead += 1
            assert office.store.is_erased(DAY, key)
            told.add_version(key, None)
    assert ahead <= 1
