"""Models fetched or imported from the staff page, each after the questions its licences ask."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.app.library.importing import Incoming, bring_in, look_at
from kiosk.app.library.shelf_licences import Licences, Then
from kiosk.app.library.shelf_words import name_of
from kiosk.errors import Trouble
from kiosk.ui.library.view import Over

if TYPE_CHECKING:
    from kiosk.app.library.shelf import Shelf
    from kiosk.app.library.task import Task
    from kiosk.workers import Reply

FETCHED = "console.models.done.fetch"


def fetch(shelf: Shelf, names: Sequence[str]) -> None:
    """`names`: of models, or tags of languages."""
    try:
        models = shelf.library.plan(names)
    except Trouble as met:
        shelf.told.bad(met)
        return

    def go(agreed: set[str], declined: set[str]) -> None:
        wanted = [model for model in models if model.id not in declined]
        if wanted:
            shelf.do(
                lambda task: shelf.library.fetch(wanted, task, agreed),
                lambda done: shelf.told.all_of(done, FETCHED),
            )

    _ask(shelf, [(model.id, model.licence) for model in models if model.consent], go)


def take_from(shelf: Shelf, path: Path, language: str = "") -> None:
    """Look at a file, stick or folder, and import what it holds. A large file takes seconds to look at."""

    def look(task: Task) -> tuple[Incoming, ...]:
        found = look_at(path, shelf.library, language)
        task.look()
        return found

    shelf.path = path
    shelf.work.start(look, lambda reply: _looked(shelf, reply))


def _looked(shelf: Shelf, reply: Reply) -> None:
    if reply.trouble is not None and reply.trouble.key == "trouble.import_language":
        _ask_language(shelf, reply.trouble)
    elif reply.trouble is not None:
        shelf.told.bad(reply.trouble)
    else:
        found: tuple[Incoming, ...] = reply.value

        def go(agreed: set[str], declined: set[str]) -> None:
            wanted = [one for one in found if one.id not in declined]
            if wanted:
                shelf.do(
                    lambda task: bring_in(wanted, shelf.library, task, agreed),
                    lambda done: shelf.told.all_of(done, FETCHED),
                )

        _ask(shelf, [(one.id, one.licence) for one in found if one.consent], go)


def _ask_language(shelf: Shelf, trouble: Trouble) -> None:
    """A speech model whose name does not tell its language: is it for the one that is open?"""
    name = name_of(shelf.row, shelf.language) if shelf.row else ""
    yes = (("as", shelf.say("console.models.import.as", language=name)),)
    shelf.over = Over(shelf.path.name, shelf.say(trouble.key, **trouble.details), yes, shelf.word_back)


def _ask(shelf: Shelf, limited: Sequence[tuple[str, str]], then: Then) -> None:
    shelf.licences = Licences(limited, then)
    shelf.over = shelf.licences.question(shelf.say)


def answer(shelf: Shelf, *, agree: bool) -> None:
    """To the question that is open; the next one follows, or what was asked for is done."""
    shelf.licences.answer(agree=agree)
    shelf.over = shelf.licences.question(shelf.say)
