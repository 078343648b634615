"""The keys of days between the machines of an office: each makes its own, closed to the office, and all may
read what any of them sealed. A key lies in the database as it lies in its file: of no use without the
office's passphrase."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, Any

from kiosk.store.keys import Keyring
from kiosk.store.sealing import Closed, mark_of

if TYPE_CHECKING:
    from psycopg import Connection

_SHARE = "INSERT INTO day_key (day, mark, key) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING"


def share(connection: Connection[Any], keys: Keyring, day: date) -> None:
    """Put this machine's keys of a day beside what is sealed to them."""
    for record in keys.carried(day):
        connection.execute(_SHARE, (day, _mark(record), json.dumps(record)))


def fetch(connection: Connection[Any], keys: Keyring, day: date) -> None:
    """Take over the other machines' keys of a day. Raises Trouble."""
    rows = connection.execute("SELECT mark, key FROM day_key WHERE day = %s", (day,)).fetchall()
    known = marks(keys, day)
    for mark, record in rows:
        if mark not in known:
            # One that is spoiled or of another office must not keep the others out.
            with suppress(Closed):
                keys.adopt(day, [record])


def marks(keys: Keyring, day: date) -> set[str]:
    """Of the day's keys that are here."""
    return {_mark(record) for record in keys.carried(day)}


def _mark(record: Mapping[str, Any]) -> str:
    return mark_of(b64decode(record["public"]))
