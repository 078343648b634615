"""Fetches one file over HTTP: goes on where it stopped, tries again, and believes nothing it is told."""

from __future__ import annotations

import hashlib
import http.client
import json
import logging
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from kiosk.app.library.places import need_room, trouble
from kiosk.app.library.task import Task
from kiosk.app.library.web import (
    Again,
    Beyond,
    Patience,
    host_of,
    mark_of,
    number_of,
    open_link,
    span_of,
    unreachable,
)
from kiosk.errors import Trouble

log = logging.getLogger(__name__)

_CHUNK = 1 << 16
_LOOK_EVERY = 1 << 24
"""Bytes between two looks at the free space."""


@dataclass(frozen=True)
class Wanted:
    """What is to be fetched; 0 and empty where it is not known."""

    name: str
    link: str
    bytes: int = 0
    md5: str = ""
    sha256: str = ""
    at_most: int = 6_000_000_000


@dataclass
class _Part:
    """The file so far. `mark` (ETag or date) says whether the server still has the same one."""

    file: Path
    link: str
    mark: str = ""
    total: int = 0
    fresh: bool = field(default=True)
    """Whether all of it came in this run."""

    @property
    def notes(self) -> Path:
        return self.file.with_suffix(".json")

    @property
    def size(self) -> int:
        return self.file.stat().st_size if self.file.exists() else 0

    def load(self) -> None:
        try:
            told: Any = json.loads(self.notes.read_bytes()[:10_000])
            same = told["link"] == self.link
            self.mark, self.total = str(told["mark"]), int(told["total"])
        except (OSError, ValueError, KeyError, TypeError):
            same = False
        self.fresh = not same or self.size == 0
        if not same:
            self.forget()

    def save(self) -> None:
        self.notes.write_text(json.dumps({"link": self.link, "mark": self.mark, "total": self.total}))

    def forget(self) -> None:
        """Begin anew."""
        self.mark, self.total, self.fresh = "", 0, True
        self.file.unlink(missing_ok=True)
        self.notes.unlink(missing_ok=True)


def download(wanted: Wanted, folder: Path, task: Task, patience: Patience) -> Path:
    """Fetch the file into `folder` and return it, compared with every size and hash that is known.

    What a broken or cancelled try brought stays and is gone on with, as long as the server has the same file.
    Raises Trouble: `model_unreachable`, `model_broken`, `model_refused`, `model_insecure`, `model_page`,
    `model_size`, `model_hash`, `library_space`, `library_full`, `library_cancelled`.
    """
    part = _Part(folder / f"{wanted.name}.part", wanted.link)
    try:
        part.load()
        for _ in range(2):
            _bring(wanted, part, task, patience)
            if _is_it(wanted, part, task):
                return part.file
            whole = part.fresh
            part.forget()
            if whole:
                break
            # Where the server does not say that the file changed, two may have been mixed: once more.
            log.info("%s: gone on with, and another hash; starting anew", wanted.name)
        raise Trouble("trouble.model_hash", log=f"{wanted.name}: another hash", name=wanted.name)
    except Trouble as told:
        if told.key in ("trouble.model_size", "trouble.model_page"):
            part.forget()
        raise
    except OSError as error:
        raise trouble(error, wanted.name) from error


def drop(name: str, folder: Path) -> None:
    """Delete a download that has been used."""
    _Part(folder / f"{name}.part", "").forget()


def _bring(wanted: Wanted, part: _Part, task: Task, patience: Patience) -> None:
    """Until the file is there in full, trying again as often as patience says."""
    failures = 0
    while True:
        before = part.size
        try:
            _once(wanted, part, task, patience)
            return
        except (Again, http.client.HTTPException) as error:
            if isinstance(error, Beyond):
                part.forget()
            gained = part.size > before
            failures = 0 if gained else failures + getattr(error, "weight", 1)
            log.warning("%s: %s after %d bytes", wanted.name, type(error).__name__, part.size)
            if failures > len(patience.pauses):
                if part.size:
                    raise Trouble(
                        "trouble.model_broken", log=f"{wanted.name}: gave up", name=wanted.name
                    ) from error
                raise unreachable(wanted.link, error) from error
            task.wait(patience.pauses[max(0, failures - 1)] if patience.pauses else 0)


def _once(wanted: Wanted, part: _Part, task: Task, patience: Patience) -> None:
    if part.total and part.size == part.total:
        return
    headers = {}
    # Without a hash only the server's own mark can say that the rest belongs to what is here.
    if part.size and (part.mark or wanted.md5 or wanted.sha256):
        headers["Range"] = f"bytes={part.size}-"
        if part.mark:
            headers["If-Range"] = part.mark
    task.begin("fetch", wanted.bytes or part.total, part.size if headers else 0)
    with open_link(wanted.link, headers, patience) as answer:
        at, total = _where(answer, part, bool(headers), wanted)
        if at == 0:
            part.forget()
        else:
            part.fresh = False
        part.mark = mark_of(answer.headers)
        part.total = total or wanted.bytes
        part.save()
        need_room(part.file.parent, max(0, part.total - at))
        task.begin("fetch", part.total, at)
        with part.file.open("ab") as sink:
            _pour(answer, sink, part.total - at if part.total else wanted.at_most, task, patience)
    if part.total and part.size < part.total:
        raise Again("the connection ended early")
    if part.size > (part.total or wanted.at_most):
        raise _wrong_size(wanted, part.size)


def _where(answer: Any, part: _Part, asked: bool, wanted: Wanted) -> tuple[int, int]:
    """Where the answer's bytes belong, and the size of the whole file (0: not told)."""
    kind = str(answer.headers.get_content_type())
    if kind in ("text/html", "application/xhtml+xml"):
        raise Trouble("trouble.model_page", log=f"{wanted.name}: a page came", host=host_of(wanted.link))
    length = number_of(answer.headers.get("Content-Length"))
    at = 0
    if answer.status == 206:
        at, total = span_of(answer.headers.get("Content-Range", ""))
        if not asked or at != part.size:
            part.forget()
            raise Again("another range came")
    else:
        total = length
    if wanted.bytes and total and total != wanted.bytes:
        raise _wrong_size(wanted, total)
    if max(total, length) > wanted.at_most:
        raise _wrong_size(wanted, total)
    return at, total


def _pour(answer: Any, sink: IO[bytes], room: int, task: Task, patience: Patience) -> None:
    """Into the file, never more than `room`, with an eye on the clock and on the disk."""
    since, came, looked = time.monotonic(), 0, 0
    while chunk := _read(answer, min(_CHUNK, room + 1)):
        if len(chunk) > room:
            sink.flush()
            sink.write(chunk)
            return
        sink.write(chunk)
        room -= len(chunk)
        task.step(len(chunk))
        came, looked = came + len(chunk), looked + len(chunk)
        if looked >= _LOOK_EVERY:
            sink.flush()
            need_room(Path(sink.name).parent, 0)
            looked = 0
        if time.monotonic() - since >= patience.stall:
            if came < patience.least:
                raise Again("it trickles")
            since, came = time.monotonic(), 0


def _read(answer: Any, amount: int) -> bytes:
    """What has come; an error of the network, unlike one of the disk, is one to try again."""
    try:
        return bytes(answer.read1(amount))
    except OSError as error:
        raise Again(type(error).__name__) from error


def _is_it(wanted: Wanted, part: _Part, task: Task) -> bool:
    """Whether size and hashes are what the catalogue knows."""
    if wanted.bytes and part.size != wanted.bytes:
        return False
    md5, sha256 = hashlib.md5(usedforsecurity=False), hashlib.sha256()
    task.begin("check", part.size)
    with part.file.open("rb") as source:
        while chunk := source.read(1 << 20):
            if wanted.md5:
                md5.update(chunk)
            if wanted.sha256:
                sha256.update(chunk)
            task.step(len(chunk))
    return wanted.md5 in ("", md5.hexdigest()) and wanted.sha256 in ("", sha256.hexdigest())


def _wrong_size(wanted: Wanted, size: int) -> Trouble:
    return Trouble("trouble.model_size", log=f"{wanted.name}: {size} bytes", name=wanted.name)
