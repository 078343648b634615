"""Rosters: who speaks what when, and places with specialists."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.hours import Closing, Schedule, Span
from kiosk.core.roster import (
    InterpreterLine,
    Roster,
    Shift,
    Slot,
    Specialist,
    at_counter,
    fitting,
    free,
    languages_on,
    lines_for,
    next_shift,
    slots,
    speaks_now,
)

TOKYO = ZoneInfo("Asia/Tokyo")
FRIDAY, WEDNESDAY = frozenset({4}), frozenset({2})
HOLIDAYS = frozenset({date(2026, 11, 23), date(2026, 12, 2)})
MORNING = (time(9), time(12))


def at(month: int, day: int, hour: int = 10, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=TOKYO)


def holiday(day: date) -> bool:
    return day in HOLIDAYS


def never(_: date) -> bool:
    return False


FILIPINO = Schedule((Span(FRIDAY, *MORNING), Span(WEDNESDAY, time(13), time(17), frozenset({1, 3}))))
ROSTER = Roster(
    shifts=(
        Shift("fil", FILIPINO, "2"),
        Shift("en", Schedule((Span(frozenset(range(5)), *MORNING),))),
        Shift("en", Schedule((Span(FRIDAY, time(10), time(17)),))),
    ),
    lines=(
        InterpreterLine("night", "夜間", "03-0000-0001", ("my", "ne"), Schedule((Span(FRIDAY, *MORNING),))),
        InterpreterLine("always", "多言語", "03-0000-0002", ("my", "vi"), Schedule(always=True)),
        InterpreterLine("asked", "時間は未定", "03-0000-0003", ("my",)),
        InterpreterLine("soon", "水曜", "03-0000-0004", ("my",), Schedule((Span(WEDNESDAY, *MORNING),))),
    ),
)


@pytest.mark.parametrize(
    ("now", "here"),
    [
        (at(11, 20), True),  # a Friday
        (at(11, 20, 12), False),
        (at(11, 4, 14), True),  # the first Wednesday
        (at(11, 11, 14), False),
        (at(11, 18, 14), True),  # the third
        (at(11, 25, 14), False),
        (at(12, 2, 14), False),  # the first one of December, but a holiday here
    ],
)
def test_filipino_on_fridays_and_the_first_and_third_wednesday(now: datetime, here: bool) -> None:
    assert speaks_now(ROSTER, "fil", now, holiday) is here


def test_the_next_shift_and_its_end() -> None:
    assert next_shift(ROSTER, "fil", at(11, 28), holiday) == at(12, 4, 9), "past the holiday Wednesday"
    assert next_shift(ROSTER, "fil", at(11, 20), holiday) is None, "somebody is here"
    assert at_counter(ROSTER, "en", at(11, 20, 11), holiday).until == at(11, 20, 17), "the last to leave"
    assert at_counter(ROSTER, "ko", at(11, 20), holiday).state == "unknown"
    gone = Roster((Shift("ko", Schedule(FILIPINO.spans, valid_to=date(2026, 10, 31))),))
    assert next_shift(gone, "ko", at(11, 20), holiday) is None
    assert not speaks_now(gone, "ko", at(11, 20), holiday)


def test_languages_of_a_day() -> None:
    assert languages_on(ROSTER, date(2026, 11, 20), holiday) == ("fil", "en")
    assert languages_on(ROSTER, date(2026, 11, 19), holiday) == ("en",)
    assert languages_on(ROSTER, date(2026, 11, 23), holiday) == ()


def test_plain_japanese_is_japanese() -> None:
    spoken = Roster((Shift("ja", FILIPINO),))
    assert speaks_now(spoken, "ja-simple", at(11, 20), holiday)


def test_open_interpreter_lines_come_first() -> None:
    def names(language: str, now: datetime) -> list[tuple[str, str]]:
        return [(line.id, state.state) for line, state in lines_for(ROSTER, language, now, holiday)]

    assert names("my", at(11, 20)) == [
        ("night", "open"),
        ("always", "open"),
        ("asked", "unknown"),
        ("soon", "closed"),
    ]
    assert names("my", at(11, 21)) == [
        ("always", "open"),
        ("asked", "unknown"),
        ("soon", "closed"),  # Wednesday before Friday
        ("night", "closed"),
    ]
    assert names("ko", at(11, 20)) == []


def specialist(**given: object) -> Specialist:
    usual: dict[str, object] = {
        "id": "lawyer",
        "kind": "lawyer",
        "schedule": Schedule((Span(FRIDAY, time(13), time(15)),)),
        "minutes": 45,
        "topics": ("work",),
    }
    return Specialist(**{**usual, **given})  # type: ignore[arg-type]


def times(found: list[Slot]) -> list[datetime]:
    return [slot.at for slot in found]


def test_places_lie_whole_in_the_span_and_are_used_up() -> None:
    one = specialist(ahead_days=7)
    assert times(slots(one, [], at(11, 18), never)) == [at(11, 20, 13), at(11, 20, 13, 45)]
    assert times(slots(one, [at(11, 20, 13)], at(11, 18), never)) == [at(11, 20, 13, 45)]
    two = specialist(ahead_days=7, places=2)
    left = slots(two, [at(11, 20, 13)], at(11, 18), never)
    assert [slot.left for slot in left] == [1, 2]


def test_a_place_that_overlaps_a_booking_of_an_older_roster_is_not_given() -> None:
    one = specialist(ahead_days=7, minutes=60)
    assert times(slots(one, [at(11, 20, 13, 45)], at(11, 18), never)) == []


def test_notice_is_kept() -> None:
    one = specialist(ahead_days=7, lead_hours=24)
    assert times(slots(one, [], at(11, 19, 13, 1), never)) == [at(11, 20, 13, 45)]
    assert times(slots(specialist(ahead_days=0, lead_hours=0), [], at(11, 20, 12), never)) == [
        at(11, 20, 13),
        at(11, 20, 13, 45),
    ]


def test_spans_that_overlap_give_a_time_once() -> None:
    twice = Schedule((Span(FRIDAY, time(13), time(14)), Span(FRIDAY, time(13), time(15))))
    found = times(slots(specialist(schedule=twice, minutes=60, ahead_days=7), [], at(11, 18), never))
    assert found == [at(11, 20, 13), at(11, 20, 14)]


TIMES = st.times(min_value=time(6), max_value=time(20)).map(lambda t: t.replace(second=0, microsecond=0))
SPANS = st.builds(
    Span,
    st.frozensets(st.integers(0, 6), min_size=1),
    TIMES,
    TIMES,
    st.frozensets(st.integers(1, 5)),
).filter(lambda span: span.opens < span.closes)
SPECIALISTS = st.builds(
    Specialist,
    id=st.just("one"),
    kind=st.just("tax"),
    schedule=st.builds(
        Schedule,
        st.lists(SPANS, max_size=3).map(tuple),
        closed=st.just((Closing(date(2026, 12, 10), date(2026, 12, 12)),)),
        valid_to=st.sampled_from([None, date(2026, 12, 20)]),
    ),
    minutes=st.integers(5, 240),
    topics=st.just(("tax",)),
    places=st.integers(1, 3),
    ahead_days=st.integers(0, 60),
    lead_hours=st.integers(0, 72),
)
NOW = st.datetimes(datetime(2026, 11, 1), datetime(2026, 12, 31), timezones=st.just(TOKYO))


@given(SPECIALISTS, NOW, st.data())
def test_every_slot_keeps_the_rules(one: Specialist, now: datetime, data: st.DataObject) -> None:
    everything = slots(one, [], now, holiday)
    taken = data.draw(st.lists(st.sampled_from(times(everything)), max_size=6)) if everything else []
    found = slots(one, taken, now, holiday)
    assert times(found) == sorted(set(times(found)))
    length = timedelta(minutes=one.minutes)
    for slot in found:
        day, ends = slot.at.date(), slot.at + length
        assert any(
            span.on(day) and span.opens <= slot.at.time() and ends.time() <= span.closes
            for span in one.schedule.spans
        )
        assert ends.date() == day
        assert not holiday(day)
        assert not date(2026, 12, 10) <= day <= date(2026, 12, 12)
        assert not one.schedule.ended(day)
        assert slot.at - now >= timedelta(hours=one.lead_hours)
        assert day <= now.date() + timedelta(days=one.ahead_days)
        assert 1 <= slot.left <= one.places
        assert slot.left == free(one, slot.at, taken)
        assert Counter(taken)[slot.at] + slot.left <= one.places


@given(SPECIALISTS, NOW)
def test_places_booked_one_by_one_never_overlap_more_than_there_are(one: Specialist, now: datetime) -> None:
    taken: list[datetime] = []
    while open_ones := slots(one, taken, now, holiday, most=1):
        taken.append(open_ones[0].at)
        if len(taken) == 12:
            break
    length = timedelta(minutes=one.minutes)
    for moment in taken:
        assert sum(other <= moment < other + length for other in taken) <= one.places


def test_the_office_in_another_zone_than_the_bookings() -> None:
    one = specialist(ahead_days=7)
    assert times(slots(one, [at(11, 20, 13).astimezone(UTC)], at(11, 18), never)) == [at(11, 20, 13, 45)]


def test_groups_are_nearer_than_topics() -> None:
    desk = specialist(id="desk", kind="hello_work", topics=("work",), groups=("hello_work",))
    bureau = specialist(id="bureau", kind="labour", topics=("work",), groups=("labour",))
    tax = specialist(id="tax", kind="tax", topics=("tax",))
    roster = Roster(specialists=(desk, bureau, tax))
    assert [one.id for one in fitting(roster, ["work"], ["labour"])] == ["bureau", "desk"]
    assert [one.id for one in fitting(roster, ["work"])] == ["desk", "bureau"]
    assert fitting(roster, ["school"]) == []


def test_names_are_the_offices_or_the_catalogues() -> None:
    one = specialist(names={"ja": "青葉法律相談会"})
    assert one.name("ja", str) == "青葉法律相談会"
    assert one.name("vi", str) == "specialist.lawyer"
    assert (one.lane, one.understands("ja-simple"), one.understands("vi")) == (
        "specialist:lawyer",
        True,
        False,
    )
