"""The line of a file on which a fault stands, found from its key as a person would: by looking for the id."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from kiosk.data.languages import Fault

_TOLD = re.compile(r"\bline (\d+)")
_PIECE = re.compile(
    r"(?:^|[ ,.])(topic|question|choice|service|card|language|specialist|interpreter) ([^\s,]+?)(?=[,.]|$)"
)
_TARGET = re.compile(r"there is no question (\S+);")


def line_of(fault: Fault) -> int | None:
    """Counted from 1; None where the file says nothing of it, as where something is missing."""
    if told := _TOLD.search(fault.message) or _TOLD.search(fault.key):
        return int(told[1])
    lines = _lines(fault.file, _changed(fault.file))
    if fault.file.suffix == ".po":
        return _first(lines, 0, re.compile(rf'msgctxt "{re.escape(fault.key)}"$')) if fault.key else None
    return _in_toml(lines, fault)


def _in_toml(lines: tuple[str, ...], fault: Fault) -> int | None:
    """Down from table to table by their ids, then to the field within the last."""
    place: int | None = None
    for kind, name in _PIECE.findall(fault.key):
        found = _first(lines, place or 0, re.compile(rf'\b(?:id|tag)\s*=\s*"{re.escape(name)}"'))
        if found is None and name.isdecimal():
            found = _nth(lines, kind, int(name))
        place = found or place
    field = re.split(r"[. ]", fault.key)[-1]
    if target := _TARGET.search(fault.message):
        wanted = re.compile(rf'"{re.escape(target[1])}"')
    else:
        wanted = re.compile(rf'(?:^|[\s{{,]|"){re.escape(field)}"?\s*=')
    return _field(lines, place, wanted) or place


def _field(lines: tuple[str, ...], place: int | None, wanted: re.Pattern[str]) -> int | None:
    """The field's line between this id's table and the next table of the file."""
    if place is None:
        return _first(lines, 0, wanted)
    if wanted.search(lines[place - 1]):
        return place
    above = next((n for n in range(place - 1, 0, -1) if lines[n - 1].startswith("[[")), 1)
    below = next((n for n in range(place, len(lines)) if lines[n].startswith("[[")), len(lines))
    return next((n for n in range(above, below + 1) if wanted.search(lines[n - 1])), None)


def _first(lines: tuple[str, ...], after: int, wanted: re.Pattern[str]) -> int | None:
    start = max(0, after - 1)
    return next((n for n, line in enumerate(lines[start:], start + 1) if wanted.search(line.rstrip())), None)


def _nth(lines: tuple[str, ...], kind: str, number: int) -> int | None:
    headers = [n for n, line in enumerate(lines, 1) if line.replace(" ", "").startswith(f"[[{kind}]]")]
    return headers[number - 1] if 0 < number <= len(headers) else None


def _changed(file: Path) -> int:
    try:
        return file.stat().st_mtime_ns
    except OSError:
        return 0


@lru_cache(maxsize=16)
def _lines(file: Path, _changed: int) -> tuple[str, ...]:
    """Read once while the file stays as it is: a broken one may have a thousand faults."""
    try:
        return tuple(file.read_text(encoding="utf-8", errors="replace").splitlines())
    except OSError:
        return ()
