"""An agency and a guide's card in words, both as one `Place`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from kiosk.core.directory import access_of, name_of, speaks, what_of, who_of
from kiosk.core.hours import hours_text
from kiosk.core.written import Day, Detail, label_in
from kiosk.printing.slip import Line, Place, Words

if TYPE_CHECKING:
    from kiosk.core.directory import Service
    from kiosk.core.guide import Card, Guide
    from kiosk.core.language import Language
    from kiosk.printing.slip import SlipCase


class Wording:
    """Says things in the resident's language, with Japanese beside it where it is another one."""

    def __init__(self, language: Language, local: Words, japanese: Words) -> None:
        self.language, self.local, self.japanese = language, local, japanese
        self.same = language.is_japanese

    def line(self, key: str, *, icon: str = "", strong: bool = True, **details: Detail) -> Line:
        return self.pair(lambda words: words.text(key, **details), icon=icon, strong=strong)

    def pair(self, say: Callable[[Words], str], *, icon: str = "", strong: bool = True) -> Line:
        return Line(say(self.local), "" if self.same else say(self.japanese), icon, strong)

    def beside(self, japanese: str) -> str:
        """Japanese that is the same in every language; nothing where the slip is in Japanese anyway."""
        return "" if self.same else japanese


def agency(service: Service, case: SlipCase, words: Wording) -> Place:
    """A service of the directory. An old number is given only together with how old it is.

    Who is sent there alone gets everything; beside a number for the counter a few lines are enough, for a
    counselor explains the rest. Japanese stands where the agency's staff read it: at the name.
    """
    alone = case.referred
    way = _way(service, words) if alone else ()
    return Place(
        name=name_of(service, words.local.text, words.local.tag),
        name_ja=words.beside(f"{service.organisation_ja} {service.service_ja}".strip()),
        what=what_of(service, words.local.text, words.local.tag),
        what_ja="",
        telephone=service.telephone,
        lines=(*_caution(service, case, words), *_terms(service, words, alone=alone), *way),
        url=service.page(words.local.tag) if alone or not service.telephone else "",
        # The caution names the date already.
        checked="" if service.id in case.stale else _checked(service.assured_date, words),
    )


def card(guide: Guide, one: Card, words: Wording) -> Place:
    """A card of a guide: what to do, where, and until when if there is a deadline."""
    key = guide.key(one)
    title, what = words.line(key), words.line(f"{key}.what")
    facts = [_fact(words, "guide.where", f"{key}.where", "map-pin")]
    if words.local.has(f"{key}.when"):
        facts.append(_fact(words, "guide.when", f"{key}.when", "calendar-clock"))
    return Place(
        name=title.text,
        name_ja=title.japanese,
        what=what.text,
        what_ja=what.japanese,
        telephone="",
        lines=tuple(facts),
        url=one.url,
        checked=_checked(one.assured_date, words),
    )


def _caution(service: Service, case: SlipCase, words: Wording) -> list[Line]:
    """What to know before calling: that the number is old, and who answers while this one is closed."""
    lines = []
    if service.id in case.stale:
        lines.append(words.line("slip.stale", icon="triangle-alert", date=Day(service.assured_date)))
    other = case.nearest.get(service.id)
    if other is not None and other.telephone and other.id not in case.stale:
        lines.append(words.pair(lambda of: _instead(other, of), icon="phone"))
    return lines


def _instead(other: Service, of: Words) -> str:
    return of.text("slip.nearest", name=name_of(other, of.text, of.tag), telephone=other.telephone)


def _terms(service: Service, words: Wording, *, alone: bool) -> list[Line]:
    """When, in which language and for whom."""
    lines = []
    if service.schedule.known:
        lines.append(Line(hours_text(service.schedule, words.local.text), icon="clock"))
    if not words.same and speaks(service, words.language.tag):
        said = words.local.text("slip.in_language", language=words.language.endonym)
        lines.append(Line(said, icon="languages", strong=False))
    elif not words.same and set(service.languages) <= {"ja"}:
        lines.append(Line(words.local.text("slip.japanese_only"), icon="languages", strong=False))
    who = who_of(service, words.local.text, words.local.has, words.local.tag) if alone else ""
    return [*lines, Line(who, icon="user-check", strong=False)] if who else lines


def _way(service: Service, words: Wording) -> list[Line]:
    """Where it is and how to get there. Directions that are in Japanese only stand beside what says so."""
    lines = [Line("", service.address_ja, "map-pin")] if service.address_ja else []
    way, language = access_of(service, words.language.tag)
    if language == "ja" and not words.same:
        lines.append(Line(words.local.text("referral.access.japanese"), way, "signpost", strong=False))
    elif way:
        lines.append(Line(way, icon="signpost", strong=False))
    return lines


def _checked(date: str, words: Wording) -> str:
    return words.local.text("slip.checked", date=Day(date))


def _fact(words: Wording, label: str, key: str, icon: str) -> Line:
    def say(of: Words) -> str:
        return label_in(of.tag, of.text(label), of.text(key))

    return words.pair(say, icon=icon)
