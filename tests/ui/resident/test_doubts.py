"""Words the recognizer was not sure of: found in the text, mended there, and the text never harmed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.heard import UNSURE, Ended, Final, Word
from kiosk.core.steps import Page
from kiosk.ui.parts import Words
from kiosk.ui.resident.doubts import Doubt, doubts_in, mended
from tests.flows.led import Led

SURE, DOUBTFUL = UNSURE + 0.1, UNSURE - 0.1

spoken = st.lists(
    st.tuples(st.text("abcde", min_size=1, max_size=4), st.sampled_from([SURE, DOUBTFUL])),
    min_size=1,
    max_size=12,
)


def heard(*words: str) -> Final:
    """Words of which those with a question mark are doubtful, with what else they may be behind it."""
    found = []
    for word in words:
        text, doubtful, others = word.partition("?")
        found.append(Word(text, DOUBTFUL if doubtful else SURE, tuple(filter(None, others.split("/")))))
    return Final(" ".join(word.text for word in found), tuple(found))


def saying(*finals: Final) -> Led:
    led = Led().to_topic("work", "en").answer().press("listen")
    assert led.actions.hear is not None
    for final in finals:
        led.actions.hear(final)
    led.actions.hear(Ended("pressed"))
    return led


@given(spoken)
def test_doubtful_words_are_found_where_they_stand(words: list[tuple[str, float]]) -> None:
    text = " ".join(word for word, _ in words)
    found = doubts_in(text, [Word(word, sure) for word, sure in words], 0)
    assert [text[one.start : one.end] for one in found] == [word for word, sure in words if sure < UNSURE]


@given(spoken, st.data())
def test_mending_changes_that_word_and_no_other(words: list[tuple[str, float]], data: st.DataObject) -> None:
    plain = [word for word, _ in words]
    text = " ".join(plain)
    doubts = doubts_in(text, [Word(word, DOUBTFUL) for word in plain], 0)
    index = data.draw(st.integers(0, len(doubts) - 1))
    new = data.draw(st.text("xyz", max_size=9))
    after, rest = mended(text, doubts, index, new)
    expected = [*plain[:index], *([new] if new else []), *plain[index + 1 :]]
    assert after.split() == expected
    assert [after[one.start : one.end] for one in rest] == [*plain[:index], *plain[index + 1 :]]


def test_the_page_underlines_and_offers_them() -> None:
    led = saying(heard("월급을", "못?몇/무엇", "받았어요"))
    shown = [part for part in led.sheet.parts if isinstance(part, Words) and part.marks]
    assert [part.text[start:end] for part in shown for start, end in part.marks] == ["못"]
    assert "word:0" in led.targets()


def test_a_press_on_what_else_it_may_be_takes_its_place() -> None:
    led = saying(heard("월급을", "못?몇/무엇", "받았어요")).press("word:0")
    assert led.sheet.name == "word"
    led.press("as:2")
    assert led.kiosk.speaking.text == "월급을 무엇 받았어요"
    assert led.kiosk.speaking.doubts == ()
    led.press("next")
    assert led.kiosk.visit.text == "월급을 무엇 받았어요"
    assert led.kiosk.visit.means == "speech"


def test_a_word_that_was_right_is_asked_no_more() -> None:
    led = saying(heard("못?몇", "받?밥")).press("word:0", "as:0")
    assert led.kiosk.speaking.text == "못 받"
    assert [doubt.others for doubt in led.kiosk.speaking.doubts] == [("밥",)]


def test_a_word_can_go_and_all_of_them() -> None:
    led = saying(heard("못?몇")).press("word:0", "drop")
    assert led.kiosk.speaking.text == ""
    assert led.kiosk.speaking.ear == "idle"


def test_writing_it_oneself_opens_the_keyboard_with_the_words() -> None:
    led = saying(heard("못?몇", "받았어요")).press("word:0", "write")
    assert led.page() is Page.TYPE
    assert led.kiosk.typing is not None
    assert led.kiosk.typing.text == "못 받았어요"


def test_what_is_said_afterwards_keeps_the_earlier_doubts_in_place() -> None:
    led = saying(heard("못?몇"))
    led.press("listen")
    assert led.actions.hear is not None
    led.actions.hear(heard("회사", "가?나"))
    led.actions.hear(Ended("quiet"))
    now = led.kiosk.speaking
    assert [now.text[one.start : one.end] for one in now.doubts] == ["못", "가"]


def test_back_from_one_word_is_the_page_with_all() -> None:
    led = saying(heard("못?몇")).press("word:0", "back")
    assert led.sheet.name == "speak"


def test_a_doubt_that_moves_off_is_not_pressed() -> None:
    led = saying(heard("못?몇"))
    led.kiosk.press("word:7")
    assert led.sheet.name == "speak"


def test_words_on_both_sides_are_shown_with_the_word() -> None:
    long = "아주 긴 이야기입니다 " * 20
    led = saying(Final(long + "못 받았어요", (Word("못", DOUBTFUL),)))
    led.press("word:0")
    line = next(part for part in led.sheet.parts if isinstance(part, Words) and part.marks)
    assert len(line.text) < 200
    ((start, end),) = line.marks
    assert line.text[start:end] == "못"


def test_none_is_marked_where_all_is_sure() -> None:
    assert doubts_in("가 나", [Word("가", SURE), Word("나", SURE)], 0) == ()
    assert mended("가 나", (Doubt(0, 1),), 0, "다") == ("다 나", ())
