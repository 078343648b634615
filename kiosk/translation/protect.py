"""What models must not touch, kept out of their hands: long numbers, addresses, codes, names, terms.

Models copy a short number well and anything rare badly. So each is sent as a four-digit stand-in and put back
afterwards. A stand-in counts as come back when it stands in the output exactly once.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

Span = tuple[int, int]

# Of the scripts whose writers use their own digits, a model may give a stand-in back in these: ७००१, ၇၀၀၁.
_ZEROS = "0０०০၀٠۰๐"
_DIGITS = {str(digit): "".join(chr(ord(zero) + digit) for zero in _ZEROS) for digit in range(10)}

# Telephone numbers with blanks, brackets and any dash a telephone writes; 1,200 and dates stay the model's.
_DASH = "-\u2010-\u2015\u2212\uff0d"
_LONG = (
    rf"(?<![0-9A-Za-z.])\+?[0-9](?:[{_DASH}]?[0-9]){{6,}}(?![0-9A-Za-z])"
    rf"|(?<![0-9A-Za-z.])(?:\+81[ {_DASH}]?\(?0?\)?|\(0|0)[0-9]{{1,4}}\)?[ {_DASH}.]?[0-9]{{2"
    rf",4}}[ {_DASH}.][0-9]{{3,4}}"
    r"(?![0-9A-Za-z])"
)
_LINK = r"(?:https?://|www\.)[A-Za-z0-9./?&=_%:#~+-]*[A-Za-z0-9/]"
_MAIL = r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
# A residence card's number is AB12345678CD; passports and receipts look alike.
_CODE = r"(?<![A-Za-z0-9])[A-Za-z]{1,3}[0-9]{5,10}[A-Za-z]{0,2}(?![A-Za-z0-9])"
_EXACT = re.compile("|".join((_LINK, _MAIL, _CODE, _LONG)))
_JAPANESE = re.compile(r"[\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3400-\u9fff々〆ヶ]+")
_STAND_INS = ("7001", "7002", "7003", "7004", "7005")


def exact(sentence: str) -> list[Span]:
    """Where long numbers, web and mail addresses and codes stand; they must come through sign by sign."""
    return [match.span() for match in _EXACT.finditer(sentence)]


def japanese(sentence: str) -> list[Span]:
    """Where Japanese stands in a sentence of a language that is not written so: 田中さん, 市役所."""
    return [match.span() for match in _JAPANESE.finditer(sentence)]


def hide(sentence: str, spans: Iterable[Span] | None = None) -> tuple[str, dict[str, str]]:
    """The sentence with stand-ins, and what each stands for. A sentence with too many stays as it is.

    `spans` (default: what `exact` finds) may overlap: the first from the left counts. The same words share
    one stand-in.
    """
    chosen = _apart(exact(sentence) if spans is None else spans)
    found = list(dict.fromkeys(sentence[start:end] for start, end in chosen))
    free = [number for number in _STAND_INS if number not in sentence]
    if not found or len(found) > len(free):
        return sentence, {}
    hidden = dict(zip(free, found, strict=False))
    stand_ins = {words: number for number, words in hidden.items()}
    pieces, at = [], 0
    for start, end in chosen:
        pieces += [sentence[at:start], _blank(sentence, start - 1), stand_ins[sentence[start:end]]]
        at = end
    return "".join((*pieces, sentence[at:])), hidden


def restore(output: str, hidden: dict[str, str]) -> str:
    """Put back what stood behind the stand-ins. One lost or doubled stays as it is; see `back`."""
    for stand_in, words in hidden.items():
        if back(output, stand_in):
            output = _written(stand_in).sub(lambda _, words=words: words, output)  # type: ignore[misc]
    return output


def back(output: str, stand_in: str) -> bool:
    """Whether a stand-in came back exactly once; models may write it 7,001 or ７００１."""
    return len(_written(stand_in).findall(output)) == 1


@cache
def _written(stand_in: str) -> re.Pattern[str]:
    digits = [f"[{_DIGITS[digit]}]" for digit in stand_in]
    return re.compile(rf"(?<!\d){digits[0]}[,.，]?{''.join(digits[1:])}(?!\d)")


def _apart(spans: Iterable[Span]) -> list[Span]:
    kept: list[Span] = []
    for start, end in sorted(set(spans)):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept


def _blank(sentence: str, before: int) -> str:
    """A stand-in must not grow together with a digit before it."""
    return " " if before >= 0 and unicodedata.category(sentence[before]) == "Nd" else ""
