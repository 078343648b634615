"""The counter's sentences the sample packages are trained on and measured with.

`corpus.tsv` has a meaning a line: Korean, English, Japanese, wordings between bars, the first of which is
what a translation into that language gives. Slots are filled from `slots.tsv`, or here with numbers.
"""

from __future__ import annotations

import itertools
import math
import random
import re
import zlib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
LANGUAGES = ("ko", "en", "ja")
HELD_OUT = 8
"""One of so many slot fillings of each line is kept out of training, to measure with."""

_SLOT = re.compile(r"\{(\w+)\}")
_MONTHS = {
    "January": 31, "February": 29, "March": 31, "April": 30, "May": 31, "June": 30, "July": 31, "August": 31,
    "September": 30, "October": 31, "November": 30, "December": 31,
}  # fmt: skip


@dataclass(frozen=True)
class Filling:
    """What one slot holds, per language, the first wording being the one to give."""

    wordings: dict[str, list[str]] = field(hash=False)


@dataclass(frozen=True)
class Meaning:
    """One line of the corpus with its wordings per language, slots still open."""

    number: int
    wordings: dict[str, list[str]] = field(hash=False)

    @property
    def slots(self) -> list[str]:
        return list(dict.fromkeys(_SLOT.findall(self.wordings["en"][0])))


@dataclass(frozen=True)
class Sentence:
    """A meaning with its slots filled: every wording per language, the first being the one to give."""

    wordings: dict[str, list[str]] = field(hash=False)
    held_out: bool

    def canonical(self, language: str) -> str:
        return self.wordings[language][0]


def _rows(name: str) -> list[list[str]]:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


@cache
def meanings() -> list[Meaning]:
    """All lines of the corpus, those heard by the recognizer included."""
    rows = _rows("corpus.tsv") + (_rows("heard.tsv") if (HERE / "heard.tsv").exists() else [])
    return [
        Meaning(number, {code: cell.split("|") for code, cell in zip(LANGUAGES, row, strict=True)})
        for number, row in enumerate(rows)
    ]


@cache
def fillings() -> dict[str, list[Filling]]:
    """What every slot may hold."""
    slots: dict[str, list[Filling]] = {}
    for slot, *cells in _rows("slots.tsv"):
        wordings = {code: cell.split("|") for code, cell in zip(LANGUAGES, cells, strict=True)}
        slots.setdefault(slot, []).append(Filling(wordings))
    slots["date"] = [
        Filling({"ko": [f"{month}월 {day}일"], "en": [f"{name} {day}"], "ja": [f"{month}月{day}日"]})
        for month, (name, days) in enumerate(_MONTHS.items(), start=1)
        for day in range(1, days + 1)
    ]
    slots["amount"] = [_amount(count) for count in (*range(1, 10), *range(10, 100, 2), *range(15, 100, 10))]
    slots["amount"] += [
        Filling({"ko": [f"{count}천 엔"], "en": [f"{count},000 yen"], "ja": [f"{count},000円"]})
        for count in range(1, 10)
    ]
    digits = random.Random(7)
    codes = [str(digits.randrange(1000, 10000)) for _ in range(600)]
    # The stand-ins for long numbers (kiosk/translation/protect.py) and the emergency lines.
    codes += ["7001", "7002", "7003", "7004", "7005"] * 8 + ["110", "119", "118", "171"]
    slots["phone"] = [_same(code) for code in codes]
    slots["number"] = [_same(str(number)) for number in range(1, 21)]
    return slots


def _amount(count: int) -> Filling:
    """So many ten thousand yen."""
    ones = ["", "일", "이", "삼", "사", "오", "육", "칠", "팔", "구"]
    tens, rest = divmod(count, 10)
    word = ("" if tens < 2 else ones[tens]) + ("십" if tens else "") + ones[rest]
    spoken = "만 엔" if count == 1 else f"{word}만 엔"
    return Filling({"ko": [f"{count}만 엔", spoken], "en": [f"{count}0,000 yen"], "ja": [f"{count}万円"]})


def _same(text: str) -> Filling:
    return Filling({code: [text] for code in LANGUAGES})


def combinations(meaning: Meaning) -> int:
    """In how many ways its slots can be filled."""
    return math.prod(len(fillings()[slot]) for slot in meaning.slots)


def fill(meaning: Meaning, chosen: dict[str, Filling]) -> Sentence:
    """One sentence of a meaning, with all its wordings."""
    wordings: dict[str, list[str]] = {}
    for code in LANGUAGES:
        found: list[str] = []
        for pattern in meaning.wordings[code]:
            slots = list(dict.fromkeys(_SLOT.findall(pattern)))
            for values in itertools.product(*(chosen[slot].wordings[code] for slot in slots)):
                found.append(_tidy(_insert(pattern, dict(zip(slots, values, strict=True)), code), code))
        wordings[code] = list(dict.fromkeys(found))
    english = wordings["en"][0].encode()
    held_out = bool(chosen) and combinations(meaning) >= 4 and zlib.crc32(english) % HELD_OUT == 0
    return Sentence(wordings, held_out)


def sentences(meaning: Meaning, most: int, rng: random.Random) -> list[Sentence]:
    """Every filling of a meaning, or `most` of them at random where there are more."""
    slots = meaning.slots
    if combinations(meaning) <= most:
        products = itertools.product(*(fillings()[slot] for slot in slots))
        return [fill(meaning, dict(zip(slots, values, strict=True))) for values in products]
    return [draw(meaning, rng) for _ in range(most)]


def draw(meaning: Meaning, rng: random.Random) -> Sentence:
    """One filling at random."""
    return fill(meaning, {slot: rng.choice(fillings()[slot]) for slot in meaning.slots})


def _insert(pattern: str, values: dict[str, str], code: str) -> str:
    def put(match: re.Match[str]) -> str:
        value = values[match.group(1)]
        return value + _particle(value, match.group(2)) if code == "ko" else value + match.group(2)

    particles = "이에요|예요|이|가|을|를|와|과|으로|로|랑" if code == "ko" else ""
    return re.sub(rf"\{{(\w+)\}}({particles}|)", put, pattern)


_PARTICLES = [("이에요", "예요"), ("이", "가"), ("을", "를"), ("과", "와"), ("으로", "로"), ("이랑", "랑")]


def _particle(word: str, written: str) -> str:
    """The form of a Korean particle that follows this word: by whether its last syllable is closed."""
    last = ord(word[-1]) - 0xAC00
    if not 0 <= last < 11172:
        return written
    closed = last % 28 != 0
    for after_closed, after_open in _PARTICLES:
        if written in (after_closed, after_open):
            return after_closed if closed else after_open
    return written


def _tidy(text: str, code: str) -> str:
    if code == "en":
        text = re.sub(r"\b(one|1) children", r"\1 child", text)
        text = text[0].upper() + text[1:]
    return text
