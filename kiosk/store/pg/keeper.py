"""Knows whether the office database is there, and brings home what was written without it."""

from __future__ import annotations

import logging
import threading
from datetime import date
from typing import TYPE_CHECKING

from kiosk.errors import Trouble
from kiosk.store.outbox import Outbox
from kiosk.store.pg.link import Away
from kiosk.store.protocol import Fault

if TYPE_CHECKING:
    from kiosk.store.postgres import PostgresStore
    from kiosk.store.tiny import TinyStore

log = logging.getLogger(__name__)

BUSY = "trouble.store_busy"
_PAUSES = (0.5, 1.0, 2.0, 5.0, 10.0)
"""Seconds between tries to reach a database that is away."""


class Keeper:
    """One thread, while there is something to bring home."""

    def __init__(self, journal: TinyStore, remote: PostgresStore, outbox: Outbox) -> None:
        self.why: Trouble | None = None
        """What is wrong with the database; None while it is there."""
        self.unsent = 0
        """Tickets and changes of this machine that the database does not have yet, as last counted."""
        self.turned = False
        """Whether the database went or came, or got something, since this was last put back."""
        self.turn = threading.RLock()
        """Held while writing here instead, and while the last of it goes home."""
        self._journal, self._remote, self._outbox = journal, remote, outbox
        self._thread: threading.Thread | None = None
        self._end = threading.Event()
        self._begun = False

    def begin(self) -> None:
        """Once, send home what an earlier run of the program could not."""
        if not self._begun:
            with self.turn:
                if not self._begun:
                    self._begun = True
                    self._start()

    def go(self, wrong: Trouble) -> None:
        """Go on without the database until it is back. While `turn` is held."""
        log.warning("going on without the office database: %s", wrong)
        self.why, self.turned = Away(wrong.log) if wrong.key == BUSY else wrong, True
        self._start()

    def stop(self) -> None:
        """Stop trying; the next `begin` starts anew."""
        thread = self._thread
        if thread is not None:
            self._end.set()
            thread.join()
        with self.turn:
            self._thread, self._begun = None, False
            self._end.clear()
            self.why = None

    def _start(self) -> None:
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=self._bring_home, name="database", daemon=True)
            self._thread.start()

    def _bring_home(self) -> None:
        tries = 0
        while not self._end.is_set():
            try:
                for day in self._journal.days():
                    self._send(day)
                with self.turn:
                    for day in self._journal.days():
                        self._send(day)
                    if self.why is not None:
                        log.info("the office database is back")
                        self._remote.days()
                        self.why, self.turned = None, True
                    self._thread = None
                    return
            except Trouble as trouble:
                log.info("the office database is still away: %s", trouble)
                if self.why is not None and trouble.key != self.why.key:
                    self.why, self.turned = trouble, True
            except Exception as error:
                # Ended, the thread would leave this machine without the database until a restart.
                log.error("not sent home: %s", type(error).__name__)
            self._end.wait(_PAUSES[min(tries, len(_PAUSES) - 1)])
            tries += 1

    def _send(self, day: date) -> None:
        """Merge what of a day's journal the database does not have. Raises Trouble."""
        while not self._outbox.settled(day) and not self._end.is_set():
            mark = self._outbox.mark(day)
            unsent = self._outbox.unsent(day, self._journal.carried(day))
            self.unsent = len(unsent)
            if unsent:
                report = self._remote.merge(unsent)
                for named in (*report.conflicts, *report.refused):
                    self._remote.note(Fault(f"trouble.merged_{named.reason}", "database", named.number))
            self._outbox.sent(day, unsent, settled=mark)
            self.unsent, self.turned = 0, self.turned or bool(unsent)
