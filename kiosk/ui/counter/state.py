"""What a console has and knows at a moment, and how it names things. What it does is in `console`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from kiosk.core.hours import DAYS
from kiosk.core.ticket import Ticket
from kiosk.errors import Trouble
from kiosk.ui.counter.cardmaker import CardMaker
from kiosk.ui.counter.desk import Desk
from kiosk.ui.counter.grid import Grid
from kiosk.ui.counter.interpreting import Running
from kiosk.ui.counter.lock import uptime
from kiosk.ui.counter.over import Over
from kiosk.ui.counter.place import Place
from kiosk.ui.counter.screen import Fields, SecretField, Surface, TextField
from kiosk.ui.counter.tongue import Tongue
from kiosk.ui.counter.undoing import Done, Passing
from kiosk.ui.counter.view import Tab

if TYPE_CHECKING:
    from kiosk.ui.counter.handover.desk import LetterDesk
    from kiosk.ui.counter.record.records import Records
    from kiosk.ui.counter.reporting.desk import ReportDesk
    from kiosk.ui.counter.talk.talks import Talks


@dataclass
class ConsoleState:
    """The console's surroundings, the ticket at hand and what is open. Nothing here changes anything."""

    desk: Desk
    surface: Surface
    memo: TextField
    entry: TextField
    """The line of a slip."""
    cards: CardMaker
    grid: Grid
    place: Place
    secret: SecretField
    """The passphrase."""
    fields: Fields
    """Those of a page that lays itself out."""
    tongue: Tongue | None = None
    """Whose `say` the grid and the cards have; None where there is one language only."""
    lock_after: float = 900.0
    """Seconds without a touch, after which the passphrase is asked for again."""
    clock: Callable[[], float] = uptime
    current: Ticket | None = None
    beside: Ticket | None = None
    """A case at another counter that is looked after from here too; never with one at hand."""
    why: str = ""
    """Catalogue key of why the ticket at hand was called."""
    done: Done | None = None
    """What was last done here."""
    interpreter: Running | None = None
    """Who is on the line."""
    looked_for: str = ""
    """Id of the ticket whose record was last looked at for an interpreter who is still on the line."""
    waited: int = 0
    tab: Tab = "waiting"
    page: int = 0
    turned: int = 0
    """Which page of the options over the console is open."""
    message: str = ""
    passing: Passing | None = None
    """What of the messages goes by itself."""
    over: Over | None = None
    """The page that lies over the others."""
    busy: bool = False
    """Whether a change is on its way: presses do nothing until it has come back."""
    records: Records | None = None
    """Consultation records; None where none are kept."""
    talks: Talks | None = None
    """Talking across the desk; None where it is not possible."""
    letters: LetterDesk | None = None
    """Papers of hand-overs; None where none are made."""
    reports: ReportDesk | None = None
    """Makes reports; None where none are made."""
    printing: bool = False
    """Whether a slip is on its way; a printer may take a minute to say that it cannot."""

    @property
    def here(self) -> Ticket | None:
        """The ticket that is shown: at hand, or at the counter this console stands beside."""
        return self.current or self.beside

    @property
    def present(self) -> Ticket:
        """The ticket at hand, where there surely is one."""
        assert self.current is not None
        return self.current

    @property
    def author(self) -> str:
        """Whose the records made here are."""
        return self.place.staff or self.place.counter

    # In words

    def say(self, key: str, **details: object) -> str:
        return self.grid.say(key, **details)

    def told(self, trouble: Trouble) -> str:
        return self.say(trouble.key, **trouble.details)

    @property
    def reason(self) -> str:
        """Why the ticket at hand was called, in words."""
        if not self.why or self.current is None:
            return ""
        language = self.cards.language(self.current.language)
        return self.say(self.why, n=self.waited, language=language)

    def counter_name(self, counter: str) -> str:
        return self.say("console.counter", n=counter) if counter.isdigit() else counter

    def lane_name(self, lane: str) -> str:
        if not lane:
            return self.say("console.transfer.any")
        return self.counter_name(lane) if lane.isdigit() else dict(self.place.desks).get(lane, lane)

    def local(self, at: datetime) -> datetime:
        """In the office's zone."""
        return at.astimezone(self.desk.now().tzinfo)

    def day_of(self, case: Ticket) -> str:
        """The day a number is of, where that is not today."""
        return "" if case.day == self.desk.now().date() else f"{case.day.month}/{case.day.day}"

    def date_text(self, day: date) -> str:
        """11/27（金）, with the year where it is another one."""
        year = f"{day.year}/" if day.year != self.desk.now().year else ""
        weekday = self.say(f"record.day.{DAYS[day.weekday()]}")
        return self.say("record.day", date=f"{year}{day.month}/{day.day}", weekday=weekday)
