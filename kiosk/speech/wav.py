"""Reading and writing WAV files: the formats recorders really write, a piece at a time.

The standard library's `wave` (3.11) reads neither float nor WAVE_FORMAT_EXTENSIBLE. Layout: Microsoft,
Multimedia Programming Interface 1.0 (RIFF WAVE), and the WAVEFORMATEXTENSIBLE structure.
"""

from __future__ import annotations

import struct
import wave
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from kiosk.errors import Trouble
from kiosk.speech.sound import as_pcm

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kiosk.speech.sound import Sound

LOWEST_RATE, HIGHEST_RATE = 8_000, 96_000
_PCM, _FLOAT, _EXTENSIBLE = 1, 3, 0xFFFE
_KINDS = {(_PCM, 8), (_PCM, 16), (_PCM, 24), (_PCM, 32), (_FLOAT, 32), (_FLOAT, 64)}


class WavReader:
    """An open WAV file. Raises Trouble("trouble.sound_file") for anything that is not sound we can read."""

    def __init__(self, source: Path | BinaryIO) -> None:
        try:
            self._file = source.open("rb") if isinstance(source, Path) else source
        except OSError as error:
            raise _trouble(f"cannot be opened ({type(error).__name__})") from error
        try:
            self._read_header()
        except OSError as error:
            self._file.close()
            raise _trouble(f"cannot be read ({type(error).__name__})") from error
        except Trouble:
            self._file.close()
            raise

    def _read_header(self) -> None:
        riff = self._file.read(12)
        if riff[:4] != b"RIFF" or riff[8:] != b"WAVE":
            raise _trouble("no RIFF WAVE header")
        self.rate = 0
        while len(head := self._file.read(8)) == 8:
            name, size = head[:4], struct.unpack("<I", head[4:])[0]
            if name == b"data":
                break
            body = self._file.read(size + size % 2)
            if name == b"fmt ":
                self._read_format(body)
        else:
            raise _trouble("no data chunk")
        if not self.rate:
            raise _trouble("no format before the data")
        # A program that writes to a pipe cannot know the size and leaves 0 or a huge one: read to the end.
        self._left = size or 0xFFFFFFFF
        first = self._file.read(self._frame)
        if len(first) < self._frame:
            raise _trouble("no sound in it")
        self._file.seek(-self._frame, 1)

    def _read_format(self, body: bytes) -> None:
        if len(body) < 16:
            raise _trouble("format chunk too short")
        kind, channels, rate, _, frame, bits = struct.unpack("<HHIIHH", body[:16])
        if kind == _EXTENSIBLE and len(body) >= 26:
            kind = struct.unpack("<H", body[24:26])[0]
        if (kind, bits) not in _KINDS or not 1 <= channels <= 64 or frame != channels * bits // 8:
            raise _trouble(f"format {kind} with {bits} bits and {channels} channels")
        if not LOWEST_RATE <= rate <= HIGHEST_RATE:
            raise _trouble(f"{rate} Hz")
        self.rate, self.channels = int(rate), int(channels)
        self._kind, self._bits, self._frame = kind, bits, frame

    def read(self, frames: int) -> NDArray[np.float32]:
        """Up to `frames` frames × channels between −1 and 1; none at the end of the file."""
        import numpy as np

        try:
            data = self._file.read(min(frames * self._frame, self._left))
        except OSError as error:
            raise _trouble(f"cannot be read on ({type(error).__name__})") from error
        self._left -= len(data)
        data = data[: len(data) - len(data) % self._frame]
        if self._kind == _FLOAT:
            samples = np.frombuffer(data, dtype=f"<f{self._bits // 8}").astype(np.float32)
        elif self._bits == 8:
            samples = np.frombuffer(data, dtype=np.uint8).astype(np.float32) / np.float32(128) - np.float32(1)
        elif self._bits == 24:
            wide = np.zeros((len(data) // 3, 4), dtype=np.uint8)
            wide[:, 1:] = np.frombuffer(data, dtype=np.uint8).reshape(-1, 3)
            samples = wide.view("<i4")[:, 0].astype(np.float32) / np.float32(2**31)
        else:
            samples = np.frombuffer(data, dtype=f"<i{self._bits // 8}").astype(np.float32)
            samples = samples / np.float32(2 ** (self._bits - 1))
        return samples.reshape(-1, self.channels)

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def write_wav(path: Path, sound: Sound, rate: int) -> None:
    """Write one channel as 16-bit PCM."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(as_pcm(sound))


def _trouble(what: str) -> Trouble:
    return Trouble("trouble.sound_file", log=f"sound file: {what}")
