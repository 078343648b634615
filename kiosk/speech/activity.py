"""Whether somebody speaks: energy above a noise floor that is followed, and how flat the spectrum is.

Own code rather than a library: webrtcvad has had no release with wheels for years, Silero brings a model and
an inference engine of some 50 MB, and here it only has to find pauses: whether there are words is for the
recognizer to say.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from kiosk.speech.sound import RATE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kiosk.speech.sound import Sound

FRAME_S = 0.01
_HOP = round(RATE * FRAME_S)
_WINDOW = 2 * _HOP
_BAND = (200.0, 4000.0)  # Hz: speech lies here, hum and hiss mostly do not
_ABOVE_DB = 9.0  # speech begins so far above the floor
_STILL_DB = 5.0  # and goes on while it is so far above
_FLAT = 0.55  # geometric by arithmetic mean of the powers: noise 0.56 on average, voices under 0.3
_LOUD_DB = 20.0  # so far above the floor even a flat sound, an s or a sh, belongs to speech
_LOWEST_DB, _HIGHEST_FLOOR_DB = -75.0, -28.0
_FLOOR_FRAMES = 300
_BEGIN, _OF = 4, 6  # speech begins when so many of so many frames are voiced


class Activity:
    """Follows one stream of 16 kHz sound, whatever its level. Times are seconds of sound since the start."""

    def __init__(self) -> None:
        import numpy as np

        self.speaking = False
        self.began = 0.0
        """When the speech at hand, or the last one, began."""
        self.last = 0.0
        """The end of the last frame with speech."""
        self.now = 0.0
        self.floor_db = _LOWEST_DB
        """Loudness in the band of speech while nobody speaks."""
        self._tail: Sound = np.zeros(_WINDOW - _HOP, dtype=np.float32)
        self._rest: Sound = np.zeros(0, dtype=np.float32)
        self._window = np.hanning(_WINDOW).astype(np.float32)
        hertz = np.fft.rfftfreq(_WINDOW, 1 / RATE)
        self._bins = (hertz >= _BAND[0]) & (hertz <= _BAND[1])
        self._lows: deque[float] = deque(maxlen=_FLOOR_FRAMES)
        self._smooth = 0.0
        self._votes: deque[bool] = deque(maxlen=_OF)

    def push(self, sound: Sound) -> NDArray[np.bool_]:
        """Hear on; for every whole 10 ms since the last push whether it is speech."""
        import numpy as np

        held = np.concatenate([self._rest, sound])
        count = len(held) // _HOP
        self._rest = held[count * _HOP :]
        if count == 0:
            return np.zeros(0, dtype=bool)
        fresh = held[: count * _HOP]
        joined = np.concatenate([self._tail, fresh])
        self._tail = joined[len(joined) - (_WINDOW - _HOP) :]
        frames = np.lib.stride_tricks.sliding_window_view(joined, _WINDOW)[::_HOP] * self._window
        powers = np.square(np.abs(np.fft.rfft(frames, axis=1)))[:, self._bins] / _WINDOW**2 * 8 + 1e-12
        loud = 10 * np.log10(powers.sum(axis=1))
        flat = np.exp(np.log(powers).mean(axis=1)) / powers.mean(axis=1)
        return np.array([self._frame(db, f) for db, f in zip(loud.tolist(), flat.tolist(), strict=True)])

    @property
    def quiet_for(self) -> float:
        """Seconds since the last frame with speech."""
        return self.now - self.last

    def _frame(self, loud: float, flat: float) -> bool:
        loud = max(loud, _LOWEST_DB)
        self._smooth = loud if not self._lows else 0.7 * self._smooth + 0.3 * loud
        self._lows.append(self._smooth)
        self.floor_db = min(min(self._lows), _HIGHEST_FLOOR_DB)
        self.now += FRAME_S
        above = loud - self.floor_db
        voiced = above > (_STILL_DB if self.speaking else _ABOVE_DB) and (flat < _FLAT or above > _LOUD_DB)
        self._votes.append(voiced)
        if voiced and self.speaking:
            self.last = self.now
        elif not self.speaking and sum(self._votes) >= _BEGIN:
            self.speaking = True
            self.began = self.now - len(self._votes) * FRAME_S
            self.last = self.now
        elif self.speaking and not any(self._votes):
            self.speaking = False
        return self.speaking
