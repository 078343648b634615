"""Makes `languages/zh-Hans/pinyin.tsv`: Latin spellings → Chinese words, the commonest first.

Run where `pypinyin` (readings, MIT) and `jieba` (word counts, MIT) are installed. Only the facts are taken:
which words are common and how they are read. The kiosk needs neither package.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import jieba
from pypinyin import Style, lazy_pinyin, pinyin

WORDS, SIGNS = 22_000, 6_000
MOST = 24
"""Words kept for one spelling."""


def main() -> None:
    """Write the table."""
    counted: list[tuple[int, str]] = []
    dictionary = Path(jieba.__file__).parent / "dict.txt"
    for line in dictionary.read_text(encoding="utf-8").splitlines():
        word, count, *_ = line.split(" ")
        if all("\u4e00" <= sign <= "\u9fff" for sign in word) and len(word) <= 4:
            counted.append((int(count), word))
    counted.sort(reverse=True)
    table: dict[str, list[str]] = defaultdict(list)
    for _, word in [item for item in counted if len(item[1]) > 1][:WORDS]:
        table["".join(lazy_pinyin(word)).replace("ü", "v")].append(word)
    for _, sign in [item for item in counted if len(item[1]) == 1][:SIGNS]:
        readings = pinyin(sign, style=Style.NORMAL, heteronym=True)[0]
        for reading in dict.fromkeys(reading.replace("ü", "v") for reading in readings):
            table[reading].append(sign)
    rows = [
        f"{spelled}\t{' '.join(words[:MOST])}"
        for spelled, words in sorted(table.items())
        if spelled.isascii()
    ]
    home = Path(__file__).parent.parent / "languages" / "zh-Hans"
    (home / "pinyin.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
