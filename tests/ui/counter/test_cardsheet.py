"""The card on paper, so to say: everything told can be read, on as many pages as it takes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.visit import MAX_NARRATIVE
from kiosk.data.catalogue import load
from kiosk.text.typesetter import Typesetter
from kiosk.ui.counter.card import Block, Card
from kiosk.ui.counter.card import Words as Told
from kiosk.ui.counter.grid import Grid
from kiosk.ui.counter.leaves import pieces
from kiosk.ui.counter.sheet import console_sheet
from kiosk.ui.counter.told import Told as Agency
from kiosk.ui.counter.view import Row, Signal, View
from kiosk.ui.faults import faults
from kiosk.ui.frame import Frame
from kiosk.ui.items import Ink
from kiosk.ui.paint import Painter
from kiosk.ui.parts import Box, Part, Target, Words

SAY = load("ja").text
SENTENCE = {
    "ko": "회사가 두 달 동안 월급을 주지 않았습니다. ",
    "en": "My company has not paid my wages for two months. ",
    "zh-Hans": "公司两个月没有发工资。",
    "vi": "Công ty chưa trả lương cho tôi hai tháng nay. ",
    "pt-BR": "A empresa não paga meu salário há dois meses. ",
    "ne": "कम्पनीले दुई महिनादेखि तलब दिएको छैन। ",
    "my": "ကုမ္ပဏီက လစာ နှစ်လ မပေးသေးပါ။ ",
    "ja": "会社が二か月、給料を払ってくれません。",
}


def card(words: Told | None, *, answers: int = 6, notes: tuple[str, ...] = (), told: int = 1) -> Card:
    return Card(
        number="A012",
        language="韓国語",
        facts="自分のこと ・ 来所 ・ 10:42 受付 ・ 待ち 5分",
        topic="仕事 › 給料をもらっていない",
        statistics="統計：雇用・労働",
        blocks=(Block("", tuple((f"質問{n}", f"答え{n}") for n in range(answers))),),
        words=words,
        told=(Agency("行政相談（きくみみ）", "0570-090110"),) * told,
        bring="契約書、給料の紙" * told,
        notes=notes,
    )


def told(language: str, length: int) -> Told:
    text = (SENTENCE[language] * (length // len(SENTENCE[language]) + 1))[:length].strip()
    translated = (SENTENCE["ja"] * length)[: length * 3 // 4]
    accepted = "本人が逆翻訳を見て「正しい」を選択"
    return Told(text, language, translated, "", "機械翻訳", accepted, "文字で", machine=True)


def all_pages(shown: Card, size: tuple[int, int]) -> list[list[Part]]:
    """Every page of the card, by pressing on until it begins again."""
    grid = Grid(*size, SAY)
    found: list[list[Part]] = []
    pages = 1
    while len(found) < pages:
        view = View(
            "1", "あおば市", "", "10:00", "", "waiting", (1, 0, 0), (), 1, 0, None,
            card=shown, reason="待った", since="10:00", elapsed="00:01", page=len(found),
        )  # fmt: skip
        sheet = console_sheet(view, grid)
        found.append(list(sheet.parts))
        more = [p.label for p in sheet.parts if isinstance(p, Target) and p.id == "page"]
        if more:
            pages = int(re.findall(r"/(\d+)", more[0])[0])
    return found


def said(pages: Sequence[Sequence[Part]], language: str, *, long: bool = True) -> str:
    """The texts in a language over all pages, without spaces; `long`: those of several lines only."""
    words = [p for page in pages for p in page if isinstance(p, Words) and p.language == language]
    return re.sub(r"\s", "", "".join(p.text for p in words if p.max_lines is None or not long))


@pytest.mark.parametrize("size", [(1366, 768), (1200, 680), (1920, 1080)])
@pytest.mark.parametrize("language", [tag for tag in SENTENCE if tag != "ja"])
def test_the_longest_words_are_all_there_and_inside_their_box(
    language: str, size: tuple[int, int], typesetter: Typesetter
) -> None:
    words = told(language, MAX_NARRATIVE)
    shown = card(words, answers=13, notes=("前の窓口で" * 60,), told=3)
    pages = all_pages(shown, size)
    assert re.sub(r"\s", "", words.original) in said(pages, language)
    assert re.sub(r"\s", "", words.japanese + shown.notes[0]) in said(pages, "ja")
    for whole in (shown.told[-1].telephone, shown.bring):
        assert re.sub(r"\s", "", whole)[-15:] in said(pages, "ja", long=False)
    painter, grid = Painter(typesetter, Frame(*size)), Grid(*size, SAY)
    for number in range(len(pages)):
        view = View(
            "1", "あおば市", "", "10:00", "", "waiting", (1, 0, 0), (), 1, 0, None,
            card=shown, reason="待った", since="10:00", elapsed="00:01", page=number,
        )  # fmt: skip
        found = faults(painter, console_sheet(view, grid), 12)
        assert [fault for fault in found if "px high" not in fault] == []


def test_short_words_stand_with_the_answers() -> None:
    pages = all_pages(card(told("ko", 60)), (1366, 768))
    assert len(pages) == 1
    assert SAY("card.words.follow") not in said(pages, "ja", long=False)


def test_nothing_told_needs_no_further_page() -> None:
    assert len(all_pages(card(None), (1366, 768))) == 1


def test_two_agencies_with_long_names_both_keep_their_numbers() -> None:
    """In English names are long; a number is what one looks for on the card."""
    grid, names = Grid(1366, 768, load("en").text, "en"), ("Labour Standards Advice Hotline", "Houterasu")
    agencies = tuple(
        Agency(name, f"0570-00000{place}", mark="number confirmed 2022: check before use" * (not place))
        for place, name in enumerate(names)
    )
    shown = replace(card(told("ko", 60)), told=agencies)
    view = View(
        "1", "Aoba", "", "10:00", "", "waiting", (1, 0, 0), (), 1, 0, None,
        card=shown, reason="waited", since="10:00", elapsed="00:01",
    )  # fmt: skip
    (line,) = [
        part.text
        for part in console_sheet(view, grid).parts
        if isinstance(part, Words) and "Houterasu" in part.text
    ]
    assert line.endswith("0570-000001")


@pytest.mark.parametrize("tag", ["ja", "en"])
def test_the_button_for_the_next_page_has_its_words_in_one_line(tag: str, typesetter: Typesetter) -> None:
    grid, painter = Grid(1366, 768, load(tag).text, tag), Painter(typesetter, Frame(1366, 768))
    view = View(
        "1", "Aoba", "", "10:00", "", "waiting", (1, 0, 0), (), 1, 0, None,
        card=card(told("vi", MAX_NARRATIVE)), reason="waited", since="10:00", elapsed="00:01",
    )  # fmt: skip
    parts = console_sheet(view, grid).parts
    (more,) = [part for part in parts if isinstance(part, Target) and part.id == "page"]
    (ink,) = [item for item in painter.lay(more, "normal", False) if isinstance(item, Ink)]
    assert ink.block.lines == 1
    assert ink.block.height <= more.box.h


def test_as_many_numbers_as_have_room_stand_in_the_list() -> None:
    """Where more wait than fit, how many is said in a line of its own, not in a row's place."""
    waiting = tuple(Row(str(n), f"A{n:03d}", "韓国語", 600 if n == 0 else 599) for n in range(20))
    view = View(
        "1", "あおば市", "", "10:00", "", "waiting", (20, 0, 0), waiting, 20, 0, None,
        signal=Signal("A000", 0, "のところへ行く"),
    )  # fmt: skip
    parts = [part for part in console_sheet(view, Grid(1366, 768, SAY)).parts if isinstance(part, Words)]
    numbers = [part for part in parts if re.fullmatch(r"A\d{3}", part.text)]
    (more,) = [part for part in parts if part.text == SAY("console.more", n=20 - len(numbers))]
    (today,) = [part for part in parts if part.text.startswith(SAY("console.today", issued=20, closed=0))]
    assert numbers[-1].box.bottom <= more.box.y
    assert more.box.bottom <= today.box.y
    said = [part.text for part in parts]
    assert (said.count("10時間"), said.count("599分")) == (1, 4)
    assert len(numbers) == 5, "no room is left for one more"


@given(
    text=st.text(max_size=600),
    width=st.integers(1, 700),
    height=st.integers(0, 400),
)
def test_pieces_lose_and_double_nothing(text: str, width: int, height: int) -> None:
    cut = pieces(text, Box(0, 0, width, height), Grid(1366, 768, SAY))
    assert re.sub(r"\s", "", "".join(cut)) == re.sub(r"\s", "", text)
    assert all(cut)
