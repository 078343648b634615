"""Whether a text is written in the language it is said to be in, told by its letters and its small words."""

from __future__ import annotations

import re
import unicodedata

from kiosk.translation.protect import exact

_SCRIPTS = {
    "han": r"\u3400-\u4dbf\u4e00-\u9fff々〆",
    "kana": r"\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff",
    "hangul": r"\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3",
    "latin": r"A-Za-z\u00c0-\u024f\u1e00-\u1eff",
    "cyrillic": r"\u0400-\u04ff",
    "devanagari": r"\u0900-\u097f",
    "bengali": r"\u0980-\u09ff",
    "thai": r"\u0e00-\u0e7f",
    "arabic": r"\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff",
    "myanmar": r"\u1000-\u109f",
}
_COUNTERS = {name: re.compile(f"[{signs}]") for name, signs in _SCRIPTS.items()}
_WRITTEN = {
    "ja": {"han", "kana"},
    "ko": {"hangul"},
    "zh": {"han"},
    "zt": {"han"},
    "ru": {"cyrillic"},
    "uk": {"cyrillic"},
    "hi": {"devanagari"},
    "ne": {"devanagari"},
    "bn": {"bengali"},
    "th": {"thai"},
    "ar": {"arabic"},
    "fa": {"arabic"},
    "ur": {"arabic"},
    "my": {"myanmar"},
    **{code: {"latin"} for code in ("en", "vi", "pt", "pb", "es", "fr", "de", "id", "tl", "tr")},
}
_SMALL_WORDS = {
    language: frozenset(words.split())
    for language, words in {
        "en": "the is are was i my you he she it to of and in for not have has do does with on at me that",
        "vi": "tôi là của và không có được cho với này đã bị một người ở để những khi toi la cua va khong",
        "pt": "o os um uma eu meu minha não é de do da em no na que para com por está foi tenho estou ele",
        "es": "el los una un yo mi no es del en que para con por está fue tengo estoy él ella las y se me",
        "fr": "le les un une je mon ma ne pas est de du des en que pour avec il elle ai suis et dans à ce",
        "de": "der die das ich mein nicht ist ein eine zu und mit für auf habe bin es wir sie den dem von",
        "id": "saya yang dan di ke dari ini itu tidak ada untuk dengan sudah belum bisa akan pada kami apa",
        "tl": "ang ng sa ko ako na mga ay hindi po si ni ba may wala kung para ito siya namin kami",
    }.items()
}
_LEAST_LETTERS, _LEAST_WORDS = 6, 5
_OWN_SHARE, _OTHER_SHARE, _FEW_OWN = 0.3, 0.25, 0.05


_CHINESE_ONLY = re.compile("[我你您她們们這这那吗嗎呢吧啊没沒很么麼怎给給]")


def chinese(text: str) -> bool:
    """Whether a text in Chinese characters alone is Chinese: it has its small words, or letters that Japanese
    does not write. 住民票、納税証明書 is Japanese."""
    han = "".join(_COUNTERS["han"].findall(text))
    return _CHINESE_ONLY.search(han) is not None or han != han.encode("cp932", "ignore").decode("cp932")


def in_another_language(text: str, code: str) -> bool:
    """Whether `text` is surely not in the language of Argos's `code`; addresses and codes do not count. Short
    and doubtful ones pass: the way back shows them."""
    own = _WRITTEN.get(code)
    for start, end in reversed(exact(text)):
        text = f"{text[:start]} {text[end:]}"
    counts = {name: len(counter.findall(text)) for name, counter in _COUNTERS.items()}
    total = sum(counts.values())
    if own is None or total < _LEAST_LETTERS:
        return False
    if sum(counts[name] for name in own) < _OWN_SHARE * total:
        return True
    if code in ("zh", "zt"):
        return counts["kana"] > 0.2 * total
    if code == "ja":
        return counts["kana"] == 0 and total >= 2 * _LEAST_LETTERS and chinese(text)
    return own == {"latin"} and _other_words(text, code)


def _other_words(text: str, code: str) -> bool:
    language = "pt" if code == "pb" else code
    words = re.findall(r"[^\W\d_]+", unicodedata.normalize("NFC", text).casefold())
    if len(words) < _LEAST_WORDS or language not in _SMALL_WORDS:
        return False
    shares = {name: sum(word in small for word in words) / len(words) for name, small in _SMALL_WORDS.items()}
    own = shares.pop(language)
    return own < _FEW_OWN and max(shares.values()) >= _OTHER_SHARE
