from __future__ import annotations

import itertools

import pytest

from kiosk.core.language import Language
from kiosk.text.fonts import Family, Library
from kiosk.text.runs import choose


def drawn(text: str, language: Language) -> list[tuple[str, str]]:
    families = choose(text, Library(language.fonts), language)
    pairs: list[tuple[str, Family | None]] = list(zip(text, families, strict=True))
    return [
        (family.name if family else "", "".join(character for character, _ in group))
        for family, group in itertools.groupby(pairs, key=lambda pair: pair[1])
    ]


@pytest.mark.parametrize(
    ("tag", "text", "expected"),
    [
        ("en", "Counter 3", [("NotoSans", "Counter 3")]),
        ("ja", "窓口3の", [("NotoSansCJKjp", "窓口"), ("NotoSans", "3"), ("NotoSansCJKjp", "の")]),
        ("zh-Hans", "在留", [("NotoSansCJKsc", "在留")]),
        ("ko", "창구", [("NotoSansCJKkr", "창구")]),
        ("my", "နံပါတ် A012", [("NotoSansMyanmar", "နံပါတ်"), ("NotoSans", " A012")]),
        ("ne", "कार्ड (在留)", [("NotoSansDevanagari", "कार्ड"), ("NotoSansCJKjp", "在留")]),
        ("ur", "پر 3 پر", [("NotoNastaliqUrdu", "پر"), ("NotoSans", " 3 "), ("NotoNastaliqUrdu", "پر")]),
    ],
)
def test_fonts_follow_the_letters(
    languages: dict[str, Language], tag: str, text: str, expected: list[tuple[str, str]]
) -> None:
    found = drawn(text, languages[tag])
    for family, part in expected:
        assert any(family == name and part in letters for name, letters in found)


def test_a_cluster_is_drawn_by_one_font(languages: dict[str, Language]) -> None:
    for tag, text in (("my", "လျှို့"), ("ne", "र्त्तिँ"), ("vi", "e\u0302\u0323\u0301"), ("fa", "می\u200cخواهم")):
        assert len(drawn(text, languages[tag])) == 1


def test_other_scripts_are_drawn_from_the_fonts_at_hand(languages: dict[str, Language]) -> None:
    for text in ("ไทย", "ខ្មែរ", "עברית", "বাংলা", "Ελληνικά", "Русский", "→ ✓"):
        assert all(name for name, _ in drawn(text, languages["ja"])), text


def test_what_no_font_has_is_told(languages: dict[str, Language]) -> None:
    assert drawn("a\U0001f600b", languages["en"]) == [
        ("NotoSans", "a"),
        ("", "\U0001f600"),
        ("NotoSans", "b"),
    ]
    assert ("", "\x07") in drawn("a\x07", languages["en"])
