"""Settings that cannot be read: the last good ones are used, and nobody gives another machine's numbers."""

from __future__ import annotations

import json
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.app import intake, queueing
from kiosk.app.good_settings import GOOD, choose, keep
from kiosk.app.office import Office, open_data
from kiosk.core.ticket import Content
from kiosk.errors import Trouble
from kiosk.settings import FILE, Settings
from kiosk.store import keyfiles

RIGHT = """[office]
name_ja = "みどり市"
keep_days = 400
[kiosk]
letter = "C"
[database]
url = ""
site = "north"
"""
BROKEN = {
    "cut off": RIGHT[:20],
    "no TOML": RIGHT.replace("[kiosk]", "[kiosk"),
    "a wrong letter": RIGHT.replace('"C"', '"cc"'),
    "a wrong database": RIGHT.replace('url = ""', 'url = "mysql://x"'),
    "an unknown word": RIGHT.replace("letter", "leter"),
    "empty": "",
    "blank": "\n\n",
    "zeros": "\0" * 200,
    "gone": None,
}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    return folder


def write(data: Path, text: str | None) -> None:
    if text is None:
        (data / FILE).unlink(missing_ok=True)
    else:
        (data / FILE).write_text(text, encoding="utf-8")


def number(office: Office) -> str:
    ticket = office.store.issue(Content(), language="ko", at=office.now())
    office.store.close()
    return ticket.number


@pytest.mark.parametrize("kind", BROKEN)
def test_the_last_good_ones_are_used(kind: str, data: Path) -> None:
    write(data, RIGHT)
    good = open_data(data)
    assert number(good) == "C001"
    kept = json.loads((data / GOOD).read_text())["since"]
    write(data, BROKEN[kind])
    office = open_data(data)
    assert office.settings == good.settings
    assert str(office.chosen_settings.since) == kept
    assert number(office) == "C002"
    trouble = office.chosen_settings.trouble
    assert trouble is not None
    gone = kind in ("empty", "blank", "gone")
    assert trouble.key == ("trouble.settings_gone" if gone else "trouble.settings_former")
    for tongue in ("ja", "en"):
        assert kept in office.catalogue(tongue).text(trouble.key, **trouble.details)
    write(data, RIGHT.replace('"C"', '"D"'))
    mended = open_data(data)
    assert mended.chosen_settings.trouble is None
    assert number(mended) == "D001"
    write(data, BROKEN[kind])
    assert open_data(data).settings.kiosk.letter == "D"


@pytest.mark.parametrize(
    ("text", "where"),
    [
        (RIGHT.replace("[kiosk]", "[kiosk"), "settings.toml:4"),
        (RIGHT.replace('"C"', '"cc"'), "settings.toml:5 kiosk.letter"),
        (RIGHT.replace('url = ""', 'url = "mysql://x"'), "settings.toml:7 database.url"),
        (RIGHT.replace("letter", "leter"), "settings.toml:5 kiosk.leter"),
        ("kiosk = 3\n", "settings.toml:1 kiosk"),
        ("\n[kioks]\nletter = 'B'\n", "settings.toml:2 kioks"),
        ("office.counters = 'two'\n", "settings.toml:1 office.counters"),
        ('[office]\nname_ja = """\nx\n', "settings.toml:3"),
    ],
)
def test_file_and_line_are_named(text: str, where: str, data: Path) -> None:
    write(data, text)
    assert choose(data).where == where


def test_what_nobody_ever_set_up_is_as_shipped(data: Path) -> None:
    office = open_data(data)
    assert office.settings == Settings()
    assert office.chosen_settings.trouble is None
    assert number(office) == "A001"
    assert not (data / GOOD).exists()
    write(data, "")
    assert open_data(data).chosen_settings.trouble is None


@pytest.mark.parametrize("kind", ["no TOML", "a wrong letter", "a wrong database", "zeros"])
def test_an_unknown_letter_gives_no_numbers(kind: str, data: Path, tmp_path: Path) -> None:
    write(data, BROKEN[kind])
    office = open_data(data)
    case = tmp_path / "case.json"
    case.write_text('{"language": "vi", "topic": "work"}')
    for work in (
        lambda: number(office),
        lambda: queueing.add(office, case),
        lambda: intake.run(office, windowed=True, size=(1280, 800)),
    ):
        with pytest.raises(Trouble) as found:
            work()
        assert found.value.key == "trouble.settings_unknown"
    assert office.store.tickets() == []
    assert not (data / GOOD).exists()


def test_a_letter_on_the_command_line_is_known(data: Path) -> None:
    write(data, BROKEN["a wrong letter"])
    assert number(open_data(data, "E")) == "E001"
    write(data, BROKEN["no TOML"])
    assert open_data(data, "E").no_numbers is not None


def test_a_word_nobody_needs_keeps_no_office_from_working(data: Path) -> None:
    write(data, "[office]\ncolour = 'red'\n[kiosk]\nletter = 'B'\n")
    office = open_data(data)
    assert office.chosen_settings.trouble is not None
    assert number(office) == "B001"
    assert not (data / GOOD).exists()


@pytest.mark.parametrize("text", [RIGHT.replace("[kiosk]", "[kiosk"), RIGHT.replace("400", '"400"')])
def test_nothing_is_erased_by_days_nobody_knows(
    text: str, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An office that keeps tickets for 400 days lost those older than 90."""
    write(data, RIGHT)
    office = open_data(data)
    number(office)
    (data / GOOD).unlink()
    later = office.now() + timedelta(days=100)
    monkeypatch.setattr(Office, "now", lambda _: later)
    write(data, text)
    assert open_data(data).erase_old() == ()
    assert len(open_data(data).store.days()) == 1
    write(data, RIGHT.replace("400", "90"))
    assert len(open_data(data).erase_old()) == 1


def test_it_is_private_and_stays_when_nothing_changed(data: Path) -> None:
    write(data, RIGHT)
    open_data(data).erase_old()
    before = (data / GOOD).stat()
    assert before.st_mode & 0o777 == 0o600
    open_data(data).erase_old()
    assert (data / GOOD).stat().st_ino == before.st_ino


@pytest.mark.parametrize("damage", [b"", b"{}", b"\xff\x00", b'{"since": "x", "text": 3}', None])
def test_a_damaged_copy_is_none(damage: bytes | None, data: Path) -> None:
    write(data, RIGHT)
    open_data(data).erase_old()
    good = (data / GOOD).read_bytes()
    (data / GOOD).write_bytes(good.replace(b"north", b"south") if damage is None else damage)
    write(data, BROKEN["no TOML"])
    assert open_data(data).no_numbers is not None
    write(data, RIGHT)
    open_data(data).erase_old()
    assert json.loads((data / GOOD).read_text())["text"] == RIGHT


def test_a_copy_that_cannot_be_kept_keeps_nobody_from_working(
    data: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(keyfiles, "write", full)
    write(data, RIGHT)
    assert choose(data).settings.kiosk.letter == "C"
    keep(data, open_data(data).now())
    assert "no copy of them is kept" in caplog.text


def test_several_at_once_keep_a_whole_one(data: Path) -> None:
    texts = [RIGHT.replace("みどり市", f"{name}市") for name in "あいうえお"]
    write(data, texts[0])
    now = open_data(data).now()
    ended = threading.Event()
    read: set[str] = set()

    def work() -> None:
        while not ended.is_set():
            keep(data, now)
            read.add(json.loads((data / GOOD).read_text())["text"])

    keep(data, now)
    others = [threading.Thread(target=work) for _ in range(3)]
    for other in others:
        other.start()
    for text in texts * 3:
        half = data / "new"
        half.write_text(text, encoding="utf-8")
        half.replace(data / FILE)
        keep(data, now)
    ended.set()
    for other in others:
        other.join()
    assert read <= set(texts)
    assert json.loads((data / GOOD).read_text())["text"] == texts[-1]


def test_settings_saved_on_windows(data: Path) -> None:
    (data / FILE).write_bytes(b"\xef\xbb\xbf" + RIGHT.replace("\n", "\r\n").encode())
    office = open_data(data)
    assert office.chosen_settings.trouble is None
    assert office.settings.kiosk.letter == "C"
    write(data, "")
    assert open_data(data).settings.kiosk.letter == "C"
