"""The font files on this machine, found by name, and the faces opened from them."""

from __future__ import annotations

import functools
import os
from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from kiosk.errors import Trouble
from kiosk.text import metrics
from kiosk.text.cmap import CharacterMap, read_cmap

if TYPE_CHECKING:
    from PIL._imaging import ImagingCore
    from PIL.ImageFont import FreeTypeFont

    Glyphs = tuple[ImagingCore, int, int]

LATIN = "NotoSans"
RUBY = "NotoSansCJKjp"

# One file holds all four; the glyphs a language sees differ (verified with FreeType's family names).
_COLLECTION = {"NotoSansCJKjp": 0, "NotoSansCJKkr": 1, "NotoSansCJKsc": 2, "NotoSansCJKtc": 3}

# Families whose letters are not sized as Latin. The order is the order of trial for a character that
# none of a language's own fonts has.
_SCRIPT_OF = {
    "NotoSans": "Latn",
    "NotoSansCJKjp": "Jpan",
    "NotoSansCJKkr": "Kore",
    "NotoSansCJKsc": "Hans",
    "NotoSansCJKtc": "Hant",
    "NotoSansDevanagari": "Deva",
    "NotoSansMyanmar": "Mymr",
    "NotoSansThai": "Thai",
    "NotoSansKhmer": "Khmr",
    "NotoSansLao": "Laoo",
    "NotoSansSinhala": "Sinh",
    "NotoSansBengali": "Beng",
    "NotoNaskhArabic": "Arab",
    "NotoNastaliqUrdu": "Aran",
    "NotoSansTamil": "Taml",
    "NotoSansHebrew": "Hebr",
    "NotoSansEthiopic": "Ethi",
    "NotoSansGeorgian": "Geor",
    "NotoSansArmenian": "Armn",
    "NotoSansMongolian": "Mong",
    "NotoSansSymbols": "Zsym",
    "NotoSansSymbols2": "Zsym",
    "NotoSansMath": "Zmth",
}
FALLBACK = tuple(family for family in _SCRIPT_OF if family != "NotoNastaliqUrdu")

_OPEN_FACES = 96
_KNOWN_WIDTHS = 8192
_KNOWN_GLYPHS = 4096


class Family:
    """One typeface in its two weights. `regular` and `bold` are the same file where there is no bold."""

    def __init__(self, name: str, regular: Path, bold: Path) -> None:
        self.name = name
        self.index = _COLLECTION.get(name, 0)
        self.script = _SCRIPT_OF.get(name, "Latn")
        self.factor = metrics.of_script(self.script).size
        self._files = (regular, bold)
        self._map: CharacterMap | None = None

    def file(self, bold: bool) -> Path:
        return self._files[bold]

    def has(self, character: str) -> bool:
        """Whether both weights have the character; Noto's weights share one character map."""
        if self._map is None:
            self._map = read_cmap(self._files[0], self.index)
        return character in self._map


@dataclass(frozen=True)
class Shaped:
    """A run as HarfBuzz needs it; `size` is px with the script's factor."""

    text: str
    family: Family
    size: float
    bold: bool
    direction: Literal["ltr", "rtl"]
    language: str


class Library:
    """The families found on this machine, and a bounded number of opened faces."""

    def __init__(self, needed: Iterable[str]) -> None:
        """Trouble("trouble.fonts_missing", fonts=…) names every needed family that was not found."""
        wanted = list(dict.fromkeys((LATIN, RUBY, *needed)))
        self.families = _find(dict.fromkeys((*wanted, *FALLBACK)))
        missing = [name for name in wanted if name not in self.families]
        if missing:
            raise Trouble(
                "trouble.fonts_missing",
                log=f"not found: {', '.join(missing)}; looked in {', '.join(map(str, _folders()))}",
                fonts=", ".join(missing),
            )
        # HarfBuzz starts afresh at every call, up to 2 ms in Nastaliq: what was measured is kept, and
        # the small pictures of single characters, of which readings are made.
        self.face = functools.lru_cache(_OPEN_FACES)(_open)
        self._remember()

    def apart(self) -> Library:
        """The same faces; what is measured and drawn with it is kept there, and gone with it."""
        other = copy(self)
        other._remember()
        return other

    def _remember(self) -> None:
        self.width = functools.lru_cache(_KNOWN_WIDTHS)(self._measure)
        self.glyphs = functools.lru_cache(_KNOWN_GLYPHS)(self.render)

    def _measure(self, shaped: Shaped) -> float:
        """Advance in px."""
        face = self.face(shaped.family, shaped.size, shaped.bold)
        return face.getlength(shaped.text, direction=shaped.direction, language=shaped.language)

    def render(self, shaped: Shaped, phase: float = 0.0) -> Glyphs:
        """The ink from an origin `phase` (0 to 1) px right of a whole pixel, and its place from there."""
        core, (dx, dy) = self.face(shaped.family, shaped.size, shaped.bold).getmask2(
            shaped.text,
            "L",
            direction=shaped.direction,
            language=shaped.language,
            anchor="ls",
            start=(phase, 0),
        )
        return core, dx, dy


def _open(family: Family, size: float, bold: bool) -> FreeTypeFont:
    from PIL import ImageFont

    return ImageFont.truetype(
        family.file(bold), size, index=family.index, layout_engine=ImageFont.Layout.RAQM
    )


def _folders() -> list[Path]:
    named = os.environ.get("MADOGUCHI_FONTS")
    home = Path.home()
    folders = [Path(part) for part in named.split(os.pathsep)] if named else []
    return [*folders, home / ".local/share/fonts", home / ".fonts", Path("/usr/local/share/fonts"),
            Path("/usr/share/fonts")]  # fmt: skip


def _names(family: str) -> tuple[list[str], list[str]]:
    # The file names of Debian's packages; .otf and single-language files are what Noto publishes.
    stems = ["NotoSansCJK-{}.ttc"] if family in _COLLECTION else [family + "-{}.ttf", family + "-{}.otf"]
    return [stem.format("Regular") for stem in stems], [stem.format("Bold") for stem in stems]


def _find(families: Iterable[str]) -> dict[str, Family]:
    files: dict[str, Path] = {}
    for path in _font_files():
        files.setdefault(path.name, path)
    found: dict[str, Family] = {}
    for family in families:
        regular, bold = ([files[name] for name in names if name in files] for names in _names(family))
        if regular:
            found[family] = Family(family, regular[0], (bold or regular)[0])
    return found


def _font_files() -> Iterator[Path]:
    for folder in _folders():
        for parent, _, names in os.walk(folder):
            for name in names:
                if name.startswith("Noto"):
                    yield Path(parent, name)
