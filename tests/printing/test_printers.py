from __future__ import annotations

import socket
from pathlib import Path

import pytest
from PIL import Image

from kiosk.errors import Trouble
from kiosk.printing import printers
from kiosk.printing.lines import NetworkLine
from kiosk.printing.printers import EscposPrinter, FilePrinter, printer_for
from tests.printing.fake_printer import FakePrinter


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
    import os
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
