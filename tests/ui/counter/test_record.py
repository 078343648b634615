"""The consultation record at a console: prefilled, saved as it is written, nothing lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from kiosk.core import cases, changes, writing
from kiosk.core.cases import Query
from kiosk.core.consultation import Consultation, Interpreted
from kiosk.core.ticket import Content, State
from kiosk.core.writing import LONGEST
from kiosk.data.catalogue import load
from kiosk.errors import Trouble
from kiosk.store.tiny import TinyStore
from kiosk.text.typesetter import Typesetter
from kiosk.ui.counter import at_hand
from kiosk.ui.counter.grid import Grid
from kiosk.ui.counter.record.desk import Searched
from kiosk.ui.counter.record.follow import FollowedUp, FollowUps
from kiosk.ui.counter.record.form import Form
from kiosk.ui.counter.record.formsheet import DONE, ENTRY
from kiosk.ui.counter.record.keeper import AGAIN, PAUSE
from kiosk.ui.counter.record.keeper import LONGEST as AT_LATEST
from kiosk.ui.counter.record.past_case import PastCase
from kiosk.ui.counter.record.records import COUNT_AGAIN
from kiosk.ui.counter.record.search import Search
from kiosk.ui.counter.record.searchsheet import WORDS
from kiosk.ui.frame import Frame
from kiosk.ui.paint import Painter
from tests.ui.counter.counter import JAPANESE, NOW, SIZES, told
from tests.ui.counter.records import (
    CODES,
    Record,
    record_at,
    unfit,
)


@pytest.fixture
def made(store: TinyStore, tmp_path: Path) -> Record:
    """Somebody is being served, their record not opened yet."""
    content = told(statistics=("employment",), services=("line",))
    store.issue(content, language="vi", at=NOW - timedelta(minutes=10))
    record = record_at(store, tmp_path)
    record.counter.keys("F2", "F10")
    return record.later(240)


# Prefilled


def test_the_form_is_prefilled_and_nothing_is_kept_until_something_is_written(made: Record) -> None:
    made.press("record")
    for words in ("雇用・労働", "来所", "自分のこと", "4分（時計）", "自動で保存"):
        assert words in made.said(), words
    made.later(60)
    assert made.kept() is None
    assert "5分（時計）" in made.said()


def test_a_case_that_nobody_wrote_about_has_its_record_all_the_same(made: Record) -> None:
    made.press("close", "finish")
    kept = made.kept()
    assert kept is not None
    assert (kept.topics, kept.means, kept.caller, kept.minutes) == (("employment",), "visit", "self", 4)
    assert made.counter.state("A001") is State.CLOSED


def test_a_transfer_keeps_the_record_too(made: Record) -> None:
    made.press("record", "result:continuing", "cancel", "transfer", "to:2")
    kept = made.kept()
    assert kept is not None
    assert (kept.result, kept.minutes) == ("continuing", 4)


# Saved as it is typed


def test_what_is_typed_is_saved_after_a_pause(made: Record) -> None:
    made.press("record").type("会社に")
    made.later(0.5).type("会社に電話した")
    assert made.stand.saves == 0
    made.later(max(PAUSE, 1.0))
    kept = made.kept()
    assert kept is not None
    assert kept.done == "会社に電話した"
    assert "保存しました" in made.said()


def test_somebody_who_never_pauses_is_saved_all_the_same(made: Record) -> None:
    made.press("record")
    text = ""
    for _ in range(int(AT_LATEST / 0.5) + 2):
        text += "あ"
        made.type(text).later(0.5)
    assert made.kept() is not None


def test_a_choice_is_saved_at_once(made: Record) -> None:
    made.press("record", "result:solved")
    kept = made.kept()
    assert kept is not None
    assert kept.result == "solved"
    made.press("result:solved")
    kept = made.kept()
    assert kept is not None
    assert kept.result == ""


@pytest.mark.parametrize("leave", ["cancel", "lock", "transfer", "earlier"])
def test_what_was_typed_a_moment_ago_is_saved_when_the_form_is_left(made: Record, leave: str) -> None:
    made.press("record").type("書きかけ")
    if leave == "lock":
        made.console.guard.close("locked")
    elif leave == "transfer":
        made.press("cancel", "transfer", "to:2")
    else:
        made.press(leave)
    kept = made.kept()
    assert kept is not None
    assert kept.done == "書きかけ"


def test_the_form_has_a_button_back_to_the_case_for_whoever_has_no_keyboard(made: Record) -> None:
    """The main button ends the case: nothing else led back without keys."""
    made.counter.keys("Shift-F7")
    made.type("話した")
    assert "cancel" in made.counter.screen.targets()
    made.press("cancel")
    assert made.console.over is None
    assert made.console.present.state is State.SERVING
    kept = made.kept()
    assert kept is not None
    assert kept.done == "話した"


def test_a_lock_clears_the_field_and_leaves_no_word_behind(made: Record) -> None:
    made.press("record").type("会社の名前は秘密商事")
    made.console.guard.close("locked")
    assert made.console.records is not None
    made.console.records.tick()
    assert made.console.fields.text(DONE) == ""
    assert made.console.records.keeper.drafts == {}
    assert "秘密商事" not in "".join(made.counter.screen.words())


def test_the_memo_stays_as_it_is(made: Record) -> None:
    made.counter.memo.typed = "メモ"
    made.press("record").type("した").later(2).press("cancel")
    assert made.counter.memo.typed == "メモ"
    made.press("close", "finish")
    assert made.counter.store.tickets()[0].content.notes == ("メモ",)


def test_a_save_that_fails_is_told_and_tried_until_it_is_kept(made: Record) -> None:
    made.stand.failing = Trouble("trouble.disk_full")
    made.press("record").type("消えない").later(2)
    assert "まだ保存できません" in made.said()
    made.type("消えない言葉").later(AGAIN + 1)
    tries = made.stand.saves
    assert tries >= 2
    made.stand.failing = None
    made.later(AGAIN + 1)
    kept = made.kept()
    assert kept is not None
    assert kept.done == "消えない言葉"
    assert "保存しました" in made.said()


def test_what_could_not_be_saved_is_kept_trying_after_the_case_is_gone(made: Record) -> None:
    made.press("record").type("あとで残る")
    made.stand.failing = Trouble("trouble.store_busy")
    made.press("result:solved", "finish")
    assert made.counter.state("A001") is State.CLOSED
    assert made.kept() is None
    made.stand.failing = None
    made.later(AGAIN + 1)
    kept = made.kept()
    assert kept is not None
    assert kept.done == "あとで残る"
    assert made.console.records is not None
    made.later(1)
    assert made.console.records.keeper.drafts == {}


def test_what_is_typed_while_a_save_is_on_its_way_is_saved_after_it(made: Record) -> None:
    made.stand.slow = True
    made.press("record").type("一").later(2).type("一二")
    made.press("result:solved")
    while made.stand.later:
        made.stand.later.pop(0)()
    kept = made.kept()
    assert kept is not None
    assert (kept.done, kept.result) == ("一二", "solved")
    assert made.stand.saves == 2


def test_a_ticket_called_away_loses_nothing(made: Record, store: TinyStore) -> None:
    made.press("record").type("ここまで")
    case = store.tickets()[0]
    store.change(case.id, lambda now: changes.hold(now, NOW, counter="3"))
    store.change(case.id, lambda now: changes.call(now, NOW, counter="2"))
    at_hand.follow(made.console)
    kept = made.kept()
    assert kept is not None
    assert kept.done == "ここまで"
    assert store.tickets()[0].counter == "2"


def test_a_console_killed_after_the_save_goes_on_with_the_record(
    made: Record, store: TinyStore, tmp_path: Path
) -> None:
    made.press("record", "minutes:up", "means:telephone").type("ここまで").later(2)
    again = record_at(store, tmp_path)
    again.press("record")
    assert again.console.fields.text(DONE) == "ここまで"
    assert (again.form.mine.means, again.form.mine.minutes, again.form.draft.automatic) == (
        "telephone",
        5,
        False,
    )


def test_minutes_that_nobody_set_follow_the_clock_after_a_restart(
    made: Record, store: TinyStore, tmp_path: Path
) -> None:
    made.press("record", "result:solved")
    again = record_at(store, tmp_path)
    again.counter.desk.at = made.counter.desk.at
    again.later(600).press("record")
    assert again.form.draft.automatic
    assert "14分（時計）" in again.said()


# Two hands


def test_the_interpreter_timer_and_the_form_do_not_overwrite_each_other(
    made: Record, store: TinyStore
) -> None:
    made.press("record").type("通訳と話した")
    one = Interpreted("day", "vi", 60)
    case = store.tickets()[0]
    kept = Consultation("07", interpreted=(one,))
    store.change(case.id, lambda now: changes.record(now, kept))
    made.later(2)
    both = made.kept()
    assert both is not None
    assert (both.done, both.interpreted) == ("通訳と話した", (one,))
    made.later(1)
    assert "県 通訳コールセンター ベトナム語 1分" in made.said()


def test_what_another_console_of_the_same_author_wrote_comes_into_the_field(
    made: Record, store: TinyStore
) -> None:
    made.press("record")
    case = store.tickets()[0]
    store.change(case.id, lambda now: changes.record(now, Consultation("07", done="ほかの画面で")))
    at_hand.follow(made.console)
    made.later(1)
    assert made.console.fields.text(DONE) == "ほかの画面で"


def test_a_field_that_has_not_told_of_its_last_letters_is_left_alone(made: Record) -> None:
    """A key's letters are in the field a moment before the field says so."""
    made.press("record").type("会社")
    made.console.fields.put(DONE, "会社に")
    made.later(0.2)
    assert made.console.fields.text(DONE) == "会社に"
    made.later(2)
    assert made.console.fields.text(DONE) == "会社に"


def test_amend_prefills_and_reaches_an_open_form(made: Record) -> None:
    assert made.console.records is not None
    case = made.console.current
    assert case is not None
    made.console.records.amend(case, lambda kept: replace(kept, agencies=("line",)))
    kept = made.kept()
    assert kept is not None
    assert (kept.agencies, kept.topics) == (("line",), ("employment",))
    made.press("record").type("書く")
    made.console.records.amend(case, lambda kept: replace(kept, agencies=("line", "other")))
    made.later(2)
    kept = made.kept()
    assert kept is not None
    assert (kept.agencies, kept.done) == (("line", "other"), "書く")


def test_records_of_others_are_shown_and_stay(made: Record, store: TinyStore) -> None:
    case = store.tickets()[0]
    other = Consultation("05", done="昨日の続き", result="continuing")
    store.change(case.id, lambda now: changes.record(now, other))
    at_hand.follow(made.console)
    made.press("record", "choose:others")
    assert "昨日の続き" in made.said()
    made.press("back", "result:solved")
    assert made.kept(by="05") == other


# Closing


def test_an_empty_result_is_asked_for_once_and_blocks_nothing(made: Record) -> None:
    made.counter.keys("F10")
    assert "結果がまだ空です" in made.said()
    assert made.counter.state("A001") is State.SERVING
    made.counter.keys("F10")
    assert made.counter.state("A001") is State.CLOSED


def test_with_a_result_nothing_is_asked(made: Record) -> None:
    made.press("record", "result:informed")
    made.counter.keys("F10")
    assert made.counter.state("A001") is State.CLOSED


def test_the_record_of_the_one_who_just_left_opens_again(made: Record) -> None:
    made.press("record", "result:informed", "finish", "record")
    assert made.form.mine.result == "informed"
    made.type("あとから").press("finish")
    kept = made.kept()
    assert kept is not None
    assert (kept.done, kept.result, made.counter.state("A001")) == ("あとから", "informed", State.CLOSED)


# What is chosen


def test_topics_are_several_and_turned_by_page(made: Record) -> None:
    made.press("record")
    made.counter.keys("1", "2", "0", "1", "Escape")
    mine = made.form.mine
    assert mine.topics == ("employment", "immigration", "disaster")
    made.counter.keys("1", "1")
    mine = made.form.mine
    assert mine.topics == ("immigration", "disaster")


def test_an_agency_is_found_by_name_or_written_as_it_is(made: Record) -> None:
    made.press("record", "choose:agencies")
    made.counter.keys("1")
    made.type("夜の", ENTRY).counter.keys("Return")
    made.type("となりの人", ENTRY).counter.keys("Return")
    mine = made.form.mine
    assert mine.agencies == ("line", "other", "となりの人")
    made.press("take:line")
    mine = made.form.mine
    assert mine.agencies == ("other", "となりの人")


def test_nationality_and_status_are_optional_and_found_by_typing(made: Record) -> None:
    made.press("record", "choose:nationality").type("ph", ENTRY).counter.keys("Return")
    made.press("choose:status").type("技術", ENTRY).counter.keys("1")
    assert (made.form.mine.nationality, made.form.mine.status) == ("PH", "engineer")
    made.press("choose:nationality", "take:")
    assert made.form.mine.nationality == ""
    made.press("choose:nationality").type("どこでもない", ENTRY)
    assert "見つかりません" in made.said()
    made.counter.keys("Return", "1")
    assert made.form.mine.nationality == ""


@pytest.mark.parametrize(
    ("typed", "day"),
    [("12/3", date(2026, 12, 3)), ("１２月３日", date(2026, 12, 3)), ("1/5", date(2027, 1, 5)),
     ("2027-02-28", date(2027, 2, 28)), ("11/20", date(2026, 11, 20))],
)  # fmt: skip
def test_a_day_to_ask_again_is_typed(made: Record, typed: str, day: date) -> None:
    made.press("record", "choose:follow").type(typed, ENTRY).counter.keys("Return")
    assert made.form.mine.follow_up == day


@pytest.mark.parametrize("typed", ["2/30", "2020-01-01", "2099-01-01", "99/99", "=1+1", "あした", "0/0"])
def test_what_is_no_day_is_told(made: Record, typed: str) -> None:
    made.press("record", "choose:follow").type(typed, ENTRY)
    assert "日付が読めません" in made.said()
    made.counter.keys("Return")
    assert made.form.mine.follow_up is None


def test_a_day_one_press_sets(made: Record) -> None:
    made.press("record", "soon:week")
    assert made.form.mine.follow_up == NOW.date() + timedelta(days=7)
    made.press("soon:none")
    assert made.form.mine.follow_up is None


def test_a_phrase_goes_on_a_line_of_its_own(made: Record) -> None:
    made.press("record").type("電話。").press("phrase:explained")
    assert made.console.fields.text(DONE) == "電話。\n制度と手続きを説明した。"
    kept = made.kept()
    assert kept is not None
    assert kept.done.endswith("説明した。")


def test_an_interpreter_without_a_timer_is_added_and_taken_out(made: Record) -> None:
    made.press("record", "choose:interpreters", "take:day", "take:20")
    assert made.form.mine.interpreted == (Interpreted("day", "vi", 1200),)
    made.press("choose:interpreters", "out:0")
    mine = made.form.mine
    assert mine.interpreted == ()


def test_presses_that_mean_nothing_change_nothing(made: Record) -> None:
    made.press("record")
    before = made.form.mine
    for target in (
        "means:x", "result:x", "next:done", "next:handovers", "soon:x", "phrase:x", "choose:x", "minutes:x:y",
        "take:x", "out:9", "back", "turn", "one:1", "means", "result:", "turn_card", "take:",
    ):  # fmt: skip
        made.press(target)
        assert isinstance(made.console.over, Form), target
    assert replace(made.form.mine, minutes=before.minutes) == before


# Bad input


@pytest.mark.parametrize(
    "text",
    [
        "=HYPERLINK(1)",
        "a\x00b\x07",
        "x\ud800y",
        "@SUM(A1)",
        "-2+3",
        "\u202eabc",
        "🧑‍🤝‍🧑" * 40,
        "\r\n\r\n",
        "　",
    ],
)
def test_whatever_is_typed_is_kept_or_left_out_and_read_again(made: Record, text: str) -> None:
    made.press("record").type(text).later(2)
    kept = made.kept()
    expected = writing.kept_text(text)[0]
    assert (kept.done if kept is not None else "") == expected
    made.press("cancel")
    made.said()


def test_fifty_thousand_letters_are_cut_with_a_word(made: Record) -> None:
    made.press("record").type("あ" * 50_000)
    assert f"{LONGEST:,}字まで" in made.said()
    made.later(2)
    kept = made.kept()
    assert kept is not None
    assert len(kept.done) == LONGEST
    made.press("cancel")
    at_hand.follow(made.console)
    assert "…" in made.said()
    made.press("record")
    assert len(made.console.fields.text(DONE)) == LONGEST


def test_the_record_of_a_closed_content_is_not_written(made: Record) -> None:
    assert made.console.current is not None
    made.console.current = replace(made.console.current, content=Content(closed=True))
    made.press("record")
    assert made.console.over is None
    assert "対応票を書けません" in made.console.message


# Following up and learning


def followed(made: Record, day: date) -> None:
    made.press("record", "result:continuing")
    made.form.write(follow_up=day)
    made.form.keep()
    made.press("finish")


def test_a_follow_up_is_counted_listed_opened_and_marked(made: Record) -> None:
    followed(made, NOW.date() - timedelta(days=2))
    made.later(COUNT_AGAIN)
    assert "フォロー 1" in made.said()
    made.press("follow")
    assert isinstance(made.console.over, FollowUps)
    assert made.stand.listed[-1] is True
    assert "2日過ぎ" in made.said()
    made.counter.keys("1")
    assert isinstance(made.console.over, FollowedUp)
    made.counter.keys("F10")
    kept = made.kept()
    assert kept is not None
    assert kept.followed
    made.press("cancel").later(1)
    assert "フォロー 0" in made.said()


def test_a_follow_up_mark_that_is_not_saved_is_told_and_can_be_set_again(made: Record) -> None:
    followed(made, NOW.date())
    made.press("follow", "one:0")
    made.stand.failing = Trouble("trouble.disk_full")
    made.counter.keys("F10")
    assert JAPANESE.text("trouble.disk_full")[:8] in made.said()
    made.stand.failing = None
    made.counter.keys("F10")
    kept = made.kept()
    assert kept is not None
    assert kept.followed


def hit(made: Record, *, sensitive: bool = False) -> cases.Found:
    case = made.counter.store.tickets()[0]
    topics = () if sensitive else ("employment",)
    return cases.Found(case.id, case.number, case.day, "vi", sensitive, topics, "" if sensitive else "solved")


def test_past_cases_are_looked_for_and_one_is_opened(made: Record) -> None:
    made.press("record", "result:solved", "finish", "cases")
    made.stand.parts = [Searched((), 1, 3, over=False), Searched((hit(made),), 3, 3, over=True)]
    made.type("給料", WORDS).press("choose:topic", "set:employment", "choose:language", "set:vi")
    made.counter.keys("Return")
    assert made.stand.searches == [Query("給料", "employment", "vi")]
    assert "1件（3日分）" in made.said()
    made.counter.keys("1")
    assert isinstance(made.console.over, PastCase)
    made.press("earlier")
    assert isinstance(made.console.over, Search)
    assert "1件（3日分）" in made.said()


def test_a_sensitive_case_is_named_so_and_opened_on_purpose_only(made: Record) -> None:
    made.press("record", "result:solved", "finish", "cases")
    made.stand.parts = [Searched((hit(made, sensitive=True),), 3, 3, over=True)]
    made.type("x", WORDS).counter.keys("Return")
    assert "配慮が必要な相談" in made.said()
    made.counter.keys("1")
    assert isinstance(made.console.over, Search)
    assert "必要なときだけ開いてください" in made.said()
    made.counter.keys("Escape")
    made.counter.keys("1", "1")
    assert isinstance(made.console.over, PastCase)


def test_a_search_shows_how_far_it_is_and_can_be_stopped(made: Record) -> None:
    made.press("cancel", "cases")
    made.stand.parts = [Searched((hit(made),), 1, 30, over=False)]
    made.type("x", WORDS).counter.keys("Return")
    assert "30日" in made.said()
    made.counter.keys("Escape")
    assert made.stand.stopped >= 1
    assert isinstance(made.console.over, Search)
    assert "1件" in made.said()


def test_nothing_to_look_for_and_a_trouble_are_told(made: Record) -> None:
    made.press("cases")
    made.counter.keys("Return")
    assert made.stand.searches == []
    assert "どれかを入れてください" in made.said()
    made.stand.parts = [Trouble("trouble.search_audit")]
    made.type("x", WORDS).counter.keys("Return")
    assert "操作の記録が書けない" in made.said()


# How it looks


@pytest.mark.parametrize("size", [(1366, 768), (960, 700), (683, 728)])
def test_pgdn_turns_the_card_and_never_the_minutes(made: Record, size: tuple[int, int]) -> None:
    console = made.console
    console.grid = replace(console.grid, width=size[0], height=size[1])
    made.press("record").type("書きかけ")
    before = made.form.keeper.minutes(made.form.draft)
    assert ("PgDn" in made.said()) is console.grid.narrow or "続き" in made.said()
    made.counter.keys("Next")
    assert (JAPANESE.text("record.done") in made.said()) is not console.grid.narrow
    while JAPANESE.text("record.done") not in made.said():
        made.counter.keys("Next")
    assert made.console.fields.text(DONE) == "書きかけ"
    assert made.form.keeper.minutes(made.form.draft) == before
    made.counter.keys("Right")
    assert made.form.keeper.minutes(made.form.draft) == (before or 0) // 5 * 5 + 5
    made.counter.keys("Left")
    assert made.form.keeper.minutes(made.form.draft) == (before or 0) // 5 * 5


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("tag", ["ja", "en"])
def test_every_text_has_room(made: Record, typesetter: Typesetter, size: tuple[int, int], tag: str) -> None:
    console, words = made.console, load(tag)
    say = words.text
    console.grid = Grid(*size, say, tag)
    painter = Painter(typesetter, Frame(*size))
    case = made.counter.store.tickets()[0]
    other = Consultation("05", done="長い記録。" * 200, result="continuing", agencies=("line", "窓口"))
    made.counter.store.change(case.id, lambda now: changes.record(now, other))
    at_hand.follow(console)
    made.press("record").type("した。" * 50)
    for press in ("result:continuing", "soon:weeks", "means:online"):
        made.press(press)
    for code in CODES:
        made.form.write(topics=(*made.form.mine.topics, code))
    made.form.write(
        agencies=("line", "other", "とても長い名前の相談センター" * 5), nationality="PH", status="engineer"
    )
    made.form.write(interpreted=(Interpreted("day", "vi", 1200), Interpreted("family", "vi", 300)) * 2)
    shown = ["", *(f"choose:{name}" for name in (
        "topics", "caller", "phrases", "agencies", "follow", "nationality", "status", "interpreters", "others"
    ))]  # fmt: skip
    for choose in shown:
        made.press(*([choose] if choose else []))
        console.redraw()
        assert made.counter.screen.sheet is not None
        assert unfit(made, painter) == [], choose
        made.press("back")
    made.stand.failing = Trouble("trouble.disk_full")
    made.press("result:solved").later(1)
    console.redraw()
    assert unfit(made, painter) == []
    made.stand.failing = None
    made.later(AGAIN + 1).press("cancel", "cases")
    made.stand.parts = [Searched((replace(hit(made), topics=CODES[:3]),) * 20, 3, 30, over=False)]
    made.type("x", WORDS).press("look")
    for press in ("", "stop", "choose:topic", "back"):
        made.press(*([press] if press else []))
        console.redraw()
        assert unfit(made, painter) == [], press
