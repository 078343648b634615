"""The process that is killed: a short day, each answer said on standard output before the next step."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from kiosk.core.records import content_record, routing_record
from kiosk.core.ticket import Ticket
from tests.store.faulty.office import Office, day, entry, rows
from tests.store.samples import DAY, FIRST, LAWYER, PLAIN, minutes, ticket_named

BEGIN = "madoguchi begins"
"""A name looked up just before the first step: what comes before it is Python's own start."""


def say(what: Ticket | str) -> None:
    record: dict[str, object]
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
    _tear(office.store.folder / f"{DAY}.journal", office)
    say(office.store.issue(PLAIN, language="ne", at=minutes(8)))
    office.rows.add(DAY, rows(3))
    say("rows 3")
    office.keys.erase(DAY.replace(day=27))
    say("key erased")
    office.close()


def _tear(path: Path, office: Office) -> None:
    """Leave half a record at the end, as a process that died: the next look cuts it off."""
    office.close()
    with path.open("ab", buffering=0) as journal:
        journal.write(b"1 99 half a record")


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
