"""Reads `languages/<tag>/language.toml`; every fault of every file is reported at once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kiosk import paths
from kiosk.core.language import Language

FILE = "language.toml"

_DIRECTIONS = ("ltr", "rtl")
_LINE_BREAKS = ("icu", "japanese", "spaces")
_REQUIRED = ("tag", "endonym", "english", "japanese", "script", "choose", "review")
_OPTIONAL = ("vosk", "argos", "voice")
_KEYS = frozenset({*_REQUIRED, *_OPTIONAL, "direction", "line_break", "fonts"})


@dataclass(frozen=True)
class Fault:
    """What is wrong in a file, at which key, and what to do; for office staff."""

    file: Path
    key: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}: {self.key}: {self.message}"


@dataclass(frozen=True)
class Languages:
    """The languages that could be read, by tag in alphabetical order, and every fault found."""

    by_tag: Mapping[str, Language]
    faults: tuple[Fault, ...]


def read_languages(folder: Path = paths.LANGUAGES) -> Languages:
    """Every `<tag>/language.toml` under `folder`. A faulty language is left out and named in `faults`."""
    found: dict[str, Language] = {}
    faults: list[Fault] = []
    for home in sorted(path for path in folder.iterdir() if path.is_dir()):
        file = home / FILE
        values = _load(file, faults)
        if values is None:
            continue
        wrong = _check(values, home.name, file)
        faults += wrong
        if not wrong:
            found[home.name] = Language(**{**values, "fonts": tuple(values["fonts"])})
    return Languages(found, tuple(faults))


def _load(file: Path, faults: list[Fault]) -> dict[str, Any] | None:
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        faults.append(Fault(file, "", "the file is missing; every folder here is one language"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        faults.append(Fault(file, "", f"not readable as TOML: {error}"))
    return None


def _check(values: Mapping[str, Any], folder: str, file: Path) -> list[Fault]:
    faults = [Fault(file, key, "unknown key; see the other languages for those there are")
              for key in values if key not in _KEYS]  # fmt: skip
    faults += [_text(values, key, file) for key in _REQUIRED if not _is_text(values.get(key))]
    faults += [
        Fault(file, key, "must be text; leave it empty where there is no such engine")
        for key in _OPTIONAL
        if not isinstance(values.get(key, ""), str)
    ]
    for key, allowed in (("direction", _DIRECTIONS), ("line_break", _LINE_BREAKS)):
        if values.get(key) not in allowed:
            faults.append(Fault(file, key, f"must be one of: {', '.join(allowed)}"))
    fonts = values.get("fonts")
    if not isinstance(fonts, list) or not fonts or not all(map(_is_text, fonts)):
        faults.append(Fault(file, "fonts", "must list at least one font family, such as NotoSans"))
    if _is_text(values.get("tag")) and values["tag"] != folder:
        faults.append(Fault(file, "tag", f"must be the folder's name, {folder}"))
    faults += _voice(values.get("voice", ""), file)
    return faults


def _text(values: Mapping[str, Any], key: str, file: Path) -> Fault:
    return Fault(file, key, "must be text and not empty" if key in values else "is missing")


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _voice(voice: object, file: Path) -> list[Fault]:
    if not isinstance(voice, str) or voice in ("", "openjtalk"):
        return []
    engine, _, name = voice.partition(":")
    if engine == "espeak" and name:
        return []
    return [Fault(file, "voice", "must be openjtalk, espeak:<voice>, or empty where no voice is honest")]
