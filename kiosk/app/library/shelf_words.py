"""The library's table in the words of the staff page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from kiosk.app.library.listing import LanguageRow, ModelRow, size
from kiosk.app.library.task import Progress
from kiosk.data.models import Catalog
from kiosk.ui.library.view import Item, Line, Working

Say = Callable[..., str]


def name_of(row: LanguageRow, language: str) -> str:
    return row.english if language == "en" else row.japanese


def lines_of(table: Sequence[LanguageRow], language: str, say: Say) -> tuple[Line, ...]:
    return tuple(
        Line(
            row.tag,
            name_of(row, language),
            say(f"console.models.{row.speech}"),
            say(f"console.models.{row.translation}"),
            "damaged" in (row.speech, row.translation),
        )
        for row in table
    )


def names_of(catalog: Catalog, language: str) -> dict[str, str]:
    """What Argos's codes are called: `ko` is 韓国語."""
    return {
        code: spoken.english if language == "en" else spoken.japanese
        for spoken in catalog.languages.values()
        for code in spoken.argos
    }


def items_of(row: LanguageRow, catalog: Catalog, language: str, say: Say) -> tuple[Item, ...]:
    names = names_of(catalog, language)
    return tuple(_item(model, row, names, language, say) for model in row.models)


def _item(model: ModelRow, row: LanguageRow, names: Mapping[str, str], language: str, say: Say) -> Item:
    if model.kind == "speech":
        enables = say("console.models.enables.speech", language=name_of(row, language))
    else:
        source, target = (names.get(code, code) for code in model.way)
        enables = say("console.models.enables.translation", **{"from": source, "to": target})
    if model.note:
        enables += f"（{model.note}）" if language == "ja" else f" ({model.note})"
    warning = say(f"console.models.licence.{model.mark}") if model.mark else ""
    licence = "" if model.mark == "unknown" else model.licence
    quality = (
        say("console.models.quality", quality=model.quality)
        if model.quality
        else say("console.models.quality.unknown")
    )
    tag = say("console.models.damaged") if model.state == "damaged" else _used(model, say)
    enables += f" · {_size(model, say)}"
    facts = (licence, quality)
    return Item(model.id, enables, facts, model.state, tag, warning, _actions(model, say))


def _used(model: ModelRow, say: Say) -> str:
    if model.state != "whole":
        return ""
    return say("console.models.used" if model.used else "console.models.here")


def _size(model: ModelRow, say: Say) -> str:
    if not model.bytes:
        return say("console.models.size.unknown")
    words = size(model.bytes)
    return words if model.exact else say("console.models.size.about", size=words)


def _actions(model: ModelRow, say: Say) -> tuple[tuple[str, str], ...]:
    """What can be done with it here; a Python package comes and goes with the set-up."""
    if model.pip:
        return ()
    found = []
    if model.state in ("", "damaged"):
        found.append((f"get:{model.id}", say("console.models.fetch")))
    elif model.kind == "speech" and not model.used:
        found.append((f"use:{model.id}", say("console.models.use")))
    if model.state:
        found.append((f"del:{model.id}", say("console.models.remove")))
    return tuple(found)


def working_of(now: Progress | None, say: Say) -> Working:
    if now is None:
        return Working(say("console.models.working.check"), "", None)
    words = f"{now.place} / {now.count}   {now.name}   {say(f'console.models.working.{now.phase}')}"
    far = size(now.done) if now.done else ""
    if now.total:
        far = f"{size(now.done)} / {size(now.total)}"
    return Working(words, far, now.share if now.total else None)
