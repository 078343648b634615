"""Talking across the desk: the engines of a console, its phrases by use, and the residents' screen."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.app.engines import Engines
from kiosk.app.office import Office
from kiosk.core.heard import Heard, Rendering, Translation
from kiosk.core.language import Language
from kiosk.errors import Trouble
from kiosk.store import files
from kiosk.ui.actions import Abilities
from kiosk.ui.talk.phrases import BY_ID
from kiosk.workers import Reply, Results, run_in_thread

if TYPE_CHECKING:
    from kiosk.speech.sources import Microphone, WavFile
    from kiosk.speech.voice import Speaker, WavSink

log = logging.getLogger(__name__)

FILE = "phrases.json"
"""How often each phrase was shown at each counter, in the data folder. Nothing of anybody stands in it."""
OFTENEST = 9999


class Talking:
    """One console's engines and words. Nothing is loaded before the first talk."""

    def __init__(
        self,
        office: Office,
        results: Results,
        counter: Callable[[], str],
        source: Microphone | WavFile | None = None,
        sink: Speaker | WavSink | None = None,
    ) -> None:
        """`source` and `sink` replace microphone and loudspeaker."""
        self._office, self._results, self._counter = office, results, counter
        self.engines = Engines(office, results, source, sink)
        self._known: dict[str, bool] = {}
        self._writing = False

    def close(self) -> None:
        self.engines.close()

    # Engines

    def abilities(self, language: str) -> Abilities:
        return self.engines.abilities(language)

    def prepare(self, language: str) -> None:
        self.engines.prepare(language)

    def busy(self) -> bool:
        return self.engines.busy()

    def listen(self, language: str, heard: Callable[[Heard | Trouble], None]) -> None:
        self.engines.listen(language, heard)

    def stop_listening(self) -> None:
        self.engines.stop_listening()

    def translate(self, text: str, language: str, done: Callable[[Translation | Trouble], None]) -> None:
        self.engines.translate(text, language, done)

    def render(self, japanese: str, language: str, done: Callable[[Rendering | Trouble], None]) -> None:
        self.engines.render(japanese, language, done)

    def say(self, sentences: Sequence[str], language: str, done: Callable[[Trouble | None], None]) -> None:
        self.engines.say(sentences, language, done)

    def hush(self) -> None:
        self.engines.hush()

    def forget(self) -> None:
        self.engines.forget()

    # Words

    @property
    def languages(self) -> Mapping[str, Language]:
        return self._office.languages

    @property
    def office(self) -> str:
        return self._office.settings.office.name_ruby

    @property
    def offered(self) -> Sequence[str]:
        return self._office.settings.kiosk.languages

    def words(self, tag: str) -> Callable[..., str]:
        return self._office.catalogue(tag).text

    def knows(self, tag: str) -> bool:
        if tag not in self._known:
            # Plain Japanese is no console's language: what it says of a talk is for residents.
            every = self._office.catalogue("ja-simple").keys()
            wanted = {key for key in every if key.startswith("talk.")}
            self._known[tag] = wanted <= self._office.catalogue(tag).keys()
        return self._known[tag]

    def today(self) -> date:
        return self._office.today()

    # Phrases by use

    @cached_property
    def _every(self) -> dict[str, dict[str, int]]:
        return _read(self._office.data / FILE)

    def used(self) -> Mapping[str, int]:
        return self._every.get(self._counter(), {})

    def use(self, phrase: str) -> None:
        mine = self._every.setdefault(self._counter(), {})
        mine[phrase] = min(OFTENEST, mine.get(phrase, 0) + 1)
        if self._writing:
            return
        self._writing = True
        counter, counts, path = self._counter(), dict(mine), self._office.data / FILE

        def keep() -> None:
            try:
                with files.alone_in(path.parent):  # Another counter's console may be counting too.
                    every = {**_read(path), counter: counts}
                    files.put_whole(path, json.dumps(every, indent=1).encode())
            except OSError as fault:
                log.warning("%s cannot be written: %s", FILE, fault.strerror)

        run_in_thread(self._results, keep, self._written)

    def _written(self, _reply: Reply) -> None:
        self._writing = False


def _read(path: Path) -> dict[str, dict[str, int]]:
    """The counts of every counter; none where the file is not there or not sound."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError) as fault:
        log.warning("%s cannot be read and is begun anew: %s", FILE, type(fault).__name__)
        return {}
    if not isinstance(found, dict):
        return {}
    return {str(counter): _counts(kept) for counter, kept in found.items() if isinstance(kept, dict)}


def _counts(kept: Mapping[str, object]) -> dict[str, int]:
    """What of a counter's counts is sound."""
    return {
        phrase: min(count, OFTENEST)
        for phrase, count in kept.items()
        if phrase in BY_ID and isinstance(count, int) and not isinstance(count, bool) and count > 0
    }
