"""The console at a counter: its window, its text fields, what it is called and where it may send."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

import customtkinter

from kiosk.app import places
from kiosk.app.desk import OfficeDesk
from kiosk.app.displays import a_display
from kiosk.app.facing import FacingWindow, place_of_screen
from kiosk.app.fields import FieldSet, holds_focus, looks
from kiosk.app.letters import Letters
from kiosk.app.office import Office, is_holiday
from kiosk.app.recording import Recording
from kiosk.app.report_desk import OfficeReports
from kiosk.app.talking import Talking
from kiosk.core.directory import Service, match
from kiosk.core.hours import opening
from kiosk.ui.counter.card import CardMaker
from kiosk.ui.counter.console import Console, Place
from kiosk.ui.counter.grid import Grid
from kiosk.ui.counter.keys import ALL, FIELDS_OWN
from kiosk.ui.counter.record.records import Records
from kiosk.ui.counter.talk.talks import Talks
from kiosk.ui.counter.told import Standing
from kiosk.ui.counter.tongue import TONGUES, Tongue
from kiosk.ui.paint import Painter
from kiosk.ui.parts import Box
from kiosk.ui.window import Window
from kiosk.workers import Results

if TYPE_CHECKING:
    import tkinter

Geometry = tuple[tuple[int, int], tuple[int, int]]
"""A window's size and place."""
TITLE = 40
"""Pixels that a window's title takes, at the most."""
REPEAT_MS = 60
"""Longest time between a key's release and its next press that may still be the keyboard's repetition."""
SCANNER_PAUSE = 0.1
"""Seconds between two keys within which a hand scanner types; a finger is slower."""


def tongue_of(office: Office, tag: str = "ja") -> Tongue:
    """The console's words, in a language to begin with."""
    found = {one: office.catalogue(one) for one in TONGUES}
    return Tongue({one: (words.text, words.has) for one, words in found.items()}, tag)


def card_maker(office: Office, tongue: Tongue | None = None) -> CardMaker:
    """Cards in the words of the catalogue: the console's, else Japanese."""
    words = tongue or tongue_of(office)

    def look(service: Service, language: str) -> Standing:
        return standing(office, service, language)

    return CardMaker(
        words.say, words.has, office.flows, office.languages, office.directory, look, lambda: words.tag
    )


def standing(office: Office, service: Service, language: str) -> Standing:
    """Whether a service can be called now, whether its number is old, and what is open where it is closed."""
    now, own = office.now(), office.settings.office
    state = opening(service.schedule, now, is_holiday)
    instead: list[Service] = []
    if state.state == "closed":
        for group in service.groups:
            for found in match(
                (group,),
                office.directory,
                language=language,
                prefecture=own.prefecture,
                area=own.area,
                now=now,
                is_holiday=is_holiday,
            ):
                instead += [found.service] if found.opening.state == "open" else []
                instead += [found.nearest] if found.nearest is not None else []
    today, days = now.date(), own.referral_days
    others = [one for one in instead if one.id != service.id]
    # A number that must be confirmed first is the second choice.
    best = min(others, key=lambda one: one.stale(today, days), default=None)
    old = best is not None and best.stale(today, days)
    return Standing(state, service.stale(today, days), best, old)


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
        self._office = office
        self.tongue = tongue_of(office, place.tongue)
        say = self.tongue.say
        self.window = Window(self._title(place.counter), results, size=size, fatal=fatal)
        self.window.root.minsize(1000, 660)
        self._say = say
        self._painter = Painter(office.typesetter, self.window.frame())
        self.surface = self.window.surface(self._painter, self._press)
        root = self.window.root
        self.memo, self.entry, self.secret = MemoField(root), EntryField(root), SecretField(root)
        self.fields = FieldSet(root, lambda name, text: self.console.typed(name, text))
        desk = OfficeDesk(office, results, place)
        self.console = Console(
            desk,
            self.surface,
            self.memo,
            self.entry,
            card_maker(office, self.tongue),
            Grid(*self.window.size, say, place.tongue),
            place,
            self.secret,
            self.fields,
            tongue=self.tongue,
            lock_after=office.settings.office.lock_minutes * 60.0,
        )
        recording = Recording(office, results, desk, lambda: self.console.place)
        self.console.records = Records(self.console, recording)
        self.console.letters = Letters(
            office, results, recording, self.console.cards, lambda: self.console.place
        )
        self.reports = self.console.reports = OfficeReports(office, results)
        self._talk(results, facing, talking)
        self.held: dict[str, str] = {}
        """Keys that are down, with the timer that will count them as let go."""
        for name in ALL:
            shift, _, key = name.rpartition("-")
            held = f"{shift}-" if shift else ""
            root.bind(f"<{held}KeyPress-{key}>", lambda _event, name=name, key=key: self._down(name, key))
            root.bind(f"<{held}KeyRelease-{key}>", lambda _event, key=key: self._up(key))
        self._scan = Scan(root, self._writing, self.console.scan, self.console.key)
        root.bind("<Configure>", self._configured)
        for touch in ("<Key>", "<Button>", "<Motion>"):
            root.bind_all(touch, self._felt, add="+")
        self.console.start()
        self.window.start(self._tick)

    def _talk(self, results: Results, facing: Geometry | None, talking: Talking | None) -> None:
        """Talking across the desk: nothing is loaded before the first talk."""
        office = self._office
        self.talking = talking or Talking(office, results, lambda: self.console.place.counter)
        talks = self.console.talks = Talks(self.console, self.talking)
        where = facing or place_of_screen(office.settings.office.facing)
        self.facing = None
        if where is not None:
            title = self._say("talk.facing", counter=self.console.place.counter)
            self.facing = talks.facing = FacingWindow(
                self.window.root, office.typesetter, results, *where, talks.pressed, title
            )

    def close(self) -> None:
        """End the engines of a talk and close the windows."""
        self.talking.close()
        if self.facing is not None:
            self.facing.close()
        self.window.close()

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

    def _writing(self) -> bool:
        """Whether what is typed goes into one of the fields."""
        fields = (self.memo, self.entry, self.secret, self.fields)
        return any(field.has_focus for field in fields)

    def _down(self, name: str, key: str) -> None:
        """A key counts once however long it is held: F10 begins a case, and repeated it would end it."""
        timer = self.held.get(key)
        if timer:
            self.window.root.after_cancel(timer)
        self.held[key] = ""
        if name in FIELDS_OWN and self._writing():
            return
        if name == "Return" and (self.fields.writes_lines or self._scan.ended()):
            return
        if timer is None:
            self.console.key(name)

    def _up(self, key: str) -> None:
        # X sends a release before every repetition: only one that nothing follows is real.
        self.held[key] = self.window.root.after(REPEAT_MS, lambda: self.held.pop(key, None))

    def _configured(self, _event: object) -> None:
        width, height = self.window.size
        grid = self.console.grid
        if (width, height) != (grid.width, grid.height):
            self.console.grid = Grid(width, height, self._say, self.tongue.tag)
            self._painter = Painter(self._office.typesetter, self.window.frame())
            self.surface.use(self._painter)
            self.console.redraw()


class Scan:
    """Keys typed outside the fields: a digit picks an option; a whole line typed faster than a finger can is
    a hand scanner's, and none of its digits picks anything."""

    def __init__(
        self,
        root: customtkinter.CTk,
        writing: Callable[[], bool],
        scanned: Callable[[str], None],
        digit: Callable[[str], None],
    ) -> None:
        self._writing, self._scanned, self._digit = writing, scanned, digit
        self._line, self._at = "", 0.0
        root.bind("<Key>", self._typed)

    def _typed(self, event: tkinter.Event[tkinter.Misc]) -> None:
        now = time.monotonic()
        quick, self._at = now - self._at < SCANNER_PAUSE, now
        if self._writing() or not (event.char and event.char.isprintable()):
            return
        self._line = (self._line if quick else "")[:200] + event.char
        if not quick and (event.char == "?" or (event.char.isascii() and event.char.isdigit())):
            self._digit(event.char)

    def ended(self) -> bool:
        """Whether a Return just now ends a scanner's line, which is then taken."""
        now = time.monotonic()
        quick, self._at = now - self._at < SCANNER_PAUSE, now
        line, self._line = self._line, ""
        if self._writing() or not quick or len(line) < 4:
            return False
        self._scanned(line)
        return True


class _Field(Protocol):
    """What the two widgets have in common."""

    def place(self, **where: int) -> None: ...

    def place_forget(self) -> None: ...

    def configure(self, **size: int) -> None: ...


def _lay(field: _Field, box: Box | None, root: customtkinter.CTk, focused: bool) -> None:
    """Put a field into its box, or away; keys typed afterwards are the window's again."""
    if box is None:
        field.place_forget()
        if focused:
            root.focus_set()
    else:
        field.configure(width=box.w, height=box.h)
        field.place(x=box.x, y=box.y)


class MemoField:
    """A customtkinter text box for the counselor's notes."""

    def __init__(self, root: customtkinter.CTk) -> None:
        self._root = root
        self._box = customtkinter.CTkTextbox(root, undo=True, **looks())

    @property
    def has_focus(self) -> bool:
        return holds_focus(self._root, self._box)

    def place(self, box: Box | None) -> None:
        _lay(self._box, box, self._root, self.has_focus)

    def text(self) -> str:
        return str(self._box.get("1.0", "end-1c"))

    def clear(self) -> None:
        self._box.delete("1.0", "end")

    def focus(self) -> None:
        self._box.focus_set()


class EntryField:
    """A customtkinter entry for the line of a slip."""

    def __init__(self, root: customtkinter.CTk) -> None:
        self._root = root
        self._box = customtkinter.CTkEntry(root, **looks(20))

    @property
    def has_focus(self) -> bool:
        return holds_focus(self._root, self._box)

    def place(self, box: Box | None) -> None:
        _lay(self._box, box, self._root, self.has_focus)

    def text(self) -> str:
        return str(self._box.get())

    def clear(self) -> None:
        self._box.delete(0, "end")

    def focus(self) -> None:
        self._box.focus_set()


class SecretField(EntryField):
    """The passphrase's entry, with dots for its letters."""

    def __init__(self, root: customtkinter.CTk) -> None:
        super().__init__(root)
        self.reveal(False)

    def reveal(self, on: bool) -> None:
        self._box.configure(show="" if on else "●")


def place_of(
    office: Office,
    number: str,
    languages: Sequence[str] = (),
    staff: str = "",
    specialists: Sequence[str] = (),
    tongue: str = "",
) -> Place:
    """Where a console starts: what is not given is as it was last chosen at this counter."""
    last = places.chosen(office, number)
    place = Place(
        number,
        office.settings.office.name_ja,
        staff,
        tuple(languages) or last.get("languages", ()),
        specialists=tuple(specialists) or last.get("specialists", ()),
        tongue=tongue or last.get("tongue", "ja"),
    )
    return places.told(office, place)


def fit(root: customtkinter.CTk, size: tuple[int, int]) -> None:
    """A window as high or as wide as the screen takes what panels and its own title leave: the main button is
    at its very end."""
    if size[0] > root.winfo_screenwidth() or size[1] + TITLE > root.winfo_screenheight():
        root.attributes("-zoomed", True)


def run(
    office: Office,
    number: str,
    languages: Sequence[str],
    *,
    staff: str,
    size: tuple[int, int],
    specialists: Sequence[str] = (),
    tongue: str = "",
    facing: Geometry | None = None,
) -> None:
    """The console until its window is closed. `specialists` of the roster sit here: their appointments are
    called here like others. `tongue` is the console's language. Raises Trouble where it cannot start."""
    results = Results()
    place = place_of(office, number, languages, staff, specialists, tongue)
    try:
        with a_display():
            shown = ConsoleWindow(office, results, place, size=size, facing=facing)
            fit(shown.window.root, size)
        try:
            shown.window.run()
        finally:
            shown.reports.close()
            shown.talking.close()
    finally:
        results.close()
        office.store.close()
