"""The peer of a call: SQLite's UPDATE … RETURNING, written ahead and flushed each time, and a Tk label."""

from __future__ import annotations

import json
import sqlite3
import time
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.core.records import content_record

if TYPE_CHECKING:
    from kiosk.app.console_window import ConsoleWindow
    from kiosk.app.office import Office


class SqlitePeer:
    """The same call with nothing of a product around it: a row, and a label that shows it."""

    def __init__(self, file: Path, office: Office, shown: ConsoleWindow) -> None:
        import tkinter

        self._root, self._base = shown.window.root, sqlite3.connect(file, isolation_level=None)
        self._label = tkinter.Label(self._root, wraplength=800)
        for line in (
            "PRAGMA journal_mode=WAL",
            "PRAGMA synchronous=FULL",
            "CREATE TABLE ticket (id TEXT PRIMARY KEY, number TEXT, state TEXT, counter TEXT, body TEXT)",
            "CREATE INDEX waiting ON ticket (state, number)",
        ):
            self._base.execute(line)
        rows = [
            (case.id, case.number, case.state.value, "", json.dumps(content_record(case.content)))
            for case in office.store.tickets()
        ]
        self._base.executemany("INSERT INTO ticket VALUES (?, ?, ?, ?, ?)", rows)

    def call(self) -> float:
        begun = time.perf_counter()
        chosen = "SELECT id FROM ticket WHERE state = 'waiting' ORDER BY number LIMIT 1"
        change = f"UPDATE ticket SET state = 'called', counter = '1' WHERE id = ({chosen}) RETURNING body"
        (body,) = self._base.execute(change).fetchall()[0]
        self._label.configure(text=body)
        self._root.update_idletasks()
        return (time.perf_counter() - begun) * 1000

    def close(self) -> None:
        self._base.close()
