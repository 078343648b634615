from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.language import Language
from kiosk.text.bidi import levels, visual
from tests.text.layout import base, lines


def shown(text: str, rtl: bool = True) -> str:
    """The characters from left to right."""
    return "".join(visual(text, levels(text, rtl)))


# Hebrew letters stand for right-to-left text here, because editors show them in the order of typing.
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("אבג", "גבא"),
        ("אבג A012 דה", "הד A012 גבא"),
        ("אב 20 גד", "דג 20 בא"),
        ("אב (20 גד) ה", "ה )דג 20( בא"),
        ("אב: 3 / 7", "3 / 7 :בא"),
        ("אב 03-1234-5678 גד", "דג 03-1234-5678 בא"),
        ("اب 03-1234-5678", "03-1234-5678 با"),
        ("اب 10:30", "10:30 با"),
        ("اب 50%", "50% با"),
    ],
)
def test_numbers_and_latin_keep_their_order_in_right_to_left_text(text: str, expected: str) -> None:
    assert shown(text) == expected


def test_right_to_left_words_in_left_to_right_text() -> None:
    assert shown("see אב גד now", rtl=False) == "see דג בא now"
    assert shown("no such words (3)", rtl=False) == "no such words (3)"


def test_a_direction_mark_decides() -> None:
    assert shown("!אב", rtl=False) == "!בא"
    assert shown("\u200f!אב", rtl=False) == "בא!\u200f"


@given(st.text(), st.booleans())
def test_every_character_has_a_level_and_a_place(text: str, rtl: bool) -> None:
    found = levels(text, rtl)
    assert len(found) == len(text)
    assert sorted(visual(range(len(text)), found)) == list(range(len(text)))


def test_an_urdu_line_stands_from_right_to_left(languages: dict[str, Language]) -> None:
    (line,) = lines("نمبر A012 پر", languages["ur"], 2000)
    assert base(line).split() == ["پر", "A012", "نمبر"]
    xs = [placed.x for placed in line.placed]
    assert xs == sorted(xs)


def test_an_urdu_paragraph_breaks_in_the_order_of_reading(languages: dict[str, Language]) -> None:
    text = "کاؤنٹر 3 کے سامنے انتظار کریں جب نمبر A012 پکارا جائے"
    found = lines(text, languages["ur"], 180)
    assert len(found) > 1
    assert "3" in base(found[0])
    assert "A012" not in base(found[0])
