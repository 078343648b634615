"""Makes `languages/zh-Hans/pinyin.tsv`: Latin spellings → Chinese words, the commonest first.

Run where `pypinyin` (readings, MIT) and `jieba` (word counts, MIT) are installed; the kiosk needs neither.
Their notices are in `languages/zh-Hans/pinyin.LICENSE`.

Each line: spelling TAB words TAB scores. A score is ten times the decimal logarithm of how often the word
stands in jieba's texts, so that scores of words can be added up for a sentence.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from math import log10
from pathlib import Path

import jieba
from pypinyin import Style, lazy_pinyin, pinyin

WORDS, SIGNS = 42_000, 6_500
MOST = 40
"""Words kept for one spelling."""
RARE = 1 / 400
"""How much of a sign's use is taken for a reading that none of the words has."""
NAMES = ("nr", "nrt", "nrfg")
"""jieba's marks for names of persons."""
OWN = (
    "在留卡", "在留资格", "在留期间", "市役所", "区役所", "住民票", "年金", "厚生年金", "国民年金",
    "国民健康保险", "入管", "入管局", "法律咨询", "技能实习", "技能实习生", "特定技能", "留学生",
    "派遣公司", "加班费", "工资单", "拖欠工资", "扣工资", "没发工资", "劳动合同", "雇佣合同", "老板",
    "房东", "押金", "礼金", "房租", "搬家", "签证", "换签证", "续签", "归化", "永住", "永住权", "配偶",
    "家暴", "离婚", "抚养费", "保育园", "幼儿园", "小学", "看病", "医院", "住院", "工伤", "驾照", "税金",
    "所得税", "住民税", "退税", "翻译", "口译", "窗口", "咨询", "日语", "中文", "护照", "大使馆", "领事馆",
    "手续费", "失业保险", "被解雇", "被开除",
)  # fmt: skip
OWN_SCORE = 34
"""Words of a counter, whatever jieba's newspapers say of them."""


def main() -> None:
    """Write the table."""
    counted = _counted()
    readings: dict[str, Counter[str]] = defaultdict(Counter)
    scored: dict[str, dict[str, int]] = defaultdict(dict)
    for word, count in counted:
        if len(word) > 1:
            for sign, reading in zip(word, _spelled(word), strict=True):
                readings[sign][reading] += count
    for word, count in [item for item in counted if len(item[0]) > 1][:WORDS]:
        scored["".join(_spelled(word))][word] = _score(count)
    for word in OWN:
        spelled = "".join(_spelled(word))
        scored[spelled][word] = max(OWN_SCORE, scored[spelled].get(word, 0))
    for sign, count in [item for item in counted if len(item[0]) == 1][:SIGNS]:
        heard, total = readings[sign], sum(readings[sign].values())
        for reading in dict.fromkeys(_plain(r) for r in pinyin(sign, style=Style.NORMAL, heteronym=True)[0]):
            share = heard[reading] / total if total else 1.0
            if share > RARE or len(heard) <= 1 or reading == _spelled(sign)[0]:
                scored[reading][sign] = _score(count * max(share, RARE))
    home = Path(__file__).parent.parent / "languages" / "zh-Hans"
    # Without a vowel (n, m, hm) it is a sigh, and in the way of what a person begins to write.
    rows = [_row(spelled, words) for spelled, words in sorted(scored.items()) if set(spelled) & set("aeiouv")]
    (home / "pinyin.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")


def _counted() -> list[tuple[str, int]]:
    """Words of one to four signs with their counts, the commonest first, without names of persons."""
    found = []
    dictionary = Path(jieba.__file__).parent / "dict.txt"
    for line in dictionary.read_text(encoding="utf-8").splitlines():
        word, count, mark = line.split(" ")
        if _simplified(word) and len(word) <= 4 and (len(word) == 1 or mark not in NAMES):
            found.append((word, int(count)))
    return sorted(found, key=lambda item: -item[1])


def _simplified(word: str) -> bool:
    """Whether every sign is one of the 6,763 of GB 2312, which holds simplified writing only."""
    try:
        word.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return all("\u4e00" <= sign <= "\u9fff" for sign in word)


def _spelled(word: str) -> list[str]:
    return [_plain(reading) for reading in lazy_pinyin(word)]


def _plain(reading: str) -> str:
    return reading.replace("ü", "v").replace("ê", "e")


def _score(count: float) -> int:
    return max(0, round(10 * log10(count + 1)))


def _row(spelled: str, words: dict[str, int]) -> str:
    best = sorted(words.items(), key=lambda item: -item[1])[:MOST]
    return f"{spelled}\t{' '.join(word for word, _ in best)}\t{' '.join(str(score) for _, score in best)}"


if __name__ == "__main__":
    main()
