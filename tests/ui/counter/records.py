"""A console with records of consultations."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from kiosk.core import cases, changes, writing
from kiosk.core.cases import FollowUp, Query
from kiosk.core.codes import Code
from kiosk.core.consultation import Consultation
from kiosk.core.ticket import Ticket
from kiosk.core.writing import Amend
from kiosk.errors import Trouble
from kiosk.store.tiny import TinyStore
from kiosk.ui.counter.console import Console
from kiosk.ui.counter.own import Own
from kiosk.ui.counter.record.desk import Lists, Searched
from kiosk.ui.counter.record.form import Form
from kiosk.ui.counter.record.formsheet import DONE
from kiosk.ui.counter.record.records import Records
from kiosk.ui.faults import faults
from kiosk.ui.paint import Painter
from kiosk.ui.parts import Sheet
from tests.ui.counter.counter import JAPANESE, LINE, OTHER, Counter, counter_at
from tests.ui.counter.stand import SyncDesk

CODES = (
    "employment",
    "immigration",
    "tax",
    "medical",
    "welfare",
    "housing",
    "education",
    "other",
    "disaster",
)
LISTS = Lists(
    topics=tuple(Code(one, JAPANESE.text(f"statistics.{one}"), one) for one in CODES),
    statuses=(
        Code("student", "留学", "Student", often=True),
        Code("engineer", "技術・人文知識・国際業務", "Engineer"),
    ),
    nationalities=(Code("VN", "ベトナム", "Vietnam", often=True), Code("PH", "フィリピン", "Philippines")),
    services=(LINE, OTHER),
    languages=("vi", "ko"),
    lines=(("day", "県 通訳コールセンター"),),
)


@dataclass
class RecordStand:
    """Records, follow-ups and past cases on the test's store. While `failing` nothing is kept; while `slow`
    answers come when the test asks for them."""

    desk: SyncDesk
    failing: Trouble | None = None
    slow: bool = False
    later: list[Callable[[], None]] = field(default_factory=list)
    saves: int = 0
    searches: list[Query] = field(default_factory=list)
    stopped: int = 0
    parts: list[Searched | Trouble] = field(default_factory=list)
    listed: list[bool] = field(default_factory=list)

    def lists(self) -> Lists:
        return LISTS

    def now(self) -> datetime:
        return self.desk.now()

    def save(self, ticket: Ticket, change: Amend, by: str, done: Callable[[Ticket | Trouble], None]) -> None:
        def work() -> None:
            self.saves += 1
            if self.failing is not None:
                done(self.failing)
                return
            self.desk.change(ticket, lambda case: _recorded(case, change, by), done)

        if self.slow:
            self.later.append(work)
        else:
            work()

    def follow_ups(self, listed: bool, done: Callable[[Sequence[FollowUp] | Trouble], None]) -> None:
        self.listed.append(listed)
        store = self.desk.store
        every = [case for day in store.days() for case in store.tickets(day)]
        done(self.failing or cases.due(cases.to_follow(every), self.desk.now().date()))

    def search(self, query: Query, done: Callable[[Searched | Trouble], None]) -> Callable[[], None]:
        self.searches.append(query)
        for part in self.parts:
            done(part)

        def stop() -> None:
            self.stopped += 1

        return stop


def _recorded(case: Ticket, change: Amend, by: str) -> Ticket:
    kept = writing.of(case, by) or Consultation(by)
    return changes.record(case, change(kept))


@dataclass
class Record:
    """A console with records, its clock moved by the test only."""

    counter: Counter
    stand: RecordStand
    clock: list[float]

    @property
    def console(self) -> Console:
        return self.counter.console

    @property
    def form(self) -> Form:
        assert isinstance(self.console.over, Form)
        return self.console.over

    def later(self, seconds: float) -> Record:
        self.clock[0] += seconds
        self.counter.desk.at += timedelta(seconds=seconds)
        self.console.tick()
        return self

    def type(self, text: str, name: str = DONE) -> Record:
        self.console.fields.put(name, text)
        self.console.typed(name, text)
        return self

    def press(self, *targets: str) -> Record:
        for target in targets:
            self.console.press(target)
        return self

    def kept(self, number: str = "A001", by: str = "07") -> Consultation | None:
        case = next(case for case in self.counter.store.tickets() if case.number == number)
        return writing.of(case, by)

    def said(self) -> str:
        return self.counter.said()


def record_at(store: TinyStore, folder: Path, number: str = "3") -> Record:
    clock = [1000.0]
    counter = counter_at(store, folder, number)
    counter.console.clock = counter.console.guard.clock = lambda: clock[0]
    counter.console.guard.touch()
    stand = RecordStand(counter.desk)
    counter.console.records = Records(counter.console, stand)
    return Record(counter, stand, clock)


def unfit(made: Record, painter: Painter) -> list[str]:
    """Texts of the page without room. Targets of staff are smaller than those of a finger."""
    assert made.console.over is not None
    page = made.console.over.page()
    assert isinstance(page, Own)
    sheet = Sheet(page.name, "ja", "ltr", page.laid(made.console.grid).parts)
    return [one for one in faults(painter, sheet, 12) if "target" not in one]
