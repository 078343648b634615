from __future__ import annotations

import io
import json
import os
import struct
import zipfile
from pathlib import Path

import pytest

from kiosk.errors import Trouble
from kiosk.translation.archive import install, verify
from kiosk.translation.packages import can_translate, pairs, route
from tests.translation.conftest import PACKAGES

METADATA = {"from_code": "ko", "to_code": "en", "package_version": "1.0", "argos_version": "1.0"}
GOOD = {
    "p/metadata.json": json.dumps(METADATA).encode(),
    "p/sentencepiece.model": b"pieces",
    "p/model/model.bin": b"weights",
}


def archive(path: Path, files: dict[str, bytes], **attributes: int) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            info = zipfile.ZipInfo("placeholder")
            info.filename = name  # as it stands, not made safe
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = attributes.get("mode", 0) << 16
            made.writestr(info, content)
    return path


def refused(path: Path, folder: Path, **options: int) -> None:
    before = {item for item in folder.parent.rglob("*") if item != folder}
    with pytest.raises(Trouble) as caught:
        install(path, folder, **options)  # type: ignore[arg-type]
    assert caught.value.key == "trouble.package_damaged"
    assert {item for item in folder.parent.rglob("*") if item != folder} == before
    assert pairs(folder) == {}


def test_a_sound_package_is_installed_and_vouched_for(tmp_path: Path) -> None:
    files = GOOD | {"p/README.md": b"read me", "p/stanza/ko.pt": b"pickle", "__MACOSX/p/._x": b""}
    pair = install(archive(tmp_path / "p.argosmodel", files), tmp_path / "models")
    assert (pair.from_code, pair.to_code, pair.version, pair.sample) == ("ko", "en", "1.0", False)
    assert pairs(tmp_path / "models") == {("ko", "en"): pair}
    names = {item.relative_to(pair.folder).as_posix() for item in pair.folder.rglob("*") if item.is_file()}
    assert names == {"metadata.json", "sentencepiece.model", "model/model.bin", "README.md", "manifest.json"}
    verify(pair.folder)


def test_installing_again_replaces(tmp_path: Path) -> None:
    install(archive(tmp_path / "p.argosmodel", GOOD), tmp_path / "models")
    changed = GOOD | {"p/model/model.bin": b"newer"}
    pair = install(archive(tmp_path / "p.argosmodel", changed), tmp_path / "models")
    assert (pair.folder / "model/model.bin").read_bytes() == b"newer"
    assert [item.name for item in (tmp_path / "models").iterdir()] == [pair.folder.name]


@pytest.mark.parametrize(
    "name",
    ["../evil", "p/../../evil", "/etc/evil", "p\\..\\evil", "C:/evil", "p/model/../../../evil", "..", "evil"],
)
def test_unsafe_paths_are_refused(tmp_path: Path, name: str) -> None:
    refused(archive(tmp_path / "p.argosmodel", GOOD | {name: b"x"}), tmp_path / "models")


@pytest.mark.parametrize("kind", [0o120777, 0o020666, 0o010644])
def test_links_and_special_files_are_refused(tmp_path: Path, kind: int) -> None:
    refused(archive(tmp_path / "p.argosmodel", GOOD, mode=kind), tmp_path / "models")


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"p/metadata.json": GOOD["p/metadata.json"]},
        {name: content for name, content in GOOD.items() if "sentencepiece" not in name},
        GOOD | {"p/metadata.json": b"not json"},
        GOOD | {"p/metadata.json": b"[1]"},
        GOOD | {"p/metadata.json": json.dumps(METADATA | {"from_code": "../../x"}).encode()},
        GOOD | {"p/metadata.json": json.dumps(METADATA | {"package_version": "1/../.."}).encode()},
        GOOD | {"p/metadata.json": b" " * 200_000 + GOOD["p/metadata.json"]},
        GOOD | {"p/model/model.bin": b""},
        GOOD | {"p/model/model.bin": bytes(10_000)},
        GOOD | {"q/second": b"x"},
    ],
)
def test_wrong_content_is_refused(tmp_path: Path, files: dict[str, bytes]) -> None:
    refused(archive(tmp_path / "p.argosmodel", files), tmp_path / "models")


def test_a_declared_bomb_is_refused(tmp_path: Path) -> None:
    path = archive(tmp_path / "p.argosmodel", GOOD | {"p/model/big": bytes(2_000_000)})
    assert path.stat().st_size < 20_000
    refused(path, tmp_path / "models", max_bytes=1_000_000)


def test_a_bomb_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    path = archive(tmp_path / "p.argosmodel", GOOD | {"p/model/big": bytes(2_000_000)})
    small = path.read_bytes().replace(struct.pack("<L", 2_000_000), struct.pack("<L", 1_000))
    path.write_bytes(small)
    refused(path, tmp_path / "models", max_bytes=1_000_000)


def test_too_many_files_are_refused(tmp_path: Path) -> None:
    files = GOOD | {f"p/model/{number}": b"x" for number in range(2_001)}
    refused(archive(tmp_path / "p.argosmodel", files), tmp_path / "models")


def test_the_catalogue_hash_is_compared(tmp_path: Path) -> None:
    path = archive(tmp_path / "p.argosmodel", GOOD)
    with pytest.raises(Trouble, match=r"trouble\.package_damaged"):
        install(path, tmp_path / "models", sha256="0" * 64)


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9, 0.999])
def test_a_cut_download_is_refused(tmp_path: Path, share: float) -> None:
    whole = PACKAGES[0].read_bytes()
    path = tmp_path / "cut.argosmodel"
    path.write_bytes(whole[: int(len(whole) * share)])
    refused(path, tmp_path / "models")


def test_a_flipped_byte_is_refused(tmp_path: Path) -> None:
    content = bytearray(PACKAGES[0].read_bytes())
    content[len(content) // 2] ^= 0x10
    path = tmp_path / "flipped.argosmodel"
    path.write_bytes(content)
    refused(path, tmp_path / "models")


def test_something_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "page.argosmodel"
    path.write_text("<html>not found</html>")
    refused(path, tmp_path / "models")
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w", zipfile.ZIP_LZMA) as made:
        for name, content in GOOD.items():
            made.writestr(name, content)
    path.write_bytes(other.getvalue())
    refused(path, tmp_path / "models")


def test_a_folder_nobody_vouches_for_is_no_ability(tmp_path: Path) -> None:
    for name, content in GOOD.items():
        target = tmp_path / "models" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    assert pairs(tmp_path / "models") == {}


@pytest.mark.parametrize("damage", ["zeros", "cut", "gone", "manifest"])
def test_damage_after_installing_is_noticed(tmp_path: Path, damage: str) -> None:
    folder = install(PACKAGES[0], tmp_path).folder
    model = folder / "model" / "model.bin"
    match damage:
        case "zeros":
            with model.open("r+b") as opened:
                opened.seek(model.stat().st_size // 2)
                opened.write(bytes(4096))
        case "cut":
            os.truncate(model, 100)
        case "gone":
            model.unlink()
        case "manifest":
            (folder / "manifest.json").write_text('{"files": {"../../x": [1, "a"]}}')
    with pytest.raises(Trouble) as caught:
        verify(folder)
    assert caught.value.key == "trouble.model_damaged"
    assert caught.value.details == {"package": folder.name}


def test_abilities_need_both_ways(tmp_path: Path) -> None:
    assert not can_translate("ko", tmp_path / "missing")
    for package in PACKAGES:
        assert not can_translate("ko", tmp_path)
        install(package, tmp_path)
    assert can_translate("ko", tmp_path)
    assert can_translate("en", tmp_path)
    assert not any(can_translate(tag, tmp_path) for tag in ("ja", "ja-simple", "vi", "pt-BR", "my", "ne"))


def test_a_full_package_goes_before_a_sample_and_a_newer_before_an_older(tmp_path: Path) -> None:
    for version, sample in (("1.0", True), ("1.9", False), ("1.10", False), ("2.0", True)):
        metadata = METADATA | {"package_version": version, "sample": sample}
        files = GOOD | {"p/metadata.json": json.dumps(metadata).encode()}
        install(archive(tmp_path / "p.argosmodel", files), tmp_path / "models")
    found = route(pairs(tmp_path / "models"), ("ko",), ("en",))
    assert found is not None
    assert [pair.version for pair in found] == ["1.10"]
