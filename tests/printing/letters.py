"""A letter as an office would write it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache

from kiosk.core.directory import Service
from kiosk.core.heard import Translation
from kiosk.core.letter import Draft, offered
from kiosk.core.ticket import Case, Content, Narrative
from kiosk.data.catalogue import load
from kiosk.data.flows import read_flows
from kiosk.data.referrals import read_directory
from kiosk.printing.document import Document
from kiosk.printing.letters import LetterCase, LetterComposer, Sender
from kiosk.text.typesetter import Typesetter
from tests.printing.make import LANGUAGES, TOKYO

AT = datetime(2026, 11, 20, 10, 42, tzinfo=TOKYO)
SENDER = Sender("あおば市 外国人相談窓口", "あおば市役所", "03-0000-0000", "あおば市本町1-2-3")
TOLD = "They did not pay me for two months."
JAPANESE = "二か月給料が払われていません。"
NARRATIVE = Narrative(TOLD, "en", "typed", Translation(TOLD, "en", JAPANESE, TOLD, "x"), accepted=True)
WORK = read_flows().flows["work"]
ANSWERS = tuple((one.id, (one.choices[0].id,)) for one in list(WORK.questions.values())[:3])
CONTENT = Content(
    caller="family",
    cases=(Case("work", "work", ANSWERS),),
    narrative=NARRATIVE,
    bring=("residence_card",),
    within=14,
)
SERVICES = read_directory().directory


def service(service_id: str = "administrative-hakodate") -> Service:
    found = SERVICES.get(service_id)
    assert found is not None
    return replace(found, address_ja="函館市美原4-6-16")


def draft(**more: object) -> Draft:
    begun = Draft(
        "0a1b2c3d",
        service="administrative-hakodate",
        name="函館行政監視行政相談センター",
        lines=offered(CONTENT),
        done=("explained",),
        asks=("consult",),
        words="会社の名前は本人から聞いてください。",
        appointment=AT + timedelta(days=5),
        room="3階 相談室",
        consent=AT,
    )
    return replace(begun, **more)  # type: ignore[arg-type]


def compose(one: Draft, language: str = "en", content: Content = CONTENT, **more: object) -> Document:
    composer = LetterComposer(LANGUAGES[language], load(language), load("ja"), SENDER)
    case = LetterCase("A012", AT.date(), AT, content, service(), "2")
    return composer.compose(one, replace(case, **more))  # type: ignore[arg-type]


@cache
def typesetter() -> Typesetter:
    return Typesetter(LANGUAGES)
