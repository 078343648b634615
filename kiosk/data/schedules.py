"""When a service can be reached, as offices write it in a row; each fault is told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from kiosk.core.hours import Closing, Schedule, Span, parse_closing, parse_days
from kiosk.data.rows import Row, tables

_SPAN = {"days", "opens", "closes", "weeks", "overnight"}


def schedule_of(row: Row) -> Schedule:
    """The fields hours, always_open, closed_on_holidays, from, to and closed of a row."""
    always, holidays = row.flag("always_open"), row.flag("closed_on_holidays", True)
    spans: list[Span] = []
    for table in tables(row.data, "hours", row.file, row.faults):
        try:
            spans.append(_span(table))
        except (KeyError, TypeError, AttributeError):
            row.wrong("hours", 'write { days = "mon-fri", opens = "09:00", closes = "17:00" }')
        except ValueError as wrong:
            row.wrong("hours", f"{wrong}; write days as mon-fri or mon,wed and times as 09:00")
    if not isinstance(row.data.get("hours", []), list):
        row.sound = False
    if always and spans:
        row.wrong("always_open", "write either hours or always_open = true")
    first, last = _date(row, "from"), _date(row, "to")
    if first and last and last < first:
        row.wrong("to", f"{last} is before {first}: the schedule ends before it starts; change one")
    return Schedule(tuple(spans), always, holidays, first, last, _closed(row))


def _date(row: Row, field: str) -> date | None:
    """A whole day; TOML's own dates are good as well."""
    value = row.data.get(field)
    try:
        return date.fromisoformat(value.isoformat() if isinstance(value, date) else value) if value else None
    except (ValueError, TypeError):
        row.wrong(field, f"{value} is no date; write 2026-11-21")
        return None


def _closed(row: Row) -> tuple[Closing, ...]:
    found = []
    for text in row.words("closed"):
        try:
            found.append(parse_closing(text))
        except ValueError as wrong:
            row.wrong("closed", f"{wrong}; write 08-13, 08-13/08-16 or 2026-12-01/2026-12-10")
    return tuple(found)


def _span(table: Mapping[str, Any]) -> Span:
    if unknown := set(table) - _SPAN:
        raise ValueError(f"there is no field {', '.join(sorted(unknown))}")
    days, holidays = _days(table["days"])
    overnight = table.get("overnight", False)
    opens, closes = time.fromisoformat(table["opens"]), _closes(table["closes"])
    if not isinstance(overnight, bool):
        raise ValueError("overnight is true or false")
    if overnight and table["closes"] != "24:00" and closes >= opens:
        raise ValueError(f"{table['closes']} is not before {table['opens']}: take overnight out")
    if closes <= opens and not overnight and table["closes"] != "24:00":
        raise ValueError(
            f"{table['closes']} is not after {table['opens']} (a night line has overnight = true)"
        )
    weeks = table.get("weeks", [])
    if not isinstance(weeks, list) or any(type(week) is not int or not 1 <= week <= 5 for week in weeks):
        raise ValueError("weeks are numbers from 1 to 5: [1, 3]")
    return Span(days, opens, closes, frozenset(weeks), holidays)


def _days(text: str) -> tuple[frozenset[int], bool]:
    """Weekdays, and whether `hol`, holidays, is among them."""
    parts = text.replace(" ", "").split(",")
    weekdays = [part for part in parts if part != "hol"]
    return parse_days(",".join(weekdays)) if weekdays else frozenset(), len(weekdays) < len(parts)


def _closes(text: str) -> time:
    """24:00 is the next day's 0:00."""
    return time(0) if text == "24:00" else time.fromisoformat(text)
