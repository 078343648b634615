"""What may be said for a choice."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.data.catalogue import load
from kiosk.data.spoken import (
    FILE,
    confirming,
    faults,
    from_label,
    plain,
    questions_own,
    read_spoken,
    spoken_choices,
)
from kiosk.paths import LANGUAGES

SPEAKING = ("ja", "en", "zh-Hans", "ko", "vi", "pt-BR")


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("{年金|ねんきん}・{福祉|ふくし}", ("年金 福祉", "年金", "福祉")),
        ("Contract, hours, days off", ("contract hours days off", "contract", "hours", "days off")),
        ("Specialist (Gyoseishoshi)", ("specialist",)),
        ("I don’t know", ("i don't know",)),
        ("자동차·교통", ("자동차 교통", "자동차", "교통")),
        ("…", ()),
    ],
)
def test_a_label_is_said_whole_or_by_its_parts(label: str, said: tuple[str, ...]) -> None:
    assert from_label(label) == said


def test_what_fits_two_choices_is_said_for_neither() -> None:
    choices = spoken_choices({"a": "Tax, health", "b": "Health, car"}, read_spoken("en"), {"a": "", "b": ""})
    assert "health" not in choices[0].phrases + choices[1].phrases
    assert "tax" in choices[0].phrases
    assert "car" in choices[1].phrases


def test_places_count_the_choices_of_the_list_alone() -> None:
    labels = {"work": "Work", "tax": "Tax", "unknown": "I don't know"}
    by_id = {one.id: one.phrases for one in spoken_choices(labels, read_spoken("en"))}
    assert "the first" in by_id["work"]
    assert "the second" in by_id["tax"]
    assert not any("third" in phrase for phrase in by_id["unknown"])
    turned = {
        one.id: one.phrases for one in spoken_choices(labels, read_spoken("en"), counted=["tax", "work"])
    }
    assert "the first" in turned["tax"]


@pytest.mark.parametrize("tag", SPEAKING)
def test_every_speaking_language_can_confirm_and_count_six(tag: str) -> None:
    words = read_spoken(tag)
    yes, no = confirming(words)
    assert yes.phrases
    assert no.phrases
    assert not set(yes.phrases) & set(no.phrases)
    assert len(words.places) == 6
    assert words.choice.keys() == read_spoken("en").choice.keys()


NEGATED = {
    "ja": ("合っていません", "そうではありません"),
    "en": ("not right", "that is not right", "not correct"),
    "zh-Hans": ("不是", "不是的", "不对"),
    "ko": ("안 맞아요", "아닙니다"),
    "vi": ("không đúng", "không phải", "dạ không"),
    "pt-BR": ("não está certo", "não é", "isso não"),
}
"""What is said for no and begins or ends like a yes."""


@pytest.mark.parametrize("tag", SPEAKING)
def test_no_no_is_part_of_a_yes_and_what_sounds_like_a_yes_is_a_no_as_a_whole(tag: str) -> None:
    yes, no = (choice.phrases for choice in confirming(read_spoken(tag)))
    assert not [(one, other) for one in yes for other in no if f" {other} " in f" {one} "]
    assert set(NEGATED[tag]) <= set(no)


@pytest.mark.parametrize("tag", SPEAKING)
def test_what_stands_on_the_buttons_can_be_said(tag: str) -> None:
    words = load(tag, LANGUAGES)
    for choice in confirming(read_spoken(tag)):
        assert plain(words.text(f"voice.{choice.id}")) in choice.phrases


def test_a_questions_own_choices_have_no_synonyms_but_yes_and_no() -> None:
    keys = questions_own(("self", "work", "yes"))
    assert keys == {"self": "", "work": "", "yes": "yes"}
    labels = {"self": "Life is too hard to go on", "yes": "Yes"}
    by_id = {one.id: one.phrases for one in spoken_choices(labels, read_spoken("en"), keys, ())}
    assert by_id["self"] == ("life is too hard to go on",)
    assert "yeah" in by_id["yes"]


def test_plain_japanese_speaks_japanese_and_others_nothing() -> None:
    assert read_spoken("ja-simple") == read_spoken("ja")
    assert read_spoken("my").choice == {}


def test_the_shipped_files_are_sound() -> None:
    assert list(faults(LANGUAGES, SPEAKING)) == []


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("[choice", "TOML"),
        ('[choice]\nyes = ["a"]', "choice.no"),
        ('[choice]\nyes = "a"\nno = ["b"]', "choice.yes"),
        ('[choice]\nyes = ["a"]\nno = ["A!"]', "choice.yes"),
        ('places = ["first"]\n[choice]\nyes = ["a"]\nno = ["b"]', "places"),
        ('choices = 1\n[choice]\nyes = ["a"]\nno = ["b"]', "choices"),
        ("choice = 3", "choice"),
    ],
)
def test_a_faulty_file_is_named_and_never_raises(tmp_path: Path, text: str, key: str) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / FILE).write_text(text, encoding="utf-8")
    assert key in [fault.key for fault in faults(tmp_path, ["en"])]
    read_spoken("en", tmp_path)


@given(st.text())
def test_any_label_becomes_plain_words(label: str) -> None:
    for said in from_label(label):
        assert said == plain(said)
        assert said.split(" ") == said.split()
