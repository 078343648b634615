"""The highest numbers of a day, beside its journal: so that a journal cut short or removed by hand does not
lead to a number given twice.

Written after each record without a flush of its own: it outlives a killed process and, but for the last
seconds, a power cut, and it is never ahead of the journal. It is read only when a journal is opened.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b
from pathlib import Path

from kiosk.store import files

log = logging.getLogger(__name__)

_LENGTH = 512
"""Bytes of the whole file, padded with blanks: always overwritten in one write."""


@dataclass(frozen=True)
class Counts:
    sequence: int = 0
    """The last record of the journal."""
    issued: Mapping[str, int] = field(default_factory=dict)
    """The last number given for each letter."""


def counts_path(folder: Path, day: date) -> Path:
    return folder / f".{day.isoformat()}.counts"


def read_counts(folder: Path, day: date) -> Counts:
    """What was noted last, or nothing where there is no note or it is damaged."""
    try:
        handle = os.open(counts_path(folder, day), os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return Counts()
    try:
        data = files.read_range(handle, 0, _LENGTH)
    finally:
        os.close(handle)
    check, _, body = data.rstrip().partition(b" ")
    if check != _check(day, body):
        return Counts()
    kept = json.loads(body)
    return Counts(kept["sequence"], kept["issued"])


def write_counts(folder: Path, day: date, counts: Counts) -> None:
    """Note the counts. That it failed is logged only: the journal itself says the same."""
    body = json.dumps({"sequence": counts.sequence, "issued": dict(counts.issued)}).encode()
    data = b"%s %s" % (_check(day, body), body)
    if len(data) > _LENGTH:
        log.warning("too many letters to note the counts of %s", day)
        return
    path = counts_path(folder, day)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK, 0o600)
        try:
            os.pwrite(handle, data.ljust(_LENGTH), 0)
        finally:
            os.close(handle)
    except OSError as error:
        log.warning("counts of %s not noted: %s", day, error.strerror)


def _check(day: date, body: bytes) -> bytes:
    return blake2b(body, digest_size=8, key=day.isoformat().encode()).hexdigest().encode()
