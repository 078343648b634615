"""A letter's two columns: every row in Japanese at the left, in the resident's language at the right."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from kiosk.core.writing import kept_text
from kiosk.core.written import Detail, label_in
from kiosk.printing.document import Row
from kiosk.text.page import unmarked

if TYPE_CHECKING:
    from kiosk.core.language import Language
    from kiosk.printing.slip import Words


class Columns:
    """`local` and `japanese` are the two catalogues."""

    def __init__(self, language: Language, local: Words, japanese: Words) -> None:
        self.language, self.local, self.japanese = language, local, japanese
        # An agency reads plain Japanese, a resident may need it written with readings: those are two.
        self.same = language.tag == "ja"

    def row(self, key: str, *, strong: bool = False, **details: Detail) -> Row:
        return self.pair(lambda words: words.text(key, **details), strong=strong)

    def pair(self, say: Callable[[Words], str], *, strong: bool = False) -> Row:
        return Row(say(self.japanese), "" if self.same else say(self.local), strong)


def clean(text: str, longest: int) -> str:
    """Words somebody wrote as a paper takes them: no control characters, no readings, at most so long."""
    kept = unmarked(kept_text(text)[0])
    return kept if len(kept) <= longest else f"{kept[: longest - 1]}…"


def word(of: Words, key: str, otherwise: str) -> str:
    """A flow may have been changed since the ticket was taken: the stored id is better than nothing."""
    return of.text(key) if of.has(key) else unmarked(otherwise)


def labelled(of: Words, key: str, said: str, otherwise: str = "") -> str:
    return label_in(of.tag, word(of, key, otherwise), said)
