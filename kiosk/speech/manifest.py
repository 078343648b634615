"""What vouches for an installed speech model: the size and SHA-256 of each of its files.

Vosk loads a file of zeros silently, so a model that differs from its manifest is not used. A model that an
office laid into the folder by hand has no manifest and is judged by its looks alone.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from kiosk.errors import Trouble

FILE = "manifest.json"
DAMAGED = "damaged"
"""A file of this name says that the model was compared and differs: it is not used until it is put right."""
_CHUNK = 1 << 20
_LIMIT = 4_000_000
"""Bytes of a manifest; a model has a few dozen files."""


@dataclass(frozen=True)
class Manifest:
    """One installed model. `vouched` names the hash the download was compared with; empty: none was known."""

    id: str
    tag: str
    licence: str
    vouched: str = ""
    files: Mapping[str, tuple[int, str]] = field(default_factory=dict)


def hashes(folder: Path, each: Callable[[int], None] = lambda _bytes: None) -> dict[str, tuple[int, str]]:
    """Size and SHA-256 of every file below; `each` is told the bytes read and may raise to stop."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not path.is_symlink() and name not in (FILE, DAMAGED):
            found[name] = (path.stat().st_size, digest(path, each))
    return found


def digest(path: Path, each: Callable[[int], None] = lambda _bytes: None) -> str:
    """SHA-256 of a file, hexadecimal."""
    whole = hashlib.sha256()
    with path.open("rb") as source:
        while chunk := source.read(_CHUNK):
            whole.update(chunk)
            each(len(chunk))
    return whole.hexdigest()


def write(folder: Path, manifest: Manifest) -> None:
    """Put the manifest beside its files; on disk when this returns. Raises OSError."""
    data = {
        "format": 1, "id": manifest.id, "tag": manifest.tag, "licence": manifest.licence,
        "vouched": manifest.vouched, "files": {name: list(row) for name, row in manifest.files.items()},
    }  # fmt: skip
    with (folder / FILE).open("x", encoding="utf-8") as sink:
        json.dump(data, sink, ensure_ascii=False, indent=1)
        sink.flush()
        os.fsync(sink.fileno())


def read(folder: Path) -> Manifest | None:
    """The manifest; None where there is none. Raises ValueError where it cannot be read."""
    path = folder / FILE
    try:
        if path.stat().st_size > _LIMIT:
            raise ValueError("manifest too long")
        data: Any = json.loads(path.read_bytes())
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ValueError(f"manifest unreadable: {type(error).__name__}") from error
    if not isinstance(data, dict) or not isinstance(data.get("files"), dict):
        raise ValueError("manifest unreadable")
    match data:
        case {"id": str(name), "tag": str(tag), "licence": str(licence), "vouched": str(vouched)}:
            return Manifest(name, tag, licence, vouched, _files(data["files"]))
    raise ValueError("manifest unreadable")


def _files(rows: Mapping[str, Any]) -> dict[str, tuple[int, str]]:
    found = {}
    for name, row in rows.items():
        match row:
            case [int(size), str(told)] if _inside(name):
                found[name] = (size, told)
            case _:
                raise ValueError("manifest unreadable")
    if not found:
        raise ValueError("manifest names no file")
    return found


def _inside(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return bool(parts) and ".." not in parts and not name.startswith("/") and "\0" not in name


def whole(folder: Path) -> bool:
    """Whether the model may be used, by a look at the files' sizes: nothing is hashed."""
    if (folder / DAMAGED).exists():
        return False
    try:
        manifest = read(folder)
        if manifest is None:
            return True
        return all((folder / name).stat().st_size == size for name, (size, _) in manifest.files.items())
    except (OSError, ValueError):
        return False


def verify(folder: Path, each: Callable[[int], None] = lambda _bytes: None) -> bool:
    """Compare every byte with the manifest and remember the outcome; False where there is no manifest.

    Raises Trouble `trouble.model_damaged` (detail `package`: the folder's name). A 100 MB model takes 0.1 s
    to 0.3 s.
    """
    try:
        manifest = read(folder)
        if manifest is None:
            return False
        for name, (size, told) in manifest.files.items():
            path = folder / name
            if path.is_symlink() or path.stat().st_size != size or digest(path, each) != told:
                raise ValueError(f"{name} differs")
    except (OSError, ValueError) as error:
        with suppress(OSError):  # A disk that cannot be written keeps no mark; the next look finds it again.
            (folder / DAMAGED).touch()
        why = str(error) if isinstance(error, ValueError) else type(error).__name__
        raise Trouble("trouble.model_damaged", log=f"{folder.name}: {why}", package=folder.name) from error
    with suppress(OSError):
        (folder / DAMAGED).unlink(missing_ok=True)
    return True
