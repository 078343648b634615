"""The records of a console: their drafts, the form, and how many cases are to be followed up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from kiosk.core import writing
from kiosk.core.cases import FollowUp
from kiosk.core.ticket import State, Ticket
from kiosk.core.writing import Amend
from kiosk.errors import Trouble
from kiosk.ui.counter.over import Over
from kiosk.ui.counter.record.desk import RecordDesk
from kiosk.ui.counter.record.form import Form
from kiosk.ui.counter.record.keeper import Keeper

if TYPE_CHECKING:
    from kiosk.ui.counter.console import Console

COUNT_AGAIN = 600.0
"""Seconds between two looks at what is to be followed up; one's own changes are counted at once."""


class Records:
    """What the console and its pages ask for. Nothing here waits."""

    def __init__(self, console: Console, desk: RecordDesk) -> None:
        self._console, self.desk = console, desk
        self.keeper = Keeper(
            desk, lambda: console.author, self._served, lambda: console.clock(), self._changed
        )
        self.due: int | None = None
        """Cases to be followed up today or before; None where that is not known."""
        self._last: Ticket | None = None
        """Whom this console ended or sent on last; only its place in the store is used."""
        self._asked: set[str] = set()
        self._counted: tuple[date, float] | None = None
        self._counting = False

    def tick(self) -> None:
        """A few times a second, whatever page is open."""
        over = self._console.over
        self.keeper.tick()
        self.keeper.let_go(over.draft if isinstance(over, Form) else None)
        self._count()

    # The form

    def form(self, case: Ticket) -> Form | None:
        """The form of a ticket whose content is open; None, with the reason told, where it is not."""
        if case.content.closed:
            self._console.message = self._console.say("record.closed", number=case.number)
            return None
        return Form(self._console, self.keeper, case)

    def at_hand(self) -> Over | None:
        """The form of the ticket at hand; without one, that of the case that left here last."""
        present = self._console.here
        if present is not None:
            return self.form(present)
        if self._last is None:
            self._console.message = self._console.say("record.nobody")
            return None
        self._console.desk.get(self._last.id, self._got)
        return None

    def _got(self, found: Ticket | Trouble | None) -> None:
        console = self._console
        if console.current is not None or console.guard.lock is not None:
            return
        if isinstance(found, Trouble):
            console.message = console.told(found)
        elif found is None:
            console.message = console.say("earlier.gone")
        else:
            form = self.form(found)
            if form is not None:
                console.open(form)
        console.show()

    def may_close(self, case: Ticket) -> bool:
        """Whether the case may be closed now. Where no result is written it is asked for, once."""
        if case.content.closed or case.id in self._asked or self.keeper.begin(case).mine.result:
            return True
        self._asked.add(case.id)
        form = Form(self._console, self.keeper, case, asked=True)
        self._console.open(form)
        return False

    def leaving(self, case: Ticket) -> None:
        """The case is about to be closed or sent on: its record is written, also where nobody wrote it."""
        self._last = case
        if case.state is State.SERVING and not case.content.closed:
            draft = self.keeper.begin(case)
            self.keeper.touch(draft)
        self.keeper.flush(case.id)

    def amend(
        self, case: Ticket, change: Amend, done: Callable[[Ticket | Trouble], None] | None = None
    ) -> None:
        """Change this author's record of the ticket at once, its form open or not. A trouble is told, or
        left to `done`."""

        def finished(result: Ticket | Trouble) -> None:
            if done is not None:
                done(result)
            elif isinstance(result, Trouble):
                self._console.message = self._console.told(result)

        self.keeper.amend(case, change, finished)

    # Following up

    def counted(self, found: Sequence[FollowUp]) -> None:
        """What a list of them was just found to hold."""
        self.due = len(found)
        self._counted = (self._console.desk.now().date(), self._console.clock())

    def followed(self, case: Ticket, by: str, done: Callable[[Ticket | Trouble], None]) -> None:
        """Somebody asked again: said in the record of whoever meant to."""

        def finished(result: Ticket | Trouble) -> None:
            self._counted = None if isinstance(result, Ticket) else self._counted
            done(result)

        self.desk.save(case, lambda kept: replace(kept, followed=True), by, finished)

    def _count(self) -> None:
        console = self._console
        if console.desk.protection() not in ("open", "unset") or console.guard.lock is not None:
            self.due = self._counted = None
            return
        today = console.desk.now().date()
        if self._counting or (
            self._counted is not None
            and self._counted[0] == today
            and console.clock() - self._counted[1] < COUNT_AGAIN
        ):
            return
        self._counting = True
        self._counted = (today, console.clock())
        self.desk.follow_ups(False, self._found)

    def _found(self, found: Sequence[FollowUp] | Trouble) -> None:
        self._counting = False
        # Locked meanwhile: not even the count stays.
        if self._counted is not None:
            self.due = None if isinstance(found, Trouble) else len(found)
            self._console.show()

    def _changed(self) -> None:
        self._console.show()

    def _served(self, case: Ticket, until: datetime) -> int:
        place = self._console.place
        return writing.served(case, until, counter=place.counter, staff=place.staff)
