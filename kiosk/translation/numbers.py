"""The numbers of a sentence, so that a translation which lost or changed one is never shown.

Numbers in digits are demanded, in some form; one in words must not have become another.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cached_property

from kiosk.translation import kanji
from kiosk.translation.restated import restated
from kiosk.translation.spelled import known, spelled

_TELEPHONE = re.compile(r"(?<![\d.])\+?\d(?:[\d]|[-() ](?=[\d(])){7,}\d?(?!\d)")
_DATE = re.compile(r"(?<!\d)(\d{4})\s?[-./]\s?(\d{1,2})\s?[-./]\s?(\d{1,2})(?!\d)")
_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:[.,]\d{3})+(?!\d)")
# Fever: 39度5分, 39도 5부. A day, the month and the year between full stops; a clock's hour and minutes.
_DEGREES = re.compile(r"(?<![\d.,])(\d{2}) ?[度도] ?(\d)(?: ?[分부]|(?!\d))")
_DAY_FIRST = re.compile(r"(?<![\d.])(\d{1,2})\.(\d{1,2})\.(\d{4})(?![\d.])")
_CLOCK = re.compile(
    r"(?<![\d.,])([01]?\d|2[0-3])\.([0-5]\d)(?= ?(?:h\b|horas\b|a\.?m\b|p\.?m\b))", re.IGNORECASE
)
_DECIMAL = re.compile(r"(?<![\d.,])(\d+)[.,](\d{1,2})(?![\d]|[.,]\d)")
_MILLIONS = "million|millions|triệu|milhão|milhões|milhao|milhoes|millón|millones|millon"
_MULTIPLIERS: dict[str, int] = {
    **dict.fromkeys(("억", "億", "亿"), 100_000_000),
    **dict.fromkeys(("만", "万", "萬", "man", "vạn"), 10_000),
    **dict.fromkeys(("천", "千", "thousand", "nghìn", "ngàn", "mil"), 1_000),
    **dict.fromkeys(("백", "百", "hundred"), 100),
    "हजार": 1_000,
    "लाख": 100_000,
    "करोड": 10_000_000,
    **dict.fromkeys((_MILLIONS.split("|")), 1_000_000),
}
_WITH_UNITS = re.compile(
    r"\d+(?:\.\d+)?(?:\s?(?:[억億亿만万萬천千백百]"
    # People in Japan write 8 man for 80,000 yen in any language; 1 man may be a man.
    r"|हजार|लाख|करोड"
    rf"|(?:thousand|nghìn|ngàn|mil|hundred|{_MILLIONS}|vạn|(?<!(?<!\d)1\s)man)\b)"
    r"(?:\s?\d+(?=\s?[만万萬천千백百])|\d+)?)*",
    re.IGNORECASE,
)
_LONG = 5
_OTHER_DIGIT = re.compile(r"[^\D0-9]")
# Recognizers write Korean amounts of money as words: 오십만 엔.
_KOREAN_AMOUNT = re.compile(r"(?<![가-힣\d])[일이삼사오육칠팔구십백천만억]*[십백천만억](?=\s?[엔원])")


class Compared:
    """The numbers of a sentence and of what was made of it; read when they are first asked for, and once."""

    def __init__(self, source: str, output: str, source_code: str, target_code: str) -> None:
        """Codes are Argos's."""
        self._source, self._output = (source, source_code), (output, target_code)

    @cached_property
    def _said(self) -> _Told:
        return _Told(*self._source)

    @cached_property
    def _shown(self) -> _Told:
        return _Told(*self._output)

    @property
    def lost(self) -> bool:
        """Whether a number of the source is missing from the output or another stands in its place, or a
        telephone number or the like stands in the output that the source does not have."""
        said, shown = self._said, self._shown
        gone = said.digits - shown.digits
        # An amount said twice, in two ways, may be told once; the two of 3月3日 may not.
        once = (number for number in gone if len(number) < _LONG or number not in shown.digits)
        if not shown.known:
            once = (number for number in once if _precise(number))
        if any(not said.found_in(number, shown, digits=False) for number in once):
            return True
        strangers = shown.strangers(said, one=True)
        if any(map(_precise, strangers)):
            return True
        told = said.words.sure if strangers and shown.known else ()
        return any(not said.found_in(number, shown) for number in told)

    @property
    def doubtful(self) -> tuple[str, ...]:
        """Numbers that only one side has: said in words and not shown, or shown in digits and not said."""
        said, shown = self._said, self._shown
        # Whose words are not known may have said in words what is gone in digits.
        asked = said.words.sure if shown.known else said.digits - shown.digits
        gone = [number for number in asked if not said.found_in(number, shown)]
        return (*gone, *shown.strangers(said))


def _precise(number: str) -> bool:
    """Whether a number is one that nobody says in round words: a telephone number, an exact amount."""
    return len(number.strip("0")) >= _LONG


class _Told:
    """The numbers of one text: in digits, in words, and what else would say the same."""

    def __init__(self, text: str, code: str) -> None:
        plain = _plain(text)
        self.digits = _in_digits(plain)
        self.known = known(code)
        self.words = spelled(plain, code)
        self.restated = restated(plain, {*self.digits, *self.words.every})

    def found_in(self, number: str, other: _Told, *, digits: bool = True) -> bool:
        """Whether the number stands in the other text in some form: in digits, in words or restated."""
        there = other.words.every | set(other.digits) if digits else other.words.every
        also = self.restated.get(number, set())
        if number in there or also & (there | set(other.digits)):
            return True
        return any(number in forms or also & forms for forms in other.restated.values())

    def strangers(self, other: _Told, *, one: bool = False) -> list[str]:
        """The numbers here that the other text does not have in any form; a 1 counts with `one`, as it may
        stand for any article. Where the other language's words for numbers are not known, only those count
        that nobody says in words."""
        every = dict.fromkeys((*self.digits, *self.words.sure))
        if not other.known:
            every = {number: None for number in every if _precise(number)}
        counted = (number for number in every if number not in ("0", "1") or (one and number == "1"))
        return [number for number in counted if not self.found_in(number, other)]


def numbers(text: str) -> Counter[str]:
    """The numbers written in digits, normalized: `１,２００` is `1200`; `50万` and `오십만 엔` are `500000`.

    Telephone numbers lose their separators and keep their first zero; dates give year, month, day.
    """
    return _in_digits(_plain(text))


def _in_digits(rest: str) -> Counter[str]:
    found: Counter[str] = Counter()

    def take(pattern: re.Pattern[str], rest: str) -> str:
        for match in pattern.finditer(rest):
            if pattern is _TELEPHONE:
                found[re.sub(r"\D", "", match.group())] += 1
            else:
                found.update(str(int(part)) for part in match.groups())
        return pattern.sub(" ", rest)

    rest = take(_TELEPHONE, take(_DATE, rest))
    rest = _THOUSANDS.sub(lambda match: re.sub(r"[.,]", "", match.group()), rest)
    rest = _CLOCK.sub(r"\1 \2", _DAY_FIRST.sub(r"\1 \2 \3", _DEGREES.sub(r"\1.\2", rest)))
    rest = _DECIMAL.sub(r"\1.\2", rest)
    found.update(_value(match.group()) for match in _WITH_UNITS.finditer(rest))
    amounts = (kanji.korean(match.group()) for match in _KOREAN_AMOUNT.finditer(rest))
    found.update(filter(None, amounts))
    return found


def _plain(text: str) -> str:
    """NFKC, and the digits of every script as ASCII."""
    normal = unicodedata.normalize("NFKC", text)
    return _OTHER_DIGIT.sub(lambda match: str(unicodedata.decimal(match.group())), normal)


def _value(written: str) -> str:
    """`50만` → `500000`, `1만 5천` → `15000`, `007` → `007`, `3.5` → `3.5`, `05` → `5`."""
    parts = re.findall(r"\d+(?:\.\d+)?|[^\d\s.]+", written.lower())
    if len(parts) == 1:
        digits = parts[0]
        if "." in digits:
            return str(digits).rstrip("0").rstrip(".")
        return digits if (digits[0] == "0" and len(digits) > 2) else str(int(digits))
    units: list[str] = []
    for part in parts:
        units.extend([part] if part in _MULTIPLIERS or part[0].isdigit() else list(part))
    total, section, current = 0.0, 0.0, 0.0
    for part in units:
        if part[0].isdigit():
            current = float(part)
        elif (factor := _MULTIPLIERS[part]) >= 10_000:
            total, section, current = total + (section + current) * factor, 0.0, 0.0
        else:
            section, current = section + current * factor, 0.0
    value = total + section + current
    return str(int(value)) if value == int(value) else str(value)
