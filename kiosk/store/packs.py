"""A pack: what a tablet brings back from an event, in one file sealed to the office's public key.

    MADOGUCHI-PACK 1
    {"bytes":…,"chunks":…,"key":"…","office":"16 hex digits"}
    chunk, chunk, …

The chunks are AES-256-GCM under a key used for this file only and wrapped to the office; each is bound to
both lines above, to its place, and the last one to being the last, so that none is left out, moved or added.
Inside lies the manifest, then the parts it names with their hashes. Nothing is compressed: a pack is never
larger than its file. See kiosk.store.pack_reader for the other side.
"""

from __future__ import annotations

import json
import os
from base64 import b64encode
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from kiosk.errors import Trouble
from kiosk.store import files, sealing

MAGIC = b"MADOGUCHI-PACK "
VERSION = 1
CHUNK = 1 << 16
"""Bytes of text in a chunk; the last may be shorter."""
LARGEST = 256 << 20
"""Bytes of a pack: a hundred full days of a tablet."""
MANIFEST = 1 << 20
"""Bytes of a manifest, at most."""
KEY_CONTEXT = b"madoguchi pack 1"
SUFFIX = ".pack"


@dataclass(frozen=True)
class Part:
    """A piece of a pack. Names are `day/2026-11-23`, `keys/2026-11-23`, `audit/2026-11`."""

    name: str
    data: bytes = field(repr=False)


def pack_bytes(public: bytes, manifest: Mapping[str, Any], parts: Sequence[Part]) -> bytes:
    """The whole file. The manifest gets `parts`: name, bytes and SHA-256 of each.

    Raises Trouble("trouble.pack_large"), and sealing.Closed where `public` is no key.
    """
    listed = [{"name": p.name, "bytes": len(p.data), "sha256": sha256(p.data).hexdigest()} for p in parts]
    head = json.dumps({**manifest, "parts": listed}, ensure_ascii=False, sort_keys=True).encode()
    if len(head) > MANIFEST or sum(len(part.data) for part in parts) > LARGEST * 9 // 10:
        raise Trouble("trouble.pack_large", log="more than a pack may hold")
    text = b"".join([len(head).to_bytes(4, "big"), head, *(part.data for part in parts)])
    key = os.urandom(sealing.KEY)
    count = -(-len(text) // CHUNK)
    opening = {
        "office": sealing.mark_of(public),
        "key": b64encode(sealing.wrap(public, key, KEY_CONTEXT)).decode(),
        "bytes": len(text),
        "chunks": count,
    }
    lines = b"%s%d\n%s\n" % (MAGIC, VERSION, json.dumps(opening, sort_keys=True).encode())
    return b"".join([lines, *_chunks(key, lines, text, count)])


def _chunks(key: bytes, lines: bytes, text: bytes, count: int) -> list[bytes]:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    cipher, bound = AESGCM(key), sha256(lines).digest()
    return [
        cipher.encrypt(nonce(place, count), text[place * CHUNK : (place + 1) * CHUNK], bound)
        for place in range(count)
    ]


def nonce(place: int, count: int) -> bytes:
    """Of the chunk at `place` of `count`: its place, and whether it is the last."""
    return place.to_bytes(11, "big") + bytes([place == count - 1])


def write_out(path: Path, data: bytes) -> str:
    """The file appears whole or not at all, and is read back from the disk; answers its SHA-256 in hex.

    Raises Trouble: `trouble.disk_full`, `trouble.file_unwritten` (a stick that was pulled out, or one that
    gives back something else than was written).
    """
    try:
        with files.alone_in(path.parent):  # What is read back is what was written here.
            files.put_whole(path, data)
            written = _digest(path)
    except OSError as error:
        told = files.trouble(error, "write a file")
        if told.key == "trouble.disk_full":
            raise told from error
        raise Trouble("trouble.file_unwritten", log=told.log) from error
    found = sha256(data).hexdigest()
    if written != found:
        with suppress(OSError):
            path.unlink()
        raise Trouble("trouble.file_unwritten", log="the disk gives back something else")
    return found


def _digest(path: Path) -> str:
    """SHA-256 of what the disk itself holds, not of what the system remembers having written."""
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        with suppress(OSError):  # A file system without it is read all the same.
            os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
        found = sha256()
        while part := os.read(handle, 1 << 20):
            found.update(part)
        return found.hexdigest()
    finally:
        os.close(handle)
