"""Where A4 pages go: a printer that says what became of its job, a folder for its owner only."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.errors import Trouble
from kiosk.printing.pages import PRINTED_S, CupsPages, FolderPages, NoPages, page_printer

JOB = "office-12"
DONE = f"""{JOB}  staff  1024  Fri Nov 20 10:42:00 2026
\tStatus:
\tAlerts: job-completed-successfully
\tqueued for office
"""
LOST = DONE.replace("job-completed-successfully", "job-canceled-by-user")
OTHERS = DONE.replace(JOB, "office-1")

Cups = Callable[..., Path]


@pytest.fixture
def cups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cups:
    """lp, lpstat and cancel as CUPS has them: lpstat answers with one file after the other."""

    def make(*answers: str, lp: str = f'echo "request id is {JOB} (0 file(s))"') -> Path:
        folder = tmp_path / "bin"
        folder.mkdir()
        for place, answer in enumerate(answers):
            (folder / f"answer.{place}").write_text(answer)
        (folder / "count").write_text("0")
        scripts = {
            "lp": f'echo "$@" > {folder}/lp.said; cat > {folder}/lp.pdf; {lp}',
            "lpstat": f"n=$(cat {folder}/count); echo $((n + 1)) > {folder}/count; "
            f"[ -f {folder}/answer.$n ] && cat {folder}/answer.$n; exit 0",
            "cancel": f'echo "$@" > {folder}/cancel.said',
        }
        for name, script in scripts.items():
            path = folder / name
            path.write_text(f"#!/bin/sh\n{script}\n")
            path.chmod(0o755)
        monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
        return folder

    return make


def printer() -> CupsPages:
    """With a clock of its own: every pause is a long one."""
    now = [0.0]

    def pause(_seconds: float) -> None:
        now[0] += PRINTED_S / 3

    return CupsPages("office", clock=lambda: now[0], pause=pause)


def test_printed_is_what_lpstat_says_was_printed(cups: Cups) -> None:
    folder = cups("", OTHERS, OTHERS + DONE)
    assert printer().print(b"%PDF-1.4 x", "A012-letter").printed
    assert (folder / "lp.pdf").read_bytes() == b"%PDF-1.4 x"
    said = (folder / "lp.said").read_text()
    assert "-d office" in said
    assert "media=A4" in said
    assert "A012" not in said
    assert (folder / "count").read_text().strip() == "3"


def test_a_cancelled_job_was_not_printed(cups: Cups) -> None:
    cups(OTHERS + LOST)
    with pytest.raises(Trouble, match="pages_printer"):
        printer().print(b"x", "A012")


def test_a_job_that_waits_is_taken_back(cups: Cups) -> None:
    folder = cups(OTHERS)
    with pytest.raises(Trouble, match="pages_waiting"):
        printer().print(b"x", "A012")
    assert JOB in (folder / "cancel.said").read_text()


def test_a_printer_that_is_away(cups: Cups) -> None:
    cups(lp='echo "lp: The printer or class does not exist." >&2; exit 1')
    with pytest.raises(Trouble, match="pages_printer"):
        printer().print(b"x", "A012")


def test_an_answer_that_names_no_job(cups: Cups) -> None:
    cups(lp="true")
    with pytest.raises(Trouble, match="pages_printer"):
        printer().print(b"x", "A012")


def test_no_cups_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Trouble, match="pages_cups"):
        printer().print(b"x", "A012")


def test_a_folder_is_for_its_owner_only(tmp_path: Path) -> None:
    folder = tmp_path / "letters" / "2026-11-20"
    output = page_printer("folder", "", folder).print(b"%PDF", "A012-card")
    path = folder / "A012-card.pdf"
    assert (output.printed, output.place) == (False, "letters/2026-11-20/A012-card.pdf")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_full_disk_leaves_no_half_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(Trouble, match="pages_folder"):
        FolderPages(tmp_path).print(b"%PDF", "A012-card")
    assert list(tmp_path.iterdir()) == []


def test_an_office_without_a_page_printer_says_so() -> None:
    assert isinstance(page_printer("none", "", Path()), NoPages)
    with pytest.raises(Trouble, match="pages_none"):
        NoPages().print(b"x", "A012")
