"""Opening hours: never open outside them, and the next opening is one."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.hours import (
    AHEAD,
    ALL_DAY,
    Closing,
    Opening,
    Schedule,
    Span,
    hours_text,
    opening,
    parse_closing,
    parse_days,
)
from kiosk.data.catalogue import Catalogue, load

LABOUR_DAY = date(2026, 11, 23)
NIGHT = Schedule((Span(parse_days("mon-fri"), time(22), time(6)),))

times = st.times(timezones=st.none()).map(lambda at: at.replace(second=0, microsecond=0))
days = st.dates(date(2024, 1, 1), date(2030, 12, 31))
spans = st.builds(
    Span,
    st.frozensets(st.integers(0, 6), min_size=1),
    times,
    times,
    st.frozensets(st.integers(1, 5)),
    st.booleans(),
)
closings = st.one_of(
    st.tuples(days, days).map(lambda pair: Closing(min(pair), max(pair))),
    st.tuples(days, days).map(lambda pair: Closing(*pair, yearly=True)),
)
schedules = st.builds(
    Schedule,
    st.lists(spans, min_size=1, max_size=3).map(tuple),
    st.booleans(),
    st.booleans(),
    st.none() | days,
    st.none() | days,
    st.lists(closings, max_size=2).map(tuple),
)
moments = st.datetimes(datetime(2025, 1, 1), datetime(2029, 12, 31), timezones=st.just(UTC))


def sometimes(day: date) -> bool:
    """A calendar with a holiday on every ninth day."""
    return day.toordinal() % 9 == 0


def none(_: date) -> bool:
    return False


def inside(schedule: Schedule, at: datetime) -> bool:
    """The meaning of a schedule, said as simply as can be: some span of today or of last night holds it."""
    for day in (at.date(), at.date() - timedelta(days=1)):
        if schedule.valid_from and day < schedule.valid_from:
            continue
        if schedule.valid_to and day > schedule.valid_to:
            continue
        holiday = not schedule.always and schedule.closed_on_holidays and sometimes(day)
        if any(closing.covers(day) for closing in schedule.closed):
            continue
        for span in (ALL_DAY,) if schedule.always else schedule.spans:
            if holiday and not span.holidays:
                continue
            if not holiday and day.weekday() not in span.days:
                continue
            if not holiday and span.weeks and -(-day.day // 7) not in span.weeks:
                continue
            opens = datetime.combine(day, span.opens, UTC)
            closes = datetime.combine(day, span.closes, UTC)
            if closes <= opens:
                closes += timedelta(days=1)
            if opens <= at < closes:
                return True
    return False


@given(schedules, moments)
def test_open_exactly_inside_its_spans(schedule: Schedule, at: datetime) -> None:
    assert (opening(schedule, at, sometimes).state == "open") == inside(schedule, at)


@given(schedules, moments)
def test_what_is_told_comes_true(schedule: Schedule, at: datetime) -> None:
    told = opening(schedule, at, sometimes)
    if told.next is not None:
        assert told.state == "closed"
        assert told.next > at
        assert opening(schedule, told.next, sometimes).state == "open"
        assert not inside(schedule, told.next - timedelta(minutes=1))
    if told.until is not None:
        assert told.state == "open"
        assert at < told.until <= at + timedelta(days=1)
        assert inside(schedule, told.until - timedelta(minutes=1))
        assert not inside(schedule, told.until)


@given(schedules, moments)
def test_closed_without_a_next_opening_stays_closed(schedule: Schedule, at: datetime) -> None:
    if opening(schedule, at, sometimes) == Opening("closed"):
        hours = (at + timedelta(hours=hour) for hour in range(24 * (AHEAD - 1)))
        assert not any(inside(schedule, hour) for hour in hours)


def test_only_the_named_weekdays_of_the_month() -> None:
    schedule = Schedule((Span(parse_days("wed"), time(10), time(12), frozenset({1, 3})),))
    opens = datetime(2026, 11, 18, 11, tzinfo=UTC)
    assert opening(schedule, opens, none) == Opening("open", until=opens.replace(hour=12))
    assert opening(schedule, opens.replace(hour=13), none).next == datetime(2026, 12, 2, 10, tzinfo=UTC)
    assert opening(schedule, datetime(2026, 11, 11, 11, tzinfo=UTC), none).next == opens.replace(hour=10)


def test_a_fifth_weekday_is_found_months_ahead() -> None:
    schedule = Schedule((Span(parse_days("sat"), time(10), time(12), frozenset({5})),))
    at = datetime(2026, 10, 31, 13, tzinfo=UTC)
    assert opening(schedule, at, none).next == datetime(2027, 1, 30, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "state"),
    [
        (datetime(2026, 11, 20, 21, 59, tzinfo=UTC), "closed"),
        (datetime(2026, 11, 20, 23, 30, tzinfo=UTC), "open"),
        (datetime(2026, 11, 21, 5, 59, tzinfo=UTC), "open"),  # Saturday morning of Friday's night
        (datetime(2026, 11, 21, 6, 0, tzinfo=UTC), "closed"),
        (datetime(2026, 11, 23, 5, 0, tzinfo=UTC), "closed"),  # no night of Sunday
        (datetime(2026, 11, 24, 5, 0, tzinfo=UTC), "closed"),  # the night of a holiday does not begin
    ],
)
def test_a_night_belongs_to_the_day_it_begins(at: datetime, state: str) -> None:
    assert opening(NIGHT, at, lambda day: day == LABOUR_DAY).state == state


def test_holidays_may_have_hours_of_their_own() -> None:
    week = (
        Span(parse_days("mon-fri"), time(17), time(22)),
        Span(parse_days("sat,sun"), time(9), time(21), holidays=True),
    )
    at = datetime(2026, 11, 23, 10, tzinfo=UTC)
    assert opening(Schedule(week), at, lambda day: day == LABOUR_DAY) == Opening(
        "open", until=at.replace(hour=21)
    )
    assert opening(Schedule(week), at, none) == Opening("closed", next=at.replace(hour=17))


def test_nights_that_touch_are_one_opening() -> None:
    schedule = Schedule(
        (Span(parse_days("mon-fri"), time(18), time(0)), Span(parse_days("mon-sat"), time(0), time(2)))
    )
    at = datetime(2026, 11, 19, 23, tzinfo=UTC)
    assert opening(schedule, at, none).until == datetime(2026, 11, 20, 2, tzinfo=UTC)


def test_open_day_and_night_until_the_day_it_is_closed() -> None:
    schedule = Schedule(always=True, closed=(parse_closing("12-29/01-03"),))
    assert opening(schedule, datetime(2026, 11, 20, 3, tzinfo=UTC), none) == Opening("open")
    last = datetime(2026, 12, 28, 3, tzinfo=UTC)
    assert opening(schedule, last, none).until == datetime(2026, 12, 29, tzinfo=UTC)
    assert opening(schedule, datetime(2027, 1, 2, 3, tzinfo=UTC), none).next == datetime(
        2027, 1, 4, tzinfo=UTC
    )


def test_a_schedule_begins_and_ends() -> None:
    schedule = Schedule(NIGHT.spans, valid_from=date(2026, 12, 1), valid_to=date(2026, 12, 31))
    assert opening(schedule, datetime(2026, 11, 20, 23, tzinfo=UTC), none).next == datetime(
        2026, 12, 1, 22, tzinfo=UTC
    )
    after = datetime(2027, 1, 4, 23, tzinfo=UTC)
    assert opening(schedule, after, none) == Opening("closed")
    assert schedule.ended(after.date())
    assert not schedule.ended(date(2026, 12, 31))


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        ("08-13", date(2027, 8, 13), date(2027, 8, 14)),
        ("12-29/01-03", date(2026, 1, 3), date(2026, 1, 4)),
        ("02-29", date(2028, 2, 29), date(2028, 3, 1)),
        ("2026-12-01", date(2026, 12, 1), date(2027, 12, 1)),
        ("2026-12-01/2027-02-10", date(2027, 1, 5), date(2028, 1, 5)),
    ],
)
def test_closed_days_as_offices_write_them(text: str, inside: date, outside: date) -> None:
    closing = parse_closing(text)
    assert closing.covers(inside)
    assert not closing.covers(outside)


@pytest.mark.parametrize(
    "text", ["", "13-01", "02-30", "8-13", "2026-12-10/2026-12-01", "12-29/2027-01-03", "x"]
)
def test_closed_days_that_make_no_sense_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse_closing(text)


def test_hours_in_words() -> None:
    say = load("en").text
    assert (
        hours_text(Schedule((Span(parse_days("mon-fri"), time(9), time(0)),)), say)
        == "Monday to Friday 9:00-24:00"
    )
    assert hours_text(NIGHT, say) == "Monday to Friday 22:00-6:00"


@pytest.mark.parametrize(
    ("weeks", "words"),
    [
        ({3, 1}, "1 and 3 Wednesday 10:00-12:00"),
        ({2}, "2 Wednesday 10:00-12:00"),
        ({1, 3, 5}, "1 and 3 and 5 Wednesday 10:00-12:00"),
        (set(), "Wednesday 10:00-12:00"),
    ],
)
def test_weeks_of_the_month_in_words(weeks: set[int], words: str) -> None:
    texts = {"day.wed": "Wednesday", "day.week.and": "{first} and {last}", "day.weeks": "{weeks} {days}"}
    texts |= {f"day.week.{week}": str(week) for week in range(1, 6)}
    schedule = Schedule((Span(parse_days("wed"), time(10), time(12), frozenset(weeks)),))
    assert hours_text(schedule, Catalogue("en", texts).text) == words


def test_holidays_in_words() -> None:
    say = Catalogue("en", {"day.sun": "Sunday", "day.holiday": "holidays"}).text
    both = Span(parse_days("sun"), time(9), time(12), holidays=True)
    alone = Span(frozenset(), time(9), time(10), holidays=True)
    assert hours_text(Schedule((both, alone)), say) == "Sunday, holidays 9:00-12:00 / holidays 9:00-10:00"
