"""Voice activity and gain on the sample voice and on sound that is none."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.speech.activity import Activity
from kiosk.speech.gain import LEAST_DB, MOST_DB, TARGET_DB, Gain
from kiosk.speech.sample import SENTENCES
from kiosk.speech.sound import RATE, mixed
from kiosk.speech.wav import WavReader

if TYPE_CHECKING:
    from kiosk.speech.sound import Sound

CHUNK = 1280


@pytest.fixture(scope="module")
def voice(korean: Path) -> Sound:
    reader = WavReader(korean)
    return mixed(reader.read(RATE * 60))


def chunks(sound: Sound) -> list[Sound]:
    return [sound[start : start + CHUNK] for start in range(0, len(sound), CHUNK)]


def stretches(sound: Sound, pause_s: float = 0.38) -> list[tuple[float, float]]:
    """Begin and end of what is spoken, pauses shorter than the recognizer's left out."""
    activity = Activity()
    flags = np.concatenate([activity.push(chunk) for chunk in chunks(sound)])
    found: list[tuple[float, float]] = []
    for frame in np.flatnonzero(flags).tolist():
        if found and frame / 100 - found[-1][1] < pause_s:
            found[-1] = (found[-1][0], frame / 100)
        else:
            found.append((frame / 100, frame / 100))
    return found


def hiss(length: int, loudness: float) -> Sound:
    return np.random.default_rng(1).normal(0, loudness, length).astype(np.float32)


@pytest.mark.parametrize("factor", [1.0, 0.02, 4.0], ids=["normal", "quiet", "clipped"])
@pytest.mark.parametrize("noise", [0.0, 0.03], ids=["still", "hiss"])
def test_every_sentence_is_found_whatever_the_level(voice: Sound, factor: float, noise: float) -> None:
    sound = np.clip((voice + hiss(len(voice), noise)) * factor, -1, 1).astype(np.float32)
    found = stretches(sound)
    assert len(found) == len(SENTENCES)
    for (begin, end), (truly, until) in zip(found, stretches(voice), strict=True):
        assert abs(begin - truly) < 0.15
        assert abs(end - until) < 0.25


@pytest.mark.parametrize("loudness", [0.0, 0.0005, 0.01, 0.1])
def test_hiss_and_silence_are_nobody(loudness: float) -> None:
    assert stretches(hiss(RATE * 4, loudness) if loudness else np.zeros(RATE * 4, dtype=np.float32)) == []


def amplified(sound: Sound) -> tuple[Sound, Gain]:
    activity, gain = Activity(), Gain()
    return np.concatenate([gain.push(chunk, activity.push(chunk)) for chunk in chunks(sound)]), gain


def loudness(sound: Sound) -> float:
    spoken = sound[np.abs(sound) > np.abs(sound).max() / 20]
    return float(20 * np.log10(np.sqrt(np.mean(spoken**2))))


def test_normal_speech_is_left_as_it_is(voice: Sound) -> None:
    sound = (voice * 0.8).astype(np.float32)
    assert np.array_equal(amplified(sound)[0], sound)


@pytest.mark.parametrize("factor", [1.4, 3.0, 9.0])
def test_loud_and_clipped_speech_is_brought_down(voice: Sound, factor: float) -> None:
    sound = np.clip(voice * factor, -1, 1).astype(np.float32)
    made, gain = amplified(sound)
    late = len(made) // 2
    assert LEAST_DB <= gain.db < -2
    assert TARGET_DB - 7 < loudness(made[late:]) < loudness(sound[late:]) - 1


def test_who_speaks_softly_after_a_shout_is_brought_up_again(voice: Sound) -> None:
    gain = Gain()
    for part, least, most in ((voice * 3, LEAST_DB, -2), (voice * 0.03, 8, MOST_DB)):
        activity = Activity()
        gain.begin()
        for chunk in chunks(np.clip(part, -1, 1).astype(np.float32)):
            gain.push(chunk, activity.push(chunk))
        assert least <= gain.db <= most


def test_quiet_speech_is_brought_up(voice: Sound) -> None:
    quiet = (voice * 0.03).astype(np.float32)
    made, _ = amplified(quiet)
    late = len(made) // 2
    assert loudness(quiet[late:]) < TARGET_DB - 20
    assert abs(loudness(made[late:]) - TARGET_DB) < 7


def test_a_shout_after_quiet_speech_does_not_clip(voice: Sound) -> None:
    made, gain = amplified(np.concatenate([voice * 0.02, voice]).astype(np.float32))
    assert np.abs(made).max() <= max(0.96, float(np.abs(voice).max()))
    assert gain.db < 3


def test_hiss_alone_is_not_brought_up() -> None:
    sound = hiss(RATE * 5, 0.001)
    assert np.array_equal(amplified(sound)[0], sound)


@given(st.integers(0, 3000), st.floats(0, 1), st.integers(0, 9))
def test_whatever_the_chunks_nothing_is_lost_or_clipped(length: int, loud: float, seed: int) -> None:
    activity, gain = Activity(), Gain()
    rng = np.random.default_rng(seed)
    for _ in range(4):
        sound = (rng.uniform(-loud, loud, length)).astype(np.float32)
        made = gain.push(sound, activity.push(sound))
        assert len(made) == len(sound)
        assert np.isfinite(made).all()
        assert np.abs(made).max(initial=0) <= 1
        assert LEAST_DB <= gain.db <= MOST_DB
