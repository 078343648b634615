"""Tables of counts, suppressed and in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kiosk.core.counts import UNKNOWN, middle
from kiosk.core.suppression import TOTAL, Key, suppress
from kiosk.reports.labels import BANDS, Labels
from kiosk.reports.model import Cell, Chart, Table

Shown = Mapping[Key, int | None]
"""A table with its sums as `kiosk.core.suppression` shows it."""
_COLUMNS = frozenset({*BANDS, "weekday"})
"""Dimensions with an order of their own."""
_LAST = ("other", UNKNOWN, "")
_MULTIPLE = frozenset({"topic", "local", "referral"})
"""Dimensions in which a ticket may count more than once."""


def table(name: str, shown: Shown, labels: Labels) -> Table:
    """A table of one dimension: words, number, share of the sum."""
    whole = shown.get((TOTAL,), 0)
    codes = ordered(name, shown)
    lines = tuple((labels.code(name, code), shown[(code,)], _share(shown[(code,)], whole)) for code in codes)
    return Table(
        name=name,
        title=labels.dimension(name),
        heads=(labels.dimension(name), labels.text("report.count"), labels.text("report.share")),
        lines=lines,
        codes=tuple(codes),
        total=(labels.text("report.sum"), whole, ""),
        chart=chart_of(name),
        shares=True,
        note=labels.text("report.note.several") if name in _MULTIPLE else "",
        headline=_headline(name, shown, codes, labels),
    )


def cross(name: str, cells: Mapping[Key, int], ones: Shown, least: int, labels: Labels) -> Table:
    """A table of two dimensions, without its sums: those of the first are shown, as `ones`, elsewhere."""
    one, _, other = name.partition("*")
    known = {(key[0], TOTAL): number for key, number in ones.items()}
    columns = {(TOTAL, key[1]) for key in cells}
    hidden = columns | {key for key, number in known.items() if number is None}
    fixed = {key for key, number in known.items() if number is not None}
    shown = suppress(cells, least, hidden=hidden, fixed=fixed) if cells else {}
    sums: dict[str, int] = {}
    for (_, second), count in cells.items():
        sums[second] = sums.get(second, 0) + count
    first = [code for code in ordered(one, ones) if any(key[0] == code for key in cells)]
    seconds = [
        key[0]
        for key in sorted(
            ((code,) for code in sums), key=lambda key: _most_first(sums[key[0]], least, key[0])
        )
    ]
    if other in _COLUMNS:
        seconds.sort(key=int)
    lines = tuple(
        (labels.code(one, code), *(shown.get((code, second), 0) for second in seconds)) for code in first
    )
    heads = (labels.dimension(one), *(labels.code(other, second) for second in seconds))
    return Table(name, labels.dimension(name), heads, lines, tuple(first))


def handovers(cells: Mapping[Key, int], least: int, labels: Labels) -> Table:
    """Hand-overs by referral group and what became of them, with sums."""
    shown = suppress(cells, least) if cells else {}
    groups = sorted({key[0] for key in cells}, key=lambda code: _rank(shown.get((code, TOTAL)), code))
    outcomes = sorted({key[1] for key in cells})
    heads = [labels.text(f"report.outcome_of.{code}") for code in outcomes]
    return Table(
        name="handover",
        title=labels.dimension("handover"),
        heads=(labels.text("report.table.referral"), *heads, labels.text("report.sum")),
        lines=tuple(
            (
                labels.code("handover", group),
                *(shown.get((group, one), 0) for one in outcomes),
                shown[(group, TOTAL)],
            )
            for group in groups
        ),
        codes=tuple(groups),
        total=(
            labels.text("report.sum"),
            *(shown[(TOTAL, one)] for one in outcomes),
            shown.get((TOTAL, TOTAL), 0),
        ),
    )


def ordered(name: str, shown: Shown) -> list[str]:
    """The codes of a table in the order they stand in: by their own order, else the most first; what is
    hidden stands after what is shown and in no order of numbers."""
    codes = [key[0] for key in shown if key[0] != TOTAL]
    if name in _COLUMNS:
        return sorted(codes, key=int)
    return sorted(codes, key=lambda code: _rank(shown[(code,)], code))


def chart_of(name: str) -> Chart:
    return "column" if name in _COLUMNS else "bar"


def median_words(name: str, cells: Mapping[Key, int], least: int, labels: Labels) -> str:
    """The band the median lies in; a dash where too few people would be behind it."""
    if sum(cells.values()) < least:
        return labels.text("report.hidden")
    return labels.code(name, middle(cells))


def number(count: int | None, least: int, labels: Labels) -> str:
    return labels.text("report.hidden") if count is None or 0 < count < least else f"{count:,}"


def _most_first(count: int, least: int, code: str) -> tuple[int, str]:
    """Small ones in no order of numbers."""
    return (-count if count >= least else 0), code


def _rank(count: int | None, code: str) -> tuple[bool, bool, int, str]:
    return code in _LAST, count is None, -(count or 0), code


def _share(count: int | None, whole: int | None) -> Cell:
    return count / whole if count is not None and whole else ""


def _headline(name: str, shown: Shown, codes: Sequence[str], labels: Labels) -> str:
    """What the most is; empty where that would tell of a hidden number, or nobody said."""
    whole = shown.get((TOTAL,))
    known = [(count, code) for code in codes if code not in _LAST and (count := shown[(code,)])]
    if not known or not whole:
        return ""
    count, code = max(known, key=lambda pair: (pair[0], [-ord(sign) for sign in pair[1]]))
    percent = round(100 * count / whole)
    return labels.text("report.headline.most", name=labels.code(name, code), n=f"{count:,}", percent=percent)
