"""Any order of what people do, on two stores opened and closed at will, gives what a simple model has."""

from __future__ import annotations

import shutil
import tempfile
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

from kiosk.core import changes
from kiosk.core.changes import IllegalChange
from kiosk.core.ticket import Case, Content, Narrative, State, Ticket
from kiosk.core.waiting import pick
from kiosk.store.tiny import TinyStore
from tests.store.samples import DAY, NOW, unstamped

TEXTS = st.text(max_size=40)
NARRATIVES = st.none() | st.builds(Narrative, TEXTS, st.sampled_from(["ko", "my"]), st.just("typed"))
ANSWERS = st.lists(st.tuples(TEXTS, st.lists(TEXTS, max_size=2).map(tuple)), max_size=2).map(tuple)
CONTENTS = st.builds(
    Content,
    cases=st.lists(st.builds(Case, TEXTS, TEXTS, ANSWERS), max_size=3).map(tuple),
    narrative=NARRATIVES,
    sensitive=st.booleans(),
    urgent=st.booleans(),
)
WANTED = st.sampled_from(list(State))
WHICH = st.sampled_from([0, 1])
DUE = st.sampled_from([None, None, 0, 1, 24])
"""Hours until an appointment."""
LANE = "specialist:lawyer"


class Stores(RuleBasedStateMachine):
    issued: Bundle[str] = Bundle("issued")

    @initialize()
    def open(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.day = DAY
        self.now = NOW
        self.model: dict[str, Ticket] = {}
        self.stores = [self._store("A"), self._store("B")]

    def _store(self, letter: str) -> TinyStore:
        return TinyStore(self.folder / "store", letter=letter, today=lambda: self.day)

    @rule(target=issued, which=WHICH, content=CONTENTS, referred=st.booleans(), hours=DUE)
    def issue(self, which: int, content: Content, referred: bool, hours: int | None) -> str:
        due = None if hours is None else self.now + timedelta(hours=hours)
        lane = "" if due is None else LANE
        made = self.stores[which].issue(
            content, language="ko", at=self.now, referred=referred, lane=lane, due=due
        )
        assert (made.due, made.lane) == (due, lane)
        same_day = [t for t in self.model.values() if t.day == self.day and t.number[0] == "AB"[which]]
        assert made.number == f"{'AB'[which]}{len(same_day) + 1:03d}"
        assert (made.content, made.day) == (content, self.day)
        self.model[made.id] = made
        return made.id

    @rule(which=WHICH, ticket_id=issued, wanted=WANTED, note=TEXTS)
    def change(self, which: int, ticket_id: str, wanted: State, note: str) -> None:
        def apply(found: Ticket) -> Ticket:
            return changes.note(changes.change(found, wanted, self.now, counter="1"), note)

        try:
            expected = apply(self.model[ticket_id])
        except IllegalChange:
            expected = None
        try:
            changed = self.stores[which].change(ticket_id, apply)
        except IllegalChange:
            assert expected is None
        else:
            assert expected is not None
            assert unstamped(changed) == unstamped(expected)
            self._keep(changed)

    @rule(which=WHICH, languages=st.sampled_from([(), ("ko",)]), lanes=st.sampled_from([(), (LANE,)]))
    def call_next(self, which: int, languages: tuple[str, ...], lanes: tuple[str, ...]) -> None:
        today = [t for t in self.model.values() if t.day == self.day]
        expected = pick(today, counter="1", languages=languages, now=self.now, lanes=lanes)
        found = self.stores[which].call_next(counter="1", languages=languages, at=self.now, lanes=lanes)
        assert (found is None) == (expected is None)
        if found is not None and expected is not None:
            called = changes.call(expected.ticket, self.now, counter="1")
            assert unstamped(found.ticket) == unstamped(called)
            assert found.reason == expected.reason
            self._keep(found.ticket)

    def _keep(self, changed: Ticket) -> None:
        """What stood before has its stamps still, and what was added came after all of the day."""
        known = self.model[changed.id].periods
        assert changed.periods[: len(known)] == known
        others = [period.stamp for ticket in self._of(changed.day) for period in ticket.periods]
        for period in changed.periods[len(known) :]:
            assert period.stamp > max(others)
            others.append(period.stamp)
        self.model[changed.id] = changed

    @rule(which=WHICH)
    def start_again(self, which: int) -> None:
        self.stores[which].close()
        self.stores[which] = self._store("AB"[which])

    @rule(which=WHICH)
    def close(self, which: int) -> None:
        self.stores[which].close()

    @rule(torn=st.binary(max_size=60).filter(lambda data: b"\n" not in data))
    def power_cut(self, torn: bytes) -> None:
        """A record was being written: nothing of it may count. Numbers may skip, so the model stops there."""
        journal = self.folder / "store" / f"{self.day}.journal"
        if journal.exists():
            for store in self.stores:
                store.close()
            with journal.open("ab") as file:
                file.write(torn)
            data = journal.read_bytes()
            for store in self.stores:
                assert store.tickets() == self._of(self.day)
                store.close()
            journal.write_bytes(data[: len(data) - len(torn)])

    @rule(hours=st.sampled_from([-24, -1, 0, 1, 24]))
    def clock(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        self.day = self.now.date()

    @invariant()
    def same(self) -> None:
        for store in self.stores:
            assert store.tickets() == self._of(self.day)
            assert store.days() == sorted({t.day for t in self.model.values()})

    def _of(self, day: object) -> list[Ticket]:
        return sorted((t for t in self.model.values() if t.day == day), key=lambda t: t.number)

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            for store in (*self.stores, self._store("A")):
                for ticket in self.model.values():
                    assert store.get(ticket.id) == ticket
                store.close()
            shutil.rmtree(self.folder)


TestStores = Stores.TestCase
TestStores.settings = settings(
    max_examples=40, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)
