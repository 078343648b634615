"""Which characters a font file has, read from its `cmap` table.

Pillow draws a box for a character a font lacks and has no way to ask beforehand. Only the table's ranges
are kept (a CJK font's 44,000 characters are some thousand ranges), so that a font costs milliseconds.
Source of the layout: OpenType specification, `cmap`, formats 4 and 12.
"""

from __future__ import annotations

import struct
from array import array
from bisect import bisect_right
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO


class CharacterMap:
    """A set of characters as sorted, separate ranges."""

    def __init__(self, ranges: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(ranges)
        self._starts = array("L", (start for start, _ in ordered))
        self._ends = array("L", (end for _, end in ordered))

    def __contains__(self, character: str) -> bool:
        code = ord(character)
        at = bisect_right(self._starts, code) - 1
        return at >= 0 and code <= self._ends[at]


def read_cmap(path: Path, index: int = 0) -> CharacterMap:
    """The characters of font `index` in `path` (.ttf, .otf, .ttc). ValueError if the file is no such font."""
    try:
        with path.open("rb") as file:
            return CharacterMap(_ranges(_table(file, index)))
    except (struct.error, IndexError) as error:
        raise ValueError(f"{path.name}: {error}") from error


def _unpack(file: BinaryIO, form: str) -> tuple[int, ...]:
    return struct.unpack(form, file.read(struct.calcsize(form)))


def _table(file: BinaryIO, index: int) -> bytes:
    if file.read(4) == b"ttcf":
        file.seek(12 + 4 * index)
        file.seek(_unpack(file, ">I")[0] + 4)
    tables = _unpack(file, ">H")[0]
    file.seek(6, 1)
    for _ in range(tables):
        name, _, offset, length = struct.unpack(">4sIII", file.read(16))
        if name == b"cmap":
            file.seek(offset)
            return file.read(length)
    raise IndexError("no cmap table")


def _ranges(table: bytes) -> list[tuple[int, int]]:
    # Format 12 holds the whole of Unicode; format 4 only the first plane.
    found: dict[int, int] = {}
    for at in range(struct.unpack_from(">H", table, 2)[0]):
        platform, encoding, offset = struct.unpack_from(">HHI", table, 4 + 8 * at)
        if platform == 0 or (platform == 3 and encoding in (1, 10)):
            found[struct.unpack_from(">H", table, offset)[0]] = offset
    if 12 in found:
        return _format_12(table, found[12])
    if 4 in found:
        return _format_4(table, found[4])
    raise IndexError("no Unicode character map")


def _format_12(table: bytes, at: int) -> list[tuple[int, int]]:
    groups = struct.unpack_from(">I", table, at + 12)[0]
    data = table[at + 16 : at + 16 + 12 * groups]
    # A group that begins at glyph 0 maps its first character to "missing".
    return [(start + (not glyph), end) for start, end, glyph in struct.iter_unpack(">III", data)]


def _format_4(table: bytes, at: int) -> list[tuple[int, int]]:
    count = struct.unpack_from(">H", table, at + 6)[0] // 2
    form = f">{count}H"
    ends = struct.unpack_from(form, table, at + 14)
    starts = struct.unpack_from(form, table, at + 16 + 2 * count)
    deltas = struct.unpack_from(form, table, at + 16 + 4 * count)
    base = at + 16 + 6 * count
    offsets = struct.unpack_from(form, table, base)
    ranges: list[tuple[int, int]] = []
    for segment, (start, end, delta, offset) in enumerate(zip(starts, ends, deltas, offsets, strict=True)):
        for code in range(start, end + 1):
            glyph = code
            if offset:
                glyph = struct.unpack_from(">H", table, base + 2 * segment + offset + 2 * (code - start))[0]
            if code != 0xFFFF and (glyph or not offset) and (glyph + delta) & 0xFFFF:
                if ranges and ranges[-1][1] == code - 1:
                    ranges[-1] = (ranges[-1][0], code)
                else:
                    ranges.append((code, code))
    return ranges
