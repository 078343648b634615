"""Cutting a narrative into sentences a model can take, with ICU's rules for each language."""

from __future__ import annotations

import re
import unicodedata
from itertools import accumulate, pairwise

LONGEST = 240
"""Letters, a Han, kana or Hangul letter counted as two; the models saw single sentences only, and drop the
ends of longer ones."""

_TERMINAL = re.compile(r"[.!?。！？]")
# Recognized speech has no punctuation. Korean tells the end of a sentence by the verb's ending.
_KOREAN_END = re.compile(
    r"(?<=[가-힣\s])(?:니다|습니까|입니까|합니까|됩니까|어요|아요|해요|돼요|예요|에요|네요|세요|지요|나요|까요|죠)(?=\s)"
)
_CLAUSE = re.compile(r"[,;:、，；：،…\-–—]\s*")
_GAP = re.compile(r"\s+")
# A full stop that ends no sentence: Mr. Silva, Nguyễn V. An, U.S. Embassy, TP. Hồ Chí Minh; 1. (a list).
_SHORTENED = re.compile(
    r"(?:^|[\s(\"“‘'「])(?:mr|mrs|ms|dr|dra|prof|st|ave|vs|sr|sra|srta|av|jr|tp|ts|ths|bs|gs|tx)\.$"
    r"|(?:^|[^\w.])(?:[^\W\d_]\.)+$",
    re.IGNORECASE,
)
_LISTED = re.compile(r"^[(（]?\d{1,2}\.$")
_NUMBER_NEXT = re.compile(r"(?:^|[\s(])(?:no|nos|nº|tel|ext|apt|ap|p|art)\.$|\d\.$", re.IGNORECASE)
_NUMBER_ENDED, _PARTICLE = re.compile(r"\d\.\s*$"), re.compile(r"(?:에|부터|까지)")


def split(text: str, language: str) -> list[str]:
    """The sentences of `text`, trimmed, none empty and none over `LONGEST`.

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
    whole: list[str] = []
    for piece in map(str, SentenceBreaker(line, language)):
        if whole and _goes_on(whole[-1], piece):
            whole[-1] += piece
        else:
            whole.append(piece)
    return [part for part in (piece.strip() for piece in whole) if part]


def _goes_on(before: str, after: str) -> bool:
    """Whether ICU cut at a full stop that ends no sentence: of an abbreviation, a list's number, or a date as
    Korean writes it (2026. 3. 5.에)."""
    ended = before.rstrip()
    if _SHORTENED.search(ended) or _LISTED.match(ended):
        return True
    if _NUMBER_NEXT.search(ended) and after[:1].isdigit():
        return True
    grown = not before[-1:].isspace() and after[:1].isalpha()
    return bool(_NUMBER_ENDED.search(before) and (grown or _PARTICLE.match(after)))


def _spoken(sentence: str, language: str) -> list[str]:
    if language.split("-")[0] != "ko" or _TERMINAL.search(sentence):
        # A written sentence says itself where it ends; only its last mark is left by now.
        return [sentence]
    ends = [match.end() for match in _KOREAN_END.finditer(sentence)]
    cuts = [0, *ends, len(sentence)]
    return [part for part in (sentence[a:b].strip() for a, b in pairwise(cuts)) if part]


def _shorten(sentence: str) -> list[str]:
    pieces: list[str] = []
    while (room := _room(sentence)) < len(sentence):
        cut = _last(_CLAUSE, sentence, room) or _last(_GAP, sentence, room) or room
        pieces.append(sentence[:cut].strip())
        sentence = sentence[cut:].strip()
    if sentence:
        pieces.append(sentence)
    return pieces


def _room(sentence: str) -> int:
    """How many signs of it are within `LONGEST`."""
    widths = accumulate(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in sentence)
    return sum(width <= LONGEST for width in widths)


def _last(mark: re.Pattern[str], sentence: str, room: int) -> int:
    """Where to cut: after the last mark within the limit, but not so early that only a scrap is left."""
    ends = [match.end() for match in mark.finditer(sentence, 0, room)]
    return ends[-1] if ends and ends[-1] > room // 4 else 0
