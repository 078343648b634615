"""The engines a kiosk asks, each in a process of its own: recognizer, translation and voice."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.app.office import Office
from kiosk.core.heard import Heard, Translation
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


class Engines:
    """One kiosk's engines, empty until they are asked. Every answer comes through `results`, on the window's
    thread; what was asked in a visit that ended is not answered.
    """

    def __init__(
        self,
        office: Office,
        results: Results,
        source: Microphone | WavFile | None,
        sink: Speaker | WavSink | None,
    ) -> None:
        """`source` and `sink` replace microphone and loudspeaker."""
        from kiosk.speech.recognizer import SpeechEngine
        from kiosk.speech.voice import VoiceEngine
        from kiosk.translation.engine import TranslationEngine

        self._office, self._results = office, results
        self._source, self._sink = source, sink
        self._speech = Worker("speech", SpeechEngine, (), results)
        self._translation = Worker(
            "translation", TranslationEngine, (str(office.translation_folder),), results
        )
        self._voice = Worker("voice", VoiceEngine, (), results)
        self._visit = 0
        self._listening: int | None = None
        self._speaking: int | None = None

    def hear_from(self, source: Microphone | WavFile | None) -> None:
        """Listen to something else from now on; None is the microphone."""
        self._source = source

    def start(self) -> None:
        """Start the engines' processes, still empty: a fork takes 10 to 20 ms nobody should feel later."""
        for worker in (self._speech, self._translation, self._voice):
            worker.start()

    def close(self) -> None:
        for worker in (self._speech, self._translation, self._voice):
            worker.close()

    def abilities(self, language: str) -> Abilities:
        from kiosk.speech.models import find_model
        from kiosk.speech.voice import available
        from kiosk.translation.packages import can_translate

        chosen = self._office.languages[language]
        return Abilities(
            speech=find_model(chosen, self._office.speech_folder) is not None,
            translation=not chosen.is_japanese and can_translate(language, self._office.translation_folder),
            voice=available(chosen),
        )

    def prepare(self, language: str) -> None:
        able = self.abilities(language)
        model = self._model(language)
        if model is not None:
            self._speech.ask("load", model, _only_log)
        if able.translation:
            self._translation.ask("load", language, _only_log)

    def listen(self, language: str, heard: Callable[[Heard | Trouble], None]) -> None:
        from kiosk.speech.recognizer import Listen
        from kiosk.speech.sources import Microphone

        self.stop_listening()
        model = self._model(language)
        if model is None:
            self._results.post(heard, Trouble("trouble.no_speech_model"))
            return

        def answer(reply: Reply) -> None:
            if reply.trouble is not None:
                heard(reply.trouble)
            elif isinstance(reply.value, Heard):
                heard(reply.value)
            if reply.final and self._listening == number:
                self._listening = None

        # Costs nothing when it is loaded already, and brings it back after a crash.
        self._speech.ask("load", model, _only_log)
        limit = float(self._office.settings.kiosk.listen_seconds)
        asked = Listen(self._source or Microphone(), limit)
        number = self._ask(self._speech, "listen", asked, answer)
        self._listening = number

    def stop_listening(self) -> None:
        if self._listening is not None:
            self._speech.tell(self._listening, "stop")

    def translate(self, text: str, language: str, done: Callable[[Translation | Trouble], None]) -> None:
        from kiosk.translation.agreement import agreement

        def answer(reply: Reply) -> None:
            if reply.trouble is not None:
                log.warning("not translated: %s", reply.trouble)
                key = WRITTEN_ALREADY.get(reply.trouble.key)
                done(Trouble(key, log=reply.trouble.log) if key else reply.trouble)
            elif reply.final:
                made: Translation = reply.value
                done(replace(made, alike=round(agreement(made.original, made.back), 3)))

        self._ask(self._translation, "translate", (text, language), answer)

    def say(self, sentences: Sequence[str], language: str, done: Callable[[Trouble | None], None]) -> None:
        from kiosk.speech.voice import Say, Speaker

        self.hush()
        chosen = self._office.languages[language]

        def answer(reply: Reply) -> None:
            if reply.final:
                if self._speaking == number:
                    self._speaking = None
                done(reply.trouble)

        number = self._ask(
            self._voice, "say", Say(tuple(sentences), chosen.voice, self._sink or Speaker()), answer
        )
        self._speaking = number

    def hush(self) -> None:
        if self._speaking is not None:
            self._voice.tell(self._speaking, "stop")

    def forget(self) -> None:
        """The visit ended: nothing of it is answered any more, and the engines let go of it."""
        self._visit += 1
        self.hush()
        if self._listening is not None:
            self._speech.drop(self._listening)
            self._listening = None
        if self._translation.alive():
            self._translation.ask("forget", None, _only_log)

    def _model(self, language: str) -> str | None:
        from kiosk.speech.models import find_model

        found = find_model(self._office.languages[language], self._office.speech_folder)
        return None if found is None else str(found)

    def _ask(self, worker: Worker, job: str, payload: object, answer: Callable[[Reply], None]) -> int:
        return worker.ask(job, payload, self.of_this_visit(answer))

    def of_this_visit(self, answer: Callable[[Reply], None]) -> Callable[[Reply], None]:
        """The same, except that nothing answers any more once the visit has ended."""
        visit = self._visit

        def guarded(reply: Reply) -> None:
            if visit == self._visit:
                answer(reply)

        return guarded


def _only_log(reply: Reply) -> None:
    if reply.trouble is not None:
        log.warning("an engine is not ready: %s", reply.trouble)
