"""The console at a counter: the desk behind it, its window, its memo field."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime

import customtkinter

from kiosk.app.office import Office
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

log = logging.getLogger(__name__)


class OfficeDesk:
    """The console's desk on the office's store. Changes run beside the window."""

    def __init__(self, office: Office, results: Results, place: Place) -> None:
        self._office, self._results, self._place = office, results, place

    def now(self) -> datetime:
        return self._office.now()

    def refresh(self) -> bool:
        try:
            return self._office.store.refresh()
        except Trouble as trouble:
            log.warning("today's tickets cannot be re-read now: %s", trouble)
            return False

    def tickets(self) -> Sequence[Ticket]:
        return self._office.store.tickets()

    def damaged(self) -> bool:
        return bool(self._office.store.faults())

    def call_next(self, done: Callable[[Pick | Trouble | None], None]) -> None:
        def work() -> Pick | None:
            return self._office.store.call_next(
                counter=self._place.counter,
                languages=self._place.languages,
                at=self.now(),
                staff=self._place.staff,
            )

        run_in_thread(self._results, work, lambda reply: done(reply.trouble or reply.value))

    def change(
        self, ticket: Ticket, apply: Callable[[Ticket], Ticket], done: Callable[[Ticket | Trouble], None]
    ) -> None:
        def work() -> Ticket:
            try:
                return self._office.store.change(ticket.id, apply)
            except IllegalChange as refused:
                words = self._office.catalogue("ja").text(f"state.{refused.state.value}")
                raise Trouble(
                    "trouble.illegal_change", number=refused.number, state=words, log=str(refused)
                ) from refused

        run_in_thread(self._results, work, lambda reply: done(reply.trouble or reply.value))

    def reprint(self, ticket: Ticket, done: Callable[[Trouble | None], None]) -> None:
        def work() -> None:
            from kiosk.printing.draw import draw

            slip = slip_of_ticket(self._office, ticket)
            image = draw(slip, self._office.typesetter, self._office.settings.printing.width_dots)
            self._office.printer().print(image, ticket.number)

        def answer(reply: Reply) -> None:
            done(reply.trouble)

        run_in_thread(self._results, work, answer)


def card_maker(office: Office) -> CardMaker:
    """Cards in the Japanese of the catalogue."""
    words = office.catalogue("ja")
    return CardMaker(words.text, words.has, office.flows, office.languages, office.directory)


def desks(office: Office, counter: str) -> tuple[tuple[str, str], ...]:
    """Where a transfer may go from this counter: any counter, the others, the office's own desks."""
    say = office.catalogue("ja").text
    others = [str(n) for n in range(1, office.settings.office.counters + 1) if str(n) != counter]
    numbered = tuple((n, say("console.transfer.counter", n=n)) for n in others)
    return (("", say("console.transfer.any")), *numbered, *((d, d) for d in office.settings.office.desks))


class ConsoleWindow:
    """The console in its window, with the memo's text field laid over the sheet."""

    def __init__(
        self, office: Office, results: Results, place: Place, *, size: tuple[int, int], fatal: bool = False
    ) -> None:
        self._office = office
        say = office.catalogue("ja").text
        self.window = Window(say("console.title"), results, size=size, fatal=fatal)
        self.window.root.minsize(1100, 640)
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
        for key in ("F2", "F3", "F4", "F5", "F6", "F7", "F8", "F10", "Escape"):
            self.window.root.bind(f"<{key}>", lambda _event, key=key: self.console.key(key))
        self.window.root.bind("<Configure>", self._configured)
        self.console.start()
        self.window.start(self.console.tick)

    def _press(self, target: str) -> None:
        self.console.press(target)

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
    """The console until its window is closed."""
    results = Results()
    place = Place(number, office.settings.office.name_ja, staff, languages, desks(office, number))
    try:
        ConsoleWindow(office, results, place, size=size).window.run()
    finally:
        results.close()
        office.store.close()
