"""What a counselor does besides calling: the console's pages as steps, in the catalogue's Japanese."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from kiosk.core.changes import call, serve, transfer
from kiosk.core.directory import Service
from kiosk.core.hours import Opening
from kiosk.core.roster import Slot
from kiosk.core.ticket import Case, Content, Narrative, State, Ticket
from kiosk.data.languages import read_languages
from kiosk.errors import Trouble
from kiosk.store.tiny import TinyStore
from kiosk.text.typesetter import Typesetter
from kiosk.ui.counter.cardmaker import CardMaker
from kiosk.ui.counter.desk import Appointment
from kiosk.ui.counter.papers import read_paper
from kiosk.ui.counter.told import Standing
from kiosk.ui.faults import faults
from kiosk.ui.frame import Frame
from kiosk.ui.paint import Painter
from tests.ui.counter.counter import (
    FLOWS,
    JAPANESE,
    LINE,
    NOW,
    OTHER,
    SIZES,
    TOKYO,
    Counter,
    counter_at,
    told,
)

DANGER = ("暴力", "性被害", "人身取引", "監禁", "旅券", "自死", "危険", "在留資格", "配慮", "至急", "仕事")


@pytest.fixture
def counter(store: TinyStore, tmp_path: Path) -> Counter:
    return counter_at(store, tmp_path)


def issue(store: TinyStore, content: Content | None = None, *, ago: int = 10, **more: object) -> Ticket:
    at = NOW - timedelta(minutes=ago)
    return store.issue(content or told(**more), language="vi", at=at)


# The quiet signal


def test_the_quiet_signal_says_a_number_and_nothing_of_why(counter: Counter, store: TinyStore) -> None:
    issue(store, ago=30)
    assert "お声がけ" not in counter.said()
    care = issue(store, ago=2, care=("violence",), sensitive=True, first=True)
    assert "お声がけが必要な方がいます" in counter.said()
    assert f"{care.number}　のところへ行く" in counter.said()
    assert not [word for word in DANGER if word in counter.said()]


def test_f1_calls_exactly_that_one_and_the_counselor_goes_there(counter: Counter, store: TinyStore) -> None:
    issue(store, ago=30)
    issue(store, ago=2, sensitive=True, first=True)
    counter.keys("F1")
    assert (counter.state("A001"), counter.state("A002")) == (State.WAITING, State.CALLED)
    assert "声に出さず、本人のところへ行ってください" in counter.said()
    assert "声で呼んで" not in counter.said()
    assert "お声がけ" not in counter.said()


def test_every_console_shows_it_until_one_has_taken_it(
    counter: Counter, store: TinyStore, tmp_path: Path
) -> None:
    other = counter_at(store, tmp_path, "2")
    issue(store, sensitive=True, first=True)
    assert "お声がけ" in counter.said()
    assert "お声がけ" in other.said()
    counter.keys("F1")
    assert "お声がけ" not in other.said()
    other.keys("F1")
    assert other.console.current is None


def test_two_who_press_at_once_do_not_both_see_what_was_told(
    counter: Counter, store: TinyStore, tmp_path: Path
) -> None:
    """The second one's list is a moment old."""
    other = counter_at(store, tmp_path, "2")
    issue(store, sensitive=True, first=True)
    counter.console.tick()
    other.console.tick()
    old = other.desk.tickets()
    other.desk.tickets = lambda: old  # type: ignore[method-assign]
    counter.keys("F1")
    other.keys("F1")
    assert other.console.current is None
    assert "仕事" not in "".join(other.screen.words())
    assert store.tickets()[0].counter == "3"


def test_going_there_puts_the_present_case_on_hold_with_its_memo(counter: Counter, store: TinyStore) -> None:
    issue(store)
    counter.keys("F2", "F10")
    counter.memo.typed = "契約書を確認"
    issue(store, sensitive=True, first=True)
    assert "A002　今の相談を保留にして行く" in counter.said()
    counter.keys("F1")
    assert (counter.state("A001"), counter.state("A002")) == (State.ON_HOLD, State.CALLED)
    assert store.tickets()[0].content.notes == ("契約書を確認",)
    assert counter.console.memo.text() == ""


def test_while_somebody_is_called_the_signal_is_shown_and_cannot_be_pressed(
    counter: Counter, store: TinyStore
) -> None:
    issue(store)
    counter.keys("F2")
    issue(store, sensitive=True, first=True)
    assert "お声がけ" in counter.said()
    assert "signal" not in counter.screen.targets()
    counter.keys("F1")
    assert counter.state("A002") is State.WAITING


# The card


def test_a_deadline_is_told_with_its_day(counter: Counter, store: TinyStore) -> None:
    content = told(
        Case("residence", "residence", (("expiry", ("week",)),)),
        urgent=True,
        within=7,
        reasons=("residence.expiry.week",),
    )
    issue(store, content)
    counter.keys("F2")
    label = JAPANESE.text("flow.residence.expiry.label")
    answer = JAPANESE.text("flow.residence.expiry.week")
    assert f"至急：{label} — {answer}（11/27 まで）" in counter.said()


def test_a_deadline_that_is_over_says_so_and_an_unknown_answer_is_no_fault(
    counter: Counter, store: TinyStore
) -> None:
    content = told(urgent=True, within=0, reasons=("residence.expiry.past", "gone.question.choice", "broken"))
    issue(store, content)
    counter.keys("F2")
    assert "（今日・過ぎている）" in counter.said()
    assert "question — choice" in counter.said()


def test_care_is_told_with_where_it_comes_from(counter: Counter, store: TinyStore) -> None:
    content = told(
        Case("work", "work", (("matter", ("treated",)), ("treated_what", ("passport",)))),
        care=("passport", "self_harm"),
        sensitive=True,
        first=True,
        urgent=True,
        reasons=("work.treated_what.passport",),
        narrative=Narrative("Tôi muốn chết", "vi", "typed"),
    )
    issue(store, content)
    counter.keys("F2")
    assert "配慮：旅券の取上げ（答えから）　自死の念慮（本人のことばから・自動・要確認）" in counter.said()
    # The same answer is not told a second time as a deadline.
    assert "至急" not in counter.said()


@pytest.mark.parametrize(
    "care", ["violence", "sexual", "trafficking", "held", "passport", "self_harm", "child", "status"]
)
def test_every_care_has_its_sober_word(care: str, counter: Counter, store: TinyStore) -> None:
    issue(store, care=(care,), sensitive=True)
    counter.keys("F2")
    assert f"配慮：{JAPANESE.text(f'card.care.{care}')}（答えから）" in counter.said()


def test_every_topic_is_a_block_and_what_is_open_is_listed(counter: Counter, store: TinyStore) -> None:
    content = told(
        Case("work", "work", (("matter", ("wages",)), ("wages_since", ("unknown",)))),
        Case("residence", "residence", (("expiry", ("unsaid",)),)),
    )
    issue(store, content)
    counter.keys("F2")
    card = counter.console.view().card
    assert card is not None
    assert [block.topic for block in card.blocks] == [
        JAPANESE.text("topic.work"),
        JAPANESE.text("topic.residence"),
    ]
    since, expiry = (JAPANESE.text(f"flow.{key}.label") for key in ("work.wages_since", "residence.expiry"))
    assert card.ask == f"{since}（わからない）、{expiry}（言いたくない）"
    assert "口頭で確認すること" in counter.said()


def test_an_old_number_is_marked_and_what_is_open_instead_is_named(
    counter: Counter, store: TinyStore
) -> None:
    issue(store, services=("line", "other", "gone"))
    counter.keys("F2")
    first, second, gone = counter.console.view().card.told  # type: ignore[union-attr]
    assert first.mark == "番号の確認日 2020-03：使う前に確認"
    assert first.hours == "今は閉まっている（11/24 9:00から）"
    assert first.instead == "今つながる所：夜の電話　0570-2"
    assert (second.mark, gone.name, gone.telephone) == ("", "gone", "")
    # On the first page the mark stands before the number; the rest is on a page of its own.
    said = counter.said()
    assert said.index("使う前に確認") < said.index("0570-1")
    counter.keys("Next")
    assert "今つながる所：夜の電話　0570-2" in counter.said()
    counter.keys("Next")
    assert counter.said() == said, "the last page is followed by the first"


def test_an_alternative_with_an_old_number_is_marked_too(store: TinyStore) -> None:
    def old(_service: Service, _language: str) -> Standing:
        return Standing(Opening("closed"), nearest=replace(OTHER, assured_date="2019"), nearest_stale=True)

    cards = CardMaker(JAPANESE.text, JAPANESE.has, FLOWS, read_languages().by_tag, (LINE,), old)
    (told_of,) = cards.make(issue(store, services=("line",)), 5).told
    assert told_of.hours == "今は閉まっている"
    assert told_of.instead == "今つながる所：夜の電話（番号の確認日 2019：使う前に確認）　0570-2"


# Appointments


def appointment(store: TinyStore, today: list[date], *, state: State = State.WAITING) -> Ticket:
    """A ticket of three days ago with an appointment this morning."""
    today[0] = NOW.date() - timedelta(days=3)
    due = NOW + timedelta(minutes=18)
    case = store.issue(told(), language="vi", at=NOW - timedelta(days=3), lane="specialist:lawyer", due=due)
    today[0] = NOW.date()
    assert state is State.WAITING
    return case


def booked(counter: Counter, case: Ticket) -> None:
    assert case.due is not None
    counter.desk.booked = [Appointment(case.due, "青葉弁護士会 法律相談", "2階 相談室1", case.number, case)]


def test_an_appointment_of_another_day_is_called_from_the_list(
    counter: Counter, store: TinyStore, today: list[date]
) -> None:
    case = appointment(store, today)
    booked(counter, case)
    counter.keys("F12")
    assert "11:00　A001（11/17）　青葉弁護士会 法律相談" in counter.said()
    counter.keys("1", "1")
    assert store.get(case.id).state is State.CALLED
    assert counter.console.current is not None
    assert counter.console.current.id == case.id
    said = counter.said()
    assert "予約の時間になった人だった" in said
    assert JAPANESE.text("flow.work.matter.wages") in said
    counter.keys("F10", "F10")
    assert store.get(case.id).state is State.CLOSED


def test_giving_an_appointment_back_is_asked_twice(
    counter: Counter, store: TinyStore, today: list[date]
) -> None:
    case = appointment(store, today)
    booked(counter, case)
    counter.keys("F12", "1", "2")
    assert counter.desk.given_back == []
    counter.keys("Escape", "F12", "1", "2", "1")
    assert counter.desk.given_back == ["A001"]
    assert store.get(case.id).state is State.CLOSED
    assert "A001 の予約を取り消しました" in counter.said()


def test_somebody_sent_to_a_specialist_without_a_time_is_on_the_list(
    counter: Counter, store: TinyStore
) -> None:
    case = issue(store)
    counter.keys("F2", "F10", "F5", "3")
    assert store.get(case.id).lane == "specialist:lawyer"
    assert "青葉弁護士会 法律相談あて" in counter.said()
    counter.keys("F2")
    assert counter.console.current is None
    counter.keys("F12", "1", "1")
    assert store.get(case.id).state is State.CALLED


def test_a_specialists_own_console_calls_the_ticket_sent_there(
    counter: Counter, store: TinyStore, tmp_path: Path
) -> None:
    case = issue(store)
    counter.keys("F2", "F10", "F5", "3")
    room = counter_at(store, tmp_path, "7")
    place = replace(room.console.place, lanes=("specialist:lawyer",))
    room.console.place = room.desk.place = place
    room.keys("F2")
    assert store.get(case.id).counter == "7"


def test_a_desk_calls_and_lists_only_who_was_sent_there(
    counter: Counter, store: TinyStore, tmp_path: Path
) -> None:
    sensitive = Content(sensitive=True, cases=(Case("work"),))
    general, sent = issue(store, sensitive), issue(store, ago=5)
    desk = counter_at(store, tmp_path, "ハローワーク")
    desk.keys("F2")
    assert desk.console.current is None
    said = desk.said()
    assert "このデスクでは、ここへ回された人だけを呼びます。" in said
    assert "ここへ回された人で、待っている人はいません" in said
    shown = desk.console.view()
    assert (shown.counts, shown.rows, shown.can_call, shown.signal) == ((0, 0, 0), (), False, None)
    desk.keys("Shift-F10")
    assert general.number not in desk.said()
    assert "ここへ回された人で、待っている人はいません" in desk.said()
    desk.keys("Escape")
    for step in (call, serve, transfer):
        more: dict[str, Any] = {"lane": "ハローワーク"} if step is transfer else {}
        store.change(sent.id, partial(step, at=NOW, counter="1", **more))
    assert desk.console.view().counts == (1, 0, 0)
    desk.keys("F2")
    assert (store.get(sent.id).state, store.get(sent.id).counter) == (State.CALLED, "ハローワーク")
    assert store.get(general.id).state is State.WAITING
    assert "このデスクでは" not in counter.said()


def test_a_place_is_booked_for_the_ticket_at_hand(counter: Counter, store: TinyStore) -> None:
    case = issue(store, sensitive=True, first=True)
    counter.keys("F2", "F10")
    counter.memo.typed = "弁護士に相談したい"
    counter.keys("F12")
    assert "11/26 木曜日 13:00　青葉弁護士会 法律相談" in counter.said()
    counter.keys("2")
    sent = store.get(case.id)
    assert (sent.state, sent.lane, sent.number) == (State.WAITING, "specialist:lawyer", "A001")
    assert sent.due == datetime(2026, 11, 26, 13, 30, tzinfo=TOKYO)
    assert sent.content.notes == ("弁護士に相談したい",)
    assert counter.desk.reprinted == ["A001"]
    assert counter.console.current is None
    assert "A001：11/26 木曜日 13:30 の予約を取りました" in counter.said()
    # At home until then: neither in the list nor a reason for the quiet signal.
    assert counter.console.view().counts[0] == 0
    assert "お声がけ" not in counter.said()


def test_a_place_that_is_gone_is_told_and_the_case_stays(counter: Counter, store: TinyStore) -> None:
    issue(store)
    counter.keys("F2", "F10", "F12")

    def taken(_case: Ticket, _slot: Slot, _apply: object, done: Callable[[Trouble], None]) -> None:
        done(Trouble("trouble.place_taken"))

    with mock.patch.object(counter.desk, "book", taken):
        counter.keys("1")
    assert counter.state("A001") is State.SERVING
    assert JAPANESE.text("trouble.place_taken") in counter.said()


def test_no_fitting_specialist_is_said(counter: Counter, store: TinyStore) -> None:
    issue(store, told(Case("residence", "residence")))
    counter.keys("F2", "F10", "F12")
    assert "空きはありません" in counter.said()
    counter.keys("1")
    assert "今日の専門家の予約" in counter.said()
    assert "今の相談が終わると" in counter.said()


# Somebody comes back


def earlier_case(store: TinyStore, today: list[date]) -> Ticket:
    today[0] = NOW.date() - timedelta(days=3)
    case = store.issue(told(notes=("給与明細をコピーした",)), language="vi", at=NOW - timedelta(days=3))
    today[0] = NOW.date()
    return case


@pytest.mark.parametrize("by_hand", [False, True])
def test_a_slip_opens_the_earlier_card_beside_and_ties_it(
    by_hand: bool, counter: Counter, store: TinyStore, today: list[date]
) -> None:
    old = earlier_case(store, today)
    now = issue(store)
    counter.keys("F2", "F10", "F11")
    assert counter.entry.box is not None
    assert counter.memo.box is None
    counter.entry.typed = "ａ１ 11/17" if by_hand else f"A001 2026-11-17 {old.id}"
    counter.keys("Return")
    said = counter.said()
    assert "給与明細をコピーした" in said
    assert "前の相談" in said
    assert "2026-11-17" in said
    assert counter.entry.box is None
    counter.keys("F10")
    assert store.get(now.id).content.earlier == old.id
    assert store.get(now.id).state is State.SERVING
    assert "今の相談とつながっています" in counter.said()
    counter.keys("Escape", "F11")
    assert "給与明細をコピーした" in counter.said()
    assert store.get(old.id) == old


def test_a_ticket_tied_at_the_kiosk_has_a_key_to_the_earlier_case(
    counter: Counter, store: TinyStore, today: list[date]
) -> None:
    old = earlier_case(store, today)
    issue(store, earlier=old.id)
    counter.keys("F2")
    assert "前の相談" in counter.said()
    counter.keys("F11")
    assert "給与明細をコピーした" in counter.said()
    counter.keys("Escape", "F10")
    assert counter.state("A001") is State.SERVING


def test_an_earlier_case_that_is_gone_is_said(counter: Counter, store: TinyStore) -> None:
    issue(store, earlier="0190d3c2-0000-7000-8000-000000000000")
    counter.keys("F2", "F11")
    assert "前の相談の記録はもうありません" in counter.said()


def test_an_unknown_or_unreadable_slip_is_one_clear_sentence(counter: Counter) -> None:
    counter.keys("F11")
    counter.entry.typed = "A009 11/17"
    counter.keys("Return")
    assert "2026-11-17 の A009 は、ここの記録にありません。" in counter.said()
    counter.entry.typed = "こんにちは"
    counter.keys("Return")
    assert "読めませんでした" in counter.said()
    assert counter.entry.typed == ""


def test_a_scanner_may_read_before_any_key(counter: Counter, store: TinyStore, today: list[date]) -> None:
    old = earlier_case(store, today)
    counter.console.scan(f"A001 2026-11-17 {old.id}")
    assert "給与明細をコピーした" in counter.said()
    counter.keys("Escape")
    counter.console.scan("4901234567894")
    assert "だれも呼んでいません" in counter.said()


TODAY = date(2026, 11, 21)
ID = "0190d3c2-1111-7222-8333-444455556666"


@pytest.mark.parametrize(
    ("line", "number", "day", "ticket_id"),
    [
        (f"A012 2026-11-21 {ID}", "A012", TODAY, ID),
        (f"a012 2026-11-21 {ID.upper()}", "A012", TODAY, ID),
        ("A12 2026/3/4", "A012", date(2026, 3, 4), ""),
        ("A012", "A012", TODAY, ""),
        ("B1234 11/22", "B1234", date(2025, 11, 22), ""),
        ("Ａ０１２　１１月２０日", "A012", date(2026, 11, 20), ""),
        ("A012 2026年11月20日", "A012", date(2026, 11, 20), ""),
    ],
)
def test_what_can_be_read_from_a_slip(line: str, number: str, day: date, ticket_id: str) -> None:
    paper = read_paper(line, TODAY)
    assert paper is not None
    assert (paper.number, paper.day, paper.ticket_id) == (number, day, ticket_id)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "12",
        "A",
        "A012 13/45",
        "A012 2026-02-30",
        "A012 2026-11-21 x",
        "2026-11-21 10:42 あおば市",
        "A012 2/29",
    ],
)
def test_what_cannot(line: str) -> None:
    assert read_paper(line, TODAY) is None


# Interpreters and languages


def test_interpreters_are_listed_with_those_to_be_reached_first(counter: Counter, store: TinyStore) -> None:
    issue(store)
    counter.keys("F2", "F9")
    said = counter.said()
    assert said.index("0120-000-000") < said.index("0570-000-911")
    assert "今つながる（17:15まで）" in said
    assert "言うこと：「あおば市です。ベトナム語の通訳をお願いします。」" in said
    assert "言うこと：「あおば市 外国人相談窓口です。ベトナム語の通訳をお願いします。」" in said
    assert "番号 A001" in said


def test_no_line_for_a_language_is_said(counter: Counter, store: TinyStore) -> None:
    store.issue(told(), language="my", at=NOW)
    counter.keys("F2", "F9")
    assert "この言語の電話通訳は当番表にありません" in counter.said()


def test_who_is_at_the_counter_today_stands_on_the_idle_page(counter: Counter) -> None:
    assert "今日窓口で話せる言語：ベトナム語、フィリピノ語" in counter.said()


# Disaster mode and broken files


def test_the_disaster_switch_asks_once_and_stays_in_sight(counter: Counter, store: TinyStore) -> None:
    issue(store)
    counter.keys("Shift-F12")
    assert "全部の案内画面を災害の画面に変えます" in counter.said()
    counter.keys("Escape")
    assert not counter.desk.disaster
    counter.keys("Shift-F12", "1")
    assert counter.desk.disaster
    for keys in ((), ("F2",), ("F9",), ("Escape", "F10"), ("F5",)):
        assert "災害の画面で案内中" in counter.keys(*keys).said()
    counter.keys("Escape", "Shift-F12")
    assert counter.desk.disaster
    assert "ふだんの画面に戻します" not in counter.said()
    counter.keys("F10", "Shift-F12", "1")
    assert not counter.desk.disaster


def test_files_that_are_wrong_are_told_on_the_idle_page(counter: Counter) -> None:
    counter.desk.wrong = ["質問や紹介先の設定に誤りがあるので、11月20日の版で動いています。"]
    assert counter.desk.wrong[0] in counter.said()


# Keys


def test_digits_pick_nothing_where_nothing_is_offered(counter: Counter, store: TinyStore) -> None:
    issue(store)
    counter.keys(*"0123456789", "Return")
    assert counter.console.over is None
    counter.keys("F11", *"0123456789")
    assert "前の番号票を読む" in counter.said()
    counter.keys("Escape", "F2", *"0123456789")
    assert counter.state("A001") is State.CALLED


def test_more_places_than_digits_go_on_another_page(counter: Counter, store: TinyStore) -> None:
    issue(store)
    many = tuple((f"desk{n}", f"相談 {n}") for n in range(11))
    counter.console.place = replace(counter.console.place, desks=many)
    counter.keys("F2", "F10", "F5", "0", "2")
    assert store.tickets()[0].lane == "desk9"


@pytest.mark.parametrize("size", SIZES)
def test_no_page_cuts_a_word(
    size: tuple[int, int], store: TinyStore, today: list[date], tmp_path: Path, typesetter: Typesetter
) -> None:
    old = earlier_case(store, today)
    case = appointment(store, today)
    full = told(
        Case("work", "work", (("matter", ("wages",)), ("wages_since", ("unknown",)))),
        Case("residence", "residence", (("expiry", ("week",)),)),
        care=("passport", "self_harm", "violence"),
        reasons=("residence.expiry.week", "residence.expiry.past"),
        services=("line", "other"),
        bring=("contract",),
        notes=("前の窓口で給与明細を確認した",),
        narrative=Narrative("Công ty giữ hộ chiếu của tôi. " * 12, "vi", "typed"),
        sensitive=True,
        first=True,
        urgent=True,
        within=0,
        earlier=old.id,
    )
    painter = Painter(typesetter, Frame(*size))
    counter = counter_at(store, tmp_path, size=size)
    booked(counter, case)
    where = JAPANESE.text("console.flows.where", place="referrals.toml:1234", n=120)
    counter.desk.wrong = [
        f"{JAPANESE.text('console.flows.former', day='12月31日')}。{where}",
        f"{JAPANESE.text('console.flows.own')}。{where}",
    ]
    counter.desk.told = [Trouble("trouble.settings", keys="office.counters, kiosk.languages")]
    counter.desk.disaster = True
    issue(store, full, ago=30)
    issue(store, full, ago=20)
    steps: tuple[tuple[str, ...], ...] = (
        (), ("F12",), ("1",), ("2",), ("Escape", "F11"), ("Escape", "Shift-F12"), ("Escape", "F2"), ("F9",),
        ("Escape", "F11"), ("Escape", "F10"), ("F12",), ("Escape", "F5"), ("Escape", "F11"), ("Escape", "F4"),
    )  # fmt: skip
    names = set()
    for keys in steps:
        counter.keys(*keys).said()
        sheet = counter.screen.sheet
        assert sheet is not None
        names.add(sheet.name)
        found = faults(painter, sheet, 12)
        # Staff press with a mouse and with keys: no target need be as large as a finger.
        assert [fault for fault in found if "px high" not in fault and "px wide" not in fault] == []
    assert len(names) == 12


@pytest.mark.parametrize("page", ["F11", "F12", "Shift-F1", "Shift-F10"])
@pytest.mark.parametrize("size", [(1366, 768), (683, 728)])
def test_f1_goes_there_from_under_any_page(
    page: str, size: tuple[int, int], store: TinyStore, tmp_path: Path
) -> None:
    counter = counter_at(store, tmp_path, size=size)
    issue(store, ago=30)
    counter.keys("F2", "F10", page)
    care = issue(store, ago=2, sensitive=True, first=True)
    assert care.number in counter.said()
    counter.keys("F1")
    assert counter.console.over is None
    assert (counter.state("A001"), counter.state("A002")) == (State.ON_HOLD, State.CALLED)


def test_f1_closes_no_page_where_there_is_nobody_to_go_to(counter: Counter, store: TinyStore) -> None:
    issue(store)
    counter.keys("F2", "F10", "Shift-F1", "F1")
    assert counter.console.over is not None
    assert counter.state("A001") is State.SERVING
