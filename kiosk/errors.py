"""Errors a person is told about, apart from what the log keeps."""

from __future__ import annotations

from typing import Any


class Trouble(Exception):
    """Something a person must be told, in their language, with what to do next.

    `key` is a catalogue key (`trouble.…`) and `details` fill its placeholders. `log` is the technical
    sentence for the log; it never holds an answer, a narrative, a name or a key.
    """

    def __init__(self, key: str, /, *, log: str = "", **details: str | int) -> None:
        super().__init__(key)
        self.key = key
        self.log = log or key
        self.details: dict[str, str | int] = details

    def __str__(self) -> str:
        return f"{self.key}: {self.log}"

    def __reduce__(self) -> tuple[Any, ...]:
        # Raised in worker processes: it must survive the pipe with its keyword arguments.
        return _rebuild, (self.key, self.log, self.details)


def _rebuild(key: str, log: str, details: dict[str, str | int]) -> Trouble:
    return Trouble(key, log=log, **details)
