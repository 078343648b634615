"""What the reports' page of the console asks for: reports beside the window, and where they may be saved."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from kiosk.app.gathering import Progress
from kiosk.app.library.sticks import downloads, sticks
from kiosk.app.office import Office
from kiosk.app.reporter import Reporter
from kiosk.app.reporting import Wanted
from kiosk.errors import Trouble
from kiosk.reports.model import Kind, Report
from kiosk.ui.counter.reporting.desk import SavePlace
from kiosk.workers import Reply, Results, run_in_thread


class OfficeReports:
    """Reports of one office. All methods are for the window's thread."""

    def __init__(self, office: Office, results: Results) -> None:
        self._office, self._results = office, results
        self._reporter = Reporter(office, results)

    def make(
        self,
        kind: Kind,
        when: str,
        language: str,
        staff: str,
        progress: Callable[[int, int], None],
        done: Callable[[Report | Trouble], None],
    ) -> Callable[[], None]:
        def went(said: Progress) -> None:
            progress(said.done, said.whole)

        wanted = Wanted(kind, when, language, staff)
        return self._reporter.make(wanted, lambda reply: done(reply.trouble or reply.value), went).cancel

    def places(self, done: Callable[[Sequence[SavePlace]], None]) -> None:
        run_in_thread(self._results, self._places, lambda reply: done(reply.value or ()))

    def save(
        self,
        report: Report,
        folder: str,
        name: str,
        force: bool,
        done: Callable[[str | Trouble], None],
    ) -> None:
        def looked(reply: Reply) -> None:
            if reply.trouble is not None:
                done(reply.trouble)
            else:
                place: Path = reply.value
                if place == self._own and report.kind == "day":
                    place /= report.when  # erased with the day's tickets
                self._reporter.save(report, place / name, saved, force=force)

        def saved(reply: Reply) -> None:
            done(reply.trouble or str(reply.value))

        # A stick that hangs must not hold the window.
        run_in_thread(self._results, lambda: self._folder(folder), looked)

    def close(self) -> None:
        """Stop what is being made; nobody is told."""
        self._reporter.close()

    @property
    def _own(self) -> Path:
        return self._office.saved_reports

    def _places(self) -> list[SavePlace]:
        found = [SavePlace("office", str(self._own))]
        found += [SavePlace("stick", str(place)) for place in sticks() if os.access(place, os.W_OK)]
        return [*found, *(SavePlace("downloads", str(place)) for place in downloads())]

    def _folder(self, given: str) -> Path:
        """The folder, if it is one. Only the office's own is made: a stick that was pulled out leaves a place
        where a folder of its name would lie on this machine."""
        try:
            folder = Path(given).expanduser()
            there = folder == self._own or folder.is_dir()
        except (OSError, RuntimeError, ValueError) as error:
            raise Trouble("trouble.file_unwritten", log=type(error).__name__) from error
        if not there:
            raise Trouble("trouble.file_unwritten", log="the folder is not there")
        return folder
