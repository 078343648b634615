"""The display's sentences: in Japanese and in the language of whoever is called."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kiosk.core.calls import Call
from kiosk.core.language import Language
from kiosk.data.catalogue import Catalogue
from kiosk.ui.display.view import Way, numbered

JAPANESE = "ja-simple"
"""The Japanese of the display has a reading on every kanji."""
COMMON = "en"
"""Below the Japanese where a ticket's own language is Japanese, or has no words for the display."""
NEEDED = (
    "display.call", "display.call_desk", "display.say_desk", "display.wait", "display.seat",
    "display.go.left", "display.go.right", "display.go.straight", "display.go.upstairs", "display.go.behind",
)  # fmt: skip
"""A language has all of these or is not shown: half a page in another language is no help."""


class Words:
    """The display's sentences in the languages there are."""

    def __init__(
        self,
        languages: Mapping[str, Language],
        catalogue: Callable[[str], Catalogue],
        *,
        directions: Mapping[str, str],
        readings: Mapping[str, str],
    ) -> None:
        self._languages, self._catalogue = languages, catalogue
        self._directions, self._readings = directions, readings

    def second(self, tag: str) -> str:
        """The language under the Japanese for a ticket of language `tag`: its own, or else English."""
        if tag.split("-")[0] == "ja" or tag not in self._languages:
            return COMMON
        known = self._catalogue(tag)
        return tag if all(known.has(key) for key in NEEDED) else COMMON

    def text(self, tag: str, key: str, **details: str | int) -> str:
        return self._catalogue(tag).text(key, **details)

    def place(self, counter: str) -> str:
        """A counter's number, or a desk's name with its reading."""
        return self._readings.get(counter, counter)

    def call(self, call: Call) -> tuple[tuple[str, str], ...]:
        """The sentence in Japanese and in the ticket's language."""
        return tuple((tag, self._call(tag, call)) for tag in (JAPANESE, self.second(call.language)))

    def spoken(self, call: Call) -> tuple[tuple[str, str], ...]:
        """The same for the voice, which cannot read a Japanese desk's name in another language."""
        second = self.second(call.language)
        if not numbered(call.counter):
            return (JAPANESE, self._call(JAPANESE, call)), (
                second,
                self.text(second, "display.say_desk", number=spelled(call.number)),
            )
        there = self.text(second, "display.call", number=spelled(call.number), counter=call.counter)
        return (JAPANESE, self._call(JAPANESE, call)), (second, there)

    def way(self, call: Call) -> Way | None:
        """Where the counter is; None where the office has not said so."""
        direction = self._directions.get(call.counter)
        if direction is None:
            return None
        tags = (JAPANESE, self.second(call.language))
        return Way(direction, tuple((tag, self.text(tag, f"display.go.{direction}")) for tag in tags))

    @property
    def pointing(self) -> bool:
        return not self._directions

    def idle(self, tag: str, key: str) -> tuple[tuple[str, str], ...]:
        """A sentence in Japanese and in the language whose turn it is."""
        return (JAPANESE, self.text(JAPANESE, key)), (tag, self.text(tag, key))

    def turns(self) -> tuple[str, ...]:
        """The languages that take turns while nobody is called."""
        return tuple(dict.fromkeys(self.second(tag) for tag in self._languages))

    def _call(self, tag: str, call: Call) -> str:
        if numbered(call.counter):
            text = self.text(tag, "display.call", number=call.number, counter=call.counter)
            return _held(_held(text, call.number), call.counter)
        text = self.text(tag, "display.call_desk", number=call.number, desk=self.place(call.counter))
        return _held(text, call.number)


def _held(text: str, number: str) -> str:
    """With the number kept on the line of the word before it: a 3 alone on a line is no counter."""
    return text.replace(f" {number}", f"\u00a0{number}")


def spelled(number: str) -> str:
    """A012 as one says it: "A, 0 1 2". Without the comma English takes the letter for its article."""
    return f"{number[:1]}, {' '.join(number[1:])}" if number[:1].isalpha() else number
