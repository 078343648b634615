"""The console in its window: sheet, text fields, keys, and the residents' screen beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.app.cards import card_maker, tongue_of
from kiosk.app.console_keys import Keyboard
from kiosk.app.desk import OfficeDesk
from kiosk.app.facing import FacingWindow, place_of_screen
from kiosk.app.fields import Field, FieldSet, SecretField
from kiosk.app.holding import Held
from kiosk.app.letters import Letters
from kiosk.app.office import Office
from kiosk.app.recording import Recording
from kiosk.app.report_desk import OfficeReports
from kiosk.app.talking import Talking
from kiosk.ui.counter.console import Console
from kiosk.ui.counter.grid import Grid
from kiosk.ui.counter.place import Place
from kiosk.ui.counter.record.records import Records
from kiosk.ui.counter.talk.talks import Talks
from kiosk.ui.paint import Painter
from kiosk.ui.window import Window
from kiosk.workers import Results

if TYPE_CHECKING:
    import tkinter

Geometry = tuple[tuple[int, int], tuple[int, int]]
"""A window's size and place."""
SMALLEST = (683, 660)
"""Pixels: half a screen of 1366 × 768 beside another window. What is smaller has no room for the card."""


class ConsoleWindow:
    """The console in its window, with the memo's text field laid over the sheet."""

    def __init__(
        self,
        office: Office,
        results: Results,
        place: Place,
        *,
        size: tuple[int, int],
        fatal: bool = False,
        facing: Geometry | None = None,
        talking: Talking | None = None,
    ) -> None:
        """`facing`: size and place of the residents' screen, instead of the settings'. `talking` replaces the
        engines in tests."""
        self._office, self._results = office, results
        self.tongue = tongue_of(office, place.tongue)
        self.window = Window(self._title(place.counter), results, size=size, fatal=fatal)
        self.window.root.minsize(*SMALLEST)
        self._painter = Painter(office.typesetter, self.window.frame())
        self.surface = self.window.surface(self._painter, self._press)
        self._make_fields()
        desk = OfficeDesk(office, results, place)
        self.console = self._make_console(desk, place)
        self._join_records(desk)
        self.reports = self.console.reports = OfficeReports(office, results)
        self._join_talks(facing, talking)
        self.keyboard = Keyboard(self.window.root, self)
        self._bind()
        self.console.start()
        self.window.start(self._tick)

    def _make_fields(self) -> None:
        root = self.window.root
        self.memo, self.entry, self.secret = Field(root, many=True), Field(root, size=20), SecretField(root)
        self.fields = FieldSet(root, lambda name, text: self.console.typed(name, text))

    def _make_console(self, desk: OfficeDesk, place: Place) -> Console:
        return Console(
            desk,
            self.surface,
            self.memo,
            self.entry,
            card_maker(self._office, self.tongue),
            Grid(*self.window.size, self.tongue.say, place.tongue),
            place,
            self.secret,
            self.fields,
            tongue=self.tongue,
            lock_after=self._office.settings.office.lock_minutes * 60.0,
        )

    def _join_records(self, desk: OfficeDesk) -> None:
        """Consultation records, and the papers made from a case."""
        office, results, console = self._office, self._results, self.console
        recording = Recording(office, results, desk, lambda: console.place)
        console.records = Records(console, recording)
        console.letters = Letters(office, results, recording, console.cards, lambda: console.place)

    def _join_talks(self, facing: Geometry | None, talking: Talking | None) -> None:
        """Talking across the desk: nothing is loaded before the first talk."""
        office, console = self._office, self.console
        self.talking = talking or Talking(office, self._results, lambda: console.place.counter)
        talks = console.talks = Talks(console, self.talking)
        where = facing or place_of_screen(office.settings.office.facing)
        self.facing = None
        if where is not None:
            title = self.tongue.say("talk.facing", counter=console.place.counter)
            self.facing = talks.facing = FacingWindow(
                self.window.root, office.typesetter, self._results, *where, talks.pressed, title
            )

    def _bind(self) -> None:
        root = self.window.root
        root.bind("<Configure>", self._configured)
        for touch in ("<Key>", "<Button>", "<Motion>"):
            root.bind_all(touch, self._felt, add="+")
        self.corner = Held(root, lambda: self.console.press("held"))

    def close(self) -> None:
        """End the engines of a talk and close the windows."""
        self.talking.close()
        if self.facing is not None:
            self.facing.close()
        self.window.close()

    # What the keyboard asks

    @property
    def writing(self) -> bool:
        """Whether what is typed goes into one of the fields."""
        fields = (self.memo, self.entry, self.secret, self.fields)
        return any(field.has_focus for field in fields)

    @property
    def writing_lines(self) -> bool:
        return self.fields.writes_lines

    def key(self, name: str) -> None:
        self.console.key(name)

    def scan(self, line: str) -> None:
        self.console.scan(line)

    # What the window brings

    def _press(self, target: str) -> None:
        self.console.press(target)

    def _felt(self, event: tkinter.Event[tkinter.Misc]) -> None:
        """Somebody is at the console. Whoever touches the residents' screen between two talks is not."""
        second = self.facing.window if self.facing is not None else None
        if second is None or not str(event.widget).startswith(str(second)):
            self.console.guard.touch()

    def _title(self, counter: str) -> str:
        """Of the window: which counter this is, and nothing of who is there."""
        name = self.tongue.say("console.counter", n=counter) if counter.isdigit() else counter
        return self.tongue.say("console.title", counter=name)

    def _tick(self) -> None:
        self.console.tick()
        title = self._title(self.console.place.counter)
        if title != self.window.root.title():
            self.window.root.title(title)

    def _configured(self, _event: object) -> None:
        width, height = self.window.size
        grid = self.console.grid
        if (width, height) != (grid.width, grid.height):
            self.console.grid = Grid(width, height, self.tongue.say, self.tongue.tag)
            self._painter = Painter(self._office.typesetter, self.window.frame())
            self.surface.use(self._painter)
            self.console.redraw()
