"""Syllables of words whose number is beyond doubt, the grade of known texts, and what a fault says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.data.reading import OFFICIAL, faults, grade, hard_words, split, syllables

COUNTED = {
    1: "work card tax school health please month change moved closed asked rent young threats cheap",
    2: "city office money permit number doctor paper over living people seven person's hello trying wanted "
    "business science language safety poet table houses careful",
    3: "hospital apartment visitor area period insurance created residence employer accident violence radio "
    "passenger holiday important certified languages offices",
    4: "emergency information certificate january interpreter maternity experience immigration",
    5: "disability university vocabulary examination nationality refrigerator cooperation",
}
TABLE = [(word, number) for number, words in COUNTED.items() for word in words.split()]


@pytest.mark.parametrize(("word", "number"), TABLE)
def test_syllables(word: str, number: int) -> None:
    assert syllables(word) == number


def test_the_table_has_sixty_words() -> None:
    assert len(TABLE) >= 60


def test_the_grade_is_the_formula_of_1975() -> None:
    """Six words of one syllable in one sentence: 0.39 × 6 + 11.8 × 1 - 15.59 = -1.45, told as 0."""
    assert grade(["The cat sat on the mat."]) == 0.0
    # Four words in two sentences, ten syllables.
    assert grade(["Renting apartments", "Finding hospitals"]) == pytest.approx(
        0.39 * 2 + 11.8 * (2 + 3 + 2 + 3) / 4 - 15.59
    )
    assert grade([]) == grade(["…", "?"]) == 0.0


def test_an_official_term_counts_as_known_by_sight() -> None:
    assert grade(["Which certificate is it?"]) < grade(["Which refrigerator is it?"])
    assert hard_words(["Immigration, University, certificates"]) == ()
    assert all(syllables(word) >= 3 and reason for word, reason in OFFICIAL.items())


def test_faults_name_the_words_and_the_sentence() -> None:
    told = list(faults(["Was there discrimination against you, or misrepresentation of eligibility?"]))
    assert "discrimination, misrepresentation, eligibility" in told[0]
    assert "school year" in told[1]
    assert "misrepresentation" in told[1]
    long = "Did you go to the shop and buy it and take it to the man who said no?"
    assert list(faults([long])) == [f"a sentence of 18 words; at most 15: {long}"]
    assert list(faults(["When did you move?", "In the last 14 days", "I will move soon"])) == []


def test_sentences_and_placeholders() -> None:
    assert [part.strip() for part in split("Go there. {name} helps!\nCome back?")] == [
        "Go there.",
        "helps!",
        "Come back?",
    ]


@given(st.text(max_size=200))
def test_any_text_has_a_grade(text: str) -> None:
    assert grade(split(text)) >= 0.0
    list(faults(split(text)))


@given(st.from_regex(r"[A-Za-z]{1,20}", fullmatch=True))
def test_every_word_has_a_syllable(word: str) -> None:
    assert 1 <= syllables(word) <= len(word) + 1
