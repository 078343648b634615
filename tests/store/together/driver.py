"""Starts works at once, kills some of them in the middle, and starts those again."""

from __future__ import annotations

import json
import multiprocessing
import random
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from tests.store.together import works

FORK = multiprocessing.get_context("forkserver")
FORK.set_forkserver_preload(["tests.store.together.works"])


@dataclass(frozen=True)
class Job:
    """A work, and what it is given."""

    work: str
    given: tuple[str, ...] = ()
    killed: int = 0
    """How often it is killed and started again."""


@dataclass
class Told:
    """What was acknowledged, by anybody, in the order it was heard."""

    said: list[tuple[str, list[Any]]] = field(default_factory=list)
    kills: int = 0

    def all(self, what: str) -> Iterator[list[Any]]:
        return (rest for key, rest in self.said if key == what)


@dataclass
class _Running:
    job: Job
    process: BaseProcess
    pipe: Connection
    last: int
    """After how many words it is killed; 0: never."""
    since: int
    """How many words had been told by all when it began."""
    heard: int = 0
    through: bool = False


def work_together(data: Path, jobs: Sequence[Job], luck: random.Random, told: Told) -> None:
    """Do the jobs at once, all begun at the same moment; a killed one is done again, from wherever it was.

    Raises AssertionError where one ends otherwise than through.
    """
    running = [_begun(data, job, luck, told) for job in jobs]
    for one in running:
        assert json.loads(one.pipe.recv_bytes()) == ["ready"]
    for one in running:
        one.pipe.send_bytes(b"go")
    while running:
        for pipe in wait([one.pipe for one in running]):
            one = next(found for found in running if found.pipe is pipe)
            try:
                what, *rest = json.loads(one.pipe.recv_bytes())
            except (EOFError, OSError):
                running.remove(one)
                running += _ended(data, one, luck, told)
                continue
            if what == "through":
                one.through = True
            else:
                told.said.append((what, rest))
            one.heard += 1
            if one.heard == one.last and not one.through:
                # Somewhere in what it does next.
                threading.Timer(luck.random() * 0.05, one.process.kill).start()


def _begun(data: Path, job: Job, luck: random.Random, told: Told) -> _Running:
    here, there = FORK.Pipe()
    process = FORK.Process(target=works.run, args=(there, job.work, str(data), job.given), daemon=True)
    process.start()
    there.close()
    last = luck.randint(1, 4) if job.work in ("kiosk", "console") else 1
    return _Running(job, process, here, last if job.killed else 0, len(told.said))


def _ended(data: Path, one: _Running, luck: random.Random, told: Told) -> list[_Running]:
    """What goes on in its place."""
    one.process.join()
    one.pipe.close()
    if one.through:
        assert one.process.exitcode in (0, -9), f"{one.job} ended with {one.process.exitcode}"
        return []
    assert one.process.exitcode == -9, f"{one.job} ended with {one.process.exitcode}"
    told.kills += 1
    again = _begun(data, rest(one.job, told, one.since), luck, told)
    assert json.loads(again.pipe.recv_bytes()) == ["ready"]
    again.pipe.send_bytes(b"go")
    return [again]


def rest(job: Job, told: Told, since: int) -> Job:
    """What is left of a killed job: of a kiosk's numbers, those nobody was told of. `since`: so many words
    had been told when it began, and the letter's numbers among them are none of this job's."""
    given = job.given
    if job.work == "kiosk":
        letter, day, wanted = given
        given = (letter, day, str(int(wanted) - _issued(Told(told.said[since:]), letter, day)))
    return Job(job.work, given, job.killed - 1)


def _issued(told: Told, letter: str, day: str) -> int:
    return sum(number[0] == letter and on == day for _, number, on, _ in told.all("issued"))
