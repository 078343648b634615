"""A copy of an office's data in one file, taken while the programs run.

What residents told is in it sealed, as on the disk; the key that lies open without a passphrase never is, so
that an office without one has no backup. Left out is what can be had again (models, the log, counts of past
days) and what lies open (papers, damaged copies, the password of the database). This machine's id stays with
the machine: two with one id would stamp alike.
"""

from __future__ import annotations

import json
import os
import re
import stat
import tomllib
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk import VERSION
from kiosk.app.auditing import tell
from kiosk.app.backup_file import (
    FILES,
    FOLDERS,
    FORMAT,
    MANIFEST,
    PIECE,
    SETTINGS,
    Backup,
    is_kept,
    look_at,
    new_file,
)
from kiosk.app.erasure_steps import alone
from kiosk.app.office import EVENT
from kiosk.errors import Trouble
from kiosk.store import files
from kiosk.store.older import days_open

if TYPE_CHECKING:
    from kiosk.app.office import Office

AT_ONCE = 16 << 20
"""Bytes read in one moment: three busy days' journals, each of which is filled while it is read."""
WAIT = 10.0
"""Seconds to wait for a program that writes just now."""
_PASSWORD = re.compile(r"""(postgres(?:ql)?://[^:@/"'\s]*):[^"'\s]*@|([?&])(?:ssl)?password=[^&"'\s]*""")

_ADDRESS = re.compile(r"""//|password|^\s*["']?url\b""", re.IGNORECASE)


def save(office: Office, place: Path, *, force: bool = False) -> Backup:
    """Copy the office's data into the file `place`, or into a new one in the folder `place`: whole or not at
    all, and read back. Raises Trouble."""
    _ready(office)
    place = place.expanduser().absolute()
    if place.is_dir():
        place = place / f"madoguchi-{office.now():%Y%m%d-%H%M%S}.zip"
    if place.resolve().is_relative_to(office.data.resolve()):
        raise Trouble("trouble.backup_place", path=str(office.data))
    if place.is_symlink() or place.is_dir() or (place.exists() and not force):
        raise Trouble("trouble.report_exists", name=place.name)
    half = place.with_name(f".{place.name}.part")
    try:
        half.unlink(missing_ok=True)  # Of a former try that was cut off.
        with alone(office):  # A day that is erased meanwhile would be counted twice.
            _write(office, half)
        made = look_at(half)
        half.replace(place)
        files.sync_folder(place.parent)
    except OSError as error:
        raise failed(error) from error
    finally:
        with suppress(OSError):
            half.unlink(missing_ok=True)
    tell(office, "backup", made.made[:10])
    return replace(made, path=place)


def names_in(data: Path) -> Iterator[str]:
    """The files of a data folder that a backup holds, in the order they are copied. Raises OSError."""
    for folder in FOLDERS:
        for path in sorted((data / folder).rglob("*")):
            name = path.relative_to(data).as_posix()
            if is_kept(name) and stat.S_ISREG(path.lstat().st_mode):
                yield name
    yield from (name for name in FILES if (data / name).is_file())


def _ready(office: Office) -> None:
    """Raise Trouble where a backup would be of no use, or could be read by whoever finds it."""
    store = office.data / "store"
    if (office.data / EVENT).exists():
        raise Trouble("trouble.backup_event")
    if not office.keys.protected or (store.is_dir() and days_open(store)):
        raise Trouble("trouble.backup_unprotected")


def _write(office: Office, path: Path) -> None:
    """Raises OSError."""
    sums: dict[str, tuple[int, str]] = {}
    with new_file(path) as whole:
        with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as packed:
            for name in names_in(office.data):
                with suppress(FileNotFoundError):  # It went in this moment.
                    sums[name] = _copy(office.data, name, packed)
            told = {
                "madoguchi": FORMAT,
                "version": VERSION,
                "made": office.now().isoformat(timespec="seconds"),
                "office": office.settings.office.name_ja,
                "database": bool(office.settings.database.url),
                "files": sums,
            }
            packed.writestr(MANIFEST, json.dumps(told, ensure_ascii=False, indent=1))
        whole.flush()
        os.fsync(whole.fileno())


def _copy(data: Path, name: str, packed: zipfile.ZipFile) -> tuple[int, str]:
    """Copy the file as it is in one moment; its size and sum. Raises OSError, Trouble("trouble.store_busy").

    No file longer than AT_ONCE is changed but at its end, so only its length needs that moment.
    """
    top = name.split("/", 1)[0]
    if top not in FOLDERS:
        content = (data / name).read_bytes()
        if name == SETTINGS:
            content = _without_password(content)
        packed.writestr(name, content)
        return len(content), sha256(content).hexdigest()
    with files.Lock(data / top).hold(WAIT):
        source = (data / name).open("rb")
        piece, size = source.read(AT_ONCE), os.fstat(source.fileno()).st_size
    summed, left = sha256(), size
    with source, packed.open(name, "w", force_zip64=True) as into:
        while piece:
            into.write(piece)
            summed.update(piece)
            left -= len(piece)
            piece = source.read(min(PIECE, left))
    return size - left, summed.hexdigest()


def _without_password(settings: bytes) -> bytes:
    """The settings without the database's password; without every line that has an address where a password
    may still stand in one."""
    text = settings.decode("utf-8", "surrogateescape")
    plain = _PASSWORD.sub(lambda found: f"{found[1]}@" if found[1] else found[2], text)
    if not _is_plain(plain):
        plain = "".join(line for line in plain.splitlines(keepends=True) if not _ADDRESS.search(line))
    return plain.encode("utf-8", "surrogateescape")


def _is_plain(text: str) -> bool:
    try:
        database = tomllib.loads(text).get("database", {})
    except (tomllib.TOMLDecodeError, UnicodeError):
        return False  # What is broken there may be the quotes around it.
    url = str(database.get("url", "")) if isinstance(database, dict) else ""
    address, _, asked = url.partition("://")[2].partition("?")
    return ":" not in address.rpartition("@")[0] and "password" not in asked.casefold()


def failed(error: OSError) -> Trouble:
    """What a person is told where a disk or a stick fails."""
    told = files.trouble(error, "backup")
    return told if told.key == "trouble.disk_full" else Trouble("trouble.file_unwritten", log=told.log)
