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
NONE = "none"
"""Among times at a counter: who had none."""
_LARGE = ("interpreter", "handover")
"""Tables whose numbers stand among the large ones, whatever tables there are."""


@dataclass(frozen=True)
class Frame:
    """What stands around the tables."""

    office: str
    stamp: str
    notes: tuple[str, ...] = ()
    today: str = ""
    """In ISO form; a stretch it lies in is not over yet."""


def monthly(
    tally: Tally, month: str, names: Sequence[str], least: int, labels: Labels, frame: Frame
) -> Report:
    """The report of a month, beside the month before and the same month a year ago."""
    counts = tally.over((month,))
    others = [month_before(month), month_before(month, 12)]
    shown = {name: shown_of(counts, name, least) for name in (*names, *_LARGE)}
    besides = [
        _beside(people_in(tally, month, least), people_in(tally, other, least), "month", place, labels)
        for place, other in enumerate(others, start=1)
    ]
    tables = [made for name in names if (made := _table(name, counts, shown, least, labels))]
    return Report(
        kind="month",
        when=month,
        language=labels.words.tag,
        title=labels.text("report.title.month", year=month[:4], month=int(month[5:])),
        office=frame.office,
        stamp=frame.stamp,
        bigs=bigs(tally, (month,), shown, [] if _unfinished(frame, month) else besides, least, labels),
        tables=(*tables, compared(tally, (month,), [(other,) for other in others], "month", least, labels)),
        notes=(*frame.notes, *_so_far(frame, month, labels), _why_hidden(least, labels)),
    )


def yearly(tally: Tally, year: int, names: Sequence[str], least: int, labels: Labels, frame: Frame) -> Report:
    """The report of a year by months, beside the year before. What a month's own report hides cannot be told
    from it."""
    months, before = months_of(year), months_of(year - 1)
    counts = tally.over(months)
    shown: dict[str, Shown] = {}
    for name in (*names, *_LARGE):
        shown[name] = _filled(name, over_year(tally, months, name, least)) if counts.people else {}
    tables = [made for name in names if (made := _table(name, counts, shown, least, labels, crosses=True))]
    return Report(
        kind="year",
        when=str(year),
        language=labels.words.tag,
        title=labels.text("report.title.year", year=year),
        office=frame.office,
        stamp=frame.stamp,
        bigs=bigs(
            tally, months, shown, _against_year(tally, months, before, least, labels, frame), least, labels
        ),
        tables=(
            by_month(tally, months, before, least, labels, frame.today[:7]),
            *tables,
            compared(tally, months, [before], "year", least, labels),
        ),
        notes=(*frame.notes, *_so_far(frame, str(year), labels), _why_hidden(least, labels)),
    )


def cells_of(counts: Counts, name: str) -> dict[Key, int]:
    """What a table of one dimension counts: hand-overs by what became of them, and among times at a counter
    those who had none, so that these tables, too, add up to all."""
    cells = dict(counts.table(name))
    if name in CROSSES:
        became: dict[Key, int] = {}
        for (_, outcome), count in cells.items():
            became[(outcome,)] = became.get((outcome,), 0) + count
        return became
    if name == "serving" and (none := counts.people - sum(cells.values())):
        cells[(NONE,)] = none
    return cells


def shown_of(counts: Counts, name: str, least: int) -> Shown:
    """A table of one dimension as a report shows it; empty for one of two."""
    if "*" in name:
        return {}
    cells = cells_of(counts, name)
    return _filled(name, suppress(cells, least, known=[(UNKNOWN,)])) if cells else {}


def over_year(tally: Tally, months: Sequence[str], name: str, least: int) -> Shown:
    if "*" in name:
        return {}
    parts = {month: cells_of(tally.over((month,)), name) for month in months}
    return over_time(parts, least, known=(UNKNOWN,))[1]


def bigs(
    tally: Tally,
    now: Sequence[str],
    shown: Mapping[str, Shown],
    besides: Sequence[str],
    least: int,
    labels: Labels,
) -> tuple[Big, ...]:
    """The large numbers: consultations, languages, waiting, serving, hand-overs, with an interpreter; none
    that a table hides. `besides`: how many there were before, in words."""
    counts = tally.over(now)
    people = people_of(tally, now, least)[(TOTAL,)]
    languages = len(counts.table("language"))
    waiting, serving = (
        counted.median_words(name, counts.table(name), least, labels) for name in ("waiting", "serving")
    )
    beside = "　".join(filter(None, besides))
    helped = shown["interpreter"].get(("yes",), 0)
    handed = shown["handover"].get((TOTAL,), 0)
    text = labels.text
    return (
        Big(text("report.big.people"), counted.number(people, least, labels), beside),
        Big(text("report.big.languages"), str(languages)),
        Big(text("report.big.waiting"), waiting, text("report.big.median")),
        Big(text("report.big.serving"), serving, text("report.big.median")),
        Big(text("report.big.handed"), counted.number(handed, least, labels)),
        Big(text("report.big.interpreter"), counted.number(helped, least, labels)),
    )  # fmt: skip


def _against_year(
    tally: Tally, months: Sequence[str], before: Sequence[str], least: int, labels: Labels, frame: Frame
) -> list[str]:
    """How much more or less than a year ago, over the months that are over; nothing where the year before was
    not counted from its beginning, or a month's number is hidden."""
    over = [month for month in months if not frame.today or month < frame.today[:7]]
    then = before[: len(over)]
    if not over or not tally.over(before[:1]).people:
        return []
    now, ago = (people_of(tally, stretch, least) for stretch in (over, then))
    if None in (*now.values(), *ago.values()):
        return []
    if len(over) == len(months):
        return [_beside(now[(TOTAL,)], ago[(TOTAL,)], "year", 1, labels)]
    change = _change(now[(TOTAL,)], ago[(TOTAL,)])
    return [labels.text("report.beside.year.part", n=len(over), change=change)] if change else []


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


def people_of(tally: Tally, months: Sequence[str], least: int) -> dict[Key, int | None]:
    """Consultations by month with their sum; a sum that would tell a hidden month is hidden."""
    cells: dict[Key, int] = {(month,): tally.over((month,)).people for month in months}
    shown = [key for key, count in cells.items() if not 0 < count < least]
    return suppress(cells, least, fixed=shown)


def people_in(tally: Tally, month: str, least: int) -> int | None:
    return people_of(tally, (month,), least)[(TOTAL,)]


def _table(
    name: str,
    counts: Counts,
    shown: Mapping[str, Shown],
    least: int,
    labels: Labels,
    *,
    crosses: bool = False,
) -> Table | None:
    """None where it says nothing: nobody counted in it, or all under one thing that nobody said. Tables of
    two dimensions are the year's: by month too they would need three dimensions suppressed together."""
    cells = counts.table(name)
    if not cells or all(key[0] == UNKNOWN for key in cells):
        return None
    if name in CROSSES:
        became = shown[name]
        return (
            counted.handovers(cells, became, least, labels) if crosses else counted.outcomes(became, labels)
        )
    if "*" not in name:
        return counted.table(name, shown[name], labels)
    first, _, second = name.partition("*")
    if not crosses or not shown.get(first):
        return None
    return counted.cross(name, cells, shown[first], shown.get(second, {}), least, labels)


def _filled(name: str, shown: Shown) -> Shown:
    """With the lines that count nobody, where the dimension has an order of its own."""
    all_ = [str(day) for day in _WEEK] if name == "weekday" else [str(start) for start in BANDS.get(name, ())]
    return {**{(code,): 0 for code in all_}, **shown}


def _uncounted(month: str, begun: str, until: str) -> bool:
    return month < begun or bool(until and month > until)


def _unfinished(frame: Frame, when: str) -> bool:
    return frame.today.startswith(when) if frame.today else False


def _so_far(frame: Frame, when: str, labels: Labels) -> list[str]:
    return [labels.text("report.note.unfinished", day=frame.today)] if _unfinished(frame, when) else []


def _why_hidden(least: int, labels: Labels) -> str:
    return labels.text("report.note.hidden", least=least - 1)


def _beside(now: int | None, then: int | None, kind: str, place: int, labels: Labels) -> str:
    """The change in words; empty where one of the two is not shown, or there was nothing."""
    change = _change(now, then)
    return labels.text(f"report.beside.{kind}.{place}", change=change) if change else ""


def _change(now: int | None, then: int | None) -> str:
    """In percent."""
    return "" if now is None or not then else f"{round(100 * (now - then) / then):+d}"


def plain_cells(table: Table) -> list[list[Cell]]:
    """Heads, lines and total as rows."""
    rows: list[list[Cell]] = [list(table.heads), *(list(line) for line in table.lines)]
    return [*rows, list(table.total)] if table.total else rows
