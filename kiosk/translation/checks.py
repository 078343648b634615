"""Safeguards on one translated sentence: refused rather than shown wrong.

Models fail in known ways (nothing, the same words over and over, the input again, a dropped number, a far too
long answer); each has a rule here. All functions are pure. Language codes are Argos's.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import Literal

from kiosk.translation.numbers import Compared
from kiosk.translation.written import chinese

LONGEST_TEXT = 20_000
"""Characters of a narrative; a longer one is sent untranslated."""

Reason = Literal[
    "empty",
    "looping",
    "untranslated",
    "numbers",
    "names",
    "length",
    "too_long",
    "kana_only",
    "unknown",
    "unlikely",
]
"""Why a translation was refused; goes into Trouble("trouble.translation_refused", reason=…)."""

_HAN = r"\u3400-\u4dbf\u4e00-\u9fff々〆"
_KANA = r"\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff"
_HANGUL = r"\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3"
_LETTERS = {
    "ru": r"\u0400-\u04ff", "uk": r"\u0400-\u04ff", "hi": r"\u0900-\u097f", "bn": r"\u0980-\u09ff",
    "th": r"\u0e00-\u0e7f", "ar": r"\u0600-\u06ff", "fa": r"\u0600-\u06ff", "ur": r"\u0600-\u06ff",
}  # fmt: skip
_LATIN = r"A-Za-z\u00c0-\u024f\u1e00-\u1eff"
# Per language: the letters it must show, and letters it never has.
_NO_WRITING = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff]"
)
_SCRIPTS: dict[str, tuple[re.Pattern[str], re.Pattern[str]]] = {
    "ja": (re.compile(f"[{_HAN}{_KANA}]"), re.compile(f"[{_HANGUL}]")),
    "ko": (re.compile(f"[{_HANGUL}]"), re.compile(f"[{_KANA}]")),
    "zh": (re.compile(f"[{_HAN}]"), re.compile(f"[{_KANA}{_HANGUL}]")),
    "zt": (re.compile(f"[{_HAN}]"), re.compile(f"[{_KANA}{_HANGUL}]")),
    **dict.fromkeys(
        ("en", "vi", "pt", "pb", "es", "fr", "de", "id", "tl", "tr"),
        (re.compile(f"[{_LATIN}]"), re.compile(f"[{_HAN}{_KANA}{_HANGUL}]")),
    ),
    **{
        code: (re.compile(f"[{letters}]"), re.compile(f"[{_HAN}{_KANA}{_HANGUL}]"))
        for code, letters in _LETTERS.items()
    },
}
_ONLY_HAN = re.compile(f"[{_HAN}]")
_ONLY_KANA = re.compile(f"[{_KANA}]")
_HIRAGANA = re.compile(r"[\u3041-\u309f]")
_RUBY = re.compile(r"\{[^{}|]+\|[^{}|]+\}")
_UNKNOWN = re.compile(r"<unk>|⁇|〓|\ufffd")
_SAME_SIGN = re.compile(r"([^\W\d_])\1{6,}")
_REPEATED = re.compile(r"(\S.{0,39}?)(?:[\s,.、。]*\1){3,}", re.DOTALL)
_SHORT_HIRAGANA, _SHORT_KANA = 12, 24
_CAPITALIZED = re.compile(rf"\b[A-Z\u00c0-\u00de][{_LATIN}'’-]+")
"""Names of people and firms stay in Latin letters in a right translation."""
_FEW = 8


def fault(
    source: str, output: str, source_code: str, target_code: str, compared: Compared | None = None
) -> Reason | None:
    """What is wrong with `output` as the translation of the one sentence `source`, or None; `compared` are
    their numbers, for a caller that asks more of them."""
    if has_unknown(output):
        return "unknown"
    if not _letters(output) and not re.search(r"\d", output):
        return "empty" if _letters(source) or re.search(r"\d", source) else None
    if looping(output) and not looping(source):
        return "looping"
    if untranslated(source, output, source_code, target_code):
        return "untranslated"
    if (compared or Compared(source, output, source_code, target_code)).lost:
        return "numbers"
    return "length" if out_of_proportion(source, output) else None


def unfit(text: str, code: str) -> Reason | None:
    """Why a model for `code` should not be given `text` at all, or None.

    Japanese models are at their worst with kana-only text (LibreTranslate issues 416, 650, 865), and ruby
    is not text.
    """
    if len(text) > LONGEST_TEXT:
        return "too_long"
    if code == "ja":
        hiragana, kana = len(_HIRAGANA.findall(text)), len(_ONLY_KANA.findall(text))
        spelled = hiragana > _SHORT_HIRAGANA or kana > _SHORT_KANA
        if _RUBY.search(text) or (spelled and not _ONLY_HAN.search(text)):
            return "kana_only"
    return None


def readable(text: str) -> str:
    """Without what is no writing: control characters, marks of direction, blanks without width, halves of
    characters. A tokenizer fails at some and takes the others for words it does not know; within a telephone
    number they hide it from the checks."""
    return _NO_WRITING.sub("", text)


def without_ruby(text: str) -> str:
    """`{在留|ざいりゅう}カード` is given to models as 在留カード."""
    return _RUBY.sub(lambda match: match.group()[1:-1].partition("|")[0], text)


def has_unknown(text: str) -> bool:
    """Whether a model or its tokenizer wrote the sign for something it does not know."""
    return _UNKNOWN.search(text) is not None


def looping(text: str) -> bool:
    """Whether a text repeats itself as a stuck model does: one letter seven times and more, a phrase four
    times in a row, or most of a longer text out of the same few four-letter groups."""
    if _SAME_SIGN.search(text) or any(_letters(match.group(1)) for match in _REPEATED.finditer(text)):
        return True
    letters = _letters(text)
    groups = Counter(letters[place : place + 4] for place in range(len(letters) - 3))
    total = sum(groups.values())
    return total >= 60 and len(groups) < 0.4 * total


def untranslated(source: str, output: str, source_code: str, target_code: str) -> bool:
    """Whether the output is the input again, or is not written as the target language is."""
    letters, before = _letters(output), _letters(source)
    if not before:
        return False
    if letters == before and len(before) > 3:
        return True
    if target_code not in _SCRIPTS:
        return False
    own, foreign = _SCRIPTS[target_code]
    shown = len(own.findall(output))
    if shown == 0 or foreign.search(output):
        return True
    if target_code == "ja":
        # Real Japanese sentences have kana; Han alone may be Chinese that came through.
        if len(letters) >= _FEW and not _ONLY_KANA.search(output) and chinese(output):
            return True
        kept = sum(len(_letters(name)) for name in _CAPITALIZED.findall(output) if name in source)
        return source_code != "ja" and shown < (len(letters) - kept) / 2
    return False


def out_of_proportion(source: str, output: str) -> bool:
    """Whether the output is far too long or too short: over four times or under a quarter of the input,
    a Han, kana or Hangul letter counted as two and a half."""
    before, after = _weight(source), _weight(output)
    return after > 4 * before + 30 or (before > 30 and after < before / 4)


def _weight(text: str) -> float:
    return sum(2.5 if unicodedata.east_asian_width(sign) in "WF" else 1.0 for sign in text)


def _letters(text: str) -> str:
    """Letters only, NFKC, case folded."""
    normal = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sign for sign in normal if unicodedata.category(sign)[0] in "LM")
