"""The daily report: every case of a day, for the counter itself to check on the next day.

It is no publication: it names tickets by number and repeats what counselors wrote. The resident's own words
are not in it: the handover card has them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, tzinfo

from kiosk.core.consultation import Consultation
from kiosk.core.counts import Counting, Counts, middle
from kiosk.core.hours import DAYS
from kiosk.core.statistics import Row
from kiosk.core.suppression import TOTAL
from kiosk.core.ticket import State, Ticket, time_in
from kiosk.core.waiting import count_of
from kiosk.reports import counted
from kiosk.reports.figures import Frame, opened_only
from kiosk.reports.labels import Labels
from kiosk.reports.model import Big, Cell, Report, Table

_TABLES = ("topic", "language", "contact", "outcome", "hour")
_HEADS = (
    "number", "issued", "called", "ended", "waiting", "serving", "counter", "state", "language", "caller",
    "contact", "topics", "done", "result", "agencies", "interpreter", "follow_up", "checked",
)  # fmt: skip
Name = Callable[[str], str]


def daily(
    day: str,
    cases: Iterable[tuple[Ticket, Row]],
    counting: Counting,
    labels: Labels,
    frame: Frame,
    *,
    zone: tzinfo,
    service: Name,
) -> Report:
    """Every case by number, and how many of what. `service` answers the name of a service's id, or the words
    that stand instead of one."""
    told = sorted(cases, key=lambda pair: (pair[0].number[:1], count_of(pair[0].number)))
    counts = Counts()
    for _, row in told:
        Counting(_TABLES, counting.national).add(counts, row)
    tables = []
    for name in _TABLES:
        cells = dict(counts.table(name))
        if cells:
            shown = {**cells, (TOTAL,): sum(cells.values())}
            tables.append(counted.table(name, shown, labels))
    lines = tuple(_line(case, row, labels, zone, service) for case, row in told)
    heads = tuple(labels.text(f"report.case.{name}") for name in _HEADS)
    return Report(
        kind="day",
        when=day,
        language=labels.words.tag,
        title=labels.text("report.title.day", day=_day_words(day, labels)),
        office=frame.office,
        stamp=frame.stamp,
        bigs=_bigs(counts, told, labels),
        tables=(Table("cases", labels.text("report.table.cases"), heads, lines), *tables),
        notes=(*frame.notes, labels.text("report.note.inside")),
    )


def _day_words(day: str, labels: Labels) -> str:
    when = date.fromisoformat(day)
    weekday = labels.text(f"day.{DAYS[when.weekday()]}")
    return labels.text("reports.when.day", year=when.year, month=when.month, day=when.day, weekday=weekday)


def _bigs(counts: Counts, told: list[tuple[Ticket, Row]], labels: Labels) -> tuple[Big, ...]:
    text = labels.text
    open_ = sum(row.follow_up == "open" for _, row in told)
    bare = sum(row.known and not row.recorded for _, row in told)
    waited: dict[tuple[str, ...], int] = {}
    for _, row in told:
        waited[(str(row.waiting),)] = waited.get((str(row.waiting),), 0) + 1
    return (
        Big(text("report.big.people"), f"{counts.people:,}"),
        Big(text("report.big.waiting"), labels.code("waiting", middle(waited)) if told else "0"),
        opened_only("report.big.follow_up", f"{open_:,}", counts, labels),
        opened_only("report.big.unrecorded", f"{bare:,}", counts, labels),
    )


def _line(case: Ticket, row: Row, labels: Labels, zone: tzinfo, service: Name) -> tuple[Cell, ...]:
    records = sorted(case.content.records, key=lambda one: (str(one.saved), one.by))
    last = case.effective[-1].at
    ended = last if case.state in (State.CLOSED, State.REFERRED, State.NO_SHOW) else None
    called = next((period.at for period in case.effective if period.state is State.CALLED), None)
    names = dict.fromkeys(name for one in records for name in _agencies(one, service))
    asked = [one.follow_up for one in records if one.follow_up is not None]
    counters = dict.fromkeys(period.counter for period in case.effective if period.counter)
    closed = labels.text("report.closed") if not row.known else ""
    return (
        case.number,
        _clock(case.issued, zone),
        _clock(called, zone),
        _clock(ended, zone),
        _minutes(case, State.WAITING, last),
        _minutes(case, State.SERVING, last) if row.serving is not None else "",
        "、".join(counters),
        labels.text(f"state.{case.state.value}"),
        labels.code("language", case.language),
        labels.code("caller", row.caller) if row.caller else "",
        labels.code("contact", row.contact) if row.contact else "",
        "、".join(labels.code("local", code) for code in row.topics) or closed,
        "\n".join(one.done for one in records if one.done.strip()),
        labels.code("result", row.result) if row.result else "",
        "、".join(names),
        labels.code("interpreter", "yes") if row.interpreter else "",
        min(asked) if asked else "",
        "",
    )


def _agencies(record: Consultation, service: Name) -> list[str]:
    handed = [service(one.service) if one.service else one.name for one in record.handovers]
    return [*(service(name) for name in record.agencies), *handed]


def _clock(at: datetime | None, zone: tzinfo) -> str:
    return f"{at.astimezone(zone):%H:%M}" if at else ""


def _minutes(case: Ticket, state: State, until: datetime) -> int:
    return int(time_in(case, state, until).total_seconds() // 60)
