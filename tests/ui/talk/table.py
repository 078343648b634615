"""What a talk stands on in these tests: engines that answer when they are told to, and the catalogues."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kiosk.core.heard import Heard, Passage, Rendering, Translation
from kiosk.core.language import Language
from kiosk.data.catalogue import load
from kiosk.data.languages import read_languages
from kiosk.errors import Trouble
from kiosk.ui.actions import Abilities

LANGUAGES = read_languages().by_tag
TODAY = date(2026, 11, 21)
SIZES = [(1280, 800), (1366, 768), (1920, 1080), (800, 1280)]


@dataclass
class Table:
    """Engines and room. What was asked waits in `asked` until a test answers it."""

    able: Abilities = field(default_factory=lambda: Abilities(True, True, True))
    asked: list[tuple[str, Any, Callable[[Any], None]]] = field(default_factory=list)
    log: list[str] = field(default_factory=list)
    working: bool = False
    counts: dict[str, int] = field(default_factory=dict)
    known: tuple[str, ...] = ("ja-simple", "en", "ja")

    @property
    def languages(self) -> Mapping[str, Language]:
        return LANGUAGES

    @property
    def office(self) -> str:
        return "あおば{市|し}"

    @property
    def offered(self) -> Sequence[str]:
        return ("ja-simple", "en", "ko")

    def words(self, tag: str) -> Callable[..., str]:
        return load(tag).text

    def knows(self, tag: str) -> bool:
        return tag in self.known

    def today(self) -> date:
        return TODAY

    def used(self) -> Mapping[str, int]:
        return self.counts

    def use(self, phrase: str) -> None:
        self.counts[phrase] = self.counts.get(phrase, 0) + 1

    def abilities(self, language: str) -> Abilities:
        if LANGUAGES[language].is_japanese:
            return Abilities(self.able.speech, False, self.able.voice)
        return self.able

    def prepare(self, language: str) -> None:
        self.log.append(f"prepare {language}")
        self.working = True

    def busy(self) -> bool:
        return self.working

    def listen(self, language: str, heard: Callable[[Heard | Trouble], None]) -> None:
        self.asked.append(("listen", language, heard))

    def stop_listening(self) -> None:
        self.log.append("stop")

    def translate(self, text: str, language: str, done: Callable[[Translation | Trouble], None]) -> None:  # noqa: ARG002
        self.asked.append(("translate", text, done))

    def render(self, japanese: str, language: str, done: Callable[[Rendering | Trouble], None]) -> None:  # noqa: ARG002
        self.asked.append(("render", japanese, done))

    def say(self, sentences: Sequence[str], language: str, done: Callable[[Trouble | None], None]) -> None:  # noqa: ARG002
        self.asked.append(("say", tuple(sentences), done))

    def hush(self) -> None:
        self.log.append("hush")

    def forget(self) -> None:
        self.log.append("forget")

    def answer(self, what: object) -> None:
        """What the oldest question comes to."""
        self.asked.pop(0)[2](what)

    def last(self) -> Callable[[Any], None]:
        return self.asked[-1][2]


def rendering(japanese: str, text: str, back: str, alike: float = 1.0, *, hint: bool = False) -> Rendering:
    passage = Passage(japanese, text, back, alike)
    return Rendering(japanese, "en", text, back, "sample", False, alike, (passage,), hint)


def translation(
    text: str, japanese: str, back: str, alike: float = 1.0, *, hint: bool = False
) -> Translation:
    passage = Passage(text, japanese, back, alike)
    return Translation(text, "en", japanese, back, "sample", False, alike, (passage,), hint)
