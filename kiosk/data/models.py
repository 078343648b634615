"""Reads `models/catalog.toml`: where every speech and translation model is found, how to know it whole."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from kiosk import paths
from kiosk.data.languages import Fault

FILE = "catalog.toml"
NOT_STATED = "not stated"
"""The licence of a package that carries none: shown so, never assumed."""

_HEX = {"md5": 32, "sha256": 64}
_TEXTS = {
    "speech": ("id", "tag", "kind", "link", "licence"),
    "translation": ("id", "tag", "from", "to", "version", "link", "licence"),
}
_HASHES = {"speech": ("md5", "sha256"), "translation": ("sha256",)}
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


@dataclass(frozen=True)
class SpeechModel:
    """One Vosk model. `link` is the archive's address, or for kind `pip` the package with its version."""

    id: str
    tag: str
    kind: Literal["archive", "pip"]
    link: str
    bytes: int
    """Size of the download; 0 where it is not known."""
    md5: str
    sha256: str
    licence: str


@dataclass(frozen=True)
class TranslationModel:
    """One Argos package, one way; codes are Argos's own. `tag` is the language it is fetched for."""

    id: str
    tag: str
    from_code: str
    to_code: str
    version: str
    link: str
    bytes: int
    sha256: str
    licence: str


@dataclass(frozen=True)
class Catalog:
    """What can be fetched, in the file's order (the better one first), and every fault of the file."""

    speech: tuple[SpeechModel, ...]
    translation: tuple[TranslationModel, ...]
    faults: tuple[Fault, ...]

    def speech_for(self, tag: str) -> tuple[SpeechModel, ...]:
        """The speech models of a language; やさしい日本語 listens with the Japanese one."""
        wanted = "ja" if tag == "ja-simple" else tag
        return tuple(model for model in self.speech if model.tag == wanted)

    def translation_for(self, tag: str) -> tuple[TranslationModel, ...]:
        """The packages that take a language to Japanese and back, English and Japanese's own included.

        Of several sets (`pb` and `pt` for pt-BR) the first is given. Empty where no package exists, and for
        Japanese.
        """
        own = [model for model in self.translation if model.tag == tag]
        if not own:
            return ()
        code = own[0].from_code if own[0].from_code != "en" else own[0].to_code
        needed = {code, "en", "ja"}
        return tuple(model for model in self.translation if {model.from_code, model.to_code} <= needed)


def read_catalog(file: Path = paths.MODELS / FILE) -> Catalog:
    """Read the catalogue. A faulty entry is left out and named in `faults`, all of them at once."""
    faults: list[Fault] = []
    try:
        data = tomllib.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        return Catalog((), (), (Fault(file, "", "the file is missing"),))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return Catalog((), (), (Fault(file, "", f"not readable as TOML: {error}"),))
    faults += [
        Fault(file, key, "unknown; there are [[speech]] and [[translation]]")
        for key in data
        if key not in _TEXTS
    ]
    speech = [_speech(row) for row in _rows(data, "speech", file, faults)]
    translation = [_translation(row) for row in _rows(data, "translation", file, faults)]
    return Catalog(tuple(speech), tuple(translation), tuple(faults))


def _speech(row: Mapping[str, Any]) -> SpeechModel:
    return SpeechModel(
        id=row["id"], tag=row["tag"], kind=row["kind"], link=row["link"], bytes=row["bytes"],
        md5=row["md5"], sha256=row["sha256"], licence=row["licence"],
    )  # fmt: skip


def _translation(row: Mapping[str, Any]) -> TranslationModel:
    return TranslationModel(
        id=row["id"], tag=row["tag"], from_code=row["from"], to_code=row["to"], version=row["version"],
        link=row["link"], bytes=row["bytes"], sha256=row["sha256"], licence=row["licence"],
    )  # fmt: skip


def _rows(data: Mapping[str, Any], kind: str, file: Path, faults: list[Fault]) -> list[Mapping[str, Any]]:
    rows = data.get(kind, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        faults.append(Fault(file, kind, f"must be a list of [[{kind}]]"))
        return []
    good: list[Mapping[str, Any]] = []
    seen: set[str] = set()
    for place, row in enumerate(rows, start=1):
        name = row["id"] if isinstance(row.get("id"), str) else f"{place}"
        wrong = [Fault(file, f"{kind}.{name}.{key}", text) for key, text in _check(row, kind)]
        if name in seen:
            wrong.append(Fault(file, f"{kind}.{name}.id", "occurs twice"))
        seen.add(name)
        faults += wrong
        if not wrong:
            good.append(row)
    return good


def _check(row: Mapping[str, Any], kind: str) -> list[tuple[str, str]]:
    known = (*_TEXTS[kind], "bytes", *_HASHES[kind])
    wrong = [(key, "unknown key") for key in row if key not in known]
    wrong += [
        (key, "must be text and not empty")
        for key in _TEXTS[kind]
        if not isinstance(row.get(key), str) or not row[key].strip()
    ]
    size = row.get("bytes")
    if not isinstance(size, int) or isinstance(size, bool) or size < 0:
        wrong.append(("bytes", "must be the size in bytes, 0 where it is not known"))
    for key in _HASHES[kind]:
        value = row.get(key)
        if not isinstance(value, str) or not re.fullmatch(rf"(?:[0-9a-f]{{{_HEX[key]}}})?", value):
            wrong.append((key, f"must be {_HEX[key]} small hexadecimal digits, or empty where not known"))
    if wrong:
        return wrong
    if not _ID.fullmatch(row["id"]):
        wrong.append(("id", "must be a plain name: letters, digits, dots, hyphens"))
    if kind == "speech" and row["kind"] not in ("archive", "pip"):
        wrong.append(("kind", "must be archive or pip"))
    if row.get("kind") != "pip" and not row["link"].startswith("https://"):
        wrong.append(("link", "must begin with https://"))
    if row.get("kind") == "pip" and "==" not in row["link"]:
        wrong.append(("link", "must name one version: package==1.0"))
    return wrong
