"""The office database: made ready, looked at, and joined with this machine's own journal."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kiosk.app.office import Office
from kiosk.errors import Trouble

if TYPE_CHECKING:
    from kiosk.store.joined import JoinedStore
    from kiosk.store.tiny import TinyStore

TABLE = "[database]"


def joined(office: Office, journal: TinyStore) -> JoinedStore:
    """The store of a machine that shares an office database. Connects to nothing yet."""
    from kiosk.store.joined import JoinedStore
    from kiosk.store.postgres import PostgresStore

    settings = office.settings.database
    remote = PostgresStore(
        settings.url,
        letter=office.settings.kiosk.letter,
        today=office.today,
        device=office.data / "device",
        keys=office.keys,
        site=settings.site,
        sees=settings.sees,
        zone=office.settings.office.timezone,
    )
    return JoinedStore(journal, remote, office.today)


def away(office: Office) -> Trouble | None:
    """What the strips of console and kiosk say while this machine goes on without the database; None while it
    is there, or where there is none."""
    why: Trouble | None = getattr(office.store, "why", None)
    return why


def partly(office: Office, day: date) -> bool:
    """Whether the day's tickets were last listed without the database, so that some may be missing."""
    return day in getattr(office.store, "partly", ())


def unsent(office: Office) -> int:
    """Tickets and changes of this machine that wait for the database to come back."""
    return int(getattr(office.store, "unsent", 0))


def setup(office: Office, url: str, site: str, sees: tuple[str, ...]) -> dict[str, Any]:
    """Make the tables, then write `url`, `site` and `sees` into settings.toml. Raises Trouble; then the
    settings are as they were."""
    from kiosk.store.pg.schema import migrate

    before, after = migrate(url)
    _write(office.data / "settings.toml", url, site, sees)
    return {"before": before, "version": after, "site": site, "sees": list(sees)} | _facts(url)


def status(office: Office) -> dict[str, Any]:
    """What the database answers now. Raises Trouble, which says what is wrong and what to do."""
    from kiosk.store.pg.link import connect
    from kiosk.store.pg.schema import check_version

    settings = office.settings.database
    if not settings.url:
        raise Trouble("trouble.database_none")
    with connect(settings.url) as connection:
        check_version(connection)
        sites = [settings.site, *settings.sees]
        ask = "SELECT count(*) FROM ticket WHERE day = %s AND site = ANY(%s)"
        (today,) = connection.execute(ask, (office.today(), sites)).fetchone() or (0,)
    here = {"site": settings.site, "sees": list(settings.sees), "today": today, "unsent": unsent(office)}
    return here | _facts(settings.url)


def migrate(office: Office) -> dict[str, Any]:
    """Bring the tables up to this program's version. Raises Trouble."""
    from kiosk.store.pg.schema import migrate as run

    if not office.settings.database.url:
        raise Trouble("trouble.database_none")
    before, after = run(office.settings.database.url)
    return {"before": before, "version": after}


def words(found: dict[str, Any]) -> str:
    """The answer for a terminal, a line each."""
    lines = [f"{key}: {_plain(value)}" for key, value in found.items()]
    if found.get("encrypted") is False:
        lines.append(
            "接続が暗号化されていません。url の終わりに ?sslmode=require と書いてください。\n"
            "The connection is not encrypted. Write ?sslmode=require at the end of the url."
        )
    return "\n".join(lines)


def _facts(url: str) -> dict[str, Any]:
    """The server's version, and whether others on the network could read along. Raises Trouble."""
    from kiosk.store.pg.link import connect

    with connect(url) as connection:
        info = connection.info
        local = info.host.startswith("/") or info.host in ("localhost", "127.0.0.1", "::1")
        return {
            "server": f"{info.server_version // 10000}.{info.server_version % 10000}",
            "encrypted": local or bool(connection.pgconn.ssl_in_use),
        }


def _write(path: Path, url: str, site: str, sees: tuple[str, ...]) -> None:
    """Put the table into the settings, in place of a former one. Raises Trouble."""
    from kiosk.store import files

    try:
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        kept, inside = [], False
        for line in text.splitlines():
            if line.strip().startswith("["):
                inside = line.strip() == TABLE
            if not inside:
                kept.append(line)
        named = ", ".join(_quoted(one) for one in sees)
        table = [TABLE, f"url = {_quoted(url)}", f"site = {_quoted(site)}", f"sees = [{named}]"]
        files.put_whole(path, ("\n".join([*kept, *table]) + "\n").encode())
    except (OSError, UnicodeDecodeError) as fault:
        raise Trouble("trouble.store_failed", log=f"settings.toml: {type(fault).__name__}") from fault


def _quoted(text: str) -> str:
    """As a string of TOML."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(value) if isinstance(value, list) else str(value)
