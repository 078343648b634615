"""A copy of the data in one file, and the way back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kiosk.cli.base import Json, answer, app, data_here, office

if TYPE_CHECKING:
    from kiosk.app.backup_file import Backup
    from kiosk.app.office import Office

Force = Annotated[bool, typer.Option("--force", help="Write over a file that is there.")]


@app.command("backup")
def save(
    place: Annotated[Path, typer.Argument(help="A file, or a folder such as a stick's for a new one.")],
    force: Force = False,
    as_json: Json = False,
) -> None:
    """Copy data, keys and settings into one file, also at work."""
    from kiosk.app import backup
    from kiosk.app.told import both
    from kiosk.cli.given import a_file
    from kiosk.errors import Trouble

    data = data_here()
    if not data.exists():
        raise Trouble("trouble.data_closed", path=str(data), why="no such folder")
    if not place.is_dir() and a_file(place, "PLACE").suffix.lower() != ".zip":
        # A stick that is not in must not become a file of its name.
        raise typer.BadParameter(f"there is no folder {place}; end a file's name in .zip", param_hint="PLACE")
    found = backup.save(office(), place, force=force)
    said = [both("backup.done", path=str(found.path), n=len(found.sums), size=_megabytes(found))]
    if found.database:
        said.append(both("backup.database"))
    answer(_row(found), as_json, "\n".join(said))


@app.command("restore")
def put_back(
    file: Annotated[Path, typer.Argument(help="What madoguchi backup wrote.")],
    only_check: Annotated[
        bool, typer.Option("--check", help="Compare every byte of it, and write nothing.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Put a backup into a data folder that has no data yet."""
    from kiosk.app.auditing import tell
    from kiosk.app.backup_file import look_at
    from kiosk.app.restoring import GIVEN, restore
    from kiosk.app.told import both

    if only_check:
        found = look_at(file)
        words = both("backup.whole", name=file.name, n=len(found.sums), made=_when(found))
        answer(_row(found), as_json, words)
        return
    data = data_here()
    found = restore(file, data)
    here = office()
    tell(here, "restore", found.made[:10])
    n, made, of = len(found.sums), _when(found), found.office
    said = [both("restore.done", path=str(data), n=n, made=made, office=of, more=GIVEN), *_erased(here)]
    if found.database:
        said.append(both("restore.database"))
    answer(_row(found) | {"data": str(data)}, as_json, "\n".join(said))


def _erased(here: Office) -> list[str]:
    """What an older backup brought back goes at once where it is due. With a database that is the kiosk's
    affair: what another machine has there must not go by the clock of one that is new."""
    from kiosk.app.told import both, in_japanese_and_english
    from kiosk.errors import Trouble

    if here.settings.database.url:
        return []
    try:
        gone = here.erase_old()
    except Trouble as trouble:
        return [in_japanese_and_english(trouble)]  # The kiosk does it again when it starts.
    days = here.settings.office.keep_days
    return [both("restore.erased", n=len(gone), days=days, today=str(here.today()))] if gone else []


def _row(found: Backup) -> dict[str, object]:
    return {
        "file": str(found.path),
        "office": found.office,
        "made": found.made,
        "version": found.version,
        "database": found.database,
        "files": len(found.sums),
        "bytes": found.size,
    }


def _megabytes(found: Backup) -> str:
    return f"{found.size / 1e6:.1f}"


def _when(found: Backup) -> str:
    return found.made[:16].replace("T", " ")
