"""A thermal printer's paper path, which no test machine has: it speaks ESC/POS status over a real socket."""

from __future__ import annotations

import socket
import threading
from dataclasses import dataclass, field


@dataclass
class FakePrinter:
    """Answers DLE EOT and GS r as Epson's reference says; `fault` chooses what is wrong with it."""

    fault: str = ""
    """"", `silent`, `paper`, `cover`, `stalls` (takes the job, then says nothing), `runs_out`, or `late`:
    stalls, and on connecting sends the answer it still owed for an earlier job."""
    received: bytearray = field(default_factory=bytearray)

    def __enter__(self) -> FakePrinter:
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = self._server.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown(socket.SHUT_RDWR)  # closing alone does not end the wait for a line
        self._server.close()
        self._thread.join(10)

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self._server.accept()
            except OSError:
                return
            self._talk(line)

    def _talk(self, line: socket.socket) -> None:
        with line:
            if self.fault == "late":
                line.sendall(b"\x00")
            while piece := line.recv(65536):
                self.received += piece
                if answer := self._answer(bytes(self.received[-3:])):
                    line.sendall(answer)

    def _answer(self, tail: bytes) -> bytes:
        if self.fault == "silent":
            return b""
        offline = self.fault in ("paper", "cover")
        if tail == b"\x10\x04\x01":
            return bytes([0x12 | (0x08 if offline else 0)])
        if tail == b"\x10\x04\x02":
            return bytes([0x12 | (0x04 if self.fault == "cover" else 0)])
        if tail == b"\x10\x04\x04":
            return bytes([0x12 | (0x60 if self.fault == "paper" else 0)])
        if tail == b"\x1dr\x01" and self.fault not in ("stalls", "late"):
            return bytes([0x0C if self.fault == "runs_out" else 0])
        return b""
