"""Lines under words: they stand under the words meant, wherever the text breaks."""

from __future__ import annotations

import pytest

from kiosk.data.languages import read_languages
from kiosk.text.typesetter import Typesetter
from kiosk.ui.frame import Frame
from kiosk.ui.items import Ink, Shape
from kiosk.ui.layout import Layout, ink_rows
from kiosk.ui.marks import lay_mark
from kiosk.ui.parts import Box, Words

TEXTS = {
    "zh-Hans": "还没有发送。取号之前可以修改。 不问您的姓名。不想说的事可以不说。",
    "my": "မပို့ရသေးပါ။ နံပါတ်မယူမီ ပြင်နိုင်ပါသည်။ အမည် မမေးပါ။ မပြောလိုသည်များကို မပြောဘဲ နေနိုင်ပါသည်။",
    "ja": "まだ送っていません。番号を取る前に直すことができます。名前は聞きません。",
    "en": "Nothing has been sent yet.\nYou can change anything before you take a number.",
}


@pytest.mark.parametrize("width", [200, 336, 520])
@pytest.mark.parametrize("tag", sorted(TEXTS))
def test_every_stretch_begins_and_ends_where_it_is_set(tag: str, width: int) -> None:
    text = TEXTS[tag]
    typesetter = Typesetter(read_languages().by_tag)
    layout = Layout(Frame(1280, 800), typesetter)
    size = 25.0
    (ink,) = lay_mark(layout, Words(Box(0, 0, width, 800), text, tag, size))
    assert isinstance(ink, Ink)
    block = ink.block
    assert [text[a:b].strip() for a, b in block.spans] == [text[a:b] for a, b in block.spans]
    for line, (start, end) in enumerate(block.spans):
        words = Words(Box(0, 0, width, 800), text, tag, size, marks=((start, end),))
        items = lay_mark(layout, words)
        (under,) = [item for item in items if isinstance(item, Shape)]
        (ink,) = [item for item in items if isinstance(item, Ink)]
        # The stretch is a whole line: its mark is as long and stands under no other.
        assert under.box.x == 0
        assert abs(under.box.w - ink.block.lines_boxes[line][2]) <= 1
        top = ink.box.y + line * ink.block.line_pitch
        assert top < under.box.y <= top + ink.block.line_pitch


def test_a_sentence_in_the_middle_of_a_line_is_marked_from_its_first_word() -> None:
    """Set alone, what stands before it breaks elsewhere: a last line of two signs is filled up."""
    text = TEXTS["zh-Hans"]
    layout = Layout(Frame(1280, 800), Typesetter(read_languages().by_tag))
    start = text.index("不问")
    words = Words(Box(0, 0, 336, 400), text, "zh-Hans", 25.0, marks=((start, len(text)),))
    first = next(item for item in lay_mark(layout, words) if isinstance(item, Shape))
    before = text[:start].split("修")[1]  # 改。 and a blank, at the line's beginning
    width = layout.text.measure(before, "zh-Hans", 25.0)
    assert 0 < first.box.x - width < 25


def test_no_word_is_left_alone_in_the_middle_of_a_last_line() -> None:
    layout = Layout(Frame(1280, 800), Typesetter(read_languages().by_tag))
    text = "{話|はな}した あとで、もう {一度|いちど} {押|お}して ください"
    words = Words(Box(0, 0, 346, 90), text, "ja-simple", 22.0, align="center")
    (ink,) = lay_mark(layout, words)
    assert isinstance(ink, Ink)
    upper, lower = (width for _, _, width, _ in ink.block.lines_boxes)
    assert lower > 0.6 * upper


@pytest.mark.parametrize("private", [False, True])
def test_no_word_is_alone_on_a_last_line(typesetter: Typesetter, private: bool) -> None:
    """But what grows while somebody speaks stays where it stands."""
    layout = Layout(Frame(1280, 800), typesetter)
    text = "Hôm nay có nhân viên nói Tiếng Việt đến 13:30"
    room = round(typesetter.measure(text, "vi", 24)) - 4
    (ink,) = lay_mark(layout, Words(Box(0, 0, room, 100), text, "vi", 24, private=private))
    assert isinstance(ink, Ink)
    upper, lower = (width for _, _, width, _ in ink.block.lines_boxes)
    assert (lower < 0.25 * room) if private else (lower > 0.6 * upper)


def test_even_lines_that_would_not_fit_are_not_taken(typesetter: Typesetter) -> None:
    """Marks that move to the last line need more room below it."""
    layout = Layout(Frame(1280, 800), typesetter)
    text = "Hãy mang theo phiếu này và thẻ lưu trú"
    room = round(typesetter.measure(text, "vi", 28, bold=True)) - 4
    for height in range(40, 100):
        (ink,) = lay_mark(layout, Words(Box(0, 0, room, height), text, "vi", 28, bold=True, smaller=(20,)))
        assert isinstance(ink, Ink)
        top, bottom = ink_rows(ink.block)
        if ink.size == 28:
            assert ink.block.height <= height or bottom - top <= height
