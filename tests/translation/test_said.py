"""The checks on what people really say: a right translation is not refused, a wrong one is marked."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from kiosk.core.heard import Passage
from kiosk.translation import facts, protect
from kiosk.translation.codes import argos_codes
from kiosk.translation.drafts import Draft, Ends
from kiosk.translation.glossary import read_glossary
from kiosk.translation.loaded import Answer
from kiosk.translation.numbers import Compared
from kiosk.translation.passages import passage
from kiosk.translation.polarity import turned
from kiosk.translation.ways import Outcome, judged
from tests.translation.counter import COUNTER

_LINES = (Path(__file__).parent / "said.tsv").read_text("utf-8").splitlines()
SAID = list(csv.DictReader(_LINES[1:], delimiter="\t", quoting=csv.QUOTE_NONE))
RIGHT = [row for row in SAID if row["want"] == "right"]
WRONG = [row for row in SAID if row["want"] == "wrong"]


def outcome(source: str, output: str, ends: Ends) -> Outcome:
    """What the program makes of a model's `output`; what it hid from the model comes back as stand-ins."""
    draft = Draft(source, "plain", ends, read_glossary())
    for stand_in, words in draft.exact.items():
        output = output.replace(words, stand_in)
    return judged(draft, Answer(output), argos_codes(ends.source)[0], argos_codes(ends.target)[0])


def there_and_back(row: dict[str, str]) -> Passage:
    forth = outcome(row["source"], row["japanese"], Ends(row["lang"], "ja"))
    back = None if forth.fault else outcome(forth.text, row["back"], Ends("ja", row["lang"]))
    return passage(row["source"], forth, back, argos_codes(row["lang"])[0])


@pytest.mark.parametrize("row", RIGHT, ids=[row["source"] for row in RIGHT])
def test_a_right_translation_is_not_refused(row: dict[str, str]) -> None:
    assert there_and_back(row).fault == ""


def test_few_right_translations_are_pointed_out() -> None:
    pointed = [row["source"] for row in RIGHT if there_and_back(row).differs]
    assert len(pointed) <= len(RIGHT) // 10, pointed


@pytest.mark.parametrize("row", WRONG, ids=[row["source"] for row in WRONG])
def test_a_wrong_translation_is_refused_or_pointed_out(row: dict[str, str]) -> None:
    assert there_and_back(row).differs


@pytest.mark.parametrize("language", ["en", "zh-Hans", "ko", "vi", "pt-BR"])
def test_no_reference_of_the_counters_sentences_is_refused(language: str) -> None:
    for ends in (Ends(language, "ja"), Ends("ja", language)):
        made = {row["sentence"]: outcome(row[ends.source], row[ends.target], ends) for row in COUNTER}
        assert {name: each.fault for name, each in made.items() if each.fault} == {}
        assert sum(bool(each.unsure) for each in made.values()) < 10


def test_a_date_is_shown_as_it_is_read_in_japan() -> None:
    ends = Ends("vi", "ja")
    made = outcome("Thẻ hết hạn ngày 03/05/2026.", "カードは03/05/2026に切れます。", ends)
    assert made.text == "カードは2026年5月3日に切れます。"


@pytest.mark.parametrize("code", ["en", "vi", "pt", "es", "ko", "zh", "ja", "ne"])
@pytest.mark.parametrize(
    "text", ["", " ", "?", "12345", "３９", "0" * 240, "９" * 5000, "٣" * 400, "半", "\u0301"]
)
def test_any_text_can_be_checked(text: str, code: str) -> None:
    assert not Compared(text, text, code, code).lost
    assert Compared(text, text, code, code).doubtful == ()
    assert not facts.changed(text, text, code, code)
    assert not turned(text, text, code, code)


@pytest.mark.parametrize("code", ["fr", "id", "ne", "my"])
def test_words_for_numbers_that_are_not_known_are_no_reason_to_point_out(code: str) -> None:
    assert not Compared("…", "子どもが二人いて、家賃は6万5千円です。", code, "ja").lost
    assert Compared("…", "子どもが二人いて、家賃は6万5千円です。", code, "ja").doubtful == ()
    assert Compared("…", "電話は090-1234-5678です。", code, "ja").lost


def test_a_stand_in_comes_back_in_the_digits_of_any_script() -> None:
    assert protect.restore("फोन ७००१ हो।", {"7001": "090-1234-5678"}) == "फोन 090-1234-5678 हो।"
    assert protect.restore("ဖုန်း ၇၀၀၁ ပါ။", {"7001": "090-1234-5678"}) == "ဖုန်း 090-1234-5678 ပါ။"
