from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.data.languages import FILE, read_languages
from kiosk.text.metrics import SCRIPTS

GOOD = """
tag = "xx"
endonym = "X"
english = "X"
japanese = "X"
choose = "X"
review = "not yet"
direction = "ltr"
script = "Latn"
fonts = ["NotoSans"]
line_break = "icu"
"""


def write(folder: Path, text: str, tag: str = "xx") -> None:
    (folder / tag).mkdir()
    (folder / tag / FILE).write_text(text, "utf-8")


def test_the_shipped_languages_are_without_fault() -> None:
    languages = read_languages()
    assert languages.faults == ()
    assert set(languages.by_tag) >= {"ja", "ja-simple", "en", "zh-Hans", "ko", "vi", "pt-BR", "ne", "my"}
    for language in languages.by_tag.values():
        assert language.script in SCRIPTS
        assert language.review == "not yet reviewed by a native speaker"


def test_plain_japanese_carries_ruby() -> None:
    assert read_languages().by_tag["ja-simple"].endonym == "やさしい{日本語|にほんご}"


def test_a_good_file_is_read(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    found = read_languages(tmp_path)
    assert found.faults == ()
    assert found.by_tag["xx"].fonts == ("NotoSans",)
    assert found.by_tag["xx"].voice == ""


def test_every_fault_of_every_file_is_told_at_once(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    write(tmp_path, "tag = ", "aa")
    (tmp_path / "bb").mkdir()
    bad = GOOD.replace('"ltr"', '"up"').replace('["NotoSans"]', "[]").replace('endonym = "X"', 'voices = "x"')
    write(tmp_path, bad + 'voice = "siri"\nvosk = 3\n', "cc")
    found = read_languages(tmp_path)
    assert list(found.by_tag) == ["xx"]
    assert {(fault.file.parent.name, fault.key) for fault in found.faults} == {
        ("aa", ""),
        ("bb", ""),
        ("cc", "direction"),
        ("cc", "fonts"),
        ("cc", "endonym"),
        ("cc", "voices"),
        ("cc", "voice"),
        ("cc", "vosk"),
        ("cc", "tag"),
    }


@pytest.mark.parametrize("voice", ["openjtalk", "espeak:vi", ""])
def test_voices(tmp_path: Path, voice: str) -> None:
    write(tmp_path, GOOD + f'voice = "{voice}"\n')
    assert read_languages(tmp_path).faults == ()
