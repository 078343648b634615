"""The display's page in every language, on every screen: nothing cut, readings on all kanji, nobody named."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise, product

import pytest

from kiosk.core.calls import Call
from kiosk.data import catalogue
from kiosk.data.languages import read_languages
from kiosk.settings import DIRECTIONS, Settings
from kiosk.text.typesetter import Typesetter
from kiosk.ui.display.sheet import display_sheet
from kiosk.ui.display.view import Sign, View
from kiosk.ui.display.words import COMMON, JAPANESE, NEEDED, Words, spelled
from kiosk.ui.faults import faults
from kiosk.ui.frame import Frame
from kiosk.ui.items import Ink
from kiosk.ui.paint import Painter
from kiosk.ui.parts import Icon, Panel, Sheet
from kiosk.ui.parts import Words as Text

LANGUAGES = read_languages().by_tag
SCREENS = ((1920, 1080), (1280, 720), (1280, 800), (1080, 1920), (1024, 768), (3840, 2160))
READINGS = {"専門相談": "{専門|せんもん}{相談|そうだん}"}
AT = datetime(2026, 11, 20, 10, 42, tzinfo=UTC)


def call(number: str, counter: str, language: str = "my") -> Call:
    return Call(f"id-{number}", number, counter, language, AT, number)


def words(directions: dict[str, str] | None = None) -> Words:
    return Words(LANGUAGES, catalogue.load, directions=directions or {}, readings=READINGS)


BEFORE = (
    call("A011", "1"), call("B002", "ハローワーク"), call("M1009", "113"), call("A008", "専門相談"),
    call("W007", "2"),
)  # fmt: skip


def view(
    shown: Call | None, said: Words, turn: str = COMMON, *, turned: bool = False, framed: bool = False
) -> View:
    return View(
        office=Settings().office.name_ruby,
        time="10:42",
        shown=shown,
        before=BEFORE,
        lines=said.call(shown) if shown else said.idle(turn, "display.wait"),
        still=() if shown else said.idle(turn, "display.seat"),
        way=said.way(shown) if shown else None,
        turned=turned,
        framed=framed,
        signs=(Sign("volume-x", "音が出ません（スピーカーを確かめてください）"), Sign("moon", "時間です")),
        pointing=said.pointing,
        calling=frozenset({BEFORE[0].ticket, BEFORE[1].ticket}),
        names=READINGS,
    )


def sheet(shown: View, frame: Frame) -> Sheet:
    say = catalogue.load(JAPANESE).text
    return display_sheet(shown, frame, (say("display.number"), say("display.counter"), say("display.before")))


def wrong(painter: Painter, page: Sheet) -> list[str]:
    """What is wrong, apart from the header, which runs over the edges, and the corner for staff."""
    parts = tuple(
        part
        for part in page.parts
        if part.box.x >= 0 and not (isinstance(part, Text) and part.language == "ja")
    )
    return faults(painter, replace(page, parts=parts))


@pytest.fixture(scope="module")
def typesetter() -> Typesetter:
    return Typesetter(LANGUAGES)


@pytest.mark.parametrize("size", SCREENS)
@pytest.mark.parametrize("tag", LANGUAGES)
def test_nothing_is_cut(typesetter: Typesetter, tag: str, size: tuple[int, int]) -> None:
    frame = Frame(*size)
    painter = Painter(typesetter, frame)
    found = []
    counters = ("3", "12", "113", "ハローワーク", "専門相談")
    for counter, direction in product(counters, ("", *DIRECTIONS)):
        said = words({counter: direction} if direction else {})
        for number in ("A012", "W1012"):
            found += wrong(painter, sheet(view(call(number, counter, tag), said), frame))
    found += wrong(painter, sheet(view(None, words(), words().second(tag)), frame))
    assert found == []


@pytest.mark.parametrize("size", SCREENS)
def test_number_and_counter_are_equal_in_size(typesetter: Typesetter, size: tuple[int, int]) -> None:
    frame = Frame(*size)
    painter = Painter(typesetter, frame)
    for letter, counter in product("ABIMNQUW", ("1", "8", "12", "113")):
        page = sheet(view(call(f"{letter}012", counter, "en"), words()), frame)
        large = [part for part in page.parts if isinstance(part, Text) and part.colour == "on_accent"]
        found = {ink.size for part in large[2:] for ink in painter.lay(part) if isinstance(ink, Ink)}
        assert len(found) == 1, (letter, counter)


@pytest.mark.parametrize("contrast", [False, True])
def test_the_flash_changes_the_panel_and_not_the_words(typesetter: Typesetter, contrast: bool) -> None:
    frame = Frame(1280, 720, contrast=contrast)
    still, turned, framed = (
        sheet(view(call("A012", "3"), words(), turned=t, framed=f), frame)
        for t, f in ((False, False), (True, False), (False, True))
    )
    assert texts(still) == texts(turned) == texts(framed)
    pages = [Painter(typesetter, frame).photograph(one) for one in (still, turned, framed)]
    for one, other in pairwise(pages):
        assert one.tobytes() != other.tobytes()
    for page in (still, turned, framed):
        assert wrong(Painter(typesetter, frame), page) == []


def texts(page: Sheet) -> list[str]:
    return [part.text for part in page.parts if isinstance(part, Text)]


def test_every_kanji_has_its_reading() -> None:
    for said, shown in (
        (words(), None),
        *((words({"専門相談": d}), call("A012", "専門相談")) for d in DIRECTIONS),
    ):
        for part in sheet(view(shown, said), Frame(1920, 1080)).parts:
            if isinstance(part, Text) and part.language == JAPANESE:
                assert not re.search(r"[一-鿿]", re.sub(r"\{[^}]*\}", "", part.text)), part.text


def test_a_page_names_no_language_and_no_person() -> None:
    page = "\n".join(texts(sheet(view(call("A012", "3"), words()), Frame(1920, 1080))))
    for language in LANGUAGES.values():
        assert language.endonym not in page
        if not language.is_japanese:
            assert language.japanese not in page
    assert "id-" not in page


@pytest.mark.parametrize("tag", ["ja", "ja-simple", "tlh", "", "en"])
def test_a_language_without_words_is_called_in_english(tag: str) -> None:
    assert words().call(call("A012", "3", tag)) == (
        (JAPANESE, catalogue.load(JAPANESE).text("display.call", number="A012", counter="3")),
        (COMMON, "Number\u00a0A012, please come to counter\u00a03."),
    )


def test_a_language_with_half_of_the_words_is_called_in_english() -> None:
    def half(tag: str) -> catalogue.Catalogue:
        if tag != "ko":
            return catalogue.load(tag)
        return catalogue.Catalogue("ko", {"display.call": "{number} {counter}"})

    said = Words(LANGUAGES, half, directions={}, readings={})
    assert said.second("ko") == COMMON
    assert "ko" not in said.turns()
    whole = Words(
        LANGUAGES,
        lambda tag: catalogue.Catalogue(tag, dict.fromkeys(NEEDED, "{number} {counter}")),
        directions={},
        readings={},
    )
    assert whole.second("ko") == "ko"
    assert whole.call(call("A012", "3", "ko"))[1] == ("ko", "A012\u00a03")


def test_a_number_is_said_digit_by_digit() -> None:
    assert spelled("A012") == "A, 0 1 2"
    assert spelled("B1012") == "B, 1 0 1 2"
    japanese, english = words().spoken(call("A012", "12", "en"))
    assert english == ("en", "Number A, 0 1 2, please come to counter 12.")
    assert "A012" in japanese[1]  # spelled by the voice itself


def test_a_desk_is_not_read_out_in_a_language_that_cannot() -> None:
    japanese, english = words().spoken(call("A012", "専門相談", "en"))
    assert "専門" in japanese[1]
    assert not re.search(r"[一-鿿ァ-ヶ]", english[1])


def test_what_moves_against_burning_in_stays_on_the_page(typesetter: Typesetter) -> None:
    frame = Frame(1280, 720)
    say = ("{番号|ばんごう}", "{窓口|まどぐち}", "x")
    page = display_sheet(view(call("A012", "3"), words()), frame, say, (3, -3))
    strip = next(part for part in page.parts if isinstance(part, Panel))
    assert strip.box.x <= 0
    assert strip.box.y <= 0
    assert strip.box.right >= frame.width
    image = Painter(typesetter, frame).photograph(page)
    assert image.getpixel((0, 0)) == (255, 255, 255)
    assert image.getpixel((frame.width - 1, 0)) == (255, 255, 255)


LONG = "国際交流協会 多言語相談コーナー"


@pytest.mark.parametrize("size", SCREENS)
def test_a_long_name_stands_whole_among_the_last_calls(typesetter: Typesetter, size: tuple[int, int]) -> None:
    frame = Frame(*size)
    painter = Painter(typesetter, frame)
    read = "{国際|こくさい}{交流|こうりゅう}{協会|きょうかい} {多言語|たげんご}{相談|そうだん}コーナー"
    before = (call("A011", "1"), call("W007", LONG))
    shown = replace(view(call("A012", "3"), words()), before=before, names={LONG: read})
    page = sheet(shown, frame)
    assert wrong(painter, page) == []
    (name,) = (part for part in page.parts if isinstance(part, Text) and part.text in (LONG, read))
    laid = [ink for ink in painter.lay(name) if isinstance(ink, Ink)]
    assert laid
    assert not any("…" in ink.text for ink in laid)


def test_one_arrow_says_where_a_desk_is(typesetter: Typesetter) -> None:  # noqa: ARG001
    frame = Frame(1280, 720)
    for said, arrows in ((words(), {"arrow-right"}), (words({"専門相談": "left"}), {"arrow-left"})):
        shown = replace(view(call("A012", "専門相談"), said), before=())
        page = sheet(shown, frame)
        assert {one.name for one in page.parts if isinstance(one, Icon) and "arrow" in one.name} == arrows
