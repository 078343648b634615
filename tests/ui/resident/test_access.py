"""How to get there on the page of a place: where there is room, and at no price but the address."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from kiosk.core.directory import Service
from kiosk.core.hours import Schedule
from kiosk.data.catalogue import load
from kiosk.text.typesetter import Typesetter
from kiosk.ui.faults import faults
from kiosk.ui.frame import Frame
from kiosk.ui.paint import Painter
from kiosk.ui.parts import Icon, Sheet, Words
from kiosk.ui.resident.scenes import samples
from tests.flows.led import directory, shop

SHORT = "青葉駅の東口から歩いて5分。市役所の3階です。"
LONGEST = "駅" * 100


def desk(way: str, **others: str) -> Service:
    row = next(one for one in directory() if one.shown and one.url and one.address_ja and one.telephone)
    return replace(row, languages=("ja", "en"), schedule=Schedule(), access=(("ja", way), *others.items()))


def page(one: Service, tag: str, form: tuple[int, int] = (1280, 800)) -> Sheet:
    return samples(shop(), [one], Frame(*form), tag, ("referral",))["referral-only"]


def words(sheet: Sheet) -> set[str]:
    return {part.text for part in sheet.parts if isinstance(part, Words)}


def icons(sheet: Sheet) -> set[str]:
    return {part.name for part in sheet.parts if isinstance(part, Icon)}


@cache
def typesetter() -> Typesetter:
    return Typesetter(shop().languages)


def test_the_way_stands_there_in_the_residents_language() -> None:
    own = "5 minutes on foot from Aoba Station."
    said = words(page(desk(SHORT, en=own), "en"))
    assert own in said
    assert SHORT not in said


@pytest.mark.parametrize("tag", ["en", "vi"])
def test_a_way_in_japanese_only_says_so(tag: str) -> None:
    said = words(page(desk(SHORT), tag, (800, 1280)))
    assert {SHORT, load(tag).text("referral.access.japanese")} <= said
    assert load("ja").text("referral.access.japanese") not in words(page(desk(SHORT), "ja"))


@pytest.mark.parametrize("tag", ["ja", "my", "en"])
@pytest.mark.parametrize("form", [(1280, 800), (1920, 1080), (800, 1280)])
def test_a_way_costs_no_fact_but_the_address(tag: str, form: tuple[int, int]) -> None:
    one = desk(LONGEST)
    without = page(replace(one, access=()), tag, form)
    told = page(one, tag, form)
    if "signpost" in icons(told):
        assert icons(without) - icons(told) <= {"map-pin"}
    else:
        assert told == without
    assert not faults(Painter(typesetter(), Frame(*form)), told)
