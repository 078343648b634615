"""What calling the next ticket costs eight consoles at once, in an office database that has grown for years.

Started here: Debian's PostgreSQL, every commit waiting for the disk. Peer in the same run, on the same
tickets: the plain way, which locks whoever is next and lets the other counters wait for it.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import statistics
import time
from dataclasses import replace
from datetime import timedelta
from multiprocessing.queues import Queue
from pathlib import Path
from typing import Any

from kiosk.errors import Trouble
from kiosk.store.bench import PER_DAY, TODAY, _ticket
from kiosk.store.contents import closed
from kiosk.store.ids import Ids
from kiosk.store.keys import Keyring
from kiosk.store.pg.link import connect
from kiosk.store.pg.trial import Server, why_not
from kiosk.store.postgres import PostgresStore

KEPT, CLAIMS, PLAIN, CONSOLES = 100_000, 10_000, 2_000, 8
"""Tickets kept in all, today's that are called, those called the plain way, consoles."""
RUSH, PAUSE = 200, 0.08
_SPAWN = multiprocessing.get_context("spawn")
_FILL = """
INSERT INTO ticket (id, site, day, number, language, lane, first, state, issued, waiting_since,
    content, written)
SELECT (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7000'
        || 'a000' || lpad(to_hex(n), 12, '0'))::uuid,
    '', day, to_char(count, '"A"FM999000'), 'ko', '', false, state, at, at, %(content)s,
    pg_current_xact_id()
FROM (
    SELECT n, CASE WHEN n < %(claims)s THEN %(today)s
            ELSE %(today)s - 1 - (n - %(claims)s) / %(per_day)s END AS day,
        CASE WHEN n < %(claims)s THEN n + 1 ELSE n %% %(per_day)s + 1 END AS count,
        CASE WHEN n < %(claims)s THEN 'waiting' ELSE 'closed' END AS state,
        %(begun)s + n * interval '1 second' AS at
    FROM generate_series(0, %(kept)s - 1) AS n
) AS made
"""
_PERIODS = """
INSERT INTO period (ticket, key, place, state, at, counter, staff, stamp)
SELECT id, place || state, place, CASE place WHEN 0 THEN 'waiting' WHEN 1 THEN 'called' WHEN 2 THEN 'serving'
    ELSE 'closed' END, issued, '', '', ''
FROM ticket, generate_series(0, CASE state WHEN 'waiting' THEN 0 ELSE 3 END) AS place
"""
_AGAIN = """
UPDATE ticket SET state = 'waiting' WHERE id IN
    (SELECT id FROM ticket WHERE day = %s AND state = 'called' ORDER BY waiting_since, issued, id LIMIT %s)
"""
_PLAINLY = """
UPDATE ticket SET state = 'called', written = pg_current_xact_id() WHERE id =
    (SELECT id FROM ticket WHERE day = %s AND site = '' AND state = 'waiting'
     ORDER BY waiting_since, issued, id LIMIT 1 FOR UPDATE)
RETURNING id::text
"""
_CALLED = """
INSERT INTO period (ticket, key, place, state, at, counter, staff, stamp)
VALUES (%s, %s, 9, 'called', now(), '', '', '')
"""


def run(folder: Path) -> dict[str, float]:
    """Milliseconds from asking for the next ticket to having called it, for CLAIMS tickets of which none may
    be `claimed_twice`.

    `claim_…`: every console pauses up to PAUSE seconds before it calls again, still a thousand times busier
    than a counter. `rush_…`: RUSH calls of each console without any pause: how the machine is at its limit.
    `plain_…`: the peer, without any pause; it neither picks by language nor keeps stamps, and announces
    nothing. Nothing where there is no PostgreSQL; `doctor` says how to have one.
    """
    if why_not():
        return {}
    server = Server(durable=True)
    try:
        url = server.database()
        _fill(url, folder)
        called = _consoles(_claim, url, folder)
        figures = _figures("claim", [one[RUSH:] for one in called])
        figures |= _figures("rush", [one[:RUSH] for one in called])
        ids = [ticket_id for one in called for ticket_id, _ in one]
        figures |= {"claims": len(ids), "claimed_twice": len(ids) - len(set(ids))}
        with connect(url) as connection:
            connection.execute(_AGAIN, (TODAY, PLAIN))
        return figures | _figures("plain", _consoles(_claim_plainly, url, folder))
    finally:
        server.close()


def _fill(url: str, folder: Path) -> None:
    """All tickets, with what today's tell sealed each by itself."""
    keys = Keyring(folder / "keys")
    ticket = _ticket(TODAY, 1, Ids())
    with connect(url) as connection:
        connection.execute("SET statement_timeout = 0")
        connection.execute(
            _FILL,
            {
                "content": json.dumps(dict(closed(keys, ticket, None, None).body)),
                "claims": CLAIMS,
                "kept": KEPT,
                "per_day": PER_DAY,
                "today": TODAY,
                "begun": ticket.issued - timedelta(hours=4),
            },
        )
        connection.execute(_PERIODS)
        ids = connection.execute("SELECT id::text FROM ticket WHERE day = %s", (TODAY,)).fetchall()
        with connection.cursor() as cursor:
            cursor.executemany(
                "UPDATE ticket SET content = %s WHERE id = %s",
                [
                    (json.dumps(dict(closed(keys, replace(ticket, id=one), None, None).body)), one)
                    for (one,) in ids
                ],
            )
        connection.commit()
        connection.autocommit = True
        connection.execute("VACUUM ANALYZE")


def _consoles(work: Any, url: str, folder: Path) -> list[list[tuple[str, float]]]:
    """What each console called, and how long each took, milliseconds."""
    answers: Queue[Any] = _SPAWN.Queue()
    ready = _SPAWN.Barrier(CONSOLES)
    started = [
        _SPAWN.Process(target=work, args=(url, str(folder), name, ready, answers)) for name in range(CONSOLES)
    ]
    for process in started:
        process.start()
    found = [answers.get() for _ in started]
    for process in started:
        process.join()
    return found


def _claim(url: str, folder: str, name: int, ready: Any, answers: Queue[Any]) -> None:
    store = PostgresStore(
        url,
        letter="A",
        today=lambda: TODAY,
        device=Path(folder) / f"console{name}" / "device",
        keys=Keyring(Path(folder) / "keys"),
    )
    at = _ticket(TODAY, 1, Ids()).issued + timedelta(hours=4)
    store.refresh()
    called: list[tuple[str, float]] = []
    luck = random.Random(name)
    ready.wait()
    while True:
        if len(called) >= RUSH:
            time.sleep(luck.random() * PAUSE)
        begun = time.perf_counter()
        found = store.call_next(counter=str(name), languages=("ko",), at=at)
        if found is None:
            break
        called.append((found.ticket.id, (time.perf_counter() - begun) * 1000))
    store.close()
    answers.put(called)


def _claim_plainly(url: str, folder: str, name: int, ready: Any, answers: Queue[Any]) -> None:  # noqa: ARG001
    called: list[tuple[str, float]] = []
    with connect(url) as connection:
        ready.wait()
        while True:
            begun = time.perf_counter()
            row = connection.execute(_PLAINLY, (TODAY,)).fetchone()
            if row is None:
                left = connection.execute(
                    "SELECT 1 FROM ticket WHERE day = %s AND state = 'waiting' LIMIT 1", (TODAY,)
                ).fetchone()
                connection.rollback()
                if left is None:
                    break
                continue  # It waited for one that another took: it has to ask again.
            connection.execute(_CALLED, (row[0], f"plain {os.getpid()} {len(called)}"))
            connection.commit()
            called.append((row[0], (time.perf_counter() - begun) * 1000))
    answers.put(called)


def _figures(name: str, called: list[list[tuple[str, float]]]) -> dict[str, float]:
    times = [taken for one in called for _, taken in one]
    if not times:
        raise Trouble("trouble.store_failed", log="no ticket was called")
    return {
        f"{name}_p50_ms": round(statistics.median(times), 2),
        f"{name}_p95_ms": round(statistics.quantiles(times, n=20)[-1], 2),
        f"{name}_max_ms": round(max(times), 2),
    }
