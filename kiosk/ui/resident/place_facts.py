"""What is known of a place, what matters most first, and how a fact stands on its card."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kiosk.core.directory import Service, access_of
from kiosk.core.hours import DAYS, Opening
from kiosk.core.written import Day
from kiosk.ui.parts import Box, Icon, Part, Rule
from kiosk.ui.resident.base import SMALLEST, Scene
from kiosk.ui.resident.share import Row, height_of

FEES = frozenset({"free", "call", "paid"})
LABEL = 200
"""Width of a fact's icon and label, in design pixels."""
WAY = 5
"""How easily the way in words is left out: who can go by it needs the address less."""


@dataclass(frozen=True)
class Place:
    """A service as it stands now. `hours` and `bring` are words of the catalogue, empty where unknown."""

    service: Service
    opening: Opening | None
    hours: str
    bring: str
    today: date
    who: str = ""
    """Whom it is for, and where others go."""
    stale: bool = False
    """Its number was confirmed longer ago than the office allows."""
    nearest: str = ""
    """Another place that is open now, with its number."""


@dataclass(frozen=True)
class Fact:
    icon: str
    label: str
    text: str
    size: float = 22
    language: str = ""
    bold: bool = False
    strong: str = ""
    """A line above the text, in bold: open or not."""
    spare: int = 0


def row_of(scene: Scene, fact: Fact, width: int) -> Row:
    """The room a fact needs: its text and the line above it, and never less than its label."""
    px, least = scene.px, SMALLEST * scene.frame.unit
    language, wide = fact.language or scene.tag, width - px(LABEL)
    above = height_of(scene, fact.strong, scene.tag, wide, least) if fact.strong else 0
    own = above + height_of(scene, fact.text, language, wide, least)
    label = height_of(scene, fact.label, scene.tag, px(LABEL) - px(58), least)
    extra = max(px(18), label + px(8) - own)
    return Row(fact.text, language, wide, fact.size, above + extra, fact.spare)


def opening_words(scene: Scene, opening: Opening, today: date) -> str:
    """Open until when, or when it opens; `today` is the office's date."""
    say = scene.say
    if opening.state == "unknown":
        return ""
    if opening.state == "open":
        if opening.until is None:
            return say("referral.open_always")
        return say("referral.open", time=f"{opening.until:%H:%M}")
    if opening.next is None:
        return say("referral.closed_long")
    at = opening.next
    ahead = at.date().toordinal() - today.toordinal()
    if ahead > 6:
        return say("referral.closed", day=Day.of(at), time=f"{at:%H:%M}")
    near = {0: "day.today", 1: "day.tomorrow"}
    day = say(near.get(ahead, f"day.{DAYS[at.weekday()]}"))
    return say("referral.closed", day=day, time=f"{at:%H:%M}")


def known(scene: Scene, place: Place) -> list[Fact]:
    """What is known of the place, what matters most first."""
    say, service = scene.say, place.service
    facts = []
    if service.telephone:
        facts.append(Fact("phone", say("referral.telephone"), service.telephone, 34, "en", bold=True))
    state = opening_words(scene, place.opening, place.today) if place.opening else ""
    if place.hours or state:
        same = state == place.hours
        facts.append(
            Fact("clock", say("referral.hours"), place.hours if not same else "", strong=state)
            if state
            else Fact("clock", say("referral.hours"), place.hours)
        )
    if place.nearest:
        facts.append(Fact("phone", say("referral.telephone"), place.nearest, spare=2, bold=True))
    if speaks := _spoken(scene, service):
        # Names of languages are each in their own script; "en" sets them as a mixture.
        own = scene.tag if speaks == say("referral.japanese_only") else "en"
        facts.append(Fact("languages", say("referral.languages"), speaks, language=own))
    if place.bring:
        facts.append(Fact("folder-open", say("referral.bring"), place.bring, spare=1))
    if place.who:
        facts.append(Fact("user-check", say("referral.who"), place.who, spare=3))
    if service.fee in FEES:
        fee = say(f"referral.fee.{service.fee}")
        facts.append(Fact("receipt-japanese-yen", say("referral.fee"), fee, spare=4))
    if service.address_ja:
        facts.append(
            Fact("map-pin", say("referral.address"), service.address_ja, language="ja", spare=WAY + 1)
        )
    way, language = access_of(service, scene.tag)
    if way:
        foreign = language == "ja" and not scene.language.is_japanese
        note = say("referral.access.japanese") if foreign else ""
        facts.append(Fact("signpost", say("referral.access"), way, language=language, strong=note, spare=WAY))
    return facts


def drawn(scene: Scene, box: Box, fact: Fact) -> list[Part]:
    px = scene.px
    label = px(LABEL)
    text = Box(box.x + label, box.y + px(3), box.w - label, box.h - px(6))
    parts: list[Part] = [
        Rule(Box(box.x, box.y, box.w, 1)),
        Icon(Box(box.x, box.y + (box.h - px(30)) // 2, px(30), px(30)), fact.icon),
        scene.words(
            Box(box.x + px(46), box.y + px(2), label - px(58), box.h - px(4)),
            fact.label,
            22,
            colour="ink2",
            valign="middle",
        ),
    ]
    language = fact.language or scene.tag
    if fact.strong:
        least = SMALLEST * scene.frame.unit
        first = height_of(scene, fact.strong, scene.tag, text.w, least)
        rest = height_of(scene, fact.text, language, text.w, least) if fact.text else 0
        upper = text.h * first // (first + rest)
        above = Box(text.x, text.y, text.w, upper)
        parts.append(scene.words(above, fact.strong, 22, bold=True, colour="accent", valign="middle"))
        text = Box(text.x, text.y + upper, text.w, text.h - upper)
    if fact.text:
        parts.append(
            scene.words(text, fact.text, fact.size, bold=fact.bold, language=language, valign="middle")
        )
    return parts


def _spoken(scene: Scene, service: Service) -> str:
    """The languages by their own names; nothing where they are not known."""
    if not service.languages:
        return ""
    if set(service.languages) <= {"ja"}:
        return "" if scene.language.is_japanese else scene.say("referral.japanese_only")
    mine = [tag for tag in service.languages if tag == scene.tag]
    rest = [tag for tag in service.languages if tag != scene.tag]
    names = [scene.languages[tag].endonym for tag in (*mine, *rest) if tag in scene.languages]
    return "   ".join(names)
