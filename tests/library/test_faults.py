"""Killed in the middle, and a disk that really fills up."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.app.library import places
from kiosk.app.library.library import Library
from kiosk.app.library.task import Progress, Task
from kiosk.errors import Trouble
from kiosk.speech.models import find_model
from tests.library.conftest import KOREAN, QUICK, SPEECH, Office, a_zip
from tests.library.server import Host

SMALL = "vosk-model-small-ko-0.22"
NEWER = SPEECH | {"README": b"a newer one\n"}


def _die_at(data: Path, phase: str, nth: int) -> None:
    """Fetch, and end as a power cut ends it at the n-th word of progress in a phase."""
    left = nth

    def tell(now: Progress) -> None:
        nonlocal left
        if now.phase == phase:
            left -= 1
            if left == 0:
                os._exit(9)

    library = Library(data, QUICK)
    library.fetch(library.plan([SMALL]), Task(tell))


@pytest.mark.parametrize(
    ("phase", "nth"), [("fetch", 1), ("check", 1), ("unpack", 1), ("check", 3), ("check", 4)]
)
def test_a_killed_fetch_leaves_the_old_model_and_the_next_one_mends(
    office: Office, phase: str, nth: int
) -> None:
    office.speech(SMALL, "ko", a_zip(SPEECH))
    office.library.fetch(office.library.plan([SMALL]), Task())
    before = office.tree()
    office.rows.clear()
    office.speech(SMALL, "ko", a_zip(NEWER))
    process = multiprocessing.get_context("spawn").Process(target=_die_at, args=(office.data, phase, nth))
    process.start()
    process.join()
    assert process.exitcode == 9
    readme = office.library.places.speech / "ko" / SMALL / "README"
    assert office.tree() == before
    assert readme.read_bytes() == SPEECH["README"]
    assert find_model(KOREAN, office.library.places.speech) is not None
    done = office.library.fetch(office.library.plan([SMALL]), Task())
    assert [one.trouble for one in done] == [None]
    assert readme.read_bytes() == NEWER["README"]
    assert [path.name for path in office.library.places.partial.iterdir()] == [".lock"]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 2 MB, where this machine lets a test have one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if made.returncode:
        pytest.skip("no disk may be mounted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_disk_that_fills_up_keeps_the_old_model(
    small_disk: Path, host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "RESERVE", 0)
    office = Office(small_disk / "data", host)
    office.speech(SMALL, "ko", a_zip(SPEECH))
    office.library.fetch(office.library.plan([SMALL]), Task())
    before = office.tree()
    office.rows.clear()
    large = a_zip(SPEECH | {"graph/words": os.urandom(3_000_000)})
    # Nobody says how large it is, so that only the disk itself can stop it.
    office.speech(SMALL, "ko", large, *["unsized"] * 9, bytes=0, md5="")
    with pytest.raises(Trouble) as met:
        office.library.fetch(office.library.plan([SMALL]), Task())
    assert met.value.key == "trouble.library_full"
    assert office.tree() == before
    assert find_model(KOREAN, office.library.places.speech) is not None
    # And where it is said, it is not begun.
    office.rows.clear()
    office.speech(SMALL, "ko", large)
    with pytest.raises(Trouble) as met:
        office.library.fetch(office.library.plan([SMALL]), Task())
    assert met.value.key == "trouble.library_space"
