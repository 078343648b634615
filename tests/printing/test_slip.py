"""What slips say, and that they can be read: by eyes, by telephones, and by nobody who should not."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import zxingcpp
from PIL import Image

from kiosk.core.directory import Service
from kiosk.data.catalogue import load
from kiosk.data.languages import read_languages
from kiosk.data.referrals import read_directory
from kiosk.printing.draw import draw
from kiosk.printing.slip import Composer, Line, Slip, SlipCase, SlipOffice
from kiosk.text.qr import qr_image
from kiosk.text.typesetter import Typesetter

LANGUAGES = read_languages().by_tag
OFFICE = SlipOffice("あおば市 外国人相談窓口", "あおば市役所", "Aoba City Hall")
CASE = SlipCase(
    ticket_id="019aa000-0000-7000-8000-000000000000",
    number="A012",
    at=datetime(2026, 11, 20, 10, 42, tzinfo=ZoneInfo("Asia/Tokyo")),
    minutes=25,
    topic="work",
    services=(),
    bring=(),
    sensitive=False,
    referred=False,
)


@pytest.fixture(scope="module")
def typesetter() -> Typesetter:
    return Typesetter(LANGUAGES)


def compose(case: SlipCase, language: str = "vi") -> Slip:
    return Composer(LANGUAGES[language], load(language).text, load("ja").text, OFFICE).compose(case)


def services(count: int) -> tuple[Service, ...]:
    """The services with the most to say."""
    shown = [service for service in read_directory().services if service.shown and service.url]
    texts = load("ja")
    longest = sorted(shown, key=lambda s: -len(texts.text(f"service.{s.text}.what")) - len(s.url))
    return tuple(longest[:count])


def words(slip: Slip) -> str:
    """Everything a slip says, in one text."""
    lines: list[Line | None] = [*slip.lines, slip.places_title, slip.qr_words, slip.foot]
    said = [slip.office_ja, slip.office, slip.number_word, slip.stamp, slip.show, slip.qr, *slip.for_agency]
    said += [text for line in lines if line for text in (line.text, line.japanese)]
    for place in slip.places:
        said += [place.name, place.name_ja, place.what, place.what_ja, place.telephone, place.url]
        said += [text for line in place.lines for text in (line.text, line.japanese)]
    return "\n".join(said)


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_a_sensitive_slip_gives_nothing_away(language: str, typesetter: Typesetter) -> None:
    case = replace(CASE, sensitive=True, services=services(3), bring=("contract",), referred=True)
    slip = compose(case, language)
    said = words(slip)
    for given_away in ("相談", "仕事", OFFICE.name_ja, LANGUAGES[language].japanese, case.ticket_id, "http"):
        assert given_away not in said
    assert slip.number == "A012"
    assert not slip.places
    assert zxingcpp.read_barcodes(draw(slip, typesetter).convert("L")) == []


@pytest.mark.parametrize("language", ["ja", "en", "my"])
def test_a_number_nothing_keeps_claims_nothing(language: str, typesetter: Typesetter) -> None:
    slip = compose(replace(CASE, ticket_id="", number="XA1042", minutes=0), language)
    icons = [line.icon for line in slip.lines]
    assert icons == ["map-pin", "megaphone"]  # no wait of 0 minutes, no "your answers have arrived"
    code = zxingcpp.read_barcodes(draw(slip, typesetter).convert("L"))[0].text
    assert code.splitlines() == ["XA1042", "2026-11-20 10:42", OFFICE.name_ja]


def test_a_kept_number_tells_wait_and_answers() -> None:
    assert [line.icon for line in compose(CASE).lines] == [
        "map-pin",
        "clock",
        "megaphone",
        "message-square-text",
    ]


@pytest.mark.parametrize("width", [384, 576])
def test_the_longest_slip_has_all_its_codes_and_paper(typesetter: Typesetter, width: int) -> None:
    """Six places are twice what a visit can give: the paper grows with what is on it."""
    places = services(6)
    bring = ("contract", "payslips", "residence_card")
    known = load("my")
    case = replace(CASE, services=places, bring=tuple(b for b in bring if known.has(f"bring.{b}")))
    slip = draw(compose(case, "my"), typesetter, width)
    codes = {code.text for code in zxingcpp.read_barcodes(slip.convert("L"))}
    assert {place.url for place in places} <= codes
    assert slip.height > 3000 * width / 576
    foot = slip.convert("L").crop((0, slip.height - 8, slip.width, slip.height))
    assert foot.getextrema() == (255, 255)


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
