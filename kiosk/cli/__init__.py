"""The command line: one thin function a command, one module a group. Nothing heavy is imported before it
is needed."""

from __future__ import annotations

import logging
import os
import sys
from contextlib import suppress

# Each module of a group adds its commands to the program; help lists them in this order.
from kiosk.cli import windows  # isort: skip
from kiosk.cli import check, queue, keys, reports, backup, audit, models, event, database, evaluate  # isort: skip
from kiosk.cli.base import app, fail
from kiosk.errors import Trouble

__all__ = [
    "app",
    "audit",
    "backup",
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
    _stand_in()
    _leave_no_core()
    # Lines for the log are no sentences: without a log they are not thrown at whoever sits at the terminal.
    logging.getLogger("kiosk").addHandler(logging.NullHandler())
    try:
        app()
    except Trouble as trouble:
        fail(trouble)
    except Exception as error:
        if isinstance(error, OSError) and _answer_lost(error):
            fail(Trouble("trouble.answer_lost"))
        from kiosk.workers import place_of

        # Type and place only: the message may hold what somebody said.
        logging.getLogger(__name__).error("a command failed: %s", place_of(error))
        fail(Trouble("trouble.work_failed"), place_of(error))


def _stand_in() -> None:
    """Make the standard streams fit to be written to, whatever started the program."""
    for handle, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        try:
            os.fstat(handle)
        except OSError:
            # The next file opened, perhaps a journal, would get its number, and be written into by a child.
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)
        if getattr(sys, name) is None:
            setattr(sys, name, open(handle, mode, encoding="utf-8", closefd=False))  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        # A terminal of another encoding has no Burmese, and no mark of the doctor's.
        if (change := getattr(stream, "reconfigure", None)) is not None:
            change(errors="replace")


def _answer_lost(error: OSError) -> bool:
    """Whether what a command answered could not be written; what it did, it did."""
    at = error.__traceback__
    while at is not None and at.tb_next is not None:
        at = at.tb_next
    lost = at is not None and at.tb_frame.f_code.co_name == "echo"
    try:
        sys.stdout.flush()
    except OSError:
        lost = True
        # Python tries once more when it ends, and would exit with a code of its own.
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return lost


def _leave_no_core() -> None:
    """A crash must not write the memory, with what residents said, onto the disk; workers inherit this."""
    import resource

    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
