from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.speech.sound import RATE, Inlet, Resampler, as_pcm, level, mixed

RATES = [8000, 11025, 22050, 24000, 32000, 44100, 48000, 96000, 44101]


def tone(frequency: float, rate: int, seconds: float = 0.5, size: float = 0.5) -> np.ndarray:
    return (size * np.sin(2 * np.pi * frequency * np.arange(round(rate * seconds)) / rate)).astype(np.float32)


def resampled(sound: np.ndarray, rate: int, pieces: int = 7, target: int = RATE) -> np.ndarray:
    resampler = Resampler(rate, target)
    return np.concatenate(
        [*(resampler.push(part) for part in np.array_split(sound, pieces)), resampler.flush()]
    )


@pytest.mark.parametrize("rate", RATES)
def test_a_tone_is_the_same_tone_at_16_khz(rate: int) -> None:
    made = resampled(tone(1000, rate), rate)
    assert abs(len(made) - RATE / 2) <= 2
    middle = slice(400, -400)  # the filter runs in and out at the ends
    error = made[middle] - tone(1000, RATE)[: len(made)][middle]
    assert 10 * np.log10(np.mean(error**2) / 0.125) < -60


@pytest.mark.parametrize(
    ("rate", "frequency"), [(96000, 20000), (48000, 10000), (44100, 9000), (32000, 9500)]
)
def test_what_16_khz_cannot_hold_is_gone_not_folded_back(rate: int, frequency: int) -> None:
    made = resampled(tone(frequency, rate), rate)[400:-400]
    assert 10 * np.log10(np.mean(made**2) / 0.125) < -60


@pytest.mark.parametrize("rate", [8000, 44100, 48000])
def test_a_voice_goes_out_at_a_loudspeakers_rate(rate: int) -> None:
    made = resampled(tone(440, 22050), 22050, target=rate)
    error = made[1000:-1000] - tone(440, rate)[: len(made)][1000:-1000]
    assert 10 * np.log10(np.mean(error**2) / 0.125) < -60


@given(cuts=st.lists(st.integers(0, 4410), max_size=12), rate=st.sampled_from(RATES))
@settings(max_examples=30, deadline=None)
def test_where_the_stream_is_cut_changes_nothing(cuts: list[int], rate: int) -> None:
    sound = np.random.default_rng(1).uniform(-1, 1, 4410).astype(np.float32)
    whole = resampled(sound, rate, pieces=1)
    resampler = Resampler(rate)
    parts = [resampler.push(part) for part in np.split(sound, sorted(cuts))]
    np.testing.assert_allclose(np.concatenate([*parts, resampler.flush()]), whole, atol=1e-5)


def test_16_khz_passes_untouched() -> None:
    sound = tone(300, RATE)
    assert np.array_equal(resampled(sound, RATE), sound)


@pytest.mark.parametrize(("rate", "mirror"), [(8000, 4500), (11025, 7525), (48000, None)])
def test_sound_from_any_device(rate: int, mirror: int | None) -> None:
    inlet = Inlet(rate)
    stereo = np.repeat(tone(3500, rate)[:, None], 2, axis=1)
    made = np.concatenate([*(inlet.push(part) for part in np.array_split(stereo, 5)), inlet.flush()])
    assert abs(len(made) - RATE / 2) <= 3
    loud = np.abs(np.fft.rfft(made[:7800] * np.hanning(7800)))
    assert loud.argmax() * RATE / 7800 == pytest.approx(3500, abs=3)
    above = loud[round(4000 / RATE * 7800) :]  # where narrow sound has nothing of its own
    if mirror is None:
        assert above.max() < 0.001 * loud.max()
    else:
        assert above.max() > 0.1 * loud.max()
        assert above.argmax() * RATE / 7800 + 4000 == pytest.approx(mirror, abs=3)


def test_levels() -> None:
    assert level(tone(1000, RATE, size=1.0)).dbfs == pytest.approx(-3.01, abs=0.05)
    assert level(tone(1000, RATE, size=0.01)).dbfs == pytest.approx(-43.01, abs=0.05)
    assert level(tone(1000, RATE, size=1.0)).clipped
    assert not level(tone(1000, RATE, size=0.5)).clipped
    assert level(np.zeros(100, dtype=np.float32)).dbfs == level(np.zeros(0, dtype=np.float32)).dbfs == -90.0


@pytest.mark.parametrize("other", [1.0, 0.0, -1.0, -0.9])
def test_of_channels_that_cancel_each_other_one_is_heard(other: float) -> None:
    voice = tone(300, RATE)
    heard = mixed(np.stack([voice, np.float32(other) * voice], axis=1))
    assert np.corrcoef(heard, voice)[0, 1] > 0.999
    assert np.abs(heard).max() >= 0.49 * np.abs(voice).max()


def test_channels_are_mixed_and_nonsense_is_silence() -> None:
    frames = np.array([[1.0, 0.0], [np.nan, np.nan], [9.0, 9.0]], dtype=np.float32)
    assert mixed(frames).tolist() == [0.5, 0.0, 1.0]
    assert as_pcm(mixed(frames)) == (16383).to_bytes(2, "little") + bytes(2) + (32767).to_bytes(2, "little")
