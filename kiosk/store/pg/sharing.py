"""The keys of days between the machines of an office: each makes its own, closed to the office, and all may
read what any of them sealed. A key lies in the database as it lies in its file: of no use without the
office's passphrase."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from kiosk.store import keyfiles
from kiosk.store.keyfiles import Spoiled
from kiosk.store.keys import SUFFIX, Keyring
from kiosk.store.sealing import mark_of

if TYPE_CHECKING:
    from psycopg import Connection

_SHARE = "INSERT INTO day_key (day, mark, key) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING"


def share(connection: Connection[Any], keys: Keyring, day: date) -> None:
    """Put this machine's keys of a day beside what is sealed to them."""
    for mark, record in _own(keys, day).items():
        connection.execute(_SHARE, (day, mark, json.dumps(record)))


def fetch(connection: Connection[Any], keys: Keyring, day: date) -> bool:
    """Take over the other machines' keys of a day; whether there were new ones. Raises Trouble."""
    rows = connection.execute("SELECT mark, key FROM day_key WHERE day = %s", (day,)).fetchall()
    known = _own(keys, day)
    new = [record for mark, record in rows if mark not in known]
    if new:
        keys.adopt(day, new)
    return bool(new)


def _own(keys: Keyring, day: date) -> dict[str, Any]:
    from base64 import b64decode

    try:
        table = keyfiles.read(keys.folder / f"{day.isoformat()}{SUFFIX}") or {"keys": []}
        return {mark_of(b64decode(record["public"])): record for record in table["keys"]}
    except (Spoiled, OSError, KeyError, TypeError, ValueError):
        return {}  # The keyring tells it, and makes a new one.
