"""A trouble in words for staff at a terminal."""

from __future__ import annotations

from kiosk.errors import Trouble


def in_japanese_and_english(trouble: Trouble) -> str:
    """The catalogue's sentence in both languages; the log's words where the catalogue has none."""
    from kiosk.data import catalogue

    sentences = []
    for tag in ("ja", "en"):
        words = catalogue.load(tag)
        if words.has(trouble.key):
            sentences.append(words.text(trouble.key, **trouble.details))
    return "\n".join(sentences or [str(trouble)])
