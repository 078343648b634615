from __future__ import annotations

import unicodedata
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.keying import LEADS, VOWELS, Method, delete, type_key
from kiosk.core.pinyin import LONGEST, Candidate, Speller
from kiosk.core.vietnamese import TONES

GRAVE, ACUTE, HOOK, TILDE, DOT = tuple(TONES)


def typed(keys: Iterable[str], method: Method) -> str:
    text = ""
    for key in keys:
        text = type_key(text, key, method)
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


# Each sign that a key of these languages may give, and what is typed between them.
ALPHABETS: dict[Method, str] = {
    "plain": "abcáç कखािी्ंर" + "\u0301\u0302",
    "hangul": LEADS + VOWELS + " a",
    "kana": "あかさたなはつうワヷ゛゜小ー ",
    "vietnamese": "aăâeêoơuưyngqit " + TONES,
    "burmese": "ကခငသမရအ" + "".join(map(chr, range(0x102B, 0x103F))) + " ၊",
}


@pytest.mark.parametrize("method", ALPHABETS)
@given(data=st.data())
def test_any_keys_of_any_language_give_nfc_and_delete_empties_it(method: Method, data: st.DataObject) -> None:
    keys = data.draw(st.lists(st.sampled_from(ALPHABETS[method]), max_size=30))
    text = typed(keys, method)
    assert unicodedata.is_normalized("NFC", text)
    for _ in range(len(text) * 5 + 1):  # a syllable has up to five letters
        text = delete(text, method)
        assert unicodedata.is_normalized("NFC", text)
    assert text == ""


@pytest.mark.parametrize(("method", "keys"), [("plain", "abáक1"), ("hangul", LEADS), ("burmese", "ကခငသ")])
@given(data=st.data())
def test_delete_undoes_a_letter(method: Method, keys: str, data: st.DataObject) -> None:
    before = typed(data.draw(st.lists(st.sampled_from(ALPHABETS[method]), max_size=12)), method)
    key = data.draw(st.sampled_from(keys))
    after = type_key(before, key, method)
    if len(after) == len(before) + 1 and not after.startswith(before):
        return  # Burmese: a vowel that waited for this consonant stays behind it
    assert delete(after, method) == before


@pytest.mark.parametrize(
    ("word", "tone", "expected"),
    [
        ("hoa", GRAVE, "hòa"),
        ("thuy", ACUTE, "thúy"),
        ("tiên", GRAVE, "tiền"),
        ("muôn", ACUTE, "muốn"),
        ("lương", HOOK, "lưởng"),
        ("người", ACUTE, "ngưới"),
        ("qua", ACUTE, "quá"),
        ("quy", ACUTE, "quý"),
        ("gia", GRAVE, "già"),
        ("gi", GRAVE, "gì"),
        ("ngoai", GRAVE, "ngoài"),
        ("khuyu", HOOK, "khuỷu"),
        ("toan", TILDE, "toãn"),
        ("cua", HOOK, "của"),
        ("được", DOT, "đươc"),
        ("HOA", GRAVE, "HÒA"),
        ("xin chao", GRAVE, "xin chào"),
        ("ng", GRAVE, "ng"),
        ("chào ", GRAVE, "chào "),
        ("", DOT, ""),
    ],
)
def test_a_tone_goes_to_its_vowel(word: str, tone: str, expected: str) -> None:
    assert type_key(word, tone, "vietnamese") == expected


def test_letters_after_the_tone_do_not_lose_it() -> None:
    assert typed(["t", "i", "ê", GRAVE, "n"], "vietnamese") == "tiền"
    assert typed(["v", "i", "ê", "t", DOT], "vietnamese") == "việt"


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        ("ကျောင်း", "ကျောင်း"),
        ("ကေျာင်း", "ကျောင်း"),
        ("ေကျာင်း", "ကျောင်း"),
        ("ေြမ", "မြေ"),
        ("သူ ေမ", "သူ မေ"),
        ("မှြ", "မြှ"),
        ("လစာ", "လစာ"),
        ("င်ေမ", "င်မေ"),
    ],
)
def test_burmese_signs_find_their_place(keys: str, text: str) -> None:
    assert typed(keys, "burmese") == unicodedata.normalize("NFC", text)


@pytest.fixture(scope="module")
def speller() -> Speller:
    return Speller(
        {
            "gong": (("工", 40), ("公", 39)),
            "gongsi": (("公司", 42),),
            "gongzi": (("工资", 37), ("公子", 33)),
            "si": (("四", 41),),
            "zi": (("子", 40),),
            "wo": (("我", 55),),
            "de": (("的", 60),),
        }
    )


def words(speller: Speller, typed: str) -> list[str]:
    return [candidate.word for candidate in speller.candidates(typed)]


def test_chinese_whole_matches_first_then_longer_then_shorter(speller: Speller) -> None:
    assert words(speller, "gong") == ["工", "公", "公司", "工资", "公子"]
    assert words(speller, "gongz") == ["工资", "公子", "工", "公"]
    assert words(speller, "gongzi")[:2] == ["工资", "公子"]
    assert words(speller, "") == []
    assert words(speller, "zzz") == []


def test_chinese_sentences_are_made_of_the_likeliest_words(speller: Speller) -> None:
    first, *rest = speller.candidates("wodegongzi")
    assert first == Candidate("我的工资", 10)
    assert Candidate("我", 2) in rest, "and word by word"
    assert speller.candidates("wodez")[0] == Candidate("我的", 4)


@given(st.text(alphabet="gonsizwdexq", max_size=60))
def test_every_candidate_spells_some_of_what_was_typed(typed: str) -> None:
    table = {"gong": (("工", 40),), "zi": (("子", 40),), "wode": (("我的", 10),), "wo": (("我", 50),)}
    found = Speller(table).candidates(typed)
    assert len(set(found)) == len(found)
    assert all(0 < candidate.letters <= min(len(typed), LONGEST) for candidate in found)
