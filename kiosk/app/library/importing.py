"""Models from a file or a stick: first what it holds, then, once its licences are agreed to, the models."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from kiosk.app.library import bundle
from kiosk.app.library.bundle import Packed
from kiosk.app.library.install import (
    check_copied,
    install_package,
    install_speech,
    language_of,
    settle_package,
    settle_speech,
)
from kiosk.app.library.library import Done, Library
from kiosk.app.library.places import trouble
from kiosk.app.library.task import Task
from kiosk.app.library.unpack import pair_of, top_of
from kiosk.data.model_rows import is_id
from kiosk.data.models import NOT_STATED, Mark, SpeechModel, TranslationModel, licence_mark
from kiosk.errors import Trouble
from kiosk.speech.manifest import Manifest
from kiosk.translation.packages import Pair


@dataclass(frozen=True)
class Incoming:
    """One model that a file or stick holds."""

    id: str
    kind: Literal["speech", "translation"]
    tag: str
    licence: str
    bytes: int
    vouched: bool
    """Whether a hash of the catalogue or of the bundle is known for it."""
    path: Path
    packed: Packed | None = None
    pair: Pair | None = None

    @property
    def mark(self) -> Mark:
        return licence_mark(self.licence)

    @property
    def consent(self) -> bool:
        """Never taken without a plain question."""
        return self.mark == "noncommercial"


def look_at(path: Path, library: Library, language: str = "") -> tuple[Incoming, ...]:
    """What can be imported from `path`: a bundle or the stick it is on, a Vosk zip, an .argosmodel.

    `language`: tag for a speech model whose name does not tell it. Nothing is unpacked. Raises Trouble
    `import_absent`, `import_unknown`, `model_archive`, `language_unknown`, `import_incomplete`,
    `import_damaged`, `import_language`, `import_pair`, `model_pair`.
    """
    if path.is_dir():
        place = bundle.find_bundle(path)
        if place is None:
            raise _unknown(path)
        return tuple(_from_bundle(packed, place, library) for packed in bundle.read_bundle(place))
    if not path.is_file():
        raise Trouble("trouble.import_absent", log="no such file or folder", path=str(path))
    if not zipfile.is_zipfile(path):
        if path.suffix in (".zip", ".argosmodel"):
            raise Trouble("trouble.model_archive", log="cut off, or no archive", name=path.name)
        raise _unknown(path)
    pair = pair_of(path)
    return (_package(path, pair, library) if pair is not None else _speech(path, library, language),)


def bring_in(
    incoming: Collection[Incoming], library: Library, task: Task, accepted: Collection[str] = ()
) -> tuple[Done, ...]:
    """Install what `look_at` found. Everything or, of several, whatever is sound.

    Raises Trouble `model_licence` before anything is copied, `library_busy`, `library_space`,
    `library_cancelled`; what is wrong with one model is in its `Done`.
    """
    for one in incoming:
        if one.consent and one.id not in accepted:
            raise Trouble("trouble.model_licence", log=one.id, name=one.id, licence=one.licence)
    done = []
    with library.places.lock():
        for number, one in enumerate(incoming, start=1):
            task.model(one.id, number, len(incoming))
            try:
                _bring(one, library, task)
                done.append(Done(one.id))
            except Trouble as met:
                if met.key in ("trouble.library_cancelled", "trouble.library_space", "trouble.library_full"):
                    raise
                done.append(Done(one.id, met))
            except OSError as error:
                raise trouble(error, one.id) from error
    return tuple(done)


def _from_bundle(packed: Packed, place: Path, library: Library) -> Incoming:
    """What the catalogue says of a model goes before what the stick says."""
    known = library.catalog.find(packed.id)
    if isinstance(known, SpeechModel) and (packed.kind != "speech" or packed.tag != known.tag):
        raise Trouble("trouble.model_pair", log=packed.id, name=packed.id, found=packed.tag, wanted=known.tag)
    if isinstance(known, TranslationModel) and packed.pair != f"{known.from_code}-{known.to_code}":
        wanted = f"{known.from_code}-{known.to_code}"
        raise Trouble("trouble.model_pair", log=packed.id, name=packed.id, found=packed.pair, wanted=wanted)
    licence = known.licence if known else packed.licence or NOT_STATED
    return Incoming(packed.id, packed.kind, packed.tag, licence, packed.bytes, True, place, packed)


def _package(path: Path, pair: Pair, library: Library) -> Incoming:
    codes = {code for spoken in library.catalog.languages.values() for code in spoken.argos}
    if not {pair.from_code, pair.to_code} <= codes or "en" not in (pair.from_code, pair.to_code):
        raise Trouble(
            "trouble.import_pair", log="a pair nobody needs", found=f"{pair.from_code}-{pair.to_code}"
        )
    name = f"translate-{pair.from_code}_{pair.to_code}-{pair.version.replace('.', '_')}"
    known = library.catalog.find(name)
    licence = "Apache-2.0" if pair.sample else known.licence if known else NOT_STATED
    vouched = known is not None and bool(known.sha256) and not pair.sample
    return Incoming(name, "translation", "", licence, path.stat().st_size, vouched, path, pair=pair)


def _speech(path: Path, library: Library, language: str) -> Incoming:
    top = top_of(path)
    told = language_of(top, library.catalog) if top else ""
    if not top or not is_id(top):
        raise _unknown(path)
    if language and language not in library.languages:
        tags = ", ".join(sorted(library.languages))
        raise Trouble("trouble.language_unknown", log="no such language", tag=language[:40], known=tags)
    if language and told and language != told:
        raise Trouble("trouble.model_pair", log=top, name=top, found=told, wanted=language)
    if not (language or told):
        raise Trouble("trouble.import_language", log=top, name=top)
    known = library.catalog.find(top)
    licence = known.licence if known else NOT_STATED
    vouched = isinstance(known, SpeechModel) and bool(known.md5 or known.sha256)
    return Incoming(top, "speech", told or language, licence, path.stat().st_size, vouched, path)


def _bring(one: Incoming, library: Library, task: Task) -> None:
    known = library.catalog.find(one.id)
    if one.packed is not None:
        _bring_packed(one, one.packed, library, task)
    elif one.kind == "translation":
        wanted = known if isinstance(known, TranslationModel) and not (one.pair and one.pair.sample) else None
        install_package(one.path, one.id, library.places, task, wanted)
    else:
        model = known if isinstance(known, SpeechModel) else _unlisted(one)
        _compare(one.path, model, task)
        install_speech(one.path, model, library.places, library.catalog, task)


def _bring_packed(one: Incoming, packed: Packed, library: Library, task: Task) -> None:
    with library.places.staging() as staging:
        folder = bundle.bring(packed, one.path, staging, task)
        pair = check_copied(folder, packed.kind, packed.id)
        if pair != packed.pair:
            raise Trouble("trouble.model_pair", log=packed.id, name=packed.id, found=pair, wanted=packed.pair)
        if packed.kind == "speech":
            manifest = Manifest(packed.id, packed.tag, one.licence, packed.vouched)
            settle_speech(folder, manifest, library.places, task)
        else:
            settle_package(folder, library.places)


def _unlisted(one: Incoming) -> SpeechModel:
    """A speech model that the catalogue does not know: nothing vouches for it but its own archive."""
    return SpeechModel(
        id=one.id, tag=one.tag, link="", bytes=0, about=0, sha256="", licence=one.licence, consent=False,
        quality="", note="", kind="archive", md5="",
    )  # fmt: skip


def _compare(path: Path, model: SpeechModel, task: Task) -> None:
    """Raise Trouble("trouble.model_hash") where the catalogue knows another hash."""
    known = {"sha256": model.sha256, "md5": model.md5}
    name = next((name for name in known if known[name]), "")
    if not name:
        return
    digest = hashlib.new(name, usedforsecurity=False)
    task.begin("check", path.stat().st_size)
    with path.open("rb") as source:
        while chunk := source.read(1 << 20):
            digest.update(chunk)
            task.step(len(chunk))
    if digest.hexdigest() != known[name]:
        raise Trouble("trouble.model_hash", log=f"{model.id}: another {name}", name=model.id)


def _unknown(path: Path) -> Trouble:
    return Trouble("trouble.import_unknown", log="neither bundle, zip nor package", name=path.name)
