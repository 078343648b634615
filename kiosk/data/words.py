"""Checks the words of one catalogue entry; every rule answers with what to mend, or with nothing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

KANJI = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff々〆]")
RUBY = re.compile(r"\{([^{}|]*)\|([^{}|]*)\}")
PLACEHOLDER = re.compile(r"\{(\w+)\}")
MOST_CHARACTERS = 40
"""Of a sentence in やさしい日本語, as the agencies' guideline of 2020 is usually measured."""
MOST_KANJI = 13
_READING = re.compile(r"[\u3041-\u3096\u30a1-\u30fa\u30fcー・]+")
_ZAWGYI = re.compile(r"[\u1060-\u1097]|(?:^|[\s\u104a\u104b(])[\u1031\u103b-\u103e]")
"""Zawgyi's own code points, and a vowel or medial written before its consonant, as Zawgyi stores it."""


def check_words(tag: str, words: str, japanese: str) -> Iterator[str]:
    """What is wrong with `words` in the language `tag`, given the standard Japanese."""
    wanted, there = set(PLACEHOLDER.findall(japanese)), set(PLACEHOLDER.findall(words))
    if missing := wanted - there:
        yield f"the placeholder {_named(missing)} is missing"
    if added := there - wanted:
        yield f"there is a placeholder {_named(added)} that the Japanese does not have"
    plain = RUBY.sub("", words) if tag == "ja-simple" else words
    if re.search(r"[{}]|\|", PLACEHOLDER.sub("", plain)):
        yield "a brace or | is left over; readings are written {漢字|かんじ}, only in ja-simple"
    if digits := sorted({sign for sign in words if unicodedata.category(sign) == "Nd" and sign > "9"}):
        yield f"write digits as 0-9, not {' '.join(digits)}"
    if unicodedata.normalize("NFC", words) != words:
        yield "the letters are not in NFC form"
    if words != words.strip():
        yield "there is a blank at the beginning or the end"
    if tag == "ja-simple":
        yield from check_plain_japanese(words)
    if tag == "my" and _ZAWGYI.search(words):
        yield "this looks like Zawgyi; write Unicode Burmese"


def check_plain_japanese(words: str) -> Iterator[str]:
    """A reading on every kanji, and sentences that are short enough."""
    for base, reading in RUBY.findall(words):
        if not KANJI.search(base) or not _READING.fullmatch(reading):
            yield f"{{{base}|{reading}}} is no reading of kanji; write {{漢字|かんじ}}"
    if bare := KANJI.search(RUBY.sub("", words)):
        yield f"{bare[0]} has no reading; write {{漢字|かんじ}}"
    for sentence in re.split(r"(?<=[。？！?!])|\n", PLACEHOLDER.sub("", RUBY.sub(r"\1", words))):
        length = len(re.sub(r"\s", "", sentence))
        kanji = len(KANJI.findall(sentence))
        if length > MOST_CHARACTERS:
            yield f"a sentence of {length} characters; at most {MOST_CHARACTERS}"
        if kanji > MOST_KANJI:
            yield f"a sentence with {kanji} kanji; at most {MOST_KANJI}"


def _named(names: set[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(names))
