"""A sound card that is not there, put in place of PortAudio inside a worker process."""

from __future__ import annotations

import sys
import threading
import time
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from kiosk.speech import answering
from kiosk.speech.ears import Ears
from kiosk.speech.recognizer import SpeechEngine
from kiosk.speech.voice import VoiceEngine
from kiosk.speech.wav import WavReader
from kiosk.workers import Line


class PortAudioError(Exception):
    """What sounddevice raises."""


class FakeInput:
    """A microphone that heard some seconds of a WAV file before anybody read, and is then pulled out.

    Or it hears silence on, until it is stopped.
    """

    def __init__(self, path: Path, seconds: float, pulled: bool, callback: Callable[..., None]) -> None:
        self._reader, self._callback, self._pulled = WavReader(path), callback, pulled
        self.samplerate = float(self._reader.rate)
        self._frames = round(self.samplerate * seconds)
        self._closed = threading.Event()
        self.active = False

    def start(self) -> None:
        self.active = True
        while self._frames > 0:
            block = self._reader.read(min(4800, self._frames))
            self._frames -= len(block) or self._frames
            self._callback(np.repeat(block, 2, axis=1), len(block), None, None)
        threading.Thread(target=self._hear, daemon=True).start()

    def _hear(self) -> None:
        while not self._pulled and not self._closed.wait(0.02):
            self._callback(np.zeros((320, 2), dtype=np.float32), 320, None, None)
        self.active = False

    def stop(self, **_: Any) -> None:
        self._closed.set()

    def close(self, **_: Any) -> None:
        self._closed.set()


def _card(**parts: Any) -> None:
    module = types.ModuleType("sounddevice")
    device = {"name": "USB Audio", "index": 0, "default_samplerate": 48000.0, "max_input_channels": 2}

    def query(number: int | None = None, kind: str = "") -> Any:
        return device if kind or number is not None else [device]

    nothing = {"_terminate": lambda: None, "_initialize": lambda: None}
    vars(module).update({"PortAudioError": PortAudioError, "query_devices": query, **nothing, **parts})
    sys.modules["sounddevice"] = module


def with_microphone(path: Path, seconds: float, pulled: bool) -> SpeechEngine:
    """A speech engine whose microphone hears the file for so many seconds."""
    _card(InputStream=lambda callback, **_: FakeInput(path, seconds, pulled, callback))
    return SpeechEngine()


def with_two_microphones(path: Path) -> SpeechEngine:
    """A speech engine with a webcam, the system's choice, and a USB microphone that hears the file."""
    names = ("Webcam", "USB Audio")
    every = [
        {"name": name, "index": number, "default_samplerate": 48000.0, "max_input_channels": 2}
        for number, name in enumerate(names)
    ]

    def query(number: int | None = None, kind: str = "") -> Any:
        return every[number or 0] if kind or number is not None else every

    def stream(device: int, callback: Callable[..., None], **_: Any) -> FakeInput:
        assert names[device] == "USB Audio"
        return FakeInput(path, 60.0, False, callback)

    _card(InputStream=stream, query_devices=query)
    return SpeechEngine()


def without_devices() -> SpeechEngine:
    """A speech engine on a machine without a microphone."""
    _card(query_devices=_refuse)
    return SpeechEngine()


def without_portaudio() -> SpeechEngine:
    """A speech engine where sounddevice finds no PortAudio library: the import itself raises OSError."""

    class Finder:
        def find_spec(self, name: str, *_: Any) -> None:
            if name == "sounddevice":
                raise OSError("PortAudio library not found")

    sys.meta_path.insert(0, Finder())
    return SpeechEngine()


class Hanging(FakeInput):
    """A microphone whose driver never comes back, from opening or from closing after it was pulled out."""

    hangs: str

    def start(self) -> None:
        if self.hangs == "open":
            threading.Event().wait()
        super().start()

    def close(self, **_: Any) -> None:
        if self.hangs == "close":
            threading.Event().wait()
        super().close()


def with_hanging_microphone(path: Path, hangs: str) -> SpeechEngine:
    """A speech engine whose sound system hangs at this, and which soon takes it for hanging."""
    answering.ANSWERS_S = 0.1
    Hanging.hangs = hangs
    _card(InputStream=lambda callback, **_: Hanging(path, 2.5, True, callback))
    return SpeechEngine()


def _refuse(*_: Any) -> None:
    raise PortAudioError("no such device")


class FakeOutput:
    """A loudspeaker that writes down what it was given, and can be lost after some blocks.

    `paced`, it takes a block as fast as a real one would: at the speed of speech.
    """

    def __init__(self, notes: Path, lost_after: int, paced: bool) -> None:
        self._notes, self._left, self._paced = notes, lost_after, paced
        self._aborted = threading.Event()

    def note(self, line: str) -> None:
        with self._notes.open("a") as file:
            file.write(line + "\n")

    def start(self) -> None:
        self._aborted.clear()
        self.note("start")

    def write(self, block: np.ndarray) -> None:
        self._left -= 1
        if self._left < 0:
            raise PortAudioError("device gone")
        if self._paced:
            self._aborted.wait(len(block) / 44100)
        self.note(f"{len(block)} {float(np.abs(block).max()) if len(block) else 0.0}")

    def abort(self, **_: Any) -> None:
        self._aborted.set()
        self.note("abort")

    def stop(self, **_: Any) -> None:
        self.note("stop")

    def close(self, **_: Any) -> None:
        self.note("close")


def with_loudspeaker(notes: Path, lost_after: int = 10**6, paced: bool = False) -> VoiceEngine:
    """A voice engine whose loudspeaker writes notes, at 44.1 kHz."""
    device = {"default_samplerate": 44100.0}
    _card(OutputStream=lambda **_: FakeOutput(notes, lost_after, paced), query_devices=lambda *_: device)
    return VoiceEngine()


def without_loudspeaker() -> VoiceEngine:
    """A voice engine on a machine without a loudspeaker."""
    _card(query_devices=_refuse)
    return VoiceEngine()


class Costs(SpeechEngine):
    """Tells what the first second of speech costs the scout, seconds of processor time: new, and warm."""

    def handle(self, job: str, payload: Any, emit: Line) -> Any:
        if job != "costs":
            return super().handle(job, payload, emit)
        while self.idle():
            pass
        reader = WavReader(payload)
        begin = reader.read(2 * reader.rate)[reader.rate :].ravel()  # the sample begins with a second's pause
        new, warm = Ears(self._model), self._loaded()
        return tuple(_cost(one, begin) for one in (new, warm))


def _cost(listening: Ears, sound: np.ndarray) -> float:
    begun = time.thread_time()
    listening.scout.whole(sound)
    return time.thread_time() - begun
