"""Something like a voice, for a recognizer to warm up with: syllables that no language has to know.

The recognizer puts its graph together where sound leads it, so that only what resembles speech is of use: of
a first half second of speech after this the Korean model needs 0.19 s of processor time, after as much of a
buzz in syllables or of noise 0.4 to 0.5 s, after nothing 1.0 s, and once it has heard it before 0.06 s.
More of it, or a real voice speaking other words, is hardly better.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.speech.sound import RATE

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

    from kiosk.speech.sound import Sound

_WORDS, _SYLLABLES = 4, 2
_SYLLABLE_S, _STILL_S = 0.2, 0.2
_VOWELS = (
    (750, 1250, 2600), (300, 2200, 2900), (330, 800, 2400), (480, 1900, 2600), (480, 900, 2500),
    (350, 1400, 2400), (600, 1000, 2500),
)  # fmt: skip
"""Formants in Hz, about those of a, i, u, e, o and two between them."""
_WIDTHS = 70, 90, 140  # Hz, of the formants
_HIGHEST = 5000  # Hz
_SOUND_AT_MOST = 0.5


def words() -> Iterator[Sound]:
    """Short words in different voices, each after a little stillness; always the same ones."""
    import numpy as np

    chance = np.random.default_rng(5)
    for _ in range(_WORDS):
        still = chance.normal(0, 0.0005, round(_STILL_S * RATE)).astype(np.float32)
        yield np.concatenate([still, _word(chance)])


def _word(chance: np.random.Generator) -> Sound:
    """A consonant and a vowel, again and again: harmonics of a falling pitch under moving formants."""
    import numpy as np

    at = np.arange(round(_SYLLABLES * _SYLLABLE_S * RATE)) / RATE
    formants = _formants(chance, at)
    pitch = chance.uniform(95, 220) * (1.08 - 0.2 * at / at[-1])
    phase = 2 * np.pi * np.cumsum(pitch) / RATE
    voice = np.zeros(len(at))
    for harmonic in range(1, int(_HIGHEST / pitch[0])):
        hertz = harmonic * pitch
        loud = np.full(len(at), 1 / harmonic)
        for formant, width in zip(formants, _WIDTHS, strict=True):
            loud *= formant**2 / np.hypot(formant**2 - hertz**2, width * hertz)
        voice += loud * np.sin(harmonic * phase)
    opened, hiss = _mouth(chance, at)
    made = voice * opened
    made = made / np.sqrt(np.mean(made**2)) + hiss
    told: Sound = (made / np.abs(made).max() * _SOUND_AT_MOST).astype(np.float32)
    return told


def _formants(chance: np.random.Generator, at: NDArray[np.float64]) -> NDArray[np.float64]:
    """Each syllable goes from somewhere to its vowel: formants × samples."""
    import numpy as np

    vowels = np.array(_VOWELS, dtype=float)[chance.integers(len(_VOWELS), size=_SYLLABLES)]
    before = np.column_stack([chance.uniform(low, high, _SYLLABLES) for low, high in
                              ((250, 300), (800, 2400), (2100, 2900))])  # fmt: skip
    begins = np.arange(_SYLLABLES) * _SYLLABLE_S
    times = np.column_stack([begins + 0.04, begins + 0.1, begins + _SYLLABLE_S - 0.02]).ravel()
    places = np.stack([before, vowels, vowels], axis=1).reshape(-1, vowels.shape[1])
    return np.stack([np.interp(at, times, column) for column in places.T])


def _mouth(
    chance: np.random.Generator, at: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """How far the voice is let out, 0 to 1, and the noise of the consonants: a hum, a glide, a hiss, a burst
    or a breath at the beginning of each syllable."""
    import numpy as np

    since = at % _SYLLABLE_S
    sort = chance.integers(5, size=_SYLLABLES)[np.minimum(at // _SYLLABLE_S, _SYLLABLES - 1).astype(int)]
    fading = np.clip((_SYLLABLE_S - since) / 0.03, 0, 1)
    opened = np.clip((since - 0.05) / 0.02, 0, 1) * fading
    hum = 0.3 * np.clip(since / 0.02, 0, 1) * np.clip((0.07 - since) / 0.02, 0, 1)
    opened = np.maximum(opened, np.where(sort == 0, hum, 0))
    opened = np.maximum(opened, np.where(sort == 1, np.clip(since / 0.04, 0, 1) * fading, 0))
    noise = chance.normal(0, 1, len(at))
    swell = np.sin(np.pi * np.clip(since / 0.07, 0, 1))
    hiss = np.where(sort == 2, 0.12 * np.diff(noise, prepend=0.0) * swell, 0)
    hiss += np.where((sort == 3) & (since > 0.03) & (since < 0.05), 0.35 * noise, 0)
    hiss += np.where(sort == 4, 0.06 * noise * swell, 0)
    return opened, hiss
