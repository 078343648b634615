from __future__ import annotations

import os
import socket
import stat
from datetime import date, timedelta
from pathlib import Path

import pytest
from PIL import Image

from kiosk.errors import Trouble
from kiosk.printing import printers
from kiosk.printing.lines import NetworkLine
from kiosk.printing.printers import EscposPrinter, FilePrinter, erase_slips, printer_for
from tests.printing.fake_printer import FakePrinter

DAY = date(2026, 11, 20)


@pytest.fixture
def slip() -> Image.Image:
    return Image.effect_noise((576, 1400), 90).convert("1")


def unpack(job: bytes) -> Image.Image:
    """The picture in a job: every GS v 0 raster piece below the one before."""
    rows: list[bytes] = []
    width = 0
    at = job.find(b"\x1dv0")
    while at >= 0:
        width = job[at + 4] + 256 * job[at + 5]
        height = job[at + 6] + 256 * job[at + 7]
        body = job[at + 8 : at + 8 + width * height]
        rows.append(body)
        at = job.find(b"\x1dv0", at + 8 + width * height)
    data = bytes(255 - byte for byte in b"".join(rows))
    return Image.frombytes("1", (width * 8, len(data) // width), data)


def test_a_job_holds_the_slip_dot_for_dot(slip: Image.Image) -> None:
    assert unpack(printers.job(slip)).tobytes() == slip.tobytes()


def test_file_printer_leaves_png_and_pdf(slip: Image.Image, tmp_path: Path) -> None:
    FilePrinter(tmp_path / "slips").print(slip, "A012")
    with Image.open(tmp_path / "slips" / "A012.png") as kept:
        assert kept.convert("1").tobytes() == slip.tobytes()
    assert (tmp_path / "slips" / "A012.pdf").read_bytes().startswith(b"%PDF-")
    assert sorted(p.name for p in (tmp_path / "slips").iterdir()) == ["A012.pdf", "A012.png"]


def test_slips_are_for_their_owner_only(slip: Image.Image, tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        printer_for("file", "", tmp_path / "slips", DAY).print(slip, "A012")
        printer_for("escpos-file", "", tmp_path / "slips", DAY).print(slip, "A012")
    finally:
        os.umask(before)
    folder = tmp_path / "slips" / "2026-11-20"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {p.name: stat.S_IMODE(p.stat().st_mode) for p in folder.iterdir()} == dict.fromkeys(
        ("A012.png", "A012.pdf", "slip.escpos"), 0o600
    )


def test_a_slip_is_not_written_through_a_link(slip: Image.Image, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("untouched")
    (tmp_path / "slips").mkdir()
    (tmp_path / "slips" / ".A012.png.part").symlink_to(victim)
    (tmp_path / "slips" / "A012.png").symlink_to(victim)
    FilePrinter(tmp_path / "slips").print(slip, "A012")
    assert victim.read_text() == "untouched"
    assert not (tmp_path / "slips" / "A012.png").is_symlink()


def test_slips_of_the_same_number_on_two_days_are_two(slip: Image.Image, tmp_path: Path) -> None:
    for day in (DAY, DAY + timedelta(days=1)):
        printer_for("file", "", tmp_path, day).print(slip, "A001")
    assert len(list(tmp_path.rglob("A001.png"))) == 2


def test_old_slips_are_erased_and_nothing_else(slip: Image.Image, tmp_path: Path) -> None:
    for day in (DAY - timedelta(days=1), DAY):
        printer_for("file", "", tmp_path, day).print(slip, "A001")
    (tmp_path / "2026-01-01").write_text("an office's own file")
    (tmp_path / "photos").mkdir()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "kept").write_text("x")
    (tmp_path / "2025-01-01").symlink_to(elsewhere)
    erase_slips(tmp_path, DAY)
    left = {"2026-11-20", "2026-01-01", "photos", "elsewhere", "2025-01-01"}
    assert {p.name for p in tmp_path.iterdir()} == left
    assert (elsewhere / "kept").exists()


def test_erasing_where_nothing_was_printed_is_fine(tmp_path: Path) -> None:
    erase_slips(tmp_path / "slips", DAY)


def test_file_printer_says_so_when_it_cannot_write(slip: Image.Image, tmp_path: Path) -> None:
    (tmp_path / "slips").write_text("a file where the folder should be")
    with pytest.raises(Trouble) as told:
        FilePrinter(tmp_path / "slips").print(slip, "A012")
    assert told.value.key == "trouble.printer_missing"


def test_network_printer_prints(slip: Image.Image) -> None:
    with FakePrinter() as printer:
        printer_for("escpos-network", f"127.0.0.1:{printer.port}", Path()).print(slip, "A012")
        assert unpack(bytes(printer.received)).tobytes() == slip.tobytes()


@pytest.mark.parametrize(
    ("fault", "key", "sent"),
    [
        ("silent", "trouble.printer_offline", False),
        ("paper", "trouble.printer_paper", False),
        ("cover", "trouble.printer_cover", False),
        ("stalls", "trouble.printer_offline", True),
        ("late", "trouble.printer_offline", True),
        ("runs_out", "trouble.printer_paper", True),
    ],
)
def test_only_a_status_reply_means_printed(
    slip: Image.Image, fault: str, key: str, sent: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printers, "FIRST_ANSWER_S", 0.2)
    monkeypatch.setattr(printers, "JOB_ANSWER_S", 0.2)
    with FakePrinter(fault) as printer:
        port = printer.port
        with pytest.raises(Trouble) as told:
            EscposPrinter(lambda: NetworkLine("127.0.0.1", port)).print(slip, "A012")
        assert told.value.key == key
        assert (b"\x1dv0" in printer.received) is sent


def test_nobody_listens(slip: Image.Image) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(Trouble) as told:
        printer_for("escpos-network", f"127.0.0.1:{port}", Path()).print(slip, "A012")
    assert told.value.key == "trouble.printer_offline"


def test_missing_device(slip: Image.Image, tmp_path: Path) -> None:
    with pytest.raises(Trouble) as told:
        printer_for("escpos-device", str(tmp_path / "lp0"), tmp_path).print(slip, "A012")
    assert told.value.key == "trouble.printer_missing"


def test_a_device_that_never_answers_has_not_printed(
    slip: Image.Image, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pty

    monkeypatch.setattr(printers, "FIRST_ANSWER_S", 0.2)
    master, slave = pty.openpty()
    try:
        with pytest.raises(Trouble) as told:
            printer_for("escpos-device", os.ttyname(slave), Path()).print(slip, "A012")
        assert told.value.key == "trouble.printer_offline"
    finally:
        os.close(master)
        os.close(slave)


@pytest.mark.parametrize("target", ["", "printer", "host:", ":9100x"])
def test_a_bad_address_is_told(target: str) -> None:
    with pytest.raises(Trouble):
        printer_for("escpos-network", target, Path())


def test_no_printer_is_said(slip: Image.Image) -> None:
    with pytest.raises(Trouble) as told:
        printer_for("none", "", Path()).print(slip, "A012")
    assert told.value.key == "trouble.printer_missing"
