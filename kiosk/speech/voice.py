"""The voice's engine: reads sentences aloud. Lives in a worker process of its own."""

from __future__ import annotations

import importlib.util
import io
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from kiosk.core.language import Language
from kiosk.errors import Trouble
from kiosk.speech.sound import Resampler, mixed
from kiosk.speech.spoken import for_espeak, for_japanese
from kiosk.speech.wav import WavReader, write_wav

if TYPE_CHECKING:
    from kiosk.speech.sound import Sound
    from kiosk.workers import Line

STOP = "stop"
"""Tell a speaking job this when the person wants quiet."""

_STEP_S = 0.05  # how soon a "stop" is heard
_PAUSE_S = 0.35  # between sentences
_PEAK = 0.8
_JAPANESE_SPEED = 0.9  # of OpenJTalk's own: a hall is loud, and many listeners are still learning
_ESPEAK_WORDS_A_MINUTE = 150  # espeak-ng's own is 175
_ESPEAK_PATIENCE_S = 20
_LONGEST_S = 600


@dataclass(frozen=True)
class Speaker:
    """An output device: PortAudio's number or part of its name; None is the system's choice."""

    device: int | str | None = None


@dataclass(frozen=True)
class WavSink:
    """A WAV file instead of a loudspeaker, for the demo and tests."""

    path: Path


@dataclass(frozen=True)
class Say:
    """Sentences as the catalogue has them (ruby and all), and the language's `voice` (`espeak:vi`)."""

    sentences: tuple[str, ...]
    voice: str
    sink: Speaker | WavSink = Speaker()


@dataclass(frozen=True)
class Saying:
    """Which sentence is being read, counted from 0."""

    index: int


def available(language: Language) -> bool:
    """Whether this machine has the language's voice. Cheap: loads nothing, and asks no loudspeaker."""
    if language.voice == "openjtalk":
        return importlib.util.find_spec("pyopenjtalk") is not None
    return language.voice.startswith("espeak:") and shutil.which("espeak-ng") is not None


class VoiceEngine:
    """Jobs: "load" (a voice's name, to warm it up) and "say" (a Say).

    "say" emits Saying before each sentence and answers True, or False when it was stopped.
    """

    def handle(self, job: str, payload: Any, emit: Line) -> bool:
        """See the class. Raises Trouble: `no_voice` or `no_speaker`."""
        if job == "load":
            synthesize("あ", payload)
            return True
        if job == "say":
            return _say(payload, emit)
        raise ValueError(f"no such job: {job}")


def _say(asked: Say, emit: Line) -> bool:
    import numpy as np

    sink: Sink | None = None
    try:
        for index, sentence in enumerate(asked.sentences):
            sound, rate = synthesize(sentence, asked.voice)
            if sink is None:
                sink = open_sink(asked.sink, rate)
            emit(Saying(index))
            sound = np.concatenate([sound, np.zeros(round(rate * _PAUSE_S), dtype=np.float32)])
            step = round(rate * _STEP_S)
            for start in range(0, len(sound), step):
                if emit.dropped or STOP in emit.inbox():
                    sink.stop()
                    return False
                sink.play(sound[start : start + step])
    finally:
        if sink is not None:
            sink.close()
    return True


def synthesize(sentence: str, voice: str) -> tuple[Sound, int]:
    """One sentence as sound and its rate in Hz. Raises Trouble("trouble.no_voice")."""
    import numpy as np

    sound, rate = _openjtalk(sentence) if voice == "openjtalk" else _espeak(sentence, voice)
    peak = float(np.abs(sound).max()) if len(sound) else 0.0
    return (sound * (_PEAK / peak) if peak else sound), rate


def _openjtalk(sentence: str) -> tuple[Sound, int]:
    try:
        import pyopenjtalk
    except ImportError as error:
        raise Trouble("trouble.no_voice", log="pyopenjtalk is not installed") from error
    text = for_japanese(sentence, lambda part: str(pyopenjtalk.g2p(part)))
    sound, rate = pyopenjtalk.tts(text, speed=_JAPANESE_SPEED)
    return mixed((sound / 65536).astype("float32")), int(rate)  # it goes beyond 16 bits now and then


def _espeak(sentence: str, voice: str) -> tuple[Sound, int]:
    """Ask espeak-ng's program, the text by its standard input so that no text is ever taken for an option."""
    kind, _, name = voice.partition(":")
    if kind != "espeak" or not name or name.startswith("-"):
        raise Trouble("trouble.no_voice", log=f"no such voice: {voice}")
    command = ["espeak-ng", "-v", name, "-s", str(_ESPEAK_WORDS_A_MINUTE), "--stdin", "--stdout"]
    try:
        made = subprocess.run(
            command,
            input=for_espeak(sentence).encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_ESPEAK_PATIENCE_S,
            check=True,
        )
        reader = WavReader(io.BytesIO(made.stdout))
    except (OSError, subprocess.SubprocessError, Trouble) as error:
        raise Trouble("trouble.no_voice", log=f"espeak-ng {name}: {type(error).__name__}") from error
    frames = reader.read(reader.rate * _LONGEST_S)
    return mixed(frames), reader.rate


class Sink(Protocol):
    """A loudspeaker, or a file in its place."""

    def play(self, sound: Sound) -> None:
        """Take the next 50 ms; returns when the device has room for it."""

    def stop(self) -> None:
        """Be quiet at once."""

    def close(self) -> None:
        """Let the last sound ring out and give the device back."""


class _FileSink:
    def __init__(self, spec: WavSink, rate: int) -> None:
        self._path, self._rate = spec.path, rate
        self._parts: list[Sound] = []

    def play(self, sound: Sound) -> None:
        self._parts.append(sound)

    def stop(self) -> None:
        """A file has nothing more to silence."""

    def close(self) -> None:
        import numpy as np

        write_wav(self._path, np.concatenate([*self._parts, np.zeros(0, dtype=np.float32)]), self._rate)


class _SpeakerSink:
    def __init__(self, stream: Any, resampler: Resampler, failure: type[Exception]) -> None:
        self._stream, self._resampler, self._failure = stream, resampler, failure

    def play(self, sound: Sound) -> None:
        try:
            self._stream.write(self._resampler.push(sound))
        except self._failure as error:
            raise Trouble("trouble.no_speaker", log=f"loudspeaker lost: {error}") from error

    def stop(self) -> None:
        self._stream.abort(ignore_errors=True)

    def close(self) -> None:
        self._stream.stop(ignore_errors=True)
        self._stream.close(ignore_errors=True)


def open_sink(spec: Speaker | WavSink, rate: int) -> Sink:
    """Where sound of this rate, in Hz, is played. Raises Trouble("trouble.no_speaker")."""
    return _FileSink(spec, rate) if isinstance(spec, WavSink) else _open(spec, rate)


def _open(spec: Speaker, rate: int) -> _SpeakerSink:
    """A started stream at the device's own rate, which hardware may insist on."""
    try:
        import sounddevice
    except OSError as error:  # the PortAudio library is not installed
        raise Trouble("trouble.no_speaker", log="PortAudio is missing") from error
    try:
        own = int(sounddevice.query_devices(spec.device, "output")["default_samplerate"])
        stream = sounddevice.OutputStream(samplerate=own, device=spec.device, channels=1, dtype="float32")
        stream.start()
    except (sounddevice.PortAudioError, ValueError) as error:
        raise Trouble("trouble.no_speaker", log=f"loudspeaker: {error}") from error
    return _SpeakerSink(stream, Resampler(rate, own), sounddevice.PortAudioError)
