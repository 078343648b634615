"""A newer list of models, read from the engines' own indexes: Vosk's model-list.json and Argos's index.json.

What is written goes over the shipped catalogue and is checked as it is. Neither list names a licence: a model
the shipped catalogue knows keeps its own, another one counts as not stated.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kiosk.app.library.library import Library
from kiosk.app.library.places import trouble
from kiosk.app.library.web import Patience, fetch_text
from kiosk.data.model_rows import check, is_link
from kiosk.data.models import NOT_STATED, Catalog, Model, SpeechModel, read_catalog
from kiosk.errors import Trouble
from kiosk.store.files import put, sync_folder

SOURCES = (
    "https://alphacephei.com/vosk/models/model-list.json",
    "https://raw.githubusercontent.com/argosopentech/argospm-index/main/index.json",
)
_LIMIT = 5_000_000
_HEAD = "# Newer than the shipped list. Written by `madoguchi models refresh`; delete it to go back.\n"

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Refreshed:
    """Ids that are new or differ from what was known, and how many rows could not be used."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    refused: int


def refresh(library: Library, sources: Iterable[str], patience: Patience | None = None) -> Refreshed:
    """Read these addresses or files and write the overlay, whole or not at all.

    Raises Trouble `refresh_junk` where one is not such a list or names nothing of use, and what fetching or
    the disk raise; the earlier list then stays.
    """
    catalog = library.catalog
    found: dict[str, dict[str, Any]] = {}
    refused = 0
    for source in sources:
        rows, bad = _read(_raw(source, patience or Patience()), catalog)
        refused += bad
        found |= {row["id"]: row for row in rows}
    shipped = read_catalog()
    earlier = {model.id: _row(model) for model in catalog.models}
    base = {model.id: _row(model) for model in shipped.models}
    wanted = {name: row for name, row in (earlier | found).items() if base.get(name) != row}
    with library.places.lock():
        _write(library.places.newer, wanted.values())
    library.reload()
    return Refreshed(
        tuple(name for name in found if name not in earlier),
        tuple(name for name in found if name in earlier and earlier[name] != found[name]),
        refused,
    )


def _raw(source: str, patience: Patience) -> bytes:
    if "://" in source:
        return fetch_text(source, _LIMIT, patience)
    try:
        with Path(source).open("rb") as opened:
            return opened.read(_LIMIT + 1)
    except OSError as error:
        raise Trouble("trouble.refresh_junk", log=type(error).__name__) from error


def _read(raw: bytes, catalog: Catalog) -> tuple[list[dict[str, Any]], int]:
    """The rows of our languages, as the catalogue writes them, and how many of them are faulty."""
    try:
        data: Any = json.loads(raw) if len(raw) <= _LIMIT else None
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, list) or not all(isinstance(row, dict) for row in data):
        raise Trouble("trouble.refresh_junk", log="no list of models")
    made = [row for row in (_made(row, catalog) for row in data) if row is not None]
    good = [row for row in made if not check(row, "speech" if "kind" in row else "translation")]
    if not good:
        raise Trouble("trouble.refresh_junk", log="nothing of use in the list")
    return good, len(made) - len(good)


def _made(row: Row, catalog: Catalog) -> dict[str, Any] | None:
    """One row of either list as a row of the catalogue; None where it is for no language of ours."""
    made = _speech(row, catalog) if "lang" in row else _translation(row, catalog)
    if made is None:
        return None
    known = catalog.find(made["id"]) if isinstance(made["id"], str) else None
    if known is not None:
        _keep(made, known)
    return made


def _keep(made: dict[str, Any], known: Model) -> None:
    """What the lists do not say stays as it was; a hash only while the file is the same one."""
    old = _row(known)
    made["tag"] = known.tag
    for key in ("licence", "consent", "quality", "note"):
        if key in old:
            made[key] = old[key]
    same = made["link"] == old["link"] and made["bytes"] in (0, known.bytes)
    if same and made.get("md5", "") in ("", old.get("md5", "")):
        for key in ("bytes", "about", "sha256", "md5"):
            if key in old:
                made[key] = old[key]


def _speech(row: Row, catalog: Catalog) -> dict[str, Any] | None:
    codes = {code: tag for tag, spoken in catalog.languages.items() for code in spoken.vosk}
    # The live list writes true and false as words.
    obsolete = str(row.get("obsolete", "false")).lower() == "true"
    lang = row["lang"]
    if (
        not isinstance(lang, str)
        or lang not in codes
        or obsolete
        or row.get("type") not in ("small", "big", "big-lgraph")
    ):
        return None
    md5 = row.get("md5")
    return {
        "id": row.get("name"), "tag": codes[lang], "kind": "archive", "link": row.get("url"),
        "bytes": row.get("size", 0), "md5": md5.lower() if isinstance(md5, str) else "", "sha256": "",
        "licence": NOT_STATED,
    }  # fmt: skip


def _translation(row: Row, catalog: Catalog) -> dict[str, Any] | None:
    codes = {code: tag for tag, spoken in catalog.languages.items() for code in spoken.argos}
    source, target = row.get("from_code"), row.get("to_code")
    if (
        not isinstance(source, str)
        or not isinstance(target, str)
        or row.get("type", "translate") != "translate"
    ):
        return None
    if not {source, target} <= codes.keys() or "en" not in (source, target):
        return None
    links = row["links"] if isinstance(row.get("links"), list) else []
    link = next((one for one in links if isinstance(one, str) and is_link(one)), "")
    other = target if source == "en" else source
    version = row.get("package_version")
    name = f"translate-{source}_{target}-{str(version).replace('.', '_')}"
    return {
        "id": name, "tag": "en" if other == "ja" else codes[other], "from": source, "to": target,
        "version": version, "link": link, "bytes": 0, "sha256": "", "licence": NOT_STATED,
    }  # fmt: skip


def _row(model: Model) -> dict[str, Any]:
    """A model as its row stands in the catalogue."""
    row: dict[str, Any] = {"id": model.id, "tag": model.tag}
    if isinstance(model, SpeechModel):
        row |= {"kind": model.kind, "link": model.link, "bytes": model.bytes, "md5": model.md5}
    else:
        row |= {"from": model.from_code, "to": model.to_code, "version": model.version}
        row |= {"link": model.link, "bytes": model.bytes}
    row |= {"sha256": model.sha256, "licence": model.licence}
    extra = {"about": model.about, "consent": model.consent, "quality": model.quality, "note": model.note}
    return row | {key: value for key, value in extra.items() if value}


def _write(file: Path, rows: Iterable[Row]) -> None:
    """Write the overlay beside its place, read it back, and only then let it stand. Raises Trouble."""
    text = [_HEAD]
    for row in rows:
        text.append(f"[[{'speech' if 'kind' in row else 'translation'}]]")
        # TOML's basic strings, numbers and truth values are written as JSON writes them.
        text += [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in row.items()]
        text.append("")
    beside = file.with_name(f".{file.name}.new")
    try:
        put(beside, "\n".join(text).encode("utf-8", "replace"))
        if read_catalog(beside).faults:
            raise Trouble("trouble.refresh_junk", log="what was made of the list is not sound")
        beside.replace(file)
        sync_folder(file.parent)
    except OSError as error:
        raise trouble(error, "list of models") from error
    finally:
        with suppress(OSError):
            beside.unlink()
