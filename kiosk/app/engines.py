"""The engines a window asks, each in a process of its own: recognizer, translation and voice."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from kiosk.app.office import Office
from kiosk.app.pool import LOADING, MIB, Key, Pool
from kiosk.core.heard import Heard, Rendering, Spoken, Translation
from kiosk.errors import Trouble
from kiosk.ui.actions import Abilities
from kiosk.workers import Reply, Results, Worker

if TYPE_CHECKING:
    from kiosk.speech.sources import Microphone, WavFile
    from kiosk.speech.voice import Speaker, WavSink

log = logging.getLogger(__name__)

WRITTEN_ALREADY = {
    "trouble.model_damaged": "trouble.package_damaged",
    "trouble.engine_stopped": "trouble.translation_refused",
    "trouble.engine_failed": "trouble.translation_refused",
}
"""Troubles of any engine that tell people to write instead, and what is right where they have written."""
TRANSLATION: Key = ("translation",)
VOICE: Key = ("voice",)
PATIENCE = 60.0
"""Seconds without any sign of a translation after which its process is taken for hung."""
_SPEECH_MB_A_MB = 2.2
"""Memory of a speech model for each MB of its folder: the Korean one has 253 MB and takes 531."""


class Engines:
    """One window's engines, empty until they are asked. Every answer comes through `results`, on the window's
    thread; what was asked in a visit that ended is not answered.
    """

    def __init__(
        self,
        office: Office,
        results: Results,
        source: Microphone | WavFile | None = None,
        sink: Speaker | WavSink | None = None,
    ) -> None:
        """`source` and `sink` replace microphone and loudspeaker."""
        self._office, self._results = office, results
        self._source, self._sink = source, sink
        self.pool = Pool(results, office.settings.kiosk.engine_memory_mb * MIB)
        self._visit = 0
        self._hearing: tuple[Worker, int] | None = None
        self._speaking: int | None = None
        self._putting: set[tuple[Worker, int]] = set()
        """What is being translated for the present visit."""
        self._in_use: set[Key] = set()
        """What the present visit's language needs."""

    def hear_from(self, source: Microphone | WavFile | None) -> None:
        """Listen to something else from now on; None is the microphone."""
        self._source = source

    def start(self) -> None:
        """Start the engines' processes, still empty: a fork takes 10 to 20 ms nobody should feel later."""
        from kiosk.speech.recognizer import SpeechEngine

        self.pool.spare("speech", SpeechEngine)
        for worker in (self._translation, self._voice):
            worker.start()

    def close(self) -> None:
        self.pool.close()

    @property
    def _translation(self) -> Worker:
        from kiosk.translation.engine import TranslationEngine

        return self.pool.worker(TRANSLATION, TranslationEngine, (str(self._office.translation_folder),))

    @property
    def _voice(self) -> Worker:
        from kiosk.speech.voice import VoiceEngine

        return self.pool.worker(VOICE, VoiceEngine)

    def abilities(self, language: str) -> Abilities:
        from kiosk.speech.models import find_model
        from kiosk.speech.voice import available
        from kiosk.translation.quality import usable

        chosen = self._office.languages[language]
        return Abilities(
            speech=find_model(chosen, self._office.speech_folder) is not None,
            translation=not chosen.is_japanese and usable(language, self._office.translation_folder),
            voice=available(chosen),
        )

    def prepare(self, language: str) -> None:
        """Load what a language needs; what it does not need may go where memory is short."""
        able = self.abilities(language)
        model = self._model(language)
        self._in_use = {TRANSLATION} if able.translation else set()
        if model is not None:
            self._in_use.add(_speech(model))
            self.hearer(model)
        if able.translation:
            self._translation.start()
            self.pool.load(TRANSLATION, language, self._fitting)

    def busy(self) -> bool:
        """Whether something the visit's language needs is being loaded, or at work."""
        return any(self.pool.has(key) and self.pool.worker_of(key).busy for key in self._in_use)

    def hearer(self, model: str) -> Worker:
        """The worker that hears with a model, by its folder, loading it where it has not."""
        from pathlib import Path

        from kiosk.speech.recognizer import SpeechEngine

        key = _speech(model)
        if not self.pool.has(key):
            files = (file.stat().st_size for file in Path(model).rglob("*") if file.is_file())
            self.pool.trim(self._in_use, round(sum(files) * _SPEECH_MB_A_MB))
        worker = self.pool.worker(key, SpeechEngine)
        # Costs nothing when it is loaded already, and brings it back after a crash.
        self.pool.load(key, model, self._fitting)
        return worker

    def _fitting(self, reply: Reply) -> None:
        """Something was loaded: let the rest go where it is too much for this machine."""
        _only_log(reply)
        self.pool.trim(self._in_use)

    def listen(self, language: str, heard: Callable[[Heard | Trouble], None]) -> None:
        """Hear somebody's own words."""
        from kiosk.speech.asked import Listen

        limits = self._office.settings.kiosk
        asked = Listen(self._microphone, float(limits.listen_seconds), float(limits.quiet_seconds))
        self._hear(language, "listen", asked, heard)

    def choose(
        self, choices: Sequence[Spoken], language: str, heard: Callable[[Heard | Trouble], None]
    ) -> None:
        """Hear which of some choices is said."""
        from kiosk.speech.asked import Choose

        self._hear(language, "choose", Choose(self._microphone, tuple(choices)), heard)

    @property
    def _microphone(self) -> Microphone | WavFile:
        from kiosk.speech.sources import Microphone

        return self._source or Microphone(self._office.settings.kiosk.microphone or None)

    def _hear(self, language: str, job: str, asked: object, heard: Callable[[Heard | Trouble], None]) -> None:
        """Have the microphone heard until it ends; answers are Heard, and a Trouble where one ends it."""
        self.stop_listening()
        model = self._model(language)
        if model is None:
            self._results.post(heard, Trouble("trouble.no_speech_model"))
            return

        def answer(reply: Reply) -> None:
            if reply.trouble is not None:
                heard(reply.trouble)
            elif reply.value is not None and not isinstance(reply.value, float):
                heard(reply.value)
            if reply.final and self._hearing == (worker, number):
                self._hearing = None

        worker = self.hearer(model)
        number = worker.ask(job, asked, self.of_this_visit(answer), LOADING)
        self._hearing = (worker, number)

    def stop_listening(self) -> None:
        if self._hearing is not None:
            worker, number = self._hearing
            worker.tell(number, "stop")

    def translate(self, text: str, language: str, done: Callable[[Translation | Trouble], None]) -> None:
        """A narrative into Japanese and back."""
        self._put("translate", text, language, done)

    def render(self, japanese: str, language: str, done: Callable[[Rendering | Trouble], None]) -> None:
        """A counselor's Japanese into a language and back."""
        self._put("render", japanese, language, done)

    def _put(
        self, job: str, text: str, language: str, done: Callable[[Any], None], again: bool = True
    ) -> None:
        def answer(reply: Reply) -> None:
            if reply.final:
                self._putting.discard((worker, reply.number))
            if reply.trouble is not None:
                if again and reply.trouble.key == "trouble.engine_stopped":
                    # It died of something else, or of this; a second death is told.
                    self._put(job, text, language, done, again=False)
                    return
                log.warning("not translated: %s", reply.trouble)
                key = WRITTEN_ALREADY.get(reply.trouble.key)
                done(Trouble(key, log=reply.trouble.log) if key else reply.trouble)
            elif reply.final:
                done(reply.value)

        worker = self._translation
        number = worker.ask(job, (text, language), self.of_this_visit(answer), PATIENCE)
        self._putting.add((worker, number))

    def say(self, sentences: Sequence[str], language: str, done: Callable[[Trouble | None], None]) -> None:
        from kiosk.speech.voice import Say, Speaker

        self.hush()
        chosen = self._office.languages[language]

        def answer(reply: Reply) -> None:
            if reply.final:
                if self._speaking == number:
                    self._speaking = None
                done(reply.trouble)

        asked = Say(tuple(sentences), chosen.voice, self._sink or Speaker())
        number = self._voice.ask("say", asked, self.of_this_visit(answer))
        self._speaking = number

    def hush(self) -> None:
        if self._speaking is not None:
            self._voice.tell(self._speaking, "stop")

    def forget(self) -> None:
        """The visit ended: nothing of it is answered any more, and the engines let go of it."""
        self._visit += 1
        self.hush()
        if self._hearing is not None:
            worker, number = self._hearing
            worker.drop(number)
            self._hearing = None
        for worker, number in self._putting:
            worker.drop(number)  # a long text would keep the next person waiting
        self._putting.clear()
        if self.pool.has(TRANSLATION):
            self._translation.ask("forget", None, _only_log)
        self._in_use = set()
        self.pool.trim()

    def _model(self, language: str) -> str | None:
        from kiosk.speech.models import find_model

        found = find_model(self._office.languages[language], self._office.speech_folder)
        return None if found is None else str(found)

    def of_this_visit(self, answer: Callable[[Reply], None]) -> Callable[[Reply], None]:
        """The same, except that nothing answers any more once the visit has ended."""
        visit = self._visit

        def guarded(reply: Reply) -> None:
            if visit == self._visit:
                answer(reply)

        return guarded


def _speech(model: str) -> Key:
    return ("speech", model)


def _only_log(reply: Reply) -> None:
    if reply.trouble is not None:
        log.warning("an engine is not ready: %s", reply.trouble)
