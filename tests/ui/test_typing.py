"""The page for writing: every layer of every keyboard fits every window, and its state follows the keys."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.visit import MAX_NARRATIVE
from kiosk.data.catalogue import load
from kiosk.data.keyboards import SYMBOLS, read_keyboard
from kiosk.data.languages import read_languages
from kiosk.text.markup import spoken
from kiosk.text.typesetter import Typesetter
from kiosk.ui.faults import faults
from kiosk.ui.frame import Frame
from kiosk.ui.items import Ink, Shape, ink_box
from kiosk.ui.paint import Painter
from kiosk.ui.parts import Sheet, Target, Words
from kiosk.ui.resident.base import Scene
from kiosk.ui.resident.page import Head
from kiosk.ui.resident.typing import Typing, type_page
from tests.ui.samples import SENTENCES

FRAMES = (Frame(1280, 800), Frame(1920, 1080), Frame(800, 1280), Frame(1280, 800, 1.5, contrast=True))


def states(tag: str) -> list[Typing]:
    """Empty, every layer, signs, a long text, and Chinese words to choose from."""
    keyboard = read_keyboard(tag)
    text = spoken(SENTENCES[tag])
    found = [Typing(keyboard), Typing(keyboard, text, symbols=True)]
    found += [Typing(keyboard, text, layer=layer) for layer in range(len(keyboard.layers))]
    found.append(Typing(keyboard, (text + " ") * (MAX_NARRATIVE // len(text) - 1)))
    if keyboard.speller:
        found += [Typing(keyboard, text, spelled=typed) for typed in ("g", "wodegongzimeiyou", "xian")]
    return found


def page(tag: str, now: Typing, frame: Frame) -> Sheet:
    languages = read_languages().by_tag
    scene = Scene(frame, languages[tag], load(tag).text, languages)
    return type_page(scene, now, Head("", "", 5, 7), correcting=False)


@pytest.mark.parametrize("frame", FRAMES, ids=lambda f: f"{f.form}-{f.text_scale}")
@pytest.mark.parametrize("tag", SENTENCES)
def test_every_keyboard_fits_every_window(typesetter: Typesetter, tag: str, frame: Frame) -> None:
    painter = Painter(typesetter, frame)
    assert [fault for now in states(tag) for fault in faults(painter, page(tag, now, frame))] == []


@pytest.mark.parametrize("tag", SENTENCES)
def test_letters_on_keys_are_large_and_keys_stay_where_they_are(typesetter: Typesetter, tag: str) -> None:
    frame = Frame(1280, 800)
    painter = Painter(typesetter, frame)
    tops = set()
    for now in states(tag):
        keys = [
            part for part in page(tag, now, frame).parts if isinstance(part, Target) and part.look == "key"
        ]
        letters = [key for key in keys if len(key.label) == 1]
        assert all(ink.size >= 26 for key in letters for ink in painter.lay(key) if isinstance(ink, Ink))
        rows = [key.box.y for key in keys if not key.id.startswith("key:word")]
        tops.add((min(rows), max(key.box.bottom for key in keys)))
    assert len(tops) == 1, "the keyboard does not jump between its layers"


def test_the_end_of_a_long_text_is_seen_with_the_caret_behind_it(typesetter: Typesetter) -> None:
    painter = Painter(typesetter, Frame(1280, 800))
    now = Typing(read_keyboard("en"), "word " * 200 + "finally")
    words = next(part for part in page("en", now, painter.frame).parts
                 if isinstance(part, Words) and part.caret)  # fmt: skip
    ink, caret = painter.lay(words)
    assert isinstance(ink, Ink)
    assert isinstance(caret, Shape)
    assert words.text.endswith("finally")
    seen = ink_box(ink)
    assert seen.y >= words.box.y - 1
    assert seen.bottom <= words.box.bottom + 1
    assert caret.box.y > words.box.y + words.box.h / 2
    left, _, width, _ = ink.block.lines_boxes[-1]
    assert 0 <= caret.box.x - (words.box.x + left + width) < 8


def test_the_caret_moves_on_with_a_blank(typesetter: Typesetter) -> None:
    painter = Painter(typesetter, Frame(1280, 800))
    places = []
    for text in ("one", "one ", "one  ", "one\n"):
        shown = page("en", Typing(read_keyboard("en"), text), painter.frame)
        words = next(part for part in shown.parts if isinstance(part, Words) and part.caret)
        places.append(painter.lay(words)[-1].box)
    one, blank, blanks, below = places
    assert one.x < blank.x < blanks.x
    assert below.y > one.y
    assert below.x < one.x


def test_lines_stay_put_while_a_long_text_grows() -> None:
    keyboard = read_keyboard("en")
    text = "some words that go on " * 60
    starts = set()
    for end in range(1000, 1100):
        shown = page("en", Typing(keyboard, text[:end]), Frame(1280, 800))
        words = next(part for part in shown.parts if isinstance(part, Words) and part.caret)
        starts.add(text.index(words.text[:80]) if words.text else -1)
        assert text[:end].endswith(words.text)
    assert len(starts) == 1


def test_offered_words_are_turned_page_by_page_and_come_round() -> None:
    now = Typing(read_keyboard("zh-Hans"), spelled="shi")
    seen: list[str] = []
    for _ in range(30):
        shown = page("zh-Hans", now, Frame(1280, 800))
        targets = {part.id: part for part in shown.parts if isinstance(part, Target)}
        seen += [part.label for name, part in targets.items() if name.startswith("key:word:")]
        turn = next(name for name in targets if name.startswith("key:words:"))
        now = now.press(turn.removeprefix("key:"))
        if now.offset == 0:
            break
    assert seen == [candidate.word for candidate in now.offered]
    assert now.press("word:999").text == "shi"


def test_a_text_has_an_end() -> None:
    now = Typing(read_keyboard("ko"), "가" * (MAX_NARRATIVE - 1))
    for key in ("ㄱ", "ㅏ", "ㄱ", "ㄱ", "<space>"):
        now = now.press(key)
        assert len(now.whole) <= MAX_NARRATIVE
    chinese = Typing(read_keyboard("zh-Hans"), "字" * (MAX_NARRATIVE - 2))
    for key in "gongzi":
        chinese = chinese.press(key)
    assert len(chinese.whole) == MAX_NARRATIVE


@pytest.mark.parametrize("tag", SENTENCES)
@given(data=st.data())
def test_no_row_of_presses_fails_or_leaves_the_limit(tag: str, data: st.DataObject) -> None:
    keyboard = read_keyboard(tag)
    keys = sorted({key for layer in (*keyboard.layers, SYMBOLS) for row in layer for key in row})
    keys += ["word:0", "word:5", "words:8", "é", "한", ":"]
    now = Typing(keyboard)
    for key in data.draw(st.lists(st.sampled_from(keys), max_size=25)):
        now = now.press(key)
    for _ in range(5 * len(now.whole) + 1):
        now = now.press("<delete>")
    assert now.whole == ""
