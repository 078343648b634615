"""Copies of one ticket, changed on several devices whose clocks disagree, become one ticket again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import reduce
from itertools import pairwise, permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core import changes
from kiosk.core import ticket as tickets
from kiosk.core.changes import ALLOWED, CannotUndo
from kiosk.core.clock import HybridClock, stamped
from kiosk.core.consultation import Consultation
from kiosk.core.merge import ENDED_TWICE, TWO_COUNTERS, conflicts, merge
from kiosk.core.ticket import ENDED, Case, Content, Period, State, Ticket
from tests.core.make import NOON, ticket

STATES = list(State)
Apply = Callable[[Ticket, datetime], Ticket]


def minutes(count: float) -> datetime:
    return NOON + timedelta(minutes=count)


@dataclass
class Device:
    """A machine with its own copy, its own counter, and a clock that is wrong by so many minutes."""

    name: int
    skew: int
    copy: Ticket
    clock: HybridClock = field(init=False)

    def __post_init__(self) -> None:
        self.clock = HybridClock(f"{self.name:08x}")

    def take(self, change: Apply, now: int) -> None:
        """As the store does it: see what is there, change, stamp what is new."""
        at = minutes(now + self.skew)
        self.clock.see(self.copy.latest, at)
        self.copy = stamped(self.copy, change(self.copy, at), self.clock)


def whole(found: Ticket) -> tuple[Ticket, tuple[str, ...]]:
    """All of a ticket, with what equality leaves out."""
    return found, (*found.content.note_stamps, *(one.stamp for one in found.content.records))


def lasting_ends(found: Ticket) -> list[Period]:
    """The ended periods that nobody took back."""
    undone = {period.undoes for period in found.periods}
    return [
        period
        for period in found.periods
        if period.state in ENDED and not period.undoes and (not period.stamp or period.stamp not in undone)
    ]


@st.composite
def steps(draw: st.DrawFn) -> Apply:
    """A change that any device might make to the ticket as it finds it."""
    which, counter = draw(st.integers(0, 13)), draw(st.sampled_from("123"))
    words = draw(st.sampled_from(["", "案内", "予約"]))

    def apply(found: Ticket, at: datetime) -> Ticket:
        allowed = [state for state in STATES if state in ALLOWED[found.state]]
        if which == 0:
            return changes.note(found, f"note of {counter}")
        if which == 1:
            return changes.without_appointment(found)
        if which == 2:
            return replace(found, first=True)
        if which == 3:
            return changes.record(found, Consultation(f"k{counter}", done=words, saved=at))
        if which in (4, 5, 6):
            try:
                return changes.undo(found, found.periods[-1].at, counter=found.counter, lane="back")
            except CannotUndo:
                return found
        if not allowed:
            return found
        state = allowed[which % len(allowed)]
        if state is State.WAITING:
            return changes.transfer(found, at, lane=f"lane {counter}", counter=counter)
        return changes.change(found, state, at, counter=counter, staff="s")

    return apply


@st.composite
def copies(draw: st.DrawFn) -> list[Ticket]:
    """Two to five copies from one beginning; now and then a device has heard another's in between."""
    start = changes.note(ticket("A001", 20), "from the beginning")
    start = replace(start, lane="law", due=minutes(30) if draw(st.booleans()) else None)
    if draw(st.booleans()):
        start = changes.call(start, NOON, counter="1")  # kept before there were stamps
    else:
        start = stamped(None, start, HybridClock("ffffffff"))
    skews = draw(st.lists(st.sampled_from([-90, -1, 0, 1, 90, 3000, -3000]), min_size=2, max_size=5))
    devices = [Device(name, skew, start) for name, skew in enumerate(skews, 1)]
    which = st.integers(0, len(devices) - 1)
    moves = st.tuples(which, which | st.none(), steps())
    for now, (one, heard, change) in enumerate(draw(st.lists(moves, max_size=20))):
        if heard is not None and now % 3 == 0:
            devices[one].copy = merge(devices[one].copy, devices[heard].copy)
        devices[one].take(change, now)
    return [device.copy for device in devices]


@given(copies())
def test_any_order_of_meeting_gives_the_same_ticket(made: list[Ticket]) -> None:
    expected = whole(reduce(merge, made))
    for order in list(permutations(made))[:24]:
        assert whole(reduce(merge, order)) == expected
        assert whole(reduce(lambda met, copy: merge(copy, met), order)) == expected


@given(copies(), st.data())
def test_any_tree_of_meetings_gives_the_same_ticket(made: list[Ticket], data: st.DataObject) -> None:
    expected = whole(reduce(merge, made))
    left = list(made)
    while len(left) > 1:
        one = left.pop(data.draw(st.integers(0, len(left) - 1)))
        other = data.draw(st.integers(0, len(left) - 1))
        left[other] = merge(left[other], one)
    assert whole(left[0]) == expected


@given(copies())
def test_merging_again_changes_nothing(made: list[Ticket]) -> None:
    merged = reduce(merge, made)
    for copy in made:
        assert whole(merge(copy, copy)) == whole(copy)
        assert whole(merge(merged, copy)) == whole(merge(copy, merged)) == whole(merged)


@given(copies())
def test_nothing_is_lost_and_nothing_made_up(made: list[Ticket]) -> None:
    merged = reduce(merge, made)
    assert set(merged.periods) == {period for copy in made for period in copy.periods}
    assert max(Counter(merged.periods).values()) == 1
    for copy in made:
        assert not Counter(copy.content.notes) - Counter(merged.content.notes)
    noted = {
        pair for copy in made for pair in zip(copy.content.note_stamps, copy.content.notes, strict=False)
    }
    assert len(merged.content.notes) == len(noted | {("", "from the beginning")}) - any(
        text == "from the beginning" and stamp for stamp, text in noted
    )


@given(copies())
def test_ended_anywhere_is_ended(made: list[Ticket]) -> None:
    merged = reduce(merge, made)
    assert (merged.state in ENDED) == bool(lasting_ends(merged))
    if not any(period.undoes for copy in made for period in copy.periods):
        assert (merged.state in ENDED) == any(copy.state in ENDED for copy in made)
    assert merged.issued == made[0].issued
    assert merged.first == any(copy.first for copy in made)


@given(copies())
def test_periods_stand_as_they_stood_on_each_device(made: list[Ticket]) -> None:
    merged = reduce(merge, made)
    place = {period: number for number, period in enumerate(merged.periods)}
    for copy in made:
        places = [place[period] for period in copy.periods]
        assert places == sorted(places)
    stamps = [period.stamp for period in merged.periods]
    assert stamps == sorted(stamps)


@given(copies())
def test_what_only_went_on_is_taken_as_it_is(made: list[Ticket]) -> None:
    """A device behind the others adds nothing: no conflict, no order of its own."""
    later = made[0]
    if later.state not in ENDED:
        state = min(ALLOWED[later.state])
        later = stamped(later, changes.change(later, state, minutes(5), counter="1"), HybridClock("0000000f"))
    assert whole(merge(made[0], later)) == whole(merge(later, made[0])) == whole(later)


@given(copies())
def test_times_in_states_are_never_negative_and_make_up_the_whole(made: list[Ticket]) -> None:
    merged = reduce(merge, made)
    spent = [tickets.time_in(merged, state, minutes(9000)) for state in STATES]
    assert min(spent) >= timedelta()
    assert sum(spent, timedelta()) == minutes(9000) - merged.issued


@given(copies())
def test_a_merged_ticket_goes_on(made: list[Ticket]) -> None:
    merged = reduce(merge, made)
    clock = HybridClock("0000000f")
    for state in sorted(ALLOWED[merged.state]):
        after = stamped(merged, changes.change(merged, state, minutes(-900), counter="9"), clock)
        assert after.latest == after.periods[-1].stamp > merged.latest
        assert after.periods[-1].at >= merged.periods[-1].at
        assert all(whole(merge(copy, after)) == whole(after) for copy in (*made, merged))


@given(copies())
def test_of_each_author_the_newest_record_is_left(made: list[Ticket]) -> None:
    merged = reduce(merge, made)
    every = [one for copy in made for one in copy.content.records]
    assert [one.by for one in merged.content.records] == sorted({one.by for one in every})
    for one in merged.content.records:
        assert one.stamp == max(other.stamp for other in every if other.by == one.by)
        assert one in every


@given(copies())
def test_what_was_taken_back_on_any_device_is_taken_back(made: list[Ticket]) -> None:
    merged = reduce(merge, made)
    undone = {period.undoes for copy in made for period in copy.periods} - {""}
    assert not undone & {period.stamp for period in merged.effective}
    assert not any(period.undoes for period in merged.effective)
    assert merged.state is merged.effective[-1].state


def started() -> tuple[Device, Device]:
    start = stamped(None, ticket("A001", 20), HybridClock("ffffffff"))
    return Device(1, 0, start), Device(2, 0, start)


def called(counter: str) -> Apply:
    return lambda found, at: changes.call(found, at, counter=counter)


def served(counter: str) -> Apply:
    return lambda found, at: changes.serve(found, at, counter=counter)


def noted(text: str) -> Apply:
    return lambda found, _: changes.note(found, text)


def closed(counter: str) -> Apply:
    return lambda found, at: changes.close(found, at, counter=counter)


def test_called_at_two_counters_at_once_is_kept_and_told() -> None:
    one, other = started()
    one.take(called("1"), 1)
    other.take(called("2"), 2)
    assert conflicts(one.copy) == conflicts(other.copy) == ()
    merged = merge(one.copy, other.copy)
    assert [(p.state, p.counter) for p in merged.periods[1:]] == [("called", "1"), ("called", "2")]
    assert conflicts(merged) == (TWO_COUNTERS,)


def test_ended_twice_is_kept_and_told() -> None:
    one, other = started()
    for now, step in enumerate((called("1"), served("1"))):
        one.take(step, now)
    other.copy = one.copy
    one.take(closed("1"), 5)
    other.take(lambda found, at: changes.refer(found, at, counter="1"), 9)
    merged = merge(one.copy, other.copy)
    assert [p.state for p in merged.periods[-2:]] == ["closed", "referred"]
    assert conflicts(merged) == (ENDED_TWICE,)


def test_one_counter_after_another_is_no_conflict() -> None:
    one, _ = started()
    moved: Apply = lambda found, at: changes.transfer(found, at, lane="2", counter="1")  # noqa: E731
    for now, step in enumerate((called("1"), served("1"), moved, called("2"), served("2"), closed("2"))):
        one.take(step, now)
    assert conflicts(one.copy) == ()


def test_closed_on_one_device_while_the_other_went_on_is_closed() -> None:
    one, other = started()
    for device in (one, other):
        device.take(called("1"), 1)
        device.take(served("1"), 2)
    one.take(closed("1"), 3)
    other.take(lambda found, at: changes.hold(found, at, counter="1"), 10)
    assert merge(one.copy, other.copy).state is State.CLOSED


def test_lane_and_appointment_are_the_latest_writers() -> None:
    one, other = started()
    for now, step in enumerate((called("1"), served("1"))):
        one.take(step, now)
    other.copy = one.copy
    one.take(lambda found, at: replace(changes.transfer(found, at, lane="law"), due=minutes(90)), 4)
    other.take(lambda found, at: changes.transfer(found, at, lane="2"), 5)
    merged = merge(one.copy, other.copy)
    assert (merged.lane, merged.due) == ("2", None)


def test_an_appointment_given_back_stays_given_back() -> None:
    booked = stamped(None, replace(ticket("A001"), lane="law", due=minutes(90)), HybridClock("ffffffff"))
    merged = merge(booked, changes.without_appointment(booked))
    assert (merged.lane, merged.due) == ("", None)


def test_a_site_is_kept_whichever_copy_names_it() -> None:
    here, nowhere = replace(ticket("A001"), site="支所"), ticket("A001")
    assert merge(here, nowhere) == merge(nowhere, here) == here


@pytest.mark.parametrize(
    "change", [{"id": "x"}, {"number": "B001"}, {"language": "ko"}, {"day": date(2026, 11, 22)}]
)
def test_other_tickets_are_not_merged(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="not the same ticket"):
        merge(ticket("A001"), replace(ticket("A001"), **change))


def test_notes_of_both_stand_in_the_order_they_were_written() -> None:
    one, other = started()
    for now, (device, text) in enumerate([(one, "b"), (other, "a"), (one, "c"), (other, "b")]):
        device.take(called("1"), now)
        device.take(noted(text), now)
    assert merge(one.copy, other.copy).content.notes == ("b", "a", "c", "b")


def test_notes_without_stamps_keep_their_order() -> None:
    case = ticket("A001")
    one, other = (replace(case, content=Content(notes=notes)) for notes in (("z", "y"), ("z", "y", "a")))
    assert merge(one, other).content.notes == merge(other, one).content.notes == ("z", "y", "a")


def test_what_was_told_and_an_earlier_visit_are_kept() -> None:
    told = ticket("A001")
    empty = replace(told, content=Content(earlier="earlier"))
    for merged in (merge(told, empty), merge(empty, told)):
        assert merged.content.cases == (Case("work"),)
        assert merged.content.earlier == "earlier"


def test_an_open_copy_outdoes_one_that_could_not_be_opened() -> None:
    told = stamped(None, changes.note(ticket("A001"), "x"), HybridClock("00000001"))
    shut = replace(told, content=Content(closed=True))
    for merged in (merge(told, shut), merge(shut, told)):
        assert whole(merged) == whole(told)
    assert merge(shut, shut) == shut


def test_two_alike_without_stamps_in_one_copy_are_two() -> None:
    """Called again within the same moment of a coarse clock, before there were stamps."""
    old = changes.call(changes.call(ticket("A001"), NOON, counter="1"), NOON, counter="1")
    newer = changes.serve(old, NOON, counter="1")
    for merged in (merge(old, newer), merge(newer, old)):
        assert merged == newer
    for one, other in pairwise((old, newer, old)):
        assert len(merge(one, other).periods) == 4


def test_what_happened_in_one_moment_without_stamps_keeps_its_order() -> None:
    """A clock set back: all later periods were kept with the time of the one before."""
    old = ticket("A001")
    for state in (State.CALLED, State.SERVING, State.WAITING, State.CALLED, State.SERVING):
        old = changes.change(old, state, old.issued, counter="1")
    newer = stamped(old, changes.hold(old, NOON, counter="1"), HybridClock("00000001"))
    assert merge(old, old) == old
    assert merge(old, newer) == merge(newer, old) == newer


def test_a_copied_device_id_loses_nothing() -> None:
    start = stamped(None, ticket("A001", 20), HybridClock("ffffffff"))
    both = [
        stamped(start, changes.call(start, NOON, counter=counter), HybridClock("00000001"))
        for counter in ("1", "2")
    ]
    assert both[0].latest == both[1].latest
    assert len(merge(*both).periods) == 3
    assert merge(*both) == merge(*reversed(both))
