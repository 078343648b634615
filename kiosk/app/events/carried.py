"""What of an office's settings goes along with an event, and the settings of the event's data folder."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields

from kiosk.core.event import PAPER, Event
from kiosk.settings import Office as OfficeSettings

_NOT_CARRIED = ("desks", "counters")
"""Settings of the office that an event has its own of."""
_SITE = "site"
"""Among the settings carried, the one that belongs to the table of the database."""


def carried_settings(settings: OfficeSettings, site: str) -> tuple[tuple[str, str | int], ...]:
    """The office's name, prefecture and so on, where they are not as shipped, and its site."""
    shipped = OfficeSettings()
    named = [one.name for one in fields(settings) if one.name not in _NOT_CARRIED]
    told = [(name, getattr(settings, name)) for name in named]
    carried = tuple(
        (name, value)
        for name, value in told
        if isinstance(value, str | int) and value != getattr(shipped, name)
    )
    return (*carried, (_SITE, site)) if site else carried


def site_of(event: Event) -> str:
    """The site of the office that prepared it, which its tickets are counted at; empty where it has none."""
    return str(dict(event.office).get(_SITE, ""))


def settings_of(event: Event) -> str:
    """The event's settings.toml: the office's own, with the event's letter, languages, desks and printer."""
    carried = {name: value for name, value in event.office if name != _SITE}
    office = {**carried, "desks": list(event.partners), "counters": max(1, len(event.partners))}
    kind = (
        "none" if not event.printer else "escpos-network" if _is_address(event.printer) else "escpos-device"
    )
    tables: Mapping[str, Mapping[str, object]] = {
        "office": office,
        "kiosk": {"letter": event.letter, "languages": list(event.languages)},
        "printing": {"kind": kind, "target": event.printer, "width_dots": PAPER[event.paper]},
        "database": {"site": site_of(event)},
    }
    lines = []
    for name, table in tables.items():
        lines.append(f"[{name}]")
        # JSON's strings, numbers and lists of them are TOML's as well.
        lines += [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in table.items()]
    return "\n".join([*lines, ""])


def _is_address(printer: str) -> bool:
    return not printer.startswith("/") and ":" in printer
