"""Where else to ask: one place at a time, with everything needed to go or call there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kiosk.core.directory import Service, access_of, name_of, what_of
from kiosk.core.hours import DAYS, Opening
from kiosk.core.written import Day
from kiosk.ui.parts import Box, Icon, Panel, Part, Qr, Rule, Sheet
from kiosk.ui.resident.base import SMALLEST, Scene
from kiosk.ui.resident.page import Head, caution, sheet
from kiosk.ui.resident.share import Row, height_of, share

FEES = frozenset({"free", "call", "paid"})
LABEL = 200
"""Width of a fact's icon and label, in design pixels."""
_WAY = 5
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
class _Fact:
    icon: str
    label: str
    text: str
    size: float = 22
    language: str = ""
    bold: bool = False
    strong: str = ""
    """A line above the text, in bold: open or not."""
    spare: int = 0


def referral(
    scene: Scene, place: Place, index: int, count: int, counter: bool, head: Head, *, given: bool = False
) -> Sheet:
    """The place number `index` of `count`. `counter`: a number at this counter comes as well; `given`: it
    was given already, and the page leads back to it."""
    say, service = scene.say, place.service
    title = say("referral.title")
    name, what = name_of(service, say, scene.tag), what_of(service, say, scene.tag)
    area = scene.body(scene.top(), _buttons(count, counter))
    card, code = area, None
    address = service.page(scene.tag)
    if address and scene.portrait:
        high = scene.px(300)
        card = Box(area.x, area.y, area.w, area.h - high - scene.gap)
        code = Box(area.x, card.bottom + scene.gap, area.w, high)
    elif address:
        code = Box(scene.action(2).x, area.y, scene.action(2).w, area.h)
        card = Box(area.x, area.y, code.x - scene.gap - area.x, area.h)
    parts: list[Part] = [*scene.title(title), Panel(card)]
    if place.stale:
        high = scene.px(78 if scene.tall or scene.portrait else 60)
        strip = Box(card.x, card.bottom - high, card.w, high)
        parts += caution(scene, strip, say("slip.stale", date=Day(service.assured_date)))
        card = Box(card.x, card.y, card.w, card.h - high)
    parts += _card(scene, card, place, name, what)
    if code is not None:
        parts += _code(scene, code, service)
    parts += _foot(scene, index, count, counter, given)
    state = opening_words(scene, place.opening, place.today) if place.opening else ""
    reads = (title, name, what, service.telephone, state)
    return sheet(scene, "referral", parts, head=head, restart=not given, reads=reads)


def _card(scene: Scene, card: Box, place: Place, name: str, what: str) -> list[Part]:
    """Name, its Japanese name for asking the way, what it does, and the facts; all share the height."""
    px, service = scene.px, place.service
    inner = card.inset(px(32), px(14))
    japanese = f"{service.organisation_ja}　{service.service_ja}".strip("　")
    heads = [(name, 32.0, scene.tag, 0)]
    if not scene.language.is_japanese:
        heads.append((japanese, 22.0, "ja", 2))
    heads.append((what, 22.0, scene.tag, 3))
    facts = _known(scene, place)
    upper = [Row(text, tag, inner.w, size, px(6), spare) for text, size, tag, spare in heads]

    def shared() -> list[int]:
        return share(scene, [*upper, *(_row(scene, fact, inner.w) for fact in facts)], inner.h, px(28))

    heights = shared()
    if facts and facts[-1].spare == _WAY and not heights[-1]:
        # Nothing is left out for a way that does not fit all the same.
        facts.pop()
        heights = shared()
    y = inner.y
    parts: list[Part] = []
    for (text, size, tag, spare), high in zip(heads, heights, strict=False):
        if high:
            parts.append(
                scene.words(
                    Box(inner.x, y, inner.w, high),
                    text,
                    size,
                    language=tag,
                    bold=not spare,
                    colour="ink2" if spare == 3 else "ink",
                    valign="middle",
                )
            )
        y += high
    for fact, high in zip(facts, heights[len(heads) :], strict=True):
        if high:
            parts += _fact(scene, Box(inner.x, y, inner.w, high), fact)
        y += high
    return parts


def _row(scene: Scene, fact: _Fact, width: int) -> Row:
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


def _known(scene: Scene, place: Place) -> list[_Fact]:
    """What is known of the place, what matters most first."""
    say, service = scene.say, place.service
    facts = []
    if service.telephone:
        facts.append(_Fact("phone", say("referral.telephone"), service.telephone, 34, "en", bold=True))
    state = opening_words(scene, place.opening, place.today) if place.opening else ""
    if place.hours or state:
        same = state == place.hours
        facts.append(
            _Fact("clock", say("referral.hours"), place.hours if not same else "", strong=state)
            if state
            else _Fact("clock", say("referral.hours"), place.hours)
        )
    if place.nearest:
        facts.append(_Fact("phone", say("referral.telephone"), place.nearest, spare=2, bold=True))
    if speaks := _spoken(scene, service):
        # Names of languages are each in their own script; "en" sets them as a mixture.
        own = scene.tag if speaks == say("referral.japanese_only") else "en"
        facts.append(_Fact("languages", say("referral.languages"), speaks, language=own))
    if place.bring:
        facts.append(_Fact("folder-open", say("referral.bring"), place.bring, spare=1))
    if place.who:
        facts.append(_Fact("user-check", say("referral.who"), place.who, spare=3))
    if service.fee in FEES:
        fee = say(f"referral.fee.{service.fee}")
        facts.append(_Fact("receipt-japanese-yen", say("referral.fee"), fee, spare=4))
    if service.address_ja:
        facts.append(
            _Fact("map-pin", say("referral.address"), service.address_ja, language="ja", spare=_WAY + 1)
        )
    way, language = access_of(service, scene.tag)
    if way:
        foreign = language == "ja" and not scene.language.is_japanese
        note = say("referral.access.japanese") if foreign else ""
        facts.append(
            _Fact("signpost", say("referral.access"), way, language=language, strong=note, spare=_WAY)
        )
    return facts


def _fact(scene: Scene, box: Box, fact: _Fact) -> list[Part]:
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


def _code(scene: Scene, box: Box, service: Service) -> list[Part]:
    """The address of its page, to be taken along by telephone, and how old all this is."""
    px, say = scene.px, scene.say
    if scene.portrait:
        side = box.h - px(32)
        square = Box(box.x + px(16), box.y + px(16), side, side)
        words = Box(square.right + px(16), box.y + px(40), box.right - square.right - px(40), box.h - px(80))
    else:
        side = min(box.w - px(48), box.h - px(140))
        square = Box(box.x + (box.w - side) // 2, box.y + px(16), side, side)
        top = square.bottom + px(4)
        words = Box(box.x + px(20), top, box.w - px(40), box.bottom - px(12) - top)
    upper = words.h * 58 // 100
    date_words = say("referral.checked", date=Day(service.assured_date, short=True))
    return [
        Panel(box),
        Qr(square, service.page(scene.tag)),
        scene.words(
            Box(words.x, words.y, words.w, upper),
            say("referral.scan"),
            24,
            bold=True,
            align="center",
            valign="middle",
        ),
        scene.words(
            Box(words.x, words.y + upper, words.w, words.h - upper),
            date_words,
            20,
            colour="ink2",
            align="center",
            valign="middle",
        ),
    ]


def _buttons(count: int, counter: bool) -> int:
    """How many places for buttons the page needs: the next place counts as two beside a number."""
    return 3 if count > 1 else 1 if counter else 2


def _foot(scene: Scene, index: int, count: int, counter: bool, given: bool) -> list[Part]:
    """A person here is always to be had: as the main thing or beside it."""
    say = scene.say
    if scene.portrait and _buttons(count, counter) < 3:
        left = middle = right = scene.foot(1)[0]
        if not counter:
            left, right = scene.foot(2)
    else:
        left, middle, right = scene.foot(3)
    if counter:
        parts: list[Part] = [
            scene.target(
                "number",
                right,
                "primary",
                say("place.back" if given else "referral.number"),
                28,
                icon="ticket",
            )
        ]
        middle = Box(left.x, left.y, middle.right - left.x, left.h)
    else:
        parts = [
            scene.target("number", left, "secondary", say("referral.person"), 26, icon="users"),
            scene.target("print", right, "primary", say("referral.print"), 28, icon="printer"),
        ]
    if count > 1:
        parts.append(
            scene.target(
                "place",
                middle,
                "more",
                say("referral.next"),
                26,
                badge=f"{index + 1} / {count}",
                icon_after="arrow-right",
            )
        )
    return parts
