"""Records being written: saved a moment after the last key, and tried again until they are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from kiosk.core import writing
from kiosk.core.consultation import Consultation
from kiosk.core.ticket import Ticket
from kiosk.core.writing import Amend
from kiosk.errors import Trouble
from kiosk.ui.counter.record.desk import RecordDesk

PAUSE = 1.5
"""Seconds after the last key until what is written is saved."""
LONGEST = 10.0
"""Seconds somebody may type on without a pause before it is saved all the same."""
AGAIN = 5.0
"""Seconds until a save that failed is tried again."""


@dataclass
class Draft:
    """One author's record of one ticket, as it is being written."""

    ticket: Ticket
    base: Consultation
    """As it was last read or saved: what differs from it was written here."""
    mine: Consultation
    automatic: bool = True
    """Whether its minutes follow the clock."""
    cut: bool = False
    """Whether more was typed than is kept."""
    since: float | None = None
    """Uptime of the first change that is not saved yet; None where all is."""
    touched: float = 0.0
    version: int = 0
    saving: bool = False
    at_once: bool = False
    """Whether what was written while it was being saved is saved without waiting for a pause."""
    trouble: Trouble | None = None
    again: float = 0.0
    saved: datetime | None = None

    @property
    def unsaved(self) -> bool:
        return self.since is not None or self.saving


@dataclass
class Keeper:
    """Every draft that is open or not saved yet."""

    desk: RecordDesk
    author: Callable[[], str]
    """Whose records are written here now; another counselor may take the seat."""
    served: Callable[[Ticket, datetime], int]
    """Minutes this author spent with a ticket until a time."""
    clock: Callable[[], float]
    """Seconds that only go forward."""
    changed: Callable[[], None] = lambda: None
    """Called when something about saving has to be shown."""
    drafts: dict[tuple[str, str], Draft] = field(default_factory=dict)
    """By ticket and author."""

    def begin(self, case: Ticket) -> Draft:
        """The draft of a ticket whose content is open: the one at hand, the one kept, or a new one."""
        by = self.author()
        known, kept = self.drafts.get((case.id, by)), writing.of(case, by)
        if known is not None:
            self._catch_up(known, case, kept)
            return known
        mine = kept if kept is not None else writing.begun(case, by, self.desk.lists().means)
        draft = Draft(case, kept or Consultation(by), mine, automatic=self._automatic(case, kept))
        draft.saved = kept.saved if kept is not None else None
        self.drafts[case.id, by] = draft
        return draft

    def _automatic(self, case: Ticket, kept: Consultation | None) -> bool:
        """Whether minutes follow the clock: they do until somebody sets them, which a restart must not
        forget."""
        if kept is None or kept.minutes is None or kept.saved is None:
            return True
        return kept.minutes == self.served(case, kept.saved)

    def minutes(self, draft: Draft) -> int | None:
        """As they would be saved now."""
        return self.served(draft.ticket, self.desk.now()) if draft.automatic else draft.mine.minutes

    @staticmethod
    def _catch_up(draft: Draft, case: Ticket, kept: Consultation | None) -> None:
        """What another hand wrote into the same record while nothing of it was on its way."""
        draft.ticket = case
        if kept is not None and not draft.saving and kept != draft.base:
            draft.mine = writing.rebased(draft.base, draft.mine, kept)
            draft.base = kept

    def write(self, draft: Draft, **what: object) -> None:
        """Something was written or chosen."""
        mine = replace(draft.mine, **what)  # type: ignore[arg-type]
        if mine != draft.mine:
            draft.mine = mine
            self.touch(draft)

    def touch(self, draft: Draft) -> None:
        now = self.clock()
        draft.since = now if draft.since is None else draft.since
        draft.touched, draft.version = now, draft.version + 1

    def tick(self) -> None:
        """A few times a second."""
        now = self.clock()
        for draft in tuple(self.drafts.values()):
            if draft.since is None or draft.saving or now < draft.again:
                continue
            if now - draft.touched >= PAUSE or now - draft.since >= LONGEST:
                self._save(draft)

    def flush(self, ticket_id: str = "") -> None:
        """Save now: the form is left, the ticket goes, the console is locked."""
        for draft in tuple(self.drafts.values()):
            if ticket_id in ("", draft.ticket.id) and draft.since is not None:
                draft.at_once = draft.saving
                if not draft.saving:
                    self._save(draft)

    def let_go(self, but: Draft | None = None) -> None:
        """Forget drafts that are saved, but for the one whose form is open."""
        self.drafts = {key: one for key, one in self.drafts.items() if one is but or one.unsaved}

    @property
    def failing(self) -> Trouble | None:
        """Why something is not saved, where that is so."""
        return next((one.trouble for one in self.drafts.values() if one.trouble), None)

    def _save(self, draft: Draft) -> None:
        at = self.desk.now()
        draft.mine = replace(draft.mine, minutes=self.minutes(draft))
        base, mine, version = draft.base, draft.mine, draft.version

        def change(kept: Consultation) -> Consultation:
            theirs = None if kept.empty else kept
            return replace(writing.rebased(base, mine, theirs), saved=at)

        def done(result: Ticket | Trouble) -> None:
            self._saved(draft, result, version, mine, at)

        draft.saving, draft.since, draft.at_once = True, None, False
        self.desk.save(draft.ticket, change, mine.by, done)

    def _saved(
        self, draft: Draft, result: Ticket | Trouble, version: int, mine: Consultation, at: datetime
    ) -> None:
        draft.saving = False
        if isinstance(result, Trouble):
            draft.trouble, draft.again = result, self.clock() + AGAIN
            draft.since = self.clock() if draft.since is None else draft.since
        else:
            kept = writing.of(result, mine.by)
            before, draft.trouble, draft.again = draft.mine, None, 0.0
            draft.base = mine if kept is None else kept
            draft.mine = writing.rebased(mine, before, kept)
            draft.saved = at
            if draft.version == version:
                draft.since = None
            elif draft.at_once:
                self._save(draft)
        self.changed()

    def amend(self, case: Ticket, change: Amend, done: Callable[[Ticket | Trouble], None]) -> None:
        """Change this author's record of the ticket at once, whether its form is open or not: one more
        stretch with an interpreter, one more hand-over."""

        by = self.author()

        def finished(result: Ticket | Trouble) -> None:
            draft = self.drafts.get((case.id, by))
            if draft is not None and isinstance(result, Ticket):
                self._catch_up(draft, draft.ticket, writing.of(result, by))
            done(result)
            self.changed()

        means, at = self.desk.lists().means, self.desk.now()

        def changed(kept: Consultation) -> Consultation:
            begun = kept
            if kept.empty and not case.content.closed:
                begun = writing.begun(case, by, means)
            return replace(change(begun), saved=at)

        self.desk.save(case, changed, by, finished)
