"""Where a line may end."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING

from kiosk.core.language import Language
from kiosk.text.markup import Ruby

if TYPE_CHECKING:
    from budoux import Parser

# JIS X 4051: what may not begin a line, and what may not end one. ICU's strict Japanese rules hold all of
# it; the lists also guard BudouX's phrases and the breaks made inside a word that is too wide.
NOT_FIRST = frozenset(
    "、。，．・：；？！‐゠–〜～ヽヾゝゞ々〻ー’”）〕］｝〉》」』】〙〗〟,.!?)]};:%‰°℃"
    "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ"
)
NOT_LAST = frozenset("‘“（〔［｛〈《「『【〘〖〝([{¥￥$£€#＃")
_SPACES = frozenset(" \u3000\u200b")
_WITHOUT_BLANKS = frozenset({"Jpan", "Hans", "Hant"})
_AFTER_HYPHEN = frozenset("-‐–/・")


def soft(text: str, language: Language, rubies: tuple[Ruby, ...] = ()) -> list[int]:
    """Offsets at which the text, one paragraph, breaks well; 0 and the end are not among them."""
    found = strict(text, language.tag)
    if language.line_break == "japanese":
        phrases = _phrases(text)
        found = [at for at in found if at in phrases or text[at - 1] in _SPACES]
        found = [at for at in found if _kinsoku(text, at)]
    elif language.script not in _WITHOUT_BLANKS:
        found = [at for at in found if not (_is_cjk(text[at - 1]) and _is_cjk(text[at]))]
    if language.line_break == "spaces":
        found = [at for at in found if text[at - 1] in _SPACES or text[at - 1] in _AFTER_HYPHEN]
    return outside(found, rubies)


def strict(text: str, tag: str) -> list[int]:
    """Every offset where ICU's rules of the language allow a line to end."""
    from icu4py.breakers import LineBreaker

    return _ends(LineBreaker, text, _locale(tag))


def clusters(text: str) -> list[int]:
    """The offsets between what a person sees as single characters."""
    from icu4py.breakers import CharacterBreaker

    if text.isascii():
        return list(range(1, len(text)))
    return _ends(CharacterBreaker, text, "und")


def outside(offsets: list[int], rubies: tuple[Ruby, ...]) -> list[int]:
    """The offsets that do not cut a base from its reading."""
    if not rubies:
        return offsets
    inside = {at for ruby in rubies for at in range(ruby.start + 1, ruby.end)}
    return [at for at in offsets if at not in inside]


def emergency(text: str, language: Language, rubies: tuple[Ruby, ...]) -> list[int]:
    """Offsets for a word that is wider than the line: between characters, with kinsoku where it can be."""
    found = outside(clusters(text), rubies)
    return [at for at in found if _kinsoku(text, at)] if language.line_break == "japanese" else found


def _is_cjk(character: str) -> bool:
    # A Japanese word quoted in another language stays whole.
    return "\u3040" <= character <= "\u30ff" or "\u3400" <= character <= "\u9fff"


def _kinsoku(text: str, at: int) -> bool:
    return text[at] not in NOT_FIRST and text[at - 1] not in NOT_LAST


def _locale(tag: str) -> str:
    primary = tag.split("-")[0]
    return "ja@lb=strict" if primary == "ja" else tag


def _ends(breaker: Callable[..., object], text: str, locale: str) -> list[int]:
    if not text:
        return []
    # ICU counts UTF-16 units; a character beyond the first plane is two of them.
    segments = breaker(text, locale).segments()  # type: ignore[attr-defined]
    ends = [end for _, end in segments][:-1]
    if max(text) <= "\uffff":
        return ends
    where, units = {}, 0
    for at, character in enumerate(text):
        where[units] = at
        units += 2 if character > "\uffff" else 1
    return [where[end] for end in ends if end in where]


@functools.cache
def _parser() -> Parser:
    from budoux import load_default_japanese_parser

    return load_default_japanese_parser()


def _phrases(text: str) -> set[int]:
    ends, at = set(), 0
    for phrase in _parser().parse(text):
        at += len(phrase)
        ends.add(at)
    return ends
