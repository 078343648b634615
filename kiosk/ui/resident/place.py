"""Where else to ask: one place at a time, with everything needed to go or call there."""

from __future__ import annotations

from kiosk.core.directory import Service, name_of, what_of
from kiosk.core.written import Day
from kiosk.ui.parts import Box, Panel, Part, Qr, Sheet, Words
from kiosk.ui.resident.base import Scene
from kiosk.ui.resident.page import Head, caution, sheet
from kiosk.ui.resident.place_facts import WAY, Place, drawn, known, opening_words, row_of
from kiosk.ui.resident.share import Row, share

WHAT = 3
"""What a place does: left out before its Japanese name."""


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
    inner = card.inset(scene.px(32), scene.px(14))
    heads = _heads(scene, place.service, name, what, inner.w)
    facts = known(scene, place)

    def shared() -> list[int]:
        rows = [*heads, *(row_of(scene, fact, inner.w) for fact in facts)]
        return share(scene, rows, inner.h, scene.px(28))

    heights = shared()
    if facts and facts[-1].spare == WAY and not heights[-1]:
        # Nothing is left out for a way that does not fit all the same.
        facts.pop()
        heights = shared()
    y = inner.y
    parts: list[Part] = []
    for row, high in zip(heads, heights, strict=False):
        if high:
            parts.append(_head(scene, Box(inner.x, y, inner.w, high), row))
        y += high
    for fact, high in zip(facts, heights[len(heads) :], strict=True):
        if high:
            parts += drawn(scene, Box(inner.x, y, inner.w, high), fact)
        y += high
    return parts


def _heads(scene: Scene, service: Service, name: str, what: str, width: int) -> list[Row]:
    """What stands above the facts. The name is never left out, what the place does first."""
    around = scene.px(6)
    rows = [Row(name, scene.tag, width, 32.0, around)]
    if not scene.language.is_japanese:
        japanese = f"{service.organisation_ja}　{service.service_ja}".strip("　")
        rows.append(Row(japanese, "ja", width, 22.0, around, spare=2))
    return [*rows, Row(what, scene.tag, width, 22.0, around, spare=WHAT)]


def _head(scene: Scene, box: Box, row: Row) -> Words:
    return scene.words(
        box,
        row.text,
        row.size,
        language=row.language,
        bold=not row.spare,
        colour="ink2" if row.spare == WHAT else "ink",
        valign="middle",
    )


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
