"""What lies in the folder of translation packages, read without loading an engine."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kiosk.translation.codes import JAPANESE, PIVOT, argos_codes

METADATA = "metadata.json"
MANIFEST = "manifest.json"
"""Written by our own unpacking: the size and SHA-256 of every file of the package."""

_CODE = re.compile(r"[a-z]{2,3}")
_VERSION = re.compile(r"[0-9]{1,4}(\.[0-9]{1,4}){0,3}")


@dataclass(frozen=True)
class Pair:
    """One installed package, translating one way. Codes are Argos's own (`zh`, `pb`)."""

    from_code: str
    to_code: str
    version: str
    folder: Path
    sample: bool = False
    """A small package that knows the counter's phrases only."""
    floor: float | None = None
    """Mean log-probability a token under which this package's output is refused; only samples state one."""

    @property
    def name(self) -> str:
        """As it stands in `Translation.engine`: `ko-en 1.1`."""
        return f"{self.from_code}-{self.to_code} {self.version}"


def read_metadata(raw: bytes, folder: Path) -> Pair | None:
    """A package's description from its metadata.json; None when it is not one of a translation package."""
    try:
        data: Any = json.loads(raw)
    except ValueError:
        return None
    if not isinstance(data, dict):
        return None
    source, target, version = (data.get(key) for key in ("from_code", "to_code", "package_version"))
    if not (isinstance(source, str) and isinstance(target, str) and isinstance(version, str)):
        return None
    if not (_CODE.fullmatch(source) and _CODE.fullmatch(target) and _VERSION.fullmatch(version)):
        return None
    if source == target or data.get("type", "translate") != "translate":
        return None
    floor = data.get("floor")
    return Pair(
        from_code=source,
        to_code=target,
        version=version,
        folder=folder,
        sample=data.get("sample") is True,
        floor=float(floor) if isinstance(floor, (int, float)) and not isinstance(floor, bool) else None,
    )


def pairs(folder: Path) -> dict[tuple[str, str], Pair]:
    """The packages installed in `folder`, by (from, to).

    Of several for the same pair a full one goes before a sample, then the newer before the older. Folders
    that were not unpacked by `install` (no manifest) are not counted: nothing vouches for them.
    """
    best: dict[tuple[str, str], Pair] = {}
    if not folder.is_dir():
        return best
    for path in sorted(folder.iterdir()):
        if path.name.startswith(".") or not (path / MANIFEST).is_file():
            continue
        try:
            pair = read_metadata((path / METADATA).read_bytes(), path)
        except OSError:
            # A package that cannot be read is not an ability; `verify` names it to staff.
            continue
        if pair is None:
            continue
        key = (pair.from_code, pair.to_code)
        if key not in best or _rank(pair) > _rank(best[key]):
            best[key] = pair
    return best


def _rank(pair: Pair) -> tuple[bool, tuple[int, ...]]:
    return (not pair.sample, tuple(int(part) for part in pair.version.split(".")))


Installed = dict[tuple[str, str], Pair]
Route = tuple[Pair, ...]


def route(installed: Installed, sources: tuple[str, ...], targets: tuple[str, ...]) -> Route | None:
    """The packages from one language to another: one when there is a direct one, else two through English."""
    for source in sources:
        for target in targets:
            direct = installed.get((source, target))
            if direct is not None:
                return (direct,)
    for source in sources:
        for target in targets:
            first, second = installed.get((source, PIVOT)), installed.get((PIVOT, target))
            if first is not None and second is not None:
                return (first, second)
    return None


def both_ways(installed: Installed, language: str) -> tuple[Route, Route] | None:
    """The routes language → Japanese and back, or None unless both exist."""
    codes = argos_codes(language)
    if JAPANESE in codes:
        return None
    forth = route(installed, codes, (JAPANESE,))
    back = route(installed, (JAPANESE,), codes)
    return (forth, back) if forth and back else None


def can_translate(language: str, folder: Path) -> bool:
    """Whether a narrative in `language` (a tag) can be put into Japanese and shown back, here and now.

    Costs a few small file reads; nothing is loaded and nothing is hashed.
    """
    return both_ways(pairs(folder), language) is not None
