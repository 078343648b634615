from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.translation.sentences import LONGEST, split


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("First. Is it the second?\n third", "en", ["First.", "Is it the second?", "third"]),
        ("なくしました。どうすればいいですか？", "ja", ["なくしました。", "どうすればいいですか？"]),
        ("公司不给钱。怎么办？", "zh-Hans", ["公司不给钱。", "怎么办？"]),
        ("월급을 못 받았어요. 도와주세요.", "ko", ["월급을 못 받았어요.", "도와주세요."]),
        (
            "회사가 월급을 안 줬어요 계속 기다리라고만 해요 어떻게 해야 하나요",
            "ko",
            ["회사가 월급을 안 줬어요", "계속 기다리라고만 해요", "어떻게 해야 하나요"],
        ),
        ("월급을 받지 못했습니다 도와주세요", "ko", ["월급을 받지 못했습니다", "도와주세요"]),
        ("  \n \n", "ko", []),
        ("He said no. I left.", "en", ["He said no.", "I left."]),
        ("I am 35. My son is 4.", "en", ["I am 35.", "My son is 4."]),
    ],
)  # fmt: skip
def test_sentences_are_found(text: str, language: str, expected: list[str]) -> None:
    assert split(text, language) == expected


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Mr. Tanaka and Dr. J. Silva of St. Luke's hit me at 9 a.m. on Monday.", "en"),
        ("The U.S. Embassy is at No. 5, Room 12.", "en"),
        ("1. My boss took my passport.", "en"),
        ("O Sr. João e a Sra. Maria moram na Av. Paulista, no. 5.", "pt-BR"),
        ("Ông Nguyễn V. An ở TP. Hồ Chí Minh.", "vi"),
        ("재류카드가 2026. 3. 5.에 만료됩니다.", "ko"),
        ("2026. 3. 5. 에 만료됩니다.", "ko"),
        ("제 생일은 1990. 1. 2.입니다.", "ko"),
    ],
)
def test_a_full_stop_of_an_abbreviation_a_date_or_a_list_ends_no_sentence(text: str, language: str) -> None:
    assert split(text, language) == [text]


def test_chinese_letters_fill_a_model_sooner_than_latin_ones() -> None:
    pieces = split("我三个月没有拿到工资，" * 40, "zh")
    assert max(map(len, pieces)) <= LONGEST // 2
    assert all(piece.endswith("工资，") for piece in pieces)


def test_a_long_sentence_is_cut_at_its_clauses() -> None:
    text = ", ".join(["the company did not pay me and told me to wait"] * 12)
    pieces = split(text, "en")
    assert len(pieces) > 1
    assert all(piece.startswith("the company") and piece.rstrip(",").endswith("wait") for piece in pieces)


@given(st.text(max_size=1000), st.sampled_from(["ko", "en", "ja", "zh-Hans", "vi", "pt-BR", "my", "xx"]))
def test_nothing_but_spaces_is_lost(text: str, language: str) -> None:
    import unicodedata

    pieces = split(text, language)
    assert all(piece and len(piece) <= LONGEST for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(unicodedata.normalize("NFC", text).split())
