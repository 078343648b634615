"""`madoguchi event` as staff type it, on an office and on a tablet."""

from __future__ import annotations

import io
import json
import logging
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from PIL import Image

from kiosk.app.office import Office, open_data
from kiosk.app.told import both
from kiosk.cli import main
from kiosk.core.ticket import Case, Content
from kiosk.store import passphrase
from tests.cli.conftest import Ran

WORDS = "みなとの見える丘 2026 turtle"
At = Callable[..., Ran]


@pytest.fixture
def at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> At:
    """`madoguchi` on the data of `office` or `tablet`, with what is typed into it."""
    monkeypatch.setattr(passphrase, "MEMORY", 1024)
    monkeypatch.setattr(passphrase, "PASSES", 1)
    Office(tmp_path / "office").keys.setup(WORDS, os.urandom(32))

    def ran(name: str, *arguments: object, typed: str = f"{WORDS}\n") -> Ran:
        monkeypatch.setattr(sys, "argv", ["madoguchi", "--data", str(tmp_path / name), *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        capsys.readouterr()
        try:
            main()
            code = 0
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else int(bool(ended.code))
        said = capsys.readouterr()
        return Ran(code, said.out, said.err)

    return ran


@pytest.fixture(autouse=True)
def _quiet() -> Any:
    yield
    kept = logging.getLogger("kiosk")
    for handler in list(kept.handlers):
        kept.removeHandler(handler)
        handler.close()


def prepared(at: At, tmp_path: Path, *more: str) -> list[dict[str, str]]:
    day = Office(tmp_path / "office").today()
    made = at(
        "office", "event", "prepare", "--name", "港町 出張相談会", "--place", "港町公民館", "--date", day,
        "--languages", "ko,vi", "--letter", "C", "--partners", "社協、入管", "--out", tmp_path / "stick",
        "--json", *more,
    )  # fmt: skip
    assert made.code == 0, made.err
    return list(made.json)


def take_number(tmp_path: Path, name: str) -> None:
    """A visit at the event's kiosk."""
    here = open_data(next((tmp_path / name / "events").glob("*/event.json")).parent)
    here.store.issue(Content(cases=(Case("work"),)), language="ko", at=here.now())
    here.store.close()
    assert here.in_use is not None
    os.close(here.in_use)


def test_a_day_out_and_back(at: At, tmp_path: Path) -> None:
    [row] = prepared(at, tmp_path)
    [code] = zxingcpp.read_barcodes(Image.open(row["picture"]).convert("L"))
    started = at("tablet", "event", "start", "-", "--json", typed=f"{code.text}\n")
    assert started.json["letter"] == "C"
    take_number(tmp_path, "tablet")
    stick = tmp_path / "stick"
    assert at("tablet", "event", "wipe").code == 1
    sealed = at("tablet", "event", "seal", "--out", stick, "--json").json
    assert sealed["tickets"] == 1
    assert at("tablet", "event", "status", "--json").json["here"][0]["unsealed"] == 0
    pack = stick / Path(sealed["file"]).name
    [came] = at("office", "event", "merge", pack, "--json").json
    assert [ticket["number"] for ticket in came["new"]] == ["C001"]
    assert came["sha256"] == sealed["sha256"]
    [again] = at("office", "event", "receipt", pack, "--json").json
    assert again["before"]
    assert again["new"] == []
    assert at("office", "event", "status", "--json").json["prepared"][0]["packs"][0]["new"] == 1
    [shown] = zxingcpp.read_barcodes(Image.open(Path(came["receipt"]).with_suffix(".png")).convert("L"))
    wiped = at("tablet", "event", "wipe", "港町", "--receipt", "-", "--json", typed=shown.text)
    assert wiped.json["tickets"] == 1
    assert at("tablet", "event", "status", "--json").json["here"] == []


def test_a_bad_pack_ends_with_one(at: At, tmp_path: Path) -> None:
    prepared(at, tmp_path)
    (tmp_path / "x.pack").write_bytes(b"nothing")
    found = at("office", "event", "merge", tmp_path / "x.pack", "--json")
    assert found.code == 1
    assert found.json == [{"pack": "x.pack", "taken": False, "reason": "trouble.pack_garbage"}]


def test_a_wrong_passphrase_does_nothing(at: At, tmp_path: Path) -> None:
    found = at(
        "office", "event", "prepare", "--name", "x", "--date", "2026-11-27", "--letter", "C",
        "--out", tmp_path / "stick", typed="wrong\n",
    )  # fmt: skip
    assert found.code == 1
    assert not (tmp_path / "stick").exists()


@pytest.mark.parametrize(
    "wrong",
    [("--letter", "c"), ("--letter", "CD"), ("--date", "tomorrow"), ("--languages", "xx")],
)
def test_wrong_usage_ends_with_two(at: At, tmp_path: Path, wrong: tuple[str, str]) -> None:
    given = {"--name": "x", "--date": "2026-11-27", "--letter": "C", "--out": str(tmp_path / "s")}
    given |= dict([wrong])
    assert at("office", "event", "prepare", *[word for pair in given.items() for word in pair]).code == 2


def test_an_event_nobody_started_cannot_be_opened(at: At) -> None:
    for command in (
        ("intake", "--event", "x"),
        ("counter", "1", "--event", "x"),
        ("event", "seal", "--out", "."),
    ):
        found = at("tablet", *command)
        assert found.code == 1
        assert "Traceback" not in found.err


def test_every_sentence_of_an_event_is_in_the_catalogue() -> None:
    """What the commands tell, and why a pack, a ticket or a wipe is refused."""
    reasons = ["conflict.two_counters", "conflict.ended_twice", "conflict.number_twice"]
    reasons += [f"refused.{reason}" for reason in ("other_number", "past", "erased", "closed")]
    told = ["started", "sealed", "faults", "merged", "before", "receipt", "faults_came", "wiped", "here"]
    troubles = ["pack_garbage", "pack_office", "pack_damaged", "pack_event", "pack_future", "pack_version"]
    troubles += ["pack_large", "pack_unreadable", "file_unwritten", "wipe_refused", "receipt_foreign"]
    troubles += ["event_letter", "event_foreign", "event_running", "keys_locked", "keys_away"]
    keys = [f"event.{key}" for key in (*told, *reasons, "prepared", "none")]
    keys += [f"trouble.{key}" for key in troubles]
    assert [key for key in keys if both(key).count("\n") != 1] == []


def test_reports_are_plain_values(at: At, tmp_path: Path) -> None:
    prepared(at, tmp_path)
    assert json.dumps(at("office", "event", "status", "--json").json)
