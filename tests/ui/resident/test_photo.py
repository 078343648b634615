"""Where nothing is on paper the page of the number is photographed: its code leads back to the ticket."""

from __future__ import annotations

import pytest
import zxingcpp

from kiosk.text.typesetter import Typesetter
from kiosk.ui.frame import Frame
from kiosk.ui.paint import Painter
from kiosk.ui.parts import Qr, Sheet
from kiosk.ui.resident.returning import ticket_on
from kiosk.ui.resident.scenes import samples
from tests.flows.led import directory, shop

FORMS = [(1280, 800), (800, 1280), (1920, 1080)]


def pages(form: tuple[int, int]) -> dict[str, Sheet]:
    return samples(shop(), directory(), Frame(*form), "my", ("done",))


def coded(sheet: Sheet) -> bool:
    return any(isinstance(part, Qr) for part in sheet.parts)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", ["done-photo", "done-no-printer", "done-referred-photo"])
def test_a_photo_of_the_page_brings_the_ticket_back(form: tuple[int, int], name: str) -> None:
    picture = Painter(Typesetter(shop().languages), Frame(*form)).photograph(pages(form)[name])
    [code] = zxingcpp.read_barcodes(picture.convert("L"))
    assert code.text.startswith("A012 2")
    assert ticket_on(code.text) == "019fa7c1-d280-7000-8000-5e0c91af0001"


def test_no_code_where_the_slip_has_none_or_is_there() -> None:
    found = pages((1280, 800))
    without = {name for name, sheet in found.items() if not coded(sheet)}
    assert {name for name in found if "sensitive" in name or "unsaved" in name} <= without
    assert {"done", "done-printed", "done-referred-printed"} <= without
