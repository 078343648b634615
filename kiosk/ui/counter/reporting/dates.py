"""Which day, month or year a report is of, and one step earlier or later."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from kiosk.core.hours import DAYS
from kiosk.reports.model import Kind

KINDS: tuple[Kind, ...] = ("day", "month", "year", "share", "examples")
"""In the order of their tabs."""
FIRST = date(2000, 1, 1)
"""Nothing was counted before."""
_DAYS = frozenset({"day"})
_MONTHS = frozenset({"month", "share"})


def when_of(kind: Kind, day: date) -> str:
    """The day, month or year of `kind` that `day` lies in, in ISO form."""
    if kind in _DAYS:
        return day.isoformat()
    return f"{day:%Y-%m}" if kind in _MONTHS else f"{day:%Y}"


def stepped(kind: Kind, day: date, by: int, today: date) -> date:
    """So many days, months or years later, never after today; the same day where that is not possible."""
    if kind in _DAYS:
        moved = day + timedelta(days=by)
    else:
        months = day.year * 12 + day.month - 1 + (by if kind in _MONTHS else 12 * by)
        year, month = divmod(months, 12)
        if not FIRST.year <= year <= today.year:
            return day
        # The last day it certainly has: today may be the 31st.
        moved = date(year, month + 1, min(day.day, 28))
    if moved < FIRST or when_of(kind, moved) > when_of(kind, today):
        return day
    return min(moved, today)


def when_words(kind: Kind, day: date, say: Callable[..., str]) -> str:
    """What stands between the two steps."""
    if kind in _DAYS:
        weekday = say(f"day.{DAYS[day.weekday()]}")
        return say("reports.when.day", year=day.year, month=day.month, day=day.day, weekday=weekday)
    if kind in _MONTHS:
        return say("reports.when.month", year=day.year, month=day.month)
    return say("reports.when.year", year=day.year)


def file_name(kind: Kind, when: str) -> str:
    """What a file of it is called, without its suffix: letters every system can write."""
    named = {"day": "daily", "month": "statistics", "year": "statistics"}.get(kind, kind)
    return f"{named}-{when}"
