"""What the reports' page shows at one moment."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.reports.model import Kind, Report

FOLDER = "reports.folder"
"""Name of the field for another place."""
FORMATS = (".xlsx", ".pdf", ".csv", ".json")
SHARED = (".zip", ".json", ".csv")
"""What a file for partner towns may be written as."""


@dataclass(frozen=True)
class PlaceLine:
    """A place to save to."""

    label: str
    path: str
    icon: str


@dataclass(frozen=True)
class Saving:
    """The page that asks where and as what to save."""

    name: str
    """Of the file, with its suffix."""
    suffixes: tuple[str, ...]
    suffix: str
    places: tuple[PlaceLine, ...] | None
    """None while they are looked for."""
    chosen: int
    """Of the places; the one after the last is the field."""
    open_file: bool
    """Whether the file tells what residents said, open to whoever reads it."""
    asked: str = ""
    """The name of a file that is there already: whether it may be written over."""
    busy: bool = False
    note: str = ""
    """What went wrong."""


@dataclass(frozen=True)
class View:
    kind: Kind
    when: str
    """In words."""
    earlier: bool
    later: bool
    report: Report | None = None
    at: int = 0
    """Which page of the report."""
    done: float | None = None
    """0 to 1 while it is made."""
    progress: str = ""
    note: str = ""
    """What went wrong."""
    message: str = ""
    """What was done."""
    whole: bool = True
    """Whether the page of the report is drawn already, and not only what stands around it."""
    saving: Saving | None = None
