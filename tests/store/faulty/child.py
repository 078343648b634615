"""The process that is killed: a short day, each answer said on standard output before the next step begins."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from kiosk.core.ticket import Ticket, content_record, routing_record
from tests.store.faulty.office import Office, day, entry, rows
from tests.store.samples import DAY, FIRST, LAWYER, ticket_named

BEGIN = "madoguchi begins"
"""A name looked up just before the first step: what comes before it is Python's own start."""


def say(what: Ticket | str) -> None:
    if isinstance(what, str):
        record = {"erased": what}
    else:
        record = {"routing": routing_record(what), "content": content_record(what.content)}
    os.write(1, json.dumps(record).encode() + b"\n")


def run(data: Path) -> None:
    office = Office(data)
    day(office, say)
    office.bookings.book(LAWYER, FIRST, lambda: ticket_named("a"))
    say("booked a")
    office.audit.write(entry(1))
    say("audit 1")
    office.rows.add(DAY, rows(3))
    say("rows 3")
    office.keys.erase(DAY.replace(day=27))
    say("key erased")
    office.close()


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    # Everything is imported and done once before the calls that count, so that each run makes the same ones.
    import tempfile

    with tempfile.TemporaryDirectory() as other:
        null, out = os.open(os.devnull, os.O_WRONLY), os.dup(1)
        os.dup2(null, 1)
        run(Path(other) / "data")
        os.dup2(out, 1)
    Path(folder / BEGIN).exists()
    run(folder / "data")
