from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from kiosk.cli import main


@dataclass(frozen=True)
class Ran:
    """What a command left: its exit code and what it said."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Ran]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Run]:
    """`madoguchi` with arguments, on a data folder of the test's own."""

    def ran(*arguments: object) -> Ran:
        command = ["madoguchi", "--data", str(tmp_path / "data"), *map(str, arguments)]
        monkeypatch.setattr(sys, "argv", command)
        capsys.readouterr()
        try:
            main()
            code = 0
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else int(bool(ended.code))
        said = capsys.readouterr()
        return Ran(code, said.out, said.err)

    mask = os.umask(0o077)
    os.umask(mask)
    yield ran
    os.umask(mask)
    kept = logging.getLogger("kiosk")
    for handler in list(kept.handlers):
        kept.removeHandler(handler)
        handler.close()


@pytest.fixture
def case(tmp_path: Path) -> Callable[[object], Path]:
    """A case file: JSON of anything, or text and bytes as they are."""

    def written(content: object) -> Path:
        path = tmp_path / "case.json"
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
            path.write_text(text, encoding="utf-8")
        return path

    return written
