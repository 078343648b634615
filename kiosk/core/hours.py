"""Opening hours: open now, until when, or next open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True)
class Span:
    """Open from `opens` to `closes` on these weekdays (0 is Monday); local time, same day."""

    days: frozenset[int]
    opens: time
    closes: time


@dataclass(frozen=True)
class Schedule:
    """When a service can be reached. Without spans and not `always` the hours are unknown."""

    spans: tuple[Span, ...] = ()
    always: bool = False
    closed_on_holidays: bool = True

    @property
    def known(self) -> bool:
        return self.always or bool(self.spans)


@dataclass(frozen=True)
class Opening:
    """`state` is open, closed or unknown; `until` closes an open one, `next` opens a closed one."""

    state: str
    until: datetime | None = None
    next: datetime | None = None


IsHoliday = Callable[[date], bool]


def opening(schedule: Schedule, now: datetime, is_holiday: IsHoliday) -> Opening:
    """State of the schedule at `now` (local time). Looks three weeks ahead for the next opening."""
    if schedule.always:
        return Opening("open")
    if not schedule.spans:
        return Opening("unknown")
    for ahead in range(22):
        day = now.date() + timedelta(days=ahead)
        if schedule.closed_on_holidays and is_holiday(day):
            continue
        for span in sorted(schedule.spans, key=lambda span: span.opens):
            if day.weekday() not in span.days:
                continue
            opens = datetime.combine(day, span.opens, now.tzinfo)
            closes = datetime.combine(day, span.closes, now.tzinfo)
            if opens <= now < closes:
                return Opening("open", until=closes)
            if opens > now:
                return Opening("closed", next=opens)
    return Opening("closed")


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


Say = Callable[..., str]


def hours_text(schedule: Schedule, say: Say) -> str:
    """Opening hours in words of a catalogue: Monday to Friday 9:00-17:00."""
    if schedule.always:
        return say("referral.open_always")
    return " / ".join(
        f"{days_text(span, say)} {_time(span, 'opens')}-{_time(span, 'closes')}" for span in schedule.spans
    )


def days_text(span: Span, say: Say) -> str:
    """Weekdays in words: a run as first to last, others one by one, all seven as every day."""
    days = sorted(span.days)
    if len(days) == len(DAYS):
        return say("day.every")
    if len(days) > 2 and days[-1] - days[0] == len(days) - 1:
        first, last = say(f"day.{DAYS[days[0]]}"), say(f"day.{DAYS[days[-1]]}")
        return say("day.range", first=first, last=last)
    return ", ".join(say(f"day.{DAYS[day]}") for day in days)


def _time(span: Span, end: Literal["opens", "closes"]) -> str:
    at = span.opens if end == "opens" else span.closes
    return f"{at.hour}:{at.minute:02d}"
