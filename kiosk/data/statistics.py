"""Reads `flows/statistics.toml` and the office's own over it: what reports count, and under which topic."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from kiosk import paths
from kiosk.core.counts import CROSSES, DIMENSIONS, Counting
from kiosk.core.suppression import LEAST
from kiosk.data.flows import STATISTICS, Flows
from kiosk.data.languages import Fault
from kiosk.data.rows import Row, read_toml, tables

FILE = STATISTICS
"""In `flows` and in the office's data folder."""
PERSONAL = ("nationality", "status", "event", "site")
"""Never in the file for partner towns: few towns, few people."""
_ALWAYS = ("topic", "language", "waiting", "serving", "interpreter", "handover")
"""Counted whatever tables there are: the large numbers and the comparison need them."""
_KEYS = ("least", "tables", "share", "topic")
_CODE = re.compile(r"[a-z0-9]+(?:[_-][a-z0-9]+)*")
_MOST = 60


@dataclass(frozen=True)
class Plan:
    """What reports count."""

    least: int = LEAST
    tables: tuple[str, ...] = ("topic", "language")
    share: tuple[str, ...] = ("topic", "language")
    national: Mapping[str, str] = field(default_factory=dict)
    """Local topic code → national one."""
    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Words of the office's own topics: code → language tag → words."""

    @property
    def counting(self) -> Counting:
        """All that any report of the plan needs."""
        return Counting(tuple(dict.fromkeys((*self.tables, *self.share, *_ALWAYS))), self.national)


@dataclass(frozen=True)
class Read:
    """The plan and every fault; what is faulty stays as it is shipped."""

    plan: Plan
    faults: tuple[Fault, ...]


def read_statistics(shipped: Path = paths.FLOWS / FILE, own: Path | None = None) -> Read:
    faults: list[Fault] = []
    plan = Plan()
    for file in (shipped, own):
        if file is not None and (file == shipped or file.exists()):
            plan = _over(plan, file, read_toml(file, faults), faults)
    wrong = [code for code, national in plan.national.items() if plan.national.get(national) != national]
    for code in wrong:
        file = own if own is not None and own.exists() else shipped
        cure = f"{plan.national[code]} is no national topic; write a code that names itself as national"
        faults.append(Fault(file, f"topic {code}.national", cure))
    national = {code: name for code, name in plan.national.items() if code not in wrong}
    return Read(replace(plan, national=national), tuple(faults))


def uncounted(plan: Plan, flows: Flows, file: Path = paths.FLOWS / FILE) -> Iterator[Fault]:
    """Topics that the flows give and no national topic is named for."""
    given = {topic.statistics for topic in flows.topics.values()}
    for flow in flows.flows.values():
        given |= {one.statistics for asked in flow.questions.values() for one in asked.choices}
    for code in sorted(given - plan.national.keys() - {""}):
        yield Fault(file, f"topic {code}", "the flows use it; add it as [[topic]] with its national topic")


def _over(plan: Plan, file: Path, data: Mapping[str, Any], faults: list[Fault]) -> Plan:
    """The plan with what one file says."""
    row = Row(data, file, "", faults)
    for key in data.keys() - set(_KEYS):
        faults.append(Fault(file, key, f"there is no such key; write one of: {', '.join(_KEYS)}"))
    national, names = dict(plan.national), dict(plan.names)
    for place, table in enumerate(tables(data, "topic", file, faults), start=1):
        topic = Row(table, file, f"topic {table.get('code', place)}", faults)
        topic.known(("code", "national", "name_ja", "name_en"))
        code, name = topic.text("code"), topic.text("national")
        if code and not _CODE.fullmatch(code):
            topic.wrong(
                "code", f"{code} is no code; write small letters, digits and hyphens: garbage-sorting"
            )
        words = {tag: topic.text(f"name_{tag}", "") for tag in ("ja", "en")}
        if topic.sound:
            national[code] = name
            names[code] = {tag: text for tag, text in words.items() if text}
    least = plan.least
    if "least" in data:
        found = Row(data, file, "statistics", faults)
        number = found.number("least", LEAST, 3, 100)
        least = number if found.sound else least
    named = {key: _named(row, key, file, faults) for key in ("tables", "share") if key in data}
    return Plan(least, named.get("tables") or plan.tables, named.get("share") or plan.share, national, names)


def _named(row: Row, key: str, file: Path, faults: list[Fault]) -> tuple[str, ...]:
    """The tables of a list that there are, each once."""
    found: list[str] = []
    for name in row.words(key)[:_MOST]:
        parts = name.split("*")
        known = name in CROSSES or (len(parts) <= 2 and all(part in DIMENSIONS for part in parts))
        if not known or len(set(parts)) != len(parts):
            some = ", ".join((*DIMENSIONS, *CROSSES))
            faults.append(
                Fault(file, key, f"{name} is no table; write some of: {some}; or two joined with *")
            )
        elif "local" in parts and len(parts) > 1:
            # Beside the same table by national topics it would tell what that hides.
            faults.append(Fault(file, key, f"{name}: write topic instead of local in a table of two"))
        elif key == "share" and set(parts) & set(PERSONAL):
            faults.append(Fault(file, key, f"{name} may not be shared with other towns; take it out"))
        elif name in found:
            faults.append(Fault(file, key, f"{name} is there twice; take one out"))
        else:
            found.append(name)
    return tuple(found)
