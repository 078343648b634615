"""An offline bundle, as it lies on a USB stick: models as files, and a manifest that knows each of them."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Literal, NoReturn

from kiosk.app.library.places import need_room
from kiosk.app.library.task import Task
from kiosk.data.model_rows import is_id
from kiosk.errors import Trouble

FOLDER = "madoguchi-models"
MANIFEST = "bundle.json"
FORMAT = 1
_MANIFEST_BYTES = 4_000_000
_MODEL_BYTES = 12_000_000_000
_CHUNK = 1 << 20


@dataclass(frozen=True)
class Packed:
    """One model of a bundle. `pair` is `ko-en` for a package; `files`: path in the model → size, SHA-256."""

    id: str
    kind: Literal["speech", "translation"]
    tag: str
    pair: str
    licence: str
    vouched: str
    files: Mapping[str, tuple[int, str]]

    @property
    def place(self) -> str:
        """The model's folder in the bundle."""
        return f"{self.kind}/{self.id}"

    @property
    def bytes(self) -> int:
        return sum(size for size, _ in self.files.values())


def copy(source: Path, target: Path, task: Task, *, at_most: int = _MODEL_BYTES) -> tuple[int, str]:
    """Copy a plain file, to the disk; its size and SHA-256. A link or device is refused.

    Raises OSError, Trouble("trouble.import_damaged").
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    digest, size = hashlib.sha256(), 0
    handle = os.open(source, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK)
    with os.fdopen(handle, "rb") as reading, target.open("xb") as writing:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise Trouble("trouble.import_damaged", log="a link or special file", name=source.name)
        while chunk := reading.read(_CHUNK):
            size += len(chunk)
            if size > at_most:
                raise Trouble("trouble.import_damaged", log="longer than told", name=source.name)
            digest.update(chunk)
            writing.write(chunk)
            task.step(len(chunk))
        writing.flush()
        os.fsync(writing.fileno())
    return size, digest.hexdigest()


def find_bundle(path: Path) -> Path | None:
    """The bundle's own folder, given it or the stick it is on; None where there is none.

    A folder of that name without its manifest counts: reading it says that it is incomplete.
    """
    for place in (path, path / FOLDER):
        if (place / MANIFEST).is_file() or (place.name == FOLDER and place.is_dir()):
            return place
    return None


def read_bundle(place: Path) -> tuple[Packed, ...]:
    """What a bundle holds, as its manifest says. Raises Trouble `import_incomplete`, `import_damaged`."""
    try:
        if (place / MANIFEST).stat().st_size > _MANIFEST_BYTES:
            _damaged("manifest too long")
        data: Any = json.loads((place / MANIFEST).read_bytes())
    except FileNotFoundError as error:
        raise Trouble("trouble.import_incomplete", log="no manifest") from error
    except (OSError, ValueError) as error:
        raise Trouble("trouble.import_damaged", log=type(error).__name__, name=MANIFEST) from error
    rows = data.get("models") if isinstance(data, dict) and data.get("format") == FORMAT else None
    if not isinstance(rows, list) or len(rows) > 1000:
        _damaged("another format")
    return tuple(_packed(row) for row in rows)


def _packed(row: Any) -> Packed:
    """One row of a bundle's manifest, every value looked at."""
    keys = ("id", "kind", "tag", "pair", "licence", "vouched")
    if not isinstance(row, dict) or not all(isinstance(row.get(key), str) for key in keys):
        _damaged("a row is not a model's")
    name, kind, tag, pair, licence, vouched = (str(row[key]) for key in keys)
    speech = kind == "speech"
    if not is_id(name) or not (speech or kind == "translation") or not (is_id(tag) if speech else not tag):
        _damaged("a row is not a model's")
    files = _told(row.get("files"))
    kind_of: Literal["speech", "translation"] = "speech" if speech else "translation"
    found = Packed(name, kind_of, tag, pair, licence[:200], vouched[:20], files)
    if found.bytes > _MODEL_BYTES:
        _damaged("more bytes than any model has")
    return found


def _told(rows: Any) -> dict[str, tuple[int, str]]:
    found = {}
    if not isinstance(rows, dict) or not 0 < len(rows) <= 2000:
        _damaged("number of files")
    for name, row in rows.items():
        match row:
            case [int(size), str(digest)] if size >= 0 and _plain(name):
                found[name] = (size, digest)
            case _:
                _damaged("a file's row")
    return found


def _plain(name: Any) -> bool:
    if not isinstance(name, str) or name.startswith("/") or any(sign in name for sign in '\\\0:"*?<>|'):
        return False
    parts = PurePosixPath(name).parts
    return bool(parts) and not any(part in ("..", ".") or part.startswith("..") for part in parts)


def _damaged(why: str) -> NoReturn:
    raise Trouble("trouble.import_damaged", log=why, name=MANIFEST)


def bring(packed: Packed, place: Path, into: Path, task: Task) -> Path:
    """Copy one model out of the bundle, every byte compared. Raises Trouble, OSError."""
    need_room(into, packed.bytes)
    task.begin("copy", packed.bytes)
    home = place / packed.place
    folder = into / packed.id
    for name, told in packed.files.items():
        if _through_link(home, name):
            raise Trouble("trouble.import_damaged", log=f"{packed.id}: a link", name=packed.id)
        try:
            found = copy(home / name, folder / name, task, at_most=told[0])
        except FileNotFoundError as error:
            raise Trouble("trouble.import_incomplete", log=f"{packed.id}: {name} is missing") from error
        except OSError as error:
            if error.errno not in (errno.ELOOP, errno.EIO):
                raise
            raise Trouble("trouble.import_damaged", log=f"{packed.id}: unreadable", name=packed.id) from error
        if found != told:
            raise Trouble("trouble.import_damaged", log=f"{packed.id}: {name} differs", name=packed.id)
    return folder


def _through_link(home: Path, name: str) -> bool:
    """Whether a link stands anywhere on the way to a file of the bundle."""
    way = [home.parent, home, *(home / parent for parent in PurePosixPath(name).parents)]
    return any(place.is_symlink() for place in way)
