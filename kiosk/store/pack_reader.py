"""Opens a pack at the office. Whatever the file holds, it is refused with a sentence or taken as written."""

from __future__ import annotations

import errno
import json
import os
import re
import stat
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from kiosk.errors import Trouble
from kiosk.store import sealing
from kiosk.store.packs import CHUNK, KEY_CONTEXT, LARGEST, MAGIC, MANIFEST, VERSION, nonce
from kiosk.store.sealing import TAG, Closed, PrivateKey

_OPENING = 1024
"""Bytes of the second line, at most."""
_NAME = re.compile(r"(day|keys)/\d{4}-\d{2}-\d{2}|audit/\d{4}-\d{2}")
_MOST_PARTS = 4000


@dataclass(frozen=True)
class Opened:
    """A pack that is whole and was made for this office."""

    digest: str
    """SHA-256 of the file, in hex."""
    manifest: Mapping[str, Any]
    parts: Mapping[str, bytes] = field(repr=False)


class _Damaged(Exception):
    """Cut off, altered, or made by nobody who writes packs; the text is for the log."""


def read_file(path: Path) -> bytes:
    """The bytes of a pack's file. Raises Trouble: `trouble.pack_unreadable` (a stick that was pulled out),
    `trouble.pack_garbage`, `trouble.pack_large`."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
        try:
            found = os.fstat(handle)
            if not stat.S_ISREG(found.st_mode):
                raise Trouble("trouble.pack_garbage", file=path.name, log="not a file")
            if found.st_size > LARGEST:
                raise Trouble("trouble.pack_large", file=path.name, log=f"{found.st_size} bytes")
            return _all(handle, path.name)
        finally:
            os.close(handle)
    except OSError as error:
        code = errno.errorcode.get(error.errno or 0, "?")
        raise Trouble("trouble.pack_unreadable", file=path.name, log=f"reading the pack: {code}") from error


def _all(handle: int, name: str) -> bytes:
    """The file to its end, which may move while it is read."""
    parts, size = [], 0
    while part := os.read(handle, 1 << 20):
        parts.append(part)
        size += len(part)
        if size > LARGEST:
            raise Trouble("trouble.pack_large", file=name, log="it grows while it is read")
    return b"".join(parts)


def open_pack(data: bytes, private: PrivateKey, name: str = "") -> Opened:
    """The pack, every byte of it held against its tag and every part against its hash.

    `name`: the file's, for the sentences. Raises Trouble: `trouble.pack_garbage` (no pack at all),
    `trouble.pack_version`, `trouble.pack_office` (sealed for another office), `trouble.pack_damaged`.
    """
    if not data.startswith(MAGIC):
        raise Trouble("trouble.pack_garbage", file=name, log="no pack")
    try:
        first, opening, start = _lines(data)
        if first != b"%d" % VERSION:
            raise Trouble("trouble.pack_version", file=name, log="another version")
        table = _opening(opening)
        if table["office"] != sealing.mark_of(private.public):
            raise Trouble("trouble.pack_office", file=name, log="sealed to another key")
        text = _text(data, start, table, private)
        manifest, parts = _inside(text)
    except (_Damaged, Closed) as damage:
        raise Trouble("trouble.pack_damaged", file=name, log=f"pack: {damage or 'does not open'}") from None
    return Opened(sha256(data).hexdigest(), manifest, parts)


def _lines(data: bytes) -> tuple[bytes, bytes, int]:
    """Version, second line, and where the chunks begin."""
    end = data.find(b"\n", len(MAGIC), len(MAGIC) + 8)
    stop = data.find(b"\n", end + 1, end + 1 + _OPENING)
    if end < 0 or stop < 0:
        raise _Damaged("its first lines")
    return data[len(MAGIC) : end], data[end + 1 : stop], stop + 1


def _opening(line: bytes) -> dict[str, Any]:
    try:
        table = json.loads(line)
        wanted = {"office": str, "key": str, "bytes": int, "chunks": int}
        if set(table) != set(wanted) or any(type(table[name]) is not kind for name, kind in wanted.items()):
            raise ValueError
    except (ValueError, TypeError, RecursionError):
        raise _Damaged("its second line") from None
    if not 0 < table["bytes"] <= LARGEST or table["chunks"] != -(-table["bytes"] // CHUNK):
        raise _Damaged("the lengths it tells")
    return dict(table)


def _text(data: bytes, start: int, table: Mapping[str, Any], private: PrivateKey) -> bytes:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    count = table["chunks"]
    if len(data) - start != table["bytes"] + count * TAG:
        raise _Damaged("cut off, or something was added")
    try:
        key = sealing.unwrap(private, b64decode(table["key"], validate=True), KEY_CONTEXT)
        cipher, bound = AESGCM(key), sha256(data[:start]).digest()
        step = CHUNK + TAG
        chunks = [
            cipher.decrypt(
                nonce(place, count), data[start + place * step : start + (place + 1) * step], bound
            )
            for place in range(count)
        ]
    except (InvalidTag, ValueError):
        raise _Damaged("altered") from None
    return b"".join(chunks)


def _inside(text: bytes) -> tuple[Mapping[str, Any], dict[str, bytes]]:
    length = int.from_bytes(text[:4], "big")
    if length > min(MANIFEST, len(text) - 4):
        raise _Damaged("its manifest's length")
    try:
        manifest = json.loads(text[4 : 4 + length])
        listed = [(row["name"], row["bytes"], row["sha256"]) for row in manifest["parts"]]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise _Damaged("its manifest") from None
    if not isinstance(manifest, dict) or len(listed) > _MOST_PARTS:
        raise _Damaged("its manifest")
    return manifest, _parts(text, 4 + length, listed)


def _parts(text: bytes, at: int, listed: list[tuple[Any, Any, Any]]) -> dict[str, bytes]:
    """The parts by name. A name that is not as written here is none: nothing is ever a path."""
    parts: dict[str, bytes] = {}
    for name, size, digest in listed:
        if not isinstance(name, str) or not _NAME.fullmatch(name) or name in parts:
            raise _Damaged("a part's name")
        if type(size) is not int or not 0 <= size <= len(text) - at:
            raise _Damaged("a part's length")
        parts[name], at = text[at : at + size], at + size
        if sha256(parts[name]).hexdigest() != digest:
            raise _Damaged("a part's hash")
    if at != len(text):
        raise _Damaged("more than its manifest names")
    return parts
