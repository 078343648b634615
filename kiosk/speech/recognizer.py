"""The recognizer's engine: sound in, words out while the person still speaks. Lives in a worker process."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Generator, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kiosk.core.heard import Ended, Final, Level, Partial, Picked, Reason
from kiosk.errors import Trouble
from kiosk.speech.answering import hangs
from kiosk.speech.asked import STOP, Choose, Device, LevelTest, Listen, Tested
from kiosk.speech.choosing import Chooser
from kiosk.speech.ears import Ears
from kiosk.speech.gain import Gain
from kiosk.speech.microphones import microphones, test_level
from kiosk.speech.models import check_model
from kiosk.speech.sound import CHUNK_S, RATE, level
from kiosk.speech.sources import Source, open_source

if TYPE_CHECKING:
    from kiosk.speech.sound import Sound
    from kiosk.workers import Line

__all__ = ["STOP", "Choose", "Listen", "SpeechEngine"]

log = logging.getLogger(__name__)

SHORT_CHUNK_S = 0.04
"""One step while a choice is listened for: its answer is due within 0.2 s."""
_HURRIED_S = 0.3
"""So far behind the microphone the recognizer does only what it must."""

Answer = float | tuple[Device, ...] | Tested | None


class SpeechEngine:
    """Jobs: "load" (path of a model; answers the seconds it took), "listen" (a Listen), "choose" (a Choose),
    "microphones" (answers a tuple of Device) and "level" (a LevelTest; answers Tested).

    While listening it emits Level, Partial and Final, for "choose" Picked instead of Final, and at last
    Ended; the job's own answer is None, or the Trouble that ended it, after Ended, so that what was heard
    until then is kept.
    """

    def __init__(self) -> None:
        self._warming: Generator[None] | None = None
        self._model: Any = None
        self._path: Path | None = None
        self._ears: Ears | None = None
        self._why: Trouble | None = None
        """Why nothing could be loaded; whoever wants to speak is told that."""
        self._gain = Gain()

    def handle(self, job: str, payload: Any, emit: Line) -> Answer:
        """See the class. Raises Trouble: `model_damaged`, `no_speech_model`, `no_spoken_choices` when the
        model knows no word of any choice, or a source's."""
        if job in ("listen", "choose"):
            self._cool()
        if job == "load":
            try:
                return self._load(Path(payload))
            except Trouble as trouble:
                self._why = trouble
                raise
        if job == "listen":
            self._listen(payload, emit)
            return None
        if job == "choose":
            self._choose(payload, emit)
            return None
        if job == "microphones":
            return microphones()
        if job == "level":
            asked: LevelTest = payload
            return test_level(asked, emit)
        raise ValueError(f"no such job: {job}")

    def idle(self) -> bool:
        """Warm up while nobody listens yet: the first words a cold recognizer hears take it several times as
        long. One step of it, mostly under 0.2 s; whether there is more to do.

        Ends the process, to be started anew, where the sound system hangs.
        """
        if hangs():
            log.error("the sound system does not answer; the recognizer starts anew")
            os._exit(1)
        if self._warming is not None and next(self._warming, self) is self:
            self._warming = None
        return self._warming is not None

    def _cool(self) -> None:
        """Somebody speaks, or another model comes: what is left of the warming up is left out."""
        if self._warming is not None:
            self._warming.close()
            self._warming = None

    def _load(self, path: Path) -> float:
        began = time.perf_counter()
        if path != self._path:
            check_model(path)
            import vosk

            vosk.SetLogLevel(-1)
            self._cool()
            self._model, self._path, self._ears = None, None, None  # never two models in memory
            try:
                self._model = vosk.Model(str(path))
            except Exception as error:
                raise Trouble("trouble.model_damaged", log=f"speech model: {type(error).__name__}") from error
            self._path = path
            self._ears = Ears(self._model)
            self._warming = self._ears.warm()
        return time.perf_counter() - began

    def _loaded(self) -> Ears:
        if self._ears is None:
            raise self._why or Trouble("trouble.no_speech_model", log="listening before a model was loaded")
        return self._ears

    def _listen(self, asked: Listen, emit: Line) -> None:
        ears = self._loaded()
        ears.begin()
        gain, patience = self._gain, _Patience(asked)
        gain.begin()

        def hear(sound: Sound, behind: float) -> Reason | None:
            speech = ears.activity.push(sound)
            told = ears.take(gain.push(sound, speech), speech, hurried=behind > _HURRIED_S)
            for heard in told:
                emit(heard)
            return patience.over(told, ears.activity.speaking, ears.activity.now)

        def rest() -> Iterable[Final]:
            last = ears.rest()
            return () if last is None else (last,)

        _hear(open_source(asked.source), asked.limit_s, hear, rest, emit, lambda: ears.activity.speaking)

    def _choose(self, asked: Choose, emit: Line) -> None:
        ears = self._loaded()
        known = self._model.vosk_model_find_word
        chooser = Chooser(self._model, ears.scout, asked.choices, lambda word: known(word) >= 0)
        if not chooser.able:
            raise Trouble("trouble.no_spoken_choices", log="the model knows none of the choices' words")
        gain, patience = self._gain, _Patience(asked)
        gain.begin()

        def hear(sound: Sound, _: float) -> Reason | None:
            speech = chooser.activity.push(sound)
            told = chooser.take(gain.push(sound, speech))
            for heard in told:
                emit(heard)
            if any(isinstance(heard, Picked) and heard.id for heard in told):
                return "picked"
            return patience.over(told, chooser.activity.speaking, chooser.activity.now)

        source = open_source(asked.source, SHORT_CHUNK_S)
        _hear(source, asked.limit_s, hear, chooser.rest, emit, lambda: chooser.activity.speaking)


class _Patience:
    """When nobody says anything more, or anything at all. Counted in seconds of sound."""

    def __init__(self, asked: Listen | Choose) -> None:
        self._quiet = asked.quiet_s if isinstance(asked, Listen) else 0.0
        self._silence = asked.silence_s
        self._said = 0.0
        self._words = False

    def over(self, told: Iterable[Partial | Final | Picked], speaking: bool, now: float) -> Reason | None:
        """Why listening ends now, if it does."""
        for heard in told:
            self._said = now
            self._words = self._words or not isinstance(heard, Partial) or bool(heard.text)
        if speaking:
            return None
        limit = self._quiet if self._words and self._quiet else self._silence
        if not limit or now - self._said < limit:
            return None
        return "quiet" if self._words and self._quiet else "silence"


def _hear(
    source: Source,
    limit_s: float,
    hear: Callable[[Sound, float], Reason | None],
    rest: Callable[[], Iterable[Partial | Final | Picked]],
    emit: Line,
    speaking: Callable[[], bool],
) -> None:
    """Give `hear` the source's sound until it names a reason, the person presses, the sound ends or the limit
    is reached; then what `rest` still has, and Ended. A lost source raises after that.

    A slow recognizer lags behind the microphone: what was said before the press is still heard.
    """
    lost: Trouble | None = None
    reason: Reason = "source"
    try:
        reason = _until(source, limit_s, hear, emit, speaking)
    except Trouble as trouble:
        lost = trouble
    finally:
        source.close()
        last = tuple(rest())
    for heard in last:
        emit(heard)
    emit(Ended(reason))
    if lost is not None:
        raise lost


def _until(
    source: Source,
    limit_s: float,
    hear: Callable[[Sound, float], Reason | None],
    emit: Line,
    speaking: Callable[[], bool],
) -> Reason:
    left = round(limit_s * RATE)
    shown = 0.0
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
        shown += len(sound) / RATE
        if shown >= CHUNK_S - 0.001:
            shown = 0.0
            now = level(sound)
            emit(Level(now.dbfs, now.clipped, speaking()))
        if (reason := hear(sound, source.behind())) is not None:
            return reason
    return "limit"
