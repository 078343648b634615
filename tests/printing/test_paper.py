"""Slips as they lie in the hand: codes read with a telephone's reader, nothing cut, nothing too long."""

from __future__ import annotations

from dataclasses import replace

import pytest
import zxingcpp
from PIL import Image

from kiosk.printing.draw import draw
from kiosk.printing.roll import Roll
from kiosk.text.qr import qr_image
from kiosk.text.typesetter import Typesetter
from kiosk.ui.resident.returning import ticket_on
from tests.printing.make import AUTHORED, BOOKED, CASE, ID, LANGUAGES, codes, compose, service, sheet, shipped

WIDTHS = (384, 576)


@pytest.fixture(scope="module")
def typesetter() -> Typesetter:
    return Typesetter(LANGUAGES)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", AUTHORED)
def test_the_printed_code_leads_back_to_the_ticket(typesetter: Typesetter, language: str, width: int) -> None:
    found = codes(draw(compose(CASE, language), typesetter, width))
    assert [ticket_on(code.splitlines()[0]) for code in found] == [ID]


@pytest.mark.parametrize("width", WIDTHS)
def test_the_longest_slip_has_all_its_codes_and_paper(typesetter: Typesetter, width: int) -> None:
    """Six places are twice what a visit can give: the paper grows with what is on it."""
    places = shipped(6)
    case = replace(CASE, referred=True, services=places, bring=("contract", "payslips", "residence_card"))
    composed = compose(case)
    slip = draw(composed, typesetter, width)
    found = set(codes(slip))
    assert {place.url for place in composed.places} <= found
    assert composed.qr in found
    assert slip.height > 3000 * width / 576
    foot = slip.convert("L").crop((0, slip.height - 8, slip.width, slip.height))
    assert foot.getextrema() == (255, 255)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("topic", ["housing", "residence", "medical"])
def test_a_guides_pages_can_be_read_each_once(typesetter: Typesetter, topic: str, width: int) -> None:
    guide, composed = sheet(topic)
    found = codes(draw(composed, typesetter, width))
    assert sorted(found) == sorted({card.url for card in guide.cards if card.url})


def test_no_word_leaves_the_paper(typesetter: Typesetter) -> None:
    """The margins stay white on the narrowest paper, whatever is on it."""
    odd = service(
        "odd", names=(("en", "A" * 18 + " " + "consultation " * 6),), telephone="0570-078374 / 03-6745-5600"
    )
    case = replace(CASE, services=(odd,), bring=("contract",), stale=frozenset({"odd"}), appointment=BOOKED)
    slip = draw(compose(case), typesetter, 384).convert("L")
    for edge in ((0, 0, 8, slip.height), (slip.width - 8, 0, slip.width, slip.height)):
        assert slip.crop(edge).getextrema() == (255, 255)


def test_what_is_to_bring_can_be_ticked_off(typesetter: Typesetter) -> None:
    roll = Roll(typesetter, 576)
    top = roll.y
    roll.tick(30, top + 30)
    roll.space(60)
    square = roll.finish().convert("L").crop((24, top, 100, top + 60)).point(lambda grey: 255 - grey)
    left, upper, right, lower = square.getbbox() or (0, 0, 0, 0)
    assert (right - left, lower - upper) == (31, 31)
    inside = square.crop((left + 3, upper + 3, right - 3, lower - 3))
    assert inside.getextrema() == (0, 0)


def test_a_slip_of_two_problems_is_no_longer_than_two_hands(typesetter: Typesetter) -> None:
    """Two agencies and four things to bring; 8 dots are a millimetre."""
    bring = ("residence_card", "contract", "payslips", "timecards")
    case = replace(CASE, topics=("work", "residence"), services=(service("a"), service("b")), bring=bring)
    assert draw(compose(case), typesetter).height < 8 * 500


@pytest.mark.parametrize(
    ("room", "largest", "smallest"), [(300, None, 1), (300, 4, 1), (60, None, 1), (10, None, 2)]
)
def test_a_code_keeps_its_quiet_zone_and_whole_modules(room: int, largest: int | None, smallest: int) -> None:
    code = qr_image("https://www.houterasu.or.jp/", room, largest=largest, smallest=smallest)
    count = 29 + 2 * 4  # version 3: 28 characters at medium error correction
    module, rest = divmod(code.width, count)
    assert (rest, code.width) == (0, code.height)
    assert module == max(smallest, min(room // count, largest or room))
    edge = code.crop((0, 0, code.width, 4 * module))
    assert edge.getextrema() == (255, 255)
    larger = code.resize((code.width * 4, code.height * 4), Image.Resampling.NEAREST)
    assert zxingcpp.read_barcodes(larger)[0].text == "https://www.houterasu.or.jp/"
