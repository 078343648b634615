"""Where else to ask: one place at a time, with everything needed to go or call there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kiosk.core.hours import DAYS, Opening
from kiosk.core.referral import Service
from kiosk.ui.parts import Box, Icon, Panel, Part, Pill, Qr, Rule, Sheet
from kiosk.ui.resident.base import Head, Scene, sheet

FEES = frozenset({"free", "call", "paid"})


@dataclass(frozen=True)
class Place:
    """A service as it stands now. `hours` and `bring` are words of the catalogue, empty where unknown."""

    service: Service
    opening: Opening | None
    hours: str
    bring: str
    today: date


@dataclass(frozen=True)
class _Fact:
    icon: str
    label: str
    text: str
    size: float = 22
    language: str = ""
    bold: bool = False
    aside: str = ""


def referral(scene: Scene, place: Place, index: int, count: int, counter: bool, head: Head) -> Sheet:
    """The place number `index` of `count`. `counter`: a number at this counter comes as well."""
    say, service = scene.say, place.service
    title = say("referral.title")
    name, what = say(f"service.{service.text}.name"), say(f"service.{service.text}.what")
    area = scene.body(scene.top(), _buttons(count, counter))
    card, code = area, None
    if service.url and scene.portrait:
        high = scene.px(300)
        card = Box(area.x, area.y, area.w, area.h - high - scene.gap)
        code = Box(area.x, card.bottom + scene.gap, area.w, high)
    elif service.url:
        code = Box(scene.action(2).x, area.y, scene.action(2).w, area.h)
        card = Box(area.x, area.y, code.x - scene.gap - area.x, area.h)
    parts: list[Part] = [*scene.title(title), Panel(card)]
    head_parts, below = _name(scene, card, place, name, what)
    parts += head_parts
    parts += _facts(scene, card, below, place)
    if code is not None:
        parts += _code(scene, code, service)
    parts += _foot(scene, index, count, counter)
    state = opening_words(scene, place.opening, place.today) if place.opening else ""
    reads = (title, name, what, service.telephone, state)
    return sheet(scene, "referral", parts, head=head, reads=reads)


def _name(scene: Scene, card: Box, place: Place, name: str, what: str) -> tuple[list[Part], int]:
    """Name, its Japanese name for asking the way, what it does, open or not; and where that ends."""
    px, service = scene.px, place.service
    inner = card.inset(px(32), px(18))
    grown = 1 + (scene.frame.text_scale - 1) * (1.0 if scene.portrait else 0.4)
    y = inner.y
    parts: list[Part] = []

    def line(text: str, size: float, high: float, **more: object) -> None:
        nonlocal y
        tall = px(high * grown)
        parts.append(scene.words(Box(inner.x, y, inner.w, tall), text, size, valign="middle", **more))
        y += tall

    line(name, 32, 48, bold=True)
    japanese = f"{service.organisation_ja}　{service.service_ja}".strip("　")
    if not scene.language.is_japanese:
        line(japanese, 22, 34, language="ja")
    long = len(what) > (45 if scene.language.is_japanese else 75)
    line(what, 22, (76 if scene.tall else 60) if long or scene.portrait else 38, colour="ink2")
    if place.opening and place.opening.state != "unknown":
        y += px(4)
        words = opening_words(scene, place.opening, place.today)
        parts.append(
            Pill(Box(inner.x, y, inner.w, px(40)), words, scene.tag, "clock", size=20 * scene.frame.unit)
        )
        y += px(40)
    return parts, y + px(12)


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
        day = at.date().isoformat()
    else:
        near = {0: "day.today", 1: "day.tomorrow"}
        day = say(near.get(ahead, f"day.{DAYS[at.weekday()]}"))
    return say("referral.closed", day=day, time=f"{at:%H:%M}")


def _rows(scene: Scene, place: Place) -> list[_Fact]:
    """What is known of the place, what matters most first."""
    say, service = scene.say, place.service
    fee = say(f"referral.fee.{service.fee}") if service.fee in FEES else ""
    rows = []
    if service.telephone:
        rows.append(
            _Fact("phone", say("referral.telephone"), service.telephone, 36, "en", bold=True, aside=fee)
        )
    if place.hours:
        rows.append(_Fact("clock", say("referral.hours"), place.hours))
    if speaks := _spoken(scene, service):
        # Names of languages are each in their own script; "en" sets them as a mixture.
        own = scene.tag if speaks == say("referral.japanese_only") else "en"
        rows.append(_Fact("languages", say("referral.languages"), speaks, language=own))
    if place.bring:
        rows.append(_Fact("folder-open", say("referral.bring"), place.bring))
    if fee and not service.telephone:
        rows.append(_Fact("receipt-japanese-yen", say("referral.fee"), fee))
    if service.address_ja and len(rows) < 3:
        rows.append(_Fact("map-pin", say("referral.address"), service.address_ja, language="ja"))
    return rows


def _facts(scene: Scene, card: Box, top: int, place: Place) -> list[Part]:
    """The facts in rows that share the rest of the card, long texts with more of it."""
    px = scene.px
    rows = _rows(scene, place)
    inner = Box(card.x + px(32), top, card.w - px(64), card.bottom - px(10) - top)
    wide = inner.w - px(214)
    weights = [_weight(row, px(12), wide) for row in rows]
    share = min(px(84), int(inner.h / max(1.0, sum(weights))))
    y, parts = inner.y, []
    for row, weight in zip(rows, weights, strict=True):
        high = int(share * weight)
        parts += _fact(scene, Box(inner.x, y, inner.w, high), row)
        y += high
    return parts


def _weight(row: _Fact, letter: int, wide: int) -> float:
    """How much of the height a fact takes; `letter` is about a character's width in the same px as `wide`."""
    if row.bold:
        return 1.25
    return 1.75 if len(row.text) * letter > wide else 1.2 if row.icon == "languages" else 1.0


def _fact(scene: Scene, box: Box, row: _Fact) -> list[Part]:
    px = scene.px
    label = px(214)
    text = Box(box.x + label, box.y + px(2), box.w - label, box.h - px(4))
    parts: list[Part] = [
        Rule(Box(box.x, box.y, box.w, 1)),
        Icon(Box(box.x, box.y + (box.h - px(30)) // 2, px(30), px(30)), row.icon),
        scene.words(
            Box(box.x + px(46), box.y + px(2), label - px(58), box.h - px(4)),
            row.label,
            22,
            colour="ink2",
            valign="middle",
        ),
    ]
    if row.aside:
        half = px(300 if scene.frame.text_scale == 1 else 340)
        aside = Box(text.x + half, text.y, text.w - half, text.h)
        text = Box(text.x, text.y, half - px(12), text.h)
        parts.append(scene.words(aside, row.aside, 22, valign="middle", align="end"))
    language = row.language or scene.tag
    parts.append(scene.words(text, row.text, row.size, bold=row.bold, language=language, valign="middle"))
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
    date_words = say("referral.checked", date=service.assured_date)
    return [
        Panel(box),
        Qr(square, service.url),
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


def _foot(scene: Scene, index: int, count: int, counter: bool) -> list[Part]:
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
            scene.target("number", right, "primary", say("referral.number"), 28, icon="ticket")
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
