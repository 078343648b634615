"""Vietnamese tone marks: pressed at any time in a word, they go where the word wants them."""

from __future__ import annotations

import re
import unicodedata

TONES = "\u0300\u0301\u0309\u0303\u0323"
"""Grave, acute, hook, tilde, dot below: huyền, sắc, hỏi, ngã, nặng."""
_SHAPES = "\u0302\u0306\u031b"
"""Circumflex, breve, horn: they make another vowel and attract the tone."""
_WORD = re.compile(r"[^\W\d_]+\Z")
_VOWELS = "aeiouy"


def put_tone(text: str, tone: str) -> str:
    """The text with a tone on its last word: on the vowel that spelling rules name, instead of another tone
    there, and off again where it stood already. A word without a vowel stays as it is."""
    text = unicodedata.normalize("NFC", text)
    found = _WORD.search(text)
    if found is None:
        return text
    letters = [unicodedata.normalize("NFD", letter) for letter in found[0]]
    group = _vowels(letters)
    if not group:
        return text
    had = any(tone in letters[at] for at in group)
    for at in group:
        letters[at] = "".join(mark for mark in letters[at] if mark not in TONES)
    if not had:
        letters[_bearer(letters, group)] += tone
    return text[: found.start()] + unicodedata.normalize("NFC", "".join(letters))


def _vowels(letters: list[str]) -> list[int]:
    """The last run of vowels; the u of qu and the i of gi belong to the consonant."""
    last = next((at for at in range(len(letters) - 1, -1, -1) if _is_vowel(letters[at])), None)
    if last is None:
        return []
    first = last
    while first and _is_vowel(letters[first - 1]):
        first -= 1
    pair = "".join(letters[max(0, first - 1) : first + 1]).lower()
    if first < last and pair in ("qu", "gi"):
        first += 1
    return list(range(first, last + 1))


def _is_vowel(letter: str) -> bool:
    return letter[0].lower() in _VOWELS


def _bearer(letters: list[str], group: list[int]) -> int:
    """Which vowel bears the tone: a shaped one, the last before a consonant, the middle of three, the first
    of two (traditional spelling: hòa, thúy)."""
    shaped = [at for at in group if any(mark in _SHAPES for mark in letters[at])]
    if shaped:
        return shaped[-1]
    if len(group) == 1 or group[-1] + 1 < len(letters):
        return group[-1]
    return group[1] if len(group) == 3 else group[0]
