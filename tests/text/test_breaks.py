from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.core.language import Language
from kiosk.text import breaks
from tests.text.layout import base, lines, readings


def cut(text: str, offsets: list[int]) -> list[str]:
    return [text[a:b] for a, b in zip([0, *offsets], [*offsets, len(text)], strict=True)]


def test_japanese_breaks_at_phrases(languages: dict[str, Language]) -> None:
    text = "在留カードを持っていますか。"
    assert cut(text, breaks.soft(text, languages["ja"])) == ["在留カードを", "持っていますか。"]


def test_korean_breaks_at_blanks_only(languages: dict[str, Language]) -> None:
    text = "재류카드에 대해 도움이 필요합니다"
    assert cut(text, breaks.soft(text, languages["ko"])) == ["재류카드에 ", "대해 ", "도움이 ", "필요합니다"]


@pytest.mark.parametrize(
    ("tag", "text", "word"),
    [("th", "ฉันต้องการความช่วยเหลือ", "ต้องการ"), ("my", "မျက်နှာပြင်တွင်", "မျက်နှာပြင်")],
)
def test_scripts_without_blanks_break_by_dictionary(
    languages: dict[str, Language], tag: str, text: str, word: str
) -> None:
    assert word in cut(text, breaks.soft(text, languages[tag]))


def test_offsets_count_characters_beyond_the_first_plane(languages: dict[str, Language]) -> None:
    text = "\U0001d400 a\U0001d400 b"
    assert cut(text, breaks.soft(text, languages["en"])) == ["\U0001d400 ", "a\U0001d400 ", "b"]


def test_a_japanese_word_in_another_language_stays_whole(languages: dict[str, Language]) -> None:
    text = "card (在留カード) now"
    assert cut(text, breaks.soft(text, languages["en"])) == ["card ", "(在留カード) ", "now"]


_japanese = st.lists(
    st.builds(
        lambda opening, word, closing: opening + word + closing,
        st.sampled_from(["", "「", "（"]),
        st.text("在留資格手続窓口あいうかっょカードーッ", min_size=2, max_size=9),
        st.sampled_from(["", "。", "、", "」", "）", "」。"]),
    ),
    min_size=1,
    max_size=12,
)


@settings(deadline=None, max_examples=60)
@given(words=_japanese, width=st.integers(160, 500))
def test_kinsoku(languages: dict[str, Language], words: list[str], width: int) -> None:
    text = "".join(words).lstrip("".join(breaks.NOT_FIRST))
    found = [base(line) for line in lines(text, languages["ja"], width)]
    assert "".join(found) == text
    # A stretch of nothing but such characters may leave no choice.
    for before, after in itertools.pairwise(found):
        if set(after[0]) & breaks.NOT_FIRST:
            assert all(c in breaks.NOT_FIRST for c in before[1:])
        assert before[-1] not in breaks.NOT_LAST or len(before) == 1


def test_a_wide_word_breaks_between_characters(languages: dict[str, Language]) -> None:
    found = [base(line) for line in lines("Donaudampfschifffahrtsgesellschaft", languages["en"], 100)]
    assert len(found) > 2
    assert "".join(found) == "Donaudampfschifffahrtsgesellschaft"


def test_a_cluster_is_never_cut(languages: dict[str, Language]) -> None:
    text = "လျှို့ဝှက်ချက်"
    starts = {0, *breaks.clusters(text)}
    at = 0
    for line in lines(text, languages["my"], 30):
        assert at in starts
        at += len(base(line))
    assert at == len(text)


def test_blanks_at_a_break_belong_to_no_line(languages: dict[str, Language]) -> None:
    found = [base(line) for line in lines("one two  three   four", languages["en"], 60)]
    assert all(line == line.strip() for line in found)
    assert " ".join(found).split() == ["one", "two", "three", "four"]


def test_a_base_keeps_its_reading_at_a_break(languages: dict[str, Language]) -> None:
    text = "{在留|ざいりゅう}{資格|しかく}{更新|こうしん}{手続|てつづ}き"
    found = lines(text, languages["ja-simple"], 60)
    assert len(found) > 1
    assert [(base(line), readings(line)) for line in found][:2] == [
        ("在留", "ざいりゅう"),
        ("資格", "しかく"),
    ]


@pytest.mark.parametrize(
    ("tag", "text", "torn"),
    [("my", "မျက်နှာပြင်တွင် သင့်နံပါတ်ပေါ်လာပါမည်", "မည်"), ("zh-Hans", "请在三号窗口前的座位上等候叫号吧", "吧")],
)
def test_no_syllable_is_left_alone_on_the_last_line(
    languages: dict[str, Language], tag: str, text: str, torn: str
) -> None:
    whole = sum(line.width for line in lines(text, languages[tag], 5000))
    found = lines(text, languages[tag], int(whole) - 3)
    assert len(found) == 2
    assert base(found[-1]).endswith(torn)
    assert len(base(found[-1])) > len(torn) + 2


def test_balanced_lines_are_of_like_length(languages: dict[str, Language]) -> None:
    text = "What do you want to talk about with the counselor today?"
    plain = [line.width for line in lines(text, languages["en"], 480)]
    even = [line.width for line in lines(text, languages["en"], 480, balance=True)]
    assert len(plain) == len(even) == 2
    assert max(even) - min(even) < max(plain) - min(plain)


@pytest.mark.parametrize(
    ("tag", "text", "upper"),
    [
        ("vi", "Bị ốm, bị thương, thuốc", "Bị ốm,"),
        ("vi", "Người cao tuổi, khuyết tật", "Người cao tuổi,"),
        ("ja", "引っ越し、結婚のときの届け", "引っ越し、"),
    ],
)
def test_balanced_lines_end_with_clauses(
    languages: dict[str, Language], tag: str, text: str, upper: str
) -> None:
    """Half way is mostly inside a phrase, in Vietnamese inside a word."""
    whole = sum(line.width for line in lines(text, languages[tag], 5000))
    found = lines(text, languages[tag], int(whole * 0.85), balance=True)
    assert [base(line).strip() for line in found] == [upper, text.removeprefix(upper).strip()]


def test_a_comma_does_not_make_a_line_very_short_or_too_long(languages: dict[str, Language]) -> None:
    text = "Yes, the place where you have to go is closed on that day"
    found = lines(text, languages["en"], 400, balance=True)
    assert base(found[0]).startswith("Yes, the place")
    text = "Where the counselors are on Fridays, there"
    (wide,) = lines(text.split(",")[0], languages["en"], 5000)
    for line in lines(text, languages["en"], int(wide.width) - 4, balance=True):
        assert line.width < wide.width
