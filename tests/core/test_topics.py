"""Whoever has the office's own topics and the national ones over them subtracts, and learns of nobody."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping

from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.core.counts import UNKNOWN, Counting, Counts, Tally
from kiosk.core.statistics import Row
from kiosk.core.suppression import LEAST, TOTAL, Shown
from kiosk.core.topics import topics_of

NATIONAL = {"tax-a": "tax", "tax-b": "tax", "home": "housing"}
COUNTING = Counting(("topic", "local"), NATIONAL)
FEW = 3
"""The smallest number shown in what is tried out in full."""
Found = tuple[dict[str, int], dict[str, int]]
"""What could be: the office's own topics, and the national ones."""


def tally(*visits: tuple[str, ...], month: str = "2026-10") -> Tally:
    made = Tally()
    rows = [Row(month, 1, 9, "vi", "closed", 0, None, topics=topics) for topics in visits]
    made.add(rows, COUNTING)
    return made


def counts_of(*visits: tuple[str, ...]) -> Counts:
    return tally(*visits).over(("2026-10",))


def month(counts: Counts, least: int) -> dict[str, Shown]:
    told = ["m"] if counts.people >= least else []
    return topics_of({"m": counts}, NATIONAL, least).shown(least, told)


def could_be(shown: Mapping[str, Shown], people: int) -> Iterator[Found]:
    """All that could have been counted where this is shown and so many people came."""
    local, topic = shown["local"], shown["topic"]
    codes = [key[0] for key in local if key[0] != TOTAL]
    ranges = [_range(local[(code,)], people) for code in codes]
    for values in itertools.product(*ranges):
        if local[(TOTAL,)] not in (None, sum(values)):
            continue
        own, under = dict(zip(codes, values, strict=True)), dict[str, list[int]]()
        for code, value in own.items():
            under.setdefault(NATIONAL.get(code, code), []).append(value)
        said = people - own.get(UNKNOWN, 0)
        bands = []
        for name, parts in under.items():
            top = people if name == UNKNOWN else min(said, sum(parts))
            number = topic[(name,)]
            bands.append([n for n in range(max(parts), top + 1) if number in (None, n)])
        for numbers in itertools.product(*bands):
            if topic[(TOTAL,)] in (None, sum(numbers)) and sum(numbers) >= people:
                yield own, dict(zip(under, numbers, strict=True))


def _range(number: int | None, most: int) -> list[int]:
    return list(range(most + 1)) if number is None else [number]


def values(found: Iterator[Found]) -> dict[tuple[str, str], set[int]]:
    """By table and code: every value it could have."""
    possible: dict[tuple[str, str], set[int]] = {}
    for own, national in found:
        for name, numbers in (("local", own), ("topic", national)):
            for code, number in numbers.items():
                possible.setdefault((name, code), set()).add(number)
    return possible


def check_true(shown: Mapping[str, Shown], counts: Counts, least: int) -> None:
    for name in ("topic", "local"):
        cells = counts.table(name)
        whole = {**cells, (TOTAL,): sum(cells.values())}
        assert shown[name].keys() == (whole.keys() if cells else set())
        for key, number in shown[name].items():
            assert number in (None, whole[key])
            assert number is None or number == 0 or number >= least


def bare(shown: Mapping[str, Shown]) -> bool:
    """Whether nothing but sums is shown: then nothing is left to hide."""
    return not any(number for one in shown.values() for key, number in one.items() if key[0] != TOTAL)


CODES = ("tax", "tax-a", "tax-b", "home")
VISITS = st.lists(
    st.one_of(
        st.sampled_from([(code,) for code in CODES]),
        st.sampled_from([(), ("tax-a", "tax-b"), ("home", "tax"), ("tax", "tax-a", "tax-b")]),
    ),
    min_size=FEW,
    max_size=12,
)


@settings(max_examples=120, deadline=None)
@given(VISITS)
def test_no_small_number_of_a_month_can_be_told(visits: list[tuple[str, ...]]) -> None:
    counts = counts_of(*visits)
    shown = month(counts, FEW)
    check_true(shown, counts, FEW)
    for (name, code), possible in values(could_be(shown, counts.people)).items():
        if 0 < counts.table(name)[(code,)] < FEW and not bare(shown):
            assert len(possible) > FEW, (code, possible, shown)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(
            st.sampled_from([("tax-a",), ("tax-b",), ("tax-a", "tax-b"), ("home",)]), min_size=1, max_size=9
        ),
        min_size=2,
        max_size=2,
    )
)
def test_nor_can_that_of_a_month_from_a_year(months: list[list[tuple[str, ...]]]) -> None:
    parts = {str(place): counts_of(*visits) for place, visits in enumerate(months)}
    people = {name: counts.people for name, counts in parts.items()}
    told = [name for name, count in people.items() if count >= FEW]
    told += [TOTAL] if len(told) == len(people) else []
    year = topics_of(parts, NATIONAL, FEW).shown(FEW, told)
    each = {name: topics_of({name: counts}, NATIONAL, FEW).shown(FEW, told) for name, counts in parts.items()}
    found: dict[tuple[str, str, str], set[int]] = {}
    both = [
        [
            one
            for count in ([people[name]] if name in told else range(1, FEW))
            for one in could_be(shown, count)
        ]
        for name, shown in each.items()
    ]
    for pair in itertools.product(*both):
        if not all(
            _fits(year[name], [one[place] for one in pair]) for place, name in ((0, "local"), (1, "topic"))
        ):
            continue
        for name, one in zip(parts, pair, strict=True):
            for place, table in ((0, "local"), (1, "topic")):
                for code, number in one[place].items():
                    found.setdefault((name, table, code), set()).add(number)
    for (name, table, code), possible in found.items():
        if not bare(each[name]) and 0 < parts[name].table(table)[(code,)] < FEW:
            assert len(possible) > FEW, (name, code, possible, each, year)


def _fits(shown: Shown, parts: list[dict[str, int]]) -> bool:
    sums: dict[str, int] = {}
    for part in parts:
        for code, number in part.items():
            for key in (code, TOTAL):
                sums[key] = sums.get(key, 0) + number
    return all(number in (None, sums.get(code, 0)) for (code,), number in shown.items())


def test_local_topics_are_not_what_a_national_one_lacks() -> None:
    counts = counts_of(*[("tax",)] * 20, *[("tax-a",)] * 9, *[("tax-b",)] * 2, *[("home",)] * 30)
    shown = month(counts, LEAST)
    assert shown["topic"][("tax",)] == 31
    assert [code for (code,), number in shown["local"].items() if number is None] == ["tax-a", "tax-b"]
    assert shown["local"][("home",)] == 30, "no other topic need be hidden for it"


def test_somebody_with_two_local_topics_gives_neither_away() -> None:
    """Five came, four for the one and five for the other: whoever knows that nine were counted knows both."""
    counts = counts_of(*[("tax-a", "tax-b")] * 4, ("tax-b",), *[("home",)] * 30)
    possible = values(could_be(month(counts, LEAST), counts.people))
    assert len(possible[("local", "tax-a")]) > LEAST
