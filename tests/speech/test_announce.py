from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from kiosk.speech.announce import (
    CHIME_PEAK,
    CHIME_S,
    RATE,
    Announce,
    AnnounceEngine,
    Sentence,
    chime,
    in_its_digits,
)
from kiosk.speech.voice import STOP, Speaker, WavSink
from kiosk.speech.wav import WavReader
from tests.speech.conftest import Window
from tests.speech.fakes import without_loudspeaker

JAPANESE = Sentence("{番号|ばんごう}A012の {方|かた}は、{窓口|まどぐち}3へ どうぞ。", "openjtalk")
KOREAN = Sentence("A, 0 1 2번 고객님, 3번 창구로 오세요.", "espeak:ko")


@pytest.fixture
def windows() -> Iterator[Callable[..., Window]]:
    made: list[Window] = []

    def window(factory: Callable[..., AnnounceEngine], *args: Any) -> Window:
        made.append(Window(factory, *args))
        return made[-1]

    yield window
    for one in made:
        one.close()


def mute() -> AnnounceEngine:
    """On a machine without a loudspeaker."""
    without_loudspeaker()
    return AnnounceEngine()


def heard(path: Path) -> np.ndarray[Any, Any]:
    reader = WavReader(path)
    assert reader.rate == RATE
    sound: np.ndarray[Any, Any] = reader.read(10**8)[:, 0]
    return sound


def test_the_chime_is_two_strikes_and_does_not_click() -> None:
    sound = chime()
    assert len(sound) == round(CHIME_S * RATE)
    assert float(np.abs(sound).max()) == pytest.approx(CHIME_PEAK, abs=0.01)
    assert abs(float(sound[0])) < 0.001
    assert abs(float(sound[-1])) < 0.001
    assert float(np.abs(np.diff(sound)).max()) < 0.25


def test_chime_and_both_languages_one_after_the_other(windows: Callable[..., Window], tmp_path: Path) -> None:
    window, lengths = windows(AnnounceEngine), []
    for name, spoken in (("none", ()), ("one", (JAPANESE,)), ("two", (JAPANESE, KOREAN))):
        path = tmp_path / f"{name}.wav"
        assert window.answer("announce", Announce(spoken, 1.0, WavSink(path))).value is True
        lengths.append(len(heard(path)) / RATE)
    assert lengths[0] == pytest.approx(CHIME_S, abs=0.01)
    assert lengths[1] > lengths[0] + 1.5
    assert lengths[2] > lengths[1] + 1.5


def test_half_the_volume_is_half_as_loud(windows: Callable[..., Window], tmp_path: Path) -> None:
    window = windows(AnnounceEngine)
    for name, volume in (("full", 1.0), ("half", 0.5)):
        window.answer("announce", Announce((JAPANESE,), volume, WavSink(tmp_path / f"{name}.wav")))
    full, half = (float(np.abs(heard(tmp_path / f"{name}.wav")).max()) for name in ("full", "half"))
    assert half == pytest.approx(full / 2, rel=0.01)


def test_a_voice_that_fails_does_not_silence_the_other(
    windows: Callable[..., Window], tmp_path: Path
) -> None:
    path = tmp_path / "said.wav"
    asked = Announce((Sentence("?", "espeak:xx-none"), JAPANESE), 1.0, WavSink(path))
    reply = windows(AnnounceEngine).answer("announce", asked)
    assert (reply.value, reply.trouble) == (False, None)
    assert len(heard(path)) / RATE > CHIME_S + 1.5


def test_no_loudspeaker_is_told(windows: Callable[..., Window]) -> None:
    window = windows(mute)
    for job, payload in (("announce", Announce((JAPANESE,))), ("check", Speaker())):
        trouble = window.answer(job, payload).trouble
        assert trouble is not None
        assert trouble.key == "trouble.no_speaker"


def test_nepali_digits_are_read_in_nepali() -> None:
    assert in_its_digits(Sentence("नम्बर A, 0 1 2", "espeak:ne")) == "नम्बर A, ० १ २"
    assert in_its_digits(KOREAN) == KOREAN.sentence


def test_quiet_means_at_once(windows: Callable[..., Window], tmp_path: Path) -> None:
    window = windows(AnnounceEngine)
    number = window.ask("announce", Announce((JAPANESE,) * 200, 1.0, WavSink(tmp_path / "said.wav")))
    window.worker.tell(number, STOP)
    assert window.rest().value is False
