"""Sound made slower keeps its pitch and loudness."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.speech.slower import slower
from kiosk.speech.sound import RATE


@pytest.mark.parametrize("hertz", [90, 150, 320])
@pytest.mark.parametrize("times", [1.0, 1.3, 2.0])
def test_a_tone_lasts_longer_at_the_same_pitch_and_loudness(hertz: float, times: float) -> None:
    tone = (0.5 * np.sin(2 * np.pi * hertz * np.arange(RATE) / RATE)).astype(np.float32)
    made = slower(tone, times)
    assert len(made) == round(len(tone) * times)
    inner = made[1000:-1000]
    loudest = np.argmax(np.abs(np.fft.rfft(inner * np.hanning(len(inner))))) * RATE / len(inner)
    assert abs(loudest - hertz) < 3
    assert abs(np.sqrt(np.mean(inner**2)) - 0.5 / np.sqrt(2)) < 0.02


@given(st.integers(0, 6000), st.floats(1.0, 2.0), st.integers(0, 9))
def test_whatever_the_length_it_stays_sound(length: int, times: float, seed: int) -> None:
    sound = np.random.default_rng(seed).uniform(-1, 1, length).astype(np.float32)
    made = slower(sound, times)
    assert made.dtype == np.float32
    assert np.isfinite(made).all()
    assert np.abs(made).max(initial=0) <= 1.001
    assert len(made) in (length, round(length * times))
