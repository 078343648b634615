"""`madoguchi check`: everything an office can change, checked, every fault named with its cure."""

from __future__ import annotations

import json

import typer

from kiosk.app.office import Office
from kiosk.data.check import check
from kiosk.data.keyboards import faults as keyboard_faults
from kiosk.data.languages import Fault
from kiosk.data.models import read_catalog
from kiosk.data.referrals import OWN


def run(office: Office, as_json: bool) -> int:
    """0 when nothing is wrong, 1 otherwise."""
    report = check(own=office.data / OWN)
    more = [fault for state in report.languages for fault in keyboard_faults(state.tag)]
    more += read_catalog().faults
    more += [Fault(office.data / "settings.toml", f.key, f.cure) for f in office.settings_faults]
    more += office.roster_faults
    ok = report.ok and not more
    if as_json:
        found = report.as_json()
        found["ok"] = ok
        found["faults"] += [{"file": str(f.file), "key": f.key, "message": f.message} for f in more]
        typer.echo(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        for line in (*report.lines(), *(str(fault) for fault in more)):
            typer.echo(line)
    return 0 if ok else 1
