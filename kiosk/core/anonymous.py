"""What in a text for training still points at somebody: looked for before the text is kept.

Two kinds are told apart. What is certain (a number, a date, words taken over from the person) must be taken
out. A word that only may be a name is named too, and a counselor who has looked may keep it. Nobody's name is
asked for at the kiosk, so names stand only in what was said or written freely: none of this replaces reading
the text once more.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from kiosk.core.ticket import ENDED, Ticket

LONGEST = 1000
"""Characters of an example."""
COPIED = 14
"""Characters in a row, spaces and signs aside, from which on words count as taken over; of alphabets
`COPIED_LETTERS`."""
COPIED_LETTERS = 30
DIGITS = 3
"""A number of so many digits that was told is the case's own: an amount, a room, a house."""
LONG = 6
"""A number of so many digits is nobody's example: a card, an account, a telephone."""
Kind = Literal["ticket", "telephone", "mail", "date", "number", "person", "company", "copied", "name"]


@dataclass(frozen=True)
class Trace:
    """Something that points at somebody, as it stands in the text."""

    kind: Kind
    found: str

    @property
    def certain(self) -> bool:
        """Whether it must go; else it may be a name, or an everyday word."""
        return self.kind != "name"


_TELEPHONE = re.compile(r"(?:\+|(?<!\d)0)\d{1,4}[-\s.()]*\d{1,4}[-\s.()]*\d{3,4}(?!\d)")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
_DATE = re.compile(
    r"(?:\d{4}|(?:令和|平成|昭和)\s*(?:\d{1,2}|元))\s*[年/.-]\s*\d{1,2}\s*[月/.-]\s*\d{1,2}\s*日?"
    r"|\d{1,2}\s*月\s*\d{1,2}\s*日|\d{1,2}/\d{1,2}(?:/\d{2,4})?|\d{1,2}[-.]\d{1,2}[-.]\d{4}"
    r"|(?:\d{1,2}\s+)?(?:january|february|march|april|may|june|july|august|september|october|november"
    r"|december)\s+\d{1,4}\b(?:,\s*\d{4})?",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d{1,3}(?:[,.]\d{3})+(?!\d)|\d+")
_PERSON = re.compile(r"([^\W\d_ぁ-ん]{1,20})\s*(?:さん|様|氏|君|くん|ちゃん)")
_TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr)\.?\s+[A-Z]\w+")
_COMPANY = re.compile(
    r"(?:株式会社|有限会社|合同会社|\(株\)|\(有\))\s*[\w一-鿿ァ-ヶー]+"
    r"|[一-鿿ァ-ヶーA-Za-z]{2,}(?:株式会社|有限会社|合同会社|\(株\))"
    r"|\b[A-Z]\w+\s+(?:Inc|Ltd|LLC|K\.K|Co)\b\.?"
)
_NOBODY = re.compile(
    r"客|皆|大家|奥|母|父|兄|姉|弟|妹|子|娘|息子|親|隣|者|医者|看護師|"
    r"弁護士|通訳|店員|赤|学生|業者|職員|患者|本人|相談者|担当者|利用者|家族|"
    r"友人|知人|上司|同僚|社長|会社|役所|銀行|不動産屋|不動産会社|外国人|住民|"
    r"旦那|嫁|孫"
)
"""Whom one calls so without naming anybody; お and ご stand before them."""
_KATAKANA = re.compile(r"[ァ-ヶー]{3,}(?:・[ァ-ヶー]{2,})*")
_CAPITAL = re.compile(r"(?<![.!?।။]\s)(?<!^)\b[A-ZÀ-ÖØ-ÞĀ-Ž][\wÀ-ỹ]{2,}")


def may_be_example(ticket: Ticket) -> bool:
    """Whether a case may ever be told: ended, opened here, and none that needs care."""
    content = ticket.content
    ended = ticket.state in ENDED and not content.closed
    return ended and not (content.sensitive or content.care or content.first)


def everyday(texts: Iterable[str]) -> frozenset[str]:
    """The words in katakana of texts that are about nobody: a word of them is no name."""
    return frozenset(one[0] for text in texts for one in _KATAKANA.finditer(_plain(text)))


def traces(text: str, ticket: Ticket, common: frozenset[str] = frozenset()) -> tuple[Trace, ...]:
    """What in `text` points at somebody, each once, the certain first. `common`: words that name
    nobody, as `everyday` finds them."""
    plain, told = _plain(text), [_plain(one) for one in _told(ticket)]
    found = [*_ticket(plain, ticket), *_of(plain, "mail", _MAIL), *_of(plain, "telephone", _TELEPHONE)]
    found += [*_of(plain, "date", _DATE), *_numbers(plain, told), *_persons(plain)]
    found += [*_of(plain, "person", _TITLED), *_of(plain, "company", _COMPANY)]
    found += [*_copied(plain, _own_words(ticket)), *_names(plain, told, common)]
    once: dict[str, Trace] = {}
    for one in sorted(found, key=lambda one: (not one.certain, -len(one.found))):
        # What is part of something named already is not named again.
        if not any(one.found.casefold() in known for known in once):
            once[one.found.casefold()] = one
    return tuple(once.values())


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _told(ticket: Ticket) -> list[str]:
    """Everything of the case that somebody said or wrote freely."""
    content = ticket.content
    written = [text for one in content.records for text in (one.done, *one.agencies)]
    written += [text for one in content.records for each in one.handovers for text in (each.name, each.note)]
    return [*_own_words(ticket), *content.notes, *written]


def _own_words(ticket: Ticket) -> list[str]:
    told = ticket.content.narrative
    if told is None:
        return []
    return [told.original, *([told.translation.japanese] if told.translation is not None else [])]


def _of(text: str, kind: Kind, pattern: re.Pattern[str]) -> list[Trace]:
    return [Trace(kind, one[0].strip()) for one in pattern.finditer(text)]


def _ticket(text: str, ticket: Ticket) -> list[Trace]:
    letter, count = ticket.number[:1], ticket.number[1:].lstrip("0") or "0"
    pattern = re.compile(rf"(?<![A-Za-z0-9]){letter}-?0*{count}(?!\d)", re.IGNORECASE)
    return _of(text, "ticket", pattern)


def _numbers(text: str, told: list[str]) -> list[Trace]:
    own = {_digits(one[0]) for said in told for one in _NUMBER.finditer(said)}
    found = []
    for one in _NUMBER.finditer(text):
        digits = _digits(one[0])
        if len(digits) >= LONG or (len(digits) >= DIGITS and digits in own):
            found.append(Trace("number", one[0]))
    return found


def _digits(number: str) -> str:
    return "".join(str(int(sign)) for sign in number if sign.isdecimal())


def _persons(text: str) -> list[Trace]:
    return [Trace("person", one[0]) for one in _PERSON.finditer(text) if not _NOBODY.fullmatch(one[1])]


def _names(text: str, told: list[str], common: frozenset[str]) -> list[Trace]:
    """Words that may be names in what was told and stand in the text too."""
    said = {one[0] for each in told for one in _KATAKANA.finditer(each)} - common
    said |= {one[0] for each in told for one in _CAPITAL.finditer(each)}
    # Whom somebody called by name is a name also where the text leaves the さん out.
    said |= {
        one[1] for each in told for one in _PERSON.finditer(each)
        if len(one[1]) > 1 and not _NOBODY.fullmatch(one[1])
    }  # fmt: skip
    there = text.casefold()
    return [Trace("name", one) for one in sorted(said) if _stands(one.casefold(), there)]


def _stands(word: str, text: str) -> bool:
    """Alphabets by whole words; Japanese has no spaces."""
    if word.isascii() or "\u00c0" <= word[0] <= "\u1eff":
        return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) is not None
    return word in text


def _copied(text: str, own: list[str]) -> list[Trace]:
    """Stretches taken over from the person's words or their translation, the longest of each place."""
    found = []
    for said in own:
        there, shown = _bare(said), _places(text)
        bare = "".join(sign for sign, _ in shown)
        at = 0
        while at < len(bare):
            end = _reach(bare, at, there)
            if end is None:
                at += 1
            else:
                found.append(Trace("copied", text[shown[at][1] : shown[end - 1][1] + 1]))
                at = end
    return found


def _reach(bare: str, at: int, there: str) -> int | None:
    """Where a stretch that begins here ends, if it is long enough."""
    least = COPIED if bare[at] > "\u2e80" else COPIED_LETTERS
    if at + least > len(bare) or bare[at : at + least] not in there:
        return None
    end = at + least
    while end < len(bare) and bare[at : end + 1] in there:
        end += 1
    return end


def _places(text: str) -> list[tuple[str, int]]:
    """Letters and digits with where they stand."""
    return [
        (low, place)
        for place, sign in enumerate(text)
        if sign.isalnum() or unicodedata.category(sign).startswith("M")
        for low in sign.casefold()
    ]


def _bare(text: str) -> str:
    return "".join(sign for sign, _ in _places(text))
