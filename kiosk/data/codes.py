"""Reads `flows/records/`: the lists a consultation record takes nationality and status of residence from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from kiosk import paths
from kiosk.core.codes import Code
from kiosk.data.languages import Fault
from kiosk.data.rows import Row, read_toml, tables

FOLDER = "records"
STATUSES, NATIONALITIES = "statuses.toml", "nationalities.toml"
_FIELDS = ("id", "ja", "en", "from")


@dataclass(frozen=True)
class Codes:
    """A list in its order: those offered often first, then as in the file. A faulty row is left out."""

    codes: tuple[Code, ...]
    faults: tuple[Fault, ...]


def read_codes(name: str, flows: Path = paths.FLOWS) -> Codes:
    """STATUSES or NATIONALITIES. Never raises, whatever lies there."""
    file, faults = flows / FOLDER / name, []  # type: Path, list[Fault]
    data = read_toml(file, faults)
    first = _often(data, file, faults)
    found: dict[str, Code] = {}
    for place, table in enumerate(tables(data, "code", file, faults), start=1):
        code = _code(Row(table, file, f"code {table.get('id', place)}", faults), first)
        if code is None:
            continue
        if code.id in found:
            faults.append(Fault(file, f"code {code.id}", "is there twice; take one out"))
        found.setdefault(code.id, code)
    faults += [
        Fault(file, "often", f"there is no code {one}; correct it") for one in first if one not in found
    ]
    order = [*(found[one] for one in first if one in found), *(c for c in found.values() if not c.often)]
    return Codes(tuple(order), tuple(faults))


def _often(data: Mapping[str, Any], file: Path, faults: list[Fault]) -> tuple[str, ...]:
    value = data.get("often", [])
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return tuple(dict.fromkeys(value))
    faults.append(Fault(file, "often", "write a list of codes"))
    return ()


def _code(row: Row, first: tuple[str, ...]) -> Code | None:
    row.known(_FIELDS)
    since = row.data.get("from")
    if since is not None and (not isinstance(since, date) or isinstance(since, datetime)):
        row.wrong("from", "write a day, such as 2027-04-01")
        return None
    code_id = row.text("id")
    code = Code(code_id, row.text("ja"), row.text("en"), since, code_id in first)
    return code if row.sound else None
