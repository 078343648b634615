"""Opening hours: open now, until when, or next open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import reduce
from typing import Literal

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
AHEAD = 100
"""Days looked ahead for the next opening: a fifth Wednesday that is a holiday is followed by another one."""


@dataclass(frozen=True)
class Span:
    """Open from `opens` to `closes` on these weekdays (0 is Monday); local time.

    A closing that is not after the opening is one of the next day: 0:00 stands for 24:00, and a night line
    goes from 22:00 to 6:00. Such a span belongs to the day on which it begins.
    """

    days: frozenset[int]
    opens: time
    closes: time
    weeks: frozenset[int] = frozenset()
    """Which of these weekdays in the month, 1 to 5; empty is every week."""
    holidays: bool = False
    """Open so on holidays as well, whatever weekday they are."""

    def on(self, day: date) -> bool:
        return day.weekday() in self.days and (not self.weeks or (day.day + 6) // 7 in self.weeks)


ALL_DAY = Span(frozenset(range(7)), time(0), time(0))


@dataclass(frozen=True)
class Closing:
    """Closed from the first to the last day. `yearly`: only month and day count, and it may go over the
    year's end."""

    first: date
    last: date
    yearly: bool = False

    def covers(self, day: date) -> bool:
        if not self.yearly:
            return self.first <= day <= self.last
        first, at, last = ((of.month, of.day) for of in (self.first, day, self.last))
        return first <= at <= last if first <= last else at >= first or at <= last


@dataclass(frozen=True)
class Schedule:
    """When a service can be reached. Without spans and not `always` the hours are unknown."""

    spans: tuple[Span, ...] = ()
    always: bool = False
    closed_on_holidays: bool = True
    valid_from: date | None = None
    valid_to: date | None = None
    """The last day; whoever has a schedule that has ended is not there any more."""
    closed: tuple[Closing, ...] = ()

    @property
    def known(self) -> bool:
        return self.always or bool(self.spans)

    def ended(self, day: date) -> bool:
        return self.valid_to is not None and day > self.valid_to

    def shut(self, day: date, is_holiday: IsHoliday) -> bool:
        """Whether the whole day is closed, whatever the spans say."""
        return (
            (self.valid_from is not None and day < self.valid_from)
            or self.ended(day)
            or any(closing.covers(day) for closing in self.closed)
            or (self.keeps(day, is_holiday) and not any(span.holidays for span in self.spans))
        )

    def keeps(self, day: date, is_holiday: IsHoliday) -> bool:
        """Whether the day is a holiday here."""
        return not self.always and self.closed_on_holidays and is_holiday(day)

    def spans_on(self, day: date, is_holiday: IsHoliday) -> tuple[Span, ...]:
        """The spans that begin on this day, earliest first."""
        if self.shut(day, is_holiday):
            return ()
        if self.always:
            return (ALL_DAY,)
        kept = self.keeps(day, is_holiday)
        taken = [span for span in self.spans if (span.holidays if kept else span.on(day))]
        return tuple(sorted(taken, key=lambda span: span.opens))


@dataclass(frozen=True)
class Opening:
    """`state` is open, closed or unknown; `until` closes an open one within a day, `next` opens a closed
    one."""

    state: str
    until: datetime | None = None
    next: datetime | None = None


IsHoliday = Callable[[date], bool]


def opening(schedule: Schedule, now: datetime, is_holiday: IsHoliday) -> Opening:
    """State of the schedule at `now` (local time); a moment of closing is closed."""
    if not schedule.known:
        return Opening("unknown")
    if schedule.always and not (schedule.valid_from or schedule.valid_to or schedule.closed):
        return Opening("open")
    until = None
    for opens, closes in _intervals(schedule, now, is_holiday):
        if until is not None and (opens > until or until - now > timedelta(days=1)):
            break
        if until is not None:
            until = max(until, closes)
        elif opens > now:
            return Opening("closed", next=opens)
        elif closes > now:
            until = closes
    if until is None:
        return Opening("closed")
    return Opening("open", until=until if until - now <= timedelta(days=1) else None)


def _intervals(
    schedule: Schedule, now: datetime, is_holiday: IsHoliday
) -> Iterator[tuple[datetime, datetime]]:
    """From the night before on, in the order of opening."""
    for ahead in range(-1, AHEAD):
        day = now.date() + timedelta(days=ahead)
        for span in schedule.spans_on(day, is_holiday):
            end = day if span.closes > span.opens else day + timedelta(days=1)
            yield (
                datetime.combine(day, span.opens, now.tzinfo),
                datetime.combine(end, span.closes, now.tzinfo),
            )


def parse_days(text: str) -> frozenset[int]:
    """Weekdays from `mon-fri` or `mon,wed,sat-sun`. Raises ValueError."""
    days: set[int] = set()
    for part in text.replace(" ", "").split(","):
        first, dash, last = part.partition("-")
        if first not in DAYS or (dash and last not in DAYS):
            raise ValueError(f"unknown weekday in {text!r}")
        start, end = DAYS.index(first), DAYS.index(last or first)
        if end < start:
            raise ValueError(f"weekdays run backwards in {text!r}")
        days.update(range(start, end + 1))
    return frozenset(days)


def parse_closing(text: str) -> Closing:
    """Closed days from `08-13`, `08-13/08-16` (every year), `2026-12-01` or `2026-12-01/2026-12-10`. Raises
    ValueError."""
    first, slash, last = text.partition("/")
    days = [_day(part) for part in (first, last if slash else first)]
    (start, yearly), (end, ends_yearly) = days
    if yearly != ends_yearly:
        raise ValueError(f"{text} has a year on one side only")
    if end < start and not yearly:
        raise ValueError(f"{text} ends before it starts")
    return Closing(start, end, yearly)


def _day(text: str) -> tuple[date, bool]:
    """A yearly day is kept in a leap year, so that 02-29 is one."""
    yearly = len(text) == len("MM-DD")
    return date.fromisoformat(f"2000-{text}" if yearly else text), yearly


Say = Callable[..., str]


def hours_text(schedule: Schedule, say: Say) -> str:
    """Opening hours in words of a catalogue: Monday to Friday 9:00-17:00."""
    if schedule.always:
        return say("referral.open_always")
    return " / ".join(
        f"{days_text(span, say)} {_time(span, 'opens')}-{_time(span, 'closes')}" for span in schedule.spans
    )


def days_text(span: Span, say: Say) -> str:
    """Weekdays in words: a run as first to last, others one by one, all seven as every day; before them which
    ones of the month."""
    days = sorted(span.days)
    if len(days) == len(DAYS):
        words = say("day.every")
    elif len(days) > 2 and days[-1] - days[0] == len(days) - 1:
        first, last = say(f"day.{DAYS[days[0]]}"), say(f"day.{DAYS[days[-1]]}")
        words = say("day.range", first=first, last=last)
    else:
        words = ", ".join(say(f"day.{DAYS[day]}") for day in days)
    if span.weeks:
        words = _weeks(span, words, say)
    return ", ".join(part for part in (words, say("day.holiday") if span.holidays else "") if part)


def _weeks(span: Span, days: str, say: Say) -> str:
    weeks = [say(f"day.week.{week}") for week in sorted(span.weeks)]
    return say(
        "day.weeks", weeks=reduce(lambda first, last: say("day.week.and", first=first, last=last), weeks),
        days=days,
    )  # fmt: skip


def _time(span: Span, end: Literal["opens", "closes"]) -> str:
    at = span.opens if end == "opens" else span.closes
    if end == "closes" and at == time(0):
        return "24:00"
    return f"{at.hour}:{at.minute:02d}"
