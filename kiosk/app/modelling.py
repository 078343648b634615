"""What each language has installed, and translation packages from a file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import typer

from kiosk.app.office import Office


def rows(office: Office) -> list[dict[str, Any]]:
    """One row a language: what it can do here and now, and what could be had."""
    from kiosk.data.models import read_catalog
    from kiosk.speech.models import find_model
    from kiosk.speech.voice import available
    from kiosk.translation.packages import can_translate

    catalog = read_catalog()
    speech = {model.tag for model in catalog.speech}
    translation = {model.tag for model in catalog.translation}
    found = []
    for tag, language in office.languages.items():
        japanese = language.is_japanese
        found.append(
            {
                "language": tag,
                "name": language.japanese,
                "speech": find_model(language, office.speech_folder) is not None,
                "speech_available": tag in speech or tag.split("-")[0] in speech,
                "translation": japanese or can_translate(tag, office.translation_folder),
                "translation_needed": not japanese,
                "translation_available": tag in translation,
                "voice": available(language),
                "review": language.review,
            }
        )
    return found


def listing(office: Office, as_json: bool) -> None:
    table = rows(office)
    if as_json:
        typer.echo(json.dumps(table, ensure_ascii=False, indent=2))
        return
    for row in table:
        speech = _state(row["speech"], row["speech_available"])
        translation = (
            "不要"
            if not row["translation_needed"]
            else _state(row["translation"], row["translation_available"])
        )
        voice = "あり" if row["voice"] else "なし"
        typer.echo(
            f"{row['language']:10} 音声入力 {speech}　翻訳 {translation}　読み上げ {voice}　{row['name']}"
        )


def _state(installed: bool, available: bool) -> str:
    return "あり" if installed else "入手できます" if available else "ありません"


def install(office: Office, path: Path) -> str:
    """Install an .argosmodel file; the sentence that says so. Raises Trouble."""
    from kiosk.translation.archive import install as unpack

    pair = unpack(path, office.translation_folder)
    return f"{pair.name} を入れました / installed {pair.name}"
