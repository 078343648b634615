"""A talk as lists of steps: what the counselor shows, what the resident answers, what each of them reads."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.heard import Ended, Final, Level, Word
from kiosk.data.catalogue import load
from kiosk.errors import Trouble
from kiosk.ui.actions import Abilities
from kiosk.ui.talk.conversation import Conversation
from kiosk.ui.talk.phrases import ALWAYS, BY_ID, DOCUMENTS, GROUPS, PHRASES, PLACES, blanks
from kiosk.ui.talk.talk import MOST_LINES, Line, Talk, told
from tests.ui.talk.table import Table, rendering, translation

NAMES = {"counselor": "相談員", "resident": "相手", "machine": "機械翻訳", "hint": "参考"}


def talk(language: str = "en", table: Table | None = None) -> tuple[Conversation, Table]:
    table = table or Table()
    conversation = Conversation(table, table)
    conversation.start(language)
    return conversation, table


def lines(conversation: Conversation) -> list[tuple[str, str, str]]:
    return [(line.by, line.japanese, line.text) for line in conversation.now.lines]


# Phrases


@pytest.mark.parametrize("tag", ["ja", "ja-simple", "en"])
def test_every_phrase_and_answer_is_in_the_catalogue_with_the_same_blanks(tag: str) -> None:
    text, japanese = load(tag).text, load("ja").text
    assert 70 <= len(PHRASES) <= 90
    for phrase in PHRASES:
        assert phrase.group in GROUPS
        assert blanks(text(phrase.key)) == blanks(japanese(phrase.key))
        for answer in (*phrase.answers, *ALWAYS):
            assert text(f"talk.answer.{answer}")
    for kind, ids in (("doc", DOCUMENTS), ("place", PLACES)):
        assert all(text(f"talk.{kind}.{one}") for one in ids)


def test_a_phrase_is_filled_in_both_languages() -> None:
    conversation, _ = talk()
    conversation.show(BY_ID["come"], {"date": "2026-12-04", "time": "10:30"})
    conversation.show(BY_ID["costs"], {"money": "12000"})
    conversation.show(BY_ID["bring"], {"document": "passport"})
    assert lines(conversation) == [
        (
            "counselor",
            "この日に来てください：2026年12月4日（金曜日） 10:30",
            "Please come on this day: Friday, 4 December 2026 10:30",
        ),
        ("counselor", "かかるお金：12,000円", "What you pay: 12,000 yen"),
        (
            "counselor",
            "次に来るとき、これを持ってきてください：パスポート",
            "Next time, please bring this: passport",
        ),
    ]
    assert not any(line.machine for line in conversation.now.lines)


# The resident answers by touch


def test_a_touched_answer_is_curated_in_both_languages() -> None:
    conversation, table = talk()
    conversation.show(BY_ID["copy"])
    conversation.press("answer:yes")
    assert conversation.now.page == "sent"
    assert conversation.now.answer == Line("resident", "はい", "Yes", "touch")
    assert not table.asked


def test_what_a_phrase_does_not_offer_cannot_be_answered() -> None:
    conversation, _ = talk()
    for target in ("answer:yes", "digit:1", "send", "day:3", "accept", "next", "listen", "as:0", "key:a"):
        conversation.press(target)
    assert conversation.now == Talk("en")
    conversation.show(BY_ID["copy"])
    before = conversation.now
    for target in ("answer:number", "answer:have", "answer:", "untranslated", "give", "", ":", "word:9"):
        conversation.press(target)
    assert conversation.now == before


def test_a_number_and_an_amount() -> None:
    conversation, _ = talk()
    conversation.show(BY_ID["how_much"])
    for target in ("answer:number", "send", "digit:1", "digit:x", "digit:2", "digit:5", "digit:delete",
                   "digit:0", "digit:0", "digit:0", "send"):  # fmt: skip
        conversation.press(target)
    assert lines(conversation)[-1] == ("resident", "12,000円", "12,000 yen")
    conversation.show(BY_ID["telephone"])
    for target in ("answer:number", *(f"digit:{d}" for d in "0901234"), "send"):
        conversation.press(target)
    assert lines(conversation)[-1] == ("resident", "0901234", "0901234")


def test_a_day_of_another_month_and_one_that_is_none() -> None:
    conversation, _ = talk()
    conversation.show(BY_ID["since"])
    for target in ("answer:date", "months:-12", "months:5", "months:-1", "day:32", "day:31"):
        conversation.press(target)
    assert lines(conversation)[-1][1:] == ("2025年10月31日（金曜日）", "Friday, 31 October 2025")


@given(st.lists(st.sampled_from([-12, -1, 1, 12]), max_size=60))
def test_months_stay_months(steps: list[int]) -> None:
    now = Talk("en", month=(2026, 11))
    for step in steps:
        now = now.months(step)
    year, month = now.month
    assert 1900 <= year <= 2100
    assert 1 <= month <= 12


def test_back_leads_to_the_phrase_and_never_away() -> None:
    conversation, _ = talk()
    conversation.press("back")
    pages = [conversation.now.page]
    conversation.show(BY_ID["people"])
    for opener in ("answer:number", "speak", "write"):
        conversation.press(opener)
        pages.append(conversation.now.page)
        conversation.press("back")
        pages.append(conversation.now.page)
    assert pages == ["wait", "number", "phrase", "speak", "phrase", "type", "phrase"]


def test_another_answer_may_follow() -> None:
    conversation, _ = talk()
    conversation.show(BY_ID["copy"])
    conversation.press("answer:no")
    conversation.press("back")
    conversation.press("answer:yes")
    assert [line.japanese for line in conversation.now.lines[1:]] == ["いいえ", "はい"]


# The resident's own words


def test_own_words_are_translated_and_accepted() -> None:
    conversation, table = talk()
    conversation.show(BY_ID["how_help"])
    conversation.press("write")
    for key in "no pay":
        conversation.press(f"key:{'<space>' if key == ' ' else key}")
    conversation.press("next")
    assert conversation.now.page == "confirm"
    assert table.asked[0][:2] == ("translate", "no pay")
    conversation.press("accept")
    assert conversation.now.page == "confirm"
    table.answer(translation("no pay", "給料がない", "no salary"))
    conversation.press("accept")
    last = conversation.now.lines[-1]
    assert (last.japanese, last.text, last.back, last.machine) == ("給料がない", "no pay", "no salary", True)


def test_words_that_came_back_otherwise_are_pointed_out() -> None:
    conversation, table = talk()
    conversation.show(BY_ID["how_help"])
    conversation.press("write")
    conversation.press("key:a")
    conversation.press("next")
    table.answer(translation("a", "い", "something else", 0.1))
    assert conversation.now.own is not None
    assert conversation.now.own.warning == load("en").text("confirm.here")
    conversation.press("untranslated")
    assert lines(conversation)[-1] == ("resident", "", "a")


def test_a_poor_translation_is_a_hint_for_the_counselor_only() -> None:
    conversation, table = talk()
    conversation.show(BY_ID["how_help"])
    conversation.press("write")
    conversation.press("key:a")
    conversation.press("next")
    table.answer(translation("a", "あ", "a", hint=True))
    conversation.press("accept")
    assert conversation.now.page == "confirm"
    conversation.press("untranslated")
    assert conversation.now.lines[-1].hint
    assert conversation.now.lines[-1].japanese == "あ"


def test_without_translation_words_go_as_they_are() -> None:
    conversation, table = talk(table=Table(Abilities(False, False, False)))
    conversation.show(BY_ID["how_help"])
    conversation.press("speak")
    assert conversation.now.page == "phrase"
    conversation.press("write")
    conversation.press("key:a")
    conversation.press("next")
    conversation.press("untranslated")
    assert lines(conversation)[-1] == ("resident", "", "a")
    assert not table.asked
    assert table.log == []


def test_plain_japanese_needs_no_translation_either_way() -> None:
    conversation, table = talk("ja-simple")
    conversation.write("明日来てください。")
    assert conversation.show_draft()
    conversation.press("write")
    conversation.press("key:あ")
    conversation.press("next")
    assert lines(conversation) == [
        ("counselor", "明日来てください。", "明日来てください。"),
        ("resident", "あ", "あ"),
    ]
    assert not table.asked


def test_an_answer_by_voice_with_a_doubtful_word() -> None:
    conversation, table = talk()
    conversation.show(BY_ID["how_help"])
    conversation.press("speak")
    conversation.press("listen")
    hear = table.last()
    hear(Level(-20, speech=True))
    hear(Final("no bay", (Word("no", 0.9), Word("bay", 0.3, ("pay",)))))
    hear(Ended("quiet"))
    conversation.press("word:0")
    conversation.press("as:1")
    assert conversation.now.speaking.text == "no pay"
    conversation.press("next")
    assert table.asked[-1][:2] == ("translate", "no pay")


def test_what_is_heard_after_a_new_phrase_is_nothing() -> None:
    conversation, table = talk()
    conversation.show(BY_ID["how_help"])
    conversation.press("speak")
    conversation.press("listen")
    hear = table.last()
    conversation.show(BY_ID["copy"])
    hear(Final("late", ()))
    assert "stop" in table.log
    assert conversation.now.page == "phrase"
    assert conversation.now.speaking.text == ""


@pytest.mark.parametrize(
    ("key", "ear"), [("trouble.no_microphone", "off"), ("trouble.engine_stopped", "idle")]
)
def test_a_trouble_of_the_microphone_is_told_and_the_keyboard_stays(key: str, ear: str) -> None:
    conversation, table = talk()
    conversation.show(BY_ID["how_help"])
    conversation.press("speak")
    conversation.press("listen")
    table.answer(Trouble(key))
    assert conversation.now.speaking.ear == ear
    assert conversation.now.speaking.trouble == load("en").text(key)
    conversation.press("type")
    assert conversation.now.page == "type"


# What the counselor types


def test_typed_words_are_seen_back_before_they_are_shown() -> None:
    conversation, table = talk()
    conversation.write(" 明日来てください。 ")
    assert not conversation.show_draft()
    assert conversation.now.page == "wait"
    table.answer(rendering("明日来てください。", "Come tomorrow.", "明日来なさい。"))
    assert conversation.now.page == "wait"
    assert conversation.show_draft()
    line = conversation.now.lines[-1]
    assert (line.text, line.back, line.machine) == ("Come tomorrow.", "明日来なさい。", True)
    assert conversation.draft is None


def test_a_poor_pair_is_never_shown() -> None:
    conversation, table = talk()
    conversation.write("明日来てください。")
    table.answer(rendering("明日来てください。", "Tomorrow", "明日", hint=True))
    assert not conversation.show_draft()
    assert conversation.now.lines == ()


def test_words_typed_anew_make_the_former_answer_count_no_more() -> None:
    conversation, table = talk()
    conversation.write("一つ目")
    conversation.write("二つ目")
    table.answer(rendering("一つ目", "first", "一つ目"))
    assert conversation.draft is not None
    assert conversation.draft.working
    table.answer(rendering("二つ目", "second", "二つ目"))
    assert conversation.draft.rendering is not None
    assert conversation.draft.rendering.text == "second"


def test_the_residents_presses_do_not_lose_the_counselors_translation() -> None:
    conversation, table = talk()
    conversation.show(BY_ID["copy"])
    conversation.write("一つ目")
    conversation.press("answer:yes")
    table.answer(rendering("一つ目", "first", "一つ目"))
    assert conversation.draft is not None
    assert conversation.draft.may_show


def test_a_refused_translation_is_told() -> None:
    conversation, table = talk()
    conversation.write("あした")
    table.answer(Trouble("trouble.translation_refused", reason="kana_only"))
    assert conversation.draft is not None
    assert conversation.draft.trouble is not None
    assert not conversation.show_draft()


# The end


def test_nothing_stays_after_the_end_and_nothing_late_is_heard() -> None:
    conversation, table = talk()
    conversation.show(BY_ID["how_help"])
    conversation.write("一つ目")
    conversation.press("write")
    conversation.press("key:a")
    conversation.press("next")
    conversation.end()
    for late in (rendering("一つ目", "first", "一つ目"), translation("a", "あ", "a")):
        table.answer(late)
    assert conversation.talk is None
    assert conversation.draft is None
    assert table.log[-1] == "forget"
    conversation.end()
    assert table.log.count("forget") == 1


def test_loading_is_said_until_the_engines_are_ready() -> None:
    conversation, table = talk()
    assert conversation.loading
    conversation.tick()
    assert conversation.loading
    table.working = False
    conversation.tick()
    assert not conversation.loading


def test_reading_aloud_and_stopping() -> None:
    conversation, table = talk("ja-simple")
    conversation.show(BY_ID["card"])
    conversation.press("read")
    assert table.asked[-1][1] == ("在留カードを 見せて ください。",)
    conversation.press("read")
    assert table.log[-1] == "hush"
    conversation.press("read")
    table.last()(Trouble("trouble.no_voice"))
    assert conversation.told is not None
    assert not conversation.now.reading


def test_the_record_says_who_said_what_and_what_a_machine_translated() -> None:
    said = (
        Line("counselor", "写真を見せて", "{写真|しゃしん}を{見|み}せて", "phrase"),
        Line("resident", "給料がない", "no\npay", "typed", machine=True),
        Line("resident", "", "hola", "typed"),
        Line("resident", "", "x", "speech", machine=True, hint=True),
        Line("resident", "はい", "はい", "touch"),
    )
    assert told(said, NAMES).split("\n") == [
        "相談員：写真を見せて",
        "相手：給料がない（no pay） [機械翻訳]",
        "相手：hola",
        "相手：x [参考]",
        "相手：はい",
    ]


@given(st.lists(st.sampled_from(PHRASES), min_size=MOST_LINES, max_size=MOST_LINES + 5))
def test_a_long_talk_keeps_its_end(shown: list[object]) -> None:
    now = Talk("en")
    for place, _ in enumerate(shown):
        now = now.said(Line("counselor", str(place), str(place), "phrase"))
    assert len(now.lines) == MOST_LINES
    assert now.lines[-1].text == str(len(shown) - 1)
