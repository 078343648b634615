"""Cutting a narrative into sentences a model can take, with ICU's rules for each language."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

LONGEST = 240
"""Characters; the models saw single sentences only, and drop the ends of longer ones."""

_TERMINAL = re.compile(r"[.!?。！？]")
# Recognized speech has no punctuation. Korean tells the end of a sentence by the verb's ending.
_KOREAN_END = re.compile(
    r"(?<=[가-힣\s])(?:니다|습니까|입니까|합니까|됩니까|어요|아요|해요|돼요|예요|에요|네요|세요|지요|나요|까요|죠)(?=\s)"
)
_CLAUSE = re.compile(r"[,;:、，；：،…\-–—]\s*")
_GAP = re.compile(r"\s+")


def split(text: str, language: str) -> list[str]:
    """The sentences of `text`, trimmed, none empty and none over `LONGEST` characters.

    `language` is a tag or Argos code. Lines are always separate sentences. A sentence that is too long is
    cut at clause marks, else at a space, else hard.
    """
    found: list[str] = []
    for line in unicodedata.normalize("NFC", text).splitlines():
        for sentence in _icu(line, language):
            for spoken in _spoken(sentence, language):
                found.extend(_shorten(spoken))
    return found


def joiner(code: str) -> str:
    """What stands between two sentences: nothing where the script has no spaces."""
    return "" if code.split("-")[0] in {"ja", "zh", "zt"} else " "


def _icu(line: str, language: str) -> list[str]:
    from icu4py.breakers import SentenceBreaker

    line = line.strip()
    if not line:
        return []
    return [part for part in (str(piece).strip() for piece in SentenceBreaker(line, language)) if part]


def _spoken(sentence: str, language: str) -> list[str]:
    if language.split("-")[0] != "ko" or _TERMINAL.search(sentence):
        # A written sentence says itself where it ends; only its last mark is left by now.
        return [sentence]
    ends = [match.end() for match in _KOREAN_END.finditer(sentence)]
    cuts = [0, *ends, len(sentence)]
    return [part for part in (sentence[a:b].strip() for a, b in pairwise(cuts)) if part]


def _shorten(sentence: str) -> list[str]:
    pieces: list[str] = []
    while len(sentence) > LONGEST:
        cut = _last(_CLAUSE, sentence) or _last(_GAP, sentence) or LONGEST
        pieces.append(sentence[:cut].strip())
        sentence = sentence[cut:].strip()
    if sentence:
        pieces.append(sentence)
    return pieces


def _last(mark: re.Pattern[str], sentence: str) -> int:
    """Where to cut: after the last mark within the limit, but not so early that only a scrap is left."""
    ends = [match.end() for match in mark.finditer(sentence, 0, LONGEST)]
    return ends[-1] if ends and ends[-1] > LONGEST // 4 else 0
