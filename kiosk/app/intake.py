"""The resident's kiosk: window, screens and actions put together."""

from __future__ import annotations

import fcntl
import logging
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.app.actions import KioskActions
from kiosk.app.console_keys import between
from kiosk.app.displays import a_display
from kiosk.app.office import Office
from kiosk.errors import Trouble
from kiosk.ui.frame import Frame
from kiosk.ui.paint import Painter
from kiosk.ui.parts import Sheet
from kiosk.ui.resident.kiosk import Kiosk
from kiosk.ui.resident.shop import Shop
from kiosk.ui.surface import Surface
from kiosk.ui.window import Window
from kiosk.workers import Reply, Results, run_in_thread

if TYPE_CHECKING:
    import tkinter

log = logging.getLogger(__name__)


AHEAD_MS = 30
"""After so long a page is on the screen, and those that may come next are drawn."""
SCANNER_MS = 300
"""Milliseconds of the display's clock between two keys after which it is another line; scanners need a few a
key. How late the window comes round to a key says nothing."""
ARROWS = {"Left": (-1, 0), "Right": (1, 0), "Up": (0, -1), "Down": (0, 1)}


@contextmanager
def only_one(data: Path, letter: str) -> Iterator[None]:
    """Hold this device's letter: a second kiosk with it would mix its numbers into the first one's.

    Raises Trouble("trouble.already_running"). Where nothing can be written the kiosk starts all the same.
    """
    try:
        flags = os.O_RDONLY | os.O_CREAT | os.O_NOFOLLOW
        handle = os.open(data / f"kiosk-{letter}.lock", flags, 0o600)
    except OSError as fault:
        log.error("no lock for letter %s: %s", letter, fault.strerror)
        yield
        return
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as held:
            raise Trouble("trouble.already_running", log=f"letter {letter} is held") from held
        yield
    finally:
        os.close(handle)


def shop_of(office: Office) -> Shop:
    """The office's data as the kiosk's screens read it."""
    return Shop(
        settings=office.settings,
        languages=office.languages,
        offered=office.offered,
        topics=office.topics,
        flows=office.flows,
        catalogue=office.catalogue,
        now=office.now,
        guides=office.guides,
        screen=office.screen,
        disaster=office.in_disaster,
    )


class KioskWindow:
    """The kiosk in its window. `actions` are the office's own unless a test brings others."""

    def __init__(
        self,
        office: Office,
        results: Results,
        actions: KioskActions,
        *,
        size: tuple[int, int] | None,
        fatal: bool = False,
    ) -> None:
        self.office, self.actions = office, actions
        self.window = Window("Madoguchi", results, size=size, fatal=fatal)
        self._surface: Surface | None = None
        self._named, self._soon, self._read = "", "", False
        frame = self.window.frame()
        self._painter = Painter(office.typesetter, frame)
        self._surface = self.window.surface(self._painter, self._press)
        self.kiosk = Kiosk(self, actions, shop_of(office), frame, time.monotonic)
        self.window.root.bind("<Key>", self._key)
        self.window.root.bind("<Configure>", self._configured)
        self._scanned, self._scanned_at = "", 0
        self._results = results
        self._erased: date | None = None
        self.window.root.after(AHEAD_MS, run_in_thread, results, office.read_all, self._begin)
        self.window.start(self.tick)

    # What the kiosk asks of its screen

    def show(self, sheet: Sheet) -> None:
        assert self._surface is not None
        self._surface.show(sheet)
        if sheet.name != self._named:
            self._named = sheet.name
            self._look_ahead()

    def resize(self, frame: Frame) -> None:
        assert self._surface is not None
        self._painter = Painter(self.office.typesetter, frame)
        self._surface.use(self._painter)

    def forget(self) -> None:
        self.surface.forget()

    # What the window brings

    @property
    def surface(self) -> Surface:
        assert self._surface is not None
        return self._surface

    def tick(self) -> None:
        self.kiosk.tick()
        if self._erased != self.office.today():
            # Every day anew, as the notice promises: a kiosk may run for weeks.
            self._erased = self.office.today()
            run_in_thread(self._results, self._begin_day, _tell_log)

    def _begin(self, reply: Reply) -> None:
        """All is read that pages need."""
        if reply.trouble is not None:
            log.error("what visits need could not be read ahead: %s", reply.trouble)
        self._read = True
        self._look_ahead()

    def _look_ahead(self) -> None:
        """While the person reads this page, have a thread draw those that may come next."""
        if self._soon:
            self.window.root.after_cancel(self._soon)
        self._soon = self.window.root.after(AHEAD_MS, self._draw_ahead) if self._read else ""

    def _draw_ahead(self) -> None:
        self._soon = ""
        self.surface.prepare(self.kiosk.likely())

    def _begin_day(self) -> None:
        """Delete what is too old, and make the day's keys before anybody waits for them."""
        try:
            self.office.erase_old()
        finally:
            self.office.keys.prepare(self.office.today())

    def _press(self, target: str) -> None:
        self.kiosk.press(target)
        self._look_ahead()

    def _key(self, event: tkinter.Event[tkinter.Misc]) -> None:
        if event.keysym in ("Tab", "ISO_Left_Tab"):
            self.surface.move_focus(-1 if event.keysym == "ISO_Left_Tab" else 1)
        elif self.kiosk.writing:
            self._write(event)
        elif self._scan(event):
            pass
        elif event.keysym in ("Return", "space", "KP_Enter"):
            self.surface.press_focused()
        elif event.keysym in ARROWS:
            self.surface.point(*ARROWS[event.keysym])

    def _scan(self, event: tkinter.Event[tkinter.Misc]) -> bool:
        """Whether a hand scanner types: it types a line faster than anybody and ends it with Return."""
        if between(self._scanned_at, event.time) > SCANNER_MS:
            self._scanned = ""
        self._scanned_at = event.time
        if event.keysym in ("Return", "KP_Enter") and len(self._scanned) > 1:
            line, self._scanned = self._scanned, ""
            self.kiosk.scan(line)
            return True
        if event.char and event.char.isprintable() and len(self._scanned) < 200:
            self._scanned += event.char
        return len(self._scanned) > 1

    def _write(self, event: tkinter.Event[tkinter.Misc]) -> None:
        """A real keyboard writes into the same field."""
        if event.keysym == "BackSpace":
            self.kiosk.press("key:<delete>")
        elif event.keysym == "Return":
            self.kiosk.press("key:<enter>")
        elif event.char and event.char.isprintable():
            self.kiosk.press(f"key:{event.char}" if event.char != " " else "key:<space>")

    def _configured(self, event: tkinter.Event[tkinter.Misc]) -> None:
        if event.widget is self.window.root:
            width, height = self.window.size
            now = self.kiosk.frame
            if (width, height) != (now.width, now.height) and width >= 640 and height >= 480:
                from dataclasses import replace

                self.kiosk.frame = replace(now, width=width, height=height)
                self.resize(self.kiosk.frame)
                self.kiosk.show()


def _tell_log(reply: Reply) -> None:
    if reply.trouble is not None:
        log.error("old tickets could not be deleted: %s", reply.trouble)


def run(office: Office, *, windowed: bool, size: tuple[int, int]) -> None:
    """The kiosk until its window is closed. Raises Trouble where it cannot start, or could give no number."""
    if office.no_numbers is not None:
        log.error("the kiosk does not start: %s", office.no_numbers)
        raise office.no_numbers
    with only_one(office.data, office.settings.kiosk.letter):
        results = Results()
        # A resident's kiosk closes what it is told and opens nothing.
        office.keys.public_only()
        actions = KioskActions(office, results)
        try:
            with a_display():
                shown = KioskWindow(office, results, actions, size=size if windowed else None)
            # After the first screen, while nobody has touched anything yet.
            shown.window.root.after(200, actions.start)
            shown.window.run()
        finally:
            actions.close()
            results.close()
            office.store.close()
