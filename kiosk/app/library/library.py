"""The library of one data folder: what staff do with models, for the terminal and the staff page alike."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from kiosk.app.library import installed as look
from kiosk.app.library.download import Wanted, download, drop
from kiosk.app.library.install import install_package, install_speech
from kiosk.app.library.installed import Installed, Vouched
from kiosk.app.library.places import Places, leave, need_room, trouble
from kiosk.app.library.task import Task
from kiosk.app.library.web import Patience, host_of
from kiosk.data.languages import read_languages
from kiosk.data.models import Catalog, Model, SpeechModel, read_catalog
from kiosk.errors import Trouble

_STOPS = (
    "trouble.library_cancelled",
    "trouble.library_space",
    "trouble.library_full",
    "trouble.library_disk",
)
"""What the next model would meet as well."""


@dataclass(frozen=True)
class Done:
    """What became of one model."""

    id: str
    trouble: Trouble | None = None
    vouched: Vouched | None = None
    """By what it was compared, after `verify`."""


class Library:
    """Every change waits for no other: a second process at it is told that the first is."""

    def __init__(self, data: Path, patience: Patience | None = None) -> None:
        self.places = Places(data)
        self._patience = patience or Patience()

    @cached_property
    def catalog(self) -> Catalog:
        """The shipped catalogue with the newer list over it."""
        return read_catalog(newer=self.places.newer)

    @cached_property
    def languages(self) -> frozenset[str]:
        """Tags a model may be for: the catalogue's, and the kiosk's own, for which there may be none."""
        return frozenset((*self.catalog.languages, *read_languages().by_tag))

    def reload(self) -> None:
        """Read the catalogue anew after a refresh."""
        self.__dict__.pop("catalog", None)

    def installed(self) -> tuple[Installed, ...]:
        return look.installed(self.places, self.catalog)

    def find(self, name: str) -> Installed:
        """An installed model. Raises Trouble("trouble.model_absent")."""
        found = next((model for model in self.installed() if model.id == name), None)
        if found is None:
            raise Trouble("trouble.model_absent", log=f"not installed: {name[:100]}", name=name[:100])
        return found

    def plan(self, names: Sequence[str]) -> tuple[Model, ...]:
        """What to fetch for language tags and ids; what is there and whole is left out, unless named by id.

        Raises Trouble `model_unknown`, `model_none`, `model_by_setup`.
        """
        wanted: dict[str, Model] = {}
        for name in names:
            model = self.catalog.find(name)
            if model is not None:
                if isinstance(model, SpeechModel) and model.kind == "pip":
                    raise Trouble("trouble.model_by_setup", log=name, name=name)
                wanted[model.id] = model
            elif name in self.languages:
                wanted |= {model.id: model for model in self._for_language(name)}
            else:
                raise Trouble(
                    "trouble.model_unknown", log=f"neither language nor id: {name[:100]}", name=name[:100]
                )
        return tuple(wanted.values())

    def _for_language(self, tag: str) -> list[Model]:
        speech = [model for model in self.catalog.speech_for(tag) if model.kind == "archive"]
        packages = self.catalog.translation_for(tag)
        if not speech and not packages:
            raise Trouble("trouble.model_none", log=tag, language=tag)
        here = [model for model in self.installed() if model.state == "whole"]
        listens = {model.tag for model in here if model.kind == "speech"}
        chosen: list[Model] = [*speech[:1]] if speech and speech[0].tag not in listens else []
        have = {model.id for model in here}
        return [*chosen, *(package for package in packages if package.id not in have)]

    def fetch(self, models: Sequence[Model], task: Task, accepted: Collection[str] = ()) -> tuple[Done, ...]:
        """Download and install, one after the other; one that fails does not keep the others away.

        `accepted`: ids of models whose licence somebody agreed to after a plain question. Raises Trouble
        `model_licence` before anything is fetched, `library_busy`, and what would meet every model.
        """
        for model in models:
            if model.consent and model.id not in accepted:
                raise Trouble("trouble.model_licence", log=model.id, name=model.id, licence=model.licence)
        done: list[Done] = []
        away: dict[str, Trouble] = {}
        with self.places.lock():
            need_room(self.places.partial, sum(model.size * 2 for model in models))
            for place, model in enumerate(models, start=1):
                task.model(model.id, place, len(models))
                host = host_of(model.link)
                if host in away:  # Not to be asked again for every model.
                    done.append(Done(model.id, away[host]))
                    continue
                try:
                    self._fetch_one(model, task)
                    done.append(Done(model.id))
                except Trouble as met:
                    if met.key in _STOPS:
                        raise
                    if met.key == "trouble.model_unreachable":
                        away[host] = met
                    done.append(Done(model.id, met))
        return tuple(done)

    def _fetch_one(self, model: Model, task: Task) -> None:
        md5 = model.md5 if isinstance(model, SpeechModel) else ""
        wanted = Wanted(model.id, model.link, model.bytes, md5, model.sha256)
        file = download(wanted, self.places.partial, task, self._patience)
        try:
            if isinstance(model, SpeechModel):
                install_speech(file, model, self.places, self.catalog, task)
            else:
                install_package(file, model.id, self.places, task, model)
        except Trouble as met:
            if met.key not in _STOPS:
                drop(model.id, self.places.partial)  # Fetching the same bytes again must be possible.
            raise
        drop(model.id, self.places.partial)

    def verify(self, names: Collection[str], task: Task) -> tuple[Done, ...]:
        """Compare every byte of these models, or of all where none is named.

        Raises Trouble `model_absent`, `library_busy`, `library_cancelled`.
        """
        models = [self.find(name) for name in names] or list(self.installed())
        done = []
        with self.places.lock():
            for place, model in enumerate(models, start=1):
                task.model(model.id, place, len(models))
                try:
                    done.append(Done(model.id, vouched=look.verify(model, task)))
                except Trouble as met:
                    if met.key != "trouble.model_unsound":
                        raise
                    done.append(Done(model.id, met))
        return tuple(done)

    def remove(self, name: str) -> None:
        """Take a model off the machine; one that is being used serves until its process ends.

        Raises Trouble `model_absent`, `model_by_setup`, `library_busy`.
        """
        with self.places.lock(), self.places.staging() as staging:
            model = self.find(name)
            if model.pip:
                raise Trouble("trouble.model_by_setup", log=name, name=name)
            try:
                leave(model.folder, staging)
            except OSError as error:
                raise trouble(error, f"{name}: removing") from error

    def use(self, name: str) -> None:
        """Have this speech model listen in its language. Raises Trouble `model_absent`."""
        model = self.find(name)
        if model.kind != "speech" or model.pip:
            raise Trouble(
                "trouble.model_absent", log=f"not a speech model of the data folder: {name}", name=name
            )
        with self.places.lock():
            try:
                look.choose(self.places, model)
            except OSError as error:
                raise trouble(error, f"{name}: choosing") from error
