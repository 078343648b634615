"""Consent to a letter, asked and answered on the resident's own screen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.data.catalogue import load
from kiosk.store.tiny import TinyStore
from kiosk.text.typesetter import Typesetter
from kiosk.ui.counter.talk.talks import Talks
from kiosk.ui.faults import faults
from kiosk.ui.frame import Frame
from kiosk.ui.paint import Painter
from kiosk.ui.parts import Words
from kiosk.ui.resident.base import Scene
from kiosk.ui.talk.asked import question_page
from tests.ui.counter.counter import NOW, told
from tests.ui.counter.letters import Letter, letter_at
from tests.ui.talk.second import Second
from tests.ui.talk.table import LANGUAGES, SIZES, Table

ASKED = "OK to tell 役所 労働の電話?"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[TinyStore]:
    made = TinyStore(tmp_path / "store", letter="A", today=lambda: NOW.date())
    yield made
    made.close()


def desk(store: TinyStore, folder: Path) -> tuple[Letter, Talks, Second]:
    here, second = letter_at(store, folder, told(services=("line",))), Second()
    console = here.record.console
    talks = console.talks = Talks(console, Table(), second)
    console.tick()
    here.keys("Shift-F6", "1", "1")
    assert ASKED not in second.words()
    return here, talks, second


@pytest.mark.parametrize(("answer", "agreed"), [("answer:yes", True), ("answer:no", False)])
def test_the_resident_answers_it_themselves(
    store: TinyStore, tmp_path: Path, answer: str, agreed: bool
) -> None:
    here, talks, second = desk(store, tmp_path)
    here.keys("3")
    assert ASKED in second.words()
    for nothing in ("give", "size", "call", "answer:again"):
        talks.pressed(nothing)
    assert not here.form.asked
    talks.pressed(answer)
    assert here.form.asked
    assert (here.form.draft.consent is not None) == agreed
    assert here.form.choose is None
    assert ASKED not in second.words()
    # An answer that comes twice changes nothing.
    talks.pressed("answer:yes")
    assert (here.form.draft.consent is not None) == agreed


def test_it_goes_when_the_counselor_answers_leaves_or_locks(store: TinyStore, tmp_path: Path) -> None:
    here, talks, second = desk(store, tmp_path)
    here.keys("3", "2")
    assert ASKED not in second.words()
    here.keys("3")
    assert ASKED in second.words()
    here.record.console.close_over()
    assert talks.asking is None
    assert ASKED not in second.words()
    assert second.forgotten


def test_without_an_agency_or_a_screen_nothing_is_asked_there(store: TinyStore, tmp_path: Path) -> None:
    here, talks, second = desk(store, tmp_path)
    here.form.write(name="", service="")
    here.keys("3")
    assert talks.asking is None
    here.keys("Escape")
    second.frame = None
    here.keys("Shift-F6", "1", "1", "3")
    assert talks.asking is None
    here.keys("1")
    assert here.form.draft.consent is not None


@pytest.mark.parametrize("tag", LANGUAGES)
def test_the_question_fits_in_every_language(typesetter: Typesetter, tag: str) -> None:
    say = {one: load(one).text for one in (tag, "ja")}
    name = "ほっかいどう ぎょうせいそうだんセンター（きくみみ）"
    for size in SIZES:
        scene = Scene(Frame(*size), LANGUAGES[tag], say[tag], LANGUAGES)
        ask = [say[one]("letter.consent.ask", name=name) for one in (tag, "ja")]
        page = question_page(scene, *ask)
        assert faults(Painter(typesetter, Frame(*size)), page) == []
        assert all(part.private for part in page.parts if isinstance(part, Words) and name in part.text)
