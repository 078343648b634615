"""Asks CUPS what became of a job, over IPP (RFC 8010 and 8011): one question, one answer.

`lpstat` cannot tell: CUPS 2.4 lists a job that was cancelled and one that was printed with the same words.
"""

from __future__ import annotations

import http.client
import re
import socket
import struct
from collections.abc import Iterator

PENDING, HELD, PROCESSING, STOPPED, CANCELED, ABORTED, COMPLETED = range(3, 10)
"""States of a job."""
_GET_JOB_ATTRIBUTES = 0x0009
_OPERATION, _END = 0x01, 0x03
_CHARSET, _LANGUAGE, _URI, _KEYWORD, _ENUM = 0x47, 0x48, 0x45, 0x44, 0x23
_LARGEST = 1_000_000
_PORT = 631
_NAMED = re.compile(r"(.+?)(?::(\d+))?(?:/version=.*)?")


class _Socket(http.client.HTTPConnection):
    """HTTP through the socket of the machine's own CUPS."""

    def __init__(self, path: str, timeout: float) -> None:
        super().__init__("localhost", timeout=timeout)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self._path)


def job_state(server: str, number: int, timeout: float) -> tuple[int, frozenset[str]]:
    """State and reasons of a job; `server` as `lpstat -H` names it, `timeout` in seconds. Raises OSError
    where there is no answer, ValueError where it says nothing of the job."""
    asked = _question(number)
    connection = _connection(server, timeout)
    try:
        connection.request("POST", "/", asked, {"Content-Type": "application/ipp"})
        answer = connection.getresponse().read(_LARGEST)
    except http.client.HTTPException as fault:
        raise OSError("no answer in HTTP") from fault
    finally:
        connection.close()
    found: dict[str, list[bytes]] = {}
    for name, value in _attributes(answer):
        found.setdefault(name, []).append(value)
    states = found.get("job-state", [])
    if len(answer) < 4 or answer[2] or not states or len(states[0]) != 4:
        raise ValueError("the job is not known")
    reasons = frozenset(value.decode("ascii", "replace") for value in found.get("job-state-reasons", []))
    return int.from_bytes(states[0], "big"), reasons


def _connection(server: str, timeout: float) -> http.client.HTTPConnection:
    if server.startswith("/"):
        return _Socket(server, timeout)
    named = _NAMED.fullmatch(server)
    if named is None:
        raise ValueError("no name of a server")
    return http.client.HTTPConnection(named[1].strip("[]"), int(named[2] or _PORT), timeout=timeout)


def _question(number: int) -> bytes:
    wanted = (
        (_CHARSET, "attributes-charset", "utf-8"),
        (_LANGUAGE, "attributes-natural-language", "en"),
        (_URI, "job-uri", f"ipp://localhost/jobs/{number}"),
        (_KEYWORD, "requested-attributes", "job-state"),
        (_KEYWORD, "", "job-state-reasons"),
    )
    body = b"".join(
        struct.pack(
            f">BH{len(name)}sH{len(value)}s", tag, len(name), name.encode(), len(value), value.encode()
        )
        for tag, name, value in wanted
    )
    return struct.pack(">BBHIB", 2, 0, _GET_JOB_ATTRIBUTES, 1, _OPERATION) + body + bytes([_END])


def _attributes(answer: bytes) -> Iterator[tuple[str, bytes]]:
    """Names and values after the head of eight bytes; a further value of the same name repeats it."""
    at, name = 8, ""
    try:
        while at < len(answer) and answer[at] != _END:
            if answer[at] < 0x10:
                at += 1
                continue
            (long,) = struct.unpack_from(">H", answer, at + 1)
            if long:
                name = answer[at + 3 : at + 3 + long].decode("ascii", "replace")
            at += 3 + long
            (wide,) = struct.unpack_from(">H", answer, at)
            yield name, answer[at + 2 : at + 2 + wide]
            at += 2 + wide
    except struct.error as cut:
        raise ValueError("the answer is cut off") from cut
