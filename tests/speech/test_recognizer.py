"""What is made of Vosk's results, without Vosk."""

from __future__ import annotations

import json

import pytest

from kiosk.core.heard import Final, Word
from kiosk.speech.recognizer import CONFIDENCE_FLOOR, _final, _words_only


def result(**words: float) -> str:
    """As Vosk writes it; a word's name after the underscore is left out."""
    heard = [
        {"word": word, "conf": confidence, "start": 0.0, "end": 0.1} for word, confidence in words.items()
    ]
    return json.dumps({"result": heard, "text": " ".join(words)})


def test_words_keep_their_confidence() -> None:
    assert _final(result(도와=0.98765, 주세요=1.0)) == Final(
        "도와 주세요", (Word("도와", 0.988), Word("주세요", 1.0))
    )


@pytest.mark.parametrize("nothing", ["{}", '{"text": ""}', '{"result": [], "text": ""}'])
def test_silence_is_nothing(nothing: str) -> None:
    assert _final(nothing) is None


@pytest.mark.parametrize("words", [{"흑": 0.38}, {"빅": 0.69, "일지도": 0.52}])
def test_a_word_or_two_hardly_understood_are_noise(words: dict[str, float]) -> None:
    assert sum(words.values()) / len(words) < CONFIDENCE_FLOOR
    assert _final(result(**words)) is None


def test_one_unsure_word_stays_among_others() -> None:
    final = _final(result(사장님이=1.0, 기다리=0.1, 했습니다=1.0))
    assert final is not None
    assert final.text == "사장님이 기다리 했습니다"


def test_a_sentence_hardly_understood_is_still_given_out() -> None:
    final = _final(result(인근=0.5, 재=0.5, 들입니다=0.5))
    assert final is not None
    assert len(final.words) == 3


def test_signs_that_are_no_words_go() -> None:
    assert _words_only("[3] 회사 [noise] <unk> 에서") == "회사 에서"
    signs = json.dumps({"result": [{"word": "[1]", "conf": 1.0}], "text": "[1]"})
    assert _final(signs) is None
