"""The search of full packages: it must not stop at the first answers that happen to be complete."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.translation.loaded import BACK, CAREFUL, THERE, Loaded
from kiosk.translation.packages import pairs
from tests.translation import corpus

LINES = [(each.wordings["ko"][-1], each.wordings["en"][0]) for each in corpus.meanings() if not each.slots]


@pytest.fixture(scope="module")
def full(installed: Path) -> Loaded:
    """The sample, taken for a full package: no floor, so that a poor answer is seen."""
    return Loaded(replace(pairs(installed)["ko", "en"], sample=False, floor=None))


@pytest.mark.parametrize("beam", [THERE, BACK, CAREFUL])
def test_no_beam_ends_at_a_short_poor_answer(full: Loaded, beam: int) -> None:
    answers = full.translate([korean for korean, _ in LINES], beam)
    right = sum(answer.text == english for answer, (_, english) in zip(answers, LINES, strict=True))
    assert right >= 0.98 * len(LINES)
    assert sum("〓" in answer.text for answer in answers) <= 1


def test_a_stock_search_would_lose_some_of_them(full: Loaded) -> None:
    tokens = [full._package.tokenizer.encode(korean) for korean, _ in LINES]
    found = full._model.translate_batch(tokens, beam_size=4, length_penalty=0.2)
    assert any("〓" in "".join(result.hypotheses[0]) for result in found)


def test_the_same_alone_and_among_others(full: Loaded) -> None:
    sentences = [korean for korean, _ in LINES[:12]]
    alone = [full.translate([sentence], THERE)[0] for sentence in sentences]
    assert full.translate(sentences, THERE) == alone


@pytest.mark.parametrize("beam", [THERE, CAREFUL])
def test_the_floor_is_the_mean_of_a_token_whatever_the_search_divides_by(installed: Path, beam: int) -> None:
    pair = pairs(installed)["ko", "en"]
    certain = Loaded(replace(pair, sample=False, floor=-0.5)).translate([LINES[0][0]], beam)[0]
    assert certain.fault == ""
    impossible = Loaded(replace(pair, sample=False, floor=0.0)).translate([LINES[0][0]], beam)[0]
    assert impossible.fault == "unlikely"
