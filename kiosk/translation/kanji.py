"""Numbers in Chinese numerals: 三, 十五, 二〇二五, 一万五千."""

from __future__ import annotations

import re
from itertools import pairwise

_RUN = re.compile(r"(?<!\d)(?<!\d[.,])[〇零幺一二三四五六七八九十百千万億亿萬两]+")
_DECIMAL = re.compile(
    r"(?<![一二三四五六七八九十百])([一二三四五六七八九十百]{1,6})"
    r" ?(?:点|度|點|・) ?([一二三四五六七八九]{1,4})(?=[度分万倍个公%％、。，,.\s]|$)"
)
_TEN_THOUSANDS = re.compile(r"(?<![\d.,])(\d{1,4})[万萬](?:(\d)[千])?")
_SHORT = re.compile(r"^(.*[一二三四五六七八九])([百千万萬])([一二三四五六七八九])$")
_DIGITS = {sign: value for value, sign in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2, "幺": 1}
_UNITS = {"十": 10, "百": 100, "千": 1_000}
_LARGE = {"万": 10_000, "萬": 10_000, "億": 100_000_000, "亿": 100_000_000}
KOREAN = str.maketrans("영공일이삼사오육칠팔구십백천만억", "〇〇一二三四五六七八九十百千万億")


def runs(text: str) -> list[str]:
    """The stretches of numerals that are not the end of a number in digits."""
    return _RUN.findall(text)


def decimals(text: str) -> list[tuple[str, str]]:
    """Whole and part of decimals in numerals: 三十九点五, 三十九度五."""
    found = ((value(whole), value(part)) for whole, part in _DECIMAL.findall(text))
    return [(whole, part) for whole, part in found if whole is not None and part is not None]


def chinese(written: str) -> str | None:
    """As `value`, but as money and ages are told in Chinese: 六万五 is 65000, 一百零五 105."""
    match = _SHORT.match(written)
    if match is None:
        return value(written)
    unit = {"百": "十", "千": "百", "万": "千", "萬": "千"}[match.group(2)]
    return value(written + unit)


def in_digits(text: str) -> str:
    """Chinese with its numbers from ten on in digits: 一百五十块 is 150块, 十八万 and 18万 180000."""
    plain = _RUN.sub(lambda match: _several(match.group()) or match.group(), text)
    return _TEN_THOUSANDS.sub(lambda match: str(int(match[1]) * 10_000 + int(match[2] or 0) * 1_000), plain)


def _several(written: str) -> str | None:
    return chinese(written) if len(written) > 1 else None


def value(written: str) -> str | None:
    """`三十五` → `35`, `二〇二五` → `2025`; None for what may be two numbers (三四 is three or four)."""
    if len(written) > 1 and all(sign in _DIGITS for sign in written):
        digits = "".join(str(_DIGITS[sign]) for sign in written)
        return digits if len(written) > 2 or "〇" in written or "零" in written else None
    total, section, current = 0, 0, 0
    for before, sign in pairwise(" " + written):
        if sign in _DIGITS:
            if before in _DIGITS and before not in "〇零":
                return None
            current = _DIGITS[sign]
        elif sign in _LARGE:
            total, section, current = total + (section + current or 1) * _LARGE[sign], 0, 0
        else:
            section += (current if before in _DIGITS else 1) * _UNITS[sign]
            current = 0
    return str(total + section + current)


def values(written: str) -> set[str]:
    """All that a stretch may mean: 三四 is 34, or 3 and 4."""
    one = value(written)
    if one is not None:
        return {one, chinese(written) or one}
    alone = {str(_DIGITS[sign]) for sign in written if sign in _DIGITS}
    pairs = (
        value(part) for part in re.findall(r"[十百千万億亿萬]+|[^十百千万億亿萬][十百千万億亿萬]*", written)
    )
    return (
        alone | {each for each in pairs if each} | {"".join(str(_DIGITS.get(sign, "")) for sign in written)}
    )


def korean(written: str) -> str | None:
    """`오십만` → `500000`."""
    return value(written.translate(KOREAN))
