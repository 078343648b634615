"""Unpacking the archive of a speech model, as published: one folder in a zip, every entry checked.

Nothing is written outside the folder given, no link is made, and what comes out is counted rather than
believed. What is unpacked must look like a Vosk model before it counts as one.
"""

from __future__ import annotations

import os
import stat
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import NoReturn

from kiosk.app.library.places import need_room, trouble
from kiosk.app.library.task import Task
from kiosk.errors import Trouble
from kiosk.speech.models import check_model
from kiosk.translation.packages import METADATA, Pair, read_metadata

MAX_FILES = 500
GROWTH = 10
"""A Vosk archive unpacks to one and a half times its size, rarely to three times."""
BASE = 50_000_000
_CHUNK = 1 << 20
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)


def unpack_speech(archive: Path, into: Path, name: str, task: Task) -> Path:
    """Unpack a Vosk zip below `into` and return the model's folder there.

    Raises Trouble `trouble.model_archive` (detail `name`) where it is not a sound model, `library_space`,
    `library_full`, `library_cancelled`.
    """
    try:
        with zipfile.ZipFile(archive) as opened:
            wanted = _safe(opened.infolist(), name)
            limit = BASE + GROWTH * archive.stat().st_size
            declared = sum(entry.file_size for entry in wanted.values())
            if declared > limit:
                _refuse(name, "it declares more bytes than a model has")
            need_room(into, declared)
            task.begin("unpack", declared)
            for path, entry in wanted.items():
                limit -= _entry(opened, entry, into / path, limit, name, task)
    except _BROKEN as error:
        raise Trouble("trouble.model_archive", log=f"{name}: {type(error).__name__}", name=name) from error
    except OSError as error:
        raise trouble(error, f"{name}: unpacking") from error
    model = into / top_of(archive)
    try:
        check_model(model)
    except Trouble as damaged:
        raise Trouble("trouble.model_archive", log=f"{name}: {damaged.log}", name=name) from damaged
    return model


def top_of(archive: Path) -> str:
    """The one folder a zip holds; empty where it is no zip or not one folder."""
    try:
        with zipfile.ZipFile(archive) as opened:
            tops = {PurePosixPath(entry.filename).parts[:1] for entry in opened.infolist()[: MAX_FILES * 4]}
    except (*_BROKEN, OSError):
        return ""
    tops.discard(("__MACOSX",))
    return tops.pop()[0] if len(tops) == 1 else ""


def pair_of(archive: Path) -> Pair | None:
    """The pair that an .argosmodel says it is; None where it is none. Nothing is unpacked."""
    try:
        with zipfile.ZipFile(archive) as opened:
            for entry in opened.infolist()[:4000]:
                if PurePosixPath(entry.filename).parts[1:] == (METADATA,):
                    with opened.open(entry) as source:
                        return read_metadata(source.read(100_000), archive)
    except (*_BROKEN, OSError):
        return None
    return None


def _safe(entries: list[zipfile.ZipInfo], name: str) -> dict[str, zipfile.ZipInfo]:
    """The files to write by their path; refuses the archive for any entry that is not plain."""
    if len(entries) > MAX_FILES:
        _refuse(name, "too many files")
    wanted: dict[str, zipfile.ZipInfo] = {}
    for entry in entries:
        told = entry.orig_filename
        parts = PurePosixPath(told).parts
        if not parts or ".." in parts or told.startswith("/") or any(c in told for c in '\\\0:"*?<>|'):
            _refuse(name, "unsafe path")
        if stat.S_IFMT(entry.external_attr >> 16) not in (0, stat.S_IFREG, stat.S_IFDIR):
            _refuse(name, "a link or special file")
        if entry.flag_bits & 0x1 or entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            _refuse(name, "encrypted or unknown compression")
        if entry.is_dir() or parts[0] == "__MACOSX":
            continue
        path = "/".join(parts)
        if path.casefold() in {one.casefold() for one in wanted} or len(parts) < 2:
            _refuse(name, "a name occurs twice or lies outside the folder")
        wanted[path] = entry
    if len({path.split("/")[0] for path in wanted}) != 1:
        _refuse(name, "it is not one folder")
    return wanted


def _entry(
    opened: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path, limit: int, name: str, task: Task
) -> int:
    """Write one file and return its bytes; the zip module compares its checksum at the end."""
    target.parent.mkdir(parents=True, exist_ok=True)
    written = 0
    with opened.open(entry) as source, target.open("xb") as sink:
        while chunk := source.read(_CHUNK):
            written += len(chunk)
            if written > limit:
                _refuse(name, "it unpacks to more bytes than a model has")
            sink.write(chunk)
            task.step(len(chunk))
        sink.flush()
        os.fsync(sink.fileno())
    return written


def _refuse(name: str, why: str) -> NoReturn:
    raise Trouble("trouble.model_archive", log=f"{name}: {why}", name=name)
