"""A console that can hand over with a letter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from kiosk.core import handed
from kiosk.core.consultation import Handover
from kiosk.core.directory import Service
from kiosk.core.handed import Made
from kiosk.core.letter import Draft, allowed, offered
from kiosk.core.ticket import Content, Ticket
from kiosk.errors import Trouble
from kiosk.store.tiny import TinyStore
from kiosk.ui.counter.handover.desk import Kept, Question
from kiosk.ui.counter.handover.form import LetterForm
from kiosk.ui.counter.record.formsheet import ENTRY
from kiosk.ui.parts import Shot
from tests.ui.counter.counter import LINE, NOW, OTHER
from tests.ui.counter.records import Record, record_at
from tests.ui.counter.stand import SyncDesk

CENTRE = replace(LINE, id="centre", organisation_ja="函館センター", service_ja="行政相談", telephone="0138-1")


@cache
def picture() -> Shot:
    from PIL import Image

    return Shot(Image.new("RGB", (1654, 2339), "white"))


@dataclass
class LetterStand:
    """Papers that are only counted. While `failing` nothing is printed; while `slow` answers wait."""

    desk: SyncDesk
    failing: Trouble | None = None
    slow: bool = False
    later: list[Callable[[], None]] = field(default_factory=list)
    drawn: list[Draft] = field(default_factory=list)
    printed: list[Draft] = field(default_factory=list)
    cards: list[str] = field(default_factory=list)
    kind: str = "folder"

    def now(self) -> datetime:
        return self.desk.now()

    def paper(self) -> str:
        return self.kind

    def services(self) -> Sequence[Service]:
        return (LINE, OTHER, CENTRE)

    def centres(self) -> Sequence[Service]:
        return (CENTRE,)

    def lines(self, case: Ticket) -> Sequence[tuple[str, str]]:
        return [(line, f"行 {line}") for line in offered(case.content)]

    def question(self, case: Ticket, draft: Draft) -> Question:  # noqa: ARG002
        return Question(f"{draft.name}に伝えていいですか", f"OK to tell {draft.name}?", "en")

    def preview(self, case: Ticket, draft: Draft, done: Callable[[Sequence[Shot] | Trouble], None]) -> None:
        self.drawn.append(allowed(draft, case.content))
        self._answer(lambda: done([picture()]))

    def output(self, case: Ticket, draft: Draft, done: Callable[[Kept | Trouble], None]) -> None:
        if self.failing is None:
            self.printed.append(allowed(draft, case.content))
        self._answer(lambda: done(self.failing or Kept(False, "letters/x.pdf")))

    def card(self, case: Ticket, done: Callable[[Kept | Trouble], None]) -> None:
        self.cards.append(case.number)
        done(self.failing or Kept(True))

    def made(self, done: Callable[[Sequence[Made] | Trouble], None]) -> None:
        store = self.desk.store
        found = handed.made(case for day in store.days() for case in store.tickets(day))
        done(self.failing or found)

    def _answer(self, work: Callable[[], None]) -> None:
        if self.slow:
            self.later.append(work)
        else:
            work()


@dataclass
class Letter:
    record: Record
    stand: LetterStand

    @property
    def form(self) -> LetterForm:
        assert isinstance(self.record.console.over, LetterForm)
        return self.record.console.over

    def keys(self, *names: str) -> Letter:
        self.record.counter.keys(*names)
        return self

    def type(self, text: str, name: str = ENTRY) -> Letter:
        self.record.type(text, name)
        return self

    def said(self) -> str:
        return self.record.said()

    def handovers(self) -> tuple[Handover, ...]:
        kept = self.record.kept()
        return kept.handovers if kept else ()


def letter_at(store: TinyStore, folder: Path, content: Content) -> Letter:
    store.issue(content, language="vi", at=NOW - timedelta(minutes=10))
    record = record_at(store, folder)
    record.counter.keys("F2", "F10")
    stand = LetterStand(record.counter.desk)
    record.console.letters = stand
    return Letter(record, stand)
