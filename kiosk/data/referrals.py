"""Reads the referral directory in `flows/referrals/`, and says everything that is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from pathlib import Path
from typing import Any

from kiosk import paths
from kiosk.core.hours import Schedule, Span, parse_days
from kiosk.core.referral import SHOWN, Service
from kiosk.data.flows import read_toml
from kiosk.data.languages import Fault

FOLDER = paths.FLOWS / "referrals"
VERIFICATIONS = SHOWN | {"secondary", "unverified"}
FEES = frozenset({"", "free", "call", "paid"})
_KNOWN = frozenset(
    "id text groups organisation_ja service_ja prefecture telephone telephone_alternative languages hours"
    " always_open closed_on_holidays fee url address_ja source assured_date verification note_ja".split()
)
_TELEPHONE = re.compile(r"(?:#?\d{3,4}|\d{2,5}-\d{1,4}-\d{3,4}|0\d{3}-\d{6}|0570-\d{2}-\d{4})$")
_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?$")


@dataclass(frozen=True)
class Directory:
    """Services in the files' order, shown and not, and every fault. A faulty row is left out."""

    services: tuple[Service, ...]
    faults: tuple[Fault, ...]


def read_directory(folder: Path = FOLDER) -> Directory:
    """Every row of every file. A later file's row replaces one with the same id: the office's own wins."""
    found: dict[str, Service] = {}
    faults: list[Fault] = []
    for file in sorted(folder.glob("*.toml")):
        here: set[str] = set()
        rows = read_toml(file, faults).get("service", [])
        for row in rows if isinstance(rows, list) else []:
            name = f"service {row.get('id') if isinstance(row, dict) else row}"
            try:
                service = _service(row)
            except ValueError as wrong:
                faults.append(Fault(file, name, str(wrong)))
                continue
            if service.id in here:
                faults.append(Fault(file, name, "this id is used twice"))
            here.add(service.id)
            found[service.id] = service
    return Directory(tuple(found.values()), tuple(faults))


def _service(row: Mapping[str, Any]) -> Service:
    if not isinstance(row, dict):
        raise ValueError("write each as [[service]]")
    if unknown := set(row) - _KNOWN:
        raise ValueError(f"no such field: {', '.join(sorted(unknown))}")
    texts = {
        key: _text(row, key)
        for key in ("telephone", "telephone_alternative", "prefecture", "url", "address_ja", "note_ja", "fee")
    }
    for key in ("telephone", "telephone_alternative"):
        if texts[key] and not _TELEPHONE.match(texts[key]):
            raise ValueError(f"{key}: {texts[key]!r} is not a telephone number")
    if texts["fee"] not in FEES:
        raise ValueError("fee: write free, call or paid")
    if texts["url"] and not texts["url"].startswith(("https://", "http://")):
        raise ValueError("url: write the whole address with https://")
    assured, verification = _text(row, "assured_date"), _text(row, "verification")
    if verification not in VERIFICATIONS:
        raise ValueError(f"verification: write one of {', '.join(sorted(VERIFICATIONS))}")
    if verification in SHOWN and not (_DATE.match(assured) and _text(row, "source")):
        raise ValueError("assured_date and source: a row that is shown needs both, the date as 2026-11-21")
    name = _text(row, "id")
    if not name:
        raise ValueError("id: write a name in quotes")
    return Service(
        id=name,
        text=_text(row, "text") or name,
        groups=_words(row, "groups"),
        organisation_ja=_text(row, "organisation_ja"),
        service_ja=_text(row, "service_ja"),
        verification=verification,
        source=_text(row, "source"),
        assured_date=assured,
        languages=_words(row, "languages"),
        schedule=_schedule(row),
        **texts,
    )


def _schedule(row: Mapping[str, Any]) -> Schedule:
    always, holidays = row.get("always_open", False), row.get("closed_on_holidays", True)
    hours = row.get("hours", [])
    if not isinstance(always, bool) or not isinstance(holidays, bool):
        raise ValueError("always_open and closed_on_holidays are true or false")
    if not isinstance(hours, list) or (always and hours):
        raise ValueError("hours: write a list of {days, opens, closes}, or always_open = true without hours")
    return Schedule(tuple(_span(span) for span in hours), always, holidays)


def _span(span: object) -> Span:
    try:
        assert isinstance(span, dict)
        days = parse_days(span["days"])
        opens, closes = time.fromisoformat(span["opens"]), time.fromisoformat(span["closes"])
    except (AssertionError, KeyError, TypeError, AttributeError, ValueError) as wrong:
        raise ValueError(
            f'hours: write {{days="mon-fri", opens="09:00", closes="17:00"}} ({wrong})'
        ) from wrong
    if closes <= opens:
        raise ValueError(f"hours: {span['closes']} is not after {span['opens']}")
    return Span(days, opens, closes)


def _text(row: Mapping[str, Any], key: str) -> str:
    value = row.get(key, "")
    if not isinstance(value, str):
        raise ValueError(f"{key}: write a text in quotes")
    return value


def _words(row: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = row.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ValueError(f"{key}: write a list of names in quotes")
    return tuple(value)
