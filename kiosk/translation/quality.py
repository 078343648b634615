"""How good installed packages are known to be, and what they may therefore be used for: `quality.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, cast

from kiosk import paths
from kiosk.translation.packages import Pair, both_ways, pairs

FILE = "quality.toml"
OURS = paths.MODELS / FILE

Line = Literal["shown", "hint", "off"]
"""shown: residents confirm it as their words. hint: for counselors only. off: not used."""
_LINES = ("off", "hint", "shown")
_VERSION = re.compile(r"[0-9]{1,4}(\.[0-9]{1,4}){0,3}")


@dataclass(frozen=True)
class Measured:
    """What is known of one package. `chrf` is 0 to 100, on so many sentences; 0 where nobody measured."""

    pair: str
    versions: tuple[str, ...]
    line: Line
    chrf: float
    sentences: int
    evidence: str
    source: str
    date: date


@dataclass(frozen=True)
class Quality:
    """All that is known, an office's own measurements first."""

    measured: tuple[Measured, ...]
    unknown: Line
    sample: Line
    shown_from: float
    hint_from: float

    def of(self, pair: Pair) -> Measured | None:
        """What is known of this package in this version; None for an unknown one and for samples."""
        if pair.sample:
            return None
        name = f"{pair.from_code}-{pair.to_code}"
        fitting = (row for row in self.measured if row.pair == name and pair.version in row.versions)
        return next(fitting, None)

    def line(self, packages: Iterable[Pair]) -> Line:
        """The lowest line of these packages."""
        return min((self._line(pair) for pair in packages), key=_LINES.index)

    def judged(self, chrf: float) -> Line:
        """The line a measured chrF (0 to 100) gives."""
        return "shown" if chrf >= self.shown_from else "hint" if chrf >= self.hint_from else "off"

    def _line(self, pair: Pair) -> Line:
        if pair.sample:
            return self.sample
        known = self.of(pair) or self._before(pair)
        return self.unknown if known is None else known.line

    def _before(self, pair: Pair) -> Measured | None:
        """What is known of the newest version before this one: an office that fetches a newer package must
        not lose the translations its residents had."""
        name, version = f"{pair.from_code}-{pair.to_code}", _numbers(pair.version)
        older = [
            (_numbers(each), row)
            for row in self.measured
            if row.pair == name
            for each in row.versions
            if _numbers(each) < version
        ]
        return max(older, key=lambda found: found[0])[1] if older else None


def read_quality(own: Path | None = None, ours: Path = OURS) -> Quality:
    """What ships, with an office's own measurements (`own`, if it is there) before it.

    Raises OSError or ValueError (which file, what) for a faulty file.
    """
    data = _load(ours)
    rows = _load(own).get("package", []) if own is not None and own.is_file() else []
    try:
        return Quality(
            measured=tuple(each for row in (*rows, *data["package"]) for each in _measured(row)),
            unknown=_line(data["unknown"]),
            sample=_line(data["sample"]),
            shown_from=float(data["bounds"]["shown"]),
            hint_from=float(data["bounds"]["hint"]),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"{FILE}: {type(error).__name__}: {error}") from error


def own_file(folder: Path) -> Path:
    """Where an office's measurements lie, for its folder of translation packages."""
    return folder.parent / FILE


def standing(language: str, folder: Path) -> Line | None:
    """What the installed packages of `language` (a tag) may be used for; None where it has none both ways.

    A few small file reads; nothing is loaded.
    """
    routes = both_ways(pairs(folder), language)
    if routes is None:
        return None
    return read_quality(own_file(folder)).line((*routes[0], *routes[1]))


def usable(language: str, folder: Path) -> bool:
    """Whether the engine would translate `language` here and now: installed both ways, and not marked off. A
    faulty list of what is known stops it, as it stops the engine."""
    try:
        return standing(language, folder) in ("shown", "hint")
    except (OSError, ValueError):
        return False


def write_measured(file: Path, row: Measured) -> None:
    """Put a measurement into an office's own file, in the place of an older one of the package's versions."""
    rows = _load(file).get("package", []) if file.is_file() else []
    before = [old for each in rows for old in _measured(each)]
    kept = [old for old in before if (old.pair, old.versions) != (row.pair, row.versions)]
    beside = file.with_suffix(".new")
    beside.write_text("\n".join(_text(each) for each in (*kept, row)), "utf-8")
    beside.replace(file)


def _load(file: Path) -> dict[str, Any]:
    about = file.stat()
    return _parsed(file, about.st_mtime_ns, about.st_size)


@lru_cache(maxsize=4)
def _parsed(file: Path, _changed: int, _size: int) -> dict[str, Any]:
    """Read again only when the file has changed: every translation asks."""
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"{file.name}: {error}") from error


def _measured(row: dict[str, Any]) -> list[Measured]:
    """A row for each of its packages."""
    return [
        Measured(
            pair=pair,
            versions=(version,),
            line=_line(row["line"]),
            chrf=float(row["chrf"]),
            sentences=int(row["sentences"]),
            evidence=str(row["evidence"]),
            source=str(row["source"]),
            date=row["date"],
        )
        for pair, version in (_named(name) for name in row["packages"])
    ]


def _named(package: object) -> tuple[str, str]:
    """`ko-en 1.1`, as a Pair has it for its name."""
    pair, _, version = str(package).partition(" ")
    if not pair or not _VERSION.fullmatch(version):
        raise ValueError(f"{FILE}: packages: write pair and version: ko-en 1.1")
    return pair, version


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".")) if _VERSION.fullmatch(version) else ()


def _line(value: object) -> Line:
    if value not in _LINES:
        raise ValueError(f"{FILE}: line must be one of {', '.join(_LINES)}")
    return cast(Line, value)


def _text(row: Measured) -> str:
    quoted = {name: _quoted(getattr(row, name)) for name in ("line", "evidence", "source")}
    names = ", ".join(_quoted(f"{row.pair} {version}") for version in row.versions)
    return (
        f"[[package]]\npackages = [{names}]\nline = {quoted['line']}\n"
        f"chrf = {row.chrf:.1f}\nsentences = {row.sentences}\nevidence = {quoted['evidence']}\n"
        f"source = {quoted['source']}\ndate = {row.date.isoformat()}\n"
    )


def _quoted(text: str) -> str:
    plain = "".join(sign for sign in text if sign.isprintable())
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'
