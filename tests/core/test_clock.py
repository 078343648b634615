from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core import changes, records
from kiosk.core import ticket as tickets
from kiosk.core.clock import HybridClock, device_of, stamp_from, stamped
from kiosk.core.merge import merge
from tests.core.make import NOON, ticket

ONE, OTHER = "0000000a", "0000000b"
moments = st.datetimes(datetime(1950, 1, 1), datetime(9999, 12, 31), timezones=st.just(UTC))


def test_a_stamp_says_when_and_where() -> None:
    stamp = HybridClock(ONE).next(datetime.fromtimestamp(1.5, UTC))
    assert stamp == "0000000005dc-0000-0000000a"
    assert device_of(stamp) == ONE


@given(st.lists(moments, max_size=20))
def test_it_never_goes_back_whatever_the_wall_clock_does(walls: list[datetime]) -> None:
    clock = HybridClock(ONE)
    made = [clock.next(at) for at in walls]
    assert made == sorted(set(made))
    assert [stamp_from(stamp) for stamp in made] == made


def test_a_counter_that_runs_over_moves_the_millisecond_on() -> None:
    clock = HybridClock(ONE)
    assert clock.see("0000000005dc-fffe-0000000b")
    at = datetime.fromtimestamp(1.5, UTC)
    assert [clock.next(at)[:17], clock.next(at)[:17]] == ["0000000005dc-ffff", "0000000005dd-0000"]


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2), moments), max_size=30))
def test_what_was_seen_comes_before_what_was_made_after(steps: list[tuple[int, int, datetime]]) -> None:
    """Three devices tell each other of their last stamps while their wall clocks say anything."""
    clocks = [HybridClock(f"0000000{n}") for n in range(3)]
    last = [""] * 3
    everything = []
    for maker, teller, at in steps:
        assert clocks[maker].see(last[teller])
        made = clocks[maker].next(at)
        assert made > max(last[maker], last[teller])
        last[maker] = made
        everything.append(made)
    assert len(set(everything)) == len(everything)


def test_a_clock_far_ahead_carries_nobody_with_it() -> None:
    ahead = HybridClock(OTHER).next(NOON + timedelta(days=1, minutes=1))
    clock = HybridClock(ONE)
    assert not clock.see(ahead, NOON)
    assert clock.next(NOON) < ahead
    assert clock.see(HybridClock(OTHER).next(NOON + timedelta(hours=23)), NOON)
    assert clock.see("", NOON)


def test_its_own_stamps_are_followed_however_far_ahead() -> None:
    ahead = HybridClock(ONE).next(NOON + timedelta(days=4000))
    clock = HybridClock(ONE)
    assert clock.see(ahead, NOON)
    assert clock.next(NOON) > ahead


def test_a_stamp_after_another_leaves_the_clock_where_it_is_only_where_that_one_is_far_ahead() -> None:
    clock = HybridClock(ONE)
    far, near = (HybridClock(OTHER).next(NOON + ahead) for ahead in (timedelta(days=9), timedelta(hours=1)))
    assert clock.next(NOON, far) > far
    assert clock.next(NOON) < near
    made = clock.next(NOON, near)
    assert near < made < clock.next(NOON)


@pytest.mark.parametrize(
    "wrong",
    [
        "x",
        "0000000005dc-0000-0000000A",
        "8000000005dc-0000-0000000a",
        "0000000005dc-0000-0000000a\n",
        None,
        7,
    ],
)
def test_what_is_no_stamp_is_refused(wrong: object) -> None:
    with pytest.raises(ValueError, match="stamp"):
        stamp_from(wrong)
    if isinstance(wrong, str):
        with pytest.raises(ValueError, match="stamp"):
            HybridClock(ONE).see(wrong)
        routing = records.routing_record(ticket("A001"))
        routing["periods"][0]["stamp"] = wrong
        with pytest.raises(ValueError, match="stamp"):
            records.ticket_from(routing, tickets.Content())


def test_a_device_has_a_proper_id() -> None:
    for wrong in ("", "0000000A", "0000000a\n", "a"):
        with pytest.raises(ValueError, match="device"):
            HybridClock(wrong)


def test_threads_get_no_stamp_twice() -> None:
    clock = HybridClock(ONE)
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: clock.next(NOON), range(4000)))
    assert len(set(made)) == len(made)


def test_only_what_is_new_is_stamped() -> None:
    clock = HybridClock(ONE)
    old = changes.note(ticket("A001", 20), "from before there were stamps")
    called = changes.note(changes.call(old, NOON, counter="1"), "new")
    made = stamped(old, called, clock)
    assert [bool(period.stamp) for period in made.periods] == [False, True]
    assert [bool(stamp) for stamp in made.content.note_stamps] == [False, True]
    assert made.latest == made.periods[-1].stamp
    again = stamped(made, changes.note(made, "more"), clock)
    assert again.periods == made.periods
    assert again.content.note_stamps[:2] == made.content.note_stamps
    assert max(again.content.note_stamps[:2]) < again.content.note_stamps[2]
    assert stamped(again, again, clock) == again


def test_a_merge_gets_no_stamps_of_ours() -> None:
    one = stamped(None, ticket("A001", 20), HybridClock(ONE))
    other = stamped(one, changes.call(one, NOON, counter="1"), HybridClock(OTHER))
    called = stamped(one, changes.call(one, NOON + timedelta(minutes=1), counter="2"), HybridClock(ONE))
    both = merge(called, other)
    assert stamped(called, both, HybridClock(ONE)) == both


def test_records_keep_stamps_and_old_ones_have_none() -> None:
    made = stamped(None, changes.note(ticket("A001"), "x"), HybridClock(ONE))
    routing, content = records.routing_record(made), records.content_record(made.content)
    again = records.ticket_from(routing, records.content_from(content))
    assert again.periods == made.periods
    assert again.content.note_stamps == made.content.note_stamps
    for period in routing["periods"]:
        del period["stamp"]
    del content["note_stamps"]
    old = records.ticket_from(routing, records.content_from(content))
    assert old.periods == tuple(replace(period, stamp="") for period in made.periods)
    assert (old.latest, old.content.note_stamps) == ("", ())
