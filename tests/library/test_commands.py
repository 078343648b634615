"""`madoguchi models` as it is typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from kiosk.cli import app
from kiosk.errors import Trouble
from tests.library.conftest import SPEECH, Office, a_zip, sample

SMALL = "vosk-model-small-ko-0.22"
FILIPINO = "vosk-model-tl-ph-generic-0.6"


def run(office: Office, *words: str) -> Result:
    return CliRunner().invoke(app, ["--data", str(office.data), "models", *words])


def told(result: Result) -> str:
    """The trouble's key of a command that ended with one."""
    assert isinstance(result.exception, Trouble), result.output
    return result.exception.key


def test_from_fetch_to_import_as_an_office_does_it(office: Office, tmp_path: Path) -> None:
    office.speech(SMALL, "ko", a_zip(SPEECH))
    for source, target in (("ko", "en"), ("en", "ko"), ("ja", "en"), ("en", "ja")):
        office.package(source, target, sample(source, target))
    fetched = run(office, "fetch", "ko", "--yes")
    assert fetched.exit_code == 0, fetched.output
    assert "入れました" in fetched.output
    rows = {row["language"]: row for row in json.loads(run(office, "list", "--json").stdout)}
    assert rows["ko"]["speech"]
    assert rows["ko"]["translation"]
    assert not rows["ne"]["speech_available"]
    assert {"th", "fil"} <= {
        row["language"] for row in json.loads(run(office, "list", "--all", "--json").stdout)
    }
    assert f"○ {SMALL}" in run(office, "list").output
    assert run(office, "verify").exit_code == 0
    assert run(office, "export", str(tmp_path)).exit_code == 0
    other = Office(tmp_path / "other", office.host)
    imported = run(other, "import", str(tmp_path))
    assert imported.exit_code == 0, imported.output
    assert other.tree() == office.tree()
    assert run(other, "use", SMALL).exit_code == 0
    assert run(other, "remove", SMALL, "--yes").exit_code == 0
    assert told(run(other, "remove", SMALL, "--yes")) == "trouble.model_absent"
    assert "入れるものはありません" in run(office, "fetch", "ko").output


def test_yes_does_not_answer_the_question_of_a_licence(office: Office) -> None:
    office.speech(FILIPINO, "fil", a_zip(SPEECH, top=FILIPINO), licence="CC-BY-NC-SA-4.0", consent=True)
    assert told(run(office, "fetch", FILIPINO, "--yes")) == "trouble.model_licence"
    assert office.host.asked == []
    assert run(office, "fetch", FILIPINO, "--yes", "--accept-licence", FILIPINO).exit_code == 0


@pytest.mark.parametrize(("reply", "fetched"), [("y\n", True), ("n\n", False)])
def test_at_a_terminal_the_licence_is_asked(
    office: Office, monkeypatch: pytest.MonkeyPatch, reply: str, fetched: bool
) -> None:
    from kiosk.app.library import terminal

    class Terminal:
        def isatty(self) -> bool:
            return True

    class Sys:
        stdin, stderr = Terminal(), Terminal()

    monkeypatch.setattr(terminal, "sys", Sys)
    office.speech(FILIPINO, "fil", a_zip(SPEECH, top=FILIPINO), licence="CC-BY-NC-SA-4.0", consent=True)
    result = CliRunner().invoke(
        app, ["--data", str(office.data), "models", "fetch", FILIPINO, "--yes"], input=reply
    )
    assert result.exit_code == 0, result.output
    assert "CC-BY-NC-SA-4.0" in result.output
    assert bool(office.tree()) == fetched


def test_damage_is_named_and_the_exit_says_so(office: Office) -> None:
    office.speech(SMALL, "ko", a_zip(SPEECH))
    assert run(office, "fetch", SMALL, "--yes").exit_code == 0
    file = office.library.find(SMALL).folder / "am" / "final.mdl"
    file.write_bytes(bytes(file.stat().st_size))
    result = run(office, "verify", SMALL)
    assert result.exit_code == 1
    assert SMALL in result.output
    check = CliRunner().invoke(app, ["--data", str(office.data), "check"])
    assert f"models fetch {SMALL}" in check.output


def test_a_failed_model_is_told_and_the_exit_says_so(office: Office) -> None:
    office.speech(SMALL, "ko", a_zip(SPEECH), "status:404")
    result = run(office, "fetch", SMALL, "--yes")
    assert result.exit_code == 1
    assert "404" in result.output


def test_a_list_is_refreshed_from_a_file(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "list.json"
    file.write_text("[]")
    assert told(run(office, "refresh", str(file))) == "trouble.refresh_junk"


def test_every_trouble_has_its_words() -> None:
    from kiosk.data import catalogue

    keys = {
        key
        for path in (Path(__file__).parent.parent.parent / "kiosk" / "app" / "library").glob("*.py")
        for key in _keys(path.read_text("utf-8"))
    }
    assert len(keys) > 20
    for tag in ("ja", "en"):
        missing = {key for key in keys if not catalogue.load(tag).has(key)}
        assert missing == set()


def _keys(text: str) -> set[str]:
    import re

    return set(re.findall(r'"((?:trouble|console)\.[a-z_.]+[a-z])"', text))


def test_what_an_office_may_well_type_is_answered_by_what_is_the_matter(
    office: Office, tmp_path: Path
) -> None:
    assert told(run(office, "fetch", "ne")) == "trouble.model_none"
    assert told(run(office, "fetch", "tlh")) == "trouble.model_unknown"
    assert told(run(office, "import", str(tmp_path / "gone.zip"))) == "trouble.import_absent"
    cut = tmp_path / "ko_en.argosmodel"
    cut.write_bytes(sample("ko", "en")[:90_000])
    assert told(run(office, "import", str(cut))) == "trouble.model_archive"
    own = tmp_path / "own.zip"
    own.write_bytes(a_zip(SPEECH, top="our-model"))
    assert told(run(office, "import", str(own))) == "trouble.import_language"
    assert told(run(office, "import", str(own), "--language", "xx")) == "trouble.language_unknown"
    assert not office.tree()


def test_only_what_was_installed_is_said_to_have_been_checked(office: Office, tmp_path: Path) -> None:
    own = tmp_path / "own.zip"
    own.write_bytes(a_zip({"README": b"x"}, top="our-model"))
    result = run(office, "import", str(own), "--language", "vi")
    assert result.exit_code == 1
    assert "only its form was checked" not in result.output


def test_a_damaged_model_is_told_to_staff_and_never_beside_all_are_whole(office: Office) -> None:
    office.speech(SMALL, "ko", a_zip(SPEECH))
    run(office, "fetch", SMALL, "--yes")
    office.package("ko", "en", sample("ko", "en"))
    run(office, "fetch", "translate-ko_en-1_0", "--yes")
    (office.library.places.speech / "ko" / SMALL / "am" / "final.mdl").write_bytes(b"\0B other bytes")
    output = run(office, "verify").output
    assert f"madoguchi models fetch {SMALL}" in output
    assert "All are whole" not in output
    assert "Please type" not in output


def test_a_table_that_cannot_be_written_is_told_before_anything_is_measured(
    office: Office, tmp_path: Path
) -> None:
    out = tmp_path / "none" / "table.csv"
    assert told(run(office, "evaluate", "--out", str(out))) == "trouble.file_unwritten"
