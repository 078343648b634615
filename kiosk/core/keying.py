"""From keys to text: what a key of the on-screen keyboard does to the text so far. Pure functions.

Text is always NFC. A key is the text it gives; keys that do something else have names in angle brackets.
"""

from __future__ import annotations

import unicodedata
from typing import Literal

from kiosk.core.burmese import put_sign
from kiosk.core.vietnamese import TONES, put_tone

Method = Literal["plain", "hangul", "kana", "pinyin", "vietnamese", "burmese"]
"""How the keys of a language work together."""

LEADS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
TAILS = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
# Two vowels or two finals that are written as one (Unicode's compatibility jamo).
DOUBLE_VOWELS = {
    "ㅗㅏ": "ㅘ",
    "ㅗㅐ": "ㅙ",
    "ㅗㅣ": "ㅚ",
    "ㅜㅓ": "ㅝ",
    "ㅜㅔ": "ㅞ",
    "ㅜㅣ": "ㅟ",
    "ㅡㅣ": "ㅢ",
}
DOUBLE_TAILS = {
    "ㄱㅅ": "ㄳ", "ㄴㅈ": "ㄵ", "ㄴㅎ": "ㄶ", "ㄹㄱ": "ㄺ", "ㄹㅁ": "ㄻ", "ㄹㅂ": "ㄼ", "ㄹㅅ": "ㄽ",
    "ㄹㅌ": "ㄾ", "ㄹㅍ": "ㄿ", "ㄹㅎ": "ㅀ", "ㅂㅅ": "ㅄ",
}  # fmt: skip
SPLIT_VOWELS = {double: parts for parts, double in DOUBLE_VOWELS.items()}
SPLIT_TAILS = {double: parts for parts, double in DOUBLE_TAILS.items()}
FIRST, LAST = 0xAC00, 0xD7A3

VOICED, HALF_VOICED = "\u3099", "\u309a"
SMALL = dict(
    zip("あいうえおつやゆよわアイウエオツヤユヨワ", "ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ", strict=True)
)
LARGE = {small: large for large, small in SMALL.items()}


def type_key(text: str, key: str, method: Method) -> str:
    """The text after pressing a key that gives text."""
    if method == "hangul" and key in LEADS + VOWELS:
        return _hangul(text, key)
    if method == "kana" and key in ("゛", "゜", "小"):
        return _kana(text, key)
    if method == "vietnamese" and key in TONES:
        return put_tone(text, key)
    if method == "burmese":
        return put_sign(text, key)
    return unicodedata.normalize("NFC", text + key)


def delete(text: str, method: Method) -> str:
    """The text after pressing delete: a Hangul syllable loses its last letter, anything else its last sign.

    In scripts that stack signs (Nepali, Burmese) one code point goes, so that a wrong vowel does not cost
    the consonant; an accent of Latin letters goes with its letter.
    """
    if not text:
        return ""
    if method == "hangul" and FIRST <= ord(text[-1]) <= LAST:
        return text[:-1] + _undone(text[-1])
    return text[:-1]


def _parts(syllable: str) -> tuple[str, str, str]:
    """Lead, vowel and final (empty for none) of a syllable."""
    index = ord(syllable) - FIRST
    tail = TAILS[index % 28].strip()
    return LEADS[index // 588], VOWELS[index % 588 // 28], tail


def _syllable(lead: str, vowel: str, tail: str = "") -> str:
    return chr(FIRST + LEADS.index(lead) * 588 + VOWELS.index(vowel) * 28 + TAILS.index(tail or " "))


def _hangul(text: str, key: str) -> str:
    """Two-set keyboard: letters gather into syllables; a vowel takes the last final with it."""
    last, before = text[-1:], text[:-1]
    if last and FIRST <= ord(last) <= LAST:
        lead, vowel, tail = _parts(last)
        if key in VOWELS:
            return before + _with_vowel(lead, vowel, tail, key)
        if not tail and key in TAILS:
            return before + _syllable(lead, vowel, key)
        if tail and (double := DOUBLE_TAILS.get(tail + key)):
            return before + _syllable(lead, vowel, double)
        return text + key
    if last in LEADS and last and key in VOWELS:
        return before + _syllable(last, key)
    if last in VOWELS and last and (double := DOUBLE_VOWELS.get(last + key)):
        return before + double
    return text + key


def _with_vowel(lead: str, vowel: str, tail: str, key: str) -> str:
    if not tail:
        joined = DOUBLE_VOWELS.get(vowel + key)
        return _syllable(lead, joined) if joined else _syllable(lead, vowel) + key
    double = SPLIT_TAILS.get(tail, "")
    kept, moved = double[:1], double[1:] or tail
    if moved not in LEADS:
        return _syllable(lead, vowel, tail) + key
    return _syllable(lead, vowel, kept) + _syllable(moved, key)


def _undone(syllable: str) -> str:
    lead, vowel, tail = _parts(syllable)
    if tail:
        return _syllable(lead, vowel, SPLIT_TAILS[tail][0] if tail in SPLIT_TAILS else "")
    if vowel in SPLIT_VOWELS:
        return _syllable(lead, SPLIT_VOWELS[vowel][0])
    return lead


def _kana(text: str, key: str) -> str:
    """Voicing, half voicing and small writing of the last kana, on and off again."""
    if not text:
        return text
    before, last = text[:-1], text[-1]
    if key == "小":
        return before + SMALL.get(last, LARGE.get(last, last))
    mark = VOICED if key == "゛" else HALF_VOICED
    apart = unicodedata.normalize("NFD", last)
    plain = apart[0]
    if apart[1:] == mark:
        return before + plain
    marked = unicodedata.normalize("NFC", plain + mark)
    return before + (marked if len(marked) == 1 else last)
