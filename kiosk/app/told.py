"""A trouble in words for staff at a terminal."""

from __future__ import annotations

from kiosk.errors import Trouble


def both(key: str, /, **details: str | int) -> str:
    """Words of the catalogue in Japanese, and below in English; empty where it has none."""
    from kiosk.data import catalogue

    found = [words for tag in ("ja", "en") if (words := catalogue.load(tag)).has(key)]
    return "\n".join(words.text(key, **details) for words in found)


def in_japanese_and_english(trouble: Trouble) -> str:
    """The catalogue's sentence in both languages, the terminal's own where the other one is for residents;
    the log's words where the catalogue has none."""
    key, details = trouble.key, trouble.details
    return both(f"terminal.{key}", **details) or both(key, **details) or str(trouble)
