"""What the page of models shows at one moment: plain values, in the words of the language chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

LANGUAGES = 9
"""Languages at a time."""
MODELS = 5
"""Models at a time."""
OPTIONS = 6
"""Choices of a page over the others at a time."""


@dataclass(frozen=True)
class Line:
    """One language of the list."""

    tag: str
    name: str
    speech: str
    translation: str
    warm: bool = False
    """Whether something of it is damaged."""


@dataclass(frozen=True)
class Item:
    """One model: what it enables, its facts, and what can be done with it."""

    id: str
    enables: str
    facts: tuple[str, ...]
    """Licence and quality, each in a few words."""
    state: Literal["", "whole", "damaged"]
    tag: str = ""
    """In use, damaged: a short word beside the name."""
    warning: str = ""
    """What the licence asks of the office."""
    actions: tuple[tuple[str, str], ...] = ()
    """Id and words of up to two buttons."""


@dataclass(frozen=True)
class Working:
    """Work that goes on: which model, what is done with it, how far it is (0 to 1; None: not known)."""

    words: str
    far: str
    share: float | None


@dataclass(frozen=True)
class Over:
    """A question or a list over the models."""

    title: str
    text: str
    options: tuple[tuple[str, str], ...]
    """Id and words of each."""
    back: str


@dataclass(frozen=True)
class LibraryView:
    """The whole page. `language`: ja or en, of the page's own words."""

    language: str
    lines: tuple[Line, ...]
    chosen: str
    items: tuple[Item, ...]
    free: str
    all_in_one: bool
    """Whether the language lacks something that can be had."""
    first_line: int = 0
    first_item: int = 0
    message: str = ""
    warm: bool = False
    working: Working | None = None
    over: Over | None = None

    @property
    def line(self) -> Line | None:
        return next((line for line in self.lines if line.tag == self.chosen), None)
