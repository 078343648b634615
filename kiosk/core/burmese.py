"""Burmese in Unicode's order, whatever the order in which a person presses the signs.

Order within a syllable: consonant, medials y r w h, vowel e, vowels above and below, vowel aa, anusvara,
dot below, visarga (Unicode Technical Note 11).
"""

from __future__ import annotations

import unicodedata

E = "\u1031"
RANK = {
    "\u103b": 1, "\u103c": 2, "\u103d": 3, "\u103e": 4, E: 5, "\u102d": 6, "\u102e": 6, "\u1032": 6,
    "\u102f": 7, "\u1030": 7, "\u102b": 8, "\u102c": 8, "\u1036": 9, "\u1037": 10, "\u1038": 11,
}  # fmt: skip
"""Signs that join the consonant before them, by their place in the syllable."""


def put_sign(text: str, key: str) -> str:
    """The text with a key's sign at its place; other keys go to the end.

    The vowel e is seen before its consonant: who presses it first gets the same syllable.
    """
    at = len(text)
    if key in RANK:
        while at and RANK.get(text[at - 1], 0) > RANK[key]:
            at -= 1
    elif len(key) == 1 and is_consonant(key):
        at -= len(_waiting(text))
    return unicodedata.normalize("NFC", text[:at] + key + text[at:])


def is_consonant(sign: str) -> bool:
    return "\u1000" <= sign <= "\u1021" or sign == "\u103f"


def _waiting(text: str) -> str:
    """The signs at the end that came before their consonant: a vowel e with its medials."""
    at = len(text)
    while at and text[at - 1] in RANK:
        at -= 1
    signs = text[at:]
    return signs if E in signs and not is_consonant(text[at - 1 : at] or " ") else ""
