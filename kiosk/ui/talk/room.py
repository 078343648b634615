"""What a talk needs around it, and what is filled into its phrases."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from kiosk.core.heard import Heard, Rendering, Translation
from kiosk.core.hours import DAYS
from kiosk.core.language import Language
from kiosk.core.written import Amount, Day
from kiosk.errors import Trouble
from kiosk.ui.actions import Abilities
from kiosk.ui.talk.talk import Own


class TalkEngines(Protocol):
    """What a talk asks of speech, translation and voice. Answers come later, on the window's thread; after
    `forget` none come."""

    def abilities(self, language: str) -> Abilities: ...

    def prepare(self, language: str) -> None: ...

    def busy(self) -> bool:
        """Whether something a talk needs is being loaded, or at work."""

    def listen(self, language: str, heard: Callable[[Heard | Trouble], None]) -> None: ...

    def stop_listening(self) -> None: ...

    def translate(self, text: str, language: str, done: Callable[[Translation | Trouble], None]) -> None: ...

    def render(self, japanese: str, language: str, done: Callable[[Rendering | Trouble], None]) -> None: ...

    def say(
        self, sentences: Sequence[str], language: str, done: Callable[[Trouble | None], None]
    ) -> None: ...

    def hush(self) -> None: ...

    def forget(self) -> None: ...


class Room(Protocol):
    """Where the talk takes place: its languages, their words, and the day."""

    @property
    def languages(self) -> Mapping[str, Language]: ...

    def words(self, tag: str) -> Callable[..., str]:
        """A language's catalogue; the same function every time."""

    def today(self) -> date: ...


@dataclass(frozen=True)
class Draft:
    """What the counselor typed, and what became of it. The resident sees nothing of it yet."""

    japanese: str
    rendering: Rendering | None = None
    trouble: Trouble | None = None
    plain: bool = False
    """Whether it needs no translation: the resident reads Japanese."""

    @property
    def working(self) -> bool:
        return self.rendering is None and self.trouble is None and not self.plain

    @property
    def may_show(self) -> bool:
        """Whether it may come before the resident's eyes: a poor translation may not."""
        return self.plain or (self.rendering is not None and not self.rendering.hint)


def filled(say: Callable[..., str], values: Mapping[str, str]) -> dict[str, str]:
    """What is filled into a phrase, in one language's words."""
    found = {}
    for name, value in values.items():
        if name in ("document", "place"):
            found[name] = say(f"talk.{'doc' if name == 'document' else 'place'}.{value}")
        elif name == "date":
            day = date.fromisoformat(value)
            found[name] = say("talk.date", date=Day(value), day=say(f"day.{DAYS[day.weekday()]}"))
        elif name == "money":
            found[name] = say("talk.money", n=Amount(int(value)))
        else:
            found[name] = value
    return found


def differing(made: Translation | Rendering) -> tuple[str, ...]:
    """Sentences to look at closely: of the original, and of the way back."""
    pairs = [made.passages[place] for place in made.differing]
    return tuple(text for one in pairs for text in (one.original, one.back) if text)


def hinted(own: Own) -> bool:
    """Whether a poor translation goes to the counselor beside the words, as a hint."""
    return own.translation is not None and own.translation.hint
