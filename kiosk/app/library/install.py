"""From an archive to an installed model: checked, vouched for, and there whole or not at all."""

from __future__ import annotations

import re
from pathlib import Path

from kiosk.app.library.installed import write_use
from kiosk.app.library.places import Places, bring_back, put_in_place, trouble
from kiosk.app.library.task import Task
from kiosk.app.library.unpack import pair_of, top_of, unpack_speech
from kiosk.data.model_rows import is_id
from kiosk.data.models import Catalog, SpeechModel, TranslationModel
from kiosk.errors import Trouble
from kiosk.speech import manifest as manifests
from kiosk.speech.manifest import Manifest
from kiosk.speech.models import check_model
from kiosk.translation.archive import install as unpack_package
from kiosk.translation.archive import verify as verify_package
from kiosk.translation.packages import METADATA, read_metadata

_PUBLISHED = re.compile(r"vosk-model-(?:small-)?([a-z]{2}(?:-[a-z]{2})?)-[a-z0-9]")


def language_of(name: str, catalog: Catalog) -> str:
    """The language tag of a published model's name (`vosk-model-small-vn-0.4`); empty where it tells none."""
    if (known := catalog.find(name)) is not None:
        return known.tag
    found = _PUBLISHED.match(name.lower())
    codes = {code: tag for tag, spoken in catalog.languages.items() for code in spoken.vosk}
    return codes.get(found[1], codes.get(found[1].split("-")[0], "")) if found else ""


def install_speech(archive: Path, model: SpeechModel, places: Places, catalog: Catalog, task: Task) -> None:
    """Unpack, look, vouch, put into place, and have it listen. Raises Trouble; the old one then stays."""
    told = language_of(top_of(archive), catalog)
    if told and told != model.tag:
        raise Trouble(
            "trouble.model_pair", log=f"{model.id}: holds {told}", name=model.id, found=told, wanted=model.tag
        )
    vouched = "sha256" if model.sha256 else "md5" if model.md5 else ""
    with places.staging() as staging:
        folder = unpack_speech(archive, staging, model.id, task)
        settle_speech(folder, Manifest(model.id, model.tag, model.licence, vouched), places, task)


def settle_speech(folder: Path, manifest: Manifest, places: Places, task: Task) -> None:
    """A finished folder of a speech model into its place. Raises Trouble."""
    if not (is_id(manifest.id) and is_id(manifest.tag)):
        raise Trouble("trouble.model_archive", log="id or language is no plain name", name=folder.name)
    try:
        # The archive's own files of these names, if any, must vouch for nothing.
        (folder / manifests.FILE).unlink(missing_ok=True)
        (folder / manifests.DAMAGED).unlink(missing_ok=True)
        task.begin("check", sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()))
        files = manifests.hashes(folder, task.step)
        manifests.write(
            folder, Manifest(manifest.id, manifest.tag, manifest.licence, manifest.vouched, files)
        )
        place = places.speech / manifest.tag / manifest.id
        bring_back(place.parent)
        put_in_place(folder, place)
        write_use(place.parent, manifest.id)
    except OSError as error:
        raise trouble(error, f"{manifest.id}: installing") from error


def install_package(
    archive: Path, name: str, places: Places, task: Task, wanted: TranslationModel | None = None
) -> None:
    """The same for an .argosmodel; `wanted` is what the catalogue says it is. Raises Trouble."""
    pair = pair_of(archive)
    if pair is None:
        raise Trouble("trouble.model_archive", log=f"{name}: no description", name=name)
    found = f"{pair.from_code}-{pair.to_code}"
    if wanted is not None and found != f"{wanted.from_code}-{wanted.to_code}":
        pair_wanted = f"{wanted.from_code}-{wanted.to_code}"
        raise Trouble(
            "trouble.model_pair", log=f"{name}: holds {found}", name=name, found=found, wanted=pair_wanted
        )
    task.begin("unpack")
    with places.staging() as staging:
        try:
            unpacked = unpack_package(archive, staging / "package", sha256=wanted.sha256 if wanted else "")
        except Trouble as refused:
            full = refused.key == "trouble.disk_full"
            key = "trouble.library_full" if full else "trouble.model_archive"
            raise Trouble(key, log=refused.log, name=name) from refused
        settle_package(unpacked.folder, places)


def settle_package(folder: Path, places: Places) -> None:
    """A finished folder of a package into its place. Raises Trouble."""
    try:
        bring_back(places.translation)
        put_in_place(folder, places.translation / folder.name)
    except OSError as error:
        raise trouble(error, f"{folder.name}: installing") from error


def check_copied(folder: Path, kind: str, name: str) -> str:
    """Look at a model copied from a bundle; what it really is: nothing for speech, `ko-en` for a package.

    Raises Trouble("trouble.model_archive").
    """
    try:
        if kind == "speech":
            # Its old manifest says what it was at home; ours is written anew from what was copied.
            check_model(folder)
            return ""
        verify_package(folder)
        pair = read_metadata((folder / METADATA).read_bytes(), folder)
    except Trouble as refused:
        raise Trouble("trouble.model_archive", log=refused.log, name=name) from refused
    except OSError as error:
        raise trouble(error, name) from error
    if pair is None:
        raise Trouble("trouble.model_archive", log=f"{name}: no description", name=name)
    return f"{pair.from_code}-{pair.to_code}"
