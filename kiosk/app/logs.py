"""What happened, for whoever mends it: never what a person said."""

from __future__ import annotations

import logging
import logging.handlers
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.store.files import alone_in

if TYPE_CHECKING:
    from io import TextIOWrapper


def keep_log(data: Path) -> bool:
    """What happened into `log/madoguchi.log`, a megabyte in all, for its owner only, and never what a person
    said. Whether it is kept; where it cannot be written the rest goes on without it."""
    folder = data / "log"
    kiosk = logging.getLogger("kiosk")
    for former in [h for h in kiosk.handlers if isinstance(h, PrivateLog)]:
        kiosk.removeHandler(former)
        former.close()
    kiosk.setLevel(logging.INFO)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        kiosk.addHandler(PrivateLog(folder / "madoguchi.log"))
    except OSError:
        return False
    return True


class PrivateLog(logging.handlers.RotatingFileHandler):
    """Four files of a quarter of a megabyte that only their owner may read, shared by all processes of the
    folder: they go on in the newest one, and only one of them begins another."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, maxBytes=250_000, backupCount=3, encoding="utf-8")
        self.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))

    def _open(self) -> TextIOWrapper:
        stream = super()._open()
        os.fchmod(stream.fileno(), 0o600)
        return stream

    def shouldRollover(self, record: logging.LogRecord) -> int:  # noqa: N802
        self._follow()
        return super().shouldRollover(record)

    def doRollover(self) -> None:  # noqa: N802
        """Where each process did it for itself, eight of them would push out everything the files hold."""
        with alone_in(Path(self.baseFilename).parent):
            if not self._follow():
                super().doRollover()

    def _follow(self) -> bool:
        """Whether another process had begun a new file; then the next line opens that. Raises OSError."""
        if not self.stream:
            return False
        with suppress(FileNotFoundError):
            if os.path.samestat(Path(self.baseFilename).stat(), os.fstat(self.stream.fileno())):
                return False
        self.stream.close()
        self.stream = None
        return True

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        """A line that finds no room on the disk is let go: Python would write it, with all it was called with
        and where from, onto the screen."""
