"""A model host of this machine: serves real formats and misbehaves as real ones do."""

from __future__ import annotations

import re
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


@dataclass
class File:
    """One address. `faults` are used up one a request; with none left it is served as it should be."""

    data: bytes
    etag: str = '"one"'
    faults: list[str] = field(default_factory=list)
    kind: str = "application/zip"


@dataclass
class Host:
    """What is served, what was asked, and a gate that lets stalled answers end."""

    files: dict[str, File]
    asked: list[tuple[str, str]] = field(default_factory=list)
    """Path and Range of each request."""
    over: threading.Event = field(default_factory=threading.Event)
    port: int = 0

    def link(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def add(self, path: str, data: bytes | Path, *faults: str, **more: str) -> str:
        raw = data.read_bytes() if isinstance(data, Path) else data
        self.files[path] = File(raw, faults=list(faults), **more)
        return self.link(path)


class _Handler(BaseHTTPRequestHandler):
    host: Host
    protocol_version = "HTTP/1.1"

    def log_message(self, *_args: object) -> None:
        """Quiet."""

    def do_GET(self) -> None:
        self.host.asked.append((self.path, self.headers.get("Range", "")))
        self.close_connection = True
        file = self.host.files.get(self.path)
        if file is None:
            self._answer(404, {"Content-Length": "0"})
            return
        fault = file.faults.pop(0) if file.faults else ""
        name, _, value = fault.partition(":")
        getattr(self, f"_{name or 'whole'}")(file, value)

    def _answer(self, code: int, headers: dict[str, str]) -> None:
        self.send_response(code)
        for key, text in headers.items():
            self.send_header(key, text)
        self.end_headers()

    def _span(self, file: File) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and bytes for the request, ranges and If-Range as the standard has them."""
        headers = {"Content-Type": file.kind}
        if file.etag:
            headers["ETag"] = file.etag
        found = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
        same = self.headers.get("If-Range", file.etag) == file.etag
        if found and same:
            start = int(found[1])
            if start >= len(file.data):
                return 416, {"Content-Length": "0"}, b""
            headers["Content-Range"] = f"bytes {start}-{len(file.data) - 1}/{len(file.data)}"
            return 206, headers, file.data[start:]
        return 200, headers, file.data

    def _whole(self, file: File, _value: str) -> None:
        code, headers, data = self._span(file)
        self._answer(code, headers | {"Content-Length": str(len(data))})
        self.wfile.write(data)

    def _cut(self, file: File, value: str) -> None:
        """The connection ends after so many bytes."""
        code, headers, data = self._span(file)
        self._answer(code, headers | {"Content-Length": str(len(data))})
        self.wfile.write(data[: int(value)])

    def _stall(self, file: File, value: str) -> None:
        """So many bytes, then nothing, for as long as the test lasts."""
        self._cut(file, value)
        self.wfile.flush()
        self.host.over.wait()

    def _trickle(self, file: File, value: str) -> None:
        """So many bytes, then one byte at a time."""
        rest = iter(self._span(file)[2][int(value) :])
        self._cut(file, value)
        while not self.host.over.wait(0.01):
            self.wfile.write(bytes([next(rest)]))
            self.wfile.flush()

    def _short(self, file: File, value: str) -> None:
        """Says it has so many bytes, and sends no more."""
        _, headers, data = self._span(file)
        self._answer(200, headers | {"Content-Length": value})
        self.wfile.write(data[: int(value)])

    def _endless(self, file: File, value: str) -> None:
        """Says nothing of the size and sends so many bytes too many."""
        _, headers, data = self._span(file)
        self._answer(200, headers | {"Connection": "close"})
        self.wfile.write(data + b"x" * int(value))

    def _unsized(self, file: File, _value: str) -> None:
        self._endless(file, "0")

    def _status(self, file: File, value: str) -> None:
        del file
        self._answer(int(value), {"Content-Length": "0"})

    def _page(self, file: File, _value: str) -> None:
        del file
        text = b"<html>Please log in to the Wi-Fi</html>"
        self._answer(200, {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(text))})
        self.wfile.write(text)

    def _to(self, file: File, value: str) -> None:
        """Sent on to another address."""
        del file
        self._answer(302, {"Location": value, "Content-Length": "0"})

    def _change(self, file: File, value: str) -> None:
        """Cut after so many bytes; then another file stands at the address."""
        self._cut(file, value)
        file.data = file.data[::-1]
        file.etag = f'"{zlib.crc32(file.data)}"'

    def _swap(self, file: File, value: str) -> None:
        """The same at a host that says nothing of changes."""
        mine, file.etag = file.data, ""
        self._cut(file, value)
        file.data = mine[::-1] if not mine.startswith(b"swapped") else mine

    def _another(self, file: File, value: str) -> None:
        """A range, but not the one asked for."""
        end = len(file.data) - 1
        self._answer(
            206,
            {
                "Content-Range": f"bytes {value}-{end}/{len(file.data)}",
                "Content-Length": str(end + 1 - int(value)),
            },
        )
        self.wfile.write(file.data[int(value) :])


@contextmanager
def serving(files: dict[str, File] | None = None) -> Iterator[Host]:
    host = Host(files or {})
    handler = type("Handler", (_Handler,), {"host": host})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    server.handle_error = lambda *_args: None  # type: ignore[method-assign]
    host.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield host
    finally:
        host.over.set()
        server.shutdown()
        server.server_close()
        thread.join()
