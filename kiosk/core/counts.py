"""Counts of rows by every dimension of a report, in one pass; parts add up to the whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from kiosk.core.statistics import Row
from kiosk.core.suppression import Key

UNKNOWN = "?"
"""In a dimension: it does not open here, or nobody said."""
Values = Callable[[Row], Iterable[str]]


def _said(value: str) -> tuple[str, ...]:
    return (value or UNKNOWN,)


def _band(value: int | None) -> tuple[str, ...]:
    return () if value is None else (str(value),)


DIMENSIONS: Mapping[str, Values] = {
    "topic": lambda row: row.topics or (UNKNOWN,),
    "local": lambda row: row.topics or (UNKNOWN,),
    "language": lambda row: (row.language,),
    "contact": lambda row: _said(row.contact) if row.recorded else (UNKNOWN,),
    "means": lambda row: _said(row.means),
    "caller": lambda row: _said(row.caller),
    "site": lambda row: _said(row.site),
    "event": lambda row: _said(row.event),
    "hour": lambda row: (str(row.hours),),
    "weekday": lambda row: (str(row.weekday),),
    "waiting": lambda row: _band(row.waiting),
    "serving": lambda row: _band(row.serving),
    "minutes": lambda row: _band(row.minutes),
    "outcome": lambda row: (row.outcome,),
    "result": lambda row: _said(row.result) if row.recorded else (UNKNOWN,),
    "referral": lambda row: row.groups,
    "interpreter": lambda row: ("yes" if row.interpreter else "no",) if row.recorded else (UNKNOWN,),
    "follow_up": lambda row: (row.follow_up or "none",) if row.recorded else (UNKNOWN,),
    "nationality": lambda row: (row.nationality,) if row.nationality else (),
    "status": lambda row: (row.status,) if row.status else (),
}
"""Name → the codes a row counts under, several where it has several. `topic` is counted by national codes,
`local` by the office's own."""
CROSSES = ("handover",)
"""Tables of two dimensions that are no pair of DIMENSIONS: referral group by outcome of the hand-over."""
OPEN = "open"
"""Outcome of a hand-over nobody has asked about."""


@dataclass
class Counts:
    """What one stretch of time counts. Plain values: it goes through a pipe."""

    people: int = 0
    """Tickets."""
    closed: int = 0
    """Of them, those that do not open here."""
    tables: dict[str, Counter[Key]] = field(default_factory=dict)
    """By a dimension's name, or two joined with `*`: key → tickets. A ticket with several topics counts in
    each."""

    def merge(self, other: Counts) -> None:
        """Add what another stretch counts."""
        self.people += other.people
        self.closed += other.closed
        for name, cells in other.tables.items():
            self.tables.setdefault(name, Counter()).update(cells)

    def table(self, name: str) -> Counter[Key]:
        return self.tables.get(name, Counter())


@dataclass(frozen=True)
class Counting:
    """What is counted, and under which national topic."""

    names: tuple[str, ...] = tuple(DIMENSIONS)
    """Of DIMENSIONS, CROSSES, or two dimensions joined with `*`."""
    national: Mapping[str, str] = field(default_factory=dict)
    """Local topic code → national one; one that is not named is its own."""

    def add(self, counts: Counts, row: Row) -> None:
        """Count a row."""
        if row.part:
            if row.part in self.names:
                counts.tables.setdefault(row.part, Counter())[(getattr(row, row.part),)] += 1
            return
        counts.people += 1
        counts.closed += not row.known
        values: dict[str, tuple[str, ...]] = {}
        for name in self.names:
            cells = counts.tables.get(name)
            if cells is None:
                cells = counts.tables[name] = Counter()
            if name in CROSSES:
                for group, outcome in row.handed:
                    cells[(group, outcome or OPEN)] += 1
                continue
            one, _, other = name.partition("*")
            for part in (one, other):
                if part and part not in values:
                    values[part] = self._values(part, row)
            for code in values[one]:
                if not other:
                    cells[(code,)] += 1
                for second in values[other] if other else ():
                    cells[(code, second)] += 1

    def _values(self, name: str, row: Row) -> tuple[str, ...]:
        found = tuple(DIMENSIONS[name](row))
        if name == "topic":
            return tuple(sorted({self.national.get(code, code) for code in found}))
        return found


@dataclass
class Tally:
    """Counts by month."""

    months: dict[str, Counts] = field(default_factory=dict)
    national: Mapping[str, str] = field(default_factory=dict)
    """Local topic code → national one, as they were counted."""

    def add(self, rows: Iterable[Row], counting: Counting) -> None:
        self.national = counting.national
        for row in rows:
            counting.add(self.months.setdefault(row.month, Counts()), row)

    def merge(self, other: Tally) -> None:
        for month, counts in other.months.items():
            self.months.setdefault(month, Counts()).merge(counts)

    def over(self, months: Iterable[str]) -> Counts:
        """The months together."""
        whole = Counts()
        for month in months:
            if month in self.months:
                whole.merge(self.months[month])
        return whole


def month_before(month: str, months: int = 1) -> str:
    """The month so many before `YYYY-MM`."""
    count = int(month[:4]) * 12 + int(month[5:]) - 1 - months
    return f"{count // 12:04d}-{count % 12 + 1:02d}"


def months_of(year: int) -> tuple[str, ...]:
    return tuple(f"{year:04d}-{month:02d}" for month in range(1, 13))


def middle(cells: Mapping[Key, int]) -> str:
    """The band the median lies in; empty where nobody counts. The lower of two where it lies between."""
    whole, seen = sum(cells.values()), 0
    for key in sorted(cells, key=lambda key: int(key[0])):
        seen += cells[key]
        if seen * 2 >= whole > 0:
            return key[0]
    return ""
