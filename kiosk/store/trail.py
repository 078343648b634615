"""Walks the audit trail and says exactly where it is not as written: line by line, month by month."""

from __future__ import annotations

import json
import sys
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

from kiosk.store import files
from kiosk.store.audit_line import hash_in, link

CHANGED, REMOVED, ADDED, ORDER, MONTH, HEAD = (
    f"audit.{name}" for name in ("changed", "removed", "added", "order", "month_missing", "head_missing")
)


@dataclass(frozen=True)
class Flaw:
    """Where the trail is not as written."""

    key: str
    """Catalogue key of the sentence."""
    file: str
    line: int
    """Counted from 1; for what is missing, the line it was before. 0 where a whole file is missing."""
    first: int = 0
    last: int = 0
    """Numbers of the lines that are missing."""


@dataclass(frozen=True)
class Line:
    """One line of a file, as found."""

    file: str
    line: int
    raw: bytes
    record: dict[str, Any] | None
    """None where it is not as written."""

    @property
    def number(self) -> int:
        return int(self.record["n"]) if self.record else 0

    @property
    def before(self) -> str:
        return str(self.record["before"]) if self.record else ""

    @property
    def at(self) -> datetime | None:
        return datetime.fromisoformat(self.record["at"]) if self.record else None


def read_trail(paths: Sequence[Path]) -> list[Line]:
    """Every line of the files, in the order they stand. Raises Trouble."""
    found = []
    for path in paths:
        try:
            data = path.read_bytes()
        except OSError as error:
            raise files.trouble(error, f"read {path.name}") from error
        lines = data.split(b"\n")
        # Bytes behind the last line end were never a line; the next one written says so.
        found += [Line(path.name, n, raw, _record(raw)) for n, raw in enumerate(lines[:-1], 1)]
        if hash_in(lines[-1][:-1]) is not None:
            # Unless it is a whole line of which only the end was changed.
            found.append(Line(path.name, len(lines), lines[-1], None))
    return found


def _record(raw: bytes) -> dict[str, Any] | None:
    if hash_in(raw) is None:
        return None
    try:
        record = json.loads(raw)
        kinds = (("n", int), ("before", str), ("more", dict))
        sound = all(isinstance(record[name], kind) for name, kind in kinds) and record["n"] > 0
        datetime.fromisoformat(record["at"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return record if sound else None


def check(lines: Sequence[Line], head: str = "") -> list[Flaw]:
    """Everything wrong with the trail, in its order. `head`: a hash noted earlier, which must be among it."""
    kept = _kept(lines)
    moved = {id(kept[place]) for place in _out_of_order([line.number for line in kept])}
    flaws = [Flaw(ORDER, line.file, line.line) for line in kept if id(line) in moved]
    chain = sorted(kept, key=lambda line: line.number)
    flaws += _holes(lines, chain, moved)
    for one, after in pairwise(chain):
        if one.number + 1 == after.number and link(one.raw) != after.before:
            flaws.append(Flaw(CHANGED, one.file, one.line))
    if head and head not in {link(line.raw) for line in lines}:
        flaws.append(Flaw(HEAD, lines[-1].file if lines else "", 0))
    place = {(line.file, line.line): n for n, line in enumerate(lines)}
    return sorted(set(flaws), key=lambda flaw: (place.get((flaw.file, flaw.line), len(lines)), flaw.key))


def _kept(lines: Sequence[Line]) -> list[Line]:
    """The sound lines, one of each number, as they stand."""
    by_number: dict[int, list[Line]] = {}
    for line in lines:
        if line.record:
            by_number.setdefault(line.number, []).append(line)
    following = {line.before for line in lines if line.record}
    # Of two lines with one number the next line names the one that was written.
    chosen = {
        id(next((line for line in same if link(line.raw) in following), same[0]))
        for same in by_number.values()
    }
    return [line for line in lines if id(line) in chosen]


def _out_of_order(numbers: Sequence[int]) -> set[int]:
    """The fewest places whose numbers keep the others from rising."""
    tops: list[int] = []
    ends: list[int] = []
    came: list[int] = []
    for place, number in enumerate(numbers):
        length = bisect_left(tops, number)
        came.append(ends[length - 1] if length else -1)
        tops[length : length + 1] = [number]
        ends[length : length + 1] = [place]
    staying, place = set(), ends[-1] if ends else -1
    while place >= 0:
        staying.add(place)
        place = came[place]
    return set(range(len(numbers))) - staying


def _holes(lines: Sequence[Line], chain: Sequence[Line], moved: Collection[int]) -> Iterator[Flaw]:
    """Lines that are missing, spoiled or put in. A spoiled one stands where a number is missing, or at the
    end; anywhere else it is one too many."""
    after = {line.number: following.number for line, following in pairwise(chain)}
    after[0] = chain[0].number if chain else 0
    in_chain = {id(line): line for line in chain}
    low, filled = 0, {0: 0}
    for line in lines:
        if id(line) in in_chain:
            if id(line) not in moved:
                low = line.number
                filled[low] = 0
        elif line.record is None and filled[low] < after.get(low, sys.maxsize) - low - 1:
            filled[low] += 1
            yield Flaw(CHANGED, line.file, line.line)
        else:
            yield Flaw(ADDED, line.file, line.line)
    present = {line.file for line in lines}
    for before, line in zip((0, *(one.number for one in chain)), chain, strict=False):
        first = before + 1 + filled.get(before, 0)
        if first < line.number:
            since = str((line.record or {}).get("more", {}).get("since", ""))
            if since and since not in present:
                yield Flaw(MONTH, since, 0, first, line.number - 1)
            else:
                yield Flaw(REMOVED, line.file, line.line, first, line.number - 1)
