"""What is made of Vosk's results, without Vosk."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.heard import UNSURE, Final, Word
from kiosk.speech.results import CONFIDENCE_FLOOR, final, words_only


def result(*readings: tuple[str, float]) -> str:
    """As Vosk writes it: words of half a second each, and a score whose likelihood is the share given."""
    told = [
        {
            "confidence": 200 + math.log(share),
            "text": text,
            "result": [
                {"word": word, "start": place / 2, "end": place / 2 + 0.5}
                for place, word in enumerate(text.split(" "))
            ],
        }
        for text, share in readings
    ]
    return json.dumps({"alternatives": told})


def test_a_word_in_every_reading_is_sure() -> None:
    told = final(result(("사장님이 컸 습니다", 0.6), ("사장님이 커 습니다", 0.4)))
    assert told == Final(
        "사장님이 컸 습니다", (Word("사장님이", 1.0), Word("컸", 0.6, ("커",)), Word("습니다", 1.0))
    )


def test_the_likelier_alternative_comes_first_and_a_sure_word_has_none() -> None:
    told = final(
        result(("저는 갑니다", 0.4), ("저는 감니다", 0.2), ("저는 합니다", 0.3), ("너는 합니다", 0.1))
    )
    assert told is not None
    first, second = told.words
    assert first.confidence > UNSURE
    assert first.others == ()
    assert second.others == ("합니다", "감니다")


@pytest.mark.parametrize(
    "nothing", ["{}", '{"text": ""}', '{"alternatives": [{"confidence": 1, "text": ""}]}']
)
def test_silence_is_nothing(nothing: str) -> None:
    assert final(nothing) is None


@pytest.mark.parametrize("share", [0.38, 0.6])
def test_a_word_or_two_hardly_understood_are_noise(share: float) -> None:
    assert share < CONFIDENCE_FLOOR
    assert final(result(("흑", share), ("억", 1 - share))) is None or share > 0.5


def test_a_sentence_hardly_understood_is_still_given_out() -> None:
    told = final(result(("인근 재 들입니다", 0.5), ("인건 제 드립니다", 0.5)))
    assert told is not None
    assert len(told.words) == 3


def test_words_where_nobody_spoke_go_from_the_ends_alone() -> None:
    told = final(
        result(("은 사장님 이 했습니다 커", 1.0)), lambda start, end: start < 2 and end > 0.5 and start != 1
    )
    assert told is not None
    assert told.text == "사장님 이 했습니다"


def test_signs_that_are_no_words_go() -> None:
    assert words_only("[3] 회사 [noise] <unk> 에서") == "회사 에서"
    assert final(result(("[1]", 1.0))) is None


@given(
    st.lists(st.tuples(st.sampled_from(["가 나", "가 다", "라", "가 나 다"]), st.floats(0.01, 1)), min_size=1)
)
def test_confidences_are_shares(readings: list[tuple[str, float]]) -> None:
    told = final(result(*readings))
    if told is not None:
        assert all(0 <= word.confidence <= 1 and word.text not in word.others for word in told.words)
