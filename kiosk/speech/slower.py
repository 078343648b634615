"""Sound made slower at the same pitch: a word of a fifth of a second is gone before a recognizer is sure.

WSOLA: windows are laid out further apart than they were taken, each from the place near its own where it
fits best to what goes before (Verhelst and Roelands, 1993). Own code: thirty lines, and no library for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.speech.sound import RATE

if TYPE_CHECKING:
    from kiosk.speech.sound import Sound

_HALF = 240  # samples, 15 ms: the lowest voices have a period of 12 ms
_SEEK = 128  # samples to either side, so that a period is always found


def slower(sound: Sound, times: float) -> Sound:
    """16 kHz sound that takes `times` as long, 1 or more; what is shorter than 50 ms comes back as it is."""
    import numpy as np

    if len(sound) < RATE // 20:
        return sound
    window = np.hanning(2 * _HALF + 1)[:-1].astype(np.float32)
    around = np.zeros(_SEEK + 2 * _HALF, dtype=np.float32)
    held = np.concatenate([around, sound, around])
    count = round(len(sound) * times) // _HALF + 1
    made: Sound = np.zeros((count + 1) * _HALF, dtype=np.float32)
    following = held[len(around) - _HALF : len(around) + _HALF]
    for step in range(count):
        place = len(around) - _HALF + min(round(step * _HALF / times), len(sound))
        near = held[place - _SEEK : place + _SEEK + 2 * _HALF]
        fits = np.lib.stride_tricks.sliding_window_view(near, 2 * _HALF) @ following
        best = place - _SEEK + int(np.argmax(fits))
        made[step * _HALF : (step + 2) * _HALF] += held[best : best + 2 * _HALF] * window
        following = held[best + _HALF : best + 3 * _HALF]
    return made[_HALF : _HALF + round(len(sound) * times)]
