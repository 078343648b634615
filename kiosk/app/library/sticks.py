"""Where models may come from or go to on this machine: sticks that are plugged in, and the downloads."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from kiosk.app.library.bundle import find_bundle

_MOUNTS = ("/media", "/run/media", "/mnt")
_DOWNLOADS = ("Downloads", "ダウンロード")
_KINDS = (".argosmodel", ".zip")
MOST = 20


def sticks(roots: Iterable[str] = _MOUNTS) -> list[Path]:
    """Folders where something is mounted, at most two below the usual places."""
    found = []
    for root in map(Path, roots):
        for place in (*_folders(root), *(inner for one in _folders(root) for inner in _folders(one))):
            if os.path.ismount(place) and place not in found:
                found.append(place)
    return found


def models(places: Iterable[Path]) -> list[Path]:
    """Bundles, and files that may be models, directly in these places and in their folders."""
    found: list[Path] = []
    for place in places:
        if (bundle := find_bundle(place)) is not None:
            found.append(bundle)
        for folder in (place, *_folders(place)):
            found += sorted(path for path in _files(folder) if path.suffix.lower() in _KINDS)
    return found[:MOST]


def downloads() -> list[Path]:
    return [folder for folder in (Path.home() / name for name in _DOWNLOADS) if folder.is_dir()]


def _folders(place: Path) -> list[Path]:
    try:
        return sorted(one for one in place.iterdir() if one.is_dir() and not one.is_symlink())[:50]
    except OSError:
        return []


def _files(place: Path) -> Iterator[Path]:
    try:
        found = [one for one in place.iterdir() if one.is_file()][:500]
    except OSError:
        return
    yield from found
