"""The console at a counter: the desk behind it, its window, its memo field."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

import customtkinter

from kiosk.app.displays import a_display
from kiosk.app.office import Office, kept
from kiosk.app.slips import slip_of_ticket
from kiosk.core.ticket import IllegalChange, Ticket
from kiosk.core.waiting import Pick
from kiosk.errors import Trouble
from kiosk.ui.counter.card import CardMaker
from kiosk.ui.counter.console import Console, Place
from kiosk.ui.counter.grid import Grid
from kiosk.ui.paint import Painter
from kiosk.ui.parts import Box
from kiosk.ui.theme import LIGHT
from kiosk.ui.window import Window
from kiosk.workers import Reply, Results, run_in_thread

if TYPE_CHECKING:
    from kiosk.store.protocol import Fault

log = logging.getLogger(__name__)

REPEAT_MS = 60
"""Longest time between a key's release and its next press that may still be the keyboard's repetition."""


class OfficeDesk:
    """The console's desk on the office's store. Reading, changes and printing run beside the window."""

    def __init__(self, office: Office, results: Results, place: Place) -> None:
        self._office, self._results, self._place = office, results, place
        self._reading = threading.Lock()
        self._tickets: Sequence[Ticket] = ()
        self._unread: Trouble | None = None
        """Why today's tickets could not be read when that was last tried."""
        self._told: tuple[Fault, ...] = ()
        self._news = self._looking = False
        with self._reading:
            self._read()

    def now(self) -> datetime:
        return self._office.now()

    def refresh(self) -> bool:
        if not self._looking:
            self._looking = True
            run_in_thread(self._results, self._look, self._looked)
        news, self._news = self._news, False
        return news

    def tickets(self) -> Sequence[Ticket]:
        return self._tickets

    def troubles(self) -> Sequence[Trouble]:
        wrong = ", ".join(fault.key for fault in self._office.settings_faults)
        found = [Trouble("trouble.settings", keys=wrong)] if wrong else []
        found += [Trouble(f.key, file=f.file, place=f.place, copy=f.copy) for f in self._told]
        return [*found, self._unread] if self._unread else found

    def call_next(self, done: Callable[[Pick | Trouble | None], None]) -> None:
        def write() -> Pick | None:
            return self._office.store.call_next(
                counter=self._place.counter,
                languages=self._place.languages,
                at=self.now(),
                staff=self._place.staff,
            )

        self._write(write, lambda reply: done(reply.trouble or reply.value))

    def change(
        self, ticket: Ticket, apply: Callable[[Ticket], Ticket], done: Callable[[Ticket | Trouble], None]
    ) -> None:
        def write() -> Ticket:
            try:
                return self._office.store.change(ticket.id, apply)
            except IllegalChange as refused:
                words = self._office.catalogue("ja").text(f"state.{refused.state.value}")
                raise Trouble(
                    "trouble.illegal_change", number=refused.number, state=words, log=str(refused)
                ) from refused

        self._write(write, lambda reply: done(reply.trouble or reply.value))

    def reprint(self, ticket: Ticket, done: Callable[[Trouble | None], None]) -> None:
        def work() -> None:
            from kiosk.printing.draw import draw

            slip = slip_of_ticket(self._office, ticket)
            image = draw(slip, self._office.typesetter, self._office.settings.printing.width_dots)
            self._office.printer().print(image, ticket.number)

        def answer(reply: Reply) -> None:
            done(reply.trouble)

        run_in_thread(self._results, work, answer)

    def _write(self, write: Callable[[], Any], done: Callable[[Reply], None]) -> None:
        """Change something; the tickets are read anew before the answer comes, changed or not."""

        def work() -> Any:
            with self._reading:
                try:
                    return kept(self._office.store, write)
                finally:
                    self._read()

        run_in_thread(self._results, work, done)

    def _look(self) -> None:
        with self._reading:
            # One that could not be read is tried again: nobody else's change may ever announce it.
            if self._office.store.refresh() or self._unread is not None:
                self._read()

    def _looked(self, reply: Reply) -> None:
        self._looking = False
        if reply.trouble is not None:
            log.error("looking for changes failed: %s", reply.trouble)

    def _read(self) -> None:
        """Read today's tickets, one thread at a time: an older list must never replace a newer one."""
        before = self._unread
        try:
            self._tickets, self._unread = self._office.store.tickets(), None
        except Trouble as trouble:
            self._unread = trouble
            if before is None or before.key != trouble.key:
                log.error("today's tickets cannot be read: %s", trouble)
        self._told = (*self._office.store.faults(), *self._office.bookings.faults())
        self._news = self._news or self._unread is None or before is None


def card_maker(office: Office) -> CardMaker:
    """Cards in the Japanese of the catalogue."""
    words = office.catalogue("ja")
    return CardMaker(words.text, words.has, office.flows, office.languages, office.directory)


def desks(office: Office, counter: str) -> tuple[tuple[str, str], ...]:
    """Where a transfer may go from this counter: any counter, the others, the office's own desks."""
    say = office.catalogue("ja").text
    others = [str(n) for n in range(1, office.settings.office.counters + 1) if str(n) != counter]
    numbered = tuple((n, say("console.transfer.counter", n=n)) for n in others)
    named = tuple((desk, desk) for desk in office.settings.office.desks if desk != counter)
    return (("", say("console.transfer.any")), *numbered, *named)


class ConsoleWindow:
    """The console in its window, with the memo's text field laid over the sheet."""

    def __init__(
        self, office: Office, results: Results, place: Place, *, size: tuple[int, int], fatal: bool = False
    ) -> None:
        self._office = office
        say = office.catalogue("ja").text
        self.window = Window(say("console.title"), results, size=size, fatal=fatal)
        self.window.root.minsize(1200, 680)
        self._say = say
        self._painter = Painter(office.typesetter, self.window.frame())
        self.surface = self.window.surface(self._painter, self._press)
        self.memo = MemoField(self.window.root)
        self.console = Console(
            OfficeDesk(office, results, place),
            self.surface,
            self.memo,
            card_maker(office),
            Grid(*self.window.size, say),
            place,
        )
        self.held: dict[str, str] = {}
        """Keys that are down, with the timer that will count them as let go."""
        for key in ("F2", "F3", "F4", "F5", "F6", "F7", "F8", "F10", "Escape"):
            self.window.root.bind(f"<KeyPress-{key}>", lambda _event, key=key: self._down(key))
            self.window.root.bind(f"<KeyRelease-{key}>", lambda _event, key=key: self._up(key))
        self.window.root.bind("<Configure>", self._configured)
        self.console.start()
        self.window.start(self.console.tick)

    def _press(self, target: str) -> None:
        self.console.press(target)

    def _down(self, key: str) -> None:
        """A key counts once however long it is held: F10 begins a case, and repeated it would end it."""
        timer = self.held.get(key)
        if timer:
            self.window.root.after_cancel(timer)
        self.held[key] = ""
        if timer is None:
            self.console.key(key)

    def _up(self, key: str) -> None:
        # X sends a release before every repetition: only one that nothing follows is real.
        self.held[key] = self.window.root.after(REPEAT_MS, lambda: self.held.pop(key, None))

    def _configured(self, _event: object) -> None:
        width, height = self.window.size
        grid = self.console.grid
        if (width, height) != (grid.width, grid.height):
            self.console.grid = Grid(width, height, self._say)
            self._painter = Painter(self._office.typesetter, self.window.frame())
            self.surface.use(self._painter)
            self.console.redraw()


class MemoField:
    """A customtkinter text box for the counselor's notes."""

    def __init__(self, root: customtkinter.CTk) -> None:
        self._box = customtkinter.CTkTextbox(
            root,
            border_width=0,
            corner_radius=0,
            fg_color=LIGHT["surface"],
            text_color=LIGHT["ink"],
            font=customtkinter.CTkFont("Noto Sans CJK JP", 16),
            undo=True,
        )

    def place(self, box: Box | None) -> None:
        if box is None:
            self._box.place_forget()
        else:
            self._box.configure(width=box.w, height=box.h)
            self._box.place(x=box.x, y=box.y)

    def text(self) -> str:
        return str(self._box.get("1.0", "end-1c"))

    def clear(self) -> None:
        self._box.delete("1.0", "end")

    def focus(self) -> None:
        self._box.focus_set()


def run(office: Office, number: str, languages: Sequence[str], *, staff: str, size: tuple[int, int]) -> None:
    """The console until its window is closed. Raises Trouble where it cannot start."""
    results = Results()
    place = Place(number, office.settings.office.name_ja, staff, languages, desks(office, number))
    try:
        with a_display():
            shown = ConsoleWindow(office, results, place, size=size)
        shown.window.run()
    finally:
        results.close()
        office.store.close()
