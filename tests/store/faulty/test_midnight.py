"""Midnight in the middle of a visit: every ticket belongs to the day it was issued on, and stays there."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from functools import partial
from pathlib import Path

import pytest

from kiosk.core.changes import call, close, note, serve, transfer
from kiosk.core.ticket import State, time_in
from kiosk.core.waiting import estimate
from kiosk.store.tiny import TinyStore
from tests.store.samples import FULL, PLAIN, always

JAPAN = timezone(timedelta(hours=9))
BEFORE = datetime(2026, 7, 28, 23, 59, tzinfo=JAPAN)
AFTER = datetime(2026, 7, 29, 0, 1, tzinfo=JAPAN)
YESTERDAY, TODAY = BEFORE.date(), AFTER.date()


class Clock:
    def __init__(self) -> None:
        self.now = BEFORE


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(folder: Path, clock: Clock) -> TinyStore:
    return TinyStore(folder, letter="A", today=lambda: clock.now.date())


def test_begun_before_submitted_after(store: TinyStore, clock: Clock) -> None:
    """The pages were opened at 23:59; the ticket is of the day it was given on, and sealed to that day."""
    before = store.issue(PLAIN, language="en", at=clock.now)
    store.refresh()
    clock.now = AFTER
    after = store.issue(FULL, language="ko", at=clock.now)
    assert (before.number, before.day) == ("A001", YESTERDAY)
    assert (after.number, after.day) == ("A001", TODAY)
    assert before.id < after.id
    assert before.latest < after.latest
    assert store.keys.days() == [YESTERDAY, TODAY]
    assert store.refresh()
    store.close()
    assert store.tickets(YESTERDAY) == [before]
    assert store.tickets() == [after], "what was told opens with the key of its own day"
    assert (store.get(before.id), store.get(after.id)) == (before, after)


def test_called_before_closed_after(store: TinyStore, clock: Clock) -> None:
    ticket = store.issue(PLAIN, language="en", at=clock.now - timedelta(minutes=20))
    store.call_next(counter="1", languages=(), at=clock.now)
    store.change(ticket.id, lambda t: serve(t, clock.now, counter="1"))
    clock.now = AFTER
    store.change(ticket.id, lambda t: note(t, "終電"))
    done = store.change(ticket.id, lambda t: close(t, clock.now, counter="1"))
    assert (done.day, done.number) == (YESTERDAY, "A001")
    assert done.content.notes == ("終電",)
    assert time_in(done, State.SERVING, clock.now) == timedelta(minutes=2)
    assert store.tickets() == []
    assert store.tickets(YESTERDAY) == [done]
    assert TinyStore(store.folder, letter="A", today=lambda: TODAY).get(ticket.id) == done
    assert store.days() == [YESTERDAY], "a day nobody came on has no file"


def test_sent_on_after_midnight_it_waits_with_its_own_day(store: TinyStore, clock: Clock) -> None:
    ticket = store.issue(PLAIN, language="en", at=clock.now)
    store.change(ticket.id, lambda t: serve(call(t, clock.now, counter="1"), clock.now, counter="1"))
    clock.now = AFTER
    new = store.issue(PLAIN, language="en", at=clock.now)
    store.change(ticket.id, lambda t: transfer(t, clock.now, lane="2", counter="1"))
    assert store.get(ticket.id).state is State.WAITING
    picked = store.call_next(counter="2", languages=(), at=clock.now)
    assert picked is not None
    assert picked.ticket.id == new.id, "today's queue is today's"
    assert store.call_next(counter="2", languages=(), at=clock.now) is None
    # The counselor who knows of it still calls it from yesterday's list.
    assert store.change(ticket.id, lambda t: call(t, clock.now, counter="2")).state is State.CALLED


def test_the_lists_and_estimates_of_both_days(store: TinyStore, clock: Clock) -> None:
    for count in range(4):
        store.issue(PLAIN, language="en", at=clock.now - timedelta(hours=2 - count / 10))
    for _ in range(3):
        picked = store.call_next(counter="1", languages=(), at=clock.now - timedelta(minutes=90))
        assert picked is not None
        start, end = clock.now - timedelta(minutes=80), clock.now - timedelta(minutes=40)
        store.change(picked.ticket.id, partial(serve, at=start, counter="1"))
        store.change(picked.ticket.id, partial(close, at=end, counter="1"))
    assert estimate(store.tickets(), counters=1) == 40, "one waits, and a case takes forty minutes"
    clock.now = AFTER
    assert estimate(store.tickets(), counters=1) == 5, "nobody of today waits"
    today = [store.issue(PLAIN, language="en", at=clock.now) for _ in range(2)]
    assert estimate(store.tickets(), counters=1) == 30, "yesterday's lengths are not today's"
    assert estimate(store.tickets(YESTERDAY), counters=1) == 40
    assert store.tickets() == today
    assert [t.number for t in store.tickets(YESTERDAY)] == ["A001", "A002", "A003", "A004"]


def test_two_processes_one_of_them_past_midnight(folder: Path) -> None:
    """Clocks of two machines on one folder differ by a minute: each keeps to its own day, neither loses."""
    slow, fast = (TinyStore(folder, letter=x, today=always(d)) for x, d in (("A", YESTERDAY), ("B", TODAY)))
    late = slow.issue(PLAIN, language="en", at=BEFORE)
    early = fast.issue(PLAIN, language="en", at=AFTER)
    assert fast.change(late.id, lambda t: call(t, AFTER, counter="1")).day == YESTERDAY
    assert slow.change(early.id, lambda t: call(t, BEFORE, counter="2")).day == TODAY
    assert [t.state for t in slow.tickets()] == [State.CALLED]
    assert [t.state for t in fast.tickets()] == [State.CALLED]
    assert slow.get(early.id) == fast.get(early.id)
    assert slow.faults() == fast.faults() == ()


@pytest.mark.parametrize("zone", [UTC, timezone(timedelta(hours=-5)), timezone(timedelta(hours=13))])
def test_the_zone_of_a_time_changes_no_day(store: TinyStore, clock: Clock, zone: timezone) -> None:
    ticket = store.issue(PLAIN, language="en", at=clock.now.astimezone(zone))
    clock.now = AFTER
    again = TinyStore(store.folder, letter="A", today=lambda: clock.now.date())
    assert again.get(ticket.id) == ticket
    assert again.get(ticket.id).day == YESTERDAY
