"""Days of the week, the half of the day and the currency: facts of a sentence that have few wordings each."""

from __future__ import annotations

import re
import unicodedata

# Monday first; a bar parts wordings. Vietnamese ordinals (thứ hai: second, or Monday) decide nothing alone.
_DAYS = {
    "ja": "月曜,火曜,水曜,木曜,金曜,土曜,日曜",
    "ko": "월요일,화요일,수요일,목요일,금요일,토요일,일요일",
    "en": r"\bmonday,\btuesday,\bwednesday,\bthursday,\bfriday,\bsaturday,\bsunday",
    "zh": "(?:星期|周|礼拜)一,(?:星期|周|礼拜)二,(?:星期|周|礼拜)三,(?:星期|周|礼拜)四,(?:星期|周|礼拜)五,"
    "(?:星期|周|礼拜)六,(?:星期|周|礼拜)[日天]",
    "pt": r"segunda-feira,terça-feira,quarta-feira,quinta-feira,sexta-feira,\bsábado,\bdomingo",
}
_HALVES = {
    "ja": ("午前", "午後"),
    "ko": ("오전", "오후"),
    "en": (r"\d ?a\.?m\b", r"\d ?p\.?m\b"),
    "zh": ("上午|早上", "下午|晚上"),
}
_YEN = {
    "ja": "円",
    "ko": r"[\d만천백십억]\s?엔",
    "en": r"\byen\b",
    "zh": "日元|日圆",
    "vi": r"\byên\b",
    "pt": r"\bi?enes?\b",
}
_OTHER_MONEY = {
    "ja": "ドル|ユーロ|元|ウォン|ポンド",
    "ko": "달러|유로|위안|파운드",
    "en": r"\bdollars?\b|\beuros?\b|\byuan\b|\bpounds?\b|[$€£]",
    "zh": "美元|欧元|英镑|韩元",
    "vi": r"\bđô la\b|\beuro\b|\$",
    "pt": r"\bdólar(?:es)?\b|\beuros?\b|\breais\b|[$€]",
}


def changed(source: str, output: str, source_code: str, target_code: str) -> bool:
    """Whether a weekday is gone or another, morning became afternoon, or yen became other money."""
    before, after = _plain(source), _plain(output)
    one, other = _language(source_code), _language(target_code)
    return (
        _day_lost(before, after, one, other)
        or _half_turned(before, after, one, other)
        or _other_money(before, after, one, other)
    )


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _language(code: str) -> str:
    return {"pb": "pt", "zt": "zh"}.get(code, code)


def _day_lost(before: str, after: str, one: str, other: str) -> bool:
    if one not in _DAYS or other not in _DAYS:
        return False
    return not _days(before, one) <= _days(after, other)


def _days(text: str, language: str) -> set[int]:
    return {place for place, day in enumerate(_DAYS[language].split(",")) if re.search(day, text)}


def _half_turned(before: str, after: str, one: str, other: str) -> bool:
    if one not in _HALVES or other not in _HALVES:
        return False
    said = [re.search(half, before) is not None for half in _HALVES[one]]
    shown = [re.search(half, after) is not None for half in _HALVES[other]]
    return said in ([True, False], [False, True]) and shown == said[::-1]


def _other_money(before: str, after: str, one: str, other: str) -> bool:
    if one not in _YEN or other not in _OTHER_MONEY:
        return False
    own = _OTHER_MONEY.get(one)
    yen = re.search(_YEN[one], before) is not None and not (own and re.search(own, before))
    return yen and re.search(_OTHER_MONEY[other], after) is not None
