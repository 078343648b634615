"""`madoguchi bench`: the figures of the README, measured on this machine, with a peer in the same run."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import typer

Figures = dict[str, float]
STARTS = 5
FIRST_SCREEN = """
import sys, time
from pathlib import Path
from kiosk.app.actions import KioskActions
from kiosk.app.intake import KioskWindow
from kiosk.app.office import open_data
from kiosk.workers import Results
office, results = open_data(Path(sys.argv[1])), Results()
shown = KioskWindow(office, results, KioskActions(office, results), size=None)
shown.window.root.update()
print(time.time())
"""
BARE_TK = "import tkinter, time; root = tkinter.Tk(); root.update(); print(time.time())"


def run(part: str, as_json: bool) -> int:
    """Measure one part or all; 2 for a part that does not exist."""
    parts: dict[str, Callable[[Path], Figures]] = {
        "start": start,
        "screens": screens,
        "engines": engines,
        "memory": memory,
        "store": store,
        "merge": merge,
        "matching": matching,
        "speech": speech,
        "translation": translation,
        "taps": taps,
        "prefecture": prefecture,
        "report": report,
        "counter": counter,
    }
    if part != "all" and part not in parts:
        typer.echo(f"no such part: {part}; there are {', '.join(parts)}, all", err=True)
        return 2
    figures: dict[str, Figures] = {}
    with tempfile.TemporaryDirectory() as folder, _display():
        for name, measure in parts.items():
            if part in ("all", name):
                home = Path(folder) / name
                home.mkdir()
                figures[name] = {key: round(value, 3) for key, value in measure(home).items()}
                if not as_json:
                    _tell(name, figures[name])
    if as_json:
        typer.echo(json.dumps(figures, indent=2))
    return 0


def _tell(name: str, figures: Figures) -> None:
    typer.echo(name)
    for key, value in figures.items():
        typer.echo(f"  {key:44} {value:10.3f}")


@contextmanager
def _display() -> Iterator[None]:
    """Always a display of our own: a window manager of unknown speed would be measured otherwise."""
    from kiosk.display_server import virtual_display

    with virtual_display(1280, 800):
        yield


def start(home: Path) -> Figures:
    """Seconds until `--help` has answered and until the first screen is painted; medians of five starts.

    The cold one is the first on its data folder: flows and words are checked and a copy is kept.
    Peers: an empty Python, and Python with an empty Tk window.
    """
    helping = [_seconds([sys.executable, "-m", "kiosk", "--help"]) for _ in range(STARTS)]
    python = [_seconds([sys.executable, "-c", "pass"]) for _ in range(STARTS)]
    first = [_until_said([sys.executable, "-c", FIRST_SCREEN, str(home)]) for _ in range(STARTS)]
    bare = [_until_said([sys.executable, "-c", BARE_TK]) for _ in range(STARTS)]
    return {
        "help_s": statistics.median(helping),
        "empty_python_s": statistics.median(python),
        "first_screen_s": statistics.median(first),
        "first_screen_cold_s": first[0],
        "empty_tk_window_s": statistics.median(bare),
    }


def _seconds(command: list[str]) -> float:
    begun = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun


def _until_said(command: list[str]) -> float:
    """From starting the process until the time it prints."""
    begun = time.time()
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return float(said.strip().splitlines()[-1]) - begun


def screens(home: Path) -> Figures:
    """Milliseconds from a touch to the next page, per language; see kiosk.app.bench_window."""
    from kiosk.app.bench_window import screens as measure

    return measure(home)


def engines(home: Path) -> Figures:
    """Longest stall of the window while speech and translation run; see kiosk.app.bench_window."""
    from kiosk.app.bench_window import engines as measure

    return measure(home)


def store(home: Path) -> Figures:
    """A durable change of a ticket, milliseconds, against SQLite (WAL, synchronous FULL); calling the next
    one from eight consoles in an office database, where PostgreSQL is installed."""
    from kiosk.store.bench import run as measure
    from kiosk.store.bench_postgres import run as measure_database

    return measure(home / "store") | measure_database(home / "database")


def merge(home: Path) -> Figures:
    """Seconds to seal and to take over an event's 2,000 tickets; see kiosk.store.bench_merge."""
    from kiosk.store import bench_merge

    return bench_merge.run(home / "merge")


def matching(_: Path) -> Figures:
    """Choosing agencies from 5,000 rows, milliseconds, against a plain scan of the same rows."""
    from kiosk.app.matching import run as measure

    return measure()


def memory(home: Path) -> Figures:
    """What the engines take and how soon they are back; see kiosk.app.bench_memory."""
    from kiosk.app.bench_memory import memory as measure

    return measure(home)


def translation(home: Path) -> Figures:
    """A sentence there and back, ms, against Argos doing the same; see kiosk.app.bench_translation."""
    from kiosk.app.bench_translation import run as measure

    return measure(home)


def taps(_: Path) -> Figures:
    """Taps from the language to the number over the recorded visits, by topic."""
    from kiosk.app.taps import run as measure

    return measure()


def speech(home: Path) -> Figures:
    """How soon words and spoken choices come and how many are right, against stock Vosk."""
    from kiosk.app.bench_speech import run as measure

    return measure(home)


def prefecture(home: Path) -> Figures:
    """A plan for 77 towns, 300 tablets, ten years, played through; against TinyDB's one file."""
    from kiosk.app.prefecture import run as measure

    return measure(home)


def report(home: Path) -> Figures:
    """Seconds for the yearly report over 100,000 tickets; see kiosk.app.bench_report."""
    from kiosk.app.bench_report import run as measure

    return measure(home)


def counter(home: Path) -> Figures:
    """What counselors wait for, and their window beside a yearly report; see kiosk.app.bench_counter.

    The year of the part `report` is used once more where that ran before.
    """
    from kiosk.app.bench_counter import run as measure

    return measure(home, home.parent / "report" / "worst")
