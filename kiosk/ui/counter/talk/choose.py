"""Which phrases a counselor sees: those of a group, those used most, those that hold what is typed; and what
is still to be filled into one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from kiosk.core.hours import DAYS
from kiosk.ui.counter.days import read_day
from kiosk.ui.talk.phrases import BY_ID, DOCUMENTS, PHRASES, PLACES, Phrase, blanks

OFTEN = "often"
"""Stands for the phrases used last and most."""
RECENT, MOST = 3, 24
SOON = 14
"""Days offered for a date."""
LARGEST = 9_999_999
_TIME = re.compile(r"(\d{1,2})[:：時]?(\d{2})?分?")


def found(
    group: str, typed: str, say: Callable[..., str], used: Mapping[str, int], recent: Sequence[str]
) -> tuple[Phrase, ...]:
    """The phrases to be shown, in order. What is typed counts before the group: every word of it must be in
    the phrase, in the console's words or in Japanese."""
    wanted = folded(typed).split()
    if wanted:
        return tuple(phrase for phrase in PHRASES if all(word in folded(say(phrase.key)) for word in wanted))
    if group != OFTEN:
        return tuple(phrase for phrase in PHRASES if phrase.group == group)
    last = [BY_ID[one] for one in recent[:RECENT] if one in BY_ID]
    most = sorted((phrase for phrase in PHRASES if used.get(phrase.id)), key=lambda one: -used[one.id])
    # Until there is a habit, the phrases a talk begins with.
    begin = [phrase for phrase in PHRASES if phrase.group == "begin"]
    return tuple(dict.fromkeys((*last, *most, *begin)))[:MOST]


def folded(text: str) -> str:
    """As it is compared: width, case and readings do not count."""
    plain = re.sub(r"\{([^{}|]*)\|[^{}|]*\}", r"\1", text)
    return unicodedata.normalize("NFKC", plain).casefold()


@dataclass(frozen=True)
class Filling:
    """A phrase with blanks, as far as they are filled."""

    phrase: Phrase
    open: tuple[str, ...]
    """Blanks to be filled, the next one first."""
    values: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, phrase: Phrase, japanese: str) -> Filling:
        return cls(phrase, blanks(japanese))

    @property
    def asks(self) -> str:
        """What is asked for now; empty where all is filled."""
        return self.open[0] if self.open else ""

    @property
    def by_typing(self) -> bool:
        """Whether it may be typed."""
        return self.asks not in ("document", "place")

    def with_value(self, value: str) -> Filling:
        return Filling(self.phrase, self.open[1:], {**self.values, self.asks: value})

    def options(self, say: Callable[..., str], today: date) -> tuple[tuple[str, str], ...]:
        """What may be picked for the open blank: value and words; none where it is typed."""
        if self.asks == "document":
            return tuple((one, say(f"talk.doc.{one}")) for one in DOCUMENTS)
        if self.asks == "place":
            return tuple((one, say(f"talk.place.{one}")) for one in PLACES)
        if self.asks == "date":
            days = [today + timedelta(days=n) for n in range(SOON)]
            return tuple((day.isoformat(), f"{day.month}/{day.day} {say(f'day.{DAYS[day.weekday()]}')}")
                         for day in days)  # fmt: skip
        return ()

    def typed(self, text: str, today: date) -> str:
        """The value that was typed for the open blank; empty where it is none."""
        text = unicodedata.normalize("NFKC", text).strip()
        if self.asks in ("n", "money"):
            number = text.replace(",", "").removesuffix("円")
            fits = number.isascii() and number.isdigit() and len(number) <= 9 and int(number) <= LARGEST
            return str(int(number)) if fits else ""
        if self.asks == "time":
            return _time(text)
        day = read_day(text, today) if self.asks == "date" else None
        return day.isoformat() if day is not None else ""


def _time(text: str) -> str:
    match = _TIME.fullmatch(text)
    if match is None:
        return ""
    hour, minute = int(match[1]), int(match[2] or 0)
    return f"{hour}:{minute:02d}" if hour <= 24 and minute < 60 else ""
