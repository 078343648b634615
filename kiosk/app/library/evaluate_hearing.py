"""A recording through the kiosk's own recognizer, as a microphone would bring it, only faster."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kiosk.core.heard import Final
from kiosk.speech.asked import Listen
from kiosk.speech.recognizer import SpeechEngine
from kiosk.speech.sources import WavFile
from kiosk.speech.wav import WavReader
from kiosk.translation.shelf import resident
from kiosk.workers import Line

_AT_ONCE = 65_536
_MORE_S = 10.0


@dataclass(frozen=True)
class Ready:
    """A model is loaded: seconds it took, and bytes the process grew by."""

    seconds: float
    bytes: int


@dataclass(frozen=True)
class Understood:
    """What was heard of a recording. `bytes`: by how much the process has grown since before the model."""

    text: str
    sound_s: float
    took_s: float
    bytes: int


class HearingEngine:
    """Jobs: "load" (a model's folder) → Ready, "hear" (a WAV file) → Understood."""

    def __init__(self) -> None:
        # What every model needs, so that the growth is the model's own.
        import numpy
        import vosk

        del numpy, vosk
        self._engine = SpeechEngine()
        self._before = resident()

    def handle(self, job: str, payload: Any, emit: Callable[[Any], None]) -> Any:
        """See the class. Raises Trouble `model_damaged`, `sound_file`."""
        del emit
        path = Path(payload)
        if job == "load":
            seconds = self._engine.handle("load", path, Line(0, _nobody))
            if not isinstance(seconds, float):
                raise TypeError("load answers seconds")
            return Ready(seconds, resident() - self._before)
        if job == "hear":
            return self._hear(path)
        raise ValueError(f"no such job: {job}")

    def _hear(self, path: Path) -> Understood:
        sound_s = length(path)
        finals: list[str] = []
        line = Line(0, lambda reply: _take(reply.value, finals))
        began = time.perf_counter()
        asked = Listen(WavFile(path), limit_s=sound_s + _MORE_S, quiet_s=0, silence_s=0)
        self._engine.handle("listen", asked, line)
        took = time.perf_counter() - began
        return Understood(" ".join(finals), sound_s, took, resident() - self._before)


def length(path: Path) -> float:
    """Seconds of sound in a WAV file. Raises Trouble("trouble.sound_file")."""
    reader = WavReader(path)
    try:
        frames = 0
        while got := len(reader.read(_AT_ONCE)):
            frames += got
        return frames / reader.rate
    finally:
        reader.close()


def _nobody(_reply: object) -> None:
    """Loading tells nothing in between."""


def _take(value: object, finals: list[str]) -> None:
    if isinstance(value, Final):
        finals.append(value.text)
