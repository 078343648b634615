"""The console's words, in the language chosen at it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

TONGUES = ("ja", "en")
"""Languages the console speaks."""


@dataclass
class Tongue:
    """Words in one language, and in another after a switch: whoever holds `say` follows."""

    words: Mapping[str, tuple[Callable[..., str], Callable[[str], bool]]]
    """By tag: a key's words with details filled in, and whether there are any."""
    tag: str = "ja"

    def say(self, key: str, /, **details: object) -> str:
        return self.words[self.tag][0](key, **details)

    def has(self, key: str) -> bool:
        return self.words[self.tag][1](key)

    def after(self) -> str:
        """The language a switch goes to."""
        tags = list(self.words)
        return tags[(tags.index(self.tag) + 1) % len(tags)]
