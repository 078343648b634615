"""Reads the referral directory in `flows/referrals/`, and says everything that is wrong with it at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kiosk import paths
from kiosk.core.directory import SHOWN, Directory, Service
from kiosk.data.languages import Fault
from kiosk.data.referral_rows import KNOWN, service_of
from kiosk.data.rows import Row, read_toml, tables

FOLDER = paths.FLOWS / "referrals"
OWN = "referrals.toml"
"""The office's own file in its data folder."""
_CONFIRMED = ("verification", "telephone", "telephone_alternative", "address_ja", "access_ja", "access")
"""Who changes these says where and when it was read."""


@dataclass(frozen=True)
class Referrals:
    """The directory, shown rows and others, and every fault. A faulty row is left out; where an office's own
    row is faulty, the shipped one stays."""

    directory: Directory
    faults: tuple[Fault, ...]

    @property
    def services(self) -> tuple[Service, ...]:
        return tuple(self.directory)


def read_directory(folder: Path = FOLDER, own: Path | None = None) -> Referrals:
    """Every row of every file, and then the office's own file, if there is one: a row with an id of the
    shipped ones changes only the fields it gives, any other row is a new one."""
    faults: list[Fault] = []
    found: dict[str, Service] = {}
    shipped: dict[str, Row] = {}
    for file in sorted(folder.glob("*.toml")):
        for row in _rows(file, faults):
            service = service_of(row)
            if service.id in shipped:
                row.wrong("id", f"is used already in {shipped[service.id].file.name}; change one")
            shipped.setdefault(service.id, row)
            if row.sound:
                found[service.id] = service
    rows = list(shipped.values())
    if own is not None and own.exists():
        texts = {service.text for service in found.values()}
        rows += _own(own, shipped, texts, found, faults)
    faults += _otherwise(rows, found)
    return Referrals(Directory(found.values()), tuple(faults))


def _rows(file: Path, faults: list[Fault]) -> Iterator[Row]:
    data = read_toml(file, faults)
    faults += [
        Fault(file, key, "there is no such field; write each row as [[service]]")
        for key in data
        if key != "service"
    ]
    for place, table in enumerate(tables(data, "service", file, faults), start=1):
        row = Row(table, file, f"service {table.get('id', place)}", faults)
        row.known(KNOWN)
        yield row


def _own(
    file: Path, shipped: Mapping[str, Row], texts: set[str], found: dict[str, Service], faults: list[Fault]
) -> Iterator[Row]:
    """Puts the office's rows over those that were found."""
    here: set[str] = set()
    for given in _rows(file, faults):
        known = shipped.get(str(given.data.get("id")))
        row = Row(_over(known.data, given.data) if known else given.data, file, given.where, faults)
        service = service_of(row)
        if service.id in here:
            row.wrong("id", "is used twice in this file; change one")
        here.add(service.id)
        if not (service.text in texts or (service.names and service.whats)):
            row.wrong("name_ja", "write name_ja and what_ja, or text = the words of a row that is there")
        if known and service.shown:
            _confirmed(row, known.data, given.data)
        if row.sound:
            found[service.id] = service
        elif service.off and service.id in found:
            found[service.id] = replace(found[service.id], off=True)
        yield row


def _over(shipped: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """The shipped row with the fields the office gives; hours and always open take each other's place, and
    translations of a way that the office tells anew are no longer right."""
    other = {"hours": "always_open", "always_open": "hours", "access_ja": "access"}
    gone = {other[key] for key in other if key in own} - own.keys()
    return {key: value for key, value in shipped.items() if key not in gone} | dict(own)


def _confirmed(row: Row, shipped: Mapping[str, Any], own: Mapping[str, Any]) -> None:
    """The shipped source does not tell what the office has changed."""
    changed = [name for name in _CONFIRMED if name in own and own[name] != shipped.get(name)]
    if shipped.get("verification") in SHOWN and changed == ["verification"]:
        return
    for name in ("source", "assured_date") if changed else ():
        if name not in own:
            row.wrong(name, f"write it beside {changed[0]}: who confirmed it, and on which day")


def _otherwise(rows: list[Row], found: Mapping[str, Service]) -> Iterator[Fault]:
    """Groups that no row has; the row itself is still good."""
    groups = {group for service in found.values() for group in service.groups}
    for row in rows:
        given = row.data.get("otherwise", [])
        for group in given if isinstance(given, list) else ():
            if isinstance(group, str) and group not in groups:
                yield Fault(row.file, f"{row.where}.otherwise", f"no row has the group {group}; correct it")
