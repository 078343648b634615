"""The recognizer's engine: sound in, words out while the person still speaks. Lives in a worker process."""

from __future__ import annotations

import json
import re
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from kiosk.core.heard import Ended, Final, Partial, Word
from kiosk.errors import Trouble
from kiosk.speech.models import check_model
from kiosk.speech.sound import RATE, as_pcm, level
from kiosk.speech.sources import Microphone, Source, WavFile, open_source

if TYPE_CHECKING:
    from kiosk.workers import Line

STOP = "stop"
"""Tell a listening job this when the person presses again."""
LIMIT_S = 90.0
CONFIDENCE_FLOOR = 0.65
"""An utterance of a word or two whose mean confidence lies below is taken for noise and not given out.

Measured with the Korean model: hiss, beeps and breath-like noise came back as one or two words at 0.38 to
0.60, unclear speech and speech in another language as three and more at 0.51 to 0.92. Loud steady noise
reaches any value; the resident sees that word and clears it.
"""
NOISE_WORDS = 2

_NOT_WORDS = re.compile(r"\[\d*\]|\[\w+\]|<\w+>")  # footnote marks and noise signs left in a model's words


@dataclass(frozen=True)
class Listen:
    """What the job "listen" is asked: where from, and for how many seconds of sound at most."""

    source: Microphone | WavFile
    limit_s: float = LIMIT_S


class SpeechEngine:
    """Jobs: "load" (path of a model; answers the seconds it took) and "listen" (a Listen).

    While listening it emits Level, Partial and Final and at last Ended; the job's own answer is None, or
    the Trouble that ended it, after Ended, so that what was heard until then is kept.
    """

    def __init__(self) -> None:
        self._model: Any = None
        self._path: Path | None = None

    def handle(self, job: str, payload: Any, emit: Line) -> float | None:
        """See the class. Raises Trouble: `model_damaged`, `no_speech_model`, or a source's."""
        if job == "load":
            return self._load(Path(payload))
        if job == "listen":
            self._listen(payload, emit)
            return None
        raise ValueError(f"no such job: {job}")

    def _load(self, path: Path) -> float:
        """Load and warm up: the first chunk of a cold recognizer takes several times as long."""
        began = time.perf_counter()
        if path != self._path:
            check_model(path)
            import vosk

            vosk.SetLogLevel(-1)
            self._model, self._path = None, None  # never two models in memory
            try:
                self._model = vosk.Model(str(path))
            except Exception as error:
                raise Trouble("trouble.model_damaged", log=f"speech model: {type(error).__name__}") from error
            self._path = path
            warm = _Ears(self._model)
            warm.take(bytes(RATE))
            warm.rest()
        return time.perf_counter() - began

    def _listen(self, asked: Listen, emit: Line) -> None:
        if self._model is None:
            raise Trouble("trouble.no_speech_model", log="listening before a model was loaded")
        source = open_source(asked.source)
        ears = _Ears(self._model)
        lost: Trouble | None = None
        reason: Literal["pressed", "source", "limit"] = "source"
        try:
            reason = _hear(source, ears, asked.limit_s, emit)
        except Trouble as trouble:
            lost = trouble
        finally:
            source.close()
        if final := ears.rest():
            emit(final)
        emit(Ended(reason))
        if lost is not None:
            raise lost


def _hear(source: Source, ears: _Ears, limit_s: float, emit: Line) -> Literal["pressed", "source", "limit"]:
    """Take sound until the person presses, the source ends or the limit is reached; says which.

    A slow recognizer lags behind the microphone: what was said before the press is still heard.
    """
    left = round(limit_s * RATE)
    pressed = False
    while left > 0 and not emit.dropped:
        if not pressed and STOP in emit.inbox():
            pressed = True
            source.stop()
        sound = source.read()
        if sound is None:
            return "pressed" if pressed else "source"
        if len(sound) == 0:
            continue
        sound = sound[:left]
        left -= len(sound)
        emit(level(sound))
        heard = ears.take(as_pcm(sound))
        if heard is not None:
            emit(heard)
    return "limit"


class _Ears:
    """One Vosk recognizer for one stretch of listening."""

    def __init__(self, model: Any) -> None:
        import vosk

        self._recognizer = vosk.KaldiRecognizer(model, RATE)
        self._recognizer.SetWords(True)
        self._partial = ""

    def take(self, pcm: bytes) -> Partial | Final | None:
        """Hear on; what is new, if anything. A partial that turns out to be noise is taken back."""
        if self._recognizer.AcceptWaveform(pcm):
            shown, self._partial = self._partial, ""
            final = _final(self._recognizer.Result())
            return Partial("") if final is None and shown else final
        text = _words_only(json.loads(self._recognizer.PartialResult()).get("partial", ""))
        if text == self._partial:
            return None
        self._partial = text
        return Partial(text)

    def rest(self) -> Final | None:
        """The words not yet final, now that no more sound comes."""
        return _final(self._recognizer.FinalResult())


def _words_only(text: str) -> str:
    return " ".join(word for word in text.split() if not _NOT_WORDS.fullmatch(word))


def _final(result: str) -> Final | None:
    """Vosk's result as a Final, or None for silence and for noise.

    Only a whole utterance is ever left out, never a word from the middle: a person corrects a wrong word
    easily and misses a lost one.
    """
    told = json.loads(result)
    words = tuple(
        Word(entry["word"], round(float(entry["conf"]), 3))
        for entry in told.get("result", [])
        if not _NOT_WORDS.fullmatch(entry["word"])
    )
    if not words:
        return None
    confidence = sum(word.confidence for word in words) / len(words)
    if len(words) <= NOISE_WORDS and confidence < CONFIDENCE_FLOOR:
        return None
    return Final(" ".join(word.text for word in words), words)
