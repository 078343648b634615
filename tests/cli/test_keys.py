"""`madoguchi keys`, typed into standard input as a script or a person would."""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from kiosk.app import keys as commands
from kiosk.store import passphrase
from tests.cli.conftest import Run

WORDS, OTHER = "みなとの見える丘 2026 turtle", "紫の lamp と nine rivers ばかり"


@pytest.fixture
def types(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Lines that are typed; `<key>` is the recovery key as it was shown."""
    monkeypatch.setattr(passphrase, "MEMORY", 1024)
    monkeypatch.setattr(passphrase, "PASSES", 1)
    lines: list[str] = []
    made: list[str] = []
    real = commands.new_recovery

    def kept() -> str:
        made.append(real())
        return made[-1]

    monkeypatch.setattr(commands, "new_recovery", kept)

    class Typed(io.StringIO):
        def readline(self, *_: object) -> str:  # type: ignore[override]
            return lines.pop(0).replace("<key>", made[-1] if made else "") + "\n"

    monkeypatch.setattr(sys, "stdin", Typed())
    return lines


def test_from_the_first_start_to_a_new_passphrase(run: Run, types: list[str], tmp_path: Path) -> None:
    assert "Not protected" in run("keys", "status").out
    types += [WORDS, WORDS, "AAAAA", "<key>"]
    done = run("keys", "setup", "--out", tmp_path / "stick")
    assert done.code == 0
    assert "The passphrase is set." in done.out
    (shown,) = [code.text for code in zxingcpp.read_barcodes(Image.open(tmp_path / "stick/recovery-key.png"))]
    assert re.findall(r"^ +\d+  (\w{5})$", done.out, re.MULTILINE) == shown.split("-")
    assert (tmp_path / "stick" / "recovery-key.pdf").read_bytes().startswith(b"%PDF")
    assert run("keys", "status", "--json").json["protected"] is True
    types += [WORDS, OTHER, OTHER]
    assert run("keys", "change").code == 0
    types += [shown.lower(), WORDS, WORDS]
    assert run("keys", "recover").code == 0
    types += [shown]
    assert run("keys", "paper", "--out", tmp_path / "again").code == 0
    files = [path for path in (tmp_path / "data").rglob("*") if path.is_file()]
    assert files
    for path in files:
        data = path.read_bytes()
        assert WORDS.encode() not in data
        assert shown.encode() not in data


@pytest.mark.parametrize(
    ("lines", "key"),
    [
        (["short"], "trouble.passphrase_weak_short"),
        ([WORDS, OTHER], "trouble.passphrase_differs"),
        ([WORDS, WORDS, "a", "b", "c"], "trouble.recovery_length"),
        ([WORDS, WORDS, *["0" * 65] * 3], "trouble.recovery_group"),
    ],
)
def test_what_goes_wrong_protects_nothing(run: Run, types: list[str], lines: list[str], key: str) -> None:
    types += lines
    refused = run("keys", "setup")
    assert refused.code == 1
    assert refused.err.strip()
    assert key.split(".")[0] not in refused.err or key in refused.err
    assert run("keys", "status", "--json").json["protected"] is False


def test_the_page_never_lies_beside_the_data(run: Run, types: list[str], tmp_path: Path) -> None:
    for options in (("--out", tmp_path / "data" / "keys"),):
        types += [WORDS, WORDS]
        assert run("keys", "setup", *options).code == 1
        assert not list((tmp_path / "data").rglob("recovery-key*"))
    assert run("keys", "status", "--json").json["protected"] is False
