"""What the pages of hand-overs may ask for; `app` provides it. Every `done` comes on the window's thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from kiosk.core.directory import Service
from kiosk.core.handed import Made
from kiosk.core.letter import Draft
from kiosk.core.ticket import Ticket
from kiosk.errors import Trouble
from kiosk.ui.parts import Shot


@dataclass(frozen=True)
class Kept:
    """What became of a paper."""

    printed: bool
    place: str = ""
    """Where it lies as a file."""


@dataclass(frozen=True)
class Question:
    """What is asked before anything of the person goes on paper, in Japanese and in their language."""

    japanese: str
    local: str
    language: str
    """Of `local`."""


class LetterDesk(Protocol):
    """Papers, directory and past days. Nothing here waits."""

    def now(self) -> datetime: ...

    def paper(self) -> str:
        """Where papers go: `cups`, `folder` or `none`."""

    def services(self) -> Sequence[Service]: ...

    def centres(self) -> Sequence[Service]:
        """Where matters of national administration go, the office's own first."""

    def lines(self, case: Ticket) -> Sequence[tuple[str, str]]:
        """Ids of what may be ticked (kiosk.core.letter.offered), and what each says, for staff."""

    def question(self, case: Ticket, draft: Draft) -> Question: ...

    def preview(self, case: Ticket, draft: Draft, done: Callable[[Sequence[Shot] | Trouble], None]) -> None:
        """The pages as they would be printed."""

    def output(self, case: Ticket, draft: Draft, done: Callable[[Kept | Trouble], None]) -> None:
        """Print or keep the paper; the audit trail says so first."""

    def card(self, case: Ticket, done: Callable[[Kept | Trouble], None]) -> None:
        """Print or keep the handover card; the audit trail says so first."""

    def made(self, done: Callable[[Sequence[Made] | Trouble], None]) -> None:
        """Hand-overs of all days kept; the audit trail says so first."""
