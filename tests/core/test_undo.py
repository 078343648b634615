"""Taking back what was last done, and a number called by two counters."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.core import changes, records
from kiosk.core import ticket as tickets
from kiosk.core.changes import CannotUndo, IllegalChange, Taken
from kiosk.core.clock import HybridClock, stamped
from kiosk.core.consultation import Consultation
from kiosk.core.merge import conflicts, merge
from kiosk.core.ticket import State, Ticket
from kiosk.core.waiting import pick
from tests.core.make import NOON, ticket

CLOCK = HybridClock("00000001")


def kept(before: Ticket | None, after: Ticket) -> Ticket:
    """As the store keeps it."""
    return stamped(before, after, CLOCK)


def done(found: Ticket, *states: State, counter: str = "1") -> Ticket:
    for state in states:
        found = kept(found, changes.change(found, state, NOON, counter=counter, staff="s"))
    return found


ISSUED = kept(None, ticket("A001", 20))
WAYS = (
    (State.CALLED,),
    (State.CALLED, State.CALLED),
    (State.CALLED, State.SERVING),
    (State.CALLED, State.NO_SHOW),
    (State.CALLED, State.WAITING),
    (State.CALLED, State.SERVING, State.ON_HOLD),
    (State.CALLED, State.SERVING, State.CLOSED),
    (State.CALLED, State.SERVING, State.REFERRED),
)


@pytest.mark.parametrize("way", WAYS, ids=" ".join)
def test_everything_a_counter_does_can_be_taken_back(way: tuple[State, ...]) -> None:
    before = done(ISSUED, *way[:-1])
    after = done(before, way[-1])
    back = kept(after, changes.undo(after, NOON + timedelta(seconds=60), counter="1", staff="k3"))
    assert back.effective == before.effective
    for name in ("state", "counter", "issued", "waiting_since", "calls", "lane", "due"):
        assert getattr(back, name) == getattr(before, name)
    assert back.periods[:-1] == after.periods
    mark = back.periods[-1]
    assert (mark.undoes, mark.staff, mark.state) == (after.periods[-1].stamp, "k3", before.state)
    assert back.latest == mark.stamp > after.latest
    hour = NOON + timedelta(hours=1)
    for state in State:
        assert tickets.time_in(back, state, hour) == tickets.time_in(before, state, hour)
    for state in sorted(changes.ALLOWED[back.state]):
        assert changes.change(back, state, hour, counter="2").state is state
    again = records.ticket_from(records.routing_record(back), back.content)
    assert again == back


def test_a_call_taken_back_gives_the_old_place_in_the_queue() -> None:
    queue = [ISSUED, kept(None, ticket("A002", 15)), kept(None, ticket("A003", 10))]
    called = done(queue[0], State.CALLED)
    queue[0] = kept(called, changes.undo(called, NOON, counter="1"))
    found = pick(queue, counter="2", languages=(), now=NOON)
    assert found is not None
    assert (found.ticket.number, found.minutes) == ("A001", 20)


def test_a_transfer_taken_back_restores_lane_and_appointment() -> None:
    due = NOON + timedelta(minutes=5)
    serving = replace(done(ISSUED, State.CALLED, State.SERVING), lane="law", due=due)
    moved = kept(serving, changes.transfer(serving, NOON, lane="2", counter="1"))
    back = changes.undo(moved, NOON, counter="1", lane="law", due=due)
    assert (back.state, back.lane, back.due) == (State.SERVING, "law", due)
    assert changes.undo(moved, NOON, counter="1").lane == "2"
    assert changes.undo(replace(moved, due=due), NOON, counter="1", due=None).due is None
    merged = merge(moved, kept(moved, back))
    assert (merged.lane, merged.due) == ("law", due), "the mark has the highest stamp"


@pytest.mark.parametrize(
    ("seconds", "counter", "reason"),
    [(61, "1", "late"), (-61, "1", "late"), (5, "2", "counter"), (5, "", "counter")],
)
def test_what_is_late_or_another_counters_stays(seconds: float, counter: str, reason: str) -> None:
    called = done(ISSUED, State.CALLED)
    with pytest.raises(CannotUndo) as refused:
        changes.undo(called, NOON + timedelta(seconds=seconds), counter=counter)
    assert refused.value.reason == reason
    assert isinstance(refused.value, IllegalChange)


def test_the_issue_and_what_has_no_stamp_stay() -> None:
    for found in (ISSUED, changes.call(ISSUED, NOON, counter="1")):
        with pytest.raises(CannotUndo) as refused:
            changes.undo(found, NOON, counter="1")
        assert refused.value.reason == "nothing"


def test_taking_back_cannot_be_taken_back_but_goes_on_to_what_was_before() -> None:
    serving = done(ISSUED, State.CALLED, State.SERVING)
    back = kept(serving, changes.undo(serving, NOON, counter="1"))
    assert back.state is State.CALLED
    back = kept(back, changes.undo(back, NOON, counter="1"))
    assert (back.state, back.counter) == (State.WAITING, "")
    with pytest.raises(CannotUndo):
        changes.undo(back, NOON, counter="1")
    again = done(back, State.CALLED, counter="2")
    assert (again.state, again.counter, again.calls) == (State.CALLED, "2", 1)


def test_a_clock_set_back_a_little_reorders_nothing() -> None:
    called = done(ISSUED, State.CALLED)
    back = changes.undo(called, NOON - timedelta(seconds=30), counter="1")
    assert back.periods[-1].at == NOON


def test_an_end_taken_back_here_is_no_end_there() -> None:
    serving = done(ISSUED, State.CALLED, State.SERVING)
    closed = done(serving, State.CLOSED)
    back = kept(closed, changes.undo(closed, NOON, counter="1"))
    other = stamped(serving, changes.hold(serving, NOON, counter="1"), HybridClock("00000002"))
    for one, two in ((back, closed), (closed, back)):
        assert merge(one, two) == back
    assert merge(back, other).state is State.ON_HOLD
    assert merge(closed, other).state is State.CLOSED
    assert merge(merge(closed, other), back) == merge(back, other)
    twice = done(back, State.CLOSED)
    assert conflicts(merge(twice, other)) == ()


def test_a_hostile_mark_never_takes_the_issue() -> None:
    called = done(ISSUED, State.CALLED)
    mark = tickets.Period(State.WAITING, NOON, undoes=ISSUED.periods[0].stamp)
    spoiled = replace(called, periods=(*called.periods, mark))
    assert spoiled.effective == called.effective
    loop = replace(ISSUED, periods=(replace(ISSUED.periods[0], undoes=ISSUED.periods[0].stamp),))
    assert loop.state is State.WAITING


def test_a_number_is_called_by_one_counter() -> None:
    called = changes.call_number(ISSUED, NOON, counter="1")
    assert changes.call_number(called, NOON, counter="1").calls == 2
    with pytest.raises(Taken) as refused:
        changes.call_number(called, NOON, counter="2")
    assert (refused.value.counter, refused.value.number) == ("1", "A001")
    with pytest.raises(IllegalChange):
        changes.call_number(changes.serve(called, NOON, counter="1"), NOON, counter="2")
    absent = changes.no_show(called, NOON, counter="1")
    assert changes.call_number(absent, NOON, counter="2").counter == "2"


def test_a_record_takes_its_authors_place() -> None:
    first = kept(ISSUED, changes.record(ISSUED, Consultation("k2", done="案内", saved=NOON)))
    both = kept(first, changes.record(first, Consultation("k1", minutes=0)))
    assert [(one.by, bool(one.stamp)) for one in both.content.records] == [("k1", True), ("k2", True)]
    after = kept(both, changes.record(both, Consultation("k2", done="予約")))
    assert [one.done for one in after.content.records] == ["", "予約"]
    assert after.content.records[0].stamp == both.content.records[0].stamp
    assert after.content.records[1].stamp > both.content.records[0].stamp > first.content.records[0].stamp
    for order in ((first, after), (after, first)):
        assert merge(*order) == after


def test_a_record_that_says_nothing_new_changes_nothing() -> None:
    assert changes.record(ISSUED, Consultation("k1", saved=NOON)) is ISSUED
    first = kept(ISSUED, changes.record(ISSUED, Consultation("k1", done="案内", saved=NOON)))
    assert changes.record(first, Consultation("k1", done="案内", saved=NOON + timedelta(hours=1))) is first
    emptied = changes.record(first, Consultation("k1"))
    assert emptied.content.records[0].empty
    assert changes.record(emptied, Consultation("k1")) is emptied
