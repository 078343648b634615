"""The clock set back, or on and back, in the middle of a day: nobody is renumbered, overtaken or lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from functools import partial
from pathlib import Path

import pytest

from kiosk.core.changes import call, close, hold, no_show, serve, transfer
from kiosk.core.ticket import State, Ticket, time_in
from kiosk.core.waiting import estimate
from kiosk.store.tiny import TinyStore
from tests.store.samples import DAY, NOW, PLAIN

JAPAN = timezone(timedelta(hours=9))
HOUR, ONE_DAY = timedelta(hours=1), timedelta(days=1)


class Machine:
    """A store and the clock of its machine, which may be wrong."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.off = timedelta()
        self.true = NOW
        self.store = self.opened()

    def opened(self) -> TinyStore:
        return TinyStore(self.folder, letter="A", today=lambda: self.day)

    @property
    def now(self) -> datetime:
        return self.true + self.off

    @property
    def day(self) -> date:
        return self.now.astimezone(JAPAN).date()

    def issue(self, language: str = "en") -> Ticket:
        self.true += timedelta(minutes=2)
        return self.store.issue(PLAIN, language=language, at=self.now)

    def next(self, *languages: str) -> str:
        self.true += timedelta(minutes=2)
        found = self.store.call_next(counter="1", languages=languages, at=self.now)
        return found.ticket.number if found else ""

    def change(self, ticket: Ticket, *steps: Callable[..., Ticket]) -> Ticket:
        for step in steps:
            self.true += timedelta(minutes=2)
            ticket = self.store.change(ticket.id, partial(step, at=self.now, counter="1"))
        return ticket


@pytest.fixture
def machine(folder: Path) -> Machine:
    return Machine(folder)


def busy(machine: Machine) -> list[Ticket]:
    """One ticket in each state, and two waiting."""
    issued = [machine.issue() for _ in range(6)]
    machine.change(issued[0], call)
    machine.change(issued[1], call, serve)
    machine.change(issued[2], call, serve, close)
    machine.change(issued[3], call, no_show)
    return [machine.store.get(ticket.id) for ticket in issued]


@pytest.mark.parametrize("again", [False, True], ids=["same process", "started anew"])
@pytest.mark.parametrize(
    "off", [-HOUR, -5 * HOUR, HOUR], ids=["an hour back", "five hours back", "an hour on"]
)
def test_within_the_day(machine: Machine, off: timedelta, again: bool) -> None:
    before = busy(machine)
    machine.off = off
    if again:
        machine.store = machine.opened()
    assert machine.store.tickets() == before, "nothing is renumbered or reordered"
    late = [machine.issue(), machine.issue()]
    assert [ticket.number for ticket in late] == ["A007", "A008"]
    machine.off = timedelta()
    last = machine.issue()
    machine.off = off
    assert [machine.next() for _ in range(6)] == ["A005", "A006", "A007", "A008", "A009", ""]
    assert last.number == "A009"
    done = machine.change(before[1], hold, serve, close)
    assert [p.at for p in done.periods] == sorted(p.at for p in done.periods)
    assert time_in(done, State.SERVING, machine.now) >= timedelta()
    machine.change(before[3], call, serve, close)
    states = {t.number: t.state for t in machine.opened().tickets()}
    assert states["A002"] is states["A003"] is states["A004"] is State.CLOSED
    assert machine.store.faults() == ()


def test_whoever_is_sent_on_waits_behind_those_before(machine: Machine) -> None:
    first, second, third = (machine.issue() for _ in range(3))
    machine.off = -HOUR
    machine.change(first, call, serve)
    machine.change(first, lambda t, at, counter: transfer(t, at, lane="", counter=counter))
    assert [machine.next() for _ in range(4)] == [second.number, third.number, first.number, ""]


@pytest.mark.parametrize("off", [-HOUR, HOUR])
def test_a_language_keeps_its_head_start_and_no_more(machine: Machine, off: timedelta) -> None:
    """Ten minutes of head start, whatever the clock did between the two."""
    english = machine.issue("en")
    machine.off = off
    machine.true += timedelta(minutes=3)
    vietnamese = machine.issue("vi")
    if off < timedelta():
        assert machine.next("vi") == vietnamese.number
        assert machine.next("vi") == english.number
    else:
        # Sixty-five minutes apart, as far as anybody can know.
        assert machine.next("vi") == english.number


@pytest.mark.parametrize("off", [-ONE_DAY, ONE_DAY], ids=["a day back", "a day on"])
def test_another_day_and_back(machine: Machine, off: timedelta) -> None:
    """Numbers given on the wrong day belong to that day; the right day goes on as if nothing had been."""
    before = busy(machine)
    machine.off = off
    wrong = [machine.issue(), machine.issue()]
    assert [ticket.number for ticket in wrong] == ["A001", "A002"]
    assert {ticket.day for ticket in wrong} == {DAY + off}
    assert machine.store.get(before[4].id) == before[4], "what waits is found by its number's day"
    machine.change(before[0], serve)
    assert machine.next() == "A001"
    machine.off = timedelta()
    found = {t.number: t for t in machine.store.tickets()}
    assert len(found) == 6
    assert machine.issue().number == "A007"
    assert [machine.next() for _ in range(4)] == ["A005", "A006", "A007", ""]
    if off > timedelta():
        machine.true += ONE_DAY
        assert machine.issue().number == "A003", "the day comes, and no number is given twice"
        assert [machine.next() for _ in range(3)] == ["A002", "A003", ""]
    every = [t for day in machine.store.days() for t in machine.opened().tickets(day)]
    assert len({(t.day, t.number) for t in every}) == len(every)
    stamps = [p.stamp for t in every for p in t.periods]
    assert len(set(stamps)) == len(stamps)


@pytest.mark.parametrize("off", [-HOUR, HOUR, -ONE_DAY, ONE_DAY])
def test_the_estimate_stays_sane(machine: Machine, off: timedelta) -> None:
    served = [machine.issue() for _ in range(4)]
    for ticket in served[:3]:
        machine.change(ticket, call, serve)
        machine.off = off
        machine.change(ticket, close)
        machine.off = timedelta()
    waiting = estimate(machine.store.tickets(), counters=1)
    assert 5 <= waiting <= 120 if off <= HOUR else waiting >= 5
