"""A translation put together from its sentences, and what of it was refused."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.core.heard import LEFT_OUT, NEGATION, Passage
from kiosk.translation import sentences
from kiosk.translation.agreement import agreement, letters
from kiosk.translation.codes import JAPANESE
from kiosk.translation.polarity import turned
from kiosk.translation.spelled import in_digits
from kiosk.translation.ways import Outcome

_LONG = 40
"""Letters of a sentence that can be half gone and still look like itself."""


def passage(original: str, forth: Outcome, back: Outcome | None, code: str) -> Passage:
    """One sentence, in Argos's language `code`, with its way back; refused when either way was."""
    if forth.fault is not None:
        return Passage(original, "", "", 0.0, forth.fault)
    if back is None or back.fault is not None:
        return Passage(original, "", "", 0.0, "empty" if back is None else back.fault or "")
    said, came = in_digits(original, code), in_digits(back.text, code)
    alike = round(agreement(said, came), 3)
    unsure = [*forth.unsure, *back.unsure]
    if turned(original, back.text, code, code):
        unsure.append(NEGATION)
    if letters(said) >= _LONG and letters(came) < letters(said) / 2:
        unsure.append(LEFT_OUT)
    return Passage(original, forth.text, back.text, alike, "", tuple(dict.fromkeys(unsure)))


def joined(passages: Sequence[Passage], code: str) -> str:
    """The translation in Argos's language `code`. A refused sentence stands in it as it was, marked."""
    return sentences.joiner(code).join(
        _left(passage.original, code) if passage.fault else passage.translated for passage in passages
    )


def returned(passages: Sequence[Passage], code: str) -> str:
    """The way back. A refused sentence stands in it in brackets: it was not translated."""
    return sentences.joiner(code).join(
        f"[{passage.original}]" if passage.fault else passage.back for passage in passages
    )


def alike(passages: Sequence[Passage]) -> float:
    """How like the way back is to the whole, each sentence counted by its length; a refused one is not."""
    lengths = [len(passage.original) for passage in passages]
    return round(sum(p.alike * n for p, n in zip(passages, lengths, strict=True)) / sum(lengths), 3)


def _left(original: str, code: str) -> str:
    return f"「{original}」（原文のまま）" if code == JAPANESE else f"[{original}]"
