"""Cuts a connection whose server stopped answering: a frozen machine keeps its connections open for ever."""

from __future__ import annotations

import logging
import os
import socket
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from psycopg import Connection

log = logging.getLogger(__name__)

PATIENCE = 8.0
"""Seconds for one transaction's work; the server itself gives up a statement after five."""


class Guard:
    """One thread for a link, asleep while nothing is asked."""

    def __init__(self) -> None:
        self._turn = threading.Condition()
        self._thread: threading.Thread | None = None
        self._watched: Connection[Any] | None = None
        self._until = 0.0

    def watch(self, connection: Connection[Any]) -> None:
        """From now on, until `rest`, it must answer in time."""
        with self._turn:
            self._watched, self._until = connection, time.monotonic() + PATIENCE
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="database guard", daemon=True)
                self._thread.start()

    def rest(self) -> None:
        with self._turn:
            self._watched = None

    def end(self) -> None:
        with self._turn:
            self._watched, self._thread = None, None
            self._turn.notify()

    def _run(self) -> None:
        with self._turn:
            while self._thread is threading.current_thread():
                if self._watched is not None and time.monotonic() >= self._until:
                    log.warning("the office database does not answer; the connection is cut")
                    _cut(self._watched)
                    self._watched = None
                # Woken too early or late is no harm; waking for each change would cost more than it.
                self._turn.wait(PATIENCE / 8)


def _cut(connection: Connection[Any]) -> None:
    """End it in both directions: whoever waits for an answer gets an error."""
    # It may have been closed meanwhile.
    with suppress(Exception), socket.socket(fileno=os.dup(connection.fileno())) as found:
        found.shutdown(socket.SHUT_RDWR)
