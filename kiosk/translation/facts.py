"""Days of the week and of the month, the half of the day and the currency: facts with few wordings each."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from kiosk.translation import kanji
from kiosk.translation.spelled_words import MONTHS

# Monday first; a bar parts wordings. Vietnamese ordinals (thứ hai: second, or Monday) decide nothing alone.
_DAYS = {
    "ja": "月曜,火曜,水曜,木曜,金曜,土曜,日曜",
    "ko": "월요일,화요일,수요일,목요일,금요일,토요일,일요일",
    "en": r"\bmonday,\btuesday,\bwednesday,\bthursday,\bfriday,\bsaturday,\bsunday",
    # Not 一周一次 (once a week), 每周三天 (three days a week).
    "zh": ",".join(
        rf"(?<![一二两三四五六七八九十几\d])(?:星期|[周週]|[礼禮]拜){day}(?![次天回趟个個小晚])"
        for day in ("一", "二", "三", "四", "五", "六", "[日天]")
    ),
    "vi": r"thứ (?:hai|2),thứ (?:ba|3),thứ (?:tư|4),thứ (?:năm|5),thứ (?:sáu|6),thứ (?:bảy|bẩy|7)"
    r",\bchủ nhật",
    "pt": r"segunda-feira,terça-feira,quarta-feira,quinta-feira,sexta-feira,\bsábado,\bdomingo",
    "es": r"\blunes,\bmartes,\bmiércoles,\bjueves,\bviernes,\bsábado,\bdomingo",
}
# How a translation may also name them: 土日, 月・水, (金); na segunda.
_DAYS_TOO = {
    "ja": tuple(
        rf"{day}曜|[(（]{day}[)）]|{day}[・、,][月火水木金土日]|[月火水木金土日][・、,]{day}"
        rf"|{day}[〜~–-][月火水木金土日]|[月火水木金土日][〜~–-]{day}"
        + ("|土日|週末" if day in "土日" else "|平日")
        for day in "月火水木金土日"
    ),
    "en": tuple(
        rf"\b{day}s?\b|\bweek(?:end|day)"
        for day in (
            *("mon(?:day)?", "tue(?:s|sday)?", "wed(?:nesday)?", "thu(?:rs|rsday)?"),
            *("fri(?:day)?", "sat(?:urday)?", "sun(?:day)?"),
        )
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
    "es": r"\byenes?\b",
}
_OTHER_MONEY = {
    "ja": r"(?<![ァ-ヴー])(?:米|豪)?ドル(?![ァ-ヴー])|ユーロ|[\d万千百] ?元|ウォン(?![ァ-ヴー])|ポンド",
    "ko": r"달러|\d ?유로|[\d만천백] ?위안|파운드",
    "en": r"\bdollars?\b|\beuros?\b|\byuan\b|\bpounds?\b|[$€£]",
    "zh": "美元|欧元|英镑|韩元",
    "vi": r"\bđô la\b|\beuro\b|\$",
    "pt": r"\bdólar(?:es)?\b|\beuros?\b|\breais\b|[$€]",
    "es": r"\bdólar(?:es)?\b|\beuros?\b|\bsoles\b|[$€]",
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
        (
            "一昨日|おととい",
            "昨日|きのう",
            "今日|きょう|本日",
            "(?<!明)明日|あした|あす(?![かけこぱ])",
            "明後日|あさって",
        ),
        ("先週", "今週", "来週"),
        ("先月", "今月", "来月"),
        ("去年|昨年", "今年", "来年"),
    ),
    "en": (
        (
            r"\bbefore yesterday",
            r"(?<!before )\byesterday",
            r"\btoday",
            r"(?<!after )\btomorrow",
            r"\bafter tomorrow",
        ),
        *(
            (rf"\blast {unit}\b", rf"\bthis {unit}\b", rf"\bnext {unit}\b")
            for unit in ("week", "month", "year")
        ),
    ),
    "ko": (
        ("그저께|그제(?![야서])", "어제", "오늘", "내일(?! ?모레)", "모레"),
        (r"지난 ?주(?!소)", r"이번 ?주", r"다음 ?주"),
        (r"지난 ?달", r"이번 ?달", r"다음 ?달"),
        ("작년|지난해", "올해|금년", "내년"),
    ),
    "zh": (
        ("(?<!大)前天", "昨天", "今天", "明天", "(?<!大)后天"),
        ("上个?(?:周|星期|礼拜)", "[这本]个?(?:周|星期|礼拜)", "下个?(?:周|星期|礼拜)"),
        ("上个?月", "[这本]个?月", "下个?月"),
        ("去年", "今年", "明年"),
    ),
    "vi": (
        (
            r"\bhôm kia",
            r"\bhôm qua",
            r"\bhôm nay",
            r"\bngày mai",
            r"\b(?:ngày|hôm) (?:kia|mốt)\b(?<!hôm kia)",
        ),
        (r"\btuần trước", r"\btuần này", r"\btuần (?:sau|tới)"),
        (r"\btháng trước", r"\btháng này", r"\btháng (?:sau|tới)"),
        (r"\bnăm (?:ngoái|trước)", r"\bnăm nay", r"\bnăm (?:sau|tới)"),
    ),
    "pt": (
        (r"\banteontem", r"\bontem", r"\bhoje", r"(?<!depois de )\bamanhã", r"\bdepois de amanhã"),
        ("semana passada", r"\bn?es[st]a semana", "próxima semana|semana que vem"),
        ("mês passado", r"\bn?es[st]e mês", "próximo mês|mês que vem"),
        ("ano passado", r"\bn?es[st]e ano", "próximo ano|ano que vem"),
    ),
    "es": (
        (
            r"\banteayer|\bantier|\bantes de ayer",
            r"(?<!antes de )\bayer",
            r"\bhoy",
            # La mañana is the morning.
            r"(?<!pasado )(?<!la )(?<!esta )(?<!una )(?<!las )\bmañana\b",
            r"\bpasado mañana",
        ),
        ("semana pasada", r"\besta semana", "próxima semana|semana que viene"),
        ("mes pasado", r"\beste mes", "próximo mes|mes que viene"),
        ("año pasado", r"\beste año", "próximo año|año que viene"),
    ),
}


_Patterns = Sequence[re.Pattern[str]]


def _compiled(patterns: Iterable[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(map(re.compile, patterns))


# Once, and not as they are needed: re forgets what it compiled after a few hundred.
_DAYS_SAID = {language: _compiled(days.split(",")) for language, days in _DAYS.items()}
_DAYS_SHOWN = _DAYS_SAID | {language: _compiled(days) for language, days in _DAYS_TOO.items()}
_WHEN_SAID = {language: tuple(_compiled(group) for group in groups) for language, groups in _WHEN.items()}
_HALVES_SAID = {language: _compiled(halves) for language, halves in _HALVES.items()}
_YEN_SAID, _OTHER_SAID = (
    {language: re.compile(words) for language, words in table.items()} for table in (_YEN, _OTHER_MONEY)
)
_MONTHS_SAID = {
    language: (
        {month: number for number, month in enumerate(months.split(), 1)},
        re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th|º)? (?:of |de )?({names})\b|\b({names}) (\d{{1,2}})(?!\d)"),
    )
    for language, months in MONTHS.items()
    for names in ("|".join(months.split()),)
}
_VIETNAMESE_DATE = re.compile(r"(\d{1,2}) tháng (\d{1,2})")


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


_NUMERAL_DAYS = re.compile(r"([一二三四五六七八九十]{1,3})(?=[月日号])")


def _plain(text: str) -> str:
    """NFKC, case folded, with the months and days of dates in digits."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return _NUMERAL_DAYS.sub(lambda match: kanji.value(match.group(1)) or match.group(1), plain)


def _language(code: str) -> str:
    return {"pb": "pt", "zt": "zh"}.get(code, code.split("-")[0])


def _day_lost(before: str, after: str, one: str, other: str) -> bool:
    if one not in _DAYS or other not in _DAYS:
        return False
    said, shown = _days(before, _DAYS_SAID[one]), _days(after, _DAYS_SHOWN[other])
    if one == "vi" and "chủ nhật" not in before:
        return bool(said and shown) and not shown & said
    if one == "pt" and not said:
        # Na segunda is also "in the second".
        said = _days(before, _DAYS_SHOWN[one])
        return bool(said and shown) and not shown & said
    return not said <= shown


def _days(text: str, names: _Patterns) -> set[int]:
    return {place for place, day in enumerate(names) if day.search(text)}


def _date_turned(before: str, after: str, one: str, other: str) -> bool:
    said, shown = _dates(before, one), _dates(after, other)
    return any((day, month) in shown and (month, day) not in shown for month, day in said if month != day)


def _dates(text: str, language: str) -> set[tuple[int, int]]:
    """Month and day of the dates that say which is which."""
    found = {(int(match[1] or match[3]), int(match[2] or match[4])) for match in _MONTH_FIRST.finditer(text)}
    if language in DAY_FIRST:
        found |= {(int(match[3]), int(match[1])) for match in _SLASHED.finditer(text)}
    if language == "vi":
        found |= {(int(month), int(day)) for day, month in _VIETNAMESE_DATE.findall(text)}
    if language in _MONTHS_SAID:
        months, dates = _MONTHS_SAID[language]
        found |= {(months[match[2] or match[3]], int(match[1] or match[4])) for match in dates.finditer(text)}
    return found


def _another_time(before: str, after: str, one: str, other: str) -> bool:
    for said, shown in zip(_WHEN_SAID.get(one, ()), _WHEN_SAID.get(other, ()), strict=False):
        first, second = _days(before, said), _days(after, shown)
        if first and second and not first & second:
            return True
    return False


def _half_turned(before: str, after: str, one: str, other: str) -> bool:
    if one not in _HALVES or other not in _HALVES:
        return False
    said = [half.search(before) is not None for half in _HALVES_SAID[one]]
    shown = [half.search(after) is not None for half in _HALVES_SAID[other]]
    return said in ([True, False], [False, True]) and shown == said[::-1]


def _other_money(before: str, after: str, one: str, other: str) -> bool:
    """Whether yen, and no other money, on one side is other money, and no yen, on the other."""
    if not {one, other} <= set(_YEN):
        return False
    yen = _YEN_SAID[one].search(before) and not _OTHER_SAID[one].search(before)
    return bool(yen and _OTHER_SAID[other].search(after) and not _YEN_SAID[other].search(after))
