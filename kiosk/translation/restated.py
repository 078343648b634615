"""Numbers that are said otherwise elsewhere: 14:00 is 2 p.m., 30 % are 3割, 令和7年 is 2025."""

from __future__ import annotations

import re
from collections import defaultdict

_CLOCK = r"(\d{1,2})(?:\s?(?:[:：時时点시hH]|giờ)\s?(\d{1,2})?)?"
_AFTERNOON = re.compile(
    rf"(?:午後|下午|晚上|夜の?|오후|저녁|밤)\s?{_CLOCK}"
    rf"|{_CLOCK}\s?(?:[時时点시h]|giờ|horas?)?\s?(?:p\.?m\b|chiều|tối|da tarde|da noite|de la tarde"
    rf"|de la noche|at night)",
    re.IGNORECASE,
)
_FULL_HOURS = re.compile(r"(?<![\d:])\d{1,2}(?:[:：h]|時)(00)(?!\d)")
_HALF_HOUR = re.compile(r"\d\s?(?:[:：h時시点]|giờ)\s?(30)(?!\d)")
_HALVES = re.compile(r"半|반|\bhalf\b|rưỡi|\be meia\b|\by media\b|setengah", re.IGNORECASE)
_PERCENT = re.compile(
    r"(\d+)\s?(?:[%％]|per ?cent|퍼센트|프로|phần trăm|por ?cento|por ciento)|百分之(\d+)", re.IGNORECASE
)
_TENTHS = re.compile(r"(\d+)\s?(?:割|할)")
_ERAS = {
    "令和|令|reiwa|레이와|r(?=\\d)": 2018,
    "平成|heisei|헤이세이|h(?=\\d)": 1988,
    "昭和|showa|shōwa|쇼와|s(?=\\d)": 1925,
}
_ERA_YEAR = {
    re.compile(rf"(?:{names})\s?(\d{{1,2}})(?!\d)", re.IGNORECASE): first for names, first in _ERAS.items()
}
_BUDDHIST = 543


def restated(text: str) -> dict[str, set[str]]:
    """For numbers of `text` (with plain digits), what else says the same. `half`, `:00` and `30%` name what
    is no number elsewhere; under an empty key stands what is said without one."""
    found: dict[str, set[str]] = defaultdict(set)
    for match in _AFTERNOON.finditer(text):
        hour = int(match.group(1) or match.group(3))
        if hour < 12:
            found[str(hour)].add(str(hour + 12))
    for match in _FULL_HOURS.finditer(text):
        found[str(int(match.group(1)))].add(":00")
    found[""].add(":00")
    for match in _HALF_HOUR.finditer(text):
        found[match.group(1)].add("half")
    if _HALVES.search(text):
        found[""].add("half")
    for match in _PERCENT.finditer(text):
        number = match.group(1) or match.group(2)
        found[str(int(number))].add(f"{int(number)}%")
    for match in _TENTHS.finditer(text):
        found[str(int(match.group(1)))].add(f"{int(match.group(1)) * 10}%")
    for era, first in _ERA_YEAR.items():
        for match in era.finditer(text):
            found[str(int(match.group(1)))].add(str(first + int(match.group(1))))
    if "令和元" in text:
        found[""].add("2019")
    for match in re.finditer(r"(?<!\d)(2[45]\d\d)(?!\d)", text):
        found[match.group(1)].add(str(int(match.group(1)) - _BUDDHIST))
    return found
