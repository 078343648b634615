"""Own words: none are lost by a press, nothing listens on, and no translation is agreed to unseen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.heard import Ended, Final, Level, Partial, Passage, Translation, Word
from kiosk.core.steps import Page
from kiosk.errors import Trouble
from kiosk.ui.actions import Abilities
from kiosk.ui.parts import Words
from kiosk.ui.resident.portions import together
from kiosk.ui.resident.speak import SHOWN
from kiosk.ui.resident.speaking import Speaking
from tests.flows.led import Led

TEXT_ONLY = Abilities(speech=False, translation=False, voice=False)
SENTENCES = tuple(f"This is sentence number {number} of a long story about my work." for number in range(12))


def to_words(language: str = "en", able: Abilities | None = None) -> Led:
    return Led(able=able).to_topic("work", language).answer()


def translated(texts: tuple[str, ...], *, faults: frozenset[int] = frozenset()) -> Translation:
    """What the engine makes of these sentences; refused ones stand in both texts as they were said."""
    passages = tuple(
        Passage(text, "", "", 0.0, "empty")
        if place in faults
        else Passage(text, f"文{text}。", f"Back: {text}")
        for place, text in enumerate(texts)
    )
    japanese = "".join(one.translated or f"「{one.original}」（原文のまま）" for one in passages)
    back = " ".join(one.back or f"[{one.original}]" for one in passages)
    return Translation("\n".join(texts), "en", japanese, back, "argos", passages=passages)


def told(texts: tuple[str, ...] = SENTENCES) -> Led:
    """The page with the translation of so many spoken sentences."""
    led = to_words().press("listen")
    assert led.actions.hear is not None
    for text in texts:
        led.actions.hear(Final(text))
    led.actions.hear(Ended("quiet"))
    led.press("next")
    assert led.actions.translated is not None
    led.actions.translated(translated(texts))
    return led


def test_a_translation_is_accepted_only_where_all_of_it_was_shown() -> None:
    led = told()
    seen = ""
    while "accept" not in led.targets():
        seen += " ".join(led.words())
        led.press("more")
    seen += " ".join(led.words())
    for text in SENTENCES:
        assert f"文{text}。" in seen
    led.press("accept")
    assert led.kiosk.visit.accepted


def test_what_was_turned_while_translating_counts_for_nothing() -> None:
    led = to_words().press("listen")
    assert led.actions.hear is not None
    for text in SENTENCES:
        led.actions.hear(Final(text))
    led.actions.hear(Ended("quiet"))
    led.press("next", "more", "more")
    assert led.actions.translated is not None
    led.actions.translated(translated(SENTENCES))
    assert "accept" not in led.targets()
    assert SENTENCES[0] in " ".join(led.words())


@given(
    st.lists(st.integers(1, 60), min_size=1, max_size=12),
    st.frozensets(st.integers(0, 11)),
    st.integers(10, 200),
)
def test_the_same_sentences_stand_side_by_side(lengths: list[int], faults: frozenset[int], room: int) -> None:
    texts = tuple(f"<{number}{'x' * length}>" for number, length in enumerate(lengths))
    made = translated(texts, faults=faults)
    whole = (made.original, made.japanese, made.back)
    pages = together(whole, made.passages, (room, room, room))
    for column, text in zip(zip(*pages, strict=True), whole, strict=True):
        assert "".join("".join(column).split()) == "".join(text.split())
    if room >= max(len(f"「{text}」（原文のまま）") for text in texts):
        for page in pages:
            begun = [[number for number in range(len(texts)) if f"<{number}x" in text] for text in page]
            assert begun[0] == begun[1] == begun[2]


def test_words_are_not_passed_over_while_they_are_said() -> None:
    led = to_words().press("listen")
    hear = led.actions.hear
    assert hear is not None
    hear(Level(-20.0, speech=True))
    assert "skip" in led.targets()
    hear(Partial("they did not"))
    assert {"listen", "type"} <= set(led.targets())
    assert "skip" not in led.targets()
    hear(Final("they did not pay"))
    assert "skip" not in led.targets()


def test_nothing_listens_after_the_page_is_left() -> None:
    led = to_words().press("listen")
    first = led.actions.hear
    assert first is not None
    first(Final("no pay"))
    first(Ended("quiet"))
    led.press("listen", "next")  # again, and on before the microphone is ready
    assert led.page() is Page.CONFIRM
    assert led.actions.asked.count("stop") == 1
    late = led.actions.hear
    assert late is not None
    late(Final("somebody else"))
    assert led.kiosk.speaking.text == "no pay"


def test_where_nothing_can_be_spoken_the_page_asks_to_write() -> None:
    led = to_words("ne", TEXT_ONLY)
    assert led.kiosk.say("type.title") in led.words()
    assert led.kiosk.say("speak.title") not in led.words()
    assert led.targets()["type"].look == "round"
    assert "listen" not in led.targets()
    led.press("skip")
    assert led.page() is Page.REVIEW


@pytest.mark.parametrize(
    "key", ["trouble.no_microphone", "trouble.microphone_lost", "trouble.engine_stopped"]
)
def test_a_question_sends_nobody_to_the_keyboard(key: str) -> None:
    led = Led().to_topic("work", "ko").press("voice")
    assert led.actions.hear is not None
    led.actions.hear(Trouble(key))
    assert led.kiosk.told == led.kiosk.say("voice.trouble")
    assert led.kiosk.voice.ear == "idle"


@pytest.mark.parametrize("text", ["word " * 99 + "word", "ကျွန်ုပ်" * 60, "字" * 400])
def test_a_long_text_is_shown_from_a_words_beginning(text: str) -> None:
    led = to_words("my")
    led.kiosk.speaking = Speaking("heard", text)
    led.kiosk.show()
    shown = next(
        part.text for part in led.sheet.parts if isinstance(part, Words) and part.text.startswith("…")
    )
    assert text.endswith(shown[1:])
    assert len(shown) <= SHOWN + 1
    before = text[: len(text) - len(shown) + 1]
    if " " in text.strip():
        assert before.endswith(" ")


def test_the_page_of_one_word_keeps_the_topic_in_sight() -> None:
    led = to_words().press("listen")
    assert led.actions.hear is not None
    led.actions.hear(Final("no pay", (Word("no", 1.0), Word("pay", 0.2, ("day",)))))
    led.actions.hear(Ended("quiet"))
    led.press("word:0")
    assert led.sheet.name == "word"
    assert led.kiosk.say("topic.work") in led.words()
