"""What the processes of the tests with an office database do. Each is a machine of its own, started anew."""

from __future__ import annotations

import os
import signal
import sys
import threading
from multiprocessing.queues import Queue
from pathlib import Path
from typing import Any
from unittest import mock

from kiosk.core.changes import close, serve
from kiosk.core.ticket import State
from kiosk.errors import Trouble
from kiosk.store.joined import JoinedStore
from kiosk.store.keys import Keyring
from kiosk.store.pg import link, rows
from kiosk.store.postgres import PostgresStore
from kiosk.store.tiny import TinyStore
from tests.store.samples import DAY, NOW, PLAIN

NEVER = threading.Event()


def machine(url: str, folder: Path, letter: str = "A", **settings: Any) -> PostgresStore:
    """A machine of the office, with its own id and the office's keys."""
    keys = Keyring(folder.parent / "keys")
    return PostgresStore(
        url, letter=letter, today=lambda: DAY, device=folder / "device", keys=keys, **settings
    )


def joined(url: str, folder: Path, letter: str = "A", **settings: Any) -> JoinedStore:
    remote = machine(url, folder, letter, **settings)
    journal = TinyStore(
        folder / "store", letter=letter, today=lambda: DAY, device=folder / "device", keys=remote.keys
    )
    return JoinedStore(journal, remote, lambda: DAY)


def claim_all(url: str, folder: str, counter: str, answers: Queue[Any]) -> None:
    store, mine = machine(url, Path(folder) / counter), []
    while pick := store.call_next(counter=counter, languages=(), at=NOW):
        mine.append(pick.ticket.id)
    answers.put(mine)


def stop_in_claim(url: str, folder: str, lease: float) -> None:
    """Claim a ticket, say so, and hang; woken, go on and say what became of it."""
    real, link.LEASE = rows.update, lease

    def hang(*parts: Any) -> str:
        _say("claimed")
        os.kill(os.getpid(), signal.SIGSTOP)
        return real(*parts)

    try:
        with mock.patch.object(rows, "update", hang):
            pick = machine(url, Path(folder) / "hanging").call_next(counter="9", languages=(), at=NOW)
        _say(f"called {pick.ticket.number}" if pick else "nobody")
    except Trouble as trouble:
        _say(trouble.key)


def kiosk_day(url: str, folder: str, letter: str, count: int, answers: Queue[Any]) -> None:
    """Take `count` numbers, whatever becomes of the database."""
    store = joined(url, Path(folder) / letter, letter)
    for _ in range(count):
        ticket = store.issue(PLAIN, language="vi", at=NOW)
        answers.put(("issued", ticket.id, ticket.number))
        NEVER.wait(0.005)  # Residents do not come all at once; nothing is waited for.
    while store.away or store.unsent:
        store.refresh()
    store.close()


def console_day(url: str, folder: str, counter: str, total: int, answers: Queue[Any]) -> None:
    """Call, serve and close until all `total` tickets of the day are closed."""
    store = joined(url, Path(folder) / f"console{counter}", "Z")
    while True:
        try:
            pick = store.call_next(counter=counter, languages=(), at=NOW)
            if pick is not None:
                answers.put(("called", pick.ticket.id, counter))
            open_here = [
                t
                for t in store.tickets()
                if t.counter == counter and t.state in (State.CALLED, State.SERVING)
            ]
            for ticket in open_here:
                if ticket.state is State.CALLED:
                    store.change(ticket.id, lambda t: serve(t, NOW, counter=counter))
                store.change(ticket.id, lambda t: close(t, NOW, counter=counter))
            store.refresh()
            closed = sum(t.state is State.CLOSED for t in store.tickets())
            if closed == total and not store.away:
                break
        except Trouble as trouble:
            if not trouble.key.startswith("trouble.database_"):
                raise
            NEVER.wait(0.02)
    store.close()
    answers.put(("done", counter, ""))


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    stop_in_claim(sys.argv[2], sys.argv[3], float(sys.argv[4]))
