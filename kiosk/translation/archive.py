"""Unpacking an .argosmodel file, checked, and vouching for what was unpacked.

Argos's own installer unzips without looking at the paths and imports its translation module; neither is
wanted here. Only what translating needs is taken out: sentence models that some packages carry (Stanza's
are pickles, which run code when loaded) stay in the archive.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import stat
import tempfile
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import IO, Any, NoReturn

from kiosk.errors import Trouble
from kiosk.translation.packages import MANIFEST, METADATA, Pair, read_metadata

MAX_FILES = 2_000
MAX_BYTES = 1_000_000_000
"""Unpacked. The largest published packages are under 200 MB."""
_METADATA_BYTES = 100_000
_CHUNK = 1 << 20
_TOKENIZERS = ("sentencepiece.model", "bpe.model")
_MODEL = "model/model.bin"
_KEPT_TEXTS = ("README.md", "LICENSE", "LICENSE.txt", "LICENSE.md")


def install(path: Path, folder: Path, *, sha256: str = "", max_bytes: int = MAX_BYTES) -> Pair:
    """Unpack the package file `path` into a folder of its own below `folder` and return it.

    `sha256` (hex), where the catalogue knows it, is compared first. The package appears complete or not
    at all: it is unpacked beside its place and renamed. One of the same pair and version is replaced.

    Raises Trouble `trouble.package_damaged` when the file is not a sound package, `trouble.disk_full`
    when there is no room.
    """
    if sha256 and _hash(path) != sha256.lower():
        _damaged("its hash is not the catalogue's")
    folder.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=".new-", dir=folder))
    try:
        pair = _unpack(path, beside, max_bytes)
        _write_manifest(beside)
        place = folder / f"translate-{pair.from_code}_{pair.to_code}-{pair.version.replace('.', '_')}"
        _put_in_place(beside, place)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise Trouble("trouble.package_damaged", log=f"package refused: {type(error).__name__}") from error
    except OSError as error:
        key = "trouble.disk_full" if error.errno in (28, 122) else "trouble.package_damaged"
        raise Trouble(key, log=f"package not unpacked: {type(error).__name__} {error.errno}") from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return Pair(pair.from_code, pair.to_code, pair.version, place, pair.sample, pair.floor)


def verify(folder: Path) -> None:
    """Compare an installed package with its manifest, every byte.

    Raises Trouble `trouble.model_damaged` (detail `package`: the folder's name) when a file is missing,
    cut, zeroed or changed, or when there is no manifest. A 120 MB package takes about 0.1 s.
    """
    try:
        files = _read_manifest(folder)
        for name, (size, digest) in files.items():
            path = folder / name
            if size == 0 or path.stat().st_size != size or _hash(path) != digest:
                raise ValueError(f"{name} differs")
        if _MODEL not in files or METADATA not in files or not any(name in files for name in _TOKENIZERS):
            raise ValueError("manifest incomplete")
    except (OSError, ValueError) as error:
        raise Trouble("trouble.model_damaged", log=f"{folder.name}: {error}", package=folder.name) from error


def _unpack(path: Path, into: Path, max_bytes: int) -> Pair:
    with zipfile.ZipFile(path) as archive:
        entries = archive.infolist()
        if len(entries) > MAX_FILES:
            _damaged("too many files")
        if sum(entry.file_size for entry in entries) > max_bytes:
            _damaged("it declares more bytes than any package has")
        wanted = _choose(entries)
        room = max_bytes
        for name, entry in wanted.items():
            target = into / name
            target.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(entry) as source, target.open("xb") as sink:
                room -= _copy(source, sink, room)
    metadata = into / METADATA
    if metadata.stat().st_size > _METADATA_BYTES:
        _damaged("its description is too long")
    pair = read_metadata(metadata.read_bytes(), into)
    if pair is None:
        _damaged("its description is not a translation package's")
    if any((into / name).stat().st_size == 0 for name in wanted):
        _damaged("a file is empty")
    with (into / _MODEL).open("rb") as model:
        if not any(model.read(4096)):
            _damaged("its model is zeroed")
    return pair


def _choose(entries: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    """The entries to unpack, by their name inside the package; refuses the archive for any unsafe entry."""
    wanted: dict[str, zipfile.ZipInfo] = {}
    tops: set[str] = set()
    for entry in entries:
        parts = _safe_parts(entry)
        if entry.is_dir() or parts[0] == "__MACOSX":
            continue
        tops.add(parts[0])
        name = "/".join(parts[1:])
        in_model = len(parts) == 3 and parts[1] == "model" and not parts[2].startswith(".")
        if not (in_model or name in (METADATA, *_TOKENIZERS, *_KEPT_TEXTS)):
            continue
        if name in wanted:
            _damaged("a name occurs twice")
        wanted[name] = entry
    if len(tops) != 1:
        _damaged("it is not one folder")
    if METADATA not in wanted or _MODEL not in wanted or not any(name in wanted for name in _TOKENIZERS):
        _damaged("description, tokenizer or model missing")
    return wanted


def _safe_parts(entry: zipfile.ZipInfo) -> tuple[str, ...]:
    name = entry.orig_filename
    if "\\" in name or "\0" in name or ":" in name or name.startswith("/"):
        _damaged("unsafe path")
    parts = PurePosixPath(name).parts
    if not parts or ".." in parts:
        _damaged("unsafe path")
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        _damaged("a link or special file")
    if entry.flag_bits & 0x1:
        _damaged("encrypted")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        _damaged("unknown compression")
    return parts


def _copy(source: IO[bytes], sink: IO[bytes], room: int) -> int:
    """Copy at most `room` bytes, counting what really comes out: a declared size proves nothing."""
    written = 0
    while chunk := source.read(_CHUNK):
        written += len(chunk)
        if written > room:
            _damaged("it unpacks to more bytes than any package has")
        sink.write(chunk)
    sink.flush()
    os.fsync(sink.fileno())
    return written


def _write_manifest(folder: Path) -> None:
    files = {
        path.relative_to(folder).as_posix(): [path.stat().st_size, _hash(path)]
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    with (folder / MANIFEST).open("x", encoding="utf-8") as sink:
        json.dump({"files": files}, sink, indent=1)
        sink.flush()
        os.fsync(sink.fileno())


def _read_manifest(folder: Path) -> dict[str, tuple[int, str]]:
    data: Any = json.loads((folder / MANIFEST).read_bytes())
    files: dict[str, tuple[int, str]] = {}
    if not isinstance(data, dict) or not isinstance(data.get("files"), dict):
        raise ValueError("manifest unreadable")
    for name, row in data["files"].items():
        match row:
            case [int(size), str(digest)] if ".." not in PurePosixPath(name).parts:
                files[name] = (size, digest)
            case _:
                raise ValueError("manifest unreadable")
    return files


def _put_in_place(new: Path, place: Path) -> None:
    new.chmod(0o755)
    if place.exists():
        old = Path(tempfile.mkdtemp(prefix=".old-", dir=place.parent))
        place.rename(old / place.name)
        new.rename(place)
        shutil.rmtree(old, ignore_errors=True)
    else:
        new.rename(place)


def _hash(path: Path) -> str:
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def _damaged(why: str) -> NoReturn:
    raise Trouble("trouble.package_damaged", log=f"package refused: {why}")
