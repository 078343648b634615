"""The words a model knows, and phrases cut into them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.heard import Spoken
from kiosk.speech.vocabulary import fit, grammar, lacking, named, word_list

KNOWN = {"모르", "겠습니다", "네", "첫", "번째", "在留", "在", "留", "カード", "[unk]", "don't"}


@pytest.mark.parametrize(
    ("phrase", "fitted"),
    [
        ("모르겠습니다", "모르 겠습니다"),
        ("첫 번째", "첫 번째"),
        ("在留カード", "在留 カード"),
        ("don't", "don't"),
        ("첫 zzz", ""),
        ("", ""),
    ],
)
def test_a_phrase_is_cut_into_the_fewest_known_words(phrase: str, fitted: str) -> None:
    assert fit(phrase, KNOWN.__contains__) == fitted


@given(st.text("모르겠습니다네첫번째 ", max_size=40))
def test_a_fitted_phrase_is_the_same_letters_in_known_words(phrase: str) -> None:
    fitted = fit(phrase, KNOWN.__contains__)
    assert all(word in KNOWN for word in fitted.split())
    assert not fitted or fitted.replace(" ", "") == "".join(phrase.split())


def test_a_grammar_holds_what_the_model_knows_and_some_other_word() -> None:
    told, ids = grammar([Spoken("yes", ("네", "zzz")), Spoken("no", ("yyy",))], KNOWN.__contains__)
    assert json.loads(told) == ["네", "[unk]"]
    assert ids == {"네": "yes"}
    assert grammar([Spoken("no", ("yyy",))], KNOWN.__contains__) == ("", {})


def test_the_words_of_the_korean_model_are_read_without_loading_it(model: Path) -> None:
    assert len(word_list(model)) > 400_000
    assert lacking(model, ["네", "모르겠습니다", "재류카드 qqqq", "세금"]) == ("재류카드 qqqq",)


@pytest.mark.parametrize("damaged", [b"", b"zeros" + bytes(100), b"\xd6\xfd\xb2\x7e" + b"\xff" * 60])
def test_a_damaged_list_is_no_list(tmp_path: Path, damaged: bytes) -> None:
    (tmp_path / "graph").mkdir()
    (tmp_path / "graph" / "Gr.fst").write_bytes(damaged)
    assert word_list(tmp_path) == frozenset()
    assert lacking(tmp_path, ["네"]) == ("네",)


def test_a_plain_word_list_is_read(tmp_path: Path) -> None:
    (tmp_path / "words.txt").write_text("<eps> 0\nhello 1\n", encoding="utf-8")
    assert "hello" in word_list(tmp_path)


@pytest.mark.parametrize(
    ("word", "known", "cut"),
    [
        ("맞습니다", {"맞", "습니다", "맞습", "니다"}, "맞 습니다"),
        ("맞아요", {"맞", "아요", "맞아", "요"}, "맞아 요"),
        ("아니에요", {"아니", "에", "요"}, "아니 에 요"),
    ],
)
def test_a_word_is_cut_as_it_sounds(word: str, known: set[str], cut: str) -> None:
    assert fit(word, known.__contains__) == cut


def test_one_letter_of_a_longer_phrase_may_be_cut_off_and_half_of_it_may_not() -> None:
    known = {"네", "맞", "습니다", "아니", "에", "요"}.__contains__
    choices = (Spoken("yes", ("네", "맞습니다")), Spoken("no", ("아니", "아니에요")))
    assert grammar(choices, known)[1] == {"네": "yes", "맞 습니다": "yes", "아니": "no"}


@pytest.mark.parametrize(
    ("reading", "choice"),
    [
        ("네", "yes"),
        ("네 네", "yes"),
        ("네 맞아 요", "yes"),
        ("네 요", "yes"),
        ("요", ""),
        ("요 네", ""),
        ("안 맞아 요", "no"),
        ("네 안 맞아 요", ""),
        ("네 안", ""),
        ("맞아", ""),
        ("네 <UNK>", ""),
        ("", ""),
    ],
)
def test_a_reading_names_the_choice_all_its_words_belong_to(reading: str, choice: str) -> None:
    assert named(reading, {"네": "yes", "맞아 요": "yes", "안 맞아 요": "no"}) == choice
