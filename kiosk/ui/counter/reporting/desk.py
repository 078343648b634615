"""What the reports' page may ask for; `app` provides it. Every answer comes on the window's thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from kiosk.errors import Trouble
from kiosk.reports.model import Kind, Report

Sort = Literal["office", "stick", "downloads"]


@dataclass(frozen=True)
class SavePlace:
    """A folder a report may be written into."""

    sort: Sort
    path: str


class ReportDesk(Protocol):
    """Reports of the office, made and written beside the window. Nothing here waits."""

    def make(
        self,
        kind: Kind,
        when: str,
        language: str,
        staff: str,
        progress: Callable[[int, int], None],
        done: Callable[[Report | Trouble], None],
    ) -> Callable[[], None]:
        """Make the report of a day, month or year in ISO form. `progress` gets days done and days in all;
        `done` comes once, also after what is answered, which stops it: `trouble.report_stopped`."""

    def places(self, done: Callable[[Sequence[SavePlace]], None]) -> None:
        """Where a report may be written now: the office's own folder first."""

    def save(
        self,
        report: Report,
        folder: str,
        name: str,
        force: bool,
        done: Callable[[str | Trouble], None],
    ) -> None:
        """Write it in the format of the name's suffix; `done` gets the file's path. A folder that is not
        there is no place: `trouble.file_unwritten`; a file that is there, `trouble.report_exists` unless
        `force`."""
