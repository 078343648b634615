"""What stays of a ticket when it is erased: one anonymous row. And tables that give nobody away.

A row has no id, no number, no exact time; the month, a band of hours and bands of minutes are all it knows of
when. Rows may be kept for ever, single rows are never shown: a report counts them and sends the counts
through `suppress`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Any

from kiosk.core import ticket as tickets
from kiosk.core.ticket import State, Ticket

HOURS = (0, 9, 12, 15, 18)
"""Hours at which a band of the day begins."""
MINUTES = (0, 5, 15, 30, 60, 120)
"""Minutes at which a band of waiting or serving begins."""
LEAST = 5
"""People in the smallest count that is shown."""
TOTAL = "*"
"""In a table's key: the sum over this dimension."""
_TOUCH = "touch"

Key = tuple[str, ...]


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


def row_of(
    ticket: Ticket,
    zone: tzinfo,
    groups_of: Callable[[str], Iterable[str]],
    *,
    site: str = "",
    event: str = "",
) -> Row:
    """The row a ticket leaves. `groups_of` answers the referral groups of a service's id."""
    issued, content = ticket.issued.astimezone(zone), ticket.content
    known = not content.closed
    told = content.narrative
    return Row(
        month=f"{issued:%Y-%m}",
        weekday=issued.isoweekday(),
        hours=_band(issued.hour, HOURS),
        language=ticket.language,
        outcome=_outcome(ticket),
        waiting=_minutes(tickets.time_in(ticket, State.WAITING, _last(ticket))),
        serving=_minutes(tickets.time_in(ticket, State.SERVING, _last(ticket))) if _served(ticket) else None,
        known=known,
        topics=tuple(sorted(set(content.statistics))) if known else (),
        caller=content.caller if known else "",
        means=(told.means if told else _TOUCH) if known else "",
        groups=tuple(sorted({group for name in content.services for group in groups_of(name)}))
        if known
        else (),
        site=site,
        event=event,
    )


def row_record(row: Row) -> dict[str, Any]:
    """As plain JSON values."""
    return asdict(row) | {"topics": list(row.topics), "groups": list(row.groups)}


def row_from(record: Mapping[str, Any]) -> Row:
    """The row of a record; raises KeyError, TypeError or ValueError where it is damaged."""
    serving = record["serving"]
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
    )


def _last(ticket: Ticket) -> datetime:
    return ticket.periods[-1].at


def _served(ticket: Ticket) -> bool:
    return any(period.state is State.SERVING for period in ticket.periods)


def _outcome(ticket: Ticket) -> str:
    if ticket.state is State.CLOSED and ticket.due is not None and not _served(ticket):
        return "cancelled"
    return ticket.state.value if ticket.state in (*tickets.ENDED, State.NO_SHOW) else "left"


def _minutes(length: timedelta) -> int:
    return _band(int(length.total_seconds() // 60), MINUTES)


def _band(value: int, starts: Collection[int]) -> int:
    return max((start for start in starts if start <= value), default=0)


def suppress(cells: Mapping[Key, int], least: int = LEAST) -> dict[Key, int | None]:
    """A table of one or two dimensions with its sums (TOTAL in the key), None where a number is not shown.

    Counts of 1 to `least` - 1 are not shown, nor are others as needed so that whoever subtracts what is shown
    cannot tell any of them nearer than a range `least` wide. Nobody at all (0) is shown. Raises ValueError
    for other than one or two dimensions, a negative count or TOTAL as a name.
    """
    whole = _with_sums(cells)
    hidden = {key for key, count in whole.items() if 0 < count < least}
    while open_ := next((key for key in sorted(hidden) if _room(key, whole, hidden, least) < least), None):
        hidden.add(_next_hidden(open_, whole, hidden))
    return {key: None if key in hidden else count for key, count in whole.items()}


def _with_sums(cells: Mapping[Key, int]) -> dict[Key, int]:
    if any(count < 0 or TOTAL in key or len(key) not in (1, 2) for key, count in cells.items()):
        raise ValueError("a table has one or two dimensions, no negative counts and no name of a sum")
    if len({len(key) for key in cells}) > 1:
        raise ValueError("a table's keys are of one length")
    whole = dict(cells)
    for key, count in cells.items():
        for sum_key in _sums(key):
            whole[sum_key] = whole.get(sum_key, 0) + count
    return whole


def _sums(key: Key) -> list[Key]:
    if len(key) == 1:
        return [(TOTAL,)]
    return [(key[0], TOTAL), (TOTAL, key[1]), (TOTAL, TOTAL)]


def _next_hidden(open_: Key, whole: Mapping[Key, int], hidden: Collection[Key]) -> Key:
    """What is hidden next to protect a cell: in its row or column before elsewhere, people before empty
    cells, cells before sums, the smallest first."""

    def cost(key: Key) -> tuple[bool, bool, bool, int, Key]:
        beside = any(one == other for one, other in zip(key, open_, strict=True))
        return not beside, whole[key] == 0, TOTAL in key, whole[key], key

    return min((key for key in whole if key not in hidden), key=cost)


def _ends(key: Key) -> tuple[str, str]:
    """Counts as a flow that goes round: what leaves a row's sum goes through its cells to the columns' sums
    and from there to the whole. Every line of the table is a place where as much comes in as goes out."""
    if len(key) == 1:
        return ("t", "g") if key[0] == TOTAL else ("g", "t")
    row, column = key
    if row == TOTAL:
        return ("T", "S") if column == TOTAL else (f"c{column}", "T")
    return ("S", f"r{row}") if column == TOTAL else (f"r{row}", f"c{column}")


def _room(cell: Key, whole: Mapping[Key, int], hidden: Collection[Key], enough: int) -> int:
    """How many values besides its own a hidden cell could have for all that is shown; at most `enough`.

    In such a flow the values a cell can take are those between its least and its greatest: how much more or
    less may run through the hidden cells only.
    """
    start, end = _ends(cell)
    others = [key for key in hidden if key != cell]
    up = _flow(end, start, others, whole, enough)
    return min(enough, up + min(whole[cell], _flow(start, end, others, whole, enough)))


def _flow(start: str, end: str, keys: Iterable[Key], whole: Mapping[Key, int], enough: int) -> int:
    """The greatest flow between two places, up to `enough`: forward a cell takes any amount, backward what
    it holds."""
    room: dict[tuple[str, str], int] = {}
    for key in keys:
        one, other = _ends(key)
        room[one, other] = room.get((one, other), 0) + enough
        room[other, one] = room.get((other, one), 0) + whole[key]
    found = 0
    while found < enough:
        way = _way(start, end, room)
        if not way:
            break
        more = min(enough - found, *(room[step] for step in way))
        for one, other in way:
            room[one, other] -= more
            room[other, one] += more
        found += more
    return found


def _way(start: str, end: str, room: Mapping[tuple[str, str], int]) -> list[tuple[str, str]]:
    """The shortest way with room on every step; empty where there is none."""
    came: dict[str, str] = {start: ""}
    places = deque([start])
    while places and end not in came:
        here = places.popleft()
        for one, other in room:
            if one == here and other not in came and room[one, other] > 0:
                came[other] = here
                places.append(other)
    way: list[tuple[str, str]] = []
    while end in came and end != start:
        way.append((came[end], end))
        end = came[end]
    return way
