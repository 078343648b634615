"""What is installed, and whether it is whole."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Literal

from kiosk.app.library.places import Places
from kiosk.app.library.task import Task
from kiosk.data.models import Catalog
from kiosk.errors import Trouble
from kiosk.speech import manifest as manifests
from kiosk.speech.models import USE, candidates, check_model, chosen_in, packaged
from kiosk.translation.archive import verify as verify_package
from kiosk.translation.packages import MANIFEST, METADATA, read_metadata

State = Literal["whole", "damaged"]
Vouched = Literal["manifest", "package", "nothing"]
"""Against what a model was compared: its manifest, the Python package's own list, or nothing at all."""


@dataclass(frozen=True)
class Installed:
    """One model on this machine."""

    id: str
    kind: Literal["speech", "translation"]
    tag: str
    """The language of a speech model's folder; empty for a translation package."""
    folder: Path
    licence: str
    bytes: int
    state: State
    """As far as is known without reading every byte."""
    used: bool = True
    """Whether it is the one that listens, where a language has several."""
    from_code: str = ""
    to_code: str = ""
    version: str = ""
    pip: bool = False


def installed(places: Places, catalog: Catalog) -> tuple[Installed, ...]:
    """Everything there is, speech by language, then packages. Reads sizes, hashes nothing."""
    return (*_speech(places, catalog), *_packages(places, catalog))


def _speech(places: Places, catalog: Catalog) -> Iterator[Installed]:
    folders = sorted(places.speech.iterdir()) if places.speech.is_dir() else []
    tag_of = {code: tag for tag, spoken in catalog.languages.items() for code in spoken.vosk}
    with_own: set[str] = set()
    ids: set[str] = set()
    for place in folders:
        if place.name.startswith(".") or not place.is_dir():
            continue
        found = [(model, *_told(model, catalog)) for model in _models(place)]
        listening = next((model for model, _, _ in found if manifests.whole(model)), None)
        tag = place.name if place.name in catalog.languages else tag_of.get(place.name, place.name)
        for model, name, licence in found:
            state: State = "whole" if manifests.whole(model) and model in candidates(place) else "damaged"
            used = model == listening
            if used:
                with_own.add(tag)
            ids.add(name)
            yield Installed(name, "speech", tag, model, licence, size_of(model), state, used)
    # One that came on a stick from a machine with the package stands for both.
    yield from (model for model in _pip(catalog, with_own) if model.id not in ids)


def _pip(catalog: Catalog, with_own: set[str]) -> Iterator[Installed]:
    """Models that are Python packages; they listen where the data folder holds no other."""
    for model in catalog.speech:
        spoken = catalog.languages.get(model.tag)
        if model.kind != "pip" or spoken is None or not spoken.vosk:
            continue
        if (folder := packaged(spoken.vosk[0])) is not None:
            yield Installed(
                model.id, "speech", model.tag, folder, model.licence, size_of(folder), "whole",
                used=model.tag not in with_own, pip=True,
            )  # fmt: skip


def _models(place: Path) -> list[Path]:
    """Models of a language's folder: those that look like one, and those whose manifest says so."""
    found = candidates(place)
    inner = [one for one in sorted(place.iterdir()) if (one / manifests.FILE).is_file()]
    return [*found, *(one for one in inner if one not in found)]


def _told(model: Path, catalog: Catalog) -> tuple[str, str]:
    """Id and licence, from its manifest or else from the catalogue."""
    try:
        manifest = manifests.read(model)
    except ValueError:
        manifest = None
    known = catalog.find(manifest.id if manifest else model.name)
    if manifest is not None:
        return manifest.id, manifest.licence
    return model.name, known.licence if known else ""


def _packages(places: Places, catalog: Catalog) -> Iterator[Installed]:
    if not places.translation.is_dir():
        return
    for folder in sorted(places.translation.iterdir()):
        if folder.name.startswith(".") or not folder.is_dir():
            continue
        try:
            pair = read_metadata((folder / METADATA).read_bytes(), folder)
        except OSError:
            pair = None
        whole = pair is not None and (folder / MANIFEST).is_file()
        source, target, version = (pair.from_code, pair.to_code, pair.version) if pair else ("", "", "")
        name = f"translate-{source}_{target}-{version.replace('.', '_')}" if pair else folder.name
        known = catalog.find(name)
        sample = pair is not None and pair.sample
        yield Installed(
            name, "translation", "", folder, "Apache-2.0" if sample else known.licence if known else "",
            size_of(folder), "whole" if whole else "damaged",
            from_code=source, to_code=target, version=version,
        )  # fmt: skip


def size_of(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def verify(model: Installed, task: Task) -> Vouched:
    """Compare every byte that something vouches for, and say what it was.

    Raises Trouble `model_unsound`, in words for staff, and `library_cancelled`.
    """
    task.begin("check", model.bytes)
    try:
        return _compared(model, task)
    except Trouble as met:
        raise unsound(model, met.log) if met.key == "trouble.model_damaged" else met from met


def unsound(model: Installed, why: str) -> Trouble:
    """What staff are told of a damaged model: to get it again."""
    return Trouble("trouble.model_unsound", log=f"{model.id}: {why}", name=model.id)


def _compared(model: Installed, task: Task) -> Vouched:
    if model.kind == "translation":
        verify_package(model.folder)
        return "manifest"
    if model.pip:
        _verify_pip(model, task)
        return "package"
    if manifests.verify(model.folder, task.step):
        check_model(model.folder)
        return "manifest"
    check_model(model.folder)
    return "nothing"


def _verify_pip(model: Installed, task: Task) -> None:
    """A Python package's own record holds the SHA-256 of each file."""
    try:
        for path in metadata.files(model.id) or []:
            if path.hash is None or path.hash.mode != "sha256":
                continue
            with Path(str(path.locate())).open("rb") as source:
                told = hashlib.file_digest(source, "sha256").digest()
            if base64.urlsafe_b64encode(told).rstrip(b"=").decode() != path.hash.value:
                raise ValueError(path.name)
            task.step(path.size or 0)
    except (OSError, ValueError, metadata.PackageNotFoundError) as error:
        raise Trouble("trouble.model_damaged", log=f"{model.id}: {error}", package=model.id) from error


def choose(places: Places, model: Installed) -> None:
    """Have this speech model listen in its language. Raises OSError."""
    place = model.folder.parent
    if place.parent == places.speech and chosen_in(place) != model.folder.name:
        write_use(place, model.folder.name)


def write_use(place: Path, name: str) -> None:
    """Name the model that listens, in one step. Raises OSError."""
    fresh = place / f".{USE}"
    fresh.write_text(name, "utf-8")
    fresh.replace(place / USE)
