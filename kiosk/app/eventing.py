"""Outreach events without windows: what `madoguchi event` does and tells."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from kiosk.app.events import merging, planning, running, sealing, starting, wiping
from kiosk.app.events.merging import Came
from kiosk.app.keys import ask
from kiosk.app.office import Office
from kiosk.app.told import both, in_japanese_and_english
from kiosk.core.event import EVENT_MARK, LONGEST, RECEIPT_MARK
from kiosk.errors import Trouble
from kiosk.store.protocol import Named

KINDS = ("new", "changed", "unchanged", "refused", "conflicts")
_SHOWN = 20
"""Tickets named in a report for people; `--json` names all."""


def unlock(office: Office) -> None:
    """Ask for the office's passphrase where it is needed. Raises Trouble."""
    if office.locked:
        office.keys.unlock(ask("合言葉 / passphrase"))


def text_of(file: str) -> str:
    """An event or a receipt of a file, or `-` for what a scanner types. Raises Trouble."""
    try:
        if file != "-":
            with Path(file).open(encoding="utf-8-sig", errors="replace") as lines:
                return lines.read(LONGEST * 2)
        first = sys.stdin.readline(LONGEST * 2)
        if first.strip().upper().startswith((EVENT_MARK, RECEIPT_MARK)):
            return first
        return first + sys.stdin.read(LONGEST * 2)
    except OSError as error:
        raise Trouble("trouble.event_unreadable", log=f"{error.strerror}") from error


def prepare(office: Office, plan: planning.Plan, out: Path) -> list[dict[str, Any]]:
    """Prepare an event; one row for each tablet."""
    unlock(office)
    return [
        {
            "id": made.event.id,
            "letter": made.event.letter,
            "file": str(made.file),
            "picture": str(made.picture),
        }
        for made in planning.prepare(office, plan, out)
    ]


def start(data: Path, file: str) -> tuple[dict[str, Any], str]:
    """Start an event on this tablet; its row and the words for staff."""
    begun = starting.start(data, text_of(file))
    event = begun.event
    row = {"id": event.id, "name": event.name, "letter": event.letter, "data": str(begun.data)}
    return row, both("event.started", name=event.name, letter=event.letter, id=event.id)


def seal(data: Path, wanted: str, out: Path) -> tuple[dict[str, Any], str]:
    """Write the event's pack."""
    at = running.find(data, wanted)
    tablet = Office(at.data)
    try:
        made = sealing.seal(tablet, at, out)
    finally:
        tablet.store.close()
    count = sum(made.days.values())
    row = {
        "file": str(made.file),
        "sha256": made.digest,
        "tickets": count,
        "days": {day.isoformat(): found for day, found in made.days.items()},
        "faults": list(made.faults),
    }
    told = [both("event.sealed", n=count, file=made.file.name)]
    return row, "\n".join([*told, *(both("event.faults") for _ in made.faults[:1])])


def merge(office: Office, packs: Sequence[Path], out: Path | None) -> tuple[list[dict[str, Any]], str, bool]:
    """Take packs over: rows, words for staff, and whether all were taken with a receipt."""
    unlock(office)
    came = merging.merge(office, packs, out)
    rows = [_row(one) for one in came]
    good = all(one.trouble is None and one.unwritten is None for one in came)
    return rows, "\n\n".join(_words(one) for one in came), good


def _row(one: Came) -> dict[str, Any]:
    if one.trouble is not None or one.contents is None:
        assert one.trouble is not None
        return {"pack": one.file.name, "taken": False, "reason": one.trouble.key}
    return {
        "pack": one.file.name,
        "taken": True,
        "sha256": one.contents.digest,
        "event": one.contents.event.id,
        "name": one.contents.event.name,
        "device": one.contents.device,
        "letter": one.contents.event.letter,
        "before": one.before,
        **{kind: [_named(found) for found in getattr(one.report, kind)] for kind in KINDS},
        "faults": list(one.contents.faults),
        "receipt": str(one.receipt) if one.receipt else "",
    }


def _named(one: Named) -> dict[str, str]:
    return {key: str(value) for key, value in asdict(one).items() if value != ""}


def _words(one: Came) -> str:
    if one.trouble is not None or one.contents is None:
        assert one.trouble is not None
        return f"{one.file.name}\n{in_japanese_and_english(one.trouble)}"
    event, report = one.contents.event, one.report
    told = [f"{one.file.name}  {event.name} {event.letter}"]
    told.append(
        both(
            "event.merged",
            new=len(report.new),
            changed=len(report.changed),
            unchanged=len(report.unchanged),
        )
    )
    told += [both("event.before", time=one.before)] if one.before else []
    told += _listed("event.conflict", report.conflicts)
    told += _listed("event.refused", report.refused)
    told += [both("event.faults_came")] if one.contents.faults else []
    if one.receipt is not None:
        told.append(both("event.receipt", file=one.receipt.name))
    elif one.unwritten is not None:
        told.append(in_japanese_and_english(one.unwritten))
    return "\n".join(told)


def _listed(key: str, found: Iterable[Named]) -> list[str]:
    """A sentence for each reason with the numbers it is true of."""
    by_reason: dict[str, list[str]] = {}
    for one in found:
        by_reason.setdefault(one.reason, []).append(f"{one.number} ({one.day})")
    return [
        both(f"{key}.{reason}", n=len(numbers), numbers=", ".join(numbers[:_SHOWN]))
        for reason, numbers in by_reason.items()
    ]


def wipe(data: Path, wanted: str, receipts: Sequence[str]) -> tuple[dict[str, Any], str]:
    """Remove an event from this tablet."""
    at = running.find(data, wanted)
    lines = [text_of(file).strip() for file in receipts]
    count = wiping.wipe(at, lines)
    row = {"id": at.event.id, "tickets": count}
    return row, both("event.wiped", name=at.event.name, n=count)


def status(data: Path) -> tuple[dict[str, Any], str]:
    """The events on this tablet, and what this office prepared and took over."""
    here = [_here(one) for one in running.running(data)]
    came = merging.taken(data)
    prepared: list[dict[str, Any]] = [
        {
            "id": event.id,
            "name": event.name,
            "letter": event.letter,
            "packs": [row for row in came if row["event"] == event.id and row.get("letter") == event.letter],
        }
        for event in planning.prepared_at(data)
    ]
    lines = [
        both("event.here", **{key: value for key, value in row.items() if key != "states"}) for row in here
    ]
    for row in prepared:
        packs = len(row["packs"])
        lines.append(
            both("event.prepared", name=row["name"], id=row["id"], letter=row["letter"], packs=packs)
        )
    return {"here": here, "prepared": prepared}, "\n".join(lines) or both("event.none")


def _here(at: running.Running) -> dict[str, Any]:
    tablet = Office(at.data)
    try:
        tickets = [one for day in tablet.store.days() for one in tablet.store.tickets(day)]
        unsealed = sealing.unsealed(at, tablet)
    finally:
        tablet.store.close()
    return {
        "id": at.event.id,
        "name": at.event.name,
        "letter": at.event.letter,
        "tickets": len(tickets),
        "unsealed": unsealed,
        "states": dict(Counter(one.state.value for one in tickets)),
    }
