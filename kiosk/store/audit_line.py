"""One line of the audit trail: what it may hold, and the hash that ties it to the line before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import blake2b

ACTIONS = (
    "call", "recall", "open", "serve", "hold", "transfer", "no_show", "close", "refer", "undo", "note",
    "record", "tie", "search", "follow_ups", "handovers", "paper",
    "reprint", "book", "cancel", "export", "report", "erase", "keys_set", "keys_changed", "keys_recovered",
    "keys_wrong", "event_sealed", "event_merged", "event_wiped", "disaster_on", "disaster_off", "torn",
    "backup", "restore",
)  # fmt: skip
LONGEST = 4096
"""Bytes of a line."""
_WORD = 64
"""Letters of a staff id, a counter, a detail."""


@dataclass(frozen=True)
class Entry:
    """One line before it is written."""

    action: str
    at: datetime
    of: str = ""
    """A ticket's id or a day."""
    staff: str = ""
    counter: str = ""
    more: Mapping[str, str | int] = field(default_factory=dict)
    """Details such as how many tickets were erased; never anything of a resident."""


def tidy(entry: Entry) -> Entry:
    """The line as it may be kept: known action, words of a bounded length."""
    if entry.action not in ACTIONS:
        raise ValueError(f"no action {entry.action}")
    more = {
        str(key)[:_WORD]: value if isinstance(value, int) else str(value)[: 2 * _WORD]
        for key, value in entry.more.items()
    }
    return replace(
        entry, of=entry.of[:_WORD], staff=entry.staff[:_WORD], counter=entry.counter[:_WORD], more=more
    )


def seal(text: str) -> bytes:
    """The line of a JSON object, with its hash as the last member and without a line end."""
    body = text[:-1].encode("utf-8", "surrogatepass")
    return b'%s,"hash":"%s"}' % (body, _digest(body).encode())


def hash_in(line: bytes) -> str | None:
    """The hash at a line's end where it is the line's own; None where anything of it is not as written."""
    body, mark, rest = line.rpartition(b',"hash":"')
    if not mark or rest != b'%s"}' % _digest(body).encode():
        return None
    return rest[:-2].decode()


def link(line: bytes) -> str:
    """What the next line repeats in `before`: a whole line's hash, or what a spoiled one hashes to."""
    return hash_in(line) or _digest(line)


def _digest(data: bytes) -> str:
    return blake2b(data, digest_size=16).hexdigest()
