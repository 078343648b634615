"""The shipped languages, and two from right to left that the room must be ready for."""

from __future__ import annotations

import pytest

from kiosk.core.language import Language
from kiosk.data.languages import read_languages
from kiosk.text import Typesetter


def _later(tag: str, script: str, font: str, direction: str = "ltr") -> Language:
    return Language(
        tag=tag,
        endonym=tag,
        english=tag,
        japanese=tag,
        direction="rtl" if direction == "rtl" else "ltr",
        script=script,
        fonts=(font, "NotoSans", "NotoSansCJKjp"),
        line_break="icu",
    )


@pytest.fixture(scope="session")
def languages() -> dict[str, Language]:
    return {
        **read_languages().by_tag,
        "ur": _later("ur", "Aran", "NotoNastaliqUrdu", "rtl"),
        "fa": _later("fa", "Arab", "NotoNaskhArabic", "rtl"),
        "th": _later("th", "Thai", "NotoSansThai"),
        "km": _later("km", "Khmr", "NotoSansKhmer"),
    }


@pytest.fixture(scope="session")
def typesetter(languages: dict[str, Language]) -> Typesetter:
    return Typesetter(languages)
