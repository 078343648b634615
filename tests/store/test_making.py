"""Folders that several processes find missing, or spoiled, at the same moment."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.store import files
from tests.store.at_once import AT_ONCE, at_once
from tests.store.samples import NOW, PLAIN, tiny


def _nothing(_: Path) -> None:
    return None


def _file(place: Path) -> None:
    place.write_text("no folder")


def _link_to_nothing(place: Path) -> None:
    place.symlink_to(place.with_name("nowhere"))


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("before", [_nothing, _file, _link_to_nothing])
def test_a_folder_just_made_by_another_is_never_moved_away(
    tmp_path: Path, before: Callable[[Path], None]
) -> None:
    for turn in range(40):
        folder = tmp_path / str(turn) / "store"
        folder.parent.mkdir()
        before(folder)

        def make(number: int, folder: Path = folder) -> None:
            files.make_folder(folder)
            (folder / str(number)).write_text("mine")

        at_once(make)
        assert _names(folder) == [str(number) for number in range(AT_ONCE)]
        assert len(_names(folder.parent)) == (1 if before is _nothing else 2)


def test_a_folder_that_appears_between_two_looks_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, looked = tmp_path / "store", list[Path]()
    is_dir = Path.is_dir

    def late(path: Path) -> bool:
        if path == folder and not looked:
            looked.append(path)
            folder.mkdir()
            (folder / "keys").write_text("of another process")
            return False
        return is_dir(path)

    monkeypatch.setattr(Path, "is_dir", late)
    files.make_folder(folder)
    assert looked
    assert _names(tmp_path) == ["store"]
    assert _names(folder) == ["keys"]


@pytest.mark.parametrize("spoiled", ["", ".lock", "damaged", ".lock damaged", ".lock device damaged"])
def test_stores_opened_at_once_on_a_spoiled_folder(tmp_path: Path, spoiled: str) -> None:
    for turn in range(6):
        folder = tmp_path / str(turn)
        folder.mkdir()
        for name in spoiled.split():
            if name == "damaged":
                (folder / name).symlink_to(tmp_path / "elsewhere")
            else:
                (folder / name).mkdir()
        numbers: list[str] = []

        def issue(_: int, folder: Path = folder, numbers: list[str] = numbers) -> None:
            numbers.append(tiny(folder).issue(PLAIN, language="en", at=NOW).number)

        at_once(issue)
        assert sorted(numbers) == [f"A{number:03d}" for number in range(1, AT_ONCE + 1)]
        assert {ticket.number for ticket in tiny(folder).tickets()} == set(numbers)
    assert not (tmp_path / "elsewhere").exists(), "nothing is led out of the folder"
