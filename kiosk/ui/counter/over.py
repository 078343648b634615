"""A page over the console: what it must answer, and what it may have besides. Esc closes every one."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from kiosk.ui.counter.own import Own
from kiosk.ui.counter.view import Ask, Beside


class Over(Protocol):
    """A page over the console. What it needs beyond this it may have: see `Opens`, `Keeps`, `Closes` and
    `Ticks`."""

    def page(self) -> Ask | Beside | Own: ...

    def press(self, kind: str, detail: str) -> None:
        """A press on the page. What makes no sense here does nothing."""


@runtime_checkable
class Keeps(Protocol):
    """A page with fields whose text is kept as it is typed."""

    def typed(self, name: str, text: str) -> None:
        """A field was typed into, at every change of its text."""

    def keep(self) -> None:
        """Keep what was typed: after a rest in typing, and before the page closes or the console locks.
        Presses wait for nothing here."""


@runtime_checkable
class Opens(Protocol):
    """A page that has something to do once it lies there: fields are written into then."""

    def opened(self) -> None: ...


@runtime_checkable
class Closes(Protocol):
    """A page that lets something go with it: what it shows, or work begun for it."""

    def closed(self) -> None:
        """It is shown no longer: closed, another opened, the console locked."""


@runtime_checkable
class Ticks(Protocol):
    """A page that changes by itself."""

    def tick(self) -> None:
        """Four times a second while it is open."""
