"""Numbers written as words, or in Chinese numerals: three months, ba tháng, 三个月, 세 달, 三か月.

What is only perhaps a number (one, second; Vietnamese năm is five or year) may stand for a number in digits
on the other side, but is never demanded there.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from kiosk.translation import kanji
from kiosk.translation.spelled_words import COUNTED, GRAMMARS, PERHAPS, Grammar

_TOKEN = re.compile(r"\d[\d.,]*|[^\W\d_]+|[^\w\s-]")

# As a recognizer writes a telephone number: 공구공 일이삼사.
_KOREAN_TELEPHONE = re.compile(r"(?:[공영일이삼사오육칠팔구]\s?){4,}")


@dataclass
class Spelled:
    """Numbers as strings: `sure` are meant as numbers, `perhaps` may be."""

    sure: Counter[str] = field(default_factory=Counter)
    perhaps: set[str] = field(default_factory=set)

    @property
    def every(self) -> set[str]:
        return set(self.sure) | self.perhaps


def spelled(text: str, code: str) -> Spelled:
    """The numbers of `text` that are not in digits; `code` is Argos's, `text` has plain digits (NFKC)."""
    language = {"pb": "pt", "zt": "zh"}.get(code, code)
    found = Spelled()
    lowered = text.lower()
    for value, pattern in PERHAPS.get(language, ()):
        if pattern.search(lowered):
            found.perhaps.add(value)
    if language in GRAMMARS:
        _by_grammar(lowered, GRAMMARS[language], found)
    if language in COUNTED:
        _by_counters(lowered, language, found)
    if language == "ko":
        found.perhaps |= {
            kanji.korean("".join(run.split())) or "" for run in _KOREAN_TELEPHONE.findall(lowered)
        }
    return found


def _by_counters(text: str, language: str, found: Spelled) -> None:
    """Chinese, Japanese and Korean: what stands before a counter is a number, anything else may be one."""
    for pattern, value in COUNTED[language]:
        for match in pattern.finditer(text):
            number = value(match.group(1))
            if number is not None and int(number) > 1:
                found.sure[number] += 1
    for run in kanji.runs(text):
        found.perhaps.update(kanji.values(run))


def _by_grammar(text: str, grammar: Grammar, found: Spelled) -> None:
    run: list[str] = []
    tokens = _TOKEN.findall(grammar.without.sub(" ", text) if grammar.without else text)
    for place, token in enumerate([*tokens, "."]):
        after = tokens[place + 1] if place + 1 < len(tokens) else "."
        if grammar.number(token, after) or (run and token in grammar.joins and grammar.number(after, "")):
            run.append(token)
        else:
            if run and not (place > len(run) and tokens[place - len(run) - 1][0].isdigit()):
                _read(run, grammar, found)
            run = []


def _read(run: list[str], grammar: Grammar, found: Spelled) -> None:
    """One number of a run of words, or several that stand together; only one by itself is sure."""
    numbers = grammar.read([word for word in run if word not in grammar.joins])
    if len(numbers) == 1 and numbers[0][1] and int(numbers[0][0]) > 1:
        found.sure[numbers[0][0]] += 1
        return
    apart = any(word in grammar.joins for word in run)
    for number, certain in numbers:
        if apart and certain and int(number) > 1:
            found.sure[number] += 1
        found.perhaps.add(number)
    # Nineteen ninety is a year, zero nine zero the beginning of a telephone number.
    found.perhaps.add("".join(number for number, _ in numbers))
