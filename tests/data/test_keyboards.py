from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.data.keyboards import faults, read_keyboard
from kiosk.ui.resident.typing import Typing

TAGS = ("ja", "ja-simple", "en", "zh-Hans", "ko", "vi", "pt-BR", "ne", "my")


@pytest.mark.parametrize("tag", TAGS)
def test_every_language_has_a_sound_keyboard(tag: str) -> None:
    assert faults(tag) == ()
    for layer in read_keyboard(tag).layers:
        keys = [key for row in layer for key in row]
        assert len(keys) == len(set(keys)), "a key stands twice"
        assert all(len(row) <= 12 for row in layer)


def pressed(tag: str, keys: str) -> str:
    typing = Typing(read_keyboard(tag))
    for key in keys.split():
        typing = typing.press(key)
    return typing.whole


@pytest.mark.parametrize(
    ("tag", "keys", "text"),
    [
        ("en", "<shift> H i <space> y o u <enter>", "Hi you\n"),
        ("ko", "ㅇ ㅜ ㅓ ㄹ ㄱ ㅡ ㅂ", "월급"),
        ("vi", "l ư ơ n g <space> t h a \u0301 n g", "lương tháng"),
        ("pt-BR", "n ã o", "não"),
        ("ja", "か ゛ い し 小", "がいし"),
        ("ne", "त ल ब", "तलब"),
        ("my", "လ စ ာ", "လစာ"),
        ("zh-Hans", "g o n g z i <space> 。", "工资。"),
        ("zh-Hans", "w o s h i z h o n g g u o r e n 。", "我是中国人。"),
        ("zh-Hans", "w o d e word:1", "我de"),
        ("zh-Hans", "g o n g z i <enter>", "gongzi"),
        ("zh-Hans", "<shift> Q R <space> m a <space>", "QR 吗"),
        ("my", "ေ က ျ ာ င ် း", "ကျောင်း"),
        ("zh-Hans", "g o n g s i <delete> <delete> <delete> <delete> <delete> <delete>", ""),
    ],
)
def test_people_can_write(tag: str, keys: str, text: str) -> None:
    assert pressed(tag, keys) == text


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("", "method"),
        ('method = "runes"\nlayers = [["a"]]', "method"),
        ('method = "plain"', "layers"),
        ('method = "plain"\nlayers = [["a b"]]', "missing"),
        ('method = "plain"\nlayers = [["<fly> <space> <delete> <symbols> <enter>"]]', "no such key"),
    ],
)
def test_a_broken_keyboard_is_told(tmp_path: Path, text: str, wrong: str) -> None:
    (tmp_path / "xx").mkdir()
    (tmp_path / "xx" / "keyboard.toml").write_text(text, encoding="utf-8")
    (found,) = faults("xx", tmp_path)
    assert wrong in found.message
