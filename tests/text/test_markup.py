from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from kiosk.text.markup import Ruby, plain, read, spoken


def test_takes_the_reading_off_its_base() -> None:
    marked = read("{在留|ざいりゅう}カードと{本|ほん}")
    assert marked.text == "在留カードと本"
    assert marked.rubies == (Ruby(0, 2, "ざいりゅう"), Ruby(6, 7, "ほん"))


def test_a_brace_without_reading_stays() -> None:
    for text in ("{number}", "{|x}", "{在留|}", "{a|b", "{ 在|ざい}", "{在 |ざい}"):
        assert read(text).text == text
        assert read(text).rubies == ()


def test_plain_and_spoken() -> None:
    assert plain("{言葉|ことば}を {選|えら}ぶ {n}") == "言葉を 選ぶ {n}"
    assert spoken("{言葉|ことば}を {選|えら}ぶ {n}") == "ことばを えらぶ {n}"


def test_every_line_end_is_one_new_line() -> None:
    assert read("a\r\nb\rc\u2028d\x85e").text == "a\nb\nc\nd\ne"


@given(st.text())
def test_the_text_is_nfc_and_readings_lie_inside(text: str) -> None:
    marked = read(text)
    assert unicodedata.is_normalized("NFC", read("Ti\u0065\u0302\u0301ng").text)
    ends = [0]
    for ruby in marked.rubies:
        assert ends[-1] <= ruby.start < ruby.end <= len(marked.text)
        ends.append(ruby.end)
