"""A slip as one image: laid out once, for every printer and for the PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from kiosk.printing.roll import Roll
from kiosk.printing.slip import Line, Place, Slip

if TYPE_CHECKING:
    from PIL import Image

    from kiosk.text.typesetter import Typesetter


def draw(slip: Slip, typesetter: Typesetter, width: int = 576) -> Image.Image:
    """The slip as a 1-bit image `width` dots wide."""
    roll = Roll(typesetter, width)
    roll.text(slip.office_ja, "ja", size=30, bold=True, centre=True)
    if slip.office:
        roll.text(slip.office, slip.language, size=26, centre=True)
    roll.rule()
    if slip.kind == "referral":
        _places(roll, slip)
        roll.rule()
        roll.text(f"{slip.number_word}  {slip.number}", slip.language, size=32, bold=True)
        roll.text(slip.stamp, "ja", size=26)
        return roll.finish()
    _number(roll, slip)
    roll.rule()
    for line in slip.lines:
        _step(roll, line, slip.language)
    if slip.qr:
        _keep(roll, slip)
    if slip.places:
        roll.rule()
        _places(roll, slip)
    _ending(roll, slip)
    return roll.finish()


def _number(roll: Roll, slip: Slip) -> None:
    roll.text(slip.number_word, slip.language, size=34, bold=True, centre=True)
    roll.space(6)
    roll.number(slip.number)
    roll.space(14)
    if slip.language not in ("ja", "ja-simple"):
        roll.text("番号", "ja", size=30, centre=True)


def _step(roll: Roll, line: Line, language: str, indent: float = 76) -> None:
    if line.icon:
        roll.icon(line.icon, 48)
    roll.text(line.text, language, size=30, bold=line.strong, indent=roll.dots(indent))
    if line.japanese:
        roll.text(line.japanese, "ja", size=26, indent=roll.dots(indent))
    roll.space(14)


def _places(roll: Roll, slip: Slip) -> None:
    if slip.places_title:
        roll.text(slip.places_title.text, slip.language, size=38, bold=True)
        if slip.places_title.japanese:
            roll.text(slip.places_title.japanese, "ja", size=28)
        roll.space(10)
    if slip.for_agency:
        _for_agency(roll, slip)
    for index, place in enumerate(slip.places):
        if index:
            roll.rule(dashed=True)
        _place(roll, place, slip.language, index + 1)
    if slip.places:
        roll.space(6)
        for checked in dict.fromkeys(place.checked for place in slip.places):
            roll.text(checked, slip.language, size=24)


def _for_agency(roll: Roll, slip: Slip) -> None:
    top = roll.y
    roll.space(14)
    for sentence in slip.for_agency:
        roll.text(sentence, "ja", size=28, bold=True, indent=roll.dots(20))
    roll.text(slip.show, slip.language, size=26, indent=roll.dots(20))
    roll.space(14)
    roll.frame(top)
    roll.space(24)


def _place(roll: Roll, place: Place, language: str, figure: int) -> None:
    indent = roll.dots(64)
    roll.disc(figure)
    roll.text(place.name, language, size=36, bold=True, indent=indent)
    if place.name_ja:
        roll.text(place.name_ja, "ja", size=28, bold=True, indent=indent)
    roll.text(place.what, language, size=26)
    if place.what_ja and place.what_ja != place.what:
        roll.text(place.what_ja, "ja", size=26)
    roll.space(8)
    if place.telephone:
        roll.icon("phone", 44)
        roll.text(place.telephone, "en", size=46, bold=True, indent=indent)
    for line in place.lines:
        _step(roll, Line(line.text, line.japanese, line.icon, line.strong), language, indent=64)
    if place.url:
        roll.qr(place.url)
        # The address in letters tells which of two codes on the paper this one is.
        roll.text(urlsplit(place.url).netloc, "en", size=24, centre=True)


def _keep(roll: Roll, slip: Slip) -> None:
    """The number to photograph or read into a telephone."""
    roll.rule()
    roll.qr(slip.qr, 6)
    if slip.qr_words:
        roll.text(slip.qr_words.text, slip.language, size=26, centre=True)
        if slip.qr_words.japanese:
            roll.text(slip.qr_words.japanese, "ja", size=26, centre=True)


def _ending(roll: Roll, slip: Slip) -> None:
    roll.rule()
    if slip.foot:
        roll.text(slip.foot.text, slip.language, size=28, bold=True, centre=True)
        if slip.foot.japanese:
            roll.text(slip.foot.japanese, "ja", size=26, centre=True)
        roll.space(8)
    roll.text(slip.stamp, "ja", size=26, centre=True)
