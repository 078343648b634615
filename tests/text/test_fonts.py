from __future__ import annotations

import struct
from pathlib import Path

import pytest

from kiosk.core.language import Language
from kiosk.errors import Trouble
from kiosk.text import Typesetter, fonts
from kiosk.text.cmap import CharacterMap, read_cmap
from kiosk.text.fonts import Library, Shaped


def test_missing_fonts_are_all_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "_folders", lambda: [tmp_path])
    with pytest.raises(Trouble) as caught:
        Library(["NotoSansMyanmar"])
    assert caught.value.key == "trouble.fonts_missing"
    assert caught.value.details == {"fonts": "NotoSans, NotoSansCJKjp, NotoSansMyanmar"}


def test_a_folder_of_one_s_own_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Library([]).families["NotoSans"].file(False)
    (tmp_path / "deep").mkdir()
    own = tmp_path / "deep" / "NotoSans-Regular.ttf"
    own.symlink_to(real)
    monkeypatch.setenv("MADOGUCHI_FONTS", str(tmp_path))
    assert Library([]).families["NotoSans"].file(False) == own


def test_without_raqm_nothing_is_drawn(
    languages: dict[str, Language], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("PIL.features.check", lambda _: False)
    with pytest.raises(Trouble) as caught:
        Typesetter(languages)
    assert caught.value.key == "trouble.raqm_missing"


def test_the_collection_holds_the_languages_where_we_look() -> None:
    from PIL import ImageFont

    library = Library(["NotoSansCJKkr", "NotoSansCJKsc", "NotoSansCJKtc"])
    for name, expected in (("jp", "JP"), ("kr", "KR"), ("sc", "SC"), ("tc", "TC")):
        family = library.families[f"NotoSansCJK{name}"]
        for bold in (False, True):
            face = ImageFont.truetype(family.file(bold), 20, index=family.index)
            assert face.getname() == (f"Noto Sans CJK {expected}", "Bold" if bold else "Regular")


@pytest.mark.parametrize(
    "name", ["NotoSans", "NotoSansCJKjp", "NotoSansMyanmar", "NotoSansDevanagari", "NotoNastaliqUrdu"]
)
def test_the_character_map_says_what_is_drawn(name: str) -> None:
    """A character outside the map gives the picture of the missing glyph, one inside does not."""
    library = Library([name])
    family = library.families[name]

    def picture(character: str) -> bytes:
        core, _, _ = library.render(Shaped(character, family, 30, False, "ltr", "en"))
        return bytes(core)

    box = picture("\U0010fffd")
    letters = "AéЖ한在のကनپق3→"
    assert any(family.has(letter) for letter in letters)
    for letter in letters:
        assert family.has(letter) == (picture(letter) != box), letter


def test_ranges_are_exact() -> None:
    found = CharacterMap([(100, 200), (50, 60)])
    inside = [code for code in range(300) if chr(code) in found]
    assert inside == [*range(50, 61), *range(100, 201)]


def test_a_file_that_is_no_font_is_refused(tmp_path: Path) -> None:
    for content in (b"", b"hello", struct.pack(">IHHHH", 0x10000, 0, 0, 0, 0)):
        file = tmp_path / "x.ttf"
        file.write_bytes(content)
        with pytest.raises(ValueError, match=r"x\.ttf"):
            read_cmap(file)
