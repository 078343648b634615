"""What CUPS answers of a job is read, whatever comes back."""

from __future__ import annotations

import socket
import struct
import threading
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.printing import ipp
from kiosk.printing.ipp import CANCELED, job_state


def value(tag: int, name: str, value: bytes) -> bytes:
    return struct.pack(f">BH{len(name)}sH{len(value)}s", tag, len(name), name.encode(), len(value), value)


STATE = value(0x23, "job-state", CANCELED.to_bytes(4, "big"))
REASONS = value(0x44, "job-state-reasons", b"job-canceled-by-user") + value(0x44, "", b"other")
ANSWER = struct.pack(">BBHI", 2, 0, 0, 1) + b"\x01" + value(0x47, "attributes-charset", b"utf-8") + b"\x02"


def asked(folder: Path, answer: bytes) -> tuple[int, frozenset[str]]:
    path = str(folder / "s")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(path)
        listener.listen()

        def serve() -> None:
            connection, _ = listener.accept()
            with connection:
                said = b""
                while not said.endswith(b"job-state-reasons\x03"):
                    said += connection.recv(65536)
                connection.sendall(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + answer)

        serving = threading.Thread(target=serve)
        serving.start()
        try:
            return job_state(path, 12, 10.0)
        finally:
            serving.join()


def test_state_and_reasons(tmp_path: Path) -> None:
    found = asked(tmp_path, ANSWER + STATE + REASONS + b"\x03")
    assert found == (CANCELED, frozenset({"job-canceled-by-user", "other"}))


@pytest.mark.parametrize(
    "answer", [b"", b"\x02\x00\x04\x06\x00\x00\x00\x01\x03", ANSWER + b"\x03", ANSWER + STATE[:-2]]
)
def test_an_answer_without_the_job(tmp_path: Path, answer: bytes) -> None:
    with pytest.raises(ValueError, match="job"):
        asked(tmp_path, answer)


def test_nobody_there(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        job_state(str(tmp_path / "none"), 1, 1.0)


@given(st.binary(max_size=200))
def test_any_answer_ends_in_values_or_a_fault(answer: bytes) -> None:
    with suppress(ValueError):
        assert all(isinstance(name, str) for name, _ in ipp._attributes(answer))
