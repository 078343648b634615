from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont

from kiosk.core.language import Language
from kiosk.text import Block, Typesetter
from kiosk.text.block import Ink, draw
from kiosk.text.fonts import Library

SHIPPED = ["ja", "ja-simple", "en", "zh-Hans", "ko", "vi", "pt-BR", "ne", "my"]
REACHING = {
    "my": "လျှို့ဝှက်ချက်ြွှဲဉ္ဇုဏ္ဍို့",
    "ne": "ङ्क्षूँर्ट्रैद्ध्रू",
    "ur": "نشستوںپیچھےتقریباًچیخے",
    "km": "ស្ត្រីខ្ញុំត្រូវ",
    "vi": "ẪỄỘỰỵ",
}


@pytest.mark.parametrize("tag", REACHING)
@pytest.mark.parametrize("size", [20.0, 41.0])
def test_no_ink_is_cut(typesetter: Typesetter, languages: dict[str, Language], tag: str, size: float) -> None:
    """The mask's ink is the same, pixel for pixel, as on a canvas with room on every side."""
    language = languages[tag]
    family = Library(language.fonts).families[language.fonts[0]]
    face = ImageFont.truetype(
        family.file(False), round(size * family.factor, 2), layout_engine=ImageFont.Layout.RAQM
    )
    canvas = Image.new("L", (1600, 600))
    ImageDraw.Draw(canvas).text(
        (500, 300), REACHING[tag], 255, face, "ls", direction=language.direction, language=tag
    )
    block = typesetter.set(REACHING[tag], tag, size=size)
    box = block.mask.getbbox()
    assert box is not None
    assert block.mask.crop(box).tobytes() == canvas.crop(canvas.getbbox()).tobytes()


@settings(deadline=None, max_examples=150)
@given(
    tag=st.sampled_from([*SHIPPED, "ur", "fa", "th", "km"]),
    text=st.text(max_size=60) | st.text("အကငြှု့ कर्मिँ ฉันที่ {在|ざい}「」。、ab 0123-/ پنجرہ(", max_size=60),
    width=st.none() | st.integers(1, 600),
    max_lines=st.none() | st.integers(1, 3),
    align=st.sampled_from(["start", "center", "end"]),
    bold=st.booleans(),
)
def test_any_text_gives_a_block(
    typesetter: Typesetter,
    tag: str,
    text: str,
    width: int | None,
    max_lines: int | None,
    align: str,
    bold: bool,
) -> None:
    block = typesetter.set(
        text,
        tag,
        size=24,
        bold=bold,
        width=width,
        max_lines=max_lines,
        align=align,  # type: ignore[arg-type]
    )
    if width is not None:
        assert block.width == width or block.overflow
    assert block.text_width <= block.width
    assert 1 <= block.lines == len(block.lines_boxes)
    assert block.height == pytest.approx(block.lines * block.line_pitch, abs=1)
    assert set(block.missing) <= set(text) or block.missing == "…"
    left, top = block.offset
    assert left <= 0
    assert top <= 0
    assert block.mask.width + left >= block.width
    assert block.mask.height + top >= block.height
    for x, _, line_width, _ in block.lines_boxes:
        assert x >= -0.01
        assert x + line_width <= block.width + 0.02


def test_what_cannot_be_drawn_is_named(typesetter: Typesetter) -> None:
    assert typesetter.set("hello \U0001f600\x07 \U0001f600", "en", size=20).missing == "\U0001f600\x07"
    assert (
        typesetter.set("hello \U0001f600", "en", size=20).text_width
        == typesetter.set("hello 〓", "en", size=20).text_width
    ), "a mark stands for it"
    assert typesetter.set("ไทย 한국어 मराठी", "ja", size=20).missing == ""


def test_every_language_names_itself_in_its_own_fonts(
    typesetter: Typesetter, languages: dict[str, Language]
) -> None:
    for tag in SHIPPED:
        for text in (languages[tag].endonym, languages[tag].choose):
            block = typesetter.set(text, tag, size=28)
            assert not block.missing, tag
            assert block.mask.getbbox(), tag


@pytest.mark.parametrize(
    ("tag", "pitch", "middle"),
    [("en", 1.34, 0.357), ("vi", 1.42, 0.357), ("ja", 1.46, 0.375), ("ko", 1.5, 0.375), ("ne", 1.5, 0.33),
     ("my", 1.86, 0.27), ("th", 1.5, 0.30), ("km", 1.7, 0.27), ("fa", 1.6, 0.2), ("ur", 2.1, 0.36)],
)  # fmt: skip
def test_line_height_and_middle_per_script(
    typesetter: Typesetter, tag: str, pitch: float, middle: float
) -> None:
    block = typesetter.set("12", tag, size=100)
    assert block.line_pitch == pytest.approx(100 * pitch)
    assert block.baseline - block.middle == pytest.approx(100 * middle, abs=0.5)


def test_digits_are_the_same_picture_in_every_language(typesetter: Typesetter) -> None:
    def ink(tag: str) -> bytes:
        mask = typesetter.set("A012", tag, size=60, bold=True).mask
        return mask.crop(mask.getbbox()).tobytes()

    assert len({ink(tag) for tag in [*SHIPPED, "ur", "fa", "th", "km"]}) == 1


def ink_left(block: Block) -> int:
    box = block.mask.getbbox()
    assert box is not None
    return box[0] + block.offset[0]


def test_alignment_follows_the_language(typesetter: Typesetter) -> None:
    def at(tag: str, align: str) -> int:
        return ink_left(typesetter.set("12", tag, size=20, width=400, align=align))  # type: ignore[arg-type]

    assert at("en", "start") == at("ur", "end") < 10
    assert at("en", "end") == at("ur", "start") > 350
    assert at("en", "center") == at("ur", "center")
    assert abs(at("en", "center") - 200 + 11) < 5


def test_labels_share_a_baseline_whatever_their_letters(typesetter: Typesetter) -> None:
    blocks = [typesetter.set(text, "en", size=28) for text in ("ace", "Ågy", "...", "A012")]
    assert len({(block.baseline, block.middle, block.height) for block in blocks}) == 1


def test_too_many_lines_end_in_an_ellipsis(typesetter: Typesetter) -> None:
    text = "one two three four five six seven eight nine ten"
    whole = typesetter.set(text, "en", size=20, width=120)
    short = typesetter.set(text, "en", size=20, width=120, max_lines=2)
    assert whole.lines > 2
    assert not whole.overflow
    assert (short.lines, short.overflow) == (2, True)
    assert short.text_width <= 120


def test_one_character_wider_than_the_box_overflows(typesetter: Typesetter) -> None:
    assert typesetter.set("在", "ja", size=40, width=20).overflow
    assert not typesetter.set("在留", "ja", size=40, width=40).overflow


def test_measure_is_what_is_drawn(typesetter: Typesetter) -> None:
    for tag, text in (
        ("en", "Counter 3"),
        ("my", "ကောင်တာ 3"),
        ("ja", "{在留|ざいりゅう}"),
        ("ur", "کاؤنٹر 3"),
    ):
        width = typesetter.measure(text, tag, 28)
        assert typesetter.set(text, tag, size=28).width == pytest.approx(width, abs=1)


def test_fit_takes_the_largest_that_fits(typesetter: Typesetter) -> None:
    text = "Please wait in front of counter 3"
    block = typesetter.fit(text, "en", [20, 28, 40], 300, 80)
    assert block is typesetter.set(text, "en", size=28, width=300)
    assert typesetter.fit(text, "en", [20, 28, 40], 2000, 80).line_pitch == pytest.approx(40 * 1.34)
    assert typesetter.fit(text, "en", [20, 28], 300, 10).line_pitch == pytest.approx(20 * 1.34)
    one_line = typesetter.fit(text, "en", [20, 28, 40], 400, 200, max_lines=1)
    assert (one_line.lines, one_line.overflow) == (1, False)


def test_the_cache_keeps_within_its_memory(languages: dict[str, Language]) -> None:
    typesetter = Typesetter(languages, cache_bytes=300_000)
    first = typesetter.set("0", "en", size=40)
    assert typesetter.set("0", "en", size=40) is first
    for number in range(100):
        typesetter.set(str(number), "en", size=40, width=300)
        assert 0 < typesetter.cached_bytes <= 300_000
    assert typesetter.set("0", "en", size=40) is not first
    assert typesetter.set("99", "en", size=40, width=300) is typesetter.set("99", "en", size=40, width=300)


def test_threads_draw_the_same(languages: dict[str, Language]) -> None:
    texts = [(f"{languages[tag].choose} {number}", tag) for tag in SHIPPED for number in range(12)]
    alone = Typesetter(languages)
    expected = [alone.set(text, tag, size=28, width=150).mask.tobytes() for text, tag in texts]
    together = Typesetter(languages, cache_bytes=100_000)
    with ThreadPoolExecutor(4) as pool:
        drawn = pool.map(lambda item: together.set(item[0], item[1], size=28, width=150), texts * 2)
        assert [block.mask.tobytes() for block in drawn] == expected * 2


def test_a_size_that_is_only_tried_is_not_drawn(
    typesetter: Typesetter, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[int] = []

    def drawing(*given: Any) -> Ink:
        drawn.append(1)
        return draw(*given)

    monkeypatch.setattr("kiosk.text.typesetter.draw", drawing)
    block = typesetter.fit("Only tried, never drawn. " * 3, "en", [20, 28, 40, 60], 400, 100)
    assert not drawn
    assert block.mask.getbbox() is not None
    assert block.offset <= (0, 0)
    assert drawn == [1], "and once it is, it is not drawn again"
