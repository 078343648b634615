"""A PostgreSQL for tests and measurements: in a temporary folder, on a Unix socket, never run by root.

An office's own is set up with its system (`madoguchi database setup`), never here.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any

USER = "madoguchi"
TEMPLATE = "whole"
"""A database with all tables, copied for each trial."""
_NAMES = count(1)
_SETTINGS = {
    "listen_addresses": "",
    "max_connections": "80",
    "shared_buffers": "128MB",
    # In the folder, which goes at the end: one that is killed leaves what lies in the machine's memory there.
    "dynamic_shared_memory_type": "mmap",
    "logging_collector": "off",
    "lc_messages": "C",
}


def programs() -> Path | None:
    """Where `postgres` and `initdb` are: Debian keeps them out of the path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[4]))
    in_path = shutil.which("postgres")
    return found[-1].parent if found else Path(in_path).parent if in_path else None


def why_not() -> str:
    """A sentence where none can be started on this machine; empty where one can."""
    if programs() is None:
        return "PostgreSQL is not installed here: apt-get install postgresql"
    if os.geteuid() == 0 and _servant() is None:
        return "PostgreSQL does not run as root, and there is neither a user postgres nor nobody"
    return ""


def _servant() -> pwd.struct_passwd | None:
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            return pwd.getpwnam(name)
    return None


class Server:
    """Started when made. `durable`: every commit waits for the disk, as in an office."""

    def __init__(self, *, durable: bool = False) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="pg"))
        self._as: dict[str, Any] = {}
        if os.geteuid() == 0:
            servant = _servant()
            assert servant is not None
            os.chown(self.folder, servant.pw_uid, servant.pw_gid)
            self._as = {"user": servant.pw_uid, "group": servant.pw_gid, "extra_groups": []}
        self.folder.chmod(0o755)
        self._settings = _SETTINGS | {"fsync": "on" if durable else "off"}
        self._process: subprocess.Popen[bytes] | None = None
        self._run("initdb", "--no-sync", "-A", "trust", "-U", USER, "-E", "UTF8", "--locale=C")
        self.start()

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def url(self, database: str = "postgres") -> str:
        return f"postgresql://{USER}@/{database}?host={self.folder}"

    def database(self) -> str:
        """The url of a new database with all tables and no ticket."""
        name = f"t{next(_NAMES)}"
        if not self._has(TEMPLATE):
            from kiosk.store.pg.schema import migrate

            self.do(f"CREATE DATABASE {TEMPLATE}")
            migrate(self.url(TEMPLATE))
        self.do(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
        return self.url(name)

    def empty(self) -> str:
        """The url of a new database without tables."""
        name = f"t{next(_NAMES)}"
        self.do(f"CREATE DATABASE {name}")
        return self.url(name)

    def do(self, statement: str, url: str = "") -> None:
        import psycopg

        with psycopg.connect(url or self.url(), autocommit=True) as connection:
            connection.execute(statement)

    def start(self) -> None:
        """Start it and wait until it answers; one killed a moment ago may hold its memory still."""
        while True:
            self._process = self._begin()
            while self._process.poll() is None:
                if self._answers():
                    return
                time.sleep(0.02)

    def stop(self) -> None:
        """Go down as for an upgrade: connections are cut, nothing is lost."""
        assert self._process is not None
        self._process.send_signal(signal.SIGINT)
        self._process.wait()

    def kill(self) -> None:
        """Kill it and all its processes, as a power cut of the office's server does."""
        assert self._process is not None
        started = children(self.pid)
        self._process.kill()
        self._process.wait()
        for child in started:
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)

    def restart(self) -> None:
        self.kill()
        self.start()

    def close(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _begin(self) -> subprocess.Popen[bytes]:
        bin_folder = programs()
        assert bin_folder is not None
        settings = [part for key, value in self._settings.items() for part in ("-c", f"{key}={value}")]
        folders = ["-D", str(self.folder / "data"), "-k", str(self.folder)]
        command = [str(bin_folder / "postgres"), *folders, *settings]
        with (self.folder / "server.log").open("ab") as said:
            return subprocess.Popen(command, stdout=said, stderr=said, cwd=self.folder, **self._as)

    def _run(self, program: str, *arguments: str) -> None:
        bin_folder = programs()
        assert bin_folder is not None
        command = [str(bin_folder / program), "-D", str(self.folder / "data"), *arguments]
        subprocess.run(command, check=True, capture_output=True, cwd=self.folder, **self._as)

    def _answers(self) -> bool:
        import psycopg

        try:
            psycopg.connect(self.url(), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def _has(self, name: str) -> bool:
        import psycopg

        with psycopg.connect(self.url()) as connection:
            return bool(
                connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone()
            )


def children(pid: int) -> list[int]:
    """The processes started by a process."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
            if int(fields[1]) == pid:
                found.append(int(stat.parent.name))
    return found
