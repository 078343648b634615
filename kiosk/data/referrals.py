"""Reads the referral directory in `flows/referrals/`, and says everything that is wrong with it at once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from typing import Any

from kiosk import paths
from kiosk.core.directory import SHOWN, Service
from kiosk.core.hours import Schedule, Span, parse_days
from kiosk.data.languages import Fault
from kiosk.data.rows import Row, read_toml, tables

FOLDER = paths.FLOWS / "referrals"
VERIFICATIONS = SHOWN | {"secondary", "unverified"}
FEES = ("", "free", "call", "paid")
_KNOWN = (
    "id", "text", "groups", "organisation_ja", "service_ja", "prefecture", "telephone",
    "telephone_alternative", "languages", "hours", "always_open", "closed_on_holidays", "fee", "url",
    "address_ja", "source", "assured_date", "verification", "note_ja",
)  # fmt: skip
_TELEPHONE = re.compile(r"#?[1-9]\d{2,3}|#\d{4}|0\d{1,4}-\d{1,6}(?:-\d{2,4})?")
"""Short numbers (110, 188, #8891) and ten or eleven digits with hyphens; digits are counted besides."""
_TAG = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,4})*")


@dataclass(frozen=True)
class Directory:
    """Services in the files' order, shown and not, and every fault. A faulty row is left out."""

    services: tuple[Service, ...]
    faults: tuple[Fault, ...]


def read_directory(folder: Path = FOLDER) -> Directory:
    """Every row of every file. A later file's row replaces one with the same id: the office's own file,
    named to come last, wins."""
    found: dict[str, Service] = {}
    faults: list[Fault] = []
    for file in sorted(folder.glob("*.toml")):
        data = read_toml(file, faults)
        faults += [
            Fault(file, key, "there is no such field; write each row as [[service]]")
            for key in data
            if key != "service"
        ]
        here: set[str] = set()
        for place, table in enumerate(tables(data, "service", file, faults), start=1):
            row = Row(table, file, f"service {table.get('id', place)}", faults)
            service = _service(row)
            if service.id in here:
                row.wrong("id", "is used twice in this file; change one")
            here.add(service.id)
            if row.sound:
                found[service.id] = service
    return Directory(tuple(found.values()), tuple(faults))


def _service(row: Row) -> Service:
    row.known(_KNOWN)
    name, verification = row.text("id"), row.one_of("verification", VERIFICATIONS)
    if not row.words("groups"):
        row.wrong("groups", "name at least one group, as the flows' destinations do")
    source = row.text("source", "")
    if verification in SHOWN and not source.strip():
        row.wrong("source", "a row that is shown says where it was read")
    return Service(
        id=name,
        text=row.text("text", "") or name,
        groups=row.words("groups"),
        organisation_ja=row.text("organisation_ja"),
        service_ja=row.text("service_ja"),
        verification=verification,
        source=source,
        assured_date=_assured(row, verification in SHOWN),
        prefecture=row.text("prefecture", ""),
        telephone=_telephone(row, "telephone"),
        telephone_alternative=_telephone(row, "telephone_alternative"),
        languages=_languages(row),
        schedule=_schedule(row),
        fee=row.one_of("fee", FEES, ""),
        url=_url(row),
        address_ja=row.text("address_ja", ""),
        note_ja=row.text("note_ja", ""),
    )


def _assured(row: Row, needed: bool) -> str:
    """The date as YYYY, YYYY-MM or YYYY-MM-DD."""
    value = row.text("assured_date", None if needed else "")
    try:
        if value:
            if not re.fullmatch(r"\d{4}(-\d{2}){0,2}", value):
                raise ValueError(value)
            year, month, day = (*map(int, value.split("-")), 1, 1)[:3]
            date(year, month, day)
    except ValueError:
        row.wrong("assured_date", f"{value} is no date; write 2026, 2026-11 or 2026-11-21")
    return value


def _telephone(row: Row, field: str) -> str:
    value = row.text(field, "")
    digits = sum(sign.isdecimal() for sign in value)
    if value and not (_TELEPHONE.fullmatch(value) and (value[0] != "0" or digits in (10, 11))):
        row.wrong(field, f"{value} is no telephone number; write digits and hyphens: 0570-078377")
    return value


def _languages(row: Row) -> tuple[str, ...]:
    tags = row.words("languages")
    for tag in tags:
        if not _TAG.fullmatch(tag):
            row.wrong("languages", f"{tag} is no language tag; write en, zh-Hans, pt-BR")
    return tags


def _url(row: Row) -> str:
    value = row.text("url", "")
    if value and not re.fullmatch(r"https?://[^\s/]+\.[^\s]+", value):
        row.wrong("url", "write the whole address, beginning with https://")
    return value


def _schedule(row: Row) -> Schedule:
    always, holidays = row.flag("always_open"), row.flag("closed_on_holidays", True)
    spans: list[Span] = []
    for table in tables(row.data, "hours", row.file, row.faults):
        try:
            spans.append(_span(table))
        except (KeyError, TypeError, AttributeError):
            row.wrong("hours", 'write { days = "mon-fri", opens = "09:00", closes = "17:00" }')
        except ValueError as wrong:
            row.wrong("hours", f"{wrong}; write days as mon-fri or mon,wed and times as 09:00")
    if not isinstance(row.data.get("hours", []), list):
        row.sound = False
    if always and spans:
        row.wrong("always_open", "write either hours or always_open = true")
    return Schedule(tuple(spans), always, holidays)


def _span(table: dict[str, Any] | Any) -> Span:
    if unknown := set(table) - {"days", "opens", "closes"}:
        raise ValueError(f"there is no field {', '.join(sorted(unknown))}")
    days = parse_days(table["days"])
    opens, closes = time.fromisoformat(table["opens"]), time.fromisoformat(table["closes"])
    if closes <= opens:
        raise ValueError(f"{table['closes']} is not after {table['opens']}")
    return Span(days, opens, closes)
