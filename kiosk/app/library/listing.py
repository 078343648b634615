"""What each language has and could have: one table for the terminal, for JSON and for the staff page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from kiosk.app.library.installed import Installed
from kiosk.app.library.library import Library
from kiosk.app.office import Office
from kiosk.core.language import Language
from kiosk.data.models import Catalog, Mark, Model, SpeechModel, TranslationModel, licence_mark

Ability = Literal["here", "hint", "off", "damaged", "ready", "none", "needless"]
"""Installed and whole; whole and known to be too poor for residents; or for anybody; installed and not whole;
to be had; not to be had; not needed."""


@dataclass(frozen=True)
class ModelRow:
    """One model, installed, to be had, or both."""

    id: str
    kind: Literal["speech", "translation"]
    tag: str
    """The language it is listed under."""
    bytes: int
    exact: bool
    licence: str
    mark: Mark
    consent: bool
    quality: str
    note: str
    state: Literal["", "whole", "damaged"]
    """Empty: not installed."""
    used: bool
    pip: bool
    way: tuple[str, str] = ("", "")
    """A package's codes, from and to."""


@dataclass(frozen=True)
class LanguageRow:
    """One language: what it can do here and now, and every model for it."""

    tag: str
    japanese: str
    english: str
    shipped: bool
    """Whether the kiosk has its words."""
    speech: Ability
    translation: Ability
    models: tuple[ModelRow, ...]


def rows(office: Office, library: Library, *, every: bool = False) -> tuple[LanguageRow, ...]:
    """One row a language of the kiosk, in its order; with `every` also languages it has no words for yet."""
    here = library.installed()
    names = {tag: (language.japanese, language.english) for tag, language in office.languages.items()}
    if every:
        more = library.catalog.languages.items()
        names |= {tag: (spoken.japanese, spoken.english) for tag, spoken in more if tag not in names}
    return tuple(_row(tag, names[tag], office.languages.get(tag), library, here) for tag in names)


def _row(
    tag: str, names: tuple[str, str], language: Language | None, library: Library, here: Sequence[Installed]
) -> LanguageRow:
    own = "ja" if tag == "ja-simple" else tag
    models = _models(own, library.catalog, here)
    return LanguageRow(
        tag, *names, language is not None,
        _speech([row for row in models if row.kind == "speech"]),
        "needless" if own == "ja" else _translation(tag, library, here),
        models,
    )  # fmt: skip


def _speech(models: Sequence[ModelRow]) -> Ability:
    if any(row.state == "whole" for row in models):
        return "here"
    if any(row.state == "damaged" for row in models):
        return "damaged"
    return "ready" if models else "none"


def _translation(tag: str, library: Library, here: Sequence[Installed]) -> Ability:
    from kiosk.translation.packages import can_translate

    wanted = {(model.from_code, model.to_code) for model in library.catalog.translation_for(tag)}
    broken = [one for one in here if one.state == "damaged" and (one.from_code, one.to_code) in wanted]
    if can_translate(tag, library.places.translation):
        return _as_good_as(tag, library)
    if broken:
        return "damaged"
    return "ready" if wanted else "none"


def _as_good_as(tag: str, library: Library) -> Ability:
    """What packages that are there may be used for. A faulty list of what is known of them stops them all."""
    from kiosk.translation.quality import standing

    try:
        line = standing(tag, library.places.translation)
    except (OSError, ValueError):
        return "off"
    return "here" if line == "shown" else "hint" if line == "hint" else "off"


def _models(tag: str, catalog: Catalog, here: Sequence[Installed]) -> tuple[ModelRow, ...]:
    by_id = {one.id: one for one in here}
    listed: list[Model] = [*catalog.speech_for(tag), *catalog.translation_for(tag)]
    rows = [_known(model, by_id.get(model.id)) for model in listed]
    ids = {row.id for row in rows}
    ways = {row.way for row in rows if row.kind == "translation"}
    others = [
        one for one in here if one.id not in ids and (one.tag == tag or (one.from_code, one.to_code) in ways)
    ]
    return (*rows, *(_unknown(one, tag, catalog) for one in others))


def _known(model: Model, here: Installed | None) -> ModelRow:
    speech = isinstance(model, SpeechModel)
    way = (model.from_code, model.to_code) if isinstance(model, TranslationModel) else ("", "")
    pip = here.pip if here else isinstance(model, SpeechModel) and model.kind == "pip"
    state = here.state if here else ""
    return ModelRow(
        model.id, "speech" if speech else "translation", model.tag, model.size, bool(model.bytes),
        model.licence, model.mark, model.consent, model.quality, model.note, state,
        here is not None and here.used, pip, way,
    )  # fmt: skip


def _unknown(one: Installed, tag: str, catalog: Catalog) -> ModelRow:
    """Installed, and not among those offered: from a file, an older version, or laid there by hand."""
    known = catalog.find(one.id)
    licence = known.licence if known else one.licence
    return ModelRow(
        one.id, one.kind, tag, one.bytes, True, licence, licence_mark(licence), False,
        known.quality if known else "", known.note if known else "", one.state, one.used, one.pip,
        (one.from_code, one.to_code) if one.kind == "translation" else ("", ""),
    )  # fmt: skip


def as_json(office: Office, table: Sequence[LanguageRow]) -> list[dict[str, Any]]:
    """The table as values, for other programs."""
    from kiosk.speech.voice import available

    found = []
    for row in table:
        language = office.languages.get(row.tag)
        found.append(
            {
                "language": row.tag, "name": row.japanese, "english": row.english, "shipped": row.shipped,
                "speech": row.speech == "here", "speech_available": row.speech != "none",
                "translation": row.translation in ("here", "hint", "needless"),
                "translation_needed": row.translation != "needless",
                "translation_available": row.translation not in ("none", "needless"),
                "voice": language is not None and available(language),
                "review": language.review if language else "",
                "models": [_model_json(model) for model in row.models],
            }
        )  # fmt: skip
    return found


def _model_json(model: ModelRow) -> dict[str, Any]:
    return {
        "id": model.id, "kind": model.kind, "bytes": model.bytes, "exact": model.exact,
        "licence": model.licence, "mark": model.mark, "consent": model.consent, "quality": model.quality,
        "note": model.note, "installed": model.state, "used": model.used, "package": model.pip,
        "from": model.way[0], "to": model.way[1],
    }  # fmt: skip


def size(amount: int) -> str:
    """As staff read it: 87 MB, 1.4 GB."""
    return f"{amount / 1e9:.1f} GB" if amount >= 1e9 else f"{max(1, round(amount / 1e6))} MB"
