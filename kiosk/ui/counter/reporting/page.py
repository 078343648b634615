"""The reports' page: which report, making it, turning its pages, saving it.

What a report tells is forgotten when the page closes, and so when the console locks.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from kiosk.errors import Trouble
from kiosk.reports.model import Kind, Report
from kiosk.ui.counter.own import Own
from kiosk.ui.counter.reporting.dates import KINDS, stepped, when_of, when_words
from kiosk.ui.counter.reporting.desk import ReportDesk
from kiosk.ui.counter.reporting.saving import Save
from kiosk.ui.counter.reporting.sheet import lay_reports, open_leaves
from kiosk.ui.counter.reporting.view import Saving, View

if TYPE_CHECKING:
    from kiosk.ui.counter.console import Console

STEPS = (("Left", "step:-1"), ("Right", "step:1"))
TURNS = (("Prior", "turn:-1"), ("Next", "turn:1"))
TABS = tuple((str(place), f"kind:{kind}") for place, kind in enumerate(KINDS, start=1))


@dataclass
class Reports:
    """What is open. The reports made stay until the page closes: going back to one makes nothing anew."""

    console: Console
    desk: ReportDesk
    kind: Kind = "day"
    day: date = field(init=False)
    """The day, or one in the month or year."""
    at: int = 0
    made: dict[tuple[Kind, str], Report] = field(default_factory=dict, repr=False)
    done: float | None = None
    """How far the report is that is being made."""
    progress: str = ""
    note: str = ""
    message: str = ""
    whole: bool = True
    """A new report is drawn in two looks, so that the window answers in between."""
    save: Save | None = None
    _stop: Callable[[], None] | None = field(default=None, repr=False)
    _job: int = 0
    """Counts what was begun: the answer to another is not shown."""

    def __post_init__(self) -> None:
        self.day = self.today

    @property
    def today(self) -> date:
        return self.console.desk.now().date()

    @property
    def report(self) -> Report | None:
        return self.made.get((self.kind, when_of(self.kind, self.day)))

    # What is shown

    def page(self) -> Own:
        view = self._view()
        keys = self._keys(view)
        main = "make" if view.report is None else "save"
        if view.saving is not None:
            main = "" if view.saving.asked else "write"
        elif view.done is not None:
            main = ""
        return Own("reports", view, lay_reports, whole=True, main=main, keys=keys)

    def _view(self) -> View:
        kind, day, today = self.kind, self.day, self.today
        return View(
            kind=kind,
            when=when_words(kind, day, self.console.say),
            earlier=stepped(kind, day, -1, today) != day,
            later=stepped(kind, day, 1, today) != day,
            report=self.report if self.done is None else None,
            at=self.at,
            done=self.done,
            progress=self.progress,
            note=self.note,
            message=self.message,
            whole=self.whole,
            saving=self.save.view() if self.save is not None else None,
        )

    def _keys(self, view: View) -> tuple[tuple[str, str], ...]:
        saving: Saving | None = view.saving
        if saving is not None and saving.asked:
            return (("Escape", "keep"), ("1", "over"))
        if saving is not None:
            count = len(saving.places or ()) + 1
            places = tuple((str(place + 1), f"place:{place}") for place in range(count))
            return (("Escape", "back"), ("Left", "shift:-1"), ("Right", "shift:1"), *places)
        if view.done is not None:
            return (("Escape", "stop"), *STEPS, *TABS)
        again = (("Control-r", "again"),) if view.report is not None else ()
        return (*STEPS, *TURNS, *TABS, *again)

    # What is pressed

    def tick(self) -> None:
        self.whole = True

    def press(self, kind: str, detail: str) -> None:
        self.whole = True
        if self.save is not None:
            self.save.press(kind, detail)
        elif kind == "kind" and detail in KINDS:
            self._go(detail, self.day)
        elif kind == "step":
            self._go(self.kind, stepped(self.kind, self.day, int(detail), self.today))
        elif kind in ("turn", "leaf") and self.report is not None:
            self._turn(int(detail), whole=kind == "leaf")
        elif kind == "make" and self.report is None:
            self.make()
        elif kind == "again" and self.report is not None:
            self.made.pop((self.kind, when_of(self.kind, self.day)))
            self.make()
        elif kind == "stop":
            self._halt()
            self.note = self.console.say("trouble.report_stopped")
        elif kind == "save" and self.report is not None:
            self.note = self.message = ""
            self.save = Save(self, self.report)
            self.save.look()

    def _go(self, kind: Kind, day: date) -> None:
        if (kind, day) != (self.kind, self.day):
            self._halt()
            self.kind, self.day, self.at = kind, day, 0
            self.note = self.message = ""

    def _turn(self, by: int, *, whole: bool) -> None:
        assert self.report is not None
        last = len(open_leaves(self.report, self.console.grid)) - 1
        # A larger window has fewer pages than the one it was turned in.
        self.at = max(0, min(by if whole else min(self.at, last) + by, last))
        self.message = ""

    # Making

    def make(self) -> None:
        """Make the report that is wanted; the passphrase is asked for first where it is missing."""
        console = self.console
        if console.desk.protection() == "locked":
            console.guard.ask()
            return
        self._halt()
        self.note = self.message = self.progress = ""
        self.done, self.at, job = 0.0, 0, self._job
        wanted = (self.kind, when_of(self.kind, self.day))
        self._stop = self.desk.make(
            *wanted,
            console.grid.language,
            console.place.staff,
            lambda done, whole: self._went(job, done, whole),
            lambda answer: self._made(job, wanted, answer),
        )

    def _went(self, job: int, done: int, whole: int) -> None:
        if job == self._job and self.done is not None:
            self.done = done / max(1, whole)
            # Drawn with the console's next look, four times a second: a year has hundreds of days.
            self.progress = self.console.say("report.progress", done=f"{done:,}", whole=f"{whole:,}")

    def _made(self, job: int, wanted: tuple[Kind, str], answer: Report | Trouble) -> None:
        if job != self._job or self.done is None:
            return
        self._stop, self.done, self.progress = None, None, ""
        if isinstance(answer, Trouble):
            self.note = self.console.told(answer)
        else:
            self.made[wanted], self.whole = answer, False
        self.console.show()

    def _halt(self) -> None:
        """Want no more what is being made."""
        stop, self._stop, self.done, self.progress = self._stop, None, None, ""
        self._job += 1
        if stop is not None:
            stop()

    # Saving

    def typed(self, name: str, text: str) -> None:  # noqa: ARG002 - the field is read when it is needed
        if self.save is not None:
            self.save.note = ""

    def keep(self) -> None:
        """A folder's name is kept nowhere."""

    def saved(self, message: str) -> None:
        self.save, self.message = None, message

    def closed(self) -> None:
        self._halt()
        self.made.clear()
        self.save = None
