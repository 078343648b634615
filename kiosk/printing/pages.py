"""Where A4 pages go: a printer of CUPS, or a folder. Returning means printed or kept; else a Trouble.

CUPS takes a job long before anything is on paper. A page counts as printed only when CUPS says that its job
was completed: one that was cancelled is over too.
"""

from __future__ import annotations

import os
import re
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from kiosk.errors import Trouble
from kiosk.printing.ipp import ABORTED, CANCELED, COMPLETED, job_state
from kiosk.printing.printers import write_whole

ANSWER_S = 15.0
"""Longest wait for one answer of lp or lpstat."""
PRINTED_S = 90.0
"""Longest wait for a job to be over: an office's printer may first warm up."""
PAUSE_S = 0.5
_JOB = re.compile(r"request id is (\S+-\d+)")
_ERRORS = "job-completed-with-errors"


@dataclass(frozen=True)
class Output:
    """What became of a page."""

    printed: bool
    place: str = ""
    """The file's name where it was kept as a file."""


class PagePrinter(Protocol):
    def print(self, pdf: bytes, name: str) -> Output:
        """`name` is for file names: the number, nothing about the person. Raises Trouble."""


class NoPages:
    """An office without a printer for pages."""

    def print(self, pdf: bytes, name: str) -> Output:  # noqa: ARG002
        raise Trouble("trouble.pages_none", log="no printer for pages is set up")


class FolderPages:
    """PDF files for their owner only, deleted with the ticket's day."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def print(self, pdf: bytes, name: str) -> Output:
        path = self._folder / f"{name}.pdf"
        write_whole(path, pdf, "trouble.pages_folder")
        return Output(printed=False, place=f"{self._folder.parent.name}/{self._folder.name}/{path.name}")


class CupsPages:
    """A printer of CUPS, through its own `lp`; the page goes through a pipe, not a file."""

    def __init__(
        self,
        queue: str = "",
        *,
        clock: Callable[[], float] = time.monotonic,
        pause: Callable[[float], None] = time.sleep,
        ask: Callable[[str, int, float], tuple[int, frozenset[str]]] = job_state,
    ) -> None:
        self._queue, self._clock, self._pause, self._ask = queue, clock, pause, ask

    def print(self, pdf: bytes, name: str) -> Output:  # noqa: ARG002
        # The title is what others see on the printer's list.
        to = ["-d", self._queue] if self._queue else []
        said = _run(["lp", *to, "-t", "madoguchi", "-o", "media=A4", "-"], pdf)
        found = _JOB.search(said)
        if found is None:
            raise Trouble("trouble.pages_printer", log="lp named no job")
        self._wait(found[1])
        return Output(printed=True)

    def _wait(self, job: str) -> None:
        """Until the job is over. Raises Trouble where it did not end well, or has not ended yet."""
        number, end = int(job.rpartition("-")[2]), self._clock() + PRINTED_S
        server = _run(["lpstat", "-H"]).strip()
        while True:
            try:
                state, reasons = self._ask(server, number, ANSWER_S)
            except (OSError, ValueError) as fault:
                raise Trouble(
                    "trouble.pages_printer", log="CUPS does not say what became of the job"
                ) from fault
            if state == COMPLETED and _ERRORS not in reasons:
                return
            if state in (CANCELED, ABORTED, COMPLETED):
                raise Trouble("trouble.pages_printer", log="the job was ended without being printed")
            if self._clock() >= end:
                _cancel(job)
                raise Trouble("trouble.pages_waiting", log="the job is not over")
            self._pause(PAUSE_S)


def page_printer(kind: str, queue: str, folder: Path) -> PagePrinter:
    """Where the office settings send pages; `folder` is that of the ticket's day."""
    if kind == "cups":
        return CupsPages(queue)
    return FolderPages(folder) if kind == "folder" else NoPages()


def _cancel(job: str) -> None:
    """Take back what waits: it would come out later, when nobody stands there to take it."""
    try:
        subprocess.run(["cancel", "-x", job], capture_output=True, timeout=ANSWER_S, check=False)
    except (OSError, subprocess.TimeoutExpired) as fault:
        raise Trouble("trouble.pages_stuck", log="the job cannot be cancelled") from fault


def _run(command: list[str], data: bytes = b"") -> str:
    """What a program of CUPS says, in English. Raises Trouble."""
    try:
        done = subprocess.run(
            command,
            input=data,
            capture_output=True,
            timeout=ANSWER_S,
            check=False,
            env={**os.environ, "LC_ALL": "C"},
        )
    except FileNotFoundError as fault:
        raise Trouble("trouble.pages_cups", log=f"{command[0]} is not installed") from fault
    except (OSError, subprocess.TimeoutExpired) as fault:
        raise Trouble("trouble.pages_printer", log=f"{command[0]} does not answer") from fault
    if done.returncode:
        raise Trouble("trouble.pages_printer", log=f"{command[0]} ended with {done.returncode}")
    return done.stdout.decode("utf-8", "replace")
