"""The painter: what a page looks like, and that faults are found."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PIL import Image, ImageOps

from kiosk.text.typesetter import Typesetter
from kiosk.ui.faults import faults
from kiosk.ui.frame import Frame
from kiosk.ui.items import Glyph, Ink, Shape, ink_box
from kiosk.ui.mirror import mirror
from kiosk.ui.paint import KEPT_PAGES, Painter
from kiosk.ui.parts import Box, Panel, Part, Sheet, Target, Words
from kiosk.ui.shapes import paint_rounded
from tests.flows.led import shop
from tests.ui.samples import SENTENCES, every_kind, question


@pytest.fixture(scope="module")
def painter(typesetter: Typesetter) -> Painter:
    return Painter(typesetter, Frame(1280, 800))


def page(*parts: Part, language: str = "en") -> Sheet:
    return Sheet("page", language, "ltr", parts)


@pytest.mark.parametrize("tag", SENTENCES)
def test_a_good_page_has_no_faults(painter: Painter, tag: str) -> None:
    assert faults(painter, question(tag)) == []
    assert faults(painter, question(tag, chosen="log-out")) == []


@pytest.mark.parametrize("tag", SENTENCES)
def test_every_kind_of_part_is_drawn(typesetter: Typesetter, tag: str) -> None:
    for frame in (Frame(1280, 800), Frame(1280, 800, 1.0, True)):
        painter = Painter(typesetter, frame)
        sheet = every_kind(tag)
        blank = painter.blank()
        for part in sheet.parts:
            drawn = blank.copy()
            painter.paint(drawn, part)
            pressed = part.look == "plain" if isinstance(part, Target) else False
            assert (drawn.tobytes() != blank.tobytes()) != pressed, part
        assert painter.photograph(sheet).size == (1280, 800)


WRONG: list[tuple[str, Part, str]] = [
    ("low", Target("a", Box(0, 0, 300, 80), "choice", "Pay", "en"), "less than 96"),
    ("small", Words(Box(0, 0, 300, 80), "Pay", "en", 16), "16.0 px"),
    ("outside", Panel(Box(1200, 0, 100, 80)), "leaves the window"),
    ("wide word", Words(Box(0, 0, 60, 80), "Aufenthaltserlaubnis", "en", 24), "torn inside a word"),
    ("many lines", Words(Box(0, 0, 90, 40), "one two three four", "en", 24), "leaves its box"),
    ("too many lines", Words(Box(0, 0, 90, 400), "one two three", "en", 24, max_lines=1), "does not fit"),
    ("no font", Words(Box(0, 0, 300, 80), "𒀀", "en", 24), "no font has"),
    ("no reading", Words(Box(0, 0, 300, 80), "{在留|ざいりゅう}資格", "ja-simple", 24), "no reading on 資"),
    ("label", Target("a", Box(0, 0, 180, 96), "secondary", "Aufenthaltserlaubnis", "en"), "torn inside"),
]


@pytest.mark.parametrize(("part", "expected"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_a_fault_is_found(painter: Painter, part: Part, expected: str) -> None:
    found = faults(painter, page(part))
    assert any(expected in fault for fault in found), found


def test_targets_over_each_other_are_found_unless_a_panel_covers_the_lower(painter: Painter) -> None:
    lower = Target("a", Box(0, 0, 300, 96), "choice", "Pay", "en")
    upper = Target("b", Box(200, 0, 300, 96), "choice", "Pay", "en")
    assert any("lies over" in fault for fault in faults(painter, page(lower, upper)))
    assert faults(painter, page(lower, Panel(Box(180, 0, 400, 96)), upper)) == []


def test_text_shrinks_only_through_the_sizes_given(painter: Painter) -> None:
    text = "A long label that does not fit in one line of this width"
    part = Target("a", Box(0, 0, 230, 96), "secondary", text, "en", size=28, smaller=(24, 20))
    ink = next(item for item in painter.lay(part) if isinstance(item, Ink))
    assert ink.size == 20
    alone = replace(part, smaller=())
    ink = next(item for item in painter.lay(alone) if isinstance(item, Ink))
    assert ink.size == 28
    assert faults(painter, page(alone))


@pytest.mark.parametrize("tag", ["en", "ne", "my", "ko", "vi"])
def test_labels_in_a_row_share_a_baseline(painter: Painter, tag: str) -> None:
    """By the script's middle, never by the ink: with and without tall marks and descenders."""
    texts = {"en": ("ace", "Agly"), "ne": ("कम", "खुट्टी"), "my": ("က", "ကြို့"), "ko": ("가", "뷁"),
             "vi": ("oan", "Ệgy")}[tag]  # fmt: skip
    lines = []
    for text in texts:
        part = Target("a", Box(0, 0, 400, 96), "secondary", text, tag, size=26)
        ink = next(item for item in painter.lay(part) if isinstance(item, Ink))
        lines.append(ink.box.y + ink.block.baseline)
    assert lines[0] == lines[1]


def test_a_label_with_readings_is_pushed_down_and_stays_inside(painter: Painter) -> None:
    plain = Target("a", Box(0, 0, 400, 96), "secondary", "ことば", "ja-simple", size=28)
    ruby = replace(plain, label="{言葉|ことば}")
    low, lower = (next(i for i in painter.lay(part) if isinstance(i, Ink)) for part in (plain, ruby))
    assert lower.box.y + lower.block.baseline > low.box.y + low.block.baseline
    seen = ink_box(lower)
    assert seen.y >= 0
    assert seen.bottom <= 96


def test_states_look_different(painter: Painter) -> None:
    for look in ("choice", "primary", "secondary", "quiet", "more", "bar", "clear", "plain", "key", "round"):
        part = Target("a", Box(40, 40, 200, 120), look, "Pay", "en", icon="check")
        pictures = []
        for state in ("normal", "pressed", "focused"):
            drawn = painter.blank((300, 220))
            painter.paint(drawn, part, state)
            pictures.append(drawn.tobytes())
        # An area without a drawing of its own says both by the same edge.
        assert len(set(pictures)) == (2 if look == "plain" else 3), look


def test_chosen_is_filled_bold_and_ticked(painter: Painter) -> None:
    part = Target("a", Box(0, 0, 400, 112), "choice", "Pay", "en", icon="house", chip=True)
    chosen = painter.lay(replace(part, chosen=True))
    assert isinstance(chosen[0], Shape)
    assert chosen[0].fill == "accent"
    assert any(isinstance(item, Glyph) and item.name == "circle-check" for item in chosen)
    assert not any(isinstance(item, Glyph) and item.name == "circle-check" for item in painter.lay(part))


def test_right_to_left_mirrors_places_but_not_signs(painter: Painter) -> None:
    sheet = question("en", direction="rtl")
    turned = mirror(sheet, painter.frame)
    for before, after in zip(sheet.parts, turned.parts, strict=True):
        assert after.box.right == 1280 - before.box.x
    choice = next(part for part in turned.parts if isinstance(part, Target) and part.chip)
    items = painter.lay(choice, "normal", True)
    glyph = next(item for item in items if isinstance(item, Glyph))
    ink = next(item for item in items if isinstance(item, Ink))
    assert glyph.box.x > ink_box(ink).right
    assert choice.box.right - glyph.box.right < 60
    assert mirror(replace(sheet, direction="ltr"), painter.frame).parts == sheet.parts
    number = Sheet("n", "en", "rtl", (Words(Box(0, 0, 500, 100), "A012", "ja", 40),))
    shown = mirror(number, painter.frame).parts[0]
    assert isinstance(shown, Words)
    assert shown.align == "end"


def test_arrows_turn_with_the_page(painter: Painter) -> None:
    part = Target("a", Box(0, 0, 200, 96), "bar", "", "en", icon="arrow-left")
    pictures = {}
    for direction in ("ltr", "rtl"):
        sheet = Sheet("a", "en", direction, (replace(part, box=Box(0, 0, 1280, 96)),))
        pictures[direction] = painter.photograph(sheet)
    assert pictures["ltr"].tobytes() != pictures["rtl"].tobytes()
    assert ImageOps.mirror(pictures["ltr"]).tobytes() == pictures["rtl"].tobytes()


def colours(drawn: Image.Image) -> set[object]:
    counted = drawn.getcolors(9999)
    assert counted is not None
    return {colour for _, colour in counted}


def test_provisional_words_are_muted_and_the_others_are_not(painter: Painter) -> None:
    part = Words(Box(0, 0, 600, 60), "certain maybe", "en", 30, provisional_from=8)
    drawn = painter.blank((600, 60))
    painter.paint(drawn, part)
    plain = painter.blank((600, 60))
    painter.paint(plain, replace(part, provisional_from=None))
    ink, mute = painter.colour("ink"), painter.colour("mute")
    assert ink in colours(drawn)
    assert mute in colours(drawn)
    assert mute not in colours(plain)
    # The certain half is the same as without any uncertainty.
    assert drawn.crop((0, 0, 95, 60)).tobytes() == plain.crop((0, 0, 95, 60)).tobytes()


def test_repainting_a_piece_gives_the_same_page(painter: Painter) -> None:
    sheet = question("my")
    whole = painter.photograph(sheet)
    patched = whole.copy()
    painter.repaint(patched, sheet, Box(100, 150, 700, 300), lambda _: "normal")
    assert patched.tobytes() == whole.tobytes()


def test_a_page_drawn_ahead_is_the_same_page(typesetter: Typesetter) -> None:
    painter = Painter(typesetter, Frame(1280, 800))
    sheet = question("vi")
    drawn = painter.photograph(sheet)
    pauses = []
    painter.foresee([sheet], lambda: pauses.append(1))
    assert len(pauses) == 2 * len(sheet.parts), "once where a part is laid out, once where it is drawn"
    ahead = painter.photograph(sheet)
    assert ahead.tobytes() == drawn.tobytes()
    ahead.paste((0, 0, 0), (0, 0, 1280, 800))
    assert painter.photograph(sheet).tobytes() == drawn.tobytes(), "whoever gets a page may draw on it"


def test_all_likely_pages_are_laid_out_and_the_likeliest_drawn(typesetter: Typesetter) -> None:
    painter = Painter(typesetter, Frame(1280, 800))
    sheets = [page(Words(Box(0, 0, 400, 60), f"Page {at}", "en", 28)) for at in range(KEPT_PAGES + 3)]
    painter.foresee([question("en")])
    painter.foresee(sheets)
    assert list(painter._ready) == sheets[:KEPT_PAGES], "what was likely before is gone"
    assert {part for sheet in sheets for part in sheet.parts} <= {key[0] for key in painter._laid}


def test_a_page_of_a_visit_that_ended_meanwhile_is_not_kept(typesetter: Typesetter) -> None:
    """The visit is wiped while the thread draws: what it drew would be held for the next person."""
    painter = Painter(typesetter, Frame(1280, 800))
    sheet = page(Words(Box(0, 0, 400, 60), "ひみつの ことば", "ja", 28, private=True))
    painter.foresee([sheet], painter.forget)
    assert not painter._ready


def test_what_is_measured_of_somebodys_own_words_is_not_kept() -> None:
    """Lines of a narrative stayed with the fonts, days after the visit was wiped."""
    text = Typesetter(shop().languages)
    own = Words(
        Box(0, 0, 400, 200),
        "三か月 {給料|きゅうりょう}が ない",
        "ja-simple",
        28,
        private=True,
        marks=((1, 6),),
    )
    Painter(text, Frame(1280, 800)).photograph(page(own))
    kept = text._library
    assert (kept.width.cache_info().currsize, kept.glyphs.cache_info().currsize) == (0, 0)


@pytest.mark.parametrize("border", [0, 2, 3])
@pytest.mark.parametrize("size", [(284, 96, 14), (40, 40, 20), (36, 8, 4), (8, 20, 4), (276, 276, 276)])
def test_rounded_corners_are_even(size: tuple[int, int, int], border: int) -> None:
    width, height, radius = size
    mask = Image.new("L", (width, height))
    paint_rounded(mask, Box(0, 0, width, height), 255, radius, border)
    assert mask.tobytes() == ImageOps.mirror(mask).tobytes() == ImageOps.flip(mask).tobytes()
    assert mask.getpixel((0, 0)) == 0
    assert mask.crop((width // 2, 0, width // 2 + 1, 1)).tobytes()[0] > 240
    # A border meets its own other side in a very thin shape.
    if 2 * border < min(width, height):
        assert mask.getpixel((width // 2, height // 2)) == (0 if border else 255)


def test_where_targets_answer(painter: Painter) -> None:
    clear = Target("clear", Box(1000, 16, 232, 56), "clear", "x", "en")
    assert painter.reach(clear) == Box(988, 0, 292, 96)
    assert painter.reach(replace(clear, box=Box(48, 16, 232, 56))) == Box(0, 0, 292, 96)
    cell = Target("back", Box(0, 704, 256, 90), "bar", "x", "en")
    assert painter.reach(cell).bottom == 800


def test_somebodys_own_words_stay_in_no_cache() -> None:
    painter = Painter(Typesetter(shop().languages), Frame(1280, 800))
    secret = Words(Box(0, 0, 400, 60), "ひみつの ことば", "ja", 28, private=True)
    fixed = replace(secret, text="だれでも 読む ことば", private=False)
    for part in (secret, fixed):
        painter.lay(part)
    kept = [key[0] for key in painter._laid]
    assert [part.text for part in kept if isinstance(part, Words)] == [fixed.text]
    assert {key[0] for key in painter.text._cache} == {fixed.text}
    painter.foresee([page(secret)])
    assert painter._ready
    painter.forget()
    assert not painter._ready
