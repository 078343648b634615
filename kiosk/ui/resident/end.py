"""The last pages: all answers, where else to ask, and the number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from kiosk.core.hours import DAYS, Opening
from kiosk.core.referral import Service
from kiosk.ui.actions import Issued
from kiosk.ui.parts import Bar, Box, Icon, Panel, Part, Pill, Qr, Rule, Sheet, Target, Words
from kiosk.ui.resident.base import Head, Scene, sheet

ANSWERS = 6


@dataclass(frozen=True)
class Answered:
    """One line of the review: what it edits, its label and the answer."""

    id: str
    label: str
    answer: str
    language: str = ""


def review(
    scene: Scene, answers: Sequence[Answered], words: Answered, page: int, main: str, head: Head
) -> Sheet:
    """Every answer can be changed by pressing it. `main` is the catalogue key of the main button."""
    px, say = scene.px, scene.say
    pages = max(1, -(-len(answers) // ANSWERS))
    shown = answers[(page % pages) * ANSWERS : (page % pages + 1) * ANSWERS]
    top, gap = px(146), px(16)
    columns = 1 if scene.frame.form == "portrait" else 2
    rows = -(-ANSWERS // columns) + 1
    height = min(px(112), (scene.action_top - gap - top - gap * (rows - 1)) // rows)
    wide = (scene.width - gap * (columns - 1)) // columns
    parts: list[Part] = [
        scene.words(
            Box(scene.margin, px(76), scene.width, px(62)),
            say("review.title"),
            40,
            bold=True,
            valign="middle",
        )
    ]
    for index, answer in enumerate(shown):
        box = Box(
            scene.margin + index % columns * (wide + gap),
            top + index // columns * (height + gap),
            wide,
            height,
        )
        parts += _answer(scene, box, answer)
    below = top + -(-len(shown) // columns) * (height + gap)
    parts += _answer(scene, Box(scene.margin, below, scene.width, height), words)
    parts += _review_foot(scene, main, page % pages, pages)
    reads = [say("review.title"), say("review.note")]
    return sheet(scene, "review", parts, head=head, reads=reads)


def _answer(scene: Scene, box: Box, answer: Answered) -> list[Part]:
    px = scene.px
    change = px(120)
    room = box.w - px(48) - change
    half = box.h // 2
    return [
        Target(f"edit:{answer.id}", box, "secondary", "", scene.tag),
        scene.words(
            Box(box.x + px(24), box.y + px(6), room, half - px(6)),
            answer.label,
            20,
            colour="ink2",
            valign="middle",
            max_lines=1,
        ),
        scene.words(
            Box(box.x + px(24), box.y + half - px(6), room, half),
            answer.answer,
            26,
            bold=True,
            valign="middle",
            max_lines=1 if answer.language else 2,
            language=answer.language or scene.tag,
        ),
        Icon(Box(box.right - change, box.y + (box.h - px(26)) // 2, px(26), px(26)), "pencil"),
        scene.words(
            Box(box.right - change + px(34), box.y, change - px(44), box.h),
            scene.say("review.edit"),
            22,
            colour="accent",
            valign="middle",
            max_lines=1,
        ),
    ]


def _review_foot(scene: Scene, main: str, page: int, pages: int) -> list[Part]:
    px, say = scene.px, scene.say
    button = scene.action(2)
    left = Box(scene.margin, button.y, button.x - scene.margin - px(24), button.h)
    parts: list[Part] = []
    if pages > 1:
        box = scene.action(0)
        label = say("nav.previous" if page == pages - 1 else "nav.more")
        parts.append(scene.target("more", box, "more", label, 24, badge=f"{page + 1} / {pages}"))
        left = Box(box.right + px(16), left.y, left.right - box.right - px(16), left.h)
    icon = "arrow-right" if main != "review.send" else ""
    parts += [
        Icon(Box(left.x, left.y + (left.h - px(32)) // 2, px(32), px(32)), "info"),
        scene.words(
            Box(left.x + px(48), left.y, left.w - px(48), left.h), say("review.note"), 22, valign="middle"
        ),
        scene.target(
            "send",
            button,
            "primary",
            say(main),
            28,
            icon="ticket" if main == "review.send" else "",
            icon_after=icon,
            enabled=main != "review.sending",
        ),
    ]
    return parts


def referral(
    scene: Scene,
    services: Sequence[Service],
    openings: dict[str, Opening],
    index: int,
    bring: str,
    counter: bool,
    hours: str,
    today: str,
    head: Head,
) -> Sheet:
    """One place at a time. `counter` says that a number at this counter comes as well."""
    px, say = scene.px, scene.say
    service = services[index % len(services)]
    name, what = say(f"service.{service.text}.name"), say(f"service.{service.text}.what")
    top = px(152)
    portrait = scene.frame.form == "portrait"
    code_wide = scene.action(2).w if not portrait else scene.width
    qr_high = px(330) if portrait else 0
    card = Box(
        scene.margin,
        top,
        scene.width if portrait or not service.url else scene.width - code_wide - px(16),
        scene.action_top - px(16) - top - (qr_high + px(16) if portrait and service.url else 0),
    )
    parts: list[Part] = [
        scene.words(
            Box(scene.margin, px(78), scene.width, px(66)),
            say("referral.title"),
            40,
            bold=True,
            valign="middle",
        ),
        Panel(card),
        *_service_head(scene, card, service, name, what, openings.get(service.id), today),
        *_service_facts(scene, card, service, bring, hours),
    ]
    if service.url:
        box = (
            Box(scene.margin, card.bottom + px(16), scene.width, qr_high)
            if portrait
            else Box(card.right + px(16), top, code_wide, card.h)
        )
        parts += _code(scene, box, service)
    parts += _referral_foot(scene, index % len(services), len(services), counter)
    return sheet(
        scene, "referral", parts, head=head, reads=(say("referral.title"), name, what, service.telephone)
    )


def _service_head(
    scene: Scene, card: Box, service: Service, name: str, what: str, opening: Opening | None, today: str
) -> list[Part]:
    px = scene.px
    inner = card.inset(px(32), px(16))
    japanese = f"{service.organisation_ja} {service.service_ja}".strip()
    parts: list[Part] = [
        scene.words(Box(inner.x, inner.y, inner.w, px(50)), name, 32, bold=True, valign="middle", max_lines=1)
    ]
    y = inner.y + px(50)
    if not scene.language.is_japanese:
        parts.append(
            scene.words(
                Box(inner.x, y, inner.w, px(34)), japanese, 22, language="ja", valign="middle", max_lines=1
            )
        )
        y += px(34)
    parts.append(
        scene.words(Box(inner.x, y, inner.w, px(52)), what, 21, colour="ink2", valign="middle", max_lines=2)
    )
    if opening and opening.state != "unknown":
        size = 20 * scene.frame.unit
        pill = Box(inner.x, y + px(54), inner.w, px(42))
        parts.append(Pill(pill, opening_words(scene, opening, today), scene.tag, "clock", size=size))
    return parts


def opening_words(scene: Scene, opening: Opening, today: str) -> str:
    """Open until when, or when it opens; `today` is the ISO date of the office."""
    say = scene.say
    if opening.state == "open":
        if opening.until is None:
            return say("referral.open_always")
        return say("referral.open", time=f"{opening.until:%H:%M}")
    if opening.next is None:
        return say("referral.closed_long")
    at = opening.next
    days = (at.date().toordinal()) - _ordinal(today)
    day = (
        say("day.today")
        if days == 0
        else say("day.tomorrow")
        if days == 1
        else say(f"day.{DAYS[at.weekday()]}")
    )
    if days > 6:
        day = f"{at:%Y-%m-%d}"
    return say("referral.closed", day=day, time=f"{at:%H:%M}")


def _ordinal(iso: str) -> int:
    from datetime import date

    return date.fromisoformat(iso).toordinal()


def _service_facts(scene: Scene, card: Box, service: Service, bring: str, hours: str) -> list[Part]:
    px, say = scene.px, scene.say
    fee = {"free": "referral.fee.free", "call": "referral.fee.call", "paid": "referral.fee.paid"}.get(
        service.fee
    )
    speaks = _spoken(scene, service)
    rows = (
        [("phone", say("referral.telephone"), service.telephone, 36, "en", True)] if service.telephone else []
    )
    if hours:
        rows.append(("clock", say("referral.hours"), hours, 22, scene.tag, False))
    if speaks:
        rows.append(("languages", say("referral.languages"), speaks, 22, scene.tag, False))
    if bring:
        rows.append(("folder-open", say("referral.bring"), bring, 22, scene.tag, False))
    elif fee:
        rows.append(("receipt-japanese-yen", say("referral.fee"), say(fee), 22, scene.tag, False))
    top = card.y + px(248)
    height = (card.bottom - px(12) - top) // max(1, len(rows))
    inner = card.inset(px(32), 0)
    parts: list[Part] = []
    label = px(210)
    for index, (icon, name, text, size, tag, bold) in enumerate(rows):
        y = top + index * height
        parts += [
            Rule(Box(inner.x, y, inner.w, 1)),
            Icon(Box(inner.x, y + (height - px(32)) // 2, px(32), px(32)), icon),
            scene.words(
                Box(inner.x + px(52), y + px(2), label - px(60), height - px(4)),
                name,
                21,
                colour="ink2",
                valign="middle",
            ),
            scene.words(
                Box(inner.x + label, y + px(2), inner.w - label, height - px(4)),
                text,
                size,
                bold=bold,
                language=tag,
                valign="middle",
            ),
        ]
    return parts


def _spoken(scene: Scene, service: Service) -> str:
    if not service.languages:
        return ""
    if set(service.languages) <= {"ja"}:
        return "" if scene.language.is_japanese else scene.say("referral.japanese_only")
    names = [scene.languages[tag].endonym for tag in service.languages if tag in scene.languages]
    return "   ".join(names)


def _code(scene: Scene, box: Box, service: Service) -> list[Part]:
    px, say = scene.px, scene.say
    words = px(96)
    side = min(box.w - px(48), box.h - words - px(24))
    square = Box(box.x + (box.w - side) // 2, box.y + px(16), side, side)
    below = Box(box.x + px(16), square.bottom + px(4), box.w - px(32), px(46))
    return [
        Panel(box),
        Qr(square, service.url),
        scene.words(below, say("referral.scan"), 22, bold=True, align="center", valign="middle"),
        scene.words(
            Box(below.x, below.bottom, below.w, box.bottom - below.bottom - px(8)),
            say("referral.checked", date=service.assured_date),
            20,
            colour="ink2",
            align="center",
            max_lines=1,
        ),
    ]


def _referral_foot(scene: Scene, index: int, count: int, counter: bool) -> list[Part]:
    say = scene.say
    if counter:
        first = scene.target("print", scene.action(0), "secondary", say("referral.print"), 26, icon="printer")
        last = scene.target("number", scene.action(2), "primary", say("referral.number"), 28, icon="ticket")
    else:
        first = scene.target("number", scene.action(0), "secondary", say("referral.person"), 26, icon="users")
        last = scene.target("print", scene.action(2), "primary", say("referral.print"), 28, icon="printer")
    parts: list[Part] = [] if counter else [first]
    if count > 1:
        box = (
            scene.action(1)
            if not counter
            else Box(
                scene.action(0).x,
                scene.action(0).y,
                scene.action(1).right - scene.action(0).x,
                scene.action(0).h,
            )
        )
        parts.append(
            scene.target(
                "place",
                box,
                "more",
                say("referral.next"),
                26,
                badge=f"{index + 1} / {count}",
                icon_after="arrow-right",
            )
        )
    return [*parts, last]


Printed = Literal["printing", "printed", "failed", "none"]


@dataclass(frozen=True)
class Finished:
    """The visit's end as it stands."""

    issued: Issued
    printed: Printed
    trouble: str = ""
    progress: float = 0.5


def done(scene: Scene, now: Finished) -> Sheet:
    """The number, where to wait, about how long, and the slip. No topic, no answer."""
    px, say = scene.px, scene.say
    issued = now.issued
    warn = _done_warning(scene, now)
    top = px(160)
    title = say("done.referred.title") if issued.referred else say("done.title")
    parts: list[Part] = [
        scene.words(Box(scene.margin, px(78), scene.width, px(72)), title, 40, bold=True, valign="middle")
    ]
    if warn:
        strip = Box(scene.margin, top, scene.width, px(96))
        parts += _done_strip(scene, strip, *warn)
        top = strip.bottom + px(16)
    height = scene.action_top - px(16) - top
    if scene.frame.form == "portrait":
        number = Box(scene.margin, top, scene.width, height * 45 // 100)
        facts = Box(scene.margin, number.bottom + px(16), scene.width, height - number.h - px(16))
    else:
        number = Box(scene.margin, top, scene.width * 41 // 100, height)
        facts = Box(number.right + px(16), top, scene.width - number.w - px(16), height)
    parts += _number(scene, number, issued)
    parts += _facts(scene, facts, issued)
    parts += _done_foot(scene, now)
    reads = [title, say("done.number"), " ".join(issued.number)]
    if not issued.referred:
        reads += [say("done.then.call")]
    return sheet(scene, "done", parts, back=False, restart=False, reads=reads)


def _done_warning(scene: Scene, now: Finished) -> tuple[str, str, str] | None:
    say = scene.say
    if not now.issued.saved:
        return "triangle-alert", say("done.unsaved.title"), say("done.unsaved.text")
    if now.printed == "failed":
        return "printer", now.trouble or say("done.no_printer.title"), say("done.no_printer.text")
    return None


def _done_strip(scene: Scene, strip: Box, icon: str, title: str, text: str) -> list[Part]:
    px = scene.px
    room = strip.w - px(124)
    return [
        Panel(strip, fill="warm_bg", border="warm_line"),
        Icon(Box(strip.x + px(32), strip.y + px(26), px(44), px(44)), icon, "warm_ink"),
        scene.words(
            Box(strip.x + px(100), strip.y + px(6), room, px(44)),
            title,
            26,
            bold=True,
            colour="warm_ink",
            valign="middle",
            max_lines=1,
        ),
        scene.words(
            Box(strip.x + px(100), strip.y + px(48), room, px(44)),
            text,
            22,
            colour="warm_ink",
            valign="middle",
        ),
    ]


def _number(scene: Scene, box: Box, issued: Issued) -> list[Part]:
    px, say = scene.px, scene.say
    inner = box.inset(px(20))
    label = px(64)
    size = min(150 * scene.frame.unit, inner.w / 2.9 * (4 / max(4, len(issued.number))))
    parts: list[Part] = [
        Panel(box, fill="accent"),
        scene.words(
            Box(inner.x, inner.y, inner.w, label),
            say("done.number"),
            28,
            colour="on_accent",
            align="center",
            valign="middle",
            max_lines=1,
        ),
        Words(
            Box(inner.x, inner.y + label, inner.w, inner.h - 2 * label),
            issued.number,
            "en",
            size,
            bold=True,
            colour="on_accent",
            align="center",
            valign="middle",
        ),
    ]
    if not scene.language.is_japanese:
        below = Box(inner.x, inner.bottom - label, inner.w, label)
        parts.append(
            Words(
                below,
                "{番号|ばんごう}",
                "ja-simple",
                px(28),
                colour="on_accent",
                align="center",
                valign="middle",
            )
        )
    return parts


def _facts(scene: Scene, box: Box, issued: Issued) -> list[Part]:
    px, say = scene.px, scene.say
    if issued.sensitive and not issued.referred:
        rows = [
            ("armchair", say("done.where"), say("done.sit")),
            ("user-check", say("done.then"), say("done.comes")),
        ]
    elif issued.referred:
        rows = [
            ("map-pin", say("done.referred.where"), say("referral.title")),
            ("users", say("done.then"), say("done.referred.again")),
        ]
    else:
        rows = [("map-pin", say("done.where"), say("done.where.counter"))]
        if issued.saved:
            rows.append(("clock", say("done.long"), say("done.minutes", n=issued.minutes)))
        rows.append(("megaphone", say("done.then"), say("done.then.call")))
    parts: list[Part] = [Panel(box)]
    height = (box.h - px(16)) // len(rows)
    for index, (icon, label, text) in enumerate(rows):
        y = box.y + px(8) + index * height
        chip = min(px(72), height - px(20))
        inner = Box(box.x + px(132), y, box.w - px(156), height)
        half = height * 42 // 100
        if index:
            parts.append(Rule(Box(box.x + px(32), y, box.w - px(64), 1)))
        parts += [
            Icon(Box(box.x + px(32), y + (height - chip) // 2, chip, chip), icon, chip=True),
            scene.words(
                Box(inner.x, inner.y + px(6), inner.w, half - px(6)),
                label,
                22,
                colour="ink2",
                valign="bottom",
                max_lines=1,
            ),
            scene.words(Box(inner.x, inner.y + half, inner.w, height - half - px(8)), text, 30, bold=True),
        ]
    return parts


def _done_foot(scene: Scene, now: Finished) -> list[Part]:
    px, say = scene.px, scene.say
    last = scene.action(2)
    if now.printed in ("failed", "none") or not now.issued.saved:
        left = scene.action(0)
        parts: list[Part] = [
            Icon(Box(left.x, left.y + px(32), px(32), px(32)), "info"),
            scene.words(
                Box(left.x + px(46), left.y, left.w - px(50), left.h), say("done.stays"), 21, valign="middle"
            ),
            scene.target("finish", last, "primary", say("done.have"), 28, icon="check"),
        ]
        if now.printed == "failed":
            parts.append(
                scene.target("reprint", scene.action(1), "secondary", say("done.retry"), 26, icon="printer")
            )
        return parts
    strip = Box(scene.margin, last.y, last.x - scene.margin - px(16), last.h)
    printing = now.printed == "printing"
    text = Box(strip.x + px(80), strip.y, strip.w - px(104), strip.h if not printing else px(60))
    parts = [
        Panel(strip),
        Icon(Box(strip.x + px(28), strip.y + px(30), px(36), px(36)), "printer"),
        scene.words(
            text, say("done.printing" if printing else "done.printed"), 24, bold=not printing, valign="middle"
        ),
        scene.target("finish", last, "primary", say("done.finish"), 28, icon="check"),
    ]
    if printing:
        parts.append(Bar(Box(text.x, strip.bottom - px(28), text.w, px(8)), now.progress))
    return parts
