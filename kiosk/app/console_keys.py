"""Keys of the console's window, and the hand scanner that types like one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from kiosk.ui.counter.keys import ALL, FIELDS_OWN

if TYPE_CHECKING:
    import tkinter

    import customtkinter

REPEAT_MS = 60
"""Longest time between a key's release and its next press that may still be the keyboard's repetition."""
SCANNER_MS = 100
"""Milliseconds between two keys within which a hand scanner types; a finger is slower. By the clock of the
display, not by when the window comes round to a key: while it draws, the keys of a line wait, and fall into
two, and those of a finger come out all at once."""


class Typist(Protocol):
    """The window whose keys these are."""

    @property
    def writing(self) -> bool:
        """Whether what is typed goes into one of the fields."""

    @property
    def writing_lines(self) -> bool:
        """Whether it goes into one of several lines, where Return is a line's end."""

    def key(self, name: str) -> None: ...

    def scan(self, line: str) -> None: ...


class Keyboard:
    """Every key of the console. One counts once however long it is held: F10 begins a case, and repeated it
    would end it."""

    def __init__(self, root: customtkinter.CTk, typist: Typist) -> None:
        self._root, self._typist = root, typist
        self.held: dict[str, str] = {}
        """Keys that are down, with the timer that will count them as let go."""
        for name in ALL:
            shift, _, key = name.rpartition("-")
            held = f"{shift}-" if shift else ""
            root.bind(
                f"<{held}KeyPress-{key}>", lambda event, name=name, key=key: self._down(event, name, key)
            )
            root.bind(f"<{held}KeyRelease-{key}>", lambda _event, key=key: self._up(key))
        self._scanner = Scanner(root, typist)

    def _down(self, event: tkinter.Event[tkinter.Misc], name: str, key: str) -> None:
        timer = self.held.get(key)
        if timer:
            self._root.after_cancel(timer)
        self.held[key] = ""
        if name in FIELDS_OWN and self._typist.writing:
            return
        if name == "Return" and (self._typist.writing_lines or self._scanner.ended(event.time)):
            return
        if timer is None:
            self._typist.key(name)

    def _up(self, key: str) -> None:
        # X sends a release before every repetition: only one that nothing follows is real.
        self.held[key] = self._root.after(REPEAT_MS, lambda: self.held.pop(key, None))


class Scanner:
    """Keys typed outside the fields: a digit picks an option; a whole line typed faster than a finger can is
    a hand scanner's, and none of its digits picks anything."""

    def __init__(self, root: customtkinter.CTk, typist: Typist) -> None:
        self._typist = typist
        self._line = ""
        self._at: int | None = None
        root.bind("<Key>", self._typed)

    def _typed(self, event: tkinter.Event[tkinter.Misc]) -> None:
        quick = self._quick(event.time)
        if self._typist.writing or not (event.char and event.char.isprintable()):
            return
        self._line = (self._line if quick else "")[:200] + event.char
        if not quick and (event.char == "?" or (event.char.isascii() and event.char.isdigit())):
            self._typist.key(event.char)

    def ended(self, at: int) -> bool:
        """Whether a Return at this time of the display ends a scanner's line, which is then taken."""
        quick = self._quick(at)
        line, self._line = self._line, ""
        if self._typist.writing or not quick or len(line) < 4:
            return False
        self._typist.scan(line)
        return True

    def _quick(self, at: int) -> bool:
        """Whether the key before this one was pressed a moment ago."""
        before, self._at = self._at, at
        return before is not None and between(before, at) < SCANNER_MS


def between(before: int, at: int) -> int:
    """Milliseconds from one time of the display to another; it counts in 32 bits and begins anew."""
    return (at - before) % (1 << 32)
