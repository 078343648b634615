"""Codes a consultation record takes from a list: nationality, status of residence. Names for staff only."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Code:
    """One entry of such a list."""

    id: str
    """Kept in records; never changed."""
    ja: str
    en: str
    since: date | None = None
    """The first day it can be chosen; None where it always could."""
    often: bool = False
    """Whether it is offered before the others."""

    def name(self, tag: str) -> str:
        """What staff who read `tag` (ja or en) call it."""
        return self.en if tag == "en" else self.ja

    def on(self, day: date) -> bool:
        """Whether there is such a thing on this day."""
        return self.since is None or day >= self.since


def offered(codes: Iterable[Code], words: str, day: date) -> list[Code]:
    """What a list offers: those chosen often where nothing is typed; else those whose code is `words`, whose
    name begins with them, whose name holds them, in this order."""
    there = [code for code in codes if code.on(day)]
    wanted = folded(words)
    if not wanted:
        return [code for code in there if code.often]
    ranked = [(rank, code) for code in there if (rank := _rank(code, wanted)) is not None]
    return [code for _, code in sorted(ranked, key=lambda one: one[0])]


def _rank(code: Code, wanted: str) -> int | None:
    names = (folded(code.ja), folded(code.en))
    if wanted == folded(code.id):
        return 0
    if any(name.startswith(wanted) for name in names):
        return 1
    return 2 if any(wanted in name for name in names) else None


def named(codes: Sequence[Code], code_id: str, tag: str) -> str:
    """The name of a code; the code itself where no list has it any more."""
    return next((code.name(tag) for code in codes if code.id == code_id), code_id)


def folded(text: str) -> str:
    """For comparing what people type: widths, case, ひらがな and カタカナ are one, outer spaces none."""
    plain = unicodedata.normalize("NFKC", text).casefold().strip()
    return "".join(chr(ord(sign) + 0x60) if "ぁ" <= sign <= "ゖ" else sign for sign in plain)
