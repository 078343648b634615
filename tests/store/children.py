"""What the processes of the tests do. Each is a real one, started anew."""

from __future__ import annotations

import fcntl
import signal
import sys
from datetime import timedelta
from multiprocessing.queues import Queue
from pathlib import Path
from typing import Any

from kiosk.core.changes import call, close, serve
from kiosk.core.ticket import State
from kiosk.errors import Trouble
from kiosk.store.bookings import Bookings
from kiosk.store.tiny import TinyStore
from tests.store.samples import DAY, FIRST, FULL, LAWYER, NOW, PLAIN, always, ticket_named, tiny


def issue_many(folder: str, letter: str, count: int, answers: Queue[Any]) -> None:
    store = tiny(Path(folder), letter)
    answers.put([(t.id, t.number) for t in (store.issue(PLAIN, language="en", at=NOW) for _ in range(count))])


def call_many(folder: str, counter: str, total: int, answers: Queue[Any]) -> None:
    """Call, serve and close until all of `total` tickets are closed by this or another counter."""
    store = tiny(Path(folder), "Z")
    mine = []
    while True:
        pick = store.call_next(counter=counter, languages=(), at=NOW)
        if pick is not None:
            ticket = pick.ticket
            mine.append(ticket.id)
            store.change(ticket.id, lambda t: serve(t, NOW, counter=counter))
            store.change(ticket.id, lambda t: close(t, NOW, counter=counter))
        elif sum(1 for t in store.tickets() if t.state is State.CLOSED) == total:
            answers.put(mine)
            return


def write_until_killed(folder: str) -> None:
    """Say on standard output what was acknowledged, at once, until killed."""
    store = tiny(Path(folder))
    while True:
        ticket = store.issue(FULL, language="ko", at=NOW)
        _say(f"issued {ticket.number} {ticket.id}")
        store.change(ticket.id, lambda t: call(t, NOW, counter="1"))
        _say(f"called {ticket.number} {ticket.id}")


def book_last(folder: str, name: str, tries: int, answers: Queue[Any]) -> None:
    """Try for places of LAWYER until `tries` were refused; answers which tickets got one when."""
    bookings, won, lost = Bookings(Path(folder)), [], 0
    number = 0
    while lost < tries:
        number += 1
        ticket = ticket_named(f"{name}-{number}", name)
        at = FIRST + timedelta(minutes=30 * (number % 4))
        try:
            won.append((bookings.book(LAWYER, at, always(ticket)).ticket_id, at))
        except Trouble as trouble:
            if trouble.key != "trouble.place_taken":
                raise
            lost += 1
    answers.put(won)


def hold_lock(folder: str) -> None:
    """Hold the store's lock until killed."""
    TinyStore(Path(folder), letter="H", today=lambda: DAY).tickets()
    with (Path(folder) / ".lock").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        _say("held")
        while True:
            signal.pause()


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    {"write": write_until_killed, "hold": hold_lock}[sys.argv[1]](sys.argv[2])
