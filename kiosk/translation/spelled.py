"""Numbers written as words, or in Chinese numerals: three months, ba tháng, 三个月, 세 달, 三か月.

What is only perhaps a number (one, second; Vietnamese năm is five or year) may stand for a number in digits
on the other side, but is never demanded there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from kiosk.translation import kanji
from kiosk.translation.spelled_words import (
    COUNTED,
    GRAMMARS,
    KOREAN_TENS,
    PERHAPS,
    TELEPHONES,
    Grammar,
    korean_native,
)

_TOKEN = re.compile(r"\d[\d.,]*|[^\W\d_]+|[^\w\s-]")
_TELEPHONE = 9
"""Digits told one by one that are surely a telephone number or the like."""


@dataclass
class Spelled:
    """Numbers as strings: `sure` are meant as numbers, `perhaps` may be."""

    sure: Counter[str] = field(default_factory=Counter)
    perhaps: set[str] = field(default_factory=set)

    @property
    def every(self) -> set[str]:
        return set(self.sure) | self.perhaps


def known(code: str) -> bool:
    """Whether the words for numbers of Argos's language `code` are known here."""
    return _language(code) in GRAMMARS or _language(code) in COUNTED


def spelled(text: str, code: str) -> Spelled:
    """The numbers of `text` that are not in digits; `code` is Argos's, `text` has plain digits (NFKC)."""
    language = _language(code)
    found = Spelled()
    lowered = text.lower()
    for value, pattern in PERHAPS.get(language, ()):
        if pattern.search(lowered):
            found.perhaps.add(value)
    if language in TELEPHONES:
        lowered = _without_telephones(lowered, language, found)
    if language in GRAMMARS:
        _by_grammar(lowered, GRAMMARS[language], found)
    if language in COUNTED:
        _by_counters(lowered, language, found)
    return found


def _language(code: str) -> str:
    return {"pb": "pt", "zt": "zh"}.get(code, code)


def in_digits(text: str, code: str) -> str:
    """The text with numbers told digit by digit in digits, and Chinese ones: what is told in one way and
    written in another is no other text."""
    language = _language(code)
    if language in TELEPHONES:
        run, sign, digits = TELEPHONES[language]
        return run.sub(lambda match: _number(match.group(), sign, digits) or match.group(), text.lower())
    return kanji.in_digits(text) if language == "zh" else text


def _number(told: str, sign: re.Pattern[str], digits: Mapping[str, str]) -> str:
    """The telephone number; empty for a few digits, which may be something else."""
    number = "".join(digits[each] for each in sign.findall(told))
    return number if len(number) >= _TELEPHONE else ""


def _without_telephones(text: str, language: str, found: Spelled) -> str:
    """The text without numbers told digit by digit: zero nine zero, one two three four; 공구공 일이삼사."""
    run, sign, digits = TELEPHONES[language]
    for match in run.finditer(text):
        number = "".join(digits[each] for each in sign.findall(match.group()))
        if len(number) < _TELEPHONE:
            found.perhaps.add(number)
        else:
            found.sure[number] += 1
    return run.sub(lambda match: " ; " if _number(match.group(), sign, digits) else match.group(), text)


def _by_counters(text: str, language: str, found: Spelled) -> None:
    """Chinese, Japanese and Korean: what stands before a counter is a number, anything else may be one."""
    for pattern, value in COUNTED[language]:
        for match in pattern.finditer(text):
            number = value(match.group(1))
            if number is not None and int(number) > 1:
                found.sure[number] += 1
    if language == "ko":
        tens = (korean_native(match) for match in KOREAN_TENS.findall(text))
        found.perhaps.update(filter(None, tens))
    for run in kanji.runs(text):
        found.perhaps.update(kanji.values(run))
    for whole, part in kanji.decimals(text):
        found.perhaps.add(f"{whole}.{part}")


def _by_grammar(text: str, grammar: Grammar, found: Spelled) -> None:
    run: list[str] = []
    whole: list[str] = []
    tokens = _TOKEN.findall(grammar.without.sub(" ; ", text) if grammar.without else text)
    for place, token in enumerate([*tokens, "."]):
        after = tokens[place + 1] if place + 1 < len(tokens) else "."
        joined = token in grammar.joins and grammar.number(after, "")
        goes_on = run and (joined or (token in grammar.goes_on and run[-1] in grammar.scales))
        if goes_on or grammar.number(token, after):
            run.append(token)
        elif run and not whole and token in grammar.points and grammar.number(after, ""):
            whole, run = run, []
        else:
            if whole:
                found.perhaps.add(".".join(_together(part, grammar) for part in (whole, run)))
            elif run and not (place > len(run) and tokens[place - len(run) - 1][0].isdigit()):
                _read(run, grammar, found)
            whole, run = [], []


def _together(run: list[str], grammar: Grammar) -> str:
    return "".join(number for number, _ in grammar.read([word for word in run if word not in grammar.joins]))


def _read(run: list[str], grammar: Grammar, found: Spelled) -> None:
    """One number of a run of words, or several that stand together; only one by itself is sure."""
    numbers = grammar.read([word for word in run if word not in grammar.joins])
    if len(numbers) == 1 and numbers[0][1] and int(numbers[0][0]) > 1 and run[0] not in grammar.unsure:
        found.sure[numbers[0][0]] += 1
        return
    apart = any(word in grammar.joins for word in run)
    for number, certain in numbers:
        if apart and certain and int(number) > 1:
            found.sure[number] += 1
        found.perhaps.add(number)
    # Nineteen ninety is a year, zero nine zero the beginning of a telephone number.
    found.perhaps.add("".join(number for number, _ in numbers))
