"""Counting in one pass, and parts that add up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.consultation import Consultation, Handover, Interpreted
from kiosk.core.counts import DIMENSIONS, Counting, Tally, middle, month_before
from kiosk.core.statistics import Row, row_from, row_of, row_record, rows_left
from kiosk.core.suppression import LEAST, TOTAL, over_time, suppress
from kiosk.core.ticket import Content
from tests.core.make import NOON, ticket

TOKYO = timezone(timedelta(hours=9))
ALL = Counting((*DIMENSIONS, "topic*language", "handover"), {"wages": "employment"})
MONTHS = st.sampled_from(["2026-10", "2026-11", "2025-11"])
CODES = st.sampled_from(["tax", "wages", "medical", "?"])
ROWS = st.builds(
    Row,
    month=MONTHS,
    weekday=st.integers(1, 7),
    hours=st.sampled_from([0, 9, 12]),
    language=st.sampled_from(["ko", "vi"]),
    outcome=st.sampled_from(["closed", "left"]),
    waiting=st.sampled_from([0, 5, 120]),
    serving=st.sampled_from([None, 0, 60]),
    known=st.booleans(),
    topics=st.lists(CODES, unique=True, max_size=3).map(tuple),
    recorded=st.booleans(),
    handed=st.lists(st.tuples(CODES, st.sampled_from(["", "solved"])), max_size=2).map(tuple),
    nationality=st.sampled_from(["", "KR"]),
)


def tally(rows: list[Row]) -> Tally:
    made = Tally()
    made.add(rows, ALL)
    return made


@given(st.lists(ROWS, max_size=30), st.integers(0, 30))
def test_counts_of_parts_are_those_of_the_whole(rows: list[Row], cut: int) -> None:
    parts = tally(rows[:cut])
    parts.merge(tally(rows[cut:]))
    whole = tally(rows)
    assert parts == whole
    assert whole.over(sorted({row.month for row in rows})).people == len(rows)


@given(st.lists(ROWS, max_size=20))
def test_what_is_left_of_tickets_counts_as_the_tickets_did(rows: list[Row]) -> None:
    left = [row_from(row_record(part)) for row in rows for part in rows_left(row)]
    assert tally(left) == tally(rows)
    assert not any(row.nationality and row.language for row in left)


def record(by: str, **given: object) -> Consultation:
    return replace(Consultation(by), **given)  # type: ignore[arg-type]


def test_records_go_before_what_the_kiosk_was_told() -> None:
    handed = Handover("00000001", NOON, "tax-office", "税務署", "letter", outcome="accepted")
    content = Content(
        caller="self",
        statistics=("employment",),
        records=(
            record("a", topics=("tax",), means="telephone", minutes=50, caller="family", saved=NOON,
                   handovers=(handed,), interpreted=(Interpreted("x", "vi", 60),)),
            record("b", topics=("medical",), result="solved", nationality="VN", follow_up=date(2026, 12, 1)),
        ),
    )  # fmt: skip
    row = row_of(replace(ticket("A001"), content=content), TOKYO, lambda _: ("tax",))
    assert row.topics == ("medical", "tax")
    assert (row.contact, row.minutes, row.result, row.caller) == ("telephone", 30, "solved", "family")
    assert (row.handed, row.groups, row.interpreter) == ((("tax", "accepted"),), ("tax",), True)
    assert (row.nationality, row.follow_up, row.recorded) == ("VN", "open", True)
    assert row_from(row_record(row)) == row


def test_a_row_written_before_there_were_records_is_read() -> None:
    row = row_of(replace(ticket("A001"), content=Content(caller="self")), TOKYO, lambda _: ())
    names = ("recorded", "contact", "minutes", "result", "handed", "interpreter", "nationality", "status",
             "follow_up", "part")  # fmt: skip
    old = {name: value for name, value in row_record(row).items() if name not in names}
    assert row_from(old) == row


def test_local_topics_count_under_their_national_one_once() -> None:
    rows = [replace(row, topics=("employment", "wages")) for row in [_row()]]
    counts = tally(rows).over(("2026-11",))
    assert dict(counts.table("topic")) == {("employment",): 1}
    assert dict(counts.table("local")) == {("employment",): 1, ("wages",): 1}


def _row() -> Row:
    return Row("2026-11", 1, 9, "ko", "closed", 0, None)


def test_months_and_the_middle() -> None:
    assert month_before("2026-01") == "2025-12"
    assert month_before("2026-11", 12) == "2025-11"
    assert middle({("0",): 1, ("5",): 1, ("120",): 1}) == "5"
    assert middle({}) == ""


TABLES = st.dictionaries(
    st.sampled_from(["01", "02", "03", "04"]),
    st.dictionaries(st.tuples(st.sampled_from("abcd")), st.integers(0, 12), max_size=4),
    min_size=1,
)


@given(TABLES)
def test_a_year_tells_no_month_that_its_own_report_hides(
    parts: dict[str, dict[tuple[str, ...], int]],
) -> None:
    months, year = over_time(parts)
    for name, cells in parts.items():
        assert months[name] == (suppress(cells) if cells else {}), "as the month's own report"
    for (code,), shown in year.items():
        if shown is None:
            continue
        assert not 0 < shown < LEAST
        hidden = [name for name in months if months[name].get((code,), 0) is None]
        rest = shown - sum(months[name].get((code,), 0) or 0 for name in months)
        assert len(hidden) != 1, "the year less the other months would be the hidden one"
        if hidden:
            # Several could share what is left in at least LEAST ways.
            assert rest + 1 >= LEAST
    whole = sum(sum(cells.values()) for cells in parts.values())
    assert year.get((TOTAL,), 0) in (None, whole)


@given(TABLES, st.integers(3, 8))
def test_no_shown_number_is_small(parts: dict[str, dict[tuple[str, ...], int]], least: int) -> None:
    months, year = over_time(parts, least)
    for shown in (*months.values(), year):
        assert not any(number is not None and 0 < number < least for number in shown.values())
