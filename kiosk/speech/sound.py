"""Sound as the recognizer wants it: mono, 16 kHz, float32 between −1 and 1, resampled as it streams in."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from kiosk.core.heard import Level

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Sound = NDArray[np.float32]
    """One channel of samples between −1 and 1."""

RATE = 16_000
"""Hz; what Vosk's models were trained on."""
CHUNK_S = 0.08
"""One step of listening: 12 level readings and partials a second, and a whole number of 10 ms frames."""

_SILENCE_DB = -90.0
_CLIPPED = 0.985
_CANCELLED = 0.02
"""Of the loudest channel's power; the mean of two channels of which one is silent has 0.25 of it."""
_ZEROS = 16  # sinc zeros on each side of a tap: with the window below, images lie 80 dB down
_BETA = 8.0  # Kaiser window shape for about 80 dB, A = 8.7 + β/0.1102 (Kaiser and Schafer 1980)
_ROLLOFF = 0.92  # of the lower Nyquist frequency: the transition band ends where aliasing would begin


class Resampler:
    """Changes the sample rate of a stream, chunk by chunk, with a polyphase windowed sinc.

    Own code rather than soxr: forty lines of numpy, which CTranslate2 brings anyway, do one second of
    48 kHz sound in a few milliseconds, and no further library with its own licence comes along.
    """

    def __init__(self, source: int, target: int = RATE) -> None:
        import numpy as np

        common = math.gcd(source, target)
        self._up, self._down = target // common, source // common
        scale = min(1.0, target / source) * _ROLLOFF
        half = math.ceil(_ZEROS / scale)
        taps = np.arange(-half, half + 1)
        # Row p holds the filter for an output that falls p/up of a sample after an input.
        distance = np.arange(self._up)[:, None] / self._up - taps[None, :]
        window = np.i0(_BETA * np.sqrt(np.clip(1 - (distance / (half + 1)) ** 2, 0, None))) / np.i0(_BETA)
        bank = scale * np.sinc(scale * distance) * window
        self._bank = (bank / bank.sum(axis=1, keepdims=True)).astype(np.float32)
        self._half = half
        self._held: Sound = np.zeros(half, dtype=np.float32)  # input not yet used up, the past half first
        self._next = 0  # position of the next output, in 1/up of an input sample after the held past

    def push(self, sound: Sound) -> Sound:
        """What this chunk makes audible at the target rate; a few milliseconds stay behind for the next."""
        import numpy as np

        if self._up == self._down:
            return sound
        held = np.concatenate([self._held, sound])
        width = 2 * self._half + 1
        ready = len(held) - width + 1  # input positions with a full neighbourhood
        count = max(0, -(-(ready * self._up - self._next) // self._down)) if ready > 0 else 0
        if count == 0:
            self._held = held
            return np.zeros(0, dtype=np.float32)
        position = self._next + self._down * np.arange(count)
        whole, phase = np.divmod(position, self._up)
        windows = np.lib.stride_tricks.sliding_window_view(held, width)[whole]
        made: Sound = np.einsum("ij,ij->i", windows, self._bank[phase]).astype(np.float32)
        following = int(self._next + self._down * count)
        used = min(following // self._up, ready)
        self._held, self._next = held[used:], following - used * self._up
        return made

    def flush(self) -> Sound:
        """The rest, once the stream has ended."""
        import numpy as np

        return self.push(np.zeros(0 if self._up == self._down else self._half, dtype=np.float32))


class Inlet:
    """Frames as a device or a file gives them, made into sound as the recognizer wants it.

    Below 16 kHz samples are held first instead of interpolated. The upper band is then filled with a faint
    mirror of the lower one, which is wrong for the ear but not for the recognizer: of 8 kHz sound without
    anything above 4 kHz the Korean model understood nothing, with the mirror most of it.
    """

    def __init__(self, rate: int) -> None:
        self._times = -(-RATE // rate)
        self._resampler = Resampler(rate * self._times)

    def push(self, frames: NDArray[np.float32]) -> Sound:
        """What these frames × channels make audible."""
        import numpy as np

        return self._resampler.push(np.repeat(mixed(frames), self._times))

    def flush(self) -> Sound:
        """The rest, once the stream has ended."""
        return self._resampler.flush()


def mixed(frames: NDArray[np.float32]) -> Sound:
    """One channel out of frames × channels, by their mean; anything that is no number becomes silence.

    Where the channels cancel each other (a plug wired the wrong way gives one of two turned over), the
    loudest one alone.
    """
    import numpy as np

    clean = np.nan_to_num(np.clip(frames, -1.0, 1.0), nan=0.0).astype(np.float32)
    if clean.ndim == 1:
        return clean
    mono: Sound = clean.mean(axis=1)
    powers = np.square(clean).sum(axis=0)
    if len(clean) and np.square(mono).sum() < _CANCELLED * powers.max():
        mono = clean[:, int(powers.argmax())]
    return mono


def as_pcm(sound: Sound) -> bytes:
    """16-bit little-endian samples."""
    import numpy as np

    return (np.clip(sound, -1.0, 1.0) * 32767).astype("<i2").tobytes()


def level(sound: Sound) -> Level:
    """How loud a chunk is: the root of the mean square against full scale, in dB."""
    import numpy as np

    if len(sound) == 0:
        return Level(_SILENCE_DB)
    power = float(np.mean(np.square(sound, dtype=np.float64)))
    loudness = 10 * math.log10(power) if power > 0 else _SILENCE_DB
    return Level(max(_SILENCE_DB, loudness), bool(np.abs(sound).max() >= _CLIPPED))
