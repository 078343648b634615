"""Where sound comes from: a microphone, or a WAV file that goes the same way.

The recording is never stored: a chunk lives until the recognizer has taken it.
"""

from __future__ import annotations

import queue
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from kiosk.errors import Trouble
from kiosk.speech.answering import answered
from kiosk.speech.sound import CHUNK_S, Inlet
from kiosk.speech.wav import WavReader

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kiosk.speech.sound import Sound

LOST_AFTER_S = 2.0
"""A microphone that sends nothing for so long has been pulled out; silence is also sent as samples."""
_PATIENCE_S = 0.1
_BLOCKS_AT_ONCE = 4  # more would put off partials, the end of an utterance and a "stop"


@dataclass(frozen=True)
class Microphone:
    """A capture device: PortAudio's number, or its name or a part of it; None is the system's choice."""

    device: int | str | None = None


@dataclass(frozen=True)
class WavFile:
    """A WAV file, 8 to 96 kHz, read at the speed of speech or as fast as the recognizer takes it."""

    path: Path
    realtime: bool = False


class Source(Protocol):
    """An open source."""

    def read(self) -> Sound | None:
        """The next 16 kHz sound: None at the end, empty when nothing has come for 0.1 s.

        Raises Trouble when the source is lost in the middle.
        """

    def behind(self) -> float:
        """Seconds of sound taken in that nobody has read yet: how far the recognizer lags."""

    def stop(self) -> None:
        """Take in no more; what was taken in and not read yet still comes."""

    def close(self) -> None:
        """Let go of the device or file."""


def open_source(spec: Microphone | WavFile, chunk_s: float = CHUNK_S) -> Source:
    """Open what the spec names; `chunk_s` seconds are read at a time.

    Raises Trouble: `trouble.sound_file` or `trouble.no_microphone`.
    """
    return _WavSource(spec, chunk_s) if isinstance(spec, WavFile) else _MicrophoneSource(spec, chunk_s)


class _WavSource:
    def __init__(self, spec: WavFile, chunk_s: float) -> None:
        self._reader = WavReader(spec.path)
        self._inlet = Inlet(self._reader.rate)
        self._frames = round(self._reader.rate * chunk_s)
        self._realtime = spec.realtime
        self._due = time.monotonic()
        self._ended = False

    def read(self) -> Sound | None:
        if self._ended:
            return None
        frames = self._reader.read(self._frames)
        if len(frames) == 0:
            self._ended = True
            return self._inlet.flush()
        if self._realtime:
            self._due += len(frames) / self._reader.rate
            time.sleep(max(0.0, self._due - time.monotonic()))
        return self._inlet.push(frames)

    def behind(self) -> float:
        return max(0.0, time.monotonic() - self._due) if self._realtime else 0.0

    def stop(self) -> None:
        self._ended = True

    def close(self) -> None:
        self._reader.close()


class _MicrophoneSource:
    """PortAudio calls back on a thread of its own; blocks wait in a queue for the recognizer."""

    def __init__(self, spec: Microphone, chunk_s: float) -> None:
        from kiosk.speech.microphones import open_stream

        self._blocks: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._chunk_s = chunk_s
        self._stopped = False
        self._stream = open_stream(spec.device, chunk_s, self._take)
        self._inlet = Inlet(int(self._stream.samplerate))
        self._heard_at = time.monotonic()

    def _take(self, block: NDArray[np.float32], *_: object) -> None:
        if not self._stopped:
            self._blocks.put(block.copy())

    def read(self) -> Sound | None:
        import numpy as np

        try:
            blocks = [self._blocks.get(block=not self._stopped, timeout=_PATIENCE_S)]
        except queue.Empty:
            if self._stopped:
                return None
            if not self._stream.active or time.monotonic() - self._heard_at > LOST_AFTER_S:
                raise Trouble("trouble.microphone_lost", log="the microphone sends nothing") from None
            return np.zeros(0, dtype=np.float32)
        while not self._blocks.empty() and len(blocks) < _BLOCKS_AT_ONCE:  # the recognizer was busy: catch up
            blocks.append(self._blocks.get())
        self._heard_at = time.monotonic()
        return self._inlet.push(np.concatenate(blocks))

    def behind(self) -> float:
        return self._blocks.qsize() * self._chunk_s

    def stop(self) -> None:
        self._stopped = True

    def close(self) -> None:
        self._stopped = True
        with suppress(Trouble):  # what was heard until now counts all the same
            answered(lambda: self._stream.close(ignore_errors=True))
