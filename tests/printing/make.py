"""Cases, slips and what they say, for the tests of paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time
from zoneinfo import ZoneInfo

import zxingcpp
from PIL import Image

from kiosk.core.directory import Service
from kiosk.core.guide import Guide
from kiosk.core.hours import Schedule, Span
from kiosk.core.roster import Specialist
from kiosk.data.catalogue import load
from kiosk.data.flows import read_flows
from kiosk.data.guides import read_guides
from kiosk.data.languages import read_languages
from kiosk.data.referrals import read_directory
from kiosk.printing.composer import Composer
from kiosk.printing.slip import Appointment, Line, Slip, SlipCase, SlipOffice

LANGUAGES = read_languages().by_tag
AUTHORED = ("ja", "ja-simple", "en")
"""The languages new words are written in first; the others are translated from them."""
OFFICE = SlipOffice("あおば市 外国人相談窓口", "あおば市役所", "Aoba City Hall")
TOKYO = ZoneInfo("Asia/Tokyo")
ID = "019aa000-0000-7000-8000-000000000000"
CASE = SlipCase(
    ticket_id=ID,
    number="A012",
    at=datetime(2026, 11, 20, 10, 42, tzinfo=TOKYO),
    minutes=25,
    topics=("work",),
    services=(),
    bring=(),
    sensitive=False,
    referred=False,
)
LAWYER = Specialist(
    id="legal-day",
    kind="lawyer",
    schedule=Schedule((Span(frozenset({2}), time(13), time(16)),)),
    minutes=30,
    topics=("work",),
    room="相談室2",
    names={"ja": "弁護士の先生", "ja-simple": "{弁護士|べんごし}", "en": "Legal adviser"},
)
BOOKED = Appointment(datetime(2026, 12, 2, 13, 30, tzinfo=TOKYO), LAWYER)
GUIDES = read_guides(read_flows().topics).by_topic


def composer(language: str) -> Composer:
    return Composer(LANGUAGES[language], load(language), load("ja"), OFFICE)


def compose(case: SlipCase, language: str = "en") -> Slip:
    return composer(language).compose(case)


def sheet(topic: str, language: str = "en") -> tuple[Guide, Slip]:
    return GUIDES[topic], composer(language).guide(GUIDES[topic], CASE.at)


def service(name: str, text: str = "houterasu", **fields: object) -> Service:
    """A made-up row, so that no test waits for what an office's rows say."""
    row = Service(
        id=name,
        text=text,
        groups=("legal",),
        organisation_ja="試験の機関",
        service_ja=name,
        verification="official",
        source="tests",
        assured_date="2026-11-01",
        telephone="0570-078374",
        languages=("ja",),
        names=(("ja", f"{name}の窓口"), ("ja-simple", f"{name}"), ("en", f"{name} desk")),
        whats=(("ja", "相談を聞く"), ("en", "Listens")),
        url=f"https://example.org/{name}",
    )
    return replace(row, **fields)  # type: ignore[arg-type]


def shipped(count: int) -> tuple[Service, ...]:
    """The shipped services with the most to say."""
    shown = [one for one in read_directory().directory if one.shown and one.url and not one.names]
    texts = load("ja")
    longest = sorted(shown, key=lambda one: -len(texts.text(f"service.{one.text}.what")) - len(one.url))
    return tuple(longest[:count])


def said(slip: Slip) -> str:
    """Everything a slip says, in one text."""
    lines: list[Line | None] = [
        *slip.lines,
        slip.title,
        slip.bring_title,
        *slip.bring,
        slip.qr_words,
        slip.foot,
    ]
    words = [slip.office_ja, slip.office, slip.number_word, slip.number, slip.stamp, slip.show, slip.qr]
    words += [*slip.for_agency, *(text for line in lines if line for text in (line.text, line.japanese))]
    for place in slip.places:
        words += [place.name, place.name_ja, place.what, place.what_ja, place.telephone, place.url]
        words += [place.checked, *(text for line in place.lines for text in (line.text, line.japanese))]
    return "\n".join(words)


def codes(slip: Image.Image) -> list[str]:
    return [code.text for code in zxingcpp.read_barcodes(slip.convert("L"))]
