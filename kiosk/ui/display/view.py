"""What the display shows at one moment, before anybody has drawn it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kiosk.core.calls import Call


@dataclass(frozen=True)
class Sign:
    """Something staff should know, small in the corner; no concern of anybody who waits."""

    icon: str
    words: str


@dataclass(frozen=True)
class Way:
    """Where a counter is."""

    direction: str
    """One of `kiosk.settings.DIRECTIONS`."""
    lines: tuple[tuple[str, str], ...]
    """Language and words."""


@dataclass(frozen=True)
class View:
    office: str
    """The office's name with its readings."""
    time: str
    shown: Call | None
    """Large."""
    before: tuple[Call, ...]
    lines: tuple[tuple[str, str], ...]
    """Language and sentence, Japanese first: the call, or while there is none how it works."""
    still: tuple[tuple[str, str], ...] = ()
    """While there is no call: to take a seat."""
    way: Way | None = None
    turned: bool = False
    """Panel in the colours of its flash."""
    framed: bool = False
    """A frame around the panel, the other flash."""
    signs: tuple[Sign, ...] = ()
    pointing: bool = True
    """Whether an arrow leads from a number to its counter: not where counters have their own directions."""
    calling: frozenset[str] = frozenset()
    """Tickets among `before` that are still expected at their counter."""
    names: Mapping[str, str] = field(default_factory=dict)
    """Desks' names with their readings."""

    def place(self, call: Call) -> str:
        """The counter as it is written on the display."""
        return self.names.get(call.counter, call.counter)


def numbered(counter: str) -> bool:
    """Whether it is a counter with a number, and not a desk with a name."""
    return counter.isascii() and counter.isdigit()
