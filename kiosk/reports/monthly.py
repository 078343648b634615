"""The monthly and the yearly report, from counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kiosk.core.counts import CROSSES, UNKNOWN, Counts, Tally, month_before, months_of
from kiosk.core.suppression import TOTAL, Shown
from kiosk.reports import counted
from kiosk.reports.figures import (
    ALWAYS,
    Frame,
    against,
    against_year,
    bigs,
    floors_of,
    people_in,
    people_of,
    shown_in,
    so_far,
    too_few,
    unfinished,
    why_hidden,
)
from kiosk.reports.labels import Labels
from kiosk.reports.model import HIDDEN, Big, Cell, Kind, Report, Table


def monthly(
    tally: Tally, month: str, names: Sequence[str], least: int, labels: Labels, frame: Frame
) -> Report:
    """The report of a month, beside the month before and the same month a year ago."""
    title = labels.text("report.title.month", year=month[:4], month=int(month[5:]))
    counts = tally.over((month,))
    if too_few(tally, (month,), least):
        return _of_few("month", month, title, least, labels, frame)
    others = [month_before(month), month_before(month, 12)]
    shown = shown_in(tally, (month,), (*names, *ALWAYS), least)
    besides = [
        against(people_in(tally, month, least), people_in(tally, other, least), "month", place, labels)
        for place, other in enumerate(others, start=1)
    ]
    tables = [made for name in names if (made := _table(name, counts, shown, labels))]
    return Report(
        kind="month",
        when=month,
        language=labels.words.tag,
        title=title,
        office=frame.office,
        stamp=frame.stamp,
        bigs=bigs(tally, (month,), shown, [] if unfinished(frame, month) else besides, least, labels),
        tables=(
            *tables,
            compared(tally, shown["topic"], (month,), [(other,) for other in others], least, labels),
        ),
        notes=(*frame.notes, *so_far(frame, month, labels), why_hidden(least, labels)),
    )


def yearly(tally: Tally, year: int, names: Sequence[str], least: int, labels: Labels, frame: Frame) -> Report:
    """The report of a year by months, beside the year before. What a month's own report hides cannot be told
    from it."""
    title = labels.text("report.title.year", year=year)
    months, before = months_of(year), months_of(year - 1)
    if too_few(tally, months, least):
        return _of_few("year", str(year), title, least, labels, frame)
    shown = shown_in(tally, months, (*names, *ALWAYS), least)
    tables = [made for name in names if (made := _of_year(name, tally, months, shown, least, labels))]
    return Report(
        kind="year",
        when=str(year),
        language=labels.words.tag,
        title=title,
        office=frame.office,
        stamp=frame.stamp,
        bigs=bigs(
            tally, months, shown, against_year(tally, months, before, least, labels, frame), least, labels
        ),
        tables=(
            by_month(tally, months, before, least, labels, frame.today[:7]),
            *tables,
            compared(tally, shown["topic"], months, [before], least, labels),
        ),
        notes=(*frame.notes, *so_far(frame, str(year), labels), why_hidden(least, labels)),
    )


def _of_few(kind: Kind, when: str, title: str, least: int, labels: Labels, frame: Frame) -> Report:
    """A report of so few people that they are not broken down: a table of hidden numbers still names what
    they came for and in which language."""
    return Report(
        kind=kind,
        when=when,
        language=labels.words.tag,
        title=title,
        office=frame.office,
        stamp=frame.stamp,
        bigs=(Big(labels.text("report.big.people"), labels.text("report.hidden")),),
        notes=(
            *frame.notes,
            *so_far(frame, when, labels),
            labels.text("report.note.few_people", least=least - 1),
        ),
    )


def compared(
    tally: Tally,
    topics: Shown,
    now: Sequence[str],
    others: Sequence[Sequence[str]],
    least: int,
    labels: Labels,
) -> Table:
    """Consultations by topic now, as `topics` shows them, and then, each as its own report shows it."""
    stretches, kind = [now, *others], "year" if len(now) > 1 else "month"
    few = [too_few(tally, months, least) for months in stretches]
    shown = [topics] + [
        {} if hidden else shown_in(tally, months, ["topic"], least)["topic"]
        for months, hidden in zip(others, few[1:], strict=True)
    ]
    people = [people_of(tally, months, least)[(TOTAL,)] for months in stretches]
    codes = counted.ordered("topic", shown[0])
    codes += sorted({key[0] for one in shown for key in one if key[0] != TOTAL} - set(codes))
    heads = [labels.text(f"report.before.{kind}.{place}") for place in range(len(stretches))]

    def number(place: int, code: str) -> Cell:
        return HIDDEN if few[place] else shown[place].get((code,), 0)

    return Table(
        name="before",
        title=labels.text(f"report.before.{kind}"),
        heads=(labels.dimension("topic"), *heads),
        lines=tuple(
            (labels.code("topic", code), *(number(place, code) for place in range(len(stretches))))
            for code in codes
        ),
        codes=tuple(codes),
        total=(labels.text("report.people"), *people),
        chart="bar",
        note=labels.text("report.note.several"),
    )


def by_month(
    tally: Tally, months: Sequence[str], before: Sequence[str], least: int, labels: Labels, until: str = ""
) -> Table:
    """Consultations by month, beside the year before; months after `until`, and before anything was counted,
    are empty."""
    stretches = [months, before] if tally.over(before).people else [months]
    columns = [people_of(tally, stretch, least) for stretch in stretches]
    begun = min((month for month, counts in tally.months.items() if counts.people), default="")
    lines = tuple(
        (
            labels.text("report.month", n=int(months[place][5:])),
            *(
                "" if _uncounted(stretch[place], begun, until) else column[(stretch[place],)]
                for column, stretch in zip(columns, stretches, strict=True)
            ),
        )
        for place in range(len(months))
    )
    most = max(months, key=lambda month: columns[0][(month,)] or 0)
    headline = ""
    if columns[0][(most,)]:
        headline = labels.text("report.headline.month", n=int(most[5:]), count=f"{columns[0][(most,)]:,}")
    return Table(
        name="months",
        title=labels.text("report.table.months"),
        heads=(labels.text("report.table.months"), *(stretch[0][:4] for stretch in stretches)),
        lines=lines,
        codes=tuple(months),
        total=(labels.text("report.sum"), *(column[(TOTAL,)] for column in columns)),
        chart="column",
        headline=headline,
    )


def _table(name: str, counts: Counts, shown: Mapping[str, Shown], labels: Labels) -> Table | None:
    """A month's table, or a year's of one dimension; None where it says nothing: nobody counted in it, or all
    under one thing that nobody said."""
    cells = counts.table(name)
    if "*" in name or not cells or all(key[0] == UNKNOWN for key in cells):
        return None
    return (
        counted.outcomes(shown[name], labels) if name in CROSSES else counted.table(name, shown[name], labels)
    )


def _of_year(
    name: str, tally: Tally, months: Sequence[str], shown: Mapping[str, Shown], least: int, labels: Labels
) -> Table | None:
    """A year's table. Those of two dimensions are the year's only: by month too they would need three
    dimensions suppressed together."""
    counts = tally.over(months)
    cells = counts.table(name)
    if name in CROSSES and cells:
        return counted.handovers(cells, shown[name], least, labels)
    first, star, second = name.partition("*")
    if not star:
        return _table(name, counts, shown, labels)
    if not shown.get(first) or all(key[0] == UNKNOWN for key in cells):
        return None
    floors = floors_of(tally, months, name, shown["local"], least)
    return counted.cross(name, cells, shown[first], shown.get(second, {}), least, labels, floors)


def _uncounted(month: str, begun: str, until: str) -> bool:
    return month < begun or bool(until and month > until)


def plain_cells(table: Table) -> list[list[Cell]]:
    """Heads, lines and total as rows."""
    rows: list[list[Cell]] = [list(table.heads), *(list(line) for line in table.lines)]
    return [*rows, list(table.total)] if table.total else rows
