"""Examples tell of groups, and only what enough of a group share."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta, timezone
from typing import Any

from kiosk.core.consultation import Consultation
from kiosk.core.statistics import row_of
from kiosk.core.ticket import Case, Content, Narrative, State, Ticket
from kiosk.data import catalogue
from kiosk.reports import examples
from kiosk.reports.figures import Frame
from kiosk.reports.labels import Labels
from kiosk.reports.model import Report
from tests.core.make import ticket

TOKYO = timezone(timedelta(hours=9))
SECRET = "会社の名前は秘密商事です"


def case(*answers: str, result: str = "solved", **given: object) -> Ticket:
    content = Content(
        caller="self",
        cases=(Case("work", "work", (("matter", answers),)),),
        narrative=Narrative(SECRET, "ja", "typed"),
        statistics=("employment",),
        notes=(SECRET,),
        records=(Consultation("k01", means="visit", result=result, done=SECRET),),
    )
    return replace(ticket("A007"), content=replace(content, **given))  # type: ignore[arg-type]


def groups_of(*cases: Ticket) -> dict[examples.Kind, examples.Group]:
    groups: dict[examples.Kind, examples.Group] = {}
    for one in cases:
        examples.add(groups, one, row_of(one, TOKYO, lambda _: ()), {})
    return groups


def test_a_group_of_four_is_not_told() -> None:
    assert examples.told(groups_of(*[case("wages")] * 4), 5) == []


def test_only_what_five_share_is_told_and_not_what_all_but_a_few_share() -> None:
    cases = [case("wages", "dismissal")] * 5 + [case("wages")] * 5 + [case("hurt", result="referred")] * 2
    ((_, group),) = examples.told(groups_of(*cases), 5)
    assert set(group.answers) == {("work", "matter", "dismissal")}, "wages: all but two"
    assert not group.results, "ten solved of twelve would tell of the two"


def test_sensitive_cases_and_those_that_ask_for_care_are_in_no_group() -> None:
    for given in ({"sensitive": True}, {"care": ("held",)}, {"first": True}, {"closed": True}):
        assert groups_of(*[case("wages", **given)] * 9) == {}


def written(report: Report) -> object:
    table = report.table("written")
    assert table is not None
    return table.lines


def test_nothing_anybody_wrote_stands_in_them() -> None:
    labels = Labels(catalogue.load("ja"), {"vi": "ベトナム語"})
    groups = groups_of(*[case("wages")] * 7)
    texts = [(("employment",), "賃金の相談でした。")]
    report = examples.report("2026", groups, 5, labels, Frame("窓口", ""), texts)
    told = str(report)
    for secret in (SECRET, "秘密", "A007", "k01", "2026-11"):
        assert secret not in told
    line = report.tables[0].lines[0]
    assert line[4] == 5, "seven, in steps of five"
    assert written(report) == ((1, labels.code("topic", "employment"), "賃金の相談でした。"),)


def test_only_the_text_of_an_ended_case_that_needs_no_care_is_told() -> None:
    told = Consultation("k01", example="賃金の相談でした。", done=SECRET)
    others = Consultation("k02", example="労働の相談。")

    def texts(state: State, **given: Any) -> list[examples.Text]:
        one = case("wages", records=(told, others, Consultation("k03")), **given)
        one = replace(one, periods=(replace(one.periods[0], state=state),))
        return examples.texts_of(one, row_of(one, TOKYO, lambda _: ()), {"employment": "labour"})

    both = [(("labour",), told.example), (("labour",), others.example)]
    assert texts(State.CLOSED) == texts(State.REFERRED) == both
    assert texts(State.SERVING) == texts(State.WAITING) == []
    careful: tuple[dict[str, Any], ...] = (
        {"sensitive": True}, {"care": ("held",)}, {"first": True}, {"closed": True},
    )  # fmt: skip
    for given in careful:
        assert texts(State.CLOSED, **given) == []


def test_the_order_of_texts_does_not_tell_when_they_came() -> None:
    labels = Labels(catalogue.load("ja"), {})
    given = [(("tax",), "三番目"), (("employment",), "二番目"), (("employment",), "一番目")]
    there = [
        written(examples.report("2026", {}, 5, labels, Frame("窓口", ""), order))
        for order in (given, given[::-1])
    ]
    assert there[0] == there[1]
