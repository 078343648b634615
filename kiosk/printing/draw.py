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
    if slip.kind == "guide":
        _guide(roll, slip)
    else:
        _office(roll, slip)
        roll.rule()
        if slip.kind == "referral":
            _places(roll, slip)
            _referred(roll, slip)
        else:
            _visit(roll, slip)
    return roll.finish()


def _visit(roll: Roll, slip: Slip) -> None:
    """The number first, large; then what happens next, and the places after the code that brings one back."""
    _number(roll, slip)
    roll.rule()
    for line in slip.lines:
        _step(roll, line, slip.language)
    _keep(roll, slip)
    if slip.places or slip.bring:
        roll.rule()
        _places(roll, slip)
    roll.rule()
    _foot(roll, slip)
    roll.text(slip.stamp, "ja", size=26, centre=True)


def _referred(roll: Roll, slip: Slip) -> None:
    """The places are what counts: the number stands small below them."""
    _keep(roll, slip)
    roll.rule()
    roll.text(f"{slip.number_word}  {slip.number}", slip.language, size=32, bold=True, centre=True)
    roll.text(slip.stamp, "ja", size=26, centre=True)


def _guide(roll: Roll, slip: Slip) -> None:
    """The topic first; whose paper it is stands below, where it says whom to ask."""
    _places(roll, slip)
    roll.rule()
    _foot(roll, slip)
    _office(roll, slip)
    roll.text(slip.stamp, "ja", size=26, centre=True)


def _office(roll: Roll, slip: Slip) -> None:
    roll.text(slip.office_ja, "ja", size=30, bold=True, centre=True)
    if slip.office:
        roll.text(slip.office, slip.language, size=26, centre=True)


def _number(roll: Roll, slip: Slip) -> None:
    roll.text(slip.number_word, slip.language, size=34, bold=True, centre=True)
    roll.space(6)
    roll.number(slip.number)
    roll.space(14)
    if slip.language not in ("ja", "ja-simple"):
        roll.text("番号", "ja", size=30, centre=True)


def _step(roll: Roll, line: Line, language: str, indent: float = 76) -> None:
    both = ((line.text, language, 30, line.strong), (line.japanese, "ja", 26, False))
    middles = [
        roll.text(text, tag, size=size, bold=bold, indent=roll.dots(indent))
        for text, tag, size, bold in both
        if text
    ]
    if line.icon:
        roll.icon(line.icon, 48, middles[0])
    roll.space(14)


def _places(roll: Roll, slip: Slip) -> None:
    if slip.title:
        roll.text(slip.title.text, slip.language, size=38, bold=True)
        if slip.title.japanese:
            roll.text(slip.title.japanese, "ja", size=28)
        roll.space(10)
    if slip.for_agency:
        _for_agency(roll, slip)
    shown: dict[str, int] = {}
    checked = {place.checked for place in slip.places}
    for figure, place in enumerate(slip.places, start=1):
        if figure > 1:
            roll.rule(dashed=True)
        _place(roll, place, slip.language, figure)
        if place.url:
            _page(roll, place.url, shown.setdefault(place.url, figure), figure)
        if place.checked and (len(checked) > 1 or figure == len(slip.places)):
            roll.text(place.checked, slip.language, size=24, centre=True)
    if slip.bring_title:
        if slip.places:
            roll.rule()
        _bring(roll, slip.bring_title, slip)


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
    roll.disc(figure, roll.text(place.name, language, size=36, bold=True, indent=indent))
    if place.name_ja:
        roll.text(place.name_ja, "ja", size=28, bold=True, indent=indent)
    roll.text(place.what, language, size=26)
    if place.what_ja and place.what_ja != place.what:
        roll.text(place.what_ja, "ja", size=26)
    roll.space(8)
    if place.telephone:
        roll.icon("phone", 44, roll.text(place.telephone, "en", size=46, bold=True, indent=indent))
    for line in place.lines:
        _step(roll, line, language, indent=64)


def _page(roll: Roll, url: str, first: int, figure: int) -> None:
    """A code with the address in letters, which tells it from the others; once on a paper, then by figure."""
    host = urlsplit(url).netloc
    if first == figure:
        roll.qr(url, 6)
        roll.text(host, "en", size=24, centre=True)
    else:
        roll.text(f"QR {first}: {host}", "en", size=24, centre=True)


def _bring(roll: Roll, title: Line, slip: Slip) -> None:
    _step(roll, title, slip.language, indent=64)
    for item in slip.bring:
        roll.tick(30, roll.text(item.text, slip.language, size=28, indent=roll.dots(64)))
        if item.japanese:
            roll.text(item.japanese, "ja", size=24, indent=roll.dots(64))
        roll.space(8)


def _keep(roll: Roll, slip: Slip) -> None:
    """The code that brings one back to the same matter."""
    if not slip.qr:
        return
    roll.rule()
    roll.qr(slip.qr, 6)
    if slip.qr_words:
        roll.text(slip.qr_words.text, slip.language, size=26, centre=True)
        if slip.qr_words.japanese:
            roll.text(slip.qr_words.japanese, "ja", size=26, centre=True)


def _foot(roll: Roll, slip: Slip) -> None:
    if slip.foot:
        roll.text(slip.foot.text, slip.language, size=28, bold=True, centre=True)
        if slip.foot.japanese:
            roll.text(slip.foot.japanese, "ja", size=26, centre=True)
        roll.space(8)
