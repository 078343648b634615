"""What happened, for whoever mends it: never what a person said."""

from __future__ import annotations

import logging
import logging.handlers
import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from io import TextIOWrapper

log = logging.getLogger(__name__)


def keep_log(data: Path) -> None:
    """What happened into `log/madoguchi.log`, a megabyte in all, for its owner only, and never what a person
    said. Where it cannot be written the rest goes on without it."""
    folder = data / "log"
    kiosk = logging.getLogger("kiosk")
    for former in [h for h in kiosk.handlers if isinstance(h, PrivateLog)]:
        kiosk.removeHandler(former)
        former.close()
    kiosk.setLevel(logging.INFO)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        kiosk.addHandler(PrivateLog(folder / "madoguchi.log"))
    except OSError as fault:
        log.warning("no log is kept: %s", fault.strerror)


class PrivateLog(logging.handlers.RotatingFileHandler):
    """Four files of a quarter of a megabyte that only their owner may read."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, maxBytes=250_000, backupCount=3, encoding="utf-8")
        self.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))

    def _open(self) -> TextIOWrapper:
        stream = super()._open()
        os.fchmod(stream.fileno(), 0o600)
        return stream
