"""What doctor says of the office's own things: the program, its data, what protects them, the last backup."""

from __future__ import annotations

import json
import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk import VERSION, paths
from kiosk.doctor_checks import Check, Said
from kiosk.errors import Trouble

if TYPE_CHECKING:
    from kiosk.settings import Database

LOW_SPACE = 1_000_000_000
"""Bytes free under which staff are warned: a language's speech and translation models take half of it."""
BACKUP_DAYS = 7
"""After so many days without a backup staff are reminded."""


def program() -> Check:
    told = f"{VERSION}  {paths.ROOT}"
    return Check("program", True, Said(told, told))


def data_folder(data: Path) -> Check:
    """Whether whoever runs this can work in the data folder, and has room there."""
    from kiosk.app.data_folder import usable
    from kiosk.app.told import both

    try:
        usable(data)
    except Trouble as trouble:
        japanese, _, english = both(trouble.key, **trouble.details).partition("\n")
        cure = Said("持ち主を確かめる（ls -ld）", "see who owns it (ls -ld)")
        return Check("data", False, Said(japanese, english), cure, True)
    place = next(folder for folder in (data, *data.parents) if folder.exists())
    if not (place.is_dir() and os.access(place, os.W_OK | os.X_OK)):
        cure = Said(f"{place} に書けるようにするか --data で別の場所を選ぶ",
                    f"make {place} writable or choose another place with --data")  # fmt: skip
        return Check("data", False, Said(f"書けません: {data}", f"cannot be written: {data}"), cure, True)
    free, (days, size) = shutil.disk_usage(place).free / 1e9, _kept(data)
    detail = Said(f"{data}（{days} 日分 {size:.1f} MB、空き {free:.1f} GB）",
                  f"{data} ({days} days, {size:.1f} MB; {free:.1f} GB free)")  # fmt: skip
    cure = Said("不要なファイルを消して 1 GB 以上空ける", "free at least 1 GB")
    return Check("data", free * 1e9 >= LOW_SPACE, detail, cure)


def _kept(data: Path) -> tuple[int, float]:
    """Service days with tickets in this folder, and their megabytes."""
    sizes = [path.stat().st_size for path in data.glob("store/????-??-??.journal") if path.is_file()]
    return len(sizes), sum(sizes) / 1e6


def keys(data: Path) -> Check:
    """Whether what residents told is protected by the office's passphrase."""
    from kiosk.store.keys import Keyring

    if Keyring(data / "keys").protected:
        return Check("keys", True, Said("合言葉で保護されています", "protected by the office's passphrase"))
    cure = Said("madoguchi keys setup で合言葉を設定する", "set a passphrase with madoguchi keys setup")
    return Check("keys", False, Said("保護されていません。機械を持つ人はだれでも読めます",
                                     "not protected: whoever has the machine reads it"), cure)  # fmt: skip


def backup(data: Path, now: datetime | None = None) -> Check:
    """When the last backup was made, as the audit trail says; a machine with nothing to lose needs none."""
    made = _last_backup(data)
    ok = not _kept(data)[0] or (
        made is not None and (now or datetime.now(UTC)) - made <= timedelta(days=BACKUP_DAYS)
    )
    told = (
        Said("まだありません", "none yet")
        if made is None
        else Said(*[f"{made.astimezone():%Y-%m-%d %H:%M}"] * 2)
    )
    cure = Said("madoguchi backup USBメモリーの場所", "madoguchi backup FOLDER, such as a stick's")
    return Check("backup", ok, told, cure)


def _last_backup(data: Path) -> datetime | None:
    """The time of the newest line of the trail that says so."""
    for path in sorted(data.glob("audit/????-??.log"), reverse=True):
        for line in reversed(path.read_text(encoding="utf-8", errors="replace").splitlines()):
            if '"backup"' not in line:
                continue
            try:
                record = json.loads(line)
                if record["action"] == "backup":
                    return datetime.fromisoformat(record["at"])
            except (ValueError, KeyError, TypeError):
                continue  # `audit check` tells of damaged lines.
    return None


def database(chosen: Database) -> Check:
    """Whether the office database answers, where the settings name one."""
    if not chosen.url:
        return Check("database", True, Said("使わない設定です", "none, as the settings say"))
    from kiosk.store.pg.link import connect
    from kiosk.store.pg.schema import check_version

    try:
        with connect(chosen.url) as connection:
            check_version(connection)
    except Trouble as trouble:
        cure = Said("madoguchi database status を見る", "see madoguchi database status")
        return Check(
            "database", False, Said(f"使えません（{trouble.log}）", f"cannot be used: {trouble.log}"), cure
        )
    return Check("database", True, Said("つながります", "answers"))
