"""The rows of `models/catalog.toml`, checked one by one: a faulty one is named and left out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kiosk.data.languages import Fault

_HEX = {"md5": 32, "sha256": 64}
_TEXTS = {
    "speech": ("id", "tag", "kind", "link", "licence"),
    "translation": ("id", "tag", "from", "to", "version", "link", "licence"),
}
_OPTIONAL = ("quality", "note")
_HASHES = {"speech": ("md5", "sha256"), "translation": ("sha256",)}
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_VERSION = re.compile(r"[0-9]{1,4}(\.[0-9]{1,4}){0,3}")
_LINK = re.compile(r"https://[^\s/]+/\S+|http://127\.0\.0\.1(:[0-9]+)?/\S+")
"""Secure addresses only; a server on this machine itself may do without."""

Row = Mapping[str, Any]


def is_link(link: str) -> bool:
    """Whether a model may be fetched from the address."""
    return _LINK.fullmatch(link) is not None


def is_id(name: str) -> bool:
    """Whether it can be an id, and so the name of a folder."""
    return _ID.fullmatch(name) is not None and len(name) <= 100


def rows(data: Row, kind: str, file: Path, faults: list[Fault]) -> list[Row]:
    """The sound rows of `[[kind]]`; what is wrong with the others goes to `faults`."""
    good: list[Row] = []
    seen: set[str] = set()
    for place, row in enumerate(_tables(data, kind, file, faults), start=1):
        name = row["id"] if isinstance(row.get("id"), str) else f"{place}"
        wrong = [Fault(file, f"{kind}.{name}.{key}", text) for key, text in check(row, kind)]
        if name in seen:
            wrong.append(Fault(file, f"{kind}.{name}.id", "occurs twice"))
        seen.add(name)
        faults += wrong
        if not wrong:
            good.append(row)
    return good


def language_rows(data: Row, file: Path, faults: list[Fault]) -> list[Row]:
    """The sound rows of `[[language]]`."""
    good = []
    for place, row in enumerate(_tables(data, "language", file, faults), start=1):
        texts = all(isinstance(row.get(key), str) and row[key] for key in ("tag", "japanese", "english"))
        lists = all(
            isinstance(row.get(key), list) and all(isinstance(code, str) for code in row[key])
            for key in ("vosk", "argos")
        )
        if texts and lists and len(row) == 5:
            good.append(row)
        else:
            name = row.get("tag", place)
            faults.append(
                Fault(file, f"language.{name}", "needs tag, japanese, english, and lists vosk, argos")
            )
    return good


def _tables(data: Row, kind: str, file: Path, faults: list[Fault]) -> list[Row]:
    found = data.get(kind, [])
    if isinstance(found, list) and all(isinstance(row, dict) for row in found):
        return found
    faults.append(Fault(file, kind, f"must be a list of [[{kind}]]"))
    return []


def check(row: Row, kind: str) -> list[tuple[str, str]]:
    """Every fault of one row of `speech` or `translation`: key and cure."""
    known = (*_TEXTS[kind], "bytes", "about", "consent", *_OPTIONAL, *_HASHES[kind])
    wrong = [(key, "unknown key") for key in row if key not in known]
    for key in _TEXTS[kind]:
        if not isinstance(row.get(key), str) or not row[key].strip():
            wrong.append((key, "must be text and not empty"))
    wrong += [(key, "must be text") for key in _OPTIONAL if not isinstance(row.get(key, ""), str)]
    if not isinstance(row.get("consent", False), bool):
        wrong.append(("consent", "must be true or false"))
    for key, value in (("bytes", row.get("bytes")), ("about", row.get("about", 0))):
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            wrong.append((key, "must be the size in bytes, 0 where it is not known"))
    for key in _HASHES[kind]:
        value = row.get(key)
        if not isinstance(value, str) or not re.fullmatch(rf"(?:[0-9a-f]{{{_HEX[key]}}})?", value):
            wrong.append((key, f"must be {_HEX[key]} small hexadecimal digits, or empty where not known"))
    return wrong or _check_words(row, kind)


def _check_words(row: Row, kind: str) -> list[tuple[str, str]]:
    wrong = []
    if not is_id(row["id"]):
        wrong.append(("id", "must be a plain name: letters, digits, dots, hyphens"))
    if not is_id(row["tag"]):
        wrong.append(("tag", "must be a language tag"))
    if kind == "speech" and row["kind"] not in ("archive", "pip"):
        wrong.append(("kind", "must be archive or pip"))
    if row.get("kind") != "pip" and not is_link(row["link"]):
        wrong.append(("link", "must begin with https://"))
    if row.get("kind") == "pip" and "==" not in row["link"]:
        wrong.append(("link", "must name one version: package==1.0"))
    if kind == "translation" and not _VERSION.fullmatch(row["version"]):
        wrong.append(("version", "must be numbers and dots"))
    return wrong
