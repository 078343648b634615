"""Whoever has every report of an office subtracts one from another, and learns nothing of a few people."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Mapping

from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.core.counts import UNKNOWN, Counting, Tally
from kiosk.core.statistics import Row
from kiosk.core.suppression import LEAST, TOTAL, Key, over_time, suppress
from kiosk.data import catalogue
from kiosk.reports.figures import Frame
from kiosk.reports.labels import Labels
from kiosk.reports.model import Report, Table
from kiosk.reports.monthly import monthly, yearly
from kiosk.reports.share import plain_file
from kiosk.reports.sheets import csv_file

LABELS = Labels(catalogue.load("ja"))
FRAME = Frame("窓口", "今")
NAMES = ("topic", "language", "topic*language", "serving", "outcome", "handover", "interpreter")
COUNTING = Counting(NAMES)


def row(month: str = "2026-10", **given: object) -> Row:
    told: dict[str, object] = {
        "weekday": 1, "hours": 9, "language": "vi", "outcome": "closed", "waiting": 5, "serving": 15,
        "topics": ("tax",), "recorded": True,
    }  # fmt: skip
    return Row(month, **told | given)  # type: ignore[arg-type]


def tallied(*rows: Row) -> Tally:
    made = Tally()
    made.add(rows, COUNTING)
    return made


def month_of(tally: Tally, month: str = "2026-10") -> Report:
    return monthly(tally, month, NAMES, LEAST, LABELS, FRAME)


def year_of(tally: Tally) -> Report:
    return yearly(tally, 2026, NAMES, LEAST, LABELS, FRAME)


def numbers(report: Report, name: str) -> dict[str, object]:
    table = report.table(name)
    assert table is not None
    found: dict[str, object] = {code: line[1] for code, line in zip(table.codes, table.lines, strict=True)}
    return found | {"*": table.total[1]}


def cells(table: Table) -> Iterator[object]:
    for line in (*table.lines, table.total):
        yield from line[1 : len(line) - table.shares]


def test_a_large_number_tells_nothing_that_its_table_hides() -> None:
    rows = [row(interpreter=True)] * 20 + [row()] * 77 + [row(recorded=False)] * 3
    report = month_of(tallied(*rows))
    assert numbers(report, "interpreter")["yes"] is None, "beside three without a record"
    assert [big.value for big in report.bigs][-1] == "–"


def test_times_at_a_counter_add_up_to_all_who_came() -> None:
    """Else what is missing would be those who left, whom the table of outcomes hides."""
    rows = [row()] * 60 + [row(serving=30)] * 30 + [row(serving=None, outcome="no_show")] * 2
    report = month_of(tallied(*rows))
    assert numbers(report, "serving")["*"] == numbers(report, "outcome")["*"] == 92
    assert numbers(report, "serving")["none"] is None
    assert sum(value is None for value in numbers(report, "serving").values()) == 2
    assert numbers(report, "outcome")["closed"] is None


def test_a_years_hand_overs_less_eleven_months_are_not_the_twelfth() -> None:
    many = tuple(("tax", outcome) for outcome in ("accepted",) * 8 + ("solved",) * 9)
    rows = [row(f"2026-{month:02d}", handed=many) for month in range(1, 12)]
    rows.append(row("2026-12", handed=(("tax", "accepted"),) * 9 + (("tax", "solved"),) * 2))
    rows += [row("2026-12")] * LEAST
    tally = tallied(*rows)
    year = year_of(tally).table("handover")
    assert year is not None
    sums = dict(zip(year.heads[1:-1], year.total[1:-1], strict=True))
    for code, head in (("accepted", "受け入れ"), ("solved", "解決")):
        december = numbers(month_of(tally, "2026-12"), "handover")[code]
        assert december is None
        assert sums[head] is None, "it would be the eleven others and December's"


def test_topics_by_language_do_not_give_away_what_the_languages_hide() -> None:
    rows = [row()] * 40 + [row(topics=("medical",))] * 30 + [row(language="ko", topics=("medical",))] * 3
    rows += [row(language="en")] * 9
    tally = tallied(*rows)
    report = year_of(tally)
    one, both = numbers(report, "language"), report.table("topic*language")
    assert one["ko"] is None
    assert both is not None
    assert not any(isinstance(cell, int) and 0 < cell < LEAST for cell in cells(both))
    for column in range(1, len(both.heads)):
        known = [line[column] for line in both.lines]
        if LABELS.code("language", "ko") == both.heads[column]:
            assert sum(cell is None for cell in known) > 1 or known.count(None) == 1, known
            assert None in known


def test_a_year_of_small_months_still_tells_its_topics() -> None:
    """Hiding everything protects as well, and helps nobody."""
    many = {"tax": 20, "medical": 18, "housing": 15, "education": 9, "welfare": 7}
    rows = []
    for month, few in zip(range(1, 13), itertools.cycle(("education", "welfare", "disaster")), strict=False):
        counts = many | {few: 2, "other": 3}
        for code, count in counts.items():
            rows += [row(f"2026-{month:02d}", topics=(code,))] * count
    shown = numbers(year_of(tallied(*rows)), "topic")
    assert shown["tax"] == 240
    assert sum(value is not None for value in shown.values()) > len(shown) / 2


def test_no_small_month_no_percentage_of_a_month_that_goes_on() -> None:
    rows = [row("2026-09")] * 50 + [row("2026-10")] * 20
    over, on = month_of(tallied(*rows)), monthly(
        tallied(*rows), "2026-10", NAMES, LEAST, LABELS, Frame("窓口", "今", (), "2026-10-09")
    )  # fmt: skip
    assert "-60%" in over.bigs[0].beside
    assert on.bigs[0].beside == ""
    assert any("2026-10-09" in note for note in on.notes)


def test_a_year_that_goes_on_is_measured_by_months_that_are_over() -> None:
    rows = [row(f"2025-{month:02d}") for month in range(1, 13) for _ in range(10)]
    rows += [row(f"2026-{month:02d}") for month in range(1, 4) for _ in range(11 if month < 3 else 5)]
    frame = Frame("窓口", "今", (), "2026-03-05")
    report = yearly(tallied(*rows), 2026, NAMES, LEAST, LABELS, frame)
    assert "+10%" in report.bigs[0].beside, "January and February beside the same a year ago"
    months = report.table("months")
    assert months is not None
    assert [line[1] for line in months.lines] == [11, 11, 5, *[""] * 9]
    begun = [one for one in rows if one.month >= "2025-09"]
    assert yearly(tallied(*begun), 2026, NAMES, LEAST, LABELS, frame).bigs[0].beside == ""


def test_what_does_not_open_is_not_nothing() -> None:
    rows = [row(known=False, recorded=False)] * 9
    closed, some = month_of(tallied(*rows)), month_of(tallied(*rows, *[row(interpreter=True)] * 20))
    assert [(big.value, big.beside) for big in closed.bigs][-2:] == [("–", "（開けません）")] * 2
    assert (some.bigs[-1].value, some.bigs[-1].beside) == ("20", "開けた20件から")


NATIONAL = {"tax-a": "tax", "tax-b": "tax"}
OWN = ("local", *NAMES)


def with_own_topics(month: str, few: int) -> list[Row]:
    kinds = ((("tax",), 20), (("tax-a",), 9), (("tax-b",), few), (("medical",), 30), ((), 3))
    return [row(month, topics=topics) for topics, count in kinds for _ in range(count)]


def test_an_offices_own_topics_are_not_what_the_national_one_lacks() -> None:
    tally = Tally()
    for month in ("2026-09", "2026-10"):
        tally.add(with_own_topics(month, 2), Counting(OWN, NATIONAL))
    reports = [
        monthly(tally, "2026-10", OWN, LEAST, LABELS, FRAME),
        yearly(tally, 2026, OWN, LEAST, LABELS, FRAME),
    ]
    for report, times in zip(reports, (1, 2), strict=True):
        own, national, before = (numbers(report, name) for name in ("local", "topic", "before"))
        assert own["tax-b"] is None
        assert national["tax"] == before["tax"] == 31 * times
        assert [own["tax"], own["tax-a"]].count(None) >= 1
        (told,) = [one for one in json.loads(plain_file(report))["tables"] if one["name"] == "local"]
        assert dict(zip(told["codes"], (line[1] for line in told["lines"]), strict=True))["tax-a"] is None
        assert f"tax-a,{LABELS.text('report.hidden')}," in csv_file(report, LABELS.words).decode()
    shared = monthly(tally, "2026-10", ("local",), LEAST, LABELS, FRAME)
    assert numbers(shared, "local") == numbers(reports[0], "local"), "a file for other towns tells no more"


def test_who_said_nothing_and_all_who_came_do_not_leave_the_few() -> None:
    rows = [row(caller="self")] * 2 + [row(caller="")] * 50
    tally = Tally()
    tally.add(rows, Counting(("caller", *NAMES)))
    report = monthly(tally, "2026-10", ("caller",), LEAST, LABELS, FRAME)
    assert report.bigs[0].value == "52"
    assert numbers(report, "caller") == {"self": None, UNKNOWN: None, "*": 52}


PARTS = st.dictionaries(st.sampled_from(["a", "b", UNKNOWN]), st.integers(0, 9), min_size=1)


def _possible(shown: Mapping[tuple[str, ...], int | None], given: Mapping[str, int]) -> dict[str, set[int]]:
    """Every value each hidden cell could have, where `given` are known from elsewhere."""
    codes = sorted(key[0] for key in shown if key[0] != TOTAL)
    found: dict[str, set[int]] = {code: set() for code in codes}
    ranges = [
        [number] if (number := given.get(code, shown[(code,)])) is not None else range(30) for code in codes
    ]
    whole = shown[(TOTAL,)]
    for values in itertools.product(*ranges):
        if whole is None or sum(values) == whole:
            for code, value in zip(codes, values, strict=True):
                found[code].add(value)
    return found


@settings(max_examples=200, deadline=None)
@given(PARTS)
def test_small_counts_are_safe_from_whoever_knows_how_many_said_nothing(parts: dict[str, int]) -> None:
    counts: dict[Key, int] = {(code,): count for code, count in parts.items()}
    shown = suppress(counts, known=[(UNKNOWN,)])
    for code, values in _possible(shown, {UNKNOWN: parts.get(UNKNOWN, 0)}).items():
        if code != UNKNOWN and 0 < parts[code] < LEAST:
            assert len(values) > LEAST, (parts, shown)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from(["01", "02", "03"]), PARTS, min_size=1))
def test_and_over_the_months_of_a_year(parts: dict[str, dict[str, int]]) -> None:
    tables: dict[str, dict[Key, int]] = {
        name: {(code,): count for code, count in part.items()} for name, part in parts.items()
    }
    months, year = over_time(tables, known=(UNKNOWN,))
    for code in ("a", "b"):
        hidden = [name for name in months if months[name].get((code,), 0) is None]
        if year.get((code,)) is not None:
            assert len(hidden) != 1, "the year less the others would be the hidden one"


def test_of_so_few_that_came_no_report_says_what_for() -> None:
    """A line that is hidden stands there because somebody is in it: alone, or beside zeros, it tells all."""
    few = [row(topics=("disaster",), language="my", handed=(("legal", ""),))] * 4
    tally = tallied(*[row("2026-09")] * 20, *few, *[row("2026-11", topics=("medical",))] * 20)
    report = month_of(tally)
    assert not report.tables
    assert [big.value for big in report.bigs] == ["–"]
    assert any("1～4件" in note for note in report.notes)
    after = month_of(tally, "2026-11").table("before")
    assert after is not None
    assert "disaster" not in after.codes
    assert {line[2] for line in (*after.lines, after.total)} == {None}
    alone = year_of(tallied(*few))
    assert not alone.tables
    assert [big.value for big in alone.bigs] == ["–"]


def test_the_most_is_not_said_of_less_than_what_nobody_recorded() -> None:
    rows = [row(language="vi")] * 20 + [row(language="other")] * 30 + [row(language="ko")] * 9
    table = month_of(tallied(*rows)).table("language")
    assert table is not None
    assert table.headline.startswith("「ほかの言語（電話通訳）」を除くと、最も多いのは「vi」で20件")
    again = month_of(tallied(*rows, *[row(language="vi")] * 20)).table("language")
    assert again is not None
    assert again.headline.startswith("最も多いのは「vi」で40件")
