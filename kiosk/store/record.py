"""One line of a journal: made, checked, and found again in a damaged file. No I/O.

    1 12 5f0c… change {"routing":{…},"content":{…},"issued":{"A":7}}

Version, sequence, checksum, kind, body. The checksum covers all the rest of the line and the service day, so
that neither a changed bit nor a line carried over from another day passes for a record.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b
from typing import Any

_HEAD = re.compile(rb"1 ([1-9][0-9]{0,14}) ([0-9a-f]{16}) ([a-z]{1,12}) (?=\{)")
_MOST_HEADS = 8
"""How many beginnings are tried in one damaged line, so that a hostile text costs little."""


@dataclass(frozen=True)
class Record:
    sequence: int
    kind: str
    body: Mapping[str, Any]


@dataclass(frozen=True)
class Damaged:
    """Bytes that are no record, at `start` in the file. `torn`: the file ends in them without a line end."""

    start: int
    data: bytes = field(repr=False)
    torn: bool = False

    @property
    def records(self) -> int:
        """How many records it may once have been: by what is left of them, or by stretches of zeros where
        the disk gave nothing. At least one; bounded, so that garbage does not run the numbers up."""
        return min(max(1, self.data.count(b'"routing":'), self.data.count(bytes(512))), 50)


def encode(day: date, sequence: int, kind: str, body: Mapping[str, Any]) -> bytes:
    """The line, with its line end."""
    # A lone surrogate from a broken input method must not keep a ticket from being saved.
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    head, tail = b"1 %d " % sequence, b"%s %s" % (kind.encode(), text)
    return b"%s%s %s\n" % (head, _checksum(day, head + tail), tail)


def decode(day: date, line: bytes) -> Record | None:
    """The record of one whole line without its line end; None where anything in it is not as written."""
    head = _HEAD.match(line)
    if head is None:
        return None
    sequence, checksum, kind = head.groups()
    if checksum != _checksum(day, line[: head.start(2)] + line[head.start(3) :]):
        return None
    try:
        body = json.loads(line[head.end() :])
    except (ValueError, RecursionError):
        return None
    return Record(int(sequence), kind.decode(), body)


def scan(day: date, data: bytes, base: int = 0) -> Iterator[Record | Damaged]:
    """Everything in `data`, which begins at byte `base` of the file, in order; blank lines are nothing, and
    so are zeros at the end or before a line: room made ahead."""
    start, data = 0, data.rstrip(b"\0")
    while start < len(data):
        stop = data.find(b"\n", start)
        last = stop < 0
        stop = len(data) if last else stop
        line = data[start:stop].lstrip(b"\0")
        record = decode(day, line)
        if record is not None:
            yield record
        elif line.strip():
            yield from _salvage(day, line, base + stop - len(line), last)
        start = stop + 1


def _salvage(day: date, line: bytes, place: int, last: bool) -> Iterator[Record | Damaged]:
    """The records inside a line that is none: joined by a lost line end, CRLF, or text put around them."""
    heads = [head.start() for _, head in zip(range(_MOST_HEADS), _HEAD.finditer(line), strict=False)]
    done = 0
    for begin in heads:
        if begin < done:
            continue
        for stop in (*[head for head in heads if head > begin], len(line)):
            found = _trimmed(day, line[begin:stop])
            if found is not None:
                if line[done:begin].strip():
                    yield Damaged(place + done, line[done:begin])
                yield found[0]
                done = begin + found[1]
                break
    if line[done:].strip():
        yield Damaged(place + done, line[done:], torn=last)


def _trimmed(day: date, piece: bytes) -> tuple[Record, int] | None:
    """The record a piece begins with, and its length: whole, or with blanks or one lost line end after it."""
    for candidate in (piece, piece.rstrip(), piece[:-1]):
        record = decode(day, candidate)
        if record is not None:
            return record, len(candidate)
    return None


def _checksum(day: date, data: bytes) -> bytes:
    return blake2b(data, digest_size=8, key=day.isoformat().encode()).hexdigest().encode()
