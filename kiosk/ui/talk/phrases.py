"""The curated phrases of a talk: their groups, what is filled into them, and what may be answered.

A phrase is the catalogue's `talk.say.<id>` in every language, never translated by a machine. What is filled
into it follows from the placeholders of its Japanese.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

GROUPS = ("begin", "papers", "ask", "explain", "money", "help", "end", "calm")
BLANKS = ("document", "place", "date", "time", "money", "n")
"""What a counselor may fill into a phrase, in the order asked."""
DOCUMENTS = (
    "card", "mynumber", "insurance", "passport", "bankbook", "seal", "contract", "payslip", "tax", "bill",
    "letter", "handbook", "license", "photo",
)  # fmt: skip
PLACES = (
    "here", "city_hall", "tax", "immigration", "hello_work", "pension", "health", "hospital", "school",
    "nursery", "bank", "post", "store", "police", "court", "houterasu",
)  # fmt: skip
ALWAYS = ("again", "lost", "moment")
"""Answers that stand under every phrase."""
DATE, NUMBER = "date", "number"
"""Answers that open a page of their own."""
_YES = ("yes", "no", "unknown")
_OK = ("ok",)
_HAVE = ("have", "not_today", "have_none")
_DO = ("ok", "cannot")
_PERSON = ("me", "spouse", "child", "parent", "friend")
_SINCE = ("today", "week", "month", "year", DATE, "unknown")
_BLANK = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Phrase:
    id: str
    group: str
    """One of GROUPS."""
    answers: tuple[str, ...] = ()
    """What may be answered by a touch, besides ALWAYS: `talk.answer.<id>`."""

    @property
    def key(self) -> str:
        return f"talk.say.{self.id}"


def _group(group: str, /, **answers: tuple[str, ...]) -> tuple[Phrase, ...]:
    return tuple(Phrase(each, group, what) for each, what in answers.items())


PHRASES: tuple[Phrase, ...] = (
    *_group(
        "begin", hello=(), how_help=(), secret=_OK, free=_OK, language=_YES, short=_OK, machine=_OK,
        wait=_OK, wait_minutes=_DO, slowly=_OK, notes=_YES, about_whom=_PERSON,
    ),
    *_group(
        "papers", card=_HAVE, insurance=_HAVE, letter=_HAVE, show=_HAVE, bring=("ok", "have_none"),
        phone_screen=_DO, copy=_YES, give_back=_OK, whose=_PERSON, name=_DO, sign=_DO, not_sign=_OK, keep=_OK,
    ),
    *_group(
        "ask", since=_SINCE, when=("today", "yesterday", DATE, "unknown"),
        by_when=("today", "tomorrow", DATE, "unknown"), people=(NUMBER, "unknown"), times=(NUMBER, "unknown"),
        how_much=(NUMBER, "unknown"), age=(NUMBER, "unknown"), where=("unknown",),
        who_said=("work", "school", "office", "family", "friend", "unknown"),
        live_with=("alone", "family", "friend"), children=(NUMBER,), arrived=(DATE, "unknown"), working=_YES,
        before=_YES, telephone=(NUMBER, "have_none"), right=_YES, want=("unknown",), **{"else": _YES},
        again=("ok",),
    ),
    *_group(
        "explain", check=_OK, ask_other=_OK, write_down=_OK, takes_minutes=_DO, takes_days=_OK, deadline=_DO,
        can=_OK, cannot=_OK, not_yet=_OK, understand=_YES,
    ),
    *_group(
        "money", costs=_DO, no_cost=_OK, pay_by=_DO, pay_at=_OK, not_pay=_OK, parts=_YES, hard_to_pay=_YES,
    ),
    *_group(
        "help", call_them=_YES, interpreter=_YES, interpreter_now=_OK, tell_them=_YES, go=_DO, desk=_OK,
        floor=_OK, opens=_OK, closes=_OK, closed_today=_OK, come=_DO,
        which_day=("today", "tomorrow", DATE, "unknown"), together=_OK, specialist=_YES,
    ),
    *_group("end", finished=_OK, questions=_YES, we_call=_DO, come_again=_OK),
    *_group(
        "calm", safe=_OK, in_danger=_YES, hurt=_YES, ambulance=_YES, police=_YES, private=_YES, breathe=_OK,
        water=_YES, stay=_OK,
    ),
)  # fmt: skip
BY_ID = {phrase.id: phrase for phrase in PHRASES}


def blanks(japanese: str) -> tuple[str, ...]:
    """What is to be filled into a phrase, in the order of BLANKS."""
    found = set(_BLANK.findall(japanese))
    return tuple(name for name in BLANKS if name in found)
