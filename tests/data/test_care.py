"""The lists of danger words: found in what residents say, raising nothing at everyday matters, checked."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from kiosk import paths
from kiosk.core.care import CARE_GROUPS, CARES, screen
from kiosk.data.care import FEWEST, FILE, faults, read_care

TAGS = ("en", "ja", "ja-simple", "ko", "my", "ne", "pt-BR", "vi", "zh-Hans")
SAID: Mapping[str, Mapping[str, list[str]]] = tomllib.loads(
    Path(__file__).with_name("care_said.toml").read_text("utf-8")
)
HARMLESS = "harmless"


def _said(wanted: bool) -> Iterator[tuple[str, str, str]]:
    for tag, by_care in SAID.items():
        for care, sentences in by_care.items():
            if (care != HARMLESS) is wanted:
                yield from ((tag, care, sentence) for sentence in sentences)


def test_there_are_sentences_for_every_language_and_category() -> None:
    assert sorted(SAID) == sorted(TAGS)
    for by_care in SAID.values():
        assert set(by_care) == {*CARES, HARMLESS}
        assert min(len(set(by_care[care])) for care in CARES) >= 3
        assert len(set(by_care[HARMLESS])) >= 12


@pytest.mark.parametrize(("tag", "care", "sentence"), list(_said(True)))
def test_danger_is_found(tag: str, care: str, sentence: str) -> None:
    assert care in screen(sentence, [read_care(tag)])


@pytest.mark.parametrize(("tag", "_", "sentence"), list(_said(False)))
def test_everyday_matters_raise_nothing(tag: str, _: str, sentence: str) -> None:
    assert screen(sentence, [read_care(tag)]) == ()


@pytest.mark.parametrize(("tag", "care", "sentence"), list(_said(True)))
def test_sentences_are_no_phrases_of_the_lists(tag: str, care: str, sentence: str) -> None:
    assert sentence not in read_care(tag).phrases[care]


def test_the_shipped_lists_are_without_faults() -> None:
    assert faults(paths.LANGUAGES, TAGS) == []


@pytest.mark.parametrize("tag", TAGS)
def test_every_category_has_eight_to_twenty_five_phrases(tag: str) -> None:
    for care in CARES:
        assert 8 <= len(read_care(tag).phrases[care]) <= 25


@pytest.mark.parametrize("tag", TAGS)
def test_every_phrase_finds_itself(tag: str) -> None:
    words = read_care(tag)
    for care in CARES:
        for phrase in words.phrases[care]:
            for word in range(4):
                tokens = [token.split("/") for token in phrase.replace("…", " ").split()]
                said = " ".join(each[word % len(each)].strip("*").replace("_", " ") for each in tokens)
                assert care in screen(said, [words]), said


def test_plain_japanese_has_the_words_of_japanese() -> None:
    simple = read_care("ja-simple")
    assert simple.tag == "ja-simple"
    assert simple.phrases == read_care("ja").phrases
    assert not simple.spaced


def test_every_care_leads_to_rows_that_are_shown_everywhere() -> None:
    shown = set()
    for file in (paths.FLOWS / "referrals").glob("*.toml"):
        for row in tomllib.loads(file.read_text("utf-8"))["service"]:
            if row["verification"] in ("official", "public") and not row.get("prefecture"):
                shown |= set(row["groups"])
    assert {group for groups in CARE_GROUPS.values() for group in groups} <= shown


def _write(folder: Path, tag: str, text: str | bytes) -> Path:
    (folder / tag).mkdir(exist_ok=True)
    file = folder / tag / FILE
    file.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return folder


def _lists(**changed: str) -> str:
    good = "[" + ", ".join(f'"phrase number {letter}"' for letter in "abcdefgh") + "]"
    return "\n".join(f"{care} = {changed.get(care, good)}" for care in CARES if changed.get(care) != "")


def test_a_good_list_has_no_faults(tmp_path: Path) -> None:
    assert faults(_write(tmp_path, "xx", _lists()), ["xx"]) == []


@pytest.mark.parametrize(
    ("text", "key", "cure"),
    [
        (_lists(child=""), "child", "is missing"),
        (_lists() + "\nghosts = ['boo']", "ghosts", "no such category"),
        (_lists(held='["one phrase", "two phrases"]'), "held", f"at least {FEWEST}"),
        (_lists(held='["same one", "same one", "b bbb", "c ccc", "d ddd", "e eee"]'), "held 2", "twice"),
        (_lists(held='["abc", "b bbb", "c ccc", "d ddd", "e eee"]'), "held 1", "too short"),
        (_lists(held='["死", "b bbb", "c ccc", "d ddd", "e eee"]'), "held 1", "too short"),
        (_lists(held='["long_enough/ab", "b bbb", "c ccc", "d ddd", "e eee"]'), "held 1", "too short"),
        (_lists(held='["na\u0303o deixa", "b bbb", "c ccc", "d ddd", "e eee"]'), "held 1", "NFC"),
        (_lists(held='["a a … b … c … d", "b bbb", "c ccc", "d ddd", "e eee"]'), "held 1", "two phrases"),
        (_lists(held='"locked in"'), "held", "list of texts"),
        (_lists(held='["locked in", 7]'), "held", "list of texts"),
        ('spaced = "no"\n' + _lists(), "spaced", "true or false"),
        ("violence = [", "TOML", "cannot be read"),
        (b"violence = ['\xff']", "TOML", "cannot be read"),
        ('same_as = "yy"', "same_as", "another language"),
        ('same_as = "xx"', "same_as", "another language"),
        ("same_as = 3", "same_as", "another language"),
    ],
)
def test_a_fault_names_file_key_and_cure(tmp_path: Path, text: str | bytes, key: str, cure: str) -> None:
    found = faults(_write(tmp_path, "xx", text), ["xx"])
    assert (tmp_path / "xx" / FILE, key) in [(fault.file, fault.key) for fault in found]
    assert any(cure in fault.message for fault in found if fault.key == key)
    assert set(read_care("xx", tmp_path).phrases) == set(CARES)


def test_a_missing_file_is_a_fault_and_an_empty_list(tmp_path: Path) -> None:
    assert [fault.file for fault in faults(tmp_path, ["xx"])] == [tmp_path / "xx" / FILE]
    assert screen("I want to die", [read_care("xx", tmp_path)]) == ()


def test_what_can_be_read_is_used(tmp_path: Path) -> None:
    _write(tmp_path, "xx", 'held = ["locked in", 7]\nchild = "no list"\nghosts = ["boo"]')
    assert screen("They locked in everybody", [read_care("xx", tmp_path)]) == ("held",)


def test_same_as_leads_one_step_and_stands_alone(tmp_path: Path) -> None:
    _write(tmp_path, "aa", _lists())
    _write(tmp_path, "bb", 'same_as = "aa"')
    assert faults(_write(tmp_path, "cc", 'same_as = "aa"'), ["aa", "bb", "cc"]) == []
    assert read_care("cc", tmp_path).phrases == read_care("aa", tmp_path).phrases
    again = faults(_write(tmp_path, "dd", 'same_as = "bb"'), ["dd"])
    assert [fault.key for fault in again] == ["same_as"]
    both = faults(_write(tmp_path, "ee", 'same_as = "aa"\n' + _lists()), ["ee"])
    assert [fault.key for fault in both] == ["same_as"]


def test_a_list_is_read_once() -> None:
    assert read_care("en") is read_care("en")
    assert read_care("en").patterns is read_care("en").patterns
