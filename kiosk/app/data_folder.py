"""Whether whoever runs a program can work in the data folder."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from kiosk.errors import Trouble


def usable(data: Path) -> None:
    """Refuse a data folder that whoever runs this cannot work in: its files are for their owner only, and
    those another user leaves there, the administrator too, keep the kiosk out. A missing one is made later.

    Raises Trouble("trouble.data_owner"), Trouble("trouble.data_closed").
    """
    try:
        found = data.stat()
    except FileNotFoundError:
        return
    except OSError as fault:
        raise _closed(data, fault.strerror or "") from fault
    if not stat.S_ISDIR(found.st_mode):
        raise _closed(data, "not a folder")
    if found.st_uid != os.geteuid():
        owner, user = _user(found.st_uid), _user(os.geteuid())
        raise Trouble("trouble.data_owner", path=str(data), owner=owner, user=user)
    if not os.access(data, os.R_OK | os.X_OK):
        raise _closed(data, "no permission")


def _closed(data: Path, why: str) -> Trouble:
    return Trouble("trouble.data_closed", log=f"the data folder: {why}", path=str(data), why=why)


def _user(number: int) -> str:
    """A user's name; the number where the machine has none."""
    import pwd

    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return str(number)
