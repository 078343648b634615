"""The monthly and the yearly report, from counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kiosk.core.counts import CROSSES, UNKNOWN, Counts, Tally, month_before, months_of
from kiosk.core.suppression import TOTAL, Key, over_time, suppress
from kiosk.reports import counted
from kiosk.reports.counted import Shown
from kiosk.reports.labels import BANDS, Labels
from kiosk.reports.model import Big, Cell, Kind, Report, Table

_WEEK = range(1, 8)


@dataclass(frozen=True)
class Frame:
    """What stands around the tables."""

    office: str
    stamp: str
    notes: tuple[str, ...] = ()


def monthly(
    tally: Tally, month: str, names: Sequence[str], least: int, labels: Labels, frame: Frame
) -> Report:
    """The report of a month, beside the month before and the same month a year ago."""
    counts = tally.over((month,))
    others = [month_before(month), month_before(month, 12)]
    shown = {name: shown_of(counts, name, least) for name in names if _single(name)}
    tables = [made for name in names if (made := _table(name, counts, shown, least, labels))]
    return Report(
        kind="month",
        when=month,
        language=labels.words.tag,
        title=labels.text("report.title.month", year=month[:4], month=int(month[5:])),
        office=frame.office,
        stamp=frame.stamp,
        bigs=bigs(tally, (month,), [(other,) for other in others], "month", least, labels),
        tables=(*tables, compared(tally, (month,), [(other,) for other in others], "month", least, labels)),
        notes=(*frame.notes, labels.text("report.note.hidden", least=least - 1)),
    )


def yearly(tally: Tally, year: int, names: Sequence[str], least: int, labels: Labels, frame: Frame) -> Report:
    """The report of a year by months, beside the year before. What a month's own report hides cannot be told
    from it."""
    months, before = months_of(year), months_of(year - 1)
    counts = tally.over(months)
    shown: dict[str, Shown] = {}
    for name in names:
        if _single(name):
            shown[name] = _filled(name, over_year(tally, months, name, least)) if counts.people else {}
    tables = [made for name in names if (made := _table(name, counts, shown, least, labels, crosses=True))]
    return Report(
        kind="year",
        when=str(year),
        language=labels.words.tag,
        title=labels.text("report.title.year", year=year),
        office=frame.office,
        stamp=frame.stamp,
        bigs=bigs(tally, months, [before], "year", least, labels),
        tables=(
            by_month(tally, months, before, least, labels),
            *tables,
            compared(tally, months, [before], "year", least, labels),
        ),
        notes=(*frame.notes, labels.text("report.note.hidden", least=least - 1)),
    )


def shown_of(counts: Counts, name: str, least: int) -> Shown:
    """A table of one dimension as a report shows it."""
    cells = counts.table(name)
    return _filled(name, suppress(cells, least)) if cells else {}


def over_year(tally: Tally, months: Sequence[str], name: str, least: int) -> Shown:
    return over_time({month: tally.over((month,)).table(name) for month in months}, least)[1]


def bigs(
    tally: Tally,
    now: Sequence[str],
    others: Sequence[Sequence[str]],
    kind: Kind,
    least: int,
    labels: Labels,
) -> tuple[Big, ...]:
    """The large numbers: consultations, languages, waiting, serving, hand-overs, with an interpreter."""
    counts = tally.over(now)
    people = people_of(tally, now, least)[(TOTAL,)]
    told = [
        _beside(people, people_of(tally, other, least)[(TOTAL,)], f"report.beside.{kind}.{place}", labels)
        for place, other in enumerate(others, start=1)
    ]
    languages = sum(count >= least for count in counts.table("language").values())
    waiting, serving = (
        counted.median_words(name, counts.table(name), least, labels) for name in ("waiting", "serving")
    )
    helped = counts.table("interpreter")[("yes",)]
    handed = sum(counts.table("handover").values())
    text = labels.text
    return (
        Big(text("report.big.people"), counted.number(people, least, labels), "　".join(filter(None, told))),
        Big(text("report.big.languages"), str(languages), text("report.big.languages.note", n=least)),
        Big(text("report.big.waiting"), waiting, text("report.big.median")),
        Big(text("report.big.serving"), serving, text("report.big.median")),
        Big(text("report.big.handed"), counted.number(handed, least, labels)),
        Big(text("report.big.interpreter"), counted.number(helped, least, labels)),
    )  # fmt: skip


def compared(
    tally: Tally,
    now: Sequence[str],
    others: Sequence[Sequence[str]],
    kind: Kind,
    least: int,
    labels: Labels,
) -> Table:
    """Consultations by topic now and then, each as its own report shows it."""
    stretches = [now, *others]
    shown = [
        over_year(tally, months, "topic", least)
        if len(months) > 1
        else shown_of(tally.over(months), "topic", least)
        for months in stretches
    ]
    people = [people_of(tally, months, least)[(TOTAL,)] for months in stretches]
    codes = counted.ordered("topic", shown[0])
    codes += sorted({key[0] for one in shown for key in one if key[0] != TOTAL} - set(codes))
    heads = [labels.text(f"report.before.{kind}.{place}") for place in range(len(stretches))]
    return Table(
        name="before",
        title=labels.text(f"report.before.{kind}"),
        heads=(labels.dimension("topic"), *heads),
        lines=tuple((labels.code("topic", code), *(one.get((code,), 0) for one in shown)) for code in codes),
        codes=tuple(codes),
        total=(labels.text("report.people"), *people),
        chart="bar",
        note=labels.text("report.note.several"),
    )


def by_month(tally: Tally, months: Sequence[str], before: Sequence[str], least: int, labels: Labels) -> Table:
    """Consultations by month, beside the year before."""
    stretches = [months, before] if tally.over(before).people else [months]
    columns = [people_of(tally, stretch, least) for stretch in stretches]
    lines = tuple(
        (
            labels.text("report.month", n=int(months[place][5:])),
            *(column[(stretch[place],)] for column, stretch in zip(columns, stretches, strict=True)),
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


def people_of(tally: Tally, months: Sequence[str], least: int) -> dict[Key, int | None]:
    """Consultations by month with their sum; a sum that would tell a hidden month is hidden."""
    cells: dict[Key, int] = {(month,): tally.over((month,)).people for month in months}
    shown = [key for key, count in cells.items() if not 0 < count < least]
    return suppress(cells, least, fixed=shown)


def _table(
    name: str,
    counts: Counts,
    shown: Mapping[str, Shown],
    least: int,
    labels: Labels,
    *,
    crosses: bool = False,
) -> Table | None:
    """None where it says nothing: nobody counted in it, or all under one thing that nobody said."""
    cells = counts.table(name)
    if not cells or all(key[0] == UNKNOWN for key in cells):
        return None
    if name in CROSSES:
        return counted.handovers(cells, least, labels)
    if _single(name):
        return counted.table(name, shown[name], labels)
    first = name.partition("*")[0]
    # By month too it would need three dimensions suppressed together.
    return (
        counted.cross(name, cells, shown.get(first, {}), least, labels)
        if crosses and first in shown
        else None
    )


def _single(name: str) -> bool:
    return "*" not in name and name not in CROSSES


def _filled(name: str, shown: Shown) -> Shown:
    """With the lines that count nobody, where the dimension has an order of its own."""
    all_ = [str(day) for day in _WEEK] if name == "weekday" else [str(start) for start in BANDS.get(name, ())]
    return {**{(code,): 0 for code in all_}, **shown}


def _beside(now: int | None, then: int | None, key: str, labels: Labels) -> str:
    """The change in percent; empty where one of the two is not shown, or there was nothing."""
    if now is None or not then:
        return ""
    return labels.text(key, change=f"{round(100 * (now - then) / then):+d}")


def plain_cells(table: Table) -> list[list[Cell]]:
    """Heads, lines and total as rows."""
    rows: list[list[Cell]] = [list(table.heads), *(list(line) for line in table.lines)]
    return [*rows, list(table.total)] if table.total else rows
