"""The last good version of flows, directory and their words, kept in the data folder.

An office edits `flows/` and `languages/*/flows.po` where they are installed. What is sound at a start is
copied to `good/` and used from there, so that all of it is of one version and no later edit reaches a running
kiosk by halves. What is not sound is not used: the last good version is, and staff are told why.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import logging
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from kiosk import paths
from kiosk.data.languages import Fault

log = logging.getLogger(__name__)
_held: dict[Path, BinaryIO] = {}
"""The versions this process reads, locked until it ends."""
STAMP = "stamp.json"
FRESH = "new"
"""What is being copied; only one process at a time does."""
IN_USE = "in-use"
"""A file in each version, locked by those who read it."""
FLOWS_FILE = "flows.po"
Files = Mapping[str, bytes]
"""Place within a version (`flows/work.toml`, `languages/ko/flows.po`) → content."""


@dataclass(frozen=True)
class Version:
    """Where flows and words are read from. `since` is the day the last good version was kept, and None where
    what lies in the installation is what is used. `faults`: why that cannot be used, or what is left out."""

    flows: Path
    languages: Path
    since: date | None = None
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True)
class _Stamp:
    version: str
    """The folder beside the stamp, named by its content's digest."""
    languages: tuple[str, ...]
    since: date


def choose(
    good: Path,
    tags: Sequence[str],
    today: date,
    *,
    flows: Path = paths.FLOWS,
    languages: Path = paths.LANGUAGES,
) -> Version:
    """The version to run on: what is installed if it is sound for these languages, else the last good one,
    else what is installed without what cannot be used. A language that never had its words does not count.
    A full or unwritable disk only means that nothing is kept. Never raises."""
    installed = _read(flows, languages)
    digest = _digest(installed)
    with _alone(good):
        stamp = _stamp(good)
        kept = _kept(good, stamp)
    had = stamp.languages if stamp and kept else ()
    tags = [tag for tag in tags if tag in had or _words(tag) in installed]
    if stamp and kept and stamp.version == digest and set(tags) <= set(had):
        return kept
    faults = _faults(flows, languages, tags)
    if faults:
        for fault in faults:
            log.error("flows: %s", fault)
        if stamp is None or kept is None or stamp.version == digest:
            return Version(flows, languages, faults=faults)
        log.error("flows: the version of %s is used until this is mended", stamp.since)
        return replace(kept, since=stamp.since, faults=faults)
    unchanged = _digest(_read(flows, languages)) == digest
    copy = _keep(good, digest, installed, tags, today) if unchanged else None
    return copy or Version(flows, languages)


@contextmanager
def _alone(good: Path) -> Iterator[None]:
    """One process at a time looks at what is kept, keeps and takes away: another might take away what was
    just chosen. Where nothing is kept yet, or the disk knows no locks, it goes on all the same."""
    with ExitStack() as opened:
        with suppress(OSError):
            handle = os.open(good, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
            opened.callback(os.close, handle)
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _faults(flows: Path, languages: Path, tags: Iterable[str]) -> tuple[Fault, ...]:
    from kiosk.data.sound import read_material, untranslated

    material = read_material(flows)
    return (*material.faults, *untranslated(material, languages, tags))


def _read(flows: Path, languages: Path) -> Files:
    """Every file of a version; one that cannot be read counts as empty, and is found faulty later."""
    found: dict[str, bytes] = {}
    listed = [(f"flows/{file.relative_to(flows)}", file) for file in flows.rglob("*.toml")]
    listed += [(_words(file.parent.name), file) for file in languages.glob(f"*/{FLOWS_FILE}")]
    for name, file in sorted(listed):
        try:
            found[name] = file.read_bytes()
        except OSError:
            found[name] = b""
    return found


def _words(tag: str) -> str:
    return f"languages/{tag}/{FLOWS_FILE}"


def _digest(files: Files) -> str:
    """Of names and contents; a version's name."""
    digest = hashlib.blake2b(digest_size=16)
    for name, content in files.items():
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def _stamp(good: Path) -> _Stamp | None:
    try:
        written: Any = json.loads((good / STAMP).read_text(encoding="utf-8"))
        tags = tuple(str(tag) for tag in written["languages"])
        if not str(written["version"]).isalnum():
            raise ValueError("no name of a version")
        return _Stamp(str(written["version"]), tags, date.fromisoformat(written["since"]))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as wrong:
        log.error("flows: the note on the last good version cannot be read: %s", type(wrong).__name__)
        return None


def _kept(good: Path, stamp: _Stamp | None) -> Version | None:
    """The last good version, if it is still what was kept."""
    if stamp is None:
        return None
    _hold(good / stamp.version)
    kept = Version(good / stamp.version / "flows", good / stamp.version / "languages")
    if _digest(_read(kept.flows, kept.languages)) == stamp.version:
        return kept
    log.error("flows: the last good version is damaged and is not used")
    return None


def _keep(good: Path, digest: str, files: Files, tags: Sequence[str], today: date) -> Version | None:
    """Copy a sound version, unless another process just did; whole or not at all, also when power fails."""
    try:
        good.mkdir(parents=True, exist_ok=True, mode=0o700)
        with _alone(good):
            former = _stamp(good)
            same = former is not None and former.version == digest
            known = _kept(good, former) if same else None
            if former is None or known is None or not set(tags) <= set(former.languages):
                since = former.since if same and former else today
                known = known or _copied(good, digest, files)
                _note(good, _Stamp(digest, tuple(tags), since))
                _hold(good / digest)
                _tidy(good, digest)
            return known
    except OSError as fault:
        log.warning("flows: no copy of this version is kept: %s", fault.strerror)
        return None


def _copied(good: Path, digest: str, files: Files) -> Version:
    """The files in a folder named by their content, in the place of one that is damaged. Raises OSError."""
    fresh, place = good / FRESH, good / digest
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        for name, content in files.items():
            _write(fresh / name, content)
        _write(fresh / IN_USE, b"")
        version = Version(place / "flows", place / "languages")
        if place.exists() and _digest(_read(version.flows, version.languages)) == digest:
            return version
        shutil.rmtree(place, ignore_errors=True)
        fresh.rename(place)
        return version
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _note(good: Path, stamp: _Stamp) -> None:
    """Say which version is the last good one. Raises OSError."""
    half = good / f"{FRESH}.json"
    _write(half, json.dumps({**vars(stamp), "since": stamp.since.isoformat()}).encode())
    half.replace(good / STAMP)
    _sync(good)


def _hold(version: Path) -> None:
    """Keep the folder until this process ends: words are read when a language is first chosen."""
    with suppress(OSError):
        mark = (version / IN_USE).open("rb")
        held = _held.get(version)
        if held is not None and os.path.samestat(os.fstat(held.fileno()), os.fstat(mark.fileno())):
            mark.close()
            return
        # Not held yet, or a damaged one that another has taken the place of.
        _held[version] = mark
        fcntl.flock(mark, fcntl.LOCK_SH | fcntl.LOCK_NB)


def _tidy(good: Path, wanted: str) -> None:
    """Take away older versions that nobody reads, and what a power cut left."""
    for found in good.iterdir():
        if found.is_dir():
            if found.name != wanted and not _in_use(found):
                shutil.rmtree(found, ignore_errors=True)
        elif found.name != STAMP:
            with suppress(OSError):
                found.unlink()


def _in_use(folder: Path) -> bool:
    try:
        with (folder / IN_USE).open("rb") as mark:
            fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return False


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
