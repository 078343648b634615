"""What checks and measures this machine and its files."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from kiosk.cli.base import Here, Json, app, data_here, office
from kiosk.paths import data_dir


@app.command()
def check(
    as_json: Json = False,
    flow: Annotated[str, typer.Option("--flow", help="Tell one flow as its author reads it.")] = "",
) -> None:
    """Check flows, referrals, languages, models and settings."""
    from kiosk.app.checking import run

    sys.exit(run(office(), as_json, flow))


@app.command()
def doctor(
    as_json: Json = False,
    microphone: Annotated[bool, typer.Option("--microphone", help="Test how well it hears you.")] = False,
) -> None:
    """Say what works on this machine and how to mend what does not."""
    from kiosk import doctor as machine

    if microphone:
        from kiosk.app.hearing import run

        sys.exit(run(data_here()))
    sys.exit(machine.run(data_dir(Here.data), as_json))


@app.command()
def bench(
    part: Annotated[
        str,
        typer.Argument(
            help="start, screens, engines, memory, speech, translation, store, merge, matching, taps,"
            " prefecture, report, counter; or all."
        ),
    ] = "all",
    as_json: Json = False,
) -> None:
    """Measure the figures of the README on this machine."""
    from kiosk.app.bench import run

    sys.exit(run(part, as_json))
