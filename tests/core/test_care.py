"""Words of danger are found however they are written, and nothing that is added takes them away."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.care import CARE_GROUPS, CARES, CareWords, gaps, screen, shortest

ENGLISH = CareWords(
    "en",
    {
        "violence": ("husband/wife … hit/hits me",),
        "held": ("can't leave", "sister/let_me_out"),
        "status": ("overstay*",),
    },
    True,
)
JAPANESE = CareWords("ja", {"violence": ("夫 … 殴/なぐ", "DV"), "self_harm": ("死にたい/しにたい",)}, False)
KOREAN = CareWords("ko", {"self_harm": ("자살", "죽고_싶"), "status": ("비자 가_없/없이",)}, False)
VIETNAMESE = CareWords("vi", {"violence": ("chồng … đánh tôi/em",), "self_harm": ("nhốt",)}, True)
PORTUGUESE = CareWords("pt-BR", {"held": ("não me deixa sair",)}, True)
NEPALI = CareWords("ne", {"violence": ("श्रीमान … कुट्",)}, True, endings=True)
BURMESE = CareWords("my", {"self_harm": ("သေ",)}, False)
ALL = (ENGLISH, JAPANESE, KOREAN, VIETNAMESE, PORTUGUESE, NEPALI, BURMESE)
SAID = (
    "my husband always hits me", "I can’t leave", "they overstayed", "夫に殴られた", "シニタイ",
    "죽고 싶어요", "chồng hay đánh em", "Não me deixa sair", "श्रीमानले कुट्छ", "သေမယ်", "hello", "ごみ",
    "{殴|なぐ}", "…",
)  # fmt: skip
PIECES = st.lists(st.sampled_from(SAID) | st.text(max_size=8), max_size=6).map(" ".join)


@pytest.mark.parametrize(
    ("words", "text", "care"),
    [
        (ENGLISH, "Yesterday my HUSBAND, when drunk, hit me.", "violence"),
        (ENGLISH, "i cant leave", "held"),
        (ENGLISH, "please let me out", "held"),
        (ENGLISH, "we are overstaying", "status"),
        (JAPANESE, "おっとではなく 夫 が 、いつも な ぐ る", "violence"),
        (JAPANESE, "{夫|おっと}に{殴|なぐ}られました", "violence"),
        (JAPANESE, "ｼﾆﾀｲです", "self_harm"),
        (JAPANESE, "これはDVです", "violence"),
        (KOREAN, "너무죽고싶어요", "self_harm"),
        (KOREAN, "자 살 을", "self_harm"),
        (KOREAN, "비자가 없어요", "status"),
        (VIETNAMESE, "Chồng tôi hay đánh tôi", "violence"),
        (VIETNAMESE, "chong toi hay danh toi", "violence"),
        (PORTUGUESE, "ele nao me deixa sair de casa", "held"),
        (NEPALI, "श्रिमान ले दिनहुँ कुटछ", "violence"),
        (BURMESE, "သေ မယ်", "self_harm"),
    ],
)
def test_found_however_it_is_written(words: CareWords, text: str, care: str) -> None:
    assert screen(text, [words]) == (care,)


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (ENGLISH, "my husbandry hits me"),
        (ENGLISH, "my husband has one two three four five six hit me"),
        (ENGLISH, "leave"),
        (JAPANESE, "DVDを借りました"),
        (KOREAN, "저는 혼자 살아요"),
        (VIETNAMESE, "chồng tôi có tên trong danh sách của tôi"),
        (VIETNAMESE, "nhot"),
        (BURMESE, "ကလေးက သေးတယ်"),
        (BURMESE, "သေတ်"),
    ],
)
def test_not_found_in_other_words(words: CareWords, text: str) -> None:
    assert screen(text, [words]) == ()


def test_the_tone_may_stand_on_either_vowel() -> None:
    words = CareWords("vi", {"violence": ("dọa giết tôi",)}, True)
    assert screen("nó doạ giết tôi", [words]) == screen("nó dọa giết tôi", [words]) == ("violence",)


def test_categories_come_in_their_order_from_all_lists() -> None:
    text = "I overstayed, can't leave. 死にたい"
    assert screen(text, [JAPANESE, ENGLISH]) == ("held", "self_harm", "status")
    assert screen(text, []) == ()


def test_phrases_that_cannot_be_used_are_left_out() -> None:
    words = CareWords("en", {"violence": ("… …", "/", "a … b … c … d", "*", ""), "unknown": ("here",)}, True)
    assert words.patterns == ()
    assert screen("a b c d here", [words]) == ()


def test_measures_of_a_phrase() -> None:
    assert gaps("a … b … c") == 2
    assert shortest("he/they … hit* me_now") == 2 + 3 + 5
    assert shortest("死に/しに たい") == 4


def test_every_category_leads_somewhere_and_never_to_immigration() -> None:
    assert tuple(CARE_GROUPS) == CARES
    for groups in CARE_GROUPS.values():
        assert 1 <= len(groups) <= 3
        assert len(set(groups)) == len(groups)
        assert not any("immigration" in group for group in groups)


@given(st.text())
def test_any_text_is_screened(text: str) -> None:
    assert set(screen(text, ALL)) <= set(CARES)


@given(st.text(st.characters(), max_size=40), st.sampled_from(ALL))
def test_no_phrase_makes_a_pattern_that_fails(phrase: str, words: CareWords) -> None:
    made = CareWords(words.tag, {"child": (phrase,)}, words.spaced, words.endings)
    assert screen(phrase, [made]) in ((), ("child",))


@given(PIECES, PIECES)
def test_adding_text_takes_nothing_away(one: str, other: str) -> None:
    both = set(screen(f"{one} {other}", ALL))
    assert both >= set(screen(one, ALL)) | set(screen(other, ALL))


@given(st.lists(st.sampled_from(SAID), max_size=5).map(" ".join))
def test_case_and_composition_make_no_difference(text: str) -> None:
    found = screen(text, ALL)
    for other in (
        text.upper(),
        text.lower(),
        *(unicodedata.normalize(form, text) for form in ("NFD", "NFC")),
    ):
        assert screen(other, ALL) == found


def _seconds(text: str) -> float:
    begun = time.process_time()
    screen(text, ALL)
    return time.process_time() - begun


def test_the_time_grows_with_the_length_and_no_faster() -> None:
    part = "my husband who husband wife 夫が夫の 자 살 chồng tôi chồng श्रीमान សे " + "a" * 200 + " "
    screen(part, ALL)
    short = min(_seconds(part * 20) for _ in range(3))
    assert min(_seconds(part * 200) for _ in range(3)) < 40 * short
