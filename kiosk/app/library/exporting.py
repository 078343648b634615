"""Copies installed models to a stick, for machines without a network."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path

from kiosk.app.library.bundle import FOLDER, FORMAT, MANIFEST, Packed, copy
from kiosk.app.library.installed import Installed, unsound, verify
from kiosk.app.library.places import FULL, megabytes, trouble
from kiosk.app.library.task import Task
from kiosk.errors import Trouble
from kiosk.speech import manifest as manifests
from kiosk.store.files import sync_folder


def export(models: Sequence[Installed], out: Path, task: Task) -> Path:
    """Copy these models into `out/madoguchi-models` and return that folder; all of it is on the stick then.

    The manifest comes last: a stick pulled out too early holds no bundle, and says so when it is read.
    Raises Trouble `library_space`, `export_failed`, `model_unsound`, `library_cancelled`.
    """
    if not out.is_dir():
        raise Trouble("trouble.export_failed", log="no such folder", folder=str(out))
    place = out / FOLDER
    try:
        place.mkdir(exist_ok=True)
        (place / MANIFEST).unlink(missing_ok=True)
        _room(place, sum(model.bytes for model in models))
        packed = []
        for number, model in enumerate(models, start=1):
            task.model(model.id, number, len(models))
            packed.append(_pack(model, place, task))
        _write(place / MANIFEST, packed)
    except OSError as error:
        if error.errno in FULL:
            raise trouble(error, "export") from error
        raise Trouble(
            "trouble.export_failed", log=f"export: {type(error).__name__}", folder=str(out)
        ) from error
    return place


def _room(place: Path, wanted: int) -> None:
    """A stick needs no reserve."""
    found = os.statvfs(place)
    free = found.f_bavail * found.f_frsize
    if free < wanted:
        raise Trouble(
            "trouble.library_space", log="stick too small", need=megabytes(wanted), free=megabytes(free)
        )


def _pack(model: Installed, place: Path, task: Task) -> Packed:
    manifest = manifests.read(model.folder) if model.kind == "speech" and not model.pip else None
    if manifest is None:
        verify(model, task)
    told = manifests.hashes(model.folder) if manifest is None else manifest.files
    skip = (manifests.FILE, manifests.DAMAGED) if model.kind == "speech" else ()
    names = [name for name in told if name not in skip and "__pycache__" not in name]
    if model.kind == "translation":
        names.append(manifests.FILE)
    task.begin("copy", model.bytes)
    target = place / model.kind / model.id
    files: dict[str, tuple[int, str]] = {}
    for name in names:
        files[name] = copy(model.folder / name, target / name, task)
        if manifest is not None and files[name] != told[name]:
            raise unsound(model, f"{name} differs")
    pair = f"{model.from_code}-{model.to_code}" if model.kind == "translation" else ""
    vouched = manifest.vouched if manifest is not None else ""
    return Packed(model.id, model.kind, model.tag, pair, model.licence, vouched, files)


def _write(path: Path, packed: Sequence[Packed]) -> None:
    rows = [
        {
            "id": one.id, "kind": one.kind, "tag": one.tag, "pair": one.pair, "licence": one.licence,
            "vouched": one.vouched, "files": {name: list(told) for name, told in one.files.items()},
        }
        for one in packed
    ]  # fmt: skip
    with path.open("x", encoding="utf-8") as sink:
        json.dump({"format": FORMAT, "models": rows}, sink, ensure_ascii=False, indent=1)
        sink.flush()
        os.fsync(sink.fileno())
    sync_folder(path.parent)
