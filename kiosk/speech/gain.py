"""Loudness made even before the recognizer listens: slow, only while somebody speaks, and never clipping.

Down as well as up: of speech at the end of the scale, clipped or not, the Korean model takes a third more
letters wrong than of the same speech brought down to the target.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kiosk.speech.sound import Sound

TARGET_DB = -18.0
"""Where the loud parts of speech are brought: the root of the mean square against full scale."""
AS_IT_IS_DB = -4.0, 8.0
"""Speech that wants no more than this is left alone."""
LEAST_DB, MOST_DB = -12.0, 32.0
_SOON_DB, _SLOW_DB = 16.0, 0.5  # per chunk: while it still looks for the level, and later
_FIRST_CHUNKS, _SOON_CHUNKS = 2, 12
_UP, _DOWN = 0.7, 0.03
_CEILING = 0.95


class Gain:
    """One microphone's gain. It moves by speech alone, so that a pause does not bring up the noise."""

    def __init__(self) -> None:
        self.db = 0.0
        self.begin()

    def begin(self) -> None:
        """Another stretch of listening. It begins with the last one's gain: the microphone and the room are
        the same, and a gain that rises within the first word spoils it. Who speaks louder is met at once.
        """
        self._speech_db: float | None = None
        self._chunks = 0

    def push(self, sound: Sound, speech: NDArray[np.bool_]) -> Sound:
        """The chunk at its new loudness. `speech`: for every 10 ms whether somebody speaks."""
        import numpy as np

        if len(sound) == 0:
            return sound
        before = self.db
        if speech.size and speech.mean() > 0.5:
            self._follow(float(np.sqrt(np.mean(np.square(sound, dtype=np.float64)))))
        peak = float(np.abs(sound).max())
        start, end = _factor(before), _factor(self.db)
        room = _CEILING / peak if peak > 0 else end
        if end > room and self.db > 0:  # the whole chunk is here already: lower it before the peak comes
            end = max(room, 1.0)
            self.db = 20 * math.log10(end)
            start = min(start, end)
        if start == end == 1.0:
            return sound
        made: Sound = (sound * np.linspace(start, end, len(sound), dtype=np.float32)).astype(np.float32)
        return made

    def _follow(self, loudness: float) -> None:
        """The level of speech is that of its loud parts: it rises with them at once and falls slowly."""
        heard = 20 * math.log10(max(loudness, 1e-6))
        self._chunks += 1
        known = self._speech_db
        weight = _UP if known is None or heard > known else _DOWN
        self._speech_db = heard if known is None else (1 - weight) * known + weight * heard
        if self._chunks < _FIRST_CHUNKS:  # a word may begin softly
            return
        wanted = TARGET_DB - self._speech_db
        near, far = AS_IT_IS_DB
        wanted = 0.0 if near < wanted < far else max(LEAST_DB, min(wanted, MOST_DB))
        step = _SOON_DB if self._chunks < _SOON_CHUNKS else _SLOW_DB
        self.db += max(-step, min(step, wanted - self.db))


def _factor(db: float) -> float:
    return float(10 ** (db / 20))
