"""The files translations go by: every fault with its place and cure, and nothing raises."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.data.glossary import glossary_faults, quality_faults
from kiosk.paths import LANGUAGES, MODELS

TERM = """[review]
en = ""

[[term]]
ja = "在留カード"
reading = "ざいりゅうカード"
keep = true
en = { text = "residence card", source = "s1" }

[source.s1]
class = "official"
from = "an office"
"""
QUALITY = """unknown = "hint"
sample = "shown"

[bounds]
shown = 45.0
hint = 25.0

[[package]]
packages = ["ko-en 1.1"]
line = "shown"
chrf = 50.1
sentences = 20
evidence = "measured"
source = "this office"
date = 2026-11-21
"""


def test_what_ships_is_sound() -> None:
    assert glossary_faults(LANGUAGES / "glossary.toml") == ()
    assert quality_faults(MODELS / "quality.toml", shipped=True) == ()


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('reading = "ざいりゅうカード"', "", "term 在留カード.reading"),
        ("keep = true", 'keep = "yes"', "term 在留カード.keep"),
        ('text = "residence card", ', "", "term 在留カード.en.text"),
        ('source = "s1" }', 'source = "s9" }', "term 在留カード.en.source"),
        ("en = { text", "eo = { text", "term 在留カード.eo"),
        ('{ text = "residence card", source = "s1" }', '"residence card"', "term 在留カード.en"),
        ("[review]", "note = 1\n[review]", "note"),
        ("[[term]]", "[term]", "term"),
        ("keep = true", "keep = true\nalso = 3", "term 在留カード.also"),
        ('[review]\nen = ""', "review = 1", "review, source"),
        ("[[term]]", "[[term", "TOML"),
    ],
)
def test_a_fault_of_a_term_is_named(tmp_path: Path, old: str, new: str, key: str) -> None:
    file = tmp_path / "glossary.toml"
    file.write_text(TERM, "utf-8")
    assert glossary_faults(file) == ()
    file.write_text(TERM.replace(old, new, 1), "utf-8")
    assert key in [fault.key for fault in glossary_faults(file)]


def test_one_wording_for_two_terms_is_named(tmp_path: Path) -> None:
    file, (head, term) = tmp_path / "glossary.toml", TERM.split("\n\n", 1)
    second = term.replace("在留カード", "在留資格").split("\n\n")[0]
    file.write_text(f"{head}\n\n{second}\n\n{term}", "utf-8")
    (fault,) = glossary_faults(file)
    assert fault.key == "term 在留カード.en"
    assert "在留資格" in fault.message
    file.write_text(f"{head}\n\n{second}\n\n{term}".replace("keep = true", "keep = false"), "utf-8")
    assert glossary_faults(file) == ()


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('"ko-en 1.1"', '"ko-en"', "package 1.packages"),
        ('packages = ["ko-en 1.1"]', 'pair = "ko-en"', "package 1.pair"),
        ('line = "shown"', 'line = "good"', "package 1.line"),
        ("chrf = 50.1", "chrf = 501", "package 1.chrf"),
        ("sentences = 20", "sentences = 0", "package 1.sentences"),
        ("2026-11-21", '"today"', "package 1.date"),
        ('evidence = "measured"', "", "package 1.evidence"),
        ("hint = 25.0", "hint = 60", "bounds.hint"),
        ('unknown = "hint"', "", "file.unknown"),
        ("[bounds]", "[bound]", "bound"),
    ],
)
def test_a_fault_of_a_package_is_named(tmp_path: Path, old: str, new: str, key: str) -> None:
    file = tmp_path / "quality.toml"
    file.write_text(QUALITY, "utf-8")
    assert quality_faults(file, shipped=True) == ()
    file.write_text(QUALITY.replace(old, new, 1), "utf-8")
    assert key in [fault.key for fault in quality_faults(file, shipped=True)]


def test_an_offices_own_file_has_packages_alone(tmp_path: Path) -> None:
    file = tmp_path / "quality.toml"
    file.write_text(QUALITY[QUALITY.index("[[") :], "utf-8")
    assert quality_faults(file) == ()
    file.write_text(QUALITY, "utf-8")
    assert [fault.key for fault in quality_faults(file)] == ["bounds", "sample", "unknown"]


VALUES = st.recursive(
    st.text(max_size=3) | st.integers() | st.booleans() | st.floats(allow_nan=True),
    lambda inner: st.lists(inner, max_size=2),
    max_leaves=3,
)


@given(VALUES, st.sampled_from([TERM, QUALITY]), st.data())
def test_whatever_stands_in_a_field_nothing_raises(value: object, text: str, data: st.DataObject) -> None:
    from tempfile import NamedTemporaryFile

    lines = text.splitlines()
    place = data.draw(st.sampled_from([number for number, line in enumerate(lines) if " = " in line]))
    field = lines[place].partition(" = ")[0]
    lines[place] = f"{field} = {_toml(value)}"
    with NamedTemporaryFile(suffix=".toml") as opened:
        file = Path(opened.name)
        file.write_text("\n".join(lines), "utf-8")
        glossary_faults(file)
        quality_faults(file, shipped=True)


def _toml(value: object) -> str:
    if isinstance(value, str):
        return '"' + "".join(sign for sign in value if sign.isalnum()) + '"'
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return str(value)
