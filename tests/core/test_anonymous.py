"""What still points at somebody in a text for training."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.anonymous import everyday, may_be_example, traces
from kiosk.core.consultation import Consultation
from kiosk.core.heard import Translation
from kiosk.core.ticket import Case, Content, Narrative, Period, State, Ticket
from kiosk.data import catalogue
from tests.core.make import NOON, ticket

TOLD = "Tôi tên là Nguyễn Văn An. Công ty Sakuratek không trả lương 342.000 yên."
JAPANESE = "私はグエン・ヴァン・アンです。サクラテックという会社が給料342,000円を払ってくれません。"
CONTENT = Content(
    caller="self",
    cases=(Case("work"),),
    narrative=Narrative(TOLD, "vi", "typed", Translation(TOLD, "vi", JAPANESE, TOLD, "argos")),
    notes=("田中さんに電話した。090-1234-5678。パスポートとビザを見た。",),
    records=(Consultation("k01", done="青葉荘203号室の家賃の話もした。"),),
)
WORDS = catalogue.load("ja")
COMMON = everyday(WORDS.text(key) for key in WORDS.keys())  # noqa: SIM118


def case(state: State = State.WAITING) -> Ticket:
    return replace(ticket("A012"), content=CONTENT, periods=(Period(state, NOON),))


def kinds(text: str) -> list[str]:
    return [one.kind for one in traces(text, case(), COMMON)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("A012の相談でした。", "ticket"),
        ("ａ１２の人", "ticket"),
        ("090-1234-5678に電話", "telephone"),
        ("０９０ １２３４ ５６７８", "telephone"),
        ("+81 90 1234 5678", "telephone"),
        ("an@example.org に書く", "mail"),
        ("1990年3月12日に生まれた人", "date"),
        ("平成2年3月12日", "date"),
        ("12/3/1990", "date"),
        ("born on 12 March 1990", "date"),
        ("10月5日から", "date"),
        ("在留カード AB12345678CD", "number"),
        ("342000円の未払い", "number"),
        ("未払いは３４２，０００円", "number"),
        ("203号室", "number"),
        ("花子さんが来た", "person"),
        ("グエンさんが来た", "person"),
        ("Nguyễn さんが来た", "person"),
        ("Mr. Tanaka helped", "person"),
        ("株式会社ひまわりで働く", "company"),
        ("サクラテックという会社が給料を払わない", "copied"),
        ("Công ty Sakuratek không trả lương nữa", "name"),
        ("田中が電話に出た", "name"),
        ("サクラテックで働いていた", "name"),
    ],
)
def test_what_points_at_somebody_is_found(text: str, kind: str) -> None:
    assert kind in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "会社が二か月、給料を払わない。労働基準監督署に一緒に電話し、申告に必要な書類を確かめた。",
        "お子さんと奥さんがいて、大家さんが敷金を返さない。",
        "パスポートとビザを見せてもらった。",
        "A worker was not paid for two months. We called the labour office together.",
        "3回電話し、30分で終わった。",
    ],
)
def test_an_anonymous_text_is_let_through(text: str) -> None:
    assert traces(text, case(), COMMON) == ()


def test_only_what_may_be_a_name_may_be_kept_by_a_counselor() -> None:
    assert [one.certain for one in traces("サクラテックの人、花子さん", case(), COMMON)] == [True, False]


@given(st.text(max_size=200))
def test_any_text_is_looked_through(text: str) -> None:
    for one in traces(text, case(), COMMON):
        assert one.found


def test_only_ended_cases_that_need_no_care_may_be_told() -> None:
    ended = case(State.CLOSED)
    assert may_be_example(ended)
    assert not may_be_example(case(State.SERVING))
    for given_ in ({"sensitive": True}, {"first": True}, {"care": ("held",)}, {"closed": True}):
        assert not may_be_example(replace(ended, content=replace(CONTENT, **given_)))
