"""doctor: each check finds what is wrong and names the cure; the whole is readable by staff and scripts."""

from __future__ import annotations

import json
import os
import shutil
import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kiosk import VERSION, doctor, doctor_checks, doctor_engines, doctor_office
from kiosk.settings import Database, Printing


def test_a_script_gets_every_check_in_both_languages(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = doctor.run(tmp_path, json=True)
    said = json.loads(capsys.readouterr().out)
    assert said["ok"] is (code == 0)
    found = {check["key"] for check in said["checks"]}
    # Without a display nothing can manage its windows; all else is always told.
    assert found | {"window_manager"} == set(doctor.NAMES)
    for check in said["checks"]:
        assert check["name_ja"]
        assert check["name_en"]
        assert check["detail_ja"]
        assert check["detail_en"]
        assert bool(check["cure_ja"]) is bool(check["cure_en"]) is not check["ok"]


def test_staff_read_a_mark_and_two_lines_for_each(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    doctor.run(tmp_path)
    lines = capsys.readouterr().out.splitlines()
    assert all(line[0] in "○△×" for line in lines[::2])
    assert all(line.startswith("  ") for line in lines[1::2])


def test_after_the_set_up_only_what_is_wrong_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("PIL.features.check", lambda _: False)
    assert doctor.quick("ja") == 1
    told = capsys.readouterr().out
    assert "× 文字の組み合わせ" in told
    assert "libfribidi0" in told
    assert "○" not in told


def test_what_is_not_required_does_not_stop_the_kiosk(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert doctor.quick("en") == 0
    assert "△ Reading aloud" in capsys.readouterr().out


def test_missing_fonts_name_their_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.text.fonts._folders", list)
    check = doctor_checks.fonts()
    assert not check.ok
    assert check.required
    assert check.cure.en == "sudo apt-get install fonts-noto-cjk fonts-noto-core"


def test_a_clock_behind_the_software_or_the_tickets_is_wrong(tmp_path: Path) -> None:
    now = datetime.now(UTC)
    assert doctor_checks.clock(tmp_path).ok
    assert not doctor_checks.clock(tmp_path, datetime(2016, 1, 1, tzinfo=UTC)).ok
    (tmp_path / f"{now.year + 2}-04-01.journal").touch()
    (tmp_path / "notes.journal").touch()
    assert not doctor_checks.clock(tmp_path).ok


def test_a_data_folder_that_cannot_be_made_is_required(tmp_path: Path) -> None:
    assert doctor_office.data_folder(tmp_path / "not" / "yet").ok
    (tmp_path / "file").touch()
    check = doctor_office.data_folder(tmp_path / "file" / "inside")
    assert not check.ok
    assert check.required


def test_printers_are_reached_or_not(tmp_path: Path) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        target = f"127.0.0.1:{listener.getsockname()[1]}"
        assert not doctor_checks.printer(Printing("escpos-network", target)).ok
        listener.listen()
        assert doctor_checks.printer(Printing("escpos-network", target)).ok
    assert not doctor_checks.printer(Printing("escpos-network", "nowhere")).ok
    assert not doctor_checks.printer(Printing("escpos-device", str(tmp_path / "lp0"))).ok
    (tmp_path / "lp0").touch()
    assert doctor_checks.printer(Printing("escpos-device", str(tmp_path / "lp0"))).ok
    assert doctor_checks.printer(Printing("none")).ok


def test_faults_of_the_settings_are_told(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('[kiosk]\nletter = "AB"\n')
    _, check = doctor_checks.settings(tmp_path / "settings.toml")
    assert not check.ok
    assert "kiosk.letter" in check.detail.ja


def test_models_are_named_with_what_their_licence_asks(tmp_path: Path) -> None:
    folder = tmp_path / "models" / "speech" / "fil" / "vosk-model-tl-ph-generic-0.6"
    (folder / "am").mkdir(parents=True)
    (folder / "am" / "final.mdl").write_bytes(b"\0B")
    check = doctor_engines.speech(tmp_path)
    assert "vosk-model-tl-ph-generic-0.6 (not for commercial use)" in check.detail.en
    (folder / "damaged").touch()
    check = doctor_engines.speech(tmp_path)
    assert not check.ok
    assert check.detail.en == "damaged: vosk-model-tl-ph-generic-0.6"
    assert "models fetch vosk-model-tl-ph-generic-0.6" in check.cure.en
    assert not doctor_engines.translation(tmp_path).ok


def test_another_users_data_folder_is_told_and_nothing_breaks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 4711)
    monkeypatch.setattr(doctor_checks, "settings", lambda _: pytest.fail("another user's file was read"))
    assert doctor.run(tmp_path) == 1
    said = capsys.readouterr().out
    assert "belongs to the user" in said
    assert VERSION in said


def test_the_last_backup_is_known_from_the_trail(tmp_path: Path) -> None:
    now = datetime.now(UTC)
    assert doctor_office.backup(tmp_path).ok
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "2026-11-20.journal").write_bytes(b"x" * 2_000_000)
    check = doctor_office.backup(tmp_path)
    assert (check.ok, check.required, check.detail.en) == (False, False, "none yet")
    assert "1 days, 2.0 MB" in doctor_office.data_folder(tmp_path).detail.en
    (tmp_path / "audit").mkdir()
    made = now - timedelta(days=3)
    lines = (
        json.dumps({"action": "backup", "at": made.isoformat()}),
        json.dumps({"action": "call", "at": now.isoformat(), "of": "backup"}),
        '{"action": "backup", torn',
    )
    (tmp_path / "audit" / f"{made:%Y-%m}.log").write_text("\n".join(lines))
    assert doctor_office.backup(tmp_path, now).ok
    late = doctor_office.backup(tmp_path, now + timedelta(days=5))
    assert not late.ok
    assert late.detail.en == f"{made.astimezone():%Y-%m-%d %H:%M}"


def test_a_database_that_is_away_is_told_without_its_password() -> None:
    assert doctor_office.database(Database()).ok
    check = doctor_office.database(Database("postgresql://madoguchi:geheim@127.0.0.1:1/madoguchi"))
    assert not check.ok
    assert not check.required
    assert "geheim" not in repr(check)
