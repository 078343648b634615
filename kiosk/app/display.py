"""The call display: its window on a second screen, what it reads, and when it announces."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.app.announcing import Announcer
from kiosk.app.board import BoardReader
from kiosk.app.display_signs import signs_of
from kiosk.app.displays import a_display
from kiosk.app.office import Office
from kiosk.app.screen import Screen
from kiosk.core.calls import Announcing, Board, Call, begin, step
from kiosk.ui.display.sheet import display_sheet
from kiosk.ui.display.view import Sign, View
from kiosk.ui.display.words import JAPANESE, Words
from kiosk.ui.paint import Painter
from kiosk.ui.window import Window
from kiosk.workers import Reply, Results, run_in_thread

if TYPE_CHECKING:
    import tkinter

    from kiosk.speech.voice import WavSink

log = logging.getLogger(__name__)

TURN_S = 8.0
"""While nobody is called, each language stands so long."""
FLASHES = 3
FLASH_S = 1.0
"""A change and back takes a second: three of them stay far below three in one second, the limit for people
with photosensitive epilepsy (WCAG 2.2, 2.3.1)."""
SHIFT_S = 240.0
"""So long the page stands at one place before it moves by a few pixels, so that nothing burns in."""
SHIFTS = ((0, 0), (1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0), (-1, -1), (0, -1), (1, -1))
SHIFT_PX = 4
SMALLEST = (480, 360)
"""A window smaller than this is on its way to another size."""


class DisplayWindow:
    """The display in its window. Reading and speaking happen beside it.

    `size` makes it a window, at `place` if that is named; else it fills the `screen`-th screen. `clock` and
    `sink` are other than a monotonic clock and the loudspeaker in tests.
    """

    def __init__(
        self,
        office: Office,
        results: Results,
        *,
        size: tuple[int, int] | None = None,
        place: tuple[int, int] = (0, 0),
        screen: int = 0,
        clock: Callable[[], float] = time.monotonic,
        sink: Callable[[Call], WavSink] | None = None,
        fatal: bool = False,
    ) -> None:
        own = office.settings.display
        self._office, self._results, self._own, self._clock = office, results, own, clock
        self._words = Words(
            office.languages, office.catalogue, directions=own.directions, readings=own.readings
        )
        self._reader = BoardReader(office)
        self._announcer = Announcer(office, results, self._words, clock, sink)
        self._board = Board(office.today())
        self.announcing = Announcing()
        self._flashing = -FLASHES * FLASH_S
        self._read_at = ""
        """Time of day when the calls were last read; empty before the first time."""
        self._failed = self._looking = self._reading = False
        self._shown: tuple[View, tuple[int, int]] | None = None
        self._screen = Screen(results, screen) if size is None else None
        self.window = Window(office.catalogue("ja").text("display.title"), results, size=size, fatal=fatal)
        if size is not None:
            self.window.root.geometry(f"{size[0]}x{size[1]}+{place[0]}+{place[1]}")
        if self._screen is not None:
            self._screen.take(self.window.root)
        self._painter = self._new_painter()
        self.surface = self.window.surface(self._painter, lambda _: None)
        self._bind()
        self._began = clock()
        self._announcer.start()
        self.window.start(self.tick)

    def _bind(self) -> None:
        """No pointer, and keys for whoever sets the screen up."""
        self.window.canvas.configure(cursor="none")
        self.window.root.bind("<Configure>", self._configured)
        self.window.root.bind("<F11>", lambda _event: self.switch())
        self.window.root.bind("<Escape>", lambda _event: self.leave())

    def close(self) -> None:
        """The window and its voice."""
        self.stop()
        self.window.close()

    def stop(self) -> None:
        """End the voice's process."""
        self._announcer.close()

    # The beat

    def tick(self) -> None:
        """Look for calls, go on with announcing, and show how things stand."""
        if not self._looking:
            self._looking = True
            run_in_thread(self._results, self._reader.look, self._looked)
        if self._reading:
            self._step()
        if self._screen is not None:
            self._screen.watch(self.window.root, self._clock())
        self._show()

    def _looked(self, reply: Reply) -> None:
        self._looking = False
        if reply.trouble is not None:
            if not self._failed:
                log.warning("the calls cannot be read: %s", reply.trouble)
            self._failed = True
            return
        self._failed = False
        self._read_at = self._time()
        if isinstance(reply.value, Board):
            first = not self._reading
            self._board = reply.value
            self._reading = True
            if first:
                self.announcing = begin(self._board)
            self._step()
            self._show()

    def _step(self) -> None:
        before, at = self.announcing, self._clock()
        speaking = self._announcer.speaking
        least = float(self._own.seconds)
        self.announcing = step(before, self._board, at, least=least, speaking=speaking)
        shown = self.announcing.shown
        if self.announcing.count != before.count and shown is not None:
            self._flashing = at
            self._announcer.announce(shown)
        elif speaking and shown != before.shown:
            self._announcer.hush()

    # What is shown

    def view(self) -> View:
        """How things stand now."""
        shown, words = self.announcing.shown, self._words
        turns = words.turns()
        turn = turns[int((self._clock() - self._began) / TURN_S) % len(turns)]
        before = self._board.before(shown)
        called = {call.key for call in self._board.now}
        lit = self._lit()
        return View(
            office=self._office.settings.office.name_ruby,
            time=self._time(),
            shown=shown,
            before=before,
            lines=words.call(shown) if shown else words.idle(turn, "display.wait"),
            still=() if shown else words.idle(turn, "display.seat"),
            way=words.way(shown) if shown else None,
            turned=lit and self._own.flash == "panel",
            framed=lit and self._own.flash == "border",
            signs=self.signs(),
            pointing=words.pointing,
            calling=frozenset(call.ticket for call in before if call.key in called),
            names=self._own.readings,
        )

    def signs(self) -> tuple[Sign, ...]:
        """What staff should know."""
        return signs_of(
            self._office, self._announcer, failed=self._failed, read_at=self._read_at, away=self._reader.away
        )

    def _lit(self) -> bool:
        """Whether the panel is in the changed half of a flash."""
        gone = self._clock() - self._flashing
        return 0 <= gone < FLASHES * FLASH_S and gone % FLASH_S < FLASH_S / 2

    def _shift(self) -> tuple[int, int]:
        x, y = SHIFTS[int((self._clock() - self._began) / SHIFT_S) % len(SHIFTS)]
        pixels = self._painter.frame.px(SHIFT_PX)
        return x * pixels, y * pixels

    def _show(self) -> None:
        wanted = self.view(), self._shift()
        if wanted == self._shown:
            return
        self._shown = wanted
        say = self._office.catalogue(JAPANESE).text
        labels = say("display.number"), say("display.counter"), say("display.before")
        self.surface.show(display_sheet(wanted[0], self._painter.frame, labels, wanted[1]))

    def _time(self) -> str:
        return f"{self._office.now():%H:%M}"

    # The window

    def switch(self) -> None:
        """F11: full screen or not."""
        root = self.window.root
        root.attributes("-fullscreen", not root.attributes("-fullscreen"))

    def leave(self) -> None:
        """Escape: out of full screen, and from a window out of the program."""
        if self.window.root.attributes("-fullscreen"):
            self.switch()
        else:
            self.window.root.quit()

    def _configured(self, event: tkinter.Event[tkinter.Misc]) -> None:
        now, size = self._painter.frame, self.window.size
        small = size[0] < SMALLEST[0] or size[1] < SMALLEST[1]
        if event.widget is self.window.root and not small and size != (now.width, now.height):
            self._painter, self._shown = self._new_painter(), None
            self.surface.use(self._painter)
            self._show()

    def _new_painter(self) -> Painter:
        frame = replace(self.window.frame(), contrast=self._own.look == "contrast")
        return Painter(self._office.typesetter, frame)


def run(
    office: Office, *, size: tuple[int, int] | None = None, place: tuple[int, int] = (0, 0), screen: int = 0
) -> None:
    """The display until its window is closed. Raises Trouble where it cannot start."""
    results = Results()
    # Numbers and counters lie open; what people told is none of this window's concern.
    office.keys.public_only()
    shown: DisplayWindow | None = None
    try:
        with a_display():
            shown = DisplayWindow(office, results, size=size, place=place, screen=screen)
        shown.window.run()
    finally:
        if shown is not None:
            shown.stop()
        results.close()
        office.store.close()
