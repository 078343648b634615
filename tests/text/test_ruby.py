from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.core.language import Language
from kiosk.text import Typesetter, metrics
from kiosk.text.line import Line, Placed, set_line
from tests.text.layout import base, paragraph

SIZE = 28.0
UNIT = metrics.ruby_size(SIZE)


def one(text: str, languages: dict[str, Language], size: float = SIZE) -> Line:
    whole = paragraph(text, languages["ja-simple"], size)
    return set_line(whole, 0, len(whole.text))


def small(line: Line) -> list[Placed]:
    return [placed for placed in line.placed if placed.rise]


def end(placed: Placed) -> float:
    return placed.x + placed.setting.width(placed.run)


@pytest.mark.parametrize(("size", "expected"), [(40, 19.2), (24, 14), (20, 14)])
def test_a_reading_is_half_the_base_and_never_under_14_px(
    languages: dict[str, Language], size: float, expected: float
) -> None:
    assert {placed.setting.size for placed in small(one("{在|ざい}", languages, size))} == {expected}


def test_a_narrow_reading_is_spread_one_two_one(languages: dict[str, Language]) -> None:
    line = one("{日本語|にほんご}", languages)
    xs = [placed.x for placed in small(line)]
    gap = (line.width - 4 * UNIT) / 4
    assert xs == pytest.approx([gap / 2 + at * (UNIT + gap) for at in range(4)])


def test_a_wide_reading_leans_over_kana_up_to_nine_tenths(languages: dict[str, Language]) -> None:
    line = one("これは{所|ところどころ}です", languages)
    first, last = small(line)[0], small(line)[-1]
    chars = [placed for placed in line.placed if not placed.rise]
    before, kanji, after = chars
    assert end(before) - first.x == pytest.approx(metrics.RUBY_LEAN * UNIT, abs=0.01)
    assert end(last) - after.x == pytest.approx(metrics.RUBY_LEAN * UNIT, abs=0.01)
    # What cannot lean makes room at the base, half on each side.
    spare = after.x - end(before) - SIZE
    assert kanji.x - end(before) == pytest.approx(spare / 2)


def test_a_reading_does_not_lean_over_kanji(languages: dict[str, Language]) -> None:
    line = one("本{所|ところどころ}本", languages)
    before, _, after = [placed for placed in line.placed if not placed.rise]
    assert small(line)[0].x >= end(before) - 0.01
    assert end(small(line)[-1]) <= after.x + 0.01


def test_a_reading_leans_half_a_character_beyond_a_line_end(languages: dict[str, Language]) -> None:
    line = one("{給料|きゅうりょうきん}", languages)
    assert small(line)[0].x == pytest.approx(-metrics.RUBY_LEAN_EDGE * UNIT)
    assert end(small(line)[-1]) == pytest.approx(line.width + metrics.RUBY_LEAN_EDGE * UNIT)


_words = st.lists(
    st.tuples(
        st.text("在留資格本日", min_size=1, max_size=3),
        st.text("ざいりゅうょん", min_size=1, max_size=8),
        st.sampled_from(["", "の", "を ", " ", "、", "本", "カード"]),
    ),
    min_size=1,
    max_size=6,
)


@settings(deadline=None, max_examples=80)
@given(words=_words, size=st.sampled_from([20.0, 24.0, 28.0, 40.0]))
def test_readings_and_bases_never_overlap(
    languages: dict[str, Language], words: list[tuple[str, str, str]], size: float
) -> None:
    text = "".join(f"{{{kanji}|{reading}}}{tail}" for kanji, reading, tail in words)
    line = one(text, languages, size)
    assert base(line) == "".join(kanji + tail for kanji, _, tail in words)
    for row in (small(line), [placed for placed in line.placed if not placed.rise]):
        for left, right in itertools.pairwise(row):
            assert right.x >= end(left) - 0.01


def test_neighbouring_readings_do_not_run_together(languages: dict[str, Language]) -> None:
    line = one("{窓口|まどぐちです}{氏名|しめいです}", languages)
    assert small(line)[6].x - end(small(line)[5]) == pytest.approx(0.25 * UNIT)


def test_a_line_with_ruby_is_higher_and_its_base_lower(typesetter: Typesetter) -> None:
    with_ruby = typesetter.set("{在留|ざいりゅう}", "ja-simple", size=SIZE)
    without = typesetter.set("在留", "ja-simple", size=SIZE)
    assert with_ruby.line_pitch == pytest.approx(1.86 * SIZE)
    assert without.line_pitch == pytest.approx(1.46 * SIZE)
    drop = (with_ruby.baseline - with_ruby.middle) - (without.baseline - without.middle)
    assert drop == pytest.approx(0.26 * SIZE, abs=1)


def test_ruby_is_drawn_above_the_base_in_both_weights(typesetter: Typesetter) -> None:
    for bold in (False, True):
        block = typesetter.set("{本|ほん}", "ja", size=SIZE, bold=bold)
        bare = typesetter.set("本", "ja", size=SIZE, bold=bold)
        box, bare_box = block.mask.getbbox(), bare.mask.getbbox()
        assert box is not None
        assert bare_box is not None
        top = box[1] + block.offset[1] - block.baseline
        bare_top = bare_box[1] + bare.offset[1] - bare.baseline
        assert bare_top - top > UNIT * 0.7
