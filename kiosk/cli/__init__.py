"""The command line: one thin function a command, one module a group. Nothing heavy is imported before it
is needed."""

from __future__ import annotations

import logging
import os
from contextlib import suppress

# Each module of a group adds its commands to the program.
from kiosk.cli import audit, check, database, evaluate, event, keys, models, queue, reports, windows
from kiosk.cli.base import app, fail
from kiosk.errors import Trouble

__all__ = [
    "app",
    "audit",
    "check",
    "database",
    "evaluate",
    "event",
    "keys",
    "main",
    "models",
    "queue",
    "reports",
    "windows",
]


def main() -> None:
    """Run a command; exit 0 good, 1 a problem told in a sentence, 2 wrong usage."""
    # What is written may be about a person: pictures, slips, tickets and the log are for their owner only.
    os.umask(0o077)
    _leave_no_core()
    try:
        app()
    except Trouble as trouble:
        fail(trouble)
    except Exception as error:
        from kiosk.workers import place_of

        # Type and place only: the message may hold what somebody said.
        logging.getLogger(__name__).error("a command failed: %s", place_of(error))
        fail(Trouble("trouble.work_failed"), place_of(error))


def _leave_no_core() -> None:
    """A crash must not write the memory, with what residents said, onto the disk; workers inherit this."""
    import resource

    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
