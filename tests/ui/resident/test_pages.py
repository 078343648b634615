"""Every page in every language, window and text size: nothing cut, torn, covered or too small."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.text.typesetter import Typesetter
from kiosk.ui.faults import faults
from kiosk.ui.frame import TEXT_SCALES, Frame
from kiosk.ui.items import Ink, ink_box
from kiosk.ui.mirror import mirror
from kiosk.ui.paint import Painter
from kiosk.ui.parts import Box, Panel, Sheet, Target
from kiosk.ui.resident.portions import portions
from kiosk.ui.resident.scenes import samples
from kiosk.ui.resident.scenes_every import places, questions
from tests.flows.led import directory, shop

FORMS = {"standard": (1280, 800), "wide": (1920, 1080), "portrait": (800, 1280)}
WINDOWS = [(form, scale) for form in FORMS for scale in TEXT_SCALES]
EXTREMES = [(form, scale) for form in FORMS for scale in (1.0, 1.5)]


@pytest.fixture(scope="module")
def typesetter() -> Typesetter:
    return Typesetter(shop().languages)


def frame_of(form: str, scale: float) -> Frame:
    return Frame(*FORMS[form], text_scale=scale)


def lying(painter: Painter, sheet: Sheet) -> list[str]:
    """Words that lie on other words or under a panel."""
    found: list[str] = []
    shown = mirror(sheet, painter.frame)
    written: list[tuple[str, Box]] = []
    for part in shown.parts:
        if isinstance(part, Panel) and part.fill:
            hidden = [text for text, box in written if meet(box, part.box)]
            if hidden and sheet.name != "idle":  # its question lies over the page on purpose
                found.append(f"{sheet.name}: {hidden} under a panel")
            written = [(text, box) for text, box in written if not meet(box, part.box)]
        for item in painter.lay(part, "normal", shown.direction == "rtl"):
            if isinstance(item, Ink):
                box = ink_box(item)
                found += [f"{sheet.name}: {item.text} on {text}" for text, at in written if meet(at, box, 3)]
                written.append((item.text, box))
    return found


def meet(one: Box, other: Box, slack: int = 0) -> bool:
    across = min(one.right, other.right) - max(one.x, other.x)
    down = min(one.bottom, other.bottom) - max(one.y, other.y)
    return across > slack and down > slack


def wrong(typesetter: Typesetter, frame: Frame, sheets: dict[str, Sheet]) -> list[str]:
    painter = Painter(typesetter, frame)
    return [f"{name} {fault}" for name, sheet in sheets.items()
            for fault in (*faults(painter, sheet), *lying(painter, sheet))]  # fmt: skip


@pytest.mark.parametrize(("form", "scale"), WINDOWS)
@pytest.mark.parametrize("tag", shop().offered)
def test_every_page(typesetter: Typesetter, tag: str, form: str, scale: float) -> None:
    frame = frame_of(form, scale)
    assert wrong(typesetter, frame, samples(shop(), directory(), frame, tag)) == []


@pytest.mark.parametrize(("form", "scale"), EXTREMES)
@pytest.mark.parametrize("tag", shop().offered)
def test_every_question(typesetter: Typesetter, tag: str, form: str, scale: float) -> None:
    frame = frame_of(form, scale)
    assert wrong(typesetter, frame, dict(questions(shop(), directory(), frame, tag))) == []


@pytest.mark.parametrize(("form", "scale"), EXTREMES)
@pytest.mark.parametrize("tag", shop().offered)
def test_every_place(typesetter: Typesetter, tag: str, form: str, scale: float) -> None:
    frame = frame_of(form, scale)
    assert wrong(typesetter, frame, dict(places(shop(), directory(), frame, tag))) == []


@pytest.mark.parametrize("form", FORMS)
def test_every_page_mirrored(form: str) -> None:
    """No shipped language runs right to left yet; the pages are ready for one."""
    there = shop()
    languages = {**there.languages, "en": replace(there.languages["en"], direction="rtl")}
    turned, frame = replace(there, languages=languages), frame_of(form, 1.0)
    sheets = samples(turned, directory(), frame, "en")
    assert wrong(Typesetter(languages), frame, sheets) == []
    asked = mirror(sheets["question"], frame)
    back = next(part for part in asked.parts if isinstance(part, Target) and part.id == "back")
    assert back.box.right == frame.width


@pytest.mark.parametrize("tag", ["ja-simple", "my"])
def test_every_page_in_high_contrast(typesetter: Typesetter, tag: str) -> None:
    frame = Frame(1280, 800, text_scale=1.5, contrast=True)
    assert wrong(typesetter, frame, samples(shop(), directory(), frame, tag)) == []


@pytest.mark.parametrize("size", [(1366, 768), (1280, 720), (1280, 1024), (2560, 1440), (1080, 1920)])
@pytest.mark.parametrize("tag", ["ja-simple", "my", "vi"])
def test_every_page_in_other_windows(typesetter: Typesetter, tag: str, size: tuple[int, int]) -> None:
    frame = Frame(*size)
    assert wrong(typesetter, frame, samples(shop(), directory(), frame, tag)) == []


def test_the_gallery_has_every_page() -> None:
    names = {
        sheet.name.split("-")[0] for sheet in samples(shop(), directory(), Frame(1280, 800), "en").values()
    }
    assert names == {
        "language", "other", "notice", "caller", "topic", "question", "restart", "change", "text", "idle",
        "cleared", "speak", "type", "confirm", "review", "referral", "done",
        "care", "numbers", "guide", "book", "return", "word",
    }  # fmt: skip


@pytest.mark.parametrize("count", [1, 2, 3, 7])
@pytest.mark.parametrize("text", ["", "가나다", "One. Two! Three? Four.", "はい。いいえ。" * 30, "x" * 100])
def test_portions_lose_nothing(text: str, count: int) -> None:
    parts = portions(text, count)
    assert len(parts) == count
    assert "".join(parts).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize("tag", ["ja-simple", "my"])
def test_a_warning_does_not_touch_its_border(typesetter: Typesetter, tag: str) -> None:
    frame = Frame(1280, 800)
    sheet = samples(shop(), directory(), frame, tag)["speak-lost"]
    strip = next(part for part in sheet.parts if isinstance(part, Panel) and part.fill == "warm_bg")
    painter = Painter(typesetter, frame)
    inks = [item for part in sheet.parts for item in painter.lay(part) if isinstance(item, Ink)]
    (warning,) = (ink_box(ink) for ink in inks if ink.colour == "warm_ink")
    assert strip.box.bottom - warning.bottom >= 8
    assert warning.y - strip.box.y >= 4
