"""What is wrong in the files translations go by: `languages/glossary.toml` and `quality.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from kiosk.data.languages import Fault
from kiosk.data.rows import Row, read_toml, tables

_LINES = ("shown", "hint", "off")
_ABOUT = ("ja", "reading", "keep", "also", "romaji")
"""Of a term; every other field is a language."""
_PACKAGE = re.compile(r"[a-z]{2,3}-[a-z]{2,3} [0-9]{1,4}(\.[0-9]{1,4}){0,3}")
_JUDGED = ("packages", "line", "chrf", "sentences", "evidence", "source", "date")
_NO_FIELD = "there is no such field; correct it or take it out"


def glossary_faults(file: Path) -> tuple[Fault, ...]:
    """Everything wrong with the terms; nothing is translated with a file that cannot be read."""
    faults: list[Fault] = []
    data = read_toml(file, faults)
    if faults:
        return tuple(faults)
    faults += _unknown(file, data, ("review", "term", "source"))
    review, sources = data.get("review", {}), data.get("source", {})
    if not isinstance(review, dict) or not isinstance(sources, dict):
        return (*faults, Fault(file, "review, source", "these are tables: write [review] and [source.NAME]"))
    meant: dict[tuple[str, str], str] = {}
    for place, table in enumerate(tables(data, "term", file, faults), start=1):
        row = Row(table, file, f"term {table.get('ja', place)}", faults)
        _term(row)
        for tag in table.keys() - set(_ABOUT):
            if tag not in review:
                row.wrong(
                    tag, f"is a language that is not under [review]; add {tag} there or correct the name"
                )
            _cell(row, tag, sources)
        _meant_once(row, meant)
    return tuple(faults)


def _term(row: Row) -> None:
    for field in ("ja", "reading"):
        row.text(field)
    for field in ("also", "romaji"):
        row.words(field)
    if not isinstance(row.data.get("keep"), bool):
        row.wrong("keep", "write true or false")


def _cell(row: Row, tag: str, sources: Mapping[str, Any]) -> None:
    value = row.data[tag]
    if not isinstance(value, dict):
        row.wrong(tag, 'write { text = "…", source = "…" }')
        return
    cell = Row(value, row.file, f"{row.where}.{tag}", row.faults)
    cell.known(("text", "also", "source"))
    cell.text("text")
    cell.words("also")
    if cell.text("source") not in sources:
        cell.wrong("source", f"there is no [source.{value.get('source')}]; add it or correct the name")
    row.sound = row.sound and cell.sound


def _meant_once(row: Row, meant: dict[tuple[str, str], str]) -> None:
    """A wording of two kept terms: which one a person means cannot be known."""
    if not row.sound or not row.data["keep"]:
        return
    own = {"ja": row.data["ja"]} | {tag: cell["text"] for tag, cell in row.data.items() if tag not in _ABOUT}
    for tag, text in own.items():
        if (other := meant.get((tag, text.casefold()))) is not None:
            row.wrong(tag, f"{text} stands for {other} as well; give one of them another wording")
        meant[tag, text.casefold()] = row.data["ja"]


def quality_faults(file: Path, *, shipped: bool = False) -> tuple[Fault, ...]:
    """Everything wrong with what is known of packages; nothing is translated with a faulty file. The
    `shipped` one also says what holds for packages nobody knows."""
    faults: list[Fault] = []
    data = read_toml(file, faults)
    if faults:
        return tuple(faults)
    head = ("unknown", "sample", "bounds") if shipped else ()
    faults += _unknown(file, data, (*head, "package"))
    if shipped:
        top = Row(data, file, "file", faults)
        for field in ("unknown", "sample"):
            top.one_of(field, _LINES)
        bounds = data.get("bounds", {})
        limits = Row(bounds if isinstance(bounds, dict) else {}, file, "bounds", faults)
        if _score(limits, "hint") > _score(limits, "shown"):
            limits.wrong("hint", "must not be above shown")
    for place, table in enumerate(tables(data, "package", file, faults), start=1):
        _package(Row(table, file, f"package {place}", faults))
    return tuple(faults)


def _package(row: Row) -> None:
    row.known(_JUDGED)
    names = row.words("packages")
    if not names or not all(map(_PACKAGE.fullmatch, names)):
        row.wrong("packages", 'write pairs with versions: ["ko-en 1.1", "en-ko 1.1"]')
    row.one_of("line", _LINES)
    for field in ("evidence", "source"):
        row.text(field)
    measured = row.number("sentences", None, 0, 10_000_000)
    if _score(row, "chrf") and not measured:
        row.wrong("sentences", "write on how many sentences this chrf was measured")
    if not isinstance(row.data.get("date"), date):
        row.wrong("date", "write a date: 2026-11-21")


def _score(row: Row, field: str) -> float:
    value = row.data.get(field)
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 100:
        return float(value)
    row.wrong(field, "write a number from 0 to 100")
    return 0.0


def _unknown(file: Path, data: Mapping[str, Any], fields: Iterable[str]) -> Iterator[Fault]:
    for field in sorted(data.keys() - set(fields)):
        yield Fault(file, field, _NO_FIELD)
