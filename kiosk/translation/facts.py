"""Days of the week and of the month, the half of the day and the currency: facts with few wordings each."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from kiosk.translation.spelled_words import MONTHS

# Monday first; a bar parts wordings. Vietnamese ordinals (thứ hai: second, or Monday) decide nothing alone.
_DAYS = {
    "ja": "月曜,火曜,水曜,木曜,金曜,土曜,日曜",
    "ko": "월요일,화요일,수요일,목요일,금요일,토요일,일요일",
    "en": r"\bmonday,\btuesday,\bwednesday,\bthursday,\bfriday,\bsaturday,\bsunday",
    "zh": "(?:星期|周|礼拜)一,(?:星期|周|礼拜)二,(?:星期|周|礼拜)三,(?:星期|周|礼拜)四,(?:星期|周|礼拜)五,"
    "(?:星期|周|礼拜)六,(?:星期|周|礼拜)[日天]",
    "vi": r"thứ (?:hai|2),thứ (?:ba|3),thứ (?:tư|4),thứ (?:năm|5),thứ (?:sáu|6),thứ (?:bảy|bẩy|7)"
    r",\bchủ nhật",
    "pt": r"segunda-feira,terça-feira,quarta-feira,quinta-feira,sexta-feira,\bsábado,\bdomingo",
}
# How a translation may also name them: 土日, 月・水, (金); na segunda.
_DAYS_TOO = {
    "ja": tuple(
        rf"{day}曜|[(（]{day}[)）]|{day}[・、,][月火水木金土日]|[月火水木金土日][・、,]{day}"
        + ("|土日" if day in "土日" else "")
        for day in "月火水木金土日"
    ),
    "pt": (r"\bsegunda", r"\bterça", r"\bquarta", r"\bquinta", r"\bsexta", r"\bsábado", r"\bdomingo"),
}
_HALVES = {
    "ja": ("午前", "午後"),
    "ko": ("오전", "오후"),
    "en": (r"\d ?a\.?m\b", r"\d ?p\.?m\b"),
    "zh": ("上午|早上", "下午|晚上"),
    "vi": (r"(?:giờ|h) ?\d* ?sáng", r"(?:giờ|h) ?\d* ?(?:chiều|tối)"),
    "pt": (r"\bda manhã\b", r"\bda (?:tarde|noite)\b"),
    "es": (r"\bde la mañana\b", r"\bde la (?:tarde|noche)\b"),
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


_MONTH_FIRST = re.compile(
    r"(\d{1,2}) ?[月월] ?(\d{1,2}) ?[日号일]|(?<!\d)\d{4}[-./](\d{1,2})[-./](\d{1,2})(?!\d)"
)
DAY_FIRST = frozenset({"vi", "pt", "es", "fr", "id", "th"})
"""Languages that write 5/3/2026 for the fifth of March."""
_SLASHED = re.compile(r"(?<![\d./-])(\d{1,2})([./-])(\d{1,2})\2((?:19|20)\d\d)(?![\d./-])")


# Days, weeks, months and years: the last, this, the next.
_WHEN = {
    "ja": (
        ("昨日|きのう", "今日|きょう|本日", "明日|あした|あす"),
        ("先週", "今週", "来週"),
        ("先月", "今月", "来月"),
        ("去年|昨年", "今年", "来年"),
    ),
    "en": (
        (r"\byesterday", r"\btoday", r"\btomorrow"),
        *(
            (rf"\blast {unit}\b", rf"\bthis {unit}\b", rf"\bnext {unit}\b")
            for unit in ("week", "month", "year")
        ),
    ),
    "ko": (
        ("어제", "오늘", "내일"),
        (r"지난 ?주", r"이번 ?주", r"다음 ?주"),
        (r"지난 ?달", r"이번 ?달", r"다음 ?달"),
        ("작년|지난해", "올해|금년", "내년"),
    ),
    "zh": (
        ("昨天", "今天", "明天"),
        ("上个?(?:周|星期|礼拜)", "[这本]个?(?:周|星期|礼拜)", "下个?(?:周|星期|礼拜)"),
        ("上个?月", "[这本]个?月", "下个?月"),
        ("去年", "今年", "明年"),
    ),
    "vi": (
        (r"\bhôm qua", r"\bhôm nay", r"\bngày mai"),
        (r"\btuần trước", r"\btuần này", r"\btuần (?:sau|tới)"),
        (r"\btháng trước", r"\btháng này", r"\btháng (?:sau|tới)"),
        (r"\bnăm (?:ngoái|trước)", r"\bnăm nay", r"\bnăm (?:sau|tới)"),
    ),
    "pt": (
        (r"\bontem", r"\bhoje", r"\bamanhã"),
        ("semana passada", r"\besta semana", "próxima semana|semana que vem"),
        ("mês passado", r"\beste mês", "próximo mês|mês que vem"),
        ("ano passado", r"\beste ano", "próximo ano|ano que vem"),
    ),
}


def changed(source: str, output: str, source_code: str, target_code: str) -> bool:
    """Whether a weekday is gone or another, day and month changed places, next month became this month,
    morning afternoon, yen other money or other money yen."""
    before, after = _plain(source), _plain(output)
    one, other = _language(source_code), _language(target_code)
    return (
        _day_lost(before, after, one, other)
        or _date_turned(before, after, one, other)
        or _another_time(before, after, one, other)
        or _half_turned(before, after, one, other)
        or _other_money(before, after, one, other)
        or _other_money(after, before, other, one)
    )


def dates_as_read(text: str, source: str, code: str) -> str:
    """`text` in Japanese with the dates it has from `source` as they are read here: 5/3/2026 in a sentence in
    Vietnamese is 2026年3月5日, and would be taken for the third of May."""
    if _language(code) not in DAY_FIRST:
        return text

    def read(match: re.Match[str]) -> str:
        day, _, month, year = match.groups()
        right = 1 <= int(month) <= 12 and 1 <= int(day) <= 31 and match.group() in source
        return f"{year}年{int(month)}月{int(day)}日" if right else match.group()

    return _SLASHED.sub(read, text)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _language(code: str) -> str:
    return {"pb": "pt", "zt": "zh"}.get(code, code.split("-")[0])


def _day_lost(before: str, after: str, one: str, other: str) -> bool:
    if one not in _DAYS or other not in _DAYS:
        return False
    said = _days(before, _DAYS[one].split(","))
    shown = _days(after, _DAYS_TOO.get(other) or _DAYS[other].split(","))
    if one == "vi" and "chủ nhật" not in before:
        return bool(said and shown) and not shown & said
    return not said <= shown


def _days(text: str, names: Sequence[str]) -> set[int]:
    return {place for place, day in enumerate(names) if re.search(day, text)}


def _date_turned(before: str, after: str, one: str, other: str) -> bool:
    said, shown = _dates(before, one), _dates(after, other)
    return any((day, month) in shown and (month, day) not in shown for month, day in said if month != day)


def _dates(text: str, language: str) -> set[tuple[int, int]]:
    """Month and day of the dates that say which is which."""
    found = {(int(match[1] or match[3]), int(match[2] or match[4])) for match in _MONTH_FIRST.finditer(text)}
    if language in DAY_FIRST:
        found |= {(int(match[3]), int(match[1])) for match in _SLASHED.finditer(text)}
    if language == "vi":
        found |= {(int(month), int(day)) for day, month in re.findall(r"(\d{1,2}) tháng (\d{1,2})", text)}
    for number, month in enumerate(MONTHS.get(language, "").split(), 1):
        days = re.findall(rf"(\d{{1,2}})(?:st|nd|rd|th|º)? (?:of |de )?{month}\b", text)
        days += re.findall(rf"\b{month} (\d{{1,2}})(?!\d)", text)
        found |= {(number, int(day)) for day in days}
    return found


def _another_time(before: str, after: str, one: str, other: str) -> bool:
    for said, shown in zip(_WHEN.get(one, ()), _WHEN.get(other, ()), strict=False):
        first, second = _days(before, said), _days(after, shown)
        if first and second and not first & second:
            return True
    return False


def _half_turned(before: str, after: str, one: str, other: str) -> bool:
    if one not in _HALVES or other not in _HALVES:
        return False
    said = [re.search(half, before) is not None for half in _HALVES[one]]
    shown = [re.search(half, after) is not None for half in _HALVES[other]]
    return said in ([True, False], [False, True]) and shown == said[::-1]


def _other_money(before: str, after: str, one: str, other: str) -> bool:
    """Whether yen, and no other money, on one side is other money, and no yen, on the other."""
    if not {one, other} <= set(_YEN):
        return False
    yen = re.search(_YEN[one], before) and not re.search(_OTHER_MONEY[one], before)
    return bool(yen and re.search(_OTHER_MONEY[other], after) and not re.search(_YEN[other], after))
