"""A past case told as an example for training, at the console."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.core import cases
from kiosk.core.anonymous import LONGEST
from kiosk.core.ticket import Content
from kiosk.data.catalogue import load
from kiosk.errors import Trouble
from kiosk.store.tiny import TinyStore
from kiosk.text.typesetter import Typesetter
from kiosk.ui.counter.grid import Grid
from kiosk.ui.counter.record.desk import Searched
from kiosk.ui.counter.record.example import Example
from kiosk.ui.counter.record.examplesheet import TEXT
from kiosk.ui.counter.record.past_case import PastCase
from kiosk.ui.counter.record.searchsheet import WORDS
from kiosk.ui.frame import Frame
from kiosk.ui.paint import Painter
from tests.ui.counter.counter import JAPANESE, NOW, SIZES, told
from tests.ui.counter.records import Record, record_at, unfit

CLEAN = "会社が給料を払わない人に、申告のしかたを説明した。"
KEEP = "F10"


@pytest.fixture
def made(store: TinyStore, tmp_path: Path) -> Record:
    """Somebody is being served, the result is written."""
    store.issue(told(statistics=("employment",)), language="vi", at=NOW - timedelta(minutes=10))
    record = record_at(store, tmp_path)
    record.counter.keys("F2", "F10")
    return record.later(240).press("record", "result:solved")


def found(made: Record, content: Content | None = None, *, ended: bool = True) -> Record:
    case = made.counter.store.tickets()[0]
    if content is not None:
        made.counter.store.change(case.id, lambda now: replace(now, content=content))
    if ended:
        made.press("finish")
    made.press("cases")
    hit = cases.Found(case.id, case.number, case.day, "vi", False, ("employment",), "")
    made.stand.parts = [Searched((hit,), 1, 1, over=True)]
    made.type("x", WORDS).counter.keys("Return", "1")
    assert isinstance(made.console.over, PastCase)
    return made


def example(made: Record) -> Example:
    assert isinstance(made.console.over, Example)
    return made.console.over


def kept(made: Record) -> str:
    one = made.kept()
    assert one is not None
    return one.example


def test_a_text_without_traces_is_kept_with_the_case_and_can_be_given_up(made: Record) -> None:
    found(made).counter.keys(KEEP)
    assert "研修の例" in made.said()
    made.type(CLEAN, TEXT).counter.keys(KEEP)
    assert isinstance(made.console.over, PastCase)
    assert kept(made) == CLEAN
    assert JAPANESE.text("example.kept") in made.said()
    made.console.over.note = ""
    made.console.show()
    assert JAPANESE.text("example.change") in made.said()
    made.counter.keys(KEEP)
    assert made.console.fields.text(TEXT) == CLEAN
    made.type("", TEXT).counter.keys(KEEP)
    assert kept(made) == ""


@pytest.mark.parametrize(
    "text", ["{number}の人です。", "090-1234-5678に電話", "1990年3月12日生まれ", "花子さんの相談"]
)
def test_what_points_at_somebody_is_never_kept(made: Record, text: str) -> None:
    found(made).counter.keys(KEEP)
    number = example(made).case.number
    made.type(text.format(number=number), TEXT).counter.keys(KEEP, KEEP, KEEP)
    assert kept(made) == ""
    assert JAPANESE.text("example.found") in made.said()
    made.type(CLEAN, TEXT).counter.keys(KEEP)
    assert kept(made) == CLEAN


def test_what_may_be_a_name_is_kept_by_a_second_press_on_the_same_text_only(made: Record) -> None:
    case = made.counter.store.tickets()[0]
    content = replace(case.content, notes=("サクラテックの人。",))
    found(made, content).counter.keys(KEEP)
    made.type("サクラテックで働く人です。", TEXT).counter.keys(KEEP)
    assert kept(made) == ""
    assert "サクラテック" in made.said()
    made.type("サクラテックで働いた人です。", TEXT).counter.keys(KEEP)
    assert kept(made) == "", "another text is looked through anew"
    made.counter.keys(KEEP)
    assert kept(made) == "サクラテックで働いた人です。"


def test_a_case_that_needs_care_is_offered_to_nobody(made: Record) -> None:
    case = made.counter.store.tickets()[0]
    found(made, replace(case.content, care=("held",)))
    assert JAPANESE.text("example.never") in made.said()
    made.counter.keys(KEEP)
    made.press("link")
    assert isinstance(made.console.over, PastCase)


def test_a_case_that_goes_on_is_no_example_yet(made: Record) -> None:
    found(made.press("cancel"), ended=False)
    assert JAPANESE.text("example.write") not in made.said()
    made.press("link")
    assert isinstance(made.console.over, PastCase)


def test_words_that_are_not_kept_yet_are_there_again_after_a_look_at_the_case(made: Record) -> None:
    found(made).counter.keys(KEEP)
    made.type("花子さん", TEXT).counter.keys("Escape")
    assert isinstance(made.console.over, PastCase)
    made.counter.keys(KEEP)
    assert made.console.fields.text(TEXT) == "花子さん"
    assert kept(made) == ""


def test_what_is_too_long_and_what_cannot_be_written_is_told(made: Record) -> None:
    found(made).counter.keys(KEEP)
    made.type("あ" * (LONGEST + 1), TEXT).counter.keys(KEEP)
    assert JAPANESE.text("example.cut", n=LONGEST) in made.said()
    made.stand.failing = Trouble("trouble.disk_full")
    made.type(CLEAN, TEXT).counter.keys(KEEP)
    assert JAPANESE.text("trouble.disk_full")[:8] in made.said()
    assert example(made).text == CLEAN
    made.stand.failing = None
    made.counter.keys(KEEP)
    assert kept(made) == CLEAN


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("tag", ["ja", "en"])
def test_every_text_has_room(made: Record, typesetter: Typesetter, size: tuple[int, int], tag: str) -> None:
    made.console.grid = Grid(*size, load(tag).text, tag)
    painter = Painter(typesetter, Frame(*size))
    found(made).counter.keys(KEEP)
    assert unfit(made, painter) == []
    for text in (
        "花子さん、090-1234-5678、1990年3月12日、a@example.org、株式会社山田、太郎様、999999",
        "あ" * 1001,
    ):
        made.type(text, TEXT).counter.keys(KEEP)
        assert unfit(made, painter) == [], text
