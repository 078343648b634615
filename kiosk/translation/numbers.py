"""The numbers of a sentence, so that a translation which lost or changed one is never shown.

Only numbers written in digits are demanded; in the translation they may also stand as words.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from itertools import pairwise

_TELEPHONE = re.compile(r"(?<![\d.])\+?\d(?:[\d]|[-() ](?=[\d(])){7,}\d?(?!\d)")
_DATE = re.compile(r"(?<!\d)(\d{4})\s?[-./]\s?(\d{1,2})\s?[-./]\s?(\d{1,2})(?!\d)")
_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:[.,]\d{3})+(?!\d)")
_DECIMAL = re.compile(r"(?<![\d.,])(\d+)[.,](\d{1,2})(?![\d]|[.,]\d)")
_MULTIPLIERS: dict[str, int] = {
    **dict.fromkeys(("억", "億", "亿"), 100_000_000),
    **dict.fromkeys(("만", "万", "萬"), 10_000),
    **dict.fromkeys(("천", "千", "thousand", "nghìn", "ngàn", "mil"), 1_000),
    **dict.fromkeys(("백", "百", "hundred"), 100),
    **dict.fromkeys(("million", "triệu", "milhão", "milhões"), 1_000_000),
}
_WITH_UNITS = re.compile(
    r"\d+(?:\.\d+)?(?:\s?(?:[억億亿만万萬천千백百]|(?:thousand|nghìn|ngàn|mil|hundred|million|triệu|milhão|milhões)\b)"
    r"(?:\s?\d+(?=\s?[만万萬천千백百])|\d+)?)*",
    re.IGNORECASE,
)
_KANJI = re.compile(r"(?<![\d.,])[〇零一二三四五六七八九十百千万億两]+")
# Recognizers write Korean amounts of money as words: 오십만 엔.
_KOREAN_AMOUNT = re.compile(r"(?<![가-힣\d])[일이삼사오육칠팔구십백천만억]*[십백천만억](?=\s?[엔원])")
_KOREAN_TO_KANJI = str.maketrans("일이삼사오육칠팔구십백천만억", "一二三四五六七八九十百千万億")
_KANJI_DIGITS = {sign: value for value, sign in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
# Words for 1 to 12, separated by commas; alternatives are regular expressions.
_WORDS = {
    "en": "an?|one|first|once,two|second|twice,three|third,four(?:th)?,five|fifth,six(?:th)?,seven(?:th)?,"
    "eighth?,nine|ninth,ten(?:th)?,eleven(?:th)?,twelve|twelfth",
    "ko": "한|하나|하루|일,두|둘|이틀|이,세|셋|석|사흘|삼,네|넷|넉|나흘|사,다섯|닷새|오,여섯|육|유,"
    "일곱|칠,여덟|팔,아홉|구,열|열흘|십|시월,열한|십일,열두|십이",
    "vi": r"một,hai,ba,bốn|tư,năm,sáu,bảy,tám,chín,mười,mười\smột,mười\shai",
    "pt": "uma?|primeir[oa],dois|duas|segund[oa],três,quatro,cinco,seis,sete,oito,nove,dez,onze,doze",
}
_MONTHS = {
    "en": "january february march april may june july august september october november december",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
}


def lost(source: str, output: str, code: str) -> bool:
    """Whether a number written in digits in `source` is missing from `output` (in Argos's language `code`),
    or a telephone number or the like stands in `output` that `source` does not have."""
    wanted, text = numbers(source), _plain(output)
    present = numbers(text)
    missing = wanted - present
    if missing and not _as_words(missing, text, code):
        return True
    # Amounts may have been words before (fifty thousand, 오만); what is as exact as a telephone number not.
    return any(len(number.strip("0")) >= 5 for number in present if number not in wanted)


def numbers(text: str) -> Counter[str]:
    """The numbers written in digits, normalized: `１,２００` is `1200`; `50万` and `오십만 엔` are `500000`.

    Telephone numbers lose their separators and keep their first zero; dates give year, month, day.
    """
    found: Counter[str] = Counter()
    rest = _plain(text)

    def take(pattern: re.Pattern[str], rest: str) -> str:
        for match in pattern.finditer(rest):
            if pattern is _TELEPHONE:
                found[re.sub(r"\D", "", match.group())] += 1
            else:
                found.update(str(int(part)) for part in match.groups())
        return pattern.sub(" ", rest)

    rest = take(_TELEPHONE, take(_DATE, rest))
    rest = _THOUSANDS.sub(lambda match: re.sub(r"[.,]", "", match.group()), rest)
    rest = _DECIMAL.sub(r"\1.\2", rest)
    found.update(_value(match.group()) for match in _WITH_UNITS.finditer(rest))
    amounts = (match.group().translate(_KOREAN_TO_KANJI) for match in _KOREAN_AMOUNT.finditer(rest))
    found.update(map(_kanji_value, amounts))
    return found


def _plain(text: str) -> str:
    """NFKC, and the digits of every script as ASCII."""
    normal = unicodedata.normalize("NFKC", text)
    return "".join(str(unicodedata.decimal(sign, sign)) for sign in normal)


def _value(written: str) -> str:
    """`50만` → `500000`, `1만 5천` → `15000`, `007` → `007`, `3.5` → `3.5`, `05` → `5`."""
    parts = re.findall(r"\d+(?:\.\d+)?|[^\W\d]+", written.lower())
    if len(parts) == 1:
        digits = parts[0]
        return digits if "." in digits or (digits[0] == "0" and len(digits) > 2) else str(int(digits))
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


def _as_words(missing: Counter[str], text: str, code: str) -> bool:
    """Whether every missing number stands in the text as kanji or as a word of its language."""
    kanji = Counter(_kanji_value(match.group()) for match in _KANJI.finditer(text))
    lowered = text.lower()
    return all(kanji[number] >= times or _named(number, lowered, code) for number, times in missing.items())


def _named(number: str, text: str, code: str) -> bool:
    if not number.isdigit() or not 1 <= int(number) <= 12:
        return False
    place = int(number) - 1
    language = "pt" if code == "pb" else code
    month = _MONTHS.get(language, "").split()
    if month and re.search(rf"\b{month[place]}\b", text):
        return True
    if language not in _WORDS:
        return False
    word = _WORDS[language].split(",")[place]
    # Korean sets number words before their counters, with a space or without; elsewhere a whole word.
    pattern = rf"(?<![가-힣])(?:{word})(?=\s|[가-힣]|$)" if language == "ko" else rf"\b(?:{word})\b"
    return re.search(pattern, text) is not None


def _kanji_value(written: str) -> str:
    """`二` → `2`, `二十五` → `25`, `二〇二五` → `2025`, `五十万` → `500000`."""
    if all(sign in _KANJI_DIGITS for sign in written):
        return str(int("".join(str(_KANJI_DIGITS[sign]) for sign in written)))
    total, section, current = 0, 0, 0
    for before, sign in pairwise(" " + written):
        if sign in _KANJI_DIGITS:
            # Positional inside a section (二五十) is not a number anybody writes: the last digit counts.
            current = _KANJI_DIGITS[sign]
        elif sign in "万億":
            factor = 10_000 if sign == "万" else 100_000_000
            total, section, current = total + (section + current or 1) * factor, 0, 0
        else:
            unit = {"十": 10, "百": 100, "千": 1_000}[sign]
            section += (current if before in _KANJI_DIGITS else 1) * unit
            current = 0
    return str(total + section + current)
