"""Days, amounts and lists as the readers of a language write them.

A catalogue fills them into its sentences (`kiosk.data.catalogue`), so that nobody reads 2026-11-04 or 12,000
in a language that writes neither. Where digits alone can be taken for another day the month is named: 4/12 is
April to some readers of English and December to others. Times are HH:MM everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Self

_ENGLISH = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
_NEPALI = (
    "जनवरी", "फेब्रुअरी", "मार्च", "अप्रिल", "मे", "जुन", "जुलाई", "अगस्ट", "सेप्टेम्बर", "अक्टोबर",
    "नोभेम्बर", "डिसेम्बर",
)  # fmt: skip
_BURMESE = (
    "ဇန်နဝါရီ", "ဖေဖော်ဝါရီ", "မတ်", "ဧပြီ", "မေ", "ဇွန်", "ဇူလိုင်", "သြဂုတ်", "စက်တင်ဘာ", "အောက်တိုဘာ",
    "နိုဝင်ဘာ", "ဒီဇင်ဘာ",
)  # fmt: skip
_MONTHS = {"en": _ENGLISH, "ne": _NEPALI, "my": _BURMESE}
_FORMS: Mapping[str, tuple[str, str, str]] = {
    "ja": ("{y}年", "{y}年{m}月", "{y}年{m}月{d}日"),
    "ja-simple": ("{y}{{年|ねん}}", "{y}{{年|ねん}}{m}{{月|がつ}}", "{y}{{年|ねん}}{m}{{月|がつ}}{d}"),
    "zh-Hans": ("{y}年", "{y}年{m}月", "{y}年{m}月{d}日"),
    "ko": ("{y}년", "{y}년 {m}월", "{y}년 {m}월 {d}일"),
    "en": ("{y}", "{name} {y}", "{d} {name} {y}"),
    "vi": ("{y}", "{m:02}/{y}", "{d:02}/{m:02}/{y}"),
    "pt-BR": ("{y}", "{m:02}/{y}", "{d:02}/{m:02}/{y}"),
    "ne": ("{y}", "{y} {name}", "{y} {name} {d}"),
    "my": ("{y} ခုနှစ်", "{y} ခုနှစ် {name}လ", "{y} ခုနှစ် {name}လ {d} ရက်"),
}
"""By tag: a year, a month, a day."""
_DAYS_READ = {
    1: "ついたち", 2: "ふつか", 3: "みっか", 4: "よっか", 5: "いつか", 6: "むいか", 7: "なのか", 8: "ようか",
    9: "ここのか", 10: "とおか", 14: "じゅうよっか", 20: "はつか", 24: "にじゅうよっか",
}  # fmt: skip
"""Days of the month that are not read as their number and にち."""
_DOTS = frozenset({"vi", "pt-BR"})
"""Languages that group thousands by dots: 12,000 is twelve there."""
_WIDE = ("ja", "zh")
"""What the tags begin with of languages whose commas and colons are as wide as their letters."""


@dataclass(frozen=True)
class Day:
    """A day to be told, or a month or a year where no more is known: `2026-11-21`, `2026-11`, `2026`."""

    iso: str
    short: bool = False
    """Where there is little room, such as for the date of a source: 2026/11/21, 21 Nov 2026."""

    @classmethod
    def of(cls, day: date) -> Self:
        return cls(f"{day:%Y-%m-%d}")

    def told(self, tag: str) -> str:
        return short_in(tag, self.iso) if self.short else date_in(tag, self.iso)


@dataclass(frozen=True)
class Amount:
    """A whole number to be told with its thousands apart, such as one of yen."""

    value: int

    def told(self, tag: str) -> str:
        return number_in(tag, self.value)


Detail = str | int | Day | Amount
"""What is filled into a sentence."""


def date_in(tag: str, iso: str) -> str:
    """A day, month or year written in a language; as it came where it is none of them, or where the language
    has no form here."""
    parts = iso.split("-")
    if tag not in _FORMS or len(parts) > 3 or not all(one.isascii() and one.isdigit() for one in parts):
        return iso
    year, month, day = (*map(int, parts), *[0] * (3 - len(parts)))
    if not (len(parts) < 2 or 1 <= month <= 12):
        return iso
    name = _MONTHS[tag][month - 1] if tag in _MONTHS and month else ""
    read = _DAYS_READ.get(day, "")
    simple = f"{{{day}日|{read}}}" if read else f"{day}{{日|にち}}"
    form = _FORMS[tag][len(parts) - 1]
    return form.format(y=year, m=month, d=simple if tag == "ja-simple" else day, name=name)


def short_in(tag: str, iso: str) -> str:
    """A day, month or year in few letters, year first where the language's own form is long."""
    if tag == "en":
        words = date_in(tag, iso).split()
        return " ".join(word[:3] if word in _ENGLISH else word for word in words)
    if tag in ("ja", "ja-simple", "zh-Hans"):
        return iso.replace("-", "/")
    return date_in(tag, iso) if tag in _DOTS else iso


def number_in(tag: str, value: int) -> str:
    """A whole number with its thousands apart."""
    words = f"{value:,}"
    return words.replace(",", ".") if tag in _DOTS else words


def list_in(tag: str, words: Iterable[str]) -> str:
    """Several things with the language's own commas."""
    return ("、" if tag.startswith(_WIDE) else ", ").join(words)


def label_in(tag: str, label: str, said: str) -> str:
    """What something is, and what was said of it."""
    return f"{label}{'：' if tag.startswith(_WIDE) else ': '}{said}"
