"""Tables of counts, suppressed and in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kiosk.core.counts import UNKNOWN, middle
from kiosk.core.suppression import TOTAL, Key, Shape, Shown, suppress
from kiosk.reports.labels import BANDS, Labels
from kiosk.reports.model import Cell, Chart, Table

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
    nothing = all(line[1] is None for line in lines)
    notes = [labels.text("report.note.several") if name in _MULTIPLE else ""]
    return Table(
        name=name,
        title=labels.dimension(name),
        heads=(labels.dimension(name), labels.text("report.count"), labels.text("report.share")),
        lines=lines,
        codes=tuple(codes),
        total=(labels.text("report.sum"), whole, ""),
        chart="" if nothing else chart_of(name),
        shares=True,
        note=" ".join(filter(None, (*notes, labels.text("report.note.few") if nothing else ""))),
        headline=_headline(name, shown, codes, labels),
    )


def cross(
    name: str,
    cells: Mapping[Key, int],
    ones: Shown,
    others: Shown,
    least: int,
    labels: Labels,
    floors: Mapping[Key, int],
) -> Table:
    """A table of two dimensions, without its sums: those are shown elsewhere, as `ones` and `others`, and are
    not less than `floors`."""
    one, _, other = name.partition("*")
    shown = _beside_sums(cells, ones, others, least, floors)
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
        seconds.sort(key=_place)
    lines = tuple(
        (labels.code(one, code), *(shown.get((code, second), 0) for second in seconds)) for code in first
    )
    heads = (labels.dimension(one), *(labels.code(other, second) for second in seconds))
    return Table(name, labels.dimension(name), heads, lines, tuple(first))


def _beside_sums(
    cells: Mapping[Key, int], ones: Shown, others: Shown, least: int, floors: Mapping[Key, int]
) -> Shown:
    """Cells as they may be shown beside sums that are known already."""
    sums = {(key[0], TOTAL): number for key, number in ones.items()}
    sums |= {(TOTAL, key[0]): number for key, number in others.items()}
    if (TOTAL,) in ones:
        # Of the two wholes this one counts what the cells count.
        sums[(TOTAL, TOTAL)] = ones[(TOTAL,)]
    hidden = {key for key, number in sums.items() if number is None}
    fixed, shape = sums.keys() - hidden, Shape(floors=floors)
    return suppress(cells, least, hidden=hidden, fixed=fixed, shape=shape) if cells else {}


def outcomes(shown: Shown, labels: Labels) -> Table:
    """What became of hand-overs."""
    whole = shown.get((TOTAL,), 0)
    codes = ordered("handover", shown)
    return Table(
        name="handover",
        title=labels.dimension("handover"),
        heads=(labels.dimension("handover"), labels.text("report.count"), labels.text("report.share")),
        lines=tuple(
            (
                labels.text(f"report.outcome_of.{code}"),
                shown[(code,)],
                _share(shown[(code,)], whole),
            )
            for code in codes
        ),
        codes=tuple(codes),
        total=(labels.text("report.sum"), whole, ""),
        chart="bar" if any(shown[(code,)] is not None for code in codes) else "",
        shares=True,
    )


def handovers(cells: Mapping[Key, int], became: Shown, least: int, labels: Labels) -> Table:
    """Hand-overs by referral group and what became of them, with sums; those of the latter are shown by month
    too, as `became` shows them."""
    turned: dict[Key, int] = {(outcome, group): count for (group, outcome), count in cells.items()}
    shown = {(key[1], key[0]): number for key, number in _beside_sums(turned, became, {}, least, {}).items()}
    groups = sorted({key[0] for key in cells}, key=lambda code: _rank(shown.get((code, TOTAL)), code))
    outcomes = ordered("handover", became)
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
        return sorted(codes, key=_place)
    return sorted(codes, key=lambda code: _rank(shown[(code,)], code))


def _place(code: str) -> int:
    """Of a code in an order of its own; what is no number stands last."""
    return int(code) if code.isdigit() else 1_000_000


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
    said = {"name": labels.code(name, code), "n": f"{count:,}", "percent": f"{100 * count / whole:.1f}"}
    # Nobody who looks at the picture is to see a longer bar than that of the most.
    more = [one for one in codes if one in _LAST and (shown[(one,)] or 0) > count]
    if more:
        rest = " / ".join(labels.code(name, one) for one in more)
        return labels.text("report.headline.most_but", rest=rest, **said)
    return labels.text("report.headline.most", **said)
