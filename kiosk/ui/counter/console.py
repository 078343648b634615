"""The counselor's console: what is pressed becomes a change of a ticket, and the view follows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from kiosk.core import ticket as tickets
from kiosk.core.ticket import State, Ticket
from kiosk.core.writing import noted
from kiosk.errors import Trouble
from kiosk.ui.counter import interpreting, pressing, together, undoing
from kiosk.ui.counter.asksheet import entry_box
from kiosk.ui.counter.calling import moved
from kiosk.ui.counter.card import CardMaker
from kiosk.ui.counter.desk import Desk, Fields, Place, SecretField, Surface, TextField
from kiosk.ui.counter.grid import Grid
from kiosk.ui.counter.interpreting import Running
from kiosk.ui.counter.keys import FOR_STATE, target_of
from kiosk.ui.counter.lock import Guard, uptime
from kiosk.ui.counter.locksheet import secret_box
from kiosk.ui.counter.over import Closes, Keeps, Opens, Over, Ticks
from kiosk.ui.counter.own import Own
from kiosk.ui.counter.papers import PaperAsk, read_paper
from kiosk.ui.counter.picture import Picture
from kiosk.ui.counter.sheet import console_sheet
from kiosk.ui.counter.today import minutes
from kiosk.ui.counter.tongue import Tongue
from kiosk.ui.counter.view import Ask, Tab, View

if TYPE_CHECKING:
    from kiosk.ui.counter.handover.desk import LetterDesk
    from kiosk.ui.counter.record.records import Records
    from kiosk.ui.counter.reporting.desk import ReportDesk
    from kiosk.ui.counter.talk.talks import Talks

__all__ = ["Console", "Place"]


REST = 1.0
"""Seconds without typing, after which a page keeps what was typed."""


@dataclass
class Console:
    """One console. Nothing here blocks: changes go through the desk and come back as answers."""

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
    done: undoing.Done | None = None
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
    guard: Guard = field(init=False, repr=False)
    _shown: View | None = field(default=None, repr=False)
    _picture: Picture = field(init=False, repr=False)
    _unkept: float | None = field(default=None, repr=False)
    """When a field of the page was last typed into, where that is not kept yet."""
    _away: bool = field(default=False, repr=False)
    """Whether the database was away when last looked at."""

    def __post_init__(self) -> None:
        self._picture = Picture(self)
        self.guard = Guard(self, self.lock_after, self.clock)

    def start(self) -> None:
        self._take_up()
        self.guard.look()
        self.show()

    def tick(self) -> None:
        """A few times a second: others' changes and the clock."""
        self.guard.look()
        if not self.busy and self.desk.refresh():
            self.look_again()
        if self._unkept is not None and self.clock() - self._unkept >= REST:
            self._keep()
        if isinstance(self.over, Ticks):
            self.over.tick()
        if self.records is not None:
            self.records.tick()
        if self.talks is not None:
            self.talks.tick()
        interpreting.tick(self)
        away, self._away = self._away, self.desk.away()
        if away and not self._away:
            self.message = self.say("console.database.back")
        self.show()
        if self.guard.lock is not None:
            # There is nothing else to type into, wherever the focus went.
            self.secret.focus()

    def look_again(self) -> None:
        """See what the store says now of the ticket at hand, or of one that is here."""
        if self.current is not None:
            self.follow()
        elif self.beside is not None:
            together.follow(self)
        else:
            self._take_up()

    def _take_up(self) -> None:
        """Show a ticket that is at this counter: the console was closed or killed while it had it, or it was
        called here without windows."""
        for case in self.desk.tickets():
            if self.current is None and case.counter == self.place.counter and case.state in FOR_STATE:
                told = self.message
                self.take(case)
                self.message = told

    # What is pressed

    def key(self, name: str) -> None:
        """A key: what it presses depends on what is shown, what it means does not."""
        if self.guard.lock is not None:
            if name == "Return":
                self.press("unlock")
            return
        beside = self.beside is not None
        target = target_of(
            name, self.current.state if self.current else None, self._over_page(), beside=beside
        )
        if target:
            self.press(target)

    def scan(self, line: str) -> None:
        """A hand scanner read a slip while no field was open."""
        page = self._over_page()
        if isinstance(page, Own) and page.alone:
            # The screen is turned to a resident: nobody else's case comes before their eyes.
            return
        if self.guard.lock is None and not self.busy and read_paper(line, self.desk.now().date()) is not None:
            ask = PaperAsk(self)
            self.open(ask)
            ask.read(line)
            self.show()

    def press(self, target: str) -> None:
        """A press on the sheet or a key. What makes no sense now does nothing."""
        self.guard.touch()
        kind, _, detail = target.partition(":")
        if kind == "lock" or (self.guard.lock is not None and kind != "tab"):
            self._press_lock(kind)
            return
        if self.busy:
            return
        pressing.press(self, kind, detail)
        self.show()

    def typed(self, name: str, text: str) -> None:
        """A field of the page over the console was typed into."""
        self.guard.touch()
        if isinstance(self.over, Keeps):
            self._unkept = self.clock()
            self.over.typed(name, text)
            self.show()

    def _press_lock(self, kind: str) -> None:
        """Also while a change is on its way: who leaves the desk does not wait for it."""
        if self.guard.lock is not None:
            self.guard.lock.press(kind)
        else:
            self.guard.ask()
        self.show()

    def take(self, case: Ticket) -> None:
        self.current, self.beside, self.page, self.why, self.message = case, None, 0, "", ""
        self.close_over()
        self.waited = minutes(tickets.time_in(case, State.WAITING, self.desk.now()))
        self.memo.clear()

    # Changes

    def change(
        self,
        change: Callable[..., Ticket],
        done_key: str,
        then: Callable[[], None] | None = None,
        **details: str,
    ) -> None:
        """Change the present ticket; with `done_key` it leaves this console and takes the memo with it."""
        assert self.current is not None
        seen, memo = self.current, self.memo.text() if done_key else ""
        if done_key and self.records is not None:
            self.records.leaving(seen)
        apply = self.applied(seen, change, memo, **details)
        self.begin()

        def done(result: Ticket | Trouble) -> None:
            if isinstance(result, Ticket) and len(result.effective) > len(seen.effective):
                undoing.remember(self, result, seen.lane, seen.due)
            elif isinstance(result, Ticket):
                self.done = None
            self.changed(result, done_key, memo, then)

        self.desk.change(seen, apply, done)

    def applied(
        self, seen: Ticket, change: Callable[..., Ticket], memo: str, **details: str
    ) -> Callable[[Ticket], Ticket]:
        """The change as the desk makes it: at this place, with the memo, which is read before because its
        field belongs to the window's thread."""
        here = self.place
        who = {"counter": here.counter, "staff": here.staff, **details}
        return lambda case: moved(seen, case, change(noted(case, memo), self.desk.now(), **who))

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

    def sit(self, place: Place) -> None:
        """Go on from another place, or in another language."""
        self.place = self.desk.sit(place)

    def switch_tongue(self) -> None:
        """The console's other language, everywhere at once."""
        if self.tongue is None:
            return
        self.tongue.tag = self.tongue.after()
        self.grid = replace(self.grid, language=self.tongue.tag)
        self.sit(replace(self.place, tongue=self.tongue.tag))
        self.message = self.say("console.language.done")
        self._shown = None

    @property
    def author(self) -> str:
        """Whose the records made here are."""
        return self.place.staff or self.place.counter

    def keep(
        self,
        case: Ticket,
        apply: Callable[[Ticket], Ticket],
        done: Callable[[Ticket | Trouble], None] | None = None,
    ) -> None:
        """Change a ticket beside whatever goes on: nothing waits for it. A trouble is told, or left to
        `done`."""

        def kept(result: Ticket | Trouble) -> None:
            if isinstance(result, Ticket):
                if self.here is not None and self.here.id == result.id and not self.busy:
                    self.look_again()
            elif done is None:
                self.message = self.told(result)
            if done is not None:
                done(result)
            self.show()

        self.desk.change(case, apply, kept)

    def begin(self) -> None:
        """A change is on its way. A question is answered by it; a card beside stays open."""
        self.busy, self.message = True, ""
        if isinstance(self._over_page(), Ask):
            self.close_over()

    def changed(
        self, result: Ticket | Trouble, done_key: str, memo: str, then: Callable[[], None] | None = None
    ) -> None:
        self.busy = False
        if isinstance(result, Trouble):
            if result.key == "trouble.ticket_unknown" and self.current is not None:
                self._erased(self.current.id)
            else:
                self.follow()
                self.message = self.told(result)
        elif done_key:
            self.let_go_of(result, memo)
            self.message = self.say(done_key, number=result.number)
            if then is not None:
                then()
        else:
            self.current = result
        self.show()

    def let_go_of(self, case: Ticket, kept: str = "") -> None:
        """Let the ticket go. Words of the memo that are not `kept` with it yet are kept now: they belong to
        this person and to nobody called later."""
        self.current, self.why = None, ""
        interpreting.end(self)
        self.close_over()
        typed = self.memo.text()
        more = typed.removeprefix(kept) if kept else typed
        if more.strip():
            self.desk.change(case, lambda now: noted(now, more), self._noted)
        self.memo.clear()

    def _noted(self, result: Ticket | Trouble) -> None:
        if isinstance(result, Trouble):
            self.message = self.told(result)
            self.show()

    def follow(self) -> None:
        """Keep to what the store says of the present ticket; another console may have taken it on."""
        mine = self.current
        for case in self.desk.tickets():
            if mine is not None and case.id == mine.id:
                if case.state in FOR_STATE and case.counter == self.place.counter:
                    self.current = case
                else:
                    self.let_go_of(case)
                    self.message = self.say("console.taken")
                return
        if mine is not None and mine.day == self.desk.now().date():
            self.desk.get(mine.id, lambda found: self._erased(mine.id) if found is None else None)

    def _erased(self, ticket_id: str) -> None:
        """The ticket at hand was erased: nothing of it stays on the screen, and nothing is added to it."""
        if self.current is None or self.current.id != ticket_id:
            return
        number, self.current, self.why, self.interpreter = self.current.number, None, "", None
        self.close_over()
        self.memo.clear()
        self.message = self.say("console.erased", number=number)
        self.show()

    def reprint(self, case: Ticket) -> None:
        if not self.printing:
            self.printing, self.message = True, self.say("console.printing")
            self.desk.reprint(case, self._reprinted)

    def _reprinted(self, trouble: Trouble | None) -> None:
        self.printing = False
        self.message = self.told(trouble) if trouble else self.say("console.reprinted")
        self.show()

    # What is shown

    def open(self, over: Over) -> None:
        """Show a page over the console, instead of the one that lies there."""
        self.close_over()
        self.over = over
        if isinstance(over, Opens):
            over.opened()

    def close_over(self) -> None:
        self._keep()
        over, self.over, self.turned = self.over, None, 0
        if isinstance(over, Closes):
            over.closed()
        self.fields.clear()

    def _keep(self) -> None:
        """Have the page keep what was typed into its fields and is not kept yet."""
        unkept, self._unkept = self._unkept, None
        if unkept is not None and isinstance(self.over, Keeps):
            self.over.keep()

    def say(self, key: str, **details: object) -> str:
        return self.grid.say(key, **details)

    def told(self, trouble: Trouble) -> str:
        return self.say(trouble.key, **trouble.details)

    def local(self, at: datetime) -> datetime:
        """In the office's zone."""
        return at.astimezone(self.desk.now().tzinfo)

    def day_of(self, case: Ticket) -> str:
        """The day a number is of, where that is not today."""
        return "" if case.day == self.desk.now().date() else f"{case.day.month}/{case.day.day}"

    def _over_page(self) -> object:
        return self.over.page() if self.over is not None else None

    def show(self) -> None:
        """Draw what has changed; nothing is drawn when nothing has."""
        if self.guard.lock is not None:
            self.guard.let_go()
        view = self.view()
        if view == self._shown:
            return
        self._shown = view
        self.surface.show(console_sheet(view, self.grid))
        self.memo.place(self.grid.memo(view.state) if view.card and view.over is None else None)
        asked = isinstance(view.over, Ask) and bool(view.over.entry)
        self.entry.place(entry_box(self.grid) if asked else None)
        if asked:
            self.entry.focus()
        self.secret.place(secret_box(self.grid) if view.locked else None)
        if isinstance(view.over, Own) and not view.locked:
            self.fields.lay(view.over.laid(self.grid).fields)

    def redraw(self) -> None:
        """Draw everything anew, for another size of the window."""
        self._shown = None
        self.show()

    def first(self) -> Sequence[Ticket]:
        """Those the quiet signal is about, who waited longest first."""
        return self._picture.first()

    def view(self) -> View:
        return self._picture.view()
