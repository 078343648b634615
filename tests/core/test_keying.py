from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.keying import LEADS, VOWELS, candidates, delete, type_key


def typed(keys: str, method: str) -> str:
    text = ""
    for key in keys:
        text = type_key(text, key, method)  # type: ignore[arg-type]
    return text


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        ("ㅇㅜㅓㄹㄱㅡㅂ", "월급"),
        ("ㅎㅏㄱㄱㅛ", "학교"),
        ("ㅇㅓㅂㅅㅇㅓㅇㅛ", "없어요"),
        ("ㅇㅓㅂㅅㅓ", "업서"),
        ("ㄱㅏㅂㅅㅣ", "갑시"),
        ("ㄷㅏㄹㄱ", "닭"),
        ("ㅇㅡㅣㅅㅏ", "의사"),
        ("ㄲㅗㅊ", "꽃"),
        ("ㅏㄱ", "ㅏㄱ"),
        ("ㅗㅏ", "ㅘ"),
        ("ㅎㅏㅃㅏ", "하빠"),
    ],
)
def test_hangul(keys: str, text: str) -> None:
    assert typed(keys, "hangul") == text


def test_hangul_is_taken_apart_letter_by_letter() -> None:
    steps = []
    text = "닭"
    while text:
        text = delete(text, "hangul")
        steps.append(text)
    assert steps == ["달", "다", "ㄷ", ""]


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        ("か゛", "が"),
        ("か゛゛", "か"),
        ("は゜", "ぱ"),
        ("は゛゜", "ぱ"),
        ("つ小", "っ"),
        ("つ小小", "つ"),
        ("ん゛", "ん"),
        ("゛", ""),
    ],
)
def test_kana(keys: str, text: str) -> None:
    assert typed(keys, "kana") == text


def test_accents_join_their_letter() -> None:
    assert typed("Vie\u0302\u0323t", "plain") == "Việt"
    assert typed("na\u0303o", "plain") == "não"
    assert len(typed("a\u0302\u0301", "plain")) == 1


@given(st.text(alphabet=LEADS + VOWELS + " a", max_size=30))
def test_any_keys_give_nfc_and_delete_reaches_the_end(keys: str) -> None:
    text = typed(keys, "hangul")
    assert unicodedata.is_normalized("NFC", text)
    for _ in range(len(keys) * 3 + 1):
        shorter = delete(text, "hangul")
        assert shorter != text or not text
        text = shorter
    assert text == ""


@given(st.lists(st.sampled_from(list("あかさたなはつ゛゜小ー")), max_size=20))
def test_kana_marks_never_lengthen(keys: list[str]) -> None:
    plain = sum(key not in "゛゜小" for key in keys)
    assert len(typed("".join(keys), "kana")) == plain


def test_chinese_words_whole_matches_first_then_longer() -> None:
    table = {"gong": ("工", "公"), "gongsi": ("公司",), "gongzi": ("工资",), "wo": ("我",)}
    keys = tuple(sorted(table))
    assert candidates(table, keys, "gong") == ("工", "公", "公司", "工资")
    assert candidates(table, keys, "gongz") == ("工资",)
    assert candidates(table, keys, "") == ()
    assert candidates(table, keys, "zzz") == ()
