"""The resident's pages: no text leaves its box, nothing is too small, nothing of the kiosk's own stays."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.core.heard import Word
from kiosk.data.catalogue import load
from kiosk.data.keyboards import read_keyboard
from kiosk.text.typesetter import Typesetter
from kiosk.ui.counter.talk.page import LONGEST
from kiosk.ui.faults import faults
from kiosk.ui.frame import Frame
from kiosk.ui.paint import Painter
from kiosk.ui.parts import Sheet, Target, Words
from kiosk.ui.resident.base import Scene
from kiosk.ui.resident.doubts import doubts_in
from kiosk.ui.resident.speaking import Speaking
from kiosk.ui.resident.typing import Typing
from kiosk.ui.talk.pages import Given, resident_page
from kiosk.ui.talk.phrases import BY_ID, DOCUMENTS, PHRASES
from kiosk.ui.talk.quiet import idle_page
from kiosk.ui.talk.room import filled
from kiosk.ui.talk.talk import Line, Own, Talk
from tests.ui.talk.table import LANGUAGES, SIZES, TODAY, translation

VALUES = {"document": DOCUMENTS[2], "place": "immigration", "date": "2026-12-04", "time": "10:30",
          "money": "120000", "n": "30"}  # fmt: skip


def given(tag: str, size: tuple[int, int], scale: float = 1.0, *, turned: bool = True) -> Given:
    scene = Scene(Frame(*size, scale), LANGUAGES[tag], load(tag).text, LANGUAGES)
    return Given(scene, load("ja").text, turned, speech=True, voice=True)


def shown(tag: str, one: str) -> Line:
    phrase = BY_ID[one]
    words = {each: load(each).text for each in ("ja", tag)}
    texts = {each: say(phrase.key, **filled(say, VALUES)) for each, say in words.items()}
    return Line("counselor", texts["ja"], texts[tag], "phrase", one, phrase.answers)


def pages(tag: str) -> list[Talk]:
    """Every page a resident may see, with every phrase."""
    begun = Talk(tag)
    found = [begun, *(begun.said(shown(tag, phrase.id)) for phrase in PHRASES)]
    asked = begun.said(shown(tag, "who_said"))
    heard = "one two three"
    doubts = doubts_in(heard, (Word("two", 0.2, ("too", "to")),), 0)
    speaking = Speaking("heard", heard, doubts=doubts)
    own = Own("a b", "typed", translation("a b", "あ い", "b a", 0.1), warning=load(tag).text("confirm.here"))
    found += [
        begun.said(replace(shown(tag, "bring"), machine=True)),
        asked.said(Line("resident", "あ" * 60, "a " * 60, "touch")),
        asked.opened("number", TODAY).digit("4"),
        replace(asked.opened("number", TODAY), digits="9" * 15),
        asked.opened("date", TODAY),
        replace(asked.opened("date", TODAY), month=(2026, 8)),
        replace(asked.fresh("speak"), speaking=Speaking("listening", seconds=70)),
        replace(asked.fresh("speak"), speaking=speaking),
        replace(asked.fresh("word"), speaking=speaking),
        replace(asked.fresh("type"), typing=Typing(read_keyboard(tag), "abc")),
        replace(asked.fresh("confirm"), own=Own("a", "typed")),
        replace(asked.fresh("confirm"), own=own),
        replace(asked.fresh("confirm"), own=Own("a", "typed", trouble=load(tag).text("confirm.poor"))),
        asked.fresh("given"),
    ]
    return found


FITS = [(tag, SIZES[0]) for tag in LANGUAGES] + [("my", size) for size in SIZES[1:]] + [
    (tag, SIZES[3]) for tag in ("ja-simple", "en", "vi", "pt-BR")
]  # fmt: skip
"""Every language on the usual screen; the tallest letters on every screen, the longest words upright."""


@pytest.mark.parametrize(("tag", "size"), FITS, ids=lambda one: one if isinstance(one, str) else f"{one[0]}")
def test_no_page_has_a_fault(typesetter: Typesetter, tag: str, size: tuple[int, int]) -> None:
    painter = Painter(typesetter, Frame(*size))
    wrong = [fault for talk in pages(tag) for fault in faults(painter, resident_page(talk, given(tag, size)))]
    assert not wrong, "\n".join(dict.fromkeys(wrong))


@pytest.mark.parametrize(
    ("tag", "scale"), [("ja-simple", 1.25), ("en", 1.25), *((tag, 1.5) for tag in LANGUAGES)]
)
def test_no_page_has_a_fault_in_larger_text(typesetter: Typesetter, tag: str, scale: float) -> None:
    painter = Painter(typesetter, Frame(1280, 800))
    wrong = [
        fault
        for talk in pages(tag)
        if talk.page in ("wait", "phrase", "sent", "number", "date", "given")
        for fault in faults(painter, resident_page(talk, given(tag, (1280, 800), scale)))
    ]
    assert not wrong, "\n".join(dict.fromkeys(wrong))


@pytest.mark.parametrize("scale", [1.0, 1.5])
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_the_longest_words_fit(typesetter: Typesetter, size: tuple[int, int], scale: float) -> None:
    words = "Por favor, venha amanhã às dez horas da manhã. "
    japanese = "明日の朝十時に来てください。" * (LONGEST // 14)
    typed = Talk("pt-BR").said(
        Line("counselor", japanese, words * 8, "typed", answers=("yes", "no"), machine=True)
    )
    answered = typed.said(Line("resident", japanese * 50, words * 400, "typed"))
    for talk in (typed, answered):
        page = resident_page(talk, given("pt-BR", size, scale))
        assert faults(Painter(typesetter, Frame(*size)), page) == []


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_the_idle_page(typesetter: Typesetter, size: tuple[int, int]) -> None:
    scene = given("ja-simple", size).scene
    sit = [(tag, load(tag).text("talk.sit")) for tag in LANGUAGES]
    page = idle_page(scene, "あおば{市|し}　{外国人|がいこくじん} {相談窓口|そうだんまどぐち}", sit)
    assert faults(Painter(typesetter, Frame(*size)), page) == []


def targets(sheet: Sheet) -> set[str]:
    return {part.id for part in sheet.parts if isinstance(part, Target)}


@pytest.mark.parametrize("turned", [True, False])
def test_nothing_wipes_or_leaves_a_talk(turned: bool) -> None:
    for talk in pages("en"):
        found = targets(resident_page(talk, given("en", (1280, 800), turned=turned)))
        assert not found & {"clear", "restart", "language", "skip"}
        assert ("give" in found) == (turned and talk.page != "given")


def test_the_neutral_page_tells_nothing_of_the_talk() -> None:
    asked = (
        Talk("en")
        .said(shown("en", "who_said"))
        .said(Line("resident", "会社の人", "Someone at work", "touch"))
    )
    page = resident_page(asked.fresh("given"), given("en", (1280, 800)))
    words = " ".join(part.text for part in page.parts if isinstance(part, Words))
    assert "work" not in words
    assert "会社" not in words


def test_what_was_said_is_kept_out_of_the_drawings_cache() -> None:
    line = Line("counselor", "秘密", "secret words", "typed", machine=True)
    for talk in (
        Talk("en").said(line),
        Talk("en").said(line).said(Line("resident", "秘密", "secret", "typed")),
    ):
        page = resident_page(talk, given("en", (1280, 800)))
        told = [
            part
            for part in page.parts
            if isinstance(part, Words) and ("secret" in part.text or "秘密" in part.text)
        ]
        assert told
        assert all(part.private for part in told)


def test_what_is_asked_stays_in_sight_while_it_is_answered() -> None:
    asked = Talk("en").said(shown("en", "how_much"))
    text = load("en").text(BY_ID["how_much"].key)
    begun = [asked.opened("number", TODAY), asked.opened("date", TODAY), asked.fresh("speak")]
    begun += [replace(asked.fresh("type"), typing=Typing(read_keyboard("en"), "a"))]
    begun += [replace(asked.fresh("confirm"), own=Own("a", "typed"))]
    for talk in begun:
        page = resident_page(talk, given("en", (1280, 800)))
        question = [part for part in page.parts if isinstance(part, Words) and part.text == text]
        assert [part.private for part in question] == [True], talk.page
        corner = next(part for part in page.parts if isinstance(part, Target) and part.id == "give")
        assert question[0].box.right <= corner.box.x


@pytest.mark.parametrize(("phrase", "amount"), [("how_much", True), ("times", False)])
def test_an_amount_is_told_as_it_will_be_read(phrase: str, amount: bool) -> None:
    talk = replace(Talk("en").said(shown("en", phrase)).opened("number", TODAY), digits="120000")
    page = resident_page(talk, given("en", (1280, 800)))
    told = [part.text for part in page.parts if isinstance(part, Words)]
    assert ("120,000 yen" in told) == amount


@pytest.mark.parametrize("size", [SIZES[0], SIZES[3]])
@pytest.mark.parametrize("tag", ["ja-simple", "my", "ne", "pt-BR"])
def test_whatever_is_asked_fits_beside_the_corner(
    typesetter: Typesetter, tag: str, size: tuple[int, int]
) -> None:
    how = given(tag, size)
    painter = Painter(typesetter, how.scene.frame)
    lines = [shown(tag, phrase.id) for phrase in PHRASES]
    lines.append(Line("counselor", "あ", "あ" * LONGEST if tag == "ja-simple" else "so many " * 40, "typed"))
    talks = [Talk(tag).said(line).opened("number", TODAY) for line in lines]
    wrong = [fault for talk in talks for fault in faults(painter, resident_page(talk, how))]
    assert not wrong, "\n".join(dict.fromkeys(wrong))
