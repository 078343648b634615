"""One connection to the office database: opened when needed, opened anew when lost, never waited for long."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from kiosk.errors import Trouble
from kiosk.store.carrying import Carried
from kiosk.store.pg.guard import Guard
from kiosk.store.pg.schema import check_version

if TYPE_CHECKING:
    from psycopg import Connection, Error

log = logging.getLogger(__name__)
Answer = TypeVar("Answer")

CHANNEL = "madoguchi"
CONNECT_WAIT = 3
"""Seconds to wait for a connection; a machine that is switched off does not answer at all."""
WRITE_WAIT = 5.0
"""Seconds a statement may take, or wait for another's lock; a change takes milliseconds."""
LOOK_WAIT = 0.05
"""Seconds `refresh` waits for this process's other threads before it answers with what it knows."""
LEASE = 5.0
"""Seconds a claim holds without a sign of life. The claim is a lock of the open transaction, so the server
itself ends it: at once where the console died, after this time where its machine hangs or lost the network.
Whoever comes back later finds its transaction gone and has changed nothing."""
_PAUSES = (0.5, 1.0, 2.0, 4.0, 8.0)
"""Seconds between tries to look at a database that is away."""
_DEFAULTS = {
    "connect_timeout": CONNECT_WAIT,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 2,
    "tcp_user_timeout": 8000,
}
_BUSY = frozenset({"55P03", "40P01", "40001"})
_FULL = frozenset({"53100"})
_SCHEMA = frozenset({"42P01", "42703", "42883", "3F000"})
_REFUSED = frozenset({"28P01", "28000", "3D000", "42501"})
_GONE = frozenset({"57P01", "57P02", "57P03", "53300", "25P03"})
_SLOW = "57014"
"""The server gave up a statement that took too long: somebody else's disk or lock, and as good as away."""
_STARTING = ("starting up", "shutting down", "recovery mode", "too many clients", "too many connections")


class Away(Trouble):
    """The database cannot be reached. `written`: what may have arrived there all the same."""

    def __init__(self, log: str = "", written: Carried | None = None) -> None:
        super().__init__("trouble.database_away", log=log)
        self.written = written


class Link:
    """Used by one thread at a time, through `reading` and `write`; safe to share between threads."""

    def __init__(self, url: str, *, zone: str, name: str) -> None:
        """`zone`: the office's time zone, in which times come back. `name` is shown by the database."""
        self._url, self._zone, self._name = url, zone, name
        self._lock = threading.RLock()
        self._depth = 0
        self._connection: Connection[Any] | None = None
        self._tries, self._next_try = 0, 0.0
        self.opened = 0
        """How often a connection was opened: what was known before another one is to be read anew."""
        self._heard: list[str] = []
        self._news: set[str] = set()
        self._guard = Guard()

    @contextmanager
    def held(self, wait: float | None = None) -> Iterator[None]:
        """This process's other threads wait meanwhile. Raises Trouble("trouble.store_busy")."""
        wait = 2 * WRITE_WAIT if wait is None else wait
        if not self._lock.acquire(timeout=wait):
            raise Trouble("trouble.store_busy", log=f"another thread held the store for {wait} s")
        try:
            yield
        finally:
            self._lock.release()

    def reading(self, read: Callable[[Connection[Any]], Answer]) -> Answer:
        """What `read` answers, once more where the connection was lost. Inside a change it reads in its
        transaction. Raises Trouble."""
        with self.held():
            if self._depth:
                return read(self._open())
            answer, _ = self._transaction(lambda connection: (read(connection), None))
            return answer

    def write(self, write: Callable[[Connection[Any]], tuple[Answer, Carried | None]]) -> Answer:
        """Run a change in a transaction; it is on the server's disk when this returns.

        `write` answers what the caller wants and the ticket it wrote, if it added a period or a note: where
        the connection is lost while the transaction is ended, the last stamp tells whether it was. It may be
        run again.
        Raises Trouble; `Away.written` where that could not be asked.
        """
        with self.held():
            if self._depth:
                raise RuntimeError("a change may not write to the store")
            return self._transaction(write)[0]

    def announce(self, day: date, site: str) -> None:
        """Within a change: tell the other machines, once it is written, which day's list is another one."""
        self._news.add(f"{day.isoformat()} {site}")

    def listen(self) -> list[str]:
        """What others announced since last asked. Raises Trouble; at once where the database was away a
        moment ago, so that it may be asked several times a second."""
        with self.held(LOOK_WAIT):
            if self._connection is None and time.monotonic() < self._next_try:
                raise Away("not tried again yet")
            # A way there and back: what was announced before now has arrived with its answer.
            self.reading(lambda connection: connection.execute("SELECT 1").fetchone())
            heard, self._heard = self._heard, []
            return heard

    def close(self) -> None:
        with self._lock:
            self._guard.end()
            connection, self._connection = self._connection, None
            if connection is not None:
                with suppress(Exception):  # It may be lost already; the server notices by itself.
                    connection.close()

    def _transaction(
        self, work: Callable[[Connection[Any]], tuple[Answer, Carried | None]]
    ) -> tuple[Answer, Carried | None]:
        import psycopg

        for last in (False, True):
            connection = self._open()
            self._news.clear()
            self._guard.watch(connection)
            self._depth += 1
            ending = False
            written: Carried | None = None
            try:
                answer, written = work(connection)
                ending = True
                connection.commit()
                self._tell(connection)
                return answer, written
            except psycopg.Error as error:
                self._undo(connection)
                if not _lost(error, connection):
                    raise told(error) from None
                self.close()
                if ending and written is not None and self._arrived(written, error):
                    return answer, written
                if last:
                    raise Away(_words(error)) from None
            except BaseException:
                self._undo(connection)
                raise
            finally:
                self._guard.rest()
                self._depth -= 1
        raise AssertionError("unreachable")

    def _tell(self, connection: Connection[Any]) -> None:
        """Wake the others. By itself and without waiting for the disk: the server lets one transaction at a
        time end that announces something, and all counters would wait in line for the disk. Where it is lost
        they find out by themselves, some seconds later."""
        if not self._news:
            return
        told = ", ".join(f"pg_notify('{CHANNEL}', {_quoted(one)})" for one in sorted(self._news))
        connection.autocommit = True
        try:
            connection.execute(f"BEGIN; SET LOCAL synchronous_commit = off; SELECT {told}; COMMIT")
        except Exception as error:
            log.info("not announced: %s", _words(error))
        finally:
            self._news.clear()
            if connection.closed:
                self.close()
            else:
                connection.rollback()
                connection.autocommit = False

    def _undo(self, connection: Connection[Any]) -> None:
        with suppress(Exception):  # Where it is lost the server undoes it.
            connection.rollback()

    def _arrived(self, written: Carried, error: Error) -> bool:
        """Whether a transaction whose end was not answered was ended well. Raises Away where nobody says."""
        stamps = [written.ticket.latest, *written.kept.stamps]
        # Of a record only the newest is kept: its author may have saved again on another machine since.
        ask = """SELECT 1 WHERE EXISTS (SELECT 1 FROM period WHERE ticket = %(id)s AND stamp = %(stamp)s)
            OR EXISTS (SELECT 1 FROM note WHERE ticket = %(id)s AND stamp = %(stamp)s)
            OR EXISTS (SELECT 1 FROM record WHERE ticket = %(id)s AND author = ANY(%(authors)s)
                AND stamp >= %(stamp)s)"""
        try:
            connection = self._open()
            authors = [str(one["by"]) for one in written.kept.records if one["stamp"] == max(stamps)]
            values = {"id": written.ticket.id, "stamp": max(stamps), "authors": authors}
            found = connection.execute(ask, values).fetchone()
            connection.rollback()
        except Exception as fault:
            self.close()
            raise Away(
                f"{_words(error)}; not known whether written: {type(fault).__name__}", written
            ) from None
        return found is not None

    def _open(self) -> Connection[Any]:
        if self._connection is not None and not self._connection.closed:
            return self._connection
        try:
            self._connection = connect(self._url, zone=self._zone, name=self._name)
            check_version(self._connection)
            self._connection.add_notify_handler(self._announced)
            self._connection.execute(f"LISTEN {CHANNEL}")
            self._connection.commit()
        except Exception as error:
            self.close()
            self._next_try = time.monotonic() + _PAUSES[min(self._tries, len(_PAUSES) - 1)]
            self._tries += 1
            raise (error if isinstance(error, Trouble) else told(error)) from None
        self._tries, self.opened = 0, self.opened + 1
        return self._connection

    def _announced(self, news: Any) -> None:
        connection = self._connection
        if connection is None or news.pid != connection.info.backend_pid:
            self._heard.append(str(news.payload))


def _quoted(text: str) -> str:
    """As a literal of SQL. A site's name is the office's own and holds no secret, but perhaps a quote."""
    return "E'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def connect(url: str, *, zone: str = "UTC", name: str = "madoguchi") -> Connection[Any]:
    """A connection with the limits every machine keeps. Raises Trouble."""
    try:
        import psycopg
        from psycopg import conninfo
    except ImportError:
        raise Trouble("trouble.database_driver", log="psycopg is not installed") from None
    try:
        wanted: dict[str, Any] = {**_DEFAULTS, **conninfo.conninfo_to_dict(url)}
    except psycopg.Error:
        raise Trouble("trouble.database_url", log="the url cannot be read") from None
    try:
        made: Connection[Any] = psycopg.connect(**wanted)
        settings = {
            "application_name": name,
            "TimeZone": zone,
            "statement_timeout": f"{int(WRITE_WAIT * 1000)}",
            "lock_timeout": f"{int(WRITE_WAIT * 800)}",
            # Every statement is known and meant for one plan; choosing it anew costs more than running it.
            "plan_cache_mode": "force_generic_plan",
            "idle_in_transaction_session_timeout": f"{int(LEASE * 1000)}",
        }
        for key, value in settings.items():
            made.execute("SELECT set_config(%s, %s, false)", (key, value))
        made.commit()
    except psycopg.Error as error:
        raise told(error) from None
    return made


def told(error: Exception) -> Trouble:
    """What a person is told about a failed statement or connection. The log never holds the url."""
    state = getattr(error, "sqlstate", None) or ""
    words = _words(error)
    if state in _BUSY:
        return Trouble("trouble.store_busy", log=words)
    if state in _FULL:
        return Trouble("trouble.disk_full", log=words)
    if state in _SCHEMA:
        return Trouble("trouble.database_old", log=words)
    if state in _REFUSED or (not state and "FATAL" in str(error) and not _starting(error)):
        return Trouble("trouble.database_refused", log=words)
    if state == _SLOW or _lost(error):
        return Away(words)
    return Trouble("trouble.store_failed", log=words)


def _lost(error: Exception, connection: Connection[Any] | None = None) -> bool:
    import psycopg

    state = getattr(error, "sqlstate", None) or ""
    if connection is not None and connection.closed:
        return True
    if state:
        return state in _GONE or state.startswith("08")
    return isinstance(error, psycopg.OperationalError | psycopg.InterfaceError)


def _starting(error: Exception) -> bool:
    return any(words in str(error) for words in _STARTING)


def _words(error: Exception) -> str:
    """Its kind, not its text: a text may name values."""
    return f"{type(error).__name__} {getattr(error, 'sqlstate', None) or ''}".strip()
