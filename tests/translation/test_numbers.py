from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.translation.numbers import Compared, numbers
from kiosk.translation.spelled import spelled


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
        ("14:00 on Monday", "月曜日の午後2時", "ja"),
        ("at 9 p.m.", "21時に", "ja"),
        ("from 9:00 to 17:00", "9時から17時まで", "ja"),
        ("at 8:30", "8時半に", "ja"),
        ("30% of the costs", "費用の3割", "ja"),
        ("2 children", "子どもがふたり", "ja"),
        ("令和7年3月", "March 2025", "en"),
        ("born in 1990", "平成2年生まれ", "ja"),
        ("2週間、眠れません", "很担心,两个星期睡不着", "zh"),
        ("2か月", "dos meses", "es"),
        ("15万円", "cento e cinquenta mil ienes", "pb"),
    ],
)
def test_the_same_number_in_another_form_is_kept(source: str, output: str, code: str) -> None:
    assert not Compared(source, output, _code(source), code).lost


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
        ("at 9 a.m.", "21時に", "ja"),
        ("for three months", "2か月間", "ja"),
        ("fifty thousand yen", "50万円", "ja"),
        ("세 달 동안", "2か月間", "ja"),
        ("三か月間", "for two months", "en"),
    ],
)
def test_a_lost_changed_or_invented_number_is_noticed(source: str, output: str, code: str) -> None:
    assert Compared(source, output, _code(source), code).lost


def _code(source: str) -> str:
    return "ko" if re.search("[가-힣]", source) else "en" if source.isascii() else "ja"


@given(st.text(max_size=200))
def test_a_text_keeps_its_own_numbers(text: str) -> None:
    assert not Compared(text, text, "ja", "ja").lost


@given(st.integers(0, 10**7), st.integers(0, 10**7))
def test_two_different_numbers_are_never_one(first: int, second: int) -> None:
    assert Compared(f"{first}円", f"{second}円", "ja", "ja").lost == (first != second)


@pytest.mark.parametrize(
    ("text", "code", "sure", "perhaps"),
    [
        ("twenty-five years and three children", "en", ["25", "3"], []),
        ("one hundred and fifty thousand yen", "en", ["150000"], []),
        ("born in nineteen ninety", "en", [], ["1990"]),
        ("zero nine zero one two", "en", [], ["09012"]),
        ("one of my friends came a second time", "en", [], ["1", "2"]),
        ("about two thousand", "en", ["2000"], []),
        ("several thousand", "en", [], ["1000"]),
        ("ba tôi", "vi", [], ["3"]),
        ("ba tháng", "vi", ["3"], []),
        ("năm ngoái", "vi", [], ["5"]),
        ("hai mươi lăm vạn yên", "vi", ["250000"], []),
        ("thứ hai", "vi", [], ["2"]),
        ("cento e cinquenta mil ienes", "pb", ["150000"], []),
        ("dois e três", "pb", ["2", "3"], []),
        ("我三个月十分担心", "zh", ["3"], ["10"]),
        ("二〇二五年", "zh", ["2025"], []),
        ("三四个月", "zh", [], ["3", "4"]),
        ("一万五千円、四日市市", "ja", ["15000"], ["4"]),
        ("서른다섯 살, 두 달", "ko", ["35", "2"], []),
        ("이 일", "ko", [], ["2"]),
        ("만일", "ko", [], []),
    ],
)
def test_words_that_are_surely_numbers_and_those_that_may_be(
    text: str, code: str, sure: list[str], perhaps: list[str]
) -> None:
    found = spelled(text, code)
    assert sorted(found.sure.elements()) == sorted(sure)
    assert set(perhaps) <= found.perhaps


def test_what_only_one_side_has_is_doubtful() -> None:
    assert Compared("I have not been paid.", "3か月間給料をもらっていません。", "en", "ja").doubtful == ("3",)
    assert Compared("Tôi có ba người con.", "子どもがいます。", "vi", "ja").doubtful == ("3",)
    assert Compared("I called the police.", "110番に電話しました。", "en", "ja").doubtful == ()
    assert Compared("I waited half a year.", "6か月待ちました。", "en", "ja").doubtful == ()
