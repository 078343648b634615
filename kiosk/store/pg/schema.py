"""The tables' version, and bringing them up to it with the migrations in kiosk/store/migrations."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from kiosk.errors import Trouble

if TYPE_CHECKING:
    from psycopg import Connection

VERSION = "0002"
"""The last migration: the only version of the tables this program writes to."""
MIGRATIONS = Path(__file__).parent.parent / "migrations"


def version(connection: Connection[Any]) -> str:
    """The tables' version; empty where there are none yet."""
    found = connection.execute("SELECT to_regclass('alembic_version') IS NOT NULL").fetchone()
    if not found or not found[0]:
        return ""
    row = connection.execute("SELECT max(version_num) FROM alembic_version").fetchone()
    return str(row[0] or "") if row else ""


def check_version(connection: Connection[Any]) -> None:
    """Raises Trouble where the tables are of another version: an older one is to be migrated, a newer one
    wants a newer program on this machine. Nothing is written to either."""
    found = version(connection)
    if found < VERSION:
        raise Trouble("trouble.database_old", log=f"tables of version {found or 'none'}, not {VERSION}")
    if found > VERSION:
        raise Trouble("trouble.database_new", log=f"tables of version {found}, not {VERSION}")


def migrate(url: str) -> tuple[str, str]:
    """Bring the tables up to date; the version before and after. Raises Trouble.

    One machine at a time does it, the others wait; machines at work go on when it is done.
    """
    from kiosk.store.pg.link import connect, told

    try:
        from alembic import command
        from alembic.config import Config
        from sqlalchemy.exc import SQLAlchemyError
    except ImportError:
        raise Trouble("trouble.database_driver", log="alembic is not installed") from None
    with connect(url) as connection:
        before = version(connection)
    if before > VERSION:
        raise Trouble("trouble.database_new", log=f"tables of version {before}, not {VERSION}")
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["url"] = url
    try:
        command.upgrade(config, "head")
    except SQLAlchemyError as error:
        raise told(getattr(error, "orig", None) or error) from None
    return before, VERSION
