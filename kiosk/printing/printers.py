"""Printers. Returning means printed; anything else is a Trouble with what to do.

`file` writes the slip as PNG and PDF; the others send ESC/POS, encoded by python-escpos. A device or network
printer counts as having printed only when it answers, after the job, that it has worked it off: sending
alone proves nothing (a stalled printer swallows a whole job without an error).
"""

from __future__ import annotations

import contextlib
import fcntl
import io
import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from kiosk.errors import Trouble
from kiosk.printing.lines import DeviceLine, Kind, NetworkLine, PrinterLine

if TYPE_CHECKING:
    from PIL import Image

# Epson's ESC/POS reference: DLE EOT n asks at once, GS r 1 is answered in turn, behind the job's data.
ASK_PRINTER, ASK_OFFLINE, ASK_PAPER = b"\x10\x04\x01", b"\x10\x04\x02", b"\x10\x04\x04"
ASK_PAPER_IN_TURN = b"\x1dr\x01"
AT_ONCE, IN_TURN = Kind(0x93, 0x12), Kind(0x90, 0x00)
"""The fixed bits of the two kinds of answers, from the same reference."""
OFFLINE, COVER_OPEN, PAPER_END, PAPER_END_IN_TURN = 0x08, 0x04, 0x60, 0x0C
FIRST_ANSWER_S = 2.0
JOB_ANSWER_S = 20.0
"""A long slip takes about ten seconds on a slow portable printer."""
DOTS_PER_INCH = 203


class Printer(Protocol):
    """Anything that prints a 1-bit slip. `name` is for file names: the number, nothing about the person."""

    def print(self, slip: Image.Image, name: str) -> None: ...


class NoPrinter:
    """An office that prints nothing: the number stays on the screen."""

    def print(self, slip: Image.Image, name: str) -> None:  # noqa: ARG002
        raise Trouble("trouble.printer_missing", log="no printer is set up")


class FilePrinter:
    """PNG and PDF into a folder, each whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def print(self, slip: Image.Image, name: str) -> None:
        for kind, options in (("PNG", {"dpi": (DOTS_PER_INCH,) * 2}), ("PDF", {"resolution": DOTS_PER_INCH})):
            held = io.BytesIO()
            slip.save(held, kind, **options)
            write_whole(self._folder / f"{name}.{kind.lower()}", held.getvalue())


class EscposFile:
    """The bytes of the job in a file, for a print server or a test."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def print(self, slip: Image.Image, name: str) -> None:  # noqa: ARG002
        write_whole(self._path, job(slip))


class EscposPrinter:
    """A thermal printer on a device file or a network port; `connect` opens the line to it."""

    def __init__(self, connect: Callable[[], PrinterLine]) -> None:
        self._connect = connect

    def print(self, slip: Image.Image, name: str) -> None:  # noqa: ARG002
        data = job(slip)
        with self._connect() as line:
            self._ready(line)
            line.send(data)
            reply = line.ask(ASK_PAPER_IN_TURN, JOB_ANSWER_S, IN_TURN)
            if reply is None:
                raise Trouble("trouble.printer_offline", log="no status after the job")
            if reply & PAPER_END_IN_TURN:
                raise Trouble("trouble.printer_paper", log="paper ended during the job")

    def _ready(self, line: PrinterLine) -> None:
        """Raise where the printer says it cannot print, before a job is wasted on it."""
        state = line.ask(ASK_PRINTER, FIRST_ANSWER_S, AT_ONCE)
        if state is None:
            raise Trouble("trouble.printer_offline", log="no answer to a status request")
        if (line.ask(ASK_PAPER, FIRST_ANSWER_S, AT_ONCE) or 0) & PAPER_END:
            raise Trouble("trouble.printer_paper", log="paper end sensor")
        if state & OFFLINE:
            if (line.ask(ASK_OFFLINE, FIRST_ANSWER_S, AT_ONCE) or 0) & COVER_OPEN:
                raise Trouble("trouble.printer_cover", log="cover open")
            raise Trouble("trouble.printer_offline", log="printer says it is offline")


def job(slip: Image.Image) -> bytes:
    """The ESC/POS bytes of a slip: reset, raster image, feed and cut."""
    from escpos.printer import Dummy

    printer = Dummy()
    # python-escpos prints a hint about unknown paper widths; the width is ours to know.
    with contextlib.redirect_stdout(io.StringIO()):
        printer.hw("INIT")
        printer.image(slip, impl="bitImageRaster", fragment_height=512)
        printer.cut()
    return bytes(printer.output)


def printer_for(kind: str, target: str, folder: Path, day: date | None = None) -> Printer:
    """The printer of the office settings. What is written without an address of its own goes into `folder`,
    each day into a folder of its own where `day` is given: numbers begin anew every day."""
    if day is not None:
        folder /= day.isoformat()
    if kind == "file":
        return FilePrinter(folder)
    if kind == "escpos-file":
        return EscposFile(Path(target).expanduser() if target else folder / "slip.escpos")
    if kind == "escpos-device":
        return EscposPrinter(lambda: DeviceLine(Path(target)))
    if kind == "escpos-network":
        host, _, port = target.rpartition(":")
        if not host or not port.isdigit():
            raise Trouble("trouble.printer_missing", log="target must be host:port")
        return EscposPrinter(lambda: NetworkLine(host, int(port)))
    return NoPrinter()


def slips_before(folder: Path, day: date) -> Iterator[Path]:
    """The folders of days before `day` among those the file printer was given, one a day: `2026-11-20`."""
    for found in sorted(folder.iterdir()) if folder.is_dir() else ():
        try:
            kept = date.fromisoformat(found.name)
        except ValueError:
            continue
        if kept < day and found.is_dir() and not found.is_symlink():
            yield found


def erase_slips(folder: Path, day: date) -> None:
    """Delete the slips of days before `day`: they say what the tickets say. Raises Trouble."""
    try:
        for old in slips_before(folder, day):
            # Another process of the office may be at the same folder.
            with contextlib.suppress(FileNotFoundError):
                for file in old.iterdir():
                    file.unlink(missing_ok=True)
                old.rmdir()
    except OSError as fault:
        raise Trouble("trouble.store_failed", log=f"erasing slips failed: {fault.strerror}") from fault


def write_whole(path: Path, data: bytes, trouble: str = "trouble.printer_missing") -> None:
    """The file appears whole or not at all, for its owner only: a slip tells where somebody was. Raises
    Trouble(trouble)."""
    beside = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with _alone(path.parent):
            try:
                beside.unlink(missing_ok=True)
                handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
                with os.fdopen(handle, "wb") as file:
                    file.write(data)
                    file.flush()
                    os.fsync(file.fileno())
                beside.replace(path)
            except OSError:
                with contextlib.suppress(OSError):
                    beside.unlink()
                raise
    except OSError as fault:
        # Also where the disk is full: that sentence would say the answers were not kept, and they were.
        raise Trouble(trouble, log=f"cannot write a paper: {fault.strerror}") from fault


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One thread of one process writes into the folder at a time: two kiosks may print into one file.

    Raises OSError.
    """
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        with contextlib.suppress(OSError):  # A print server's disk may know no locks.
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
