"""Locking the console: while it is locked, its window holds nothing of what residents told."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kiosk.core.ticket import Content
from kiosk.errors import Trouble
from kiosk.ui.counter import interpreting
from kiosk.ui.counter.own import Own
from kiosk.ui.counter.view import Locked

if TYPE_CHECKING:
    from kiosk.ui.counter.console import Console

WAITS = ("trouble.passphrase_wrong", "trouble.passphrase_wait")
CLOSED = Content(closed=True)


def uptime() -> float:
    """Seconds, those asleep included: a closed laptop is locked when it is opened again."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


@dataclass
class Lock:
    """The page that asks for the passphrase, and its tries."""

    console: Console
    text: str
    clock: Callable[[], float]
    trouble: Trouble | None = None
    """What was wrong with the last try."""
    until: float = 0.0
    """When the next try may be made."""
    trying: bool = False
    revealed: bool = False
    alone: bool = False
    """Whether the screen was turned to a resident when it was locked."""

    @property
    def left(self) -> int:
        """Seconds until the next try."""
        return max(0, math.ceil(self.until - self.clock()))

    @property
    def without(self) -> bool:
        return self.trouble is not None and self.trouble.key not in WAITS

    def view(self) -> Locked:
        ready = not self.trying and not self.left
        return Locked(self.text, self._note(), ready, self.revealed, self.without, self.alone)

    def _note(self) -> str:
        say, wrong = self.console.say, self.trouble
        if self.trying:
            return say("console.lock.trying")
        if wrong is None:
            return ""
        if wrong.key in WAITS:
            return say(wrong.key, wait=self.left) if self.left else say("console.lock.again")
        return self.console.told(wrong)

    def press(self, kind: str) -> None:
        guard = self.console.guard
        if kind == "reveal":
            self.revealed = not self.revealed
            self.console.secret.reveal(self.revealed)
        elif kind == "without" and self.without and not self.trying:
            guard.without = True
            guard.open()
        elif kind == "unlock" and not self.trying and not self.left:
            self._try()

    def _try(self) -> None:
        words = self.console.secret.text()
        if not words.strip():
            return
        # Nothing typed stays in the field longer than it is needed.
        self.console.secret.clear()
        self.trying = True
        self.console.desk.unlock(words, self._tried)

    def _tried(self, trouble: Trouble | None) -> None:
        self.trying, self.trouble = False, trouble
        if self.console.guard.lock is not self:
            return
        if trouble is None:
            self.console.guard.open()
        elif trouble.key in WAITS:
            self.until = self.clock() + float(trouble.details.get("wait", 0))
        self.console.show()


@dataclass
class Guard:
    """Locks the console where the passphrase is missing, after a time without a touch, or when asked."""

    console: Console
    after: float
    """Seconds without a touch."""
    clock: Callable[[], float]
    lock: Lock | None = None
    without: bool = False
    """Whether calling goes on without the passphrase."""
    _touched: float = field(init=False)

    def __post_init__(self) -> None:
        self._touched = self.clock()

    def touch(self) -> None:
        """Somebody is here."""
        self._touched = self.clock()

    def look(self) -> None:
        """A few times a second."""
        state, say = self.console.desk.protection(), self.console.say
        self.without = self.without and state == "locked"
        if self.lock is None:
            if state == "open" and self.clock() - self._touched >= self.after:
                self.close(say("console.lock.idle", n=round(self.after / 60)))
            elif state == "locked" and not self.without:
                self.close(say("console.lock.text"))
        elif state != "locked" and not self.lock.trying:
            self.open()

    def ask(self) -> None:
        """Somebody locks the console, or wants to type the passphrase after all."""
        state, say = self.console.desk.protection(), self.console.say
        if state == "open":
            self.close(say("console.lock.asked"))
        elif state == "locked":
            self.without = False
            self.close(say("console.lock.text"))
        elif state == "unset":
            self.console.message = say("console.lock.unset")

    def close(self, text: str) -> None:
        console = self.console
        page = console.over.page() if console.over is not None else None
        # What was typed is kept before the keys go.
        console.close_over()
        interpreting.keep(console)
        console.desk.lock()
        console.entry.clear()
        console.secret.clear()
        console.secret.reveal(False)
        self.lock = Lock(console, text, self.clock, alone=isinstance(page, Own) and page.alone)
        console.show()

    def open(self) -> None:
        """Go on where the console was; the memo's field has kept what was typed."""
        self.lock = None
        self.console.secret.clear()
        self.touch()
        self.console.look_again()
        self.console.show()

    def let_go(self) -> None:
        """What the console holds of a ticket, also what an answer brought that came late."""
        console = self.console
        console.close_over()
        if console.talks is not None:
            console.talks.end()
        if console.current is not None:
            console.current = replace(console.current, content=CLOSED)
        if console.beside is not None:
            console.beside = replace(console.beside, content=CLOSED)
        if console.interpreter is not None:
            console.interpreter.case = replace(console.interpreter.case, content=CLOSED)
