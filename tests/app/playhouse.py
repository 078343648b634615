"""An office whose day is played: the clock is moved by hand, windows, stores and slips are the real ones."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from unittest import mock
from zoneinfo import ZoneInfo

from kiosk.app import places, queueing
from kiosk.app.actions import KioskActions
from kiosk.app.console_window import ConsoleWindow
from kiosk.app.display import DisplayWindow
from kiosk.app.intake import KioskWindow
from kiosk.app.office import Office, open_data
from kiosk.app.rehearsal import Player
from kiosk.core.ticket import State
from kiosk.ui.actions import Issued
from kiosk.ui.counter.place import Place
from kiosk.ui.counter.record.formsheet import DONE
from kiosk.ui.parts import Sheet, Target, Words
from kiosk.workers import Results
from tests.app.conftest import stopped
from tests.patience import Patience

DAY = date(2026, 11, 25)
"""A Wednesday."""
PASSPHRASE = "みなとの見える丘 2026 turtle"
SETTINGS = """
[office]
name_ja = "みどり市 外国人相談窓口"
counters = 3
desks = ["ハローワーク", "専門相談"]
partners = ["となり町 相談窓口"]
[printing]
kind = "file"
pages = "folder"
[display]
sound = "none"
"""
ROSTER = """
[[specialist]]
id = "lawyer"
kind = "lawyer"
topics = ["work", "housing", "daily_life"]
groups = ["legal_aid"]
hours = [{ days = "wed", opens = "14:00", closes = "16:00" }]
minutes = 30
lead_hours = 1
interpreter = true
room = "相談室2"
"""


@dataclass
class Clock:
    """The time at the office; it stands until it is moved."""

    at: datetime = datetime(2026, 11, 25, 8, 45, tzinfo=ZoneInfo("Asia/Tokyo"))

    def to(self, hour: int, minute: int = 0) -> None:
        wanted = self.at.replace(hour=hour, minute=minute, second=0)
        assert wanted >= self.at, "a day goes on"
        self.at = wanted

    def on(self, **much: float) -> None:
        self.at += timedelta(**much)

    def seconds(self) -> float:
        return self.at.timestamp()


@dataclass
class Told:
    """What was played of one visit, kept beside the store and never read from it."""

    number: str
    ticket_id: str
    language: str
    topics: tuple[str, ...]
    state: State = State.WAITING
    counters: list[str] = field(default_factory=list)
    """Where something was done with it, once each, in order."""
    quiet: bool = False
    calls: int = 0
    event: str = ""

    def at(self, counter: str) -> None:
        if counter not in self.counters:
            self.counters.append(counter)


class House:
    """The office with everything that runs in it, each with its own stores as processes have them."""

    def __init__(self, data: Path, ends: ExitStack) -> None:
        self.data, self.ends, self.clock = data, ends, Clock()
        self.played: dict[str, Told] = {}
        self.windows: list[ConsoleWindow | DisplayWindow | KioskWindow] = []
        self.on_display: list[str] = []
        """Every page the display ever showed, as its words."""

    def open(self) -> Office:
        office = open_data(self.data)
        self.ends.callback(office.store.close)
        return office

    def results(self) -> Results:
        made = Results()
        self.ends.callback(made.close)
        return made

    def until(self, condition: Callable[[], object]) -> None:
        """Let all windows work until it holds."""
        patience = Patience()
        root = self.windows[0].window.root
        while not condition():
            assert patience.left(), "waited in vain"
            root.after(2, lambda: None)
            root.tk.dooneevent(0)
            for shown in self.windows:
                if shown.window.failure is not None:
                    raise shown.window.failure

    def add(self, told: Told) -> Told:
        assert told.number not in self.played, "a number is given once"
        self.played[told.number] = told
        return told

    def open_display(self) -> DisplayWindow:
        office, results = self.open(), self.results()
        office.keys.public_only()
        shown = DisplayWindow(office, results, size=(1000, 600), clock=self.clock.seconds, fatal=True)
        self.ends.callback(shown.close)
        self.windows.append(shown)
        real = shown.surface.show

        def show(sheet: Sheet) -> None:
            self.on_display.append(" ".join(words_of(sheet.parts)))
            real(sheet)

        self.ends.enter_context(mock.patch.object(shown.surface, "show", show))
        return shown

    def called(self, told: Told, counter: str) -> None:
        """A call was made at a counter: the hall sees it, unless it is a quiet one."""
        told.calls += 1
        told.state = State.CALLED
        told.at(counter)
        if not told.quiet:
            board = next(shown for shown in self.windows if isinstance(shown, DisplayWindow))
            self.until(lambda: self._announced(board, told.number))
        self.clock.on(seconds=15)

    def _announced(self, board: DisplayWindow, number: str) -> bool:
        """Whether the number stands there; who was announced a moment ago stays for some seconds."""
        now = board.announcing
        if now.waiting and self.clock.seconds() - now.since < 10:
            self.clock.on(seconds=1)
        return now.shown is not None and now.shown.number == number


class Door:
    """The resident's kiosk at the door: closes what it is told and opens nothing."""

    def __init__(self, house: House) -> None:
        self.house, self.office = house, house.open()
        self.office.keys.public_only()
        results = house.results()
        self.actions = KioskActions(self.office, results)
        self.shown = KioskWindow(self.office, results, self.actions, size=None, fatal=True)
        # Else the page of a number goes after a minute of the machine's own, and with it what is just asked.
        self.shown.kiosk.clock = stopped
        house.ends.callback(self.actions.close)
        house.ends.callback(self.shown.window.close)
        house.windows.append(self.shown)
        self.player = Player(self.shown, None)

    def visit(
        self,
        language: str,
        topic: str,
        *,
        booked: bool = False,
        referred: bool = False,
        words: str = "",
        **answers: str,
    ) -> Told:
        """A visit by the kiosk's own actions, to its slip."""
        case = {"language": language, "topic": topic, "caller": "self", "narrative": words}
        visit = queueing.visit_of(self.office, case | {"answers": answers})
        outcome, given, printed = self.actions.outcome(visit), list[object](), list[object]()
        slots: list[object] = []
        if booked:
            self.actions.places(visit, outcome, slots.append)
            self.house.until(lambda: slots)
            self.actions.take(visit, outcome, slots[0][0], given.append)  # type: ignore[index]
        else:
            self.actions.submit(visit, outcome, referred, given.append)
        self.house.until(lambda: given)
        issued = given[0]
        assert isinstance(issued, Issued), issued
        self.actions.print_slip(visit, outcome, issued, printed.append)
        self.house.until(lambda: printed)
        assert printed == [None]
        state = State.REFERRED if referred else State.WAITING
        topics = outcome.statistics or (self.office.topics[topic].statistics,)
        told = Told(issued.number, issued.ticket_id, language, topics, state)
        told.quiet = outcome.sensitive
        self.house.clock.on(seconds=40)
        return self.house.add(told)


class Seat:
    """A counselor at a console in its real window."""

    def __init__(self, house: House, counter: str, languages: tuple[str, ...], staff: str) -> None:
        self.house, self.counter, self.office = house, counter, house.open()
        place = Place(counter, "みどり市", staff, languages, desks=places.desks(self.office, counter))
        self.shown = ConsoleWindow(self.office, house.results(), place, size=(1200, 700), fatal=True)
        self.console = self.shown.console
        house.ends.callback(self.shown.window.close)
        house.windows.append(self.shown)

    def unlock(self) -> None:
        """The passphrase, typed on the lock's page."""
        self.house.until(lambda: self.console.guard.lock is not None)
        self.shown.secret.widget.insert(0, PASSPHRASE)
        self.console.key("Return")
        self.house.until(lambda: self.console.guard.lock is None)
        self.console.clock = self.house.clock.seconds

    def sit(self, **changed: object) -> None:
        self.console.sit(replace(self.console.place, **changed))  # type: ignore[arg-type]

    def press(self, target: str) -> None:
        """A press, and what becomes of it."""
        self.console.press(target)
        self.settled()

    def said(self, target: str) -> str:
        """What the console says to a press."""
        self.press(target)
        return self.console.message

    def key(self, name: str) -> None:
        """A real key on the window, which comes to the front for it."""
        held, _, key = name.rpartition("-")
        root = self.shown.window.root
        root.focus_force()
        self.house.until(lambda: root.focus_get() is not None)
        root.event_generate(f"<{held}-KeyPress-{key}>" if held else f"<KeyPress-{key}>")
        root.event_generate(f"<{held}-KeyRelease-{key}>" if held else f"<KeyRelease-{key}>")
        self.house.until(lambda: key not in self.shown.keyboard.held)
        self.settled()

    def settled(self) -> None:
        self.house.until(lambda: not self.console.busy)

    @property
    def told(self) -> Told:
        assert self.console.current is not None, self.console.message
        return self.house.played[self.console.current.number]

    def call(self, *, real: bool = False) -> Told:
        """Whoever is next here."""
        if real:
            self.key("F2")
        else:
            self.press("call")
        return self.seen()

    def seen(self) -> Told:
        """Somebody was called here."""
        assert self.console.current is not None, self.console.message
        assert self.console.current.state is State.CALLED
        self.house.called(self.told, self.counter)
        return self.told

    def serve(self, minutes: float = 9) -> Told:
        self.press("start")
        self.told.state = State.SERVING
        self.house.clock.on(minutes=minutes)
        return self.told

    def write(self, done: str = "", result: str = "informed") -> None:
        """The record's form, opened by its key, typed into and left."""
        self.console.key("Shift-F7")
        if done:
            self.shown.fields.put(DONE, done)
            self.console.typed(DONE, done)
        self.console.press(f"result:{result}")
        self.console.press("cancel")
        self.settled()

    def close(self, *, done: str = "", result: str = "informed", memo: str = "") -> Told:
        """The end of a case: its record, its memo, and it is closed."""
        told = self.told
        self.write(done, result)
        if memo:
            self.shown.memo.widget.insert("1.0", memo)
        self.press("close")
        assert self.console.current is None, self.console.message
        told.state = State.CLOSED
        return told

    def whole(self, minutes: float = 9, **closing: str) -> Told:
        """One case from its call to its end."""
        self.call()
        self.serve(minutes)
        return self.close(**closing)

    def ask(self, target: str, *options: str) -> None:
        """Open a page and press what it offers."""
        self.console.press(target)
        for option in options:
            self.until_offered(option)
            self.console.press(option)
        self.settled()

    def until_offered(self, target: str) -> None:
        self.house.until(lambda: target in self.offered())

    def offered(self) -> list[str]:
        assert self.shown.surface.sheet is not None
        return [part.id for part in self.shown.surface.sheet.parts if isinstance(part, Target)]

    def words(self) -> str:
        assert self.shown.surface.sheet is not None
        return "\n".join(words_of(self.shown.surface.sheet.parts))


def words_of(parts: tuple[object, ...]) -> list[str]:
    return [p.text if isinstance(p, Words) else p.label for p in parts if isinstance(p, Words | Target)]
