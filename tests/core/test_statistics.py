"""Anonymous rows, and tables from which nobody can be computed."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.core import changes
from kiosk.core import ticket as tickets
from kiosk.core.statistics import row_from, row_of, row_record
from kiosk.core.suppression import TOTAL, suppress
from kiosk.core.ticket import Content, Ticket
from tests.core.make import NOON, ticket
from tests.store.samples import FULL

TOKYO = timezone(timedelta(hours=9))
GROUPS = {"labour-standards": ("labour", "wages")}


def served(case: Ticket, waited: int, minutes: int) -> Ticket:
    start = case.issued + timedelta(minutes=waited)
    case = changes.call(case, start, counter="1")
    case = changes.serve(case, start, counter="1", staff="k03")
    return changes.close(case, start + timedelta(minutes=minutes), counter="1", staff="k03")


def groups(service: str) -> tuple[str, ...]:
    return GROUPS.get(service, ())


def test_a_row_knows_bands_and_codes_and_nobody() -> None:
    case = served(replace(ticket("A007"), content=FULL), 20, 61)
    row = row_of(case, TOKYO, groups, site="north", event="market")
    assert (row.month, row.weekday, row.hours) == ("2026-11", 5, 18), "21:00 at the office"
    assert (row.language, row.outcome, row.waiting, row.serving) == ("vi", "closed", 15, 60)
    assert row.topics == ("E", "work")
    assert (row.caller, row.means) == ("family", "speech")
    assert row.groups == ("labour", "wages")
    assert (row.site, row.event) == ("north", "market")
    record = row_record(row)
    assert row_from(record) == row
    for secret in (case.id, case.number, "k03", "12:", "11-20", "会사", "wages-"):
        assert secret not in str(record)


def test_closed_content_leaves_what_routing_says() -> None:
    row = row_of(replace(served(ticket("A001"), 3, 4), content=Content(closed=True)), TOKYO, groups)
    assert not row.known
    assert (row.topics, row.caller, row.means, row.groups) == ((), "", "", ())
    assert (row.language, row.outcome, row.waiting, row.serving) == ("vi", "closed", 0, 0)


def test_outcomes() -> None:
    waiting = ticket("A001")
    called = changes.call(waiting, NOON, counter="1")
    agreed = replace(waiting, due=NOON + timedelta(days=1))
    for case, outcome in (
        (waiting, "left"),
        (changes.serve(called, NOON, counter="1"), "left"),
        (changes.no_show(called, NOON, counter="1"), "no_show"),
        (changes.refer(waiting, NOON), "referred"),
        (changes.cancel(agreed, NOON), "cancelled"),
        (served(waiting, 1, 1), "closed"),
    ):
        row = row_of(case, TOKYO, groups)
        assert (row.outcome, row.serving is None) == (
            outcome,
            outcome in ("left", "no_show", "referred", "cancelled")
            and not any(p.state is tickets.State.SERVING for p in case.periods),
        )


def lines(shown: dict[tuple[str, ...], int | None]) -> list[tuple[list[tuple[str, ...]], tuple[str, ...]]]:
    """Every sum of the table: its parts and the sum, as somebody with paper and pencil sees them."""
    if len(next(iter(shown))) == 1:
        return [([key for key in shown if key != (TOTAL,)], (TOTAL,))]
    rows, columns = ({key[n] for key in shown} - {TOTAL} for n in (0, 1))
    found: list[tuple[list[tuple[str, ...]], tuple[str, ...]]] = []
    for row in (*rows, TOTAL):
        found.append(([k for k in shown if k[0] == row and k[1] != TOTAL], (row, TOTAL)))
    for column in (*columns, TOTAL):
        found.append(([k for k in shown if k[1] == column and k[0] != TOTAL], (TOTAL, column)))
    return found


def possible(shown: dict[tuple[str, ...], int | None], top: int) -> dict[tuple[str, ...], set[int]]:
    """What each hidden cell could be, by trying everything up to `top`."""
    inner = [key for key in shown if TOTAL not in key and shown[key] is None]
    found: dict[tuple[str, ...], set[int]] = {key: set() for key in shown if shown[key] is None}
    for values in itertools.product(range(top + 1), repeat=len(inner)):
        table = {
            **{k: v for k, v in shown.items() if v is not None and TOTAL not in k},
            **dict(zip(inner, values, strict=True)),
        }
        sums: dict[tuple[str, ...], int] = {}
        for key, count in table.items():
            whole = [(TOTAL,)] if len(key) == 1 else [(key[0], TOTAL), (TOTAL, key[1]), (TOTAL, TOTAL)]
            for one in whole:
                sums[one] = sums.get(one, 0) + count
        if all(shown[key] in (None, count) for key, count in sums.items()):
            for key in found:
                found[key].add(sums[key] if TOTAL in key else table[key])
    return found


TABLES = st.one_of(
    st.dictionaries(st.tuples(st.sampled_from("abcd")), st.integers(0, 9), min_size=1),
    st.dictionaries(st.tuples(st.sampled_from("ab"), st.sampled_from("xy")), st.integers(0, 9), min_size=1),
)


@settings(max_examples=60, deadline=None)
@given(TABLES)
def test_no_hidden_cell_can_be_computed_by_trying_everything(cells: dict[tuple[str, ...], int]) -> None:
    least = 3
    shown = suppress(cells, least)
    assert all(shown[key] in (None, count) for key, count in cells.items()), "what is shown is true"
    assert not any(count is not None and 0 < count < least for count in shown.values())
    for key, values in possible(shown, 14).items():
        assert len(values) > least, (cells, shown, key, values)


def rank(matrix: list[list[float]]) -> int:
    """Of whole numbers, by elimination with fractions."""
    from fractions import Fraction

    rows, found = [[Fraction(value) for value in line] for line in matrix], 0
    for column in range(len(matrix[0]) if matrix else 0):
        pivot = next((n for n in range(found, len(rows)) if rows[n][column]), None)
        if pivot is None:
            continue
        rows[found], rows[pivot] = rows[pivot], rows[found]
        for n in range(len(rows)):
            if n != found and rows[n][column]:
                factor = rows[n][column] / rows[found][column]
                rows[n] = [a - factor * b for a, b in zip(rows[n], rows[found], strict=True)]
        found += 1
    return found


@settings(max_examples=150, deadline=None)
@given(
    st.dictionaries(
        st.tuples(st.sampled_from("abcdef"), st.sampled_from("uvwxyz")), st.integers(0, 30), min_size=1
    )
)
def test_no_hidden_cell_follows_from_the_sums(cells: dict[tuple[str, ...], int]) -> None:
    """Linear algebra over all lines at once: chains of differences included."""
    shown = suppress(cells)
    hidden = sorted(key for key, count in shown.items() if count is None)
    if not hidden:
        return
    matrix = [
        [(1.0 if key in parts else 0.0) - (1.0 if key == whole else 0.0) for key in hidden]
        for parts, whole in lines(shown)
    ]
    for n in range(len(hidden)):
        unit = [1.0 if m == n else 0.0 for m in range(len(hidden))]
        assert rank([*matrix, unit]) > rank(matrix), (hidden[n], shown)


def test_two_rings_joined_by_one_cell_do_not_give_it_away() -> None:
    """Every line has two hidden cells or none, and still one follows from the rest."""
    big = 50
    cells: dict[tuple[str, ...], int] = {(r, c): big for r in "abcdef" for c in "uvwxyz"}
    for key in (*itertools.product("ab", "uv"), *itertools.product("de", "xy"), ("b", "x")):
        cells[key] = 3
    shown = suppress(cells)
    assert sum(count is None for key, count in shown.items()) > 9


def test_large_tables_stay_as_they_are_and_zero_is_shown() -> None:
    cells: dict[tuple[str, ...], int] = {("a", "x"): 7, ("a", "y"): 0, ("b", "x"): 12}
    assert suppress(cells) == {
        **cells, ("a", TOTAL): 7, ("b", TOTAL): 12, (TOTAL, "x"): 19, (TOTAL, "y"): 0, (TOTAL, TOTAL): 19,
    }  # fmt: skip
    assert suppress({}) == {}
    assert suppress({("a",): 3}) == {("a",): None, (TOTAL,): None}


@pytest.mark.parametrize(
    "cells", [{(): 1}, {("a", "b", "c"): 1}, {("a",): -1}, {("a", TOTAL): 1}, {("a",): 1, ("a", "b"): 1}]
)
def test_what_is_no_table_is_refused(cells: dict[tuple[str, ...], int]) -> None:
    with pytest.raises(ValueError, match="table"):
        suppress(cells)
