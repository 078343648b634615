"""Numbers that are said otherwise elsewhere: 14:00 is 2 p.m., 30 % are 3割, 令和7年 is 2025."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

_AFTERNOON = re.compile(
    r"午後|下午|晚上|傍晚|夜|夕方|오후|저녁|밤|\bchiều|\btối|\bp\.?m\b|da tarde|da noite|de la tarde"
    r"|de la noche|at night|in the (?:afternoon|evening)"
)
_DIGIT = re.compile(r"\d")
_FULL_HOURS = re.compile(r"(?<![\d:])\d{1,2}(?:[:：h]|時)(00)(?!\d)")
_HALF_HOUR = re.compile(r"\d\s?(?:[:：h時시点]|giờ)\s?(30)(?!\d)")
# Korean 반 is also the end of 일반, 위반 and the beginning of 반장.
_HALVES = re.compile(
    r"半|(?<![가-힣])절?반(?=년|나절|만|은|이|을|도|[\s.,]|$)|[시년살달월간도만]\s?반(?![가-힣]{2})"
    r"|\bhal(?:f|ves)\b|\brưỡi\b|\bnửa\b|\bmei[oa]\b|\bmetade\b|\bmedi[oa]\b|\bmitad\b|setengah"
)
_OF_A_HALF = frozenset({"half", "30", "6", "0.5", "50%"})
"""Half an hour are 30 minutes, half a year six months."""
_PERCENT = re.compile(r"%|per ?cent|퍼센트|프로|phần trăm|por ?cento|por ciento|百分之|パーセント")
_TENTHS = re.compile(r"(?<!\d)(\d{1,2})\s?(?:割|할)")
_ERAS = {
    r"令和|令|(?<![a-z])reiwa|레이와|(?<![a-z])r(?=\d)": 2018,
    r"平成|(?<![a-z])heisei|헤이세이|(?<![a-z])h(?=\d)": 1988,
    r"昭和|(?<![a-z])sh[oō]wa|쇼와|(?<![a-z])s(?=\d)": 1925,
}
_ERA_YEAR = {re.compile(rf"(?:{names})\s?(\d{{1,2}})(?!\d)"): first for names, first in _ERAS.items()}
_FIRST_YEARS = {"令和元": "2019", "平成元": "1989"}
_BUDDHIST = re.compile(r"(?<!\d)(2[45]\d\d)(?!\d)")
_BUDDHIST_AHEAD = 543


def restated(text: str, numbers: Iterable[str]) -> dict[str, set[str]]:
    """For the numbers of `text` (with plain digits), what else says the same. `half`, `:00` and `30%` name
    what is no number elsewhere; under an empty key stands what is said without one."""
    text = text.lower()
    found: dict[str, set[str]] = defaultdict(set)
    if _DIGIT.search(text):
        _by_digits(text, found)
    found[""].add(":00")
    found[""].update(year for name, year in _FIRST_YEARS.items() if name in text)
    whole = [number for number in numbers if number.isdecimal() and number[0] != "0" and len(number) < 12]
    if _HALVES.search(text):
        found[""] |= _OF_A_HALF
        for number in whole:
            found[number] |= _and_a_half(number)
    if whole and _PERCENT.search(text):
        for number in whole:
            found[number].add(f"{number}%")
    if whole and _AFTERNOON.search(text):
        for number in whole:
            if int(number) < 12:
                found[number].add(str(int(number) + 12))
    return found


def _by_digits(text: str, found: dict[str, set[str]]) -> None:
    for match in _FULL_HOURS.finditer(text):
        found[str(int(match.group(1)))].add(":00")
    for match in _HALF_HOUR.finditer(text):
        found[match.group(1)].add("half")
    for match in _TENTHS.finditer(text):
        found[str(int(match.group(1)))].add(f"{int(match.group(1)) * 10}%")
    for era, first in _ERA_YEAR.items():
        for match in era.finditer(text):
            found[str(int(match.group(1)))].add(str(first + int(match.group(1))))
    for match in _BUDDHIST.finditer(text):
        found[match.group(1)].add(str(int(match.group(1)) - _BUDDHIST_AHEAD))


def _and_a_half(number: str) -> set[str]:
    """39 degrees and a half, a year and a half (18 months), a million and a half."""
    scale = 10 ** (len(number) - len(number.rstrip("0")))
    months = {str(int(number) * 12 + 6)} if len(number) == 1 else set()
    return {f"{number}.5", *months} | ({str(int(number) + scale // 2)} if scale >= 1000 else set())
