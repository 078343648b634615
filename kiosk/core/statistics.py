"""What stays of a ticket when it is erased: an anonymous row.

A row has no id, no number, no exact time; the month, a band of hours and bands of minutes are all it knows of
when. Rows may be kept for ever, single rows are never shown: a report counts them (kiosk.core.counts) and
sends the counts through kiosk.core.suppression.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import timedelta, tzinfo
from typing import Any

from kiosk.core import ticket as tickets
from kiosk.core.consultation import Consultation
from kiosk.core.ticket import Content, State, Ticket

HOURS = (0, 9, 12, 15, 18)
"""Hours at which a band of the day begins."""
MINUTES = (0, 5, 15, 30, 60, 120)
"""Minutes at which a band of waiting or serving begins."""
_TOUCH = "touch"
_ELSEWHERE = "elsewhere"
"""The group of an agency that is not in the directory."""


@dataclass(frozen=True)
class Row:
    """One ticket, made anonymous."""

    month: str
    """Such as 2026-08, at the office."""
    weekday: int
    """1 Monday to 7 Sunday."""
    hours: int
    """The hour its band begins at, of HOURS."""
    language: str
    outcome: str
    """`closed`, `referred`, `no_show`, `cancelled` (an appointment), or `left`: it ended as none of them."""
    waiting: int
    """The minutes its band begins at, of MINUTES."""
    serving: int | None
    """The same; None where nobody was served."""
    known: bool = True
    """Whether the content could be read; where not, all below is empty."""
    topics: tuple[str, ...] = ()
    """Statistics codes."""
    caller: str = ""
    means: str = ""
    """`touch`, `typed` or `speech`."""
    groups: tuple[str, ...] = ()
    """Referral groups the kiosk or a counselor named."""
    site: str = ""
    event: str = ""
    recorded: bool = False
    """Whether a counselor kept a record; where not, all below is empty."""
    contact: str = ""
    """How somebody came, of kiosk.core.consultation.MEANS."""
    minutes: int | None = None
    """The minutes the record says it took, the band of MINUTES; None where it does not say."""
    result: str = ""
    """Of kiosk.core.consultation.RESULTS."""
    handed: tuple[tuple[str, str], ...] = ()
    """Referral group and outcome of each hand-over; the outcome is empty while it is open."""
    interpreter: bool = False
    nationality: str = ""
    status: str = ""
    follow_up: str = ""
    """Whether somebody is to ask again: empty for no, `open`, `done`."""
    part: str = ""
    """Empty for a ticket's row; `nationality` or `status` where it holds the month and that alone, and counts
    nobody: see `rows_left`."""


def row_of(
    ticket: Ticket,
    zone: tzinfo,
    groups_of: Callable[[str], Iterable[str]],
    *,
    site: str = "",
    event: str = "",
) -> Row:
    """The row of a ticket. `groups_of` answers the referral groups of a service's id.

    What counselors recorded goes before what the kiosk was told; of several records the last saved, but
    topics, groups and hand-overs of all.
    """
    issued, content = ticket.issued.astimezone(zone), ticket.content
    last, served = ticket.effective[-1].at, _served(ticket)
    told: dict[str, Any] = {} if content.closed else _told(content, groups_of)
    return Row(
        month=f"{issued:%Y-%m}",
        weekday=issued.isoweekday(),
        hours=_band(issued.hour, HOURS),
        language=ticket.language,
        outcome=_outcome(ticket),
        waiting=_minutes(tickets.time_in(ticket, State.WAITING, last)),
        serving=_minutes(tickets.time_in(ticket, State.SERVING, last)) if served else None,
        known=not content.closed,
        site=site,
        event=event,
        **told,
    )


def _told(content: Content, groups_of: Callable[[str], Iterable[str]]) -> dict[str, Any]:
    """What a content gives to its row, by the row's fields."""
    records = sorted(content.records, key=lambda one: (str(one.saved), one.by))
    topics = {code for one in records for code in one.topics} or set(content.statistics)
    services = [*content.services, *(name for one in records for name in one.agencies)]
    groups = {group for name in services for group in groups_of(name)}
    found: dict[str, Any] = {
        "topics": tuple(sorted(topics)),
        "caller": content.caller,
        "means": content.narrative.means if content.narrative else _TOUCH,
    }
    if records:
        found |= _recorded(records, groups_of)
        found["caller"] = _last_of(one.caller for one in records) or content.caller
        groups |= {group for group, _ in found["handed"] if group != _ELSEWHERE}
    return found | {"groups": tuple(sorted(groups))}


def _recorded(records: list[Consultation], groups_of: Callable[[str], Iterable[str]]) -> dict[str, Any]:
    """The fields of a row that records alone give; of several records the last that says it."""
    spent = [one.minutes for one in records if one.minutes is not None]
    asked = [one for one in records if one.follow_up is not None]
    handed = [
        (next(iter(groups_of(one.service)), _ELSEWHERE), one.outcome)
        for record in records
        for one in record.handovers
    ]
    return {
        "recorded": True,
        "contact": _last_of(one.means for one in records),
        "minutes": _band(max(spent), MINUTES) if spent else None,
        "result": _last_of(one.result for one in records),
        "handed": tuple(sorted(handed)),
        "interpreter": any(one.interpreted for one in records),
        "nationality": _last_of(one.nationality for one in records),
        "status": _last_of(one.status for one in records),
        "follow_up": ("done" if all(one.followed for one in asked) else "open") if asked else "",
    }


def rows_left(row: Row) -> tuple[Row, ...]:
    """What may lie open for ever: the row without nationality and status, and these in rows of their own;
    beside language and topic they could tell who it was."""
    blank = Row(month=row.month, weekday=0, hours=0, language="", outcome="", waiting=0, serving=None)
    left = [replace(row, nationality="", status="")]
    if row.nationality:
        left.append(replace(blank, part="nationality", nationality=row.nationality))
    if row.status:
        left.append(replace(blank, part="status", status=row.status))
    return tuple(left)


def _last_of(values: Iterable[str]) -> str:
    return next((value for value in reversed(list(values)) if value), "")


def row_record(row: Row) -> dict[str, Any]:
    """As plain JSON values."""
    lists = {"topics": list(row.topics), "groups": list(row.groups)}
    return asdict(row) | lists | {"handed": [list(one) for one in row.handed]}


def row_from(record: Mapping[str, Any]) -> Row:
    """The row of a record, also one written before there were consultation records; raises KeyError,
    TypeError or ValueError where it is damaged."""
    serving, minutes = record["serving"], record.get("minutes")
    return Row(
        month=str(record["month"]),
        weekday=int(record["weekday"]),
        hours=int(record["hours"]),
        language=str(record["language"]),
        outcome=str(record["outcome"]),
        waiting=int(record["waiting"]),
        serving=None if serving is None else int(serving),
        known=bool(record["known"]),
        topics=tuple(str(code) for code in record["topics"]),
        caller=str(record["caller"]),
        means=str(record["means"]),
        groups=tuple(str(group) for group in record["groups"]),
        site=str(record["site"]),
        event=str(record["event"]),
        recorded=bool(record.get("recorded", False)),
        contact=str(record.get("contact", "")),
        minutes=None if minutes is None else int(minutes),
        result=str(record.get("result", "")),
        handed=tuple((str(group), str(outcome)) for group, outcome in record.get("handed", ())),
        interpreter=bool(record.get("interpreter", False)),
        nationality=str(record.get("nationality", "")),
        status=str(record.get("status", "")),
        follow_up=str(record.get("follow_up", "")),
        part=str(record.get("part", "")),
    )


def _served(ticket: Ticket) -> bool:
    return any(period.state is State.SERVING for period in ticket.effective)


def _outcome(ticket: Ticket) -> str:
    if ticket.state is State.CLOSED and ticket.due is not None and not _served(ticket):
        return "cancelled"
    return ticket.state.value if ticket.state in (*tickets.ENDED, State.NO_SHOW) else "left"


def _minutes(length: timedelta) -> int:
    return _band(int(length.total_seconds() // 60), MINUTES)


def _band(value: int, starts: Collection[int]) -> int:
    return max((start for start in starts if start <= value), default=0)
