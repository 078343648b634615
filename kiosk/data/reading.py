"""How hard an English text is to read: the Flesch-Kincaid grade, long sentences and long words.

The formula (Kincaid and others, 1975) gives the American school grade that reads a text; primary school ends
with the sixth. The known packages count syllables with a word list fetched from the network at the first use,
or stand under a licence that does not go with this one, so the counter is our own: rules, and the words of a
public counter that the rules get wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

HIGHEST_GRADE = 6.0
MOST_WORDS = 15
"""In one sentence."""
MOST_SYLLABLES = 3
OFFICIAL = {
    "allowance": "the name of a benefit",
    "application": "stands on the forms themselves",
    "association": "the name of the neighbours' club that asks everybody to join",
    "certificate": "the paper the resident is given or asked for",
    "disability": "the name of the pension, the allowance and the handbook",
    "electricity": "the name on the bill",
    "education": "the name of the board that decides about schools",
    "elementary": "the name of a school",
    "emergency": "stands on doors and telephones",
    "february": "stands on the calendar and on every deadline",
    "houterasu": "the name over its door",
    "identification": "what every counter asks for",
    "immigration": "the name of the agency",
    "information": "the sign over counters",
    "insurance": "the name of what is paid for, on the card and the bill",
    "international": "the name of the driving permit",
    "interpreter": "the person the resident asks for",
    "january": "stands on the calendar and on every deadline",
    "juminhyo": "the paper's own name, to be said at the counter",
    "kakuninsho": "the paper's own name, to be said at the counter",
    "kindergarten": "the name of a school",
    "maternity": "the name of the handbook and the benefit",
    "nationality": "stands on the residence card",
    "registration": "the name of the procedure and its certificate",
    "residence": "stands on the residence card",
    "unemployment": "the name of the insurance",
    "university": "the name of a school",
    "vaccination": "stands on the ticket city hall sends",
}
"""Long words that stay, with the reason: the person meets them anyway, on a form, a sign or a card, and
another word would only be one more to learn. They are known by sight and count as two syllables."""
SEEN = 2

_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)*|\d[\d,.:/-]*")
_SENTENCE = re.compile(r"(?<=[.?!])\s+|\n+|;\s+")
_PLACEHOLDER = re.compile(r"\{\w+\}")
_UNEVEN = {
    "anyone": 3, "appreciate": 4, "area": 3, "association": 5, "awesome": 2, "business": 2, "businesses": 3,
    "caregiver": 3, "caretaker": 3, "cereal": 3, "client": 2, "coincide": 3, "cooperate": 4,
    "cooperation": 5, "coordinator": 5, "curious": 3, "different": 3, "earlier": 3, "employee": 3,
    "employer": 3, "evening": 2, "every": 2, "everyone": 3, "everything": 3, "everywhere": 3,
    "experience": 4, "experienced": 4, "february": 4, "fluent": 2, "fluid": 2, "giant": 2, "homework": 2,
    "household": 2, "housework": 2, "idea": 3, "ideal": 3, "influenza": 4, "january": 4, "junior": 2,
    "language": 2, "lifeline": 2, "maybe": 2, "negotiate": 4, "notebook": 2, "obvious": 3, "payable": 3,
    "period": 3, "poem": 2, "poet": 2, "poetry": 3, "preexisting": 4, "previous": 3, "ratio": 3,
    "reality": 4, "realize": 3, "really": 3, "reapply": 3, "recipe": 3, "reentry": 3, "reexamine": 4,
    "reissue": 3, "ruin": 2, "safety": 2, "science": 2, "scientist": 3, "serious": 3, "several": 3,
    "somebody": 3, "someone": 2, "something": 2, "sometimes": 2, "somewhere": 2, "suicide": 3, "theater": 3,
    "tuition": 3, "various": 3, "wednesday": 2, "withdrawal": 3,
}  # fmt: skip
"""Syllables of words the rules count wrong; American readings."""
_APART = re.compile(
    r"i(?:a(?!g)|o(?!u)|um|et|or)|(?<!q)ua(?!r)|uou|eo(?!u|p)|eum|ue[lt]|yo|creat|reac(?!h)|ying|oing|eing"
)
"""Two vowels spoken apart: diary, radio, museum, manual, cruel, create."""
_TOGETHER = re.compile(r"[ctsg]i(?:a|o)|yo[un]")
"""Where the rule before is wrong: nation, social, young."""
_SILENT = re.compile(
    r"(?<=[^aeiouy])e(?:ly|ment|less|ful|some)|(?<=[^aeiouydt])ed$|(?<=[^aeiouyszxcg])es$|e$"
)


def syllables(word: str) -> int:
    """Of one English word; a number counts as one, as it is read at a glance."""
    bare = re.split(r"['’]", word.lower())[0]
    if not bare.isalpha():
        return 1
    if bare in _UNEVEN:
        return _UNEVEN[bare]
    stem = bare.removesuffix("s")
    if stem in _UNEVEN:
        return _UNEVEN[stem] + bool(re.search(r"[cgsz]e$", stem))
    return _by_rule(bare)


def _by_rule(word: str) -> int:
    """Groups of vowels, less the silent e, more where two vowels are spoken apart."""
    count = len(re.findall(r"[aeiouy]+", word))
    if not re.search(r"[aeiouy]e$|[^aeiouyrwl]le[sd]?$|[cs]hes$", word):
        count -= len(_SILENT.findall(word))
    return max(1, count + len(_APART.findall(word)) - len(_TOGETHER.findall(word)))


def grade(sentences: Sequence[str]) -> float:
    """The school grade of these sentences; 0 where there are no words, and never below 0."""
    words = [word for sentence in sentences for word in _words(sentence)]
    if not words:
        return 0.0
    spoken = sum(SEEN if _official(word.lower()) else syllables(word) for word in words)
    lines = sum(1 for sentence in sentences if _words(sentence))
    return max(0.0, 0.39 * len(words) / lines + 11.8 * spoken / len(words) - 15.59)


def long_sentences(sentences: Iterable[str]) -> Iterator[str]:
    return (sentence for sentence in sentences if len(_words(sentence)) > MOST_WORDS)


def hard_words(sentences: Iterable[str]) -> tuple[str, ...]:
    """Words of more than three syllables that are no official term, each once."""
    found = [word.lower() for sentence in sentences for word in _words(sentence)]
    return tuple(dict.fromkeys(w for w in found if syllables(w) > MOST_SYLLABLES and not _official(w)))


def split(text: str) -> list[str]:
    """The sentences of a text; placeholders fall out."""
    return [part for part in _SENTENCE.split(_PLACEHOLDER.sub("", text)) if part.strip()]


def _words(text: str) -> list[str]:
    return _WORD.findall(text)


def _official(word: str) -> bool:
    return word in OFFICIAL or word.removesuffix("s") in OFFICIAL


def faults(sentences: Sequence[str]) -> Iterator[str]:
    """What is too hard in the sentences of one page, and what to do."""
    for sentence in long_sentences(sentences):
        yield f"a sentence of {len(_words(sentence))} words; at most {MOST_WORDS}: {sentence}"
    if hard := hard_words(sentences):
        yield f"hard words; write shorter ones for {', '.join(hard)}"
    if (found := grade(sentences)) > HIGHEST_GRADE:
        words = dict.fromkeys(word.lower() for sentence in sentences for word in _words(sentence))
        longest = sorted((w for w in words if not _official(w)), key=syllables, reverse=True)[:4]
        yield (
            f"reads like school year {found:.1f}; at most {HIGHEST_GRADE:.0f}: "
            f"write shorter words for {', '.join(longest)}"
        )
