"""The counselor's console: what is pressed becomes a change of a ticket, and the view follows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from kiosk.core.ticket import Ticket
from kiosk.errors import Trouble
from kiosk.ui.counter import at_hand, interpreting, pressing, together, undoing
from kiosk.ui.counter.asksheet import entry_box
from kiosk.ui.counter.keys import target_of
from kiosk.ui.counter.lock import Guard
from kiosk.ui.counter.locksheet import secret_box
from kiosk.ui.counter.over import Closes, Keeps, Opens, Over, Ticks
from kiosk.ui.counter.own import Own
from kiosk.ui.counter.papers import PaperAsk, read_paper
from kiosk.ui.counter.picture import Picture
from kiosk.ui.counter.place import Place
from kiosk.ui.counter.sheet import console_sheet
from kiosk.ui.counter.state import ConsoleState
from kiosk.ui.counter.view import Ask, View

REST = 1.0
"""Seconds without typing, after which a page keeps what was typed."""


@dataclass
class Console(ConsoleState):
    """One console. Nothing here blocks: changes go through the desk and come back as answers."""

    guard: Guard = field(init=False, repr=False)
    _shown: View | None = field(default=None, init=False, repr=False)
    _picture: Picture = field(init=False, repr=False)
    _drawing: bool = field(default=False, init=False, repr=False)
    _unkept: float | None = field(default=None, init=False, repr=False)
    """When a field of the page was last typed into, where that is not kept yet."""
    _away: bool = field(default=False, init=False, repr=False)
    """Whether the database was away when last looked at."""

    def __post_init__(self) -> None:
        self._picture = Picture(self)
        self.guard = Guard(self, self.lock_after, self.clock)

    def start(self) -> None:
        at_hand.take_up(self)
        self.guard.look()
        self.show()

    # What comes by itself

    def tick(self) -> None:
        """A few times a second: others' changes and the clock."""
        self.guard.look()
        if not self.busy and self.desk.refresh():
            self.look_again()
        if self._unkept is not None and self.clock() - self._unkept >= REST:
            self._keep_typed()
        if isinstance(self.over, Ticks):
            self.over.tick()
        if self.records is not None:
            self.records.tick()
        if self.talks is not None:
            self.talks.tick()
        interpreting.tick(self)
        undoing.look(self)
        self._tell_of_database()
        self.show()
        if self.guard.lock is not None:
            # There is nothing else to type into, wherever the focus went.
            self.secret.focus()

    def look_again(self) -> None:
        """See what the store says now of the ticket at hand, or of one that is here."""
        if self.current is not None:
            at_hand.follow(self)
        elif self.beside is not None:
            together.follow(self)
        else:
            at_hand.take_up(self)

    def _tell_of_database(self) -> None:
        away, self._away = self._away, self.desk.away()
        if away and not self._away:
            self.message = self.say("console.database.back")

    # What is pressed and typed

    def key(self, name: str) -> None:
        """A key: what it presses depends on what is shown, what it means does not."""
        if self.guard.lock is not None:
            if name == "Return":
                self.press("unlock")
            return
        beside = self.beside is not None
        state = self.current.state if self.current else None
        target = target_of(name, state, self._over_page(), beside=beside)
        if target:
            self.press(target)

    def press(self, target: str) -> None:
        """A press on the sheet or a key. What makes no sense now does nothing."""
        self.guard.touch()
        kind, _, detail = target.partition(":")
        if self.guard.lock is not None and kind != "tab":
            self.guard.lock.press(kind)
        elif kind == "lock":
            # Also while a change is on its way: who leaves the desk does not wait for it.
            self.guard.ask()
        elif self.busy:
            return
        else:
            pressing.press(self, kind, detail)
        self.show()

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

    def typed(self, name: str, text: str) -> None:
        """A field of the page over the console was typed into."""
        self.guard.touch()
        if isinstance(self.over, Keeps):
            self._unkept = self.clock()
            self.over.typed(name, text)
            self.show()

    # Changes

    def begin(self) -> None:
        """A change is on its way. A question is answered by it; a card beside stays open."""
        self.busy, self.message = True, ""
        if isinstance(self._over_page(), Ask):
            self.close_over()

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

    # The page over the others

    def open(self, over: Over) -> None:
        """Show a page over the console, instead of the one that lies there."""
        self.close_over()
        self.over = over
        if isinstance(over, Opens):
            over.opened()

    def close_over(self) -> None:
        self._keep_typed()
        over, self.over, self.turned = self.over, None, 0
        if isinstance(over, Closes):
            over.closed()
        self.fields.clear()

    def _keep_typed(self) -> None:
        """Have the page keep what was typed into its fields and is not kept yet."""
        unkept, self._unkept = self._unkept, None
        if unkept is not None and isinstance(self.over, Keeps):
            self.over.keep()

    def _over_page(self) -> object:
        return self.over.page() if self.over is not None else None

    # What is shown

    def show(self) -> None:
        """Draw what has changed; nothing is drawn when nothing has. A field lets others work while it is
        given its size, a change of the window's size among them: what they ask for is drawn after that."""
        if self.guard.lock is not None:
            self.guard.let_go()
        if self._drawing:
            return
        self._drawing = True
        try:
            while (view := self.view()) != self._shown:
                self._shown = view
                self._draw(view)
        finally:
            self._drawing = False

    def _draw(self, view: View) -> None:
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
