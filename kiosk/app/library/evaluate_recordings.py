"""An office's own recordings with what is said in them: read where they lie, never copied."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from kiosk.app.library.evaluate_words import words
from kiosk.errors import Trouble

_FILE, _TEXT, _LANGUAGE = "file", "text", "language"


@dataclass(frozen=True)
class Recording:
    """A WAV file, its language (a tag) and what is said in it."""

    file: Path
    language: str
    text: str


@dataclass(frozen=True)
class Recordings:
    """What a folder or list holds, and what of it cannot be used, by name."""

    place: Path
    usable: tuple[Recording, ...]
    left_out: dict[str, str]
    """Reason: no_transcript, empty_transcript, unreadable_transcript, no_file, no_language, columns."""


def read_recordings(place: Path, known: Collection[str], language: str = "") -> Recordings:
    """Read a folder of WAV files with transcripts (`a.wav`, `a.txt`), or a TSV with columns file and text.

    The language of a recording is its column `language`, the folder it lies in (`ko/a.wav`), or `language`.
    Raises Trouble `recordings_absent` (no such place), `recordings_none` (nothing usable in it).
    """
    left_out: dict[str, str] = {}
    if place.is_dir():
        found = list(_folder(place, known, language, left_out))
    elif place.is_file():
        found = list(_listed(place, known, language, left_out))
    else:
        raise Trouble("trouble.recordings_absent", log="no such folder or list", path=str(place))
    if not found and not left_out:
        raise Trouble("trouble.recordings_none", log="no recordings", path=str(place))
    return Recordings(place, tuple(found), left_out)


def _folder(
    place: Path, known: Collection[str], language: str, left_out: dict[str, str]
) -> Iterator[Recording]:
    for file in sorted(place.rglob("*")):
        if file.suffix.lower() != ".wav" or not file.is_file():
            continue
        name = file.relative_to(place).as_posix()
        script = file.with_suffix(".txt")
        if not script.is_file():
            left_out[name] = "no_transcript"
            continue
        try:
            text = script.read_text("utf-8-sig")
        except (OSError, UnicodeDecodeError):
            left_out[name] = "unreadable_transcript"
            continue
        inner = next((part for part in file.relative_to(place).parts[:-1] if part in known), "")
        yield from _usable(file, inner or language, text, name, left_out)


def _listed(
    place: Path, known: Collection[str], language: str, left_out: dict[str, str]
) -> Iterator[Recording]:
    try:
        lines = place.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise Trouble(
            "trouble.recordings_none", log=f"list: {type(error).__name__}", path=str(place)
        ) from error
    told = [line for line in lines if line.strip() and not line.startswith("#")]
    columns = [cell.strip().lower() for cell in told[0].split("\t")] if told else []
    if _FILE not in columns or _TEXT not in columns:
        raise Trouble("trouble.recordings_columns", log="columns file and text are missing", path=str(place))
    for number, line in enumerate(told[1:], start=2):
        cells = [cell.strip() for cell in line.split("\t")]
        if len(cells) != len(columns):
            left_out[f"{place.name}: {number}"] = "columns"
            continue
        row = dict(zip(columns, cells, strict=True))
        file = place.parent / row[_FILE]
        if not file.is_file():
            left_out[row[_FILE]] = "no_file"
            continue
        named = row.get(_LANGUAGE, "")
        yield from _usable(file, named if named in known else language, row[_TEXT], row[_FILE], left_out)


def _usable(file: Path, language: str, text: str, name: str, left_out: dict[str, str]) -> Iterator[Recording]:
    if not words(text):
        left_out[name] = "empty_transcript"
    elif not language:
        left_out[name] = "no_language"
    else:
        # やさしい日本語 is heard by the Japanese model.
        yield Recording(file, "ja" if language == "ja-simple" else language, text)
