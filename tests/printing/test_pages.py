"""Where A4 pages go: a printer that says what became of its job, a folder for its owner only."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.errors import Trouble
from kiosk.printing.ipp import ABORTED, CANCELED, COMPLETED, PENDING, PROCESSING, STOPPED
from kiosk.printing.pages import PRINTED_S, CupsPages, FolderPages, NoPages, page_printer

JOB = "office-12"
Cups = Callable[..., Path]


@pytest.fixture
def cups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cups:
    """lp, lpstat and cancel as CUPS has them."""

    def make(lp: str = f'echo "request id is {JOB} (0 file(s))"') -> Path:
        folder = tmp_path / "bin"
        folder.mkdir()
        scripts = {
            "lp": f'echo "$@" > {folder}/lp.said; cat > {folder}/lp.pdf; {lp}',
            "lpstat": "echo /run/cups/cups.sock",
            "cancel": f'echo "$@" > {folder}/cancel.said',
        }
        for name, script in scripts.items():
            path = folder / name
            path.write_text(f"#!/bin/sh\n{script}\n")
            path.chmod(0o755)
        monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
        return folder

    return make


def printer(*states: int, reasons: frozenset[str] = frozenset()) -> CupsPages:
    """One whose job goes through the states and stays in the last; with a clock of its own: every pause is a
    long one."""
    now, left = [0.0], list(states)

    def pause(_seconds: float) -> None:
        now[0] += PRINTED_S / 3

    def ask(server: str, number: int, _timeout: float) -> tuple[int, frozenset[str]]:
        assert (server, number) == ("/run/cups/cups.sock", 12)
        return (left.pop(0) if len(left) > 1 else left[0]), reasons

    return CupsPages("office", clock=lambda: now[0], pause=pause, ask=ask)


def test_printed_is_what_cups_says_was_completed(cups: Cups) -> None:
    folder = cups()
    assert printer(PENDING, PROCESSING, COMPLETED).print(b"%PDF-1.4 x", "A012-letter").printed
    assert (folder / "lp.pdf").read_bytes() == b"%PDF-1.4 x"
    said = (folder / "lp.said").read_text()
    assert "-d office" in said
    assert "media=A4" in said
    assert "A012" not in said


def test_a_cancelled_job_was_not_printed(cups: Cups) -> None:
    cups()
    for state in (CANCELED, ABORTED):
        with pytest.raises(Trouble, match="pages_printer"):
            printer(PROCESSING, state).print(b"x", "A012")
    with pytest.raises(Trouble, match="pages_printer"):
        printer(COMPLETED, reasons=frozenset({"job-completed-with-errors"})).print(b"x", "A012")


def test_a_cups_that_falls_silent_has_not_printed(cups: Cups) -> None:
    cups()

    def silent(_server: str, _number: int, _timeout: float) -> tuple[int, frozenset[str]]:
        raise ConnectionRefusedError

    with pytest.raises(Trouble, match="pages_printer"):
        CupsPages(ask=silent).print(b"x", "A012")


def test_a_job_that_waits_is_taken_back(cups: Cups) -> None:
    folder = cups()
    with pytest.raises(Trouble, match="pages_waiting"):
        printer(STOPPED).print(b"x", "A012")
    assert JOB in (folder / "cancel.said").read_text()


def test_a_printer_that_is_away(cups: Cups) -> None:
    cups(lp='echo "lp: The printer or class does not exist." >&2; exit 1')
    with pytest.raises(Trouble, match="pages_printer"):
        printer(PENDING).print(b"x", "A012")


def test_an_answer_that_names_no_job(cups: Cups) -> None:
    cups(lp="true")
    with pytest.raises(Trouble, match="pages_printer"):
        printer(PENDING).print(b"x", "A012")


def test_no_cups_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Trouble, match="pages_cups"):
        printer(PENDING).print(b"x", "A012")


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
