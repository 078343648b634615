"""Reads the recorded visits in `flows/visits/`: what a person came with, what was pressed, the right door."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from kiosk import paths
from kiosk.core.care import CARES
from kiosk.data.languages import Fault
from kiosk.data.rows import Row, read_toml, tables

FOLDER = "visits"
MOST_TAPS = 16
"""More than this nobody presses standing."""
MEDIAN_TAPS = 9
"""What half of a topic's visits may need at most."""
FRIDAY = datetime(2026, 11, 20, 11, 0)
"""An hour at which offices are open; when a visit takes place that tells no other."""
_MODES = ("", "disaster")
_FIELDS = (
    "id", "story", "at", "mode", "prefecture", "steps", "doors", "among", "alone", "never", "instead",
    "bring", "statistics", "sensitive", "first", "urgent", "reasons", "within", "care", "calm", "language",
    "caller",
)  # fmt: skip


@dataclass(frozen=True)
class Recorded:
    """One recorded visit. `steps` are the ids of what is pressed; `write:…` is written on the page for
    writing, `hear:…` what the recognizer hears, `means:…` the Japanese of the words, `scan:…` what a hand
    scanner reads. What is not told (None) may be as it is; all else must come out just so."""

    topic: str
    """The file's name: a topic, or another name for visits that belong to none."""
    id: str
    story: str
    steps: tuple[str, ...]
    doors: tuple[str, ...]
    """Groups or ids of services to be offered, in this order, before any other."""
    among: tuple[str, ...] = ()
    """To be offered too, wherever they stand."""
    never: tuple[str, ...] = ()
    """Groups or ids of services that must not be offered, neither at once nor instead of a closed one."""
    alone: bool = False
    """An agency is enough: the counter need not be waited for."""
    instead: tuple[str, ...] = ()
    """Ids of open services that are told beside closed ones."""
    bring: tuple[str, ...] = ()
    """To be brought, among other things."""
    statistics: tuple[str, ...] = ()
    sensitive: bool = False
    first: bool = False
    urgent: bool = False
    reasons: tuple[str, ...] = ()
    """Catalogue keys of the answers that press, without `flow.`."""
    within: int | None = None
    care: tuple[str, ...] = ()
    calm: bool = False
    """Whether the page that offers a person is shown."""
    language: str = ""
    """The ticket's, where it is not the one first chosen."""
    caller: str = ""
    at: datetime = FRIDAY
    """The time at the office."""
    mode: str = ""
    prefecture: str = ""


def read_recorded(folder: Path, faults: list[Fault]) -> list[Recorded]:
    """Every visit of every file in the folder, one file a topic; what is wrong is told and left out."""
    found: list[Recorded] = []
    for file in sorted(folder.glob("*.toml")):
        for place, data in enumerate(tables(read_toml(file, faults), "visit", file, faults), start=1):
            visit = _visit(Row(data, file, f"visit {data.get('id', place)}", faults), found)
            if visit is not None:
                found.append(visit)
    return found


def folder_of(flows: Path = paths.FLOWS) -> Path:
    return flows / FOLDER


def _visit(row: Row, before: Iterable[Recorded]) -> Recorded | None:
    row.known(_FIELDS)
    care = row.words("care")
    if unknown := sorted(set(care) - set(CARES)):
        row.wrong("care", f"there is no {unknown[0]}; write some of: {', '.join(CARES)}")
    visit = Recorded(
        topic=row.file.stem,
        id=row.text("id"),
        story=row.text("story"),
        steps=row.words("steps"),
        doors=row.words("doors"),
        among=row.words("among"),
        never=row.words("never"),
        alone=row.flag("alone"),
        instead=row.words("instead"),
        bring=row.words("bring"),
        statistics=row.words("statistics"),
        sensitive=row.flag("sensitive"),
        first=row.flag("first"),
        urgent=row.flag("urgent"),
        reasons=row.words("reasons"),
        within=row.days("within"),
        care=care,
        calm=row.flag("calm"),
        language=row.text("language", ""),
        caller=row.text("caller", ""),
        at=_time(row),
        mode=row.one_of("mode", _MODES, ""),
        prefecture=row.text("prefecture", ""),
    )
    if not visit.steps:
        row.wrong("steps", 'write what is pressed: ["pick:en", "choose:self", …]')
    if any(other.id == visit.id for other in before):
        row.wrong("id", "is used twice; change one")
    return visit if row.sound else None


def _time(row: Row) -> datetime:
    value: Any = row.data.get("at", FRIDAY)
    if isinstance(value, datetime) and value.tzinfo is None:
        return value
    row.wrong("at", "write the office's time such as 2026-11-21T13:30:00, without quotes")
    return FRIDAY
