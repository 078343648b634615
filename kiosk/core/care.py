"""Finds words of danger in what a resident says. A find raises care; nothing here can lower or deny it.

A phrase of a list is words parted by blanks. `/` parts words of which one is enough, `_` is a blank within
one of those, `…` stands for a few words or none in between, and `*` at a word's end for any ending. There are
no words that exclude.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from kiosk.core.vietnamese import TONES

CARES = ("violence", "sexual", "trafficking", "held", "passport", "self_harm", "child", "status")
"""What a resident may need care for, the order in which it is told:
violence: somebody at home or close to them beats or threatens them.
sexual: sexual violence, also at work.
trafficking: sold, forced to work, kept by a debt.
held: locked in or watched, cannot leave.
passport: passport or residence card taken away by somebody.
self_harm: a wish to die, hurting oneself.
child: a child is hurt, left alone or in danger.
status: no status of residence, overstay, and the fear of it."""

CARE_GROUPS: Mapping[str, tuple[str, ...]] = {
    "violence": ("dv", "police", "legal_aid"),
    "sexual": ("sexual_violence", "police", "legal_aid"),
    "trafficking": ("human_rights", "police", "labour_line"),
    "held": ("police", "human_rights", "legal_aid"),
    "passport": ("human_rights", "legal_aid", "interns"),
    "self_harm": ("mental_health", "ambulance"),
    "child": ("child_guidance", "police"),
    "status": ("legal_aid", "human_rights"),
}
"""The directory's groups each leads to, most useful first. Immigration offices are not among them: whoever is
afraid of them is not sent there by a machine."""

MOST_GAPS = 2
"""`…` in one phrase: more would find anything, and cost time that grows with every one."""
_APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʼ`´′＇"))
_RUBY = re.compile(r"\{([^{}|\s]+)\|[\u3041-\u3096\u30a1-\u30fa\u30fcー・]*\}")
_HIRAGANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}
_NEPALI: dict[int, str | None] = {
    **{ord(written): heard for written, heard in zip("ीूषशव", "िुससब", strict=True)},
    **dict.fromkeys(map(ord, "\u094d\u0901\u0902\u093c")),
}
_ACCENTS = re.compile(r"[\u0300-\u036f]")
_BURMESE_END = r"(?![\u102b-\u103e]|[\u1000-\u1021]\u1037?\u103a)"
"""A sign or a final consonant that follows makes another syllable of the last one: သေ dies, သေး is small."""
_HANGUL = re.compile("[\uac00-\ud7a3]")
_SHORT = 3
_FEW_WORDS, _FEW_LETTERS, _FEW_SIGNS = 5, 12, 30


@dataclass(frozen=True)
class CareWords:
    """One language's phrases by category of CARES. `spaced`: blanks part words, so that a phrase begins and
    ends where words do; otherwise it is found anywhere, whatever the blanks. `endings`: in a spaced
    language, every word of a phrase may go on, as where particles are written on to it."""

    tag: str
    phrases: Mapping[str, tuple[str, ...]]
    spaced: bool
    endings: bool = False

    @cached_property
    def patterns(self) -> tuple[tuple[str, re.Pattern[str]], ...]:
        """A pattern for each category that has phrases; phrases that cannot be used are left out."""
        built = []
        for care in CARES:
            found = [way for phrase in self.phrases.get(care, ()) for way in _ways(phrase, self)]
            if found:
                built.append((care, re.compile("|".join(found))))
        return tuple(built)


def screen(text: str, lists: Iterable[CareWords]) -> tuple[str, ...]:
    """The categories of which the text has a phrase in one of the lists, in the order of CARES. Any text will
    do, also one of a recognizer, without punctuation; the time grows with the text's length and no faster."""
    plain = _plain(text)
    found = set()
    for words in lists:
        folded = f" {' '.join(_fold(words.tag)(plain).split())} "
        found |= {care for care, pattern in words.patterns if pattern.search(folded)}
    return tuple(care for care in CARES if care in found)


def gaps(phrase: str) -> int:
    """How many `…` the phrase has."""
    return phrase.count("…")


def shortest(phrase: str) -> int:
    """How many letters and signs the phrase has when the shortest of its words are said."""
    return sum(
        min(len(_plain(word).replace(" ", "")) for word in token.split("/"))
        for token in phrase.replace("…", " ").split()
    )


def _plain(text: str) -> str:
    """Letters, marks and digits, everything else a blank: case, width, ruby and invisible signs are gone."""
    text = "".join(sign for sign in text.translate(_APOSTROPHES) if unicodedata.category(sign) != "Cf")
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    text = _RUBY.sub(r"\1", text)
    return "".join(sign if sign.isalnum() or unicodedata.category(sign)[0] == "M" else " " for sign in text)


def _fold(tag: str) -> Callable[[str], str]:
    return {"ja": _hiragana, "ne": _as_heard, "vi": _tones_last}.get(tag.partition("-")[0], _no_accents)


def _hiragana(text: str) -> str:
    return text.translate(_HIRAGANA)


def _as_heard(text: str) -> str:
    """Nepali without the differences that are not heard and often misspelt: long and short i and u, the three
    s, b and v, nasal signs, the halant."""
    return text.translate(_NEPALI)


def _no_accents(text: str) -> str:
    return unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFD", text)))


def _tones_last(text: str) -> str:
    """Each Vietnamese word with its tone behind it, since the tone is written on either of two vowels."""
    return " ".join(map(_tone_last, text.split()))


def _tone_last(word: str) -> str:
    signs = unicodedata.normalize("NFD", word)
    bare = unicodedata.normalize("NFC", "".join(sign for sign in signs if sign not in TONES))
    return bare + "".join(sign for sign in signs if sign in TONES)


def _no_marks(word: str) -> str:
    """As Vietnamese is typed in a hurry: giết, đánh become giet, danh."""
    return _no_accents(word).replace("đ", "d")


def _ways(phrase: str, words: CareWords) -> list[str]:
    """The patterns of one phrase: one, or two where Vietnamese may come without its marks. Only all of the
    phrase may, with what stands between, and only where it has two words: "danh" alone is a list."""
    tokens = _tokens(phrase, words)
    if not any(tokens) or gaps(phrase) > MOST_GAPS:
        return []
    if not words.spaced:
        return [_anywhere(tokens, words.tag)]
    ways = [_at_words(tokens, words.endings, "[^ ]")]
    if words.tag == "vi" and sum(map(bool, tokens)) > 1:
        bare = [[_no_marks(word) for word in token] for token in tokens]
        ways.append(_at_words(bare, words.endings, "[a-z0-9]"))
    return ways


def _tokens(phrase: str, words: CareWords) -> list[list[str]]:
    """The phrase's words, each with those that do as well; nothing stands for `…`."""
    tokens = []
    for token in phrase.replace("…", " … ").split():
        said = [] if token == "…" else [_word(word, words) for word in token.split("/")]
        tokens.append([word for word in said if word.strip("*")])
    while tokens and not tokens[-1]:
        tokens.pop()
    return tokens


def _word(written: str, words: CareWords) -> str:
    plain = " ".join(_fold(words.tag)(_plain(written)).split())
    return plain + "*" * written.endswith("*")


def _at_words(tokens: list[list[str]], endings: bool, letter: str) -> str:
    """The words one after the other; the text has a blank before and after each of its words."""
    built = ""
    for token in tokens:
        said = (re.escape(word.rstrip("*")) + (f"{letter}*+" if endings or word[-1] == "*" else "")
                for word in token)  # fmt: skip
        built += f" (?:{'|'.join(said)})" if token else f"(?: {letter}++){{0,{_FEW_WORDS}}}?"
        built += "(?= )"
    return built


def _anywhere(tokens: list[list[str]], tag: str) -> str:
    """The letters one after the other, with a blank or none between any two."""
    end, few = (_BURMESE_END, _FEW_SIGNS) if tag == "my" else ("", _FEW_LETTERS)
    built = []
    for before, token in zip([[], *tokens], tokens, strict=False):
        said = (_letters(word.rstrip("*"), first=not before) + end for word in token)
        built.append(f"(?:{'|'.join(said)})" if token else f".{{0,{few}}}?")
    return " ?".join(built)


def _letters(word: str, first: bool) -> str:
    """The letters with a blank or none between any two. Latin letters only as a word of their own: DV is not
    found in DVD. A short Korean word that comes `first` or after `…` is parted by blanks only where it begins
    a word: 자살 (suicide) is not found in 혼자 살아요 (I live alone)."""
    letters = word.replace(" ", "")
    loose = " ?".join(map(re.escape, letters))
    if first and len(letters) <= _SHORT and _HANGUL.match(letters):
        return f"(?:{re.escape(letters)}|(?<= ){loose})"
    before = "(?<![a-z])" if letters[0].isascii() else ""
    return before + loose + ("(?![a-z])" if letters[-1].isascii() else "")
