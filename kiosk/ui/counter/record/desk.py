"""What the record's pages may ask for; `app` provides it. Every `done` comes on the window's thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from kiosk.core.cases import FollowUp, Found, Query
from kiosk.core.codes import Code
from kiosk.core.directory import Service
from kiosk.core.ticket import Ticket
from kiosk.core.writing import Amend
from kiosk.errors import Trouble


@dataclass(frozen=True)
class Lists:
    """What a record is chosen from."""

    topics: tuple[Code, ...] = ()
    """Statistics codes."""
    statuses: tuple[Code, ...] = ()
    nationalities: tuple[Code, ...] = ()
    services: Sequence[Service] = ()
    languages: tuple[str, ...] = ()
    """Tags a search can be narrowed to."""
    means: str = "visit"
    """Of consultation.MEANS: how people come to this data folder's counter."""
    lines: tuple[tuple[str, str], ...] = ()
    """Id and name of the office's interpreter lines."""
    everyday: frozenset[str] = frozenset()
    """Words in katakana that stand on everybody's pages, and so name nobody."""


@dataclass(frozen=True)
class Searched:
    """How far a search has come, newest cases first."""

    found: tuple[Found, ...]
    days: int
    """Days looked through."""
    of: int
    over: bool
    """Whether it has come to its end, or was stopped."""
    more: bool = False
    """Whether there were more than are listed."""
    unread: int = 0
    """Days that could not be read; the rest was."""


class RecordDesk(Protocol):
    """Records at rest, past days and lists. Nothing here waits."""

    def lists(self) -> Lists: ...

    def now(self) -> datetime: ...

    def save(self, ticket: Ticket, change: Amend, by: str, done: Callable[[Ticket | Trouble], None]) -> None:
        """Change one author's record of the ticket, whatever its state and wherever it is by now. `change`
        gets the record as it stands in the store, an empty one where there is none or it cannot be read."""

    def follow_ups(self, listed: bool, done: Callable[[Sequence[FollowUp] | Trouble], None]) -> None:
        """Those for today and before. `listed`: they are about to be shown, not only counted, which the audit
        trail must say first."""

    def search(self, query: Query, done: Callable[[Searched | Trouble], None]) -> Callable[[], None]:
        """Look through all days kept, newest first; `done` comes several times, the last with `over` or a
        Trouble. What is answered stops it."""
