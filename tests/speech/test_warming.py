"""What a recognizer does ahead, so that the first person's first words come as soon as the next one's."""

from __future__ import annotations

import sys
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from kiosk.speech import ears, recognizer
from kiosk.speech.babble import words
from kiosk.speech.ears import Ears
from kiosk.speech.recognizer import Listen, SpeechEngine
from kiosk.speech.sound import RATE
from kiosk.speech.sources import WavFile
from kiosk.speech.wav import write_wav
from kiosk.workers import Line, Reply
from tests.speech.conftest import Window
from tests.speech.fakes import Costs


class Heard:
    """A recognizer that only counts what it has taken and not dropped."""

    made: list[Heard]

    def __init__(self, *_: Any) -> None:
        self.fed = self.held = 0
        self.made.append(self)

    def feed(self, sound: np.ndarray) -> bool:
        self.fed += len(sound)
        self.held += len(sound)
        return False

    def partial(self) -> str:
        return ""

    def rest(self) -> str:
        self.held = 0
        return "{}"


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[Heard]:
    Heard.made = []
    monkeypatch.setattr(ears, "Recognizer", Heard)
    return Heard.made


@pytest.fixture
def engine(made: list[Heard], monkeypatch: pytest.MonkeyPatch) -> SpeechEngine:
    """An engine whose model hears nothing, loaded."""
    vosk = types.SimpleNamespace(SetLogLevel=lambda _: None, Model=lambda _: object())
    monkeypatch.setitem(sys.modules, "vosk", vosk)
    monkeypatch.setattr(recognizer, "check_model", lambda _: None)
    told = SpeechEngine()
    told.handle("load", "ko", Line(0, lambda _: None))
    assert made
    return told


def steps() -> int:
    return sum(1 for _ in Ears(None).warm())


def test_every_recognizer_hears_all_of_the_babble(made: list[Heard]) -> None:
    told = sum(len(word) for word in words())
    for _ in Ears(None).warm():
        pass
    assert [(one.fed, one.held) for one in made] == [(told, 0), (told, 0)]


def test_warming_up_may_be_left_at_any_step_and_leaves_nothing_heard(made: list[Heard]) -> None:
    for upto in range(steps() + 1):
        warming = Ears(None).warm()
        for _ in zip(range(upto), warming, strict=False):
            pass
        warming.close()
        assert [one.held for one in made] == [0] * len(made), upto


def test_the_babble_is_sound_as_a_recognizer_takes_it_and_always_the_same() -> None:
    for one, other in zip(words(), words(), strict=True):
        assert one.dtype == np.float32
        assert 0.3 * RATE < len(one) < RATE
        assert 0.3 < np.abs(one).max() < 0.9
        assert np.array_equal(one, other)


def test_an_engine_warms_up_once_after_loading_and_not_after_loading_the_same_again(
    engine: SpeechEngine, made: list[Heard]
) -> None:
    assert all(one.fed == 0 for one in made)  # who waits for the load does not wait for this
    while engine.idle():
        pass
    fed = [one.fed for one in made]
    assert all(fed)
    engine.handle("load", "ko", Line(1, lambda _: None))
    assert not engine.idle()
    assert [one.fed for one in made] == fed  # and no recognizer was made anew


@pytest.fixture
def still(tmp_path: Path) -> WavFile:
    write_wav(tmp_path / "still.wav", np.zeros(RATE, dtype=np.float32), RATE)
    return WavFile(tmp_path / "still.wav")


def test_somebody_who_speaks_before_it_is_done_ends_it(
    engine: SpeechEngine, made: list[Heard], still: WavFile
) -> None:
    for _ in range(3):
        assert engine.idle()
    assert any(one.held for one in made)
    replies: list[Reply] = []
    held: list[int] = []

    def send(reply: Reply) -> None:
        if not replies:
            held.extend(one.held for one in made)
        replies.append(reply)

    engine.handle("listen", Listen(still), Line(1, send))
    assert held == [0, 0]  # at the first level, before any of the person's sound was heard
    assert not engine.idle()


def test_another_model_is_not_kept_from_loading_by_the_last_ones_warming_up(
    engine: SpeechEngine, made: list[Heard]
) -> None:
    engine.idle()
    engine.idle()
    engine.handle("load", "ja", Line(1, lambda _: None))
    assert all(one.held == 0 for one in made)
    while engine.idle():
        pass
    assert [bool(one.fed) for one in made[-2:]] == [True, True]


def test_a_warm_recognizer_needs_less_for_its_first_words_than_a_cold_one(
    fresh: Callable[..., Window], model: Path, korean: Path
) -> None:
    window = fresh(Costs)
    assert window.answer("load", model).trouble is None
    cold, warm = window.answer("costs", korean).value
    assert warm < cold / 2  # of processor time: a fifth of it
