"""The small PO reader against polib, and how texts are given."""

from __future__ import annotations

from pathlib import Path

import polib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk import paths
from kiosk.data import catalogue
from kiosk.data.catalogue import read_po


def shipped() -> list[Path]:
    return sorted(paths.LANGUAGES.glob("*/*.po"))


@pytest.mark.parametrize("file", shipped(), ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_it_reads_what_polib_reads(file: Path) -> None:
    expected = {e.msgctxt: e.msgstr for e in polib.pofile(str(file)) if e.msgstr and not e.fuzzy}
    assert read_po(file.read_text(encoding="utf-8")) == expected


KEYS = st.from_regex(r"[a-z]+(\.[a-z]+)*", fullmatch=True)
WRITTEN = st.text(
    st.one_of(st.characters(exclude_categories=("C", "Zl", "Zp")), st.sampled_from('"\\\n\t#{}|')), min_size=1
)
"""What a translator may write: no control characters."""


@given(st.dictionaries(KEYS, WRITTEN, max_size=5))
def test_any_text_survives(texts: dict[str, str]) -> None:
    po = polib.POFile(wrapwidth=60)
    for key, words in texts.items():
        po.append(polib.POEntry(msgctxt=key, msgid="x", msgstr=words))
    expected = {e.msgctxt: e.msgstr for e in polib.pofile(str(po))} if texts else {}
    assert read_po(str(po)) == expected


def test_placeholders_are_filled_and_readings_left() -> None:
    words = catalogue.Catalogue("ja-simple", {"a": "{n}{分|ふん} {name}"})
    assert words.text("a", n=3, name="A012") == "3{分|ふん} A012"


def test_a_missing_key_is_never_filled_silently() -> None:
    words = catalogue.load("en")
    assert words.has("topic.work")
    assert not words.has("topic.nothing")
    with pytest.raises(KeyError):
        words.text("topic.nothing")
