from __future__ import annotations

import pyopenjtalk
import pytest

from kiosk.speech.spoken import for_espeak, for_japanese, plain


def phonemes(text: str) -> str:
    return str(pyopenjtalk.g2p(text))


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("{在留|ざいりゅう}カードは {持|も}って いますか", "在留カードは持っていますか"),
        ("この{方|かた}です", "このかたです"),  # alone the dictionary reads it ホー
        ("{先生|せんせい}と {方向|ほうこう}", "先生と方向"),  # a long vowel is the same however it is written
        ("A012番の方", "A 0 1 2番の方"),
        ("B1001番", "B 1 0 0 1番"),
        ("2026年", "2026年"),
        ("Hello Work へ", "Hello Work へ"),
    ],
)
def test_japanese_as_it_is_spoken(written: str, spoken: str) -> None:
    assert for_japanese(written, phonemes) == spoken


def test_other_languages() -> None:
    assert plain("{番号|ばんごう} A012 (10 phút)") == "番号 A 0 1 2 (10 phút)"
    assert for_espeak("press [[a]]") == "press [ a ]"
