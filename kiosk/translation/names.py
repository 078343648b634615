"""Names in a sentence: those in Latin letters come through as they are, the others are pointed out.

A name in Korean, Chinese or Japanese letters has no one spelling in another language: it is a guess whatever
a model writes, so the person at the counter is told which name to ask for.
"""

from __future__ import annotations

import re

from kiosk.translation.protect import Span

# Not by ranges: capitals and small letters take turns in them, and Vietnamese "anh ấy" (he) is nobody's name.
_CAPITALS = "".join(
    chr(sign) for sign in (*range(0x41, 0x250), *range(0x1E00, 0x1F00)) if chr(sign).isupper()
)
_NAME = rf"[{_CAPITALS}][\w'’-]*"
_NAMES = rf"{_NAME}(?:\s(?:(?:d[aeo]s?|del|de la|van|von|bin|binti|al)\s)?{_NAME}){{0,4}}"
# In languages written in Latin letters a capital says little; what introduces a name says more.
_INTRODUCED = {
    "en": rf"(?:\b(?:Mr|Mrs|Ms|Miss|Dr)\.?\s|\b[Mm]y name is\s|\bname is\s)({_NAMES})",
    "vi": r"(?:\b[Tt]ên (?:tôi|em|con tôi|chồng tôi|vợ tôi)? ?là\s|\b(?:[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị)\s)"
    rf"({_NAMES})",
    "pt": rf"(?:\b(?:[Mm]eu nome é|[Mm]e chamo|Sr\.?|Sra\.?|Dona|Dr\.?|Dra\.?)\s)({_NAMES})",
    "es": rf"(?:\b(?:[Mm]i nombre es|[Mm]e llamo|Sr\.?|Sra\.?|Don|Doña)\s)({_NAMES})",
    "id": rf"(?:\b(?:[Nn]ama saya|Bapak|Pak|Ibu|Bu)\s)({_NAMES})",
    "fr": rf"(?:\b(?:[Jj]e m'appelle|M\.|Mme|Monsieur|Madame)\s)({_NAMES})",
    "fil": rf"(?:\b(?:ang pangalan ko ay|[Ss]i|[Nn]i|[Kk]ay)\s)({_NAMES})",
}
_OTHER_LATIN = re.compile(r"(?<![A-Za-z])[A-Z][a-z]+(?:[ '-][A-Z][a-z]+)*(?![A-Za-z])")
_IN_OWN_LETTERS = {
    "ko": r"(?<![가-힣])([가-힣]{2,4})(?=\s?씨(?:[는가를와도의에께]|\s|$))"
    r"|(?:이름은\s?)([가-힣]{2,4}?)(?=입니다|이에요|예요|이라고|\s|$)",
    "zh-Hans": r"(?:我叫|名叫|名字是)([\u4e00-\u9fff]{2,4}?)(?=[，。,.\s]|$)"
    r"|([\u4e00-\u9fff]{1,2})(?=先生|女士|小姐)",
    "ja": r"([\u4e00-\u9fff]{2,4}|[ァ-ヶー・]{2,12})(?=さん|様|氏(?![名族])|くん|ちゃん)",
}
_NOBODY = re.compile(
    r"^(?:お?客|皆|奥|旦那|患者|業者|大家|お?医者|看護師|店員|係員|職員|相談員|通訳|弁護士|先生|娘|息子|赤"
    r"|外国人|本人)|^아저$|^아가$"
)


def latin(sentence: str, language: str) -> list[Span]:
    """Where names in Latin letters stand that must come through as they are written."""
    pattern = _INTRODUCED.get("pt" if language == "pt-BR" else language)
    if pattern is not None:
        return [match.span(1) for match in re.finditer(pattern, sentence)]
    return [match.span() for match in _OTHER_LATIN.finditer(sentence)]


def in_own_letters(sentence: str, language: str) -> list[str]:
    """Names in the letters of `language` (a tag), as they are written in the sentence."""
    pattern = _IN_OWN_LETTERS.get(language)
    if pattern is None:
        return []
    found = ["".join(filter(None, match.groups())) for match in re.finditer(pattern, sentence)]
    return [name for name in dict.fromkeys(found) if not _NOBODY.search(name)]
