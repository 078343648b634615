from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.translation.numbers import lost, numbers


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("２か月", ["2"]),
        ("1,200円", ["1200"]),
        ("1.200 đồng", ["1200"]),
        ("50만 엔", ["500000"]),
        ("오십만 엔", ["500000"]),
        ("만 엔", ["10000"]),
        ("만약 이만큼", []),
        ("５０万円", ["500000"]),
        ("1만 5천 엔", ["15000"]),
        ("2 triệu", ["2000000"]),
        ("3.5 hours", ["3.5"]),
        ("2026-03-05", ["2026", "3", "5"]),
        ("2026. 3. 5.", ["2026", "3", "5"]),
        ("3월 5일", ["3", "5"]),
        ("၁၂", ["12"]),
        ("090-1234-5678", ["09012345678"]),
        ("090 1234 5678", ["09012345678"]),
        ("no digits", []),
    ],
)
def test_numbers_are_normalized(text: str, expected: list[str]) -> None:
    assert sorted(numbers(text).elements()) == sorted(expected)


@pytest.mark.parametrize(
    ("source", "output", "code"),
    [
        ("2달 동안", "2か月間", "ja"),
        ("2달 동안", "二か月間", "ja"),
        ("12월", "十二月", "ja"),
        ("50만 엔", "50万円", "ja"),
        ("500,000 yen", "五十万円", "ja"),
        ("2か月", "두 달", "ko"),
        ("2か月", "two months", "en"),
        ("3月5日", "March 5", "en"),
        ("1週間", "일주일", "ko"),
        ("3日", "사흘", "ko"),
        ("두 달", "2か月", "ja"),
        ("0570-090110", "0570-090110", "ja"),
    ],
)
def test_the_same_number_in_another_form_is_kept(source: str, output: str, code: str) -> None:
    assert not lost(source, output, code)


@pytest.mark.parametrize(
    ("source", "output", "code"),
    [
        ("2달 동안", "3か月間", "ja"),
        ("2달 동안", "長い間", "ja"),
        ("50만 엔", "5万円", "ja"),
        ("오만 엔", "50万円", "ja"),
        ("10,000 yen", "10万円", "ja"),
        ("2か月", "three months", "en"),
        ("090-1234-5678", "090-1234-5679", "ja"),
        ("090-1234-5678", "90-1234-5678", "ja"),
        ("전화해 주세요", "0570-090110に電話してください", "ja"),
        ("3월 3일", "3月", "ja"),
    ],
)
def test_a_lost_changed_or_invented_number_is_noticed(source: str, output: str, code: str) -> None:
    assert lost(source, output, code)


@given(st.text(max_size=200))
def test_a_text_keeps_its_own_numbers(text: str) -> None:
    assert not lost(text, text, "ja")


@given(st.integers(0, 10**7), st.integers(0, 10**7))
def test_two_different_numbers_are_never_one(first: int, second: int) -> None:
    assert lost(f"{first}円", f"{second}円", "ja") == (first != second)
