"""What the console may ask for; `app` provides it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from kiosk.core.ticket import Ticket
from kiosk.core.waiting import Pick
from kiosk.errors import Trouble
from kiosk.ui.parts import Box, Sheet


class Desk(Protocol):
    """Tickets and printer behind the console. Every `done` comes later, on the window's thread, once."""

    def now(self) -> datetime: ...

    def refresh(self) -> bool:
        """Whether `tickets` or `troubles` have something new to say since last asked. Never waits."""

    def tickets(self) -> Sequence[Ticket]:
        """Today's tickets as last read: the same object until they are read anew. Never waits or raises."""

    def troubles(self) -> Sequence[Trouble]:
        """What staff must know of how tickets are kept and of the settings, newest last."""

    def call_next(self, done: Callable[[Pick | Trouble | None], None]) -> None: ...

    def change(
        self,
        ticket: Ticket,
        apply: Callable[[Ticket], Ticket],
        done: Callable[[Ticket | Trouble], None],
    ) -> None: ...

    def reprint(self, ticket: Ticket, done: Callable[[Trouble | None], None]) -> None: ...


class Surface(Protocol):
    """Where a sheet is shown."""

    def show(self, sheet: Sheet) -> None: ...


class Memo(Protocol):
    """The memo's text field, laid over the sheet."""

    def place(self, box: Box | None) -> None: ...

    def text(self) -> str: ...

    def clear(self) -> None: ...

    def focus(self) -> None: ...
