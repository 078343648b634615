"""A backup: taken at work, whole or not at all, sealed, and put back where nothing is."""

from __future__ import annotations

import json
import threading
import tomllib
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from kiosk import VERSION
from kiosk.app import keys, queueing
from kiosk.app.backup import names_in, save
from kiosk.app.backup_file import MANIFEST, Backup, is_kept, look_at
from kiosk.app.erasure import erase_ticket
from kiosk.app.office import Office, open_data
from kiosk.app.restoring import BESIDE, restore
from kiosk.core.ticket import Content, Narrative, Ticket
from kiosk.errors import Trouble
from kiosk.store import files, passphrase

SAID = "給料を三か月もらっていません"
WORDS = "みなとの見える丘 2026 turtle"
SETTINGS = """
[office]
name_ja = "みどり市 相談窓口"
[kiosk]
letter = "B"
[database]
url = "postgresql://madoguchi:geheim%40wort@192.0.2.1/madoguchi?sslmode=require"
"""


@pytest.fixture(autouse=True)
def quick_passphrase(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passphrase, "MEMORY", 1024)
    monkeypatch.setattr(passphrase, "PASSES", 1)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """An office with a passphrase and three tickets."""
    made = open_data(tmp_path / "data")
    recovery = keys.new_recovery()
    keys.set_up(made, WORDS, recovery, recovery)
    for _ in range(3):
        told(made)
    return made


@pytest.fixture
def whole(office: Office, tmp_path: Path) -> Path:
    return save(office, tmp_path / "stick.zip").path


def told(office: Office) -> Ticket:
    content = Content(narrative=Narrative(SAID, "ko", "typed"))
    return office.store.issue(content, language="ko", at=office.now())


def opened(data: Path) -> dict[str, str]:
    """What every ticket of a restored office tells, once the passphrase is typed."""
    office = open_data(data)
    office.keys.unlock(WORDS)
    told = {ticket.id: office.store.get(ticket.id).content.narrative for ticket in office.store.tickets()}
    office.store.close()
    return {id_: narrative.original if narrative else "" for id_, narrative in told.items()}


def tree(folder: Path) -> dict[str, bytes]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def packed(path: Path, content: dict[str, bytes], **other: Any) -> Path:
    """A backup that somebody made by hand."""
    sums = {name: [len(data), sha256(data).hexdigest()] for name, data in content.items()}
    table = {"madoguchi": 1, "version": VERSION, "made": "2026-11-22T10:00:00+09:00", "office": "x",
             "database": False, "files": sums}  # fmt: skip
    with zipfile.ZipFile(path, "w") as made:
        for name, data in content.items():
            made.writestr(name, data)
        made.writestr(MANIFEST, json.dumps(table | other))
    return path


def refused(key: str, work: Any, *arguments: Any) -> Trouble:
    with pytest.raises(Trouble) as found:
        work(*arguments)
    assert found.value.key == key
    return found.value


def test_an_empty_machine_has_everything_back(office: Office, whole: Path, tmp_path: Path) -> None:
    found = restore(whole, tmp_path / "new")
    assert opened(tmp_path / "new") == {ticket.id: SAID for ticket in office.store.tickets()}
    assert sorted(found.sums) == sorted(names_in(tmp_path / "new"))
    assert not (tmp_path / "new" / BESIDE).exists()
    assert (tmp_path / "new").stat().st_mode & 0o077 == 0
    assert office.audit.files()
    assert look_at(whole).office == office.settings.office.name_ja


def test_it_is_another_machine_then(office: Office, whole: Path, tmp_path: Path) -> None:
    """Two machines of one id would stamp alike."""
    restore(whole, tmp_path / "new")
    assert open_data(tmp_path / "new").device != office.device


def test_what_the_new_machine_has_already_stays(whole: Path, tmp_path: Path) -> None:
    model = tmp_path / "new" / "models" / "speech" / "model.bin"
    model.parent.mkdir(parents=True)
    model.write_bytes(b"a model")
    restore(whole, tmp_path / "new")
    assert model.read_bytes() == b"a model"
    assert len(opened(tmp_path / "new")) == 3


def test_a_backup_taken_at_work_is_of_one_moment(office: Office, tmp_path: Path) -> None:
    """What was on the disk before is in it; what comes meanwhile is whole or not there."""
    before = {ticket.id for ticket in office.store.tickets()}
    ended, other = threading.Event(), open_data(office.data)
    other.keys.public_only()
    given: list[str] = []

    def work() -> None:
        while not ended.is_set():
            given.append(told(other).id)

    kiosk = threading.Thread(target=work)
    kiosk.start()
    try:
        made = [save(office, tmp_path / f"{n}.zip").path for n in range(5)]
    finally:
        ended.set()
        kiosk.join()
    for n, path in enumerate(made):
        restore(path, tmp_path / f"new{n}")
        found = opened(tmp_path / f"new{n}")
        assert before <= set(found) <= before | set(given)
        assert set(found.values()) == {SAID}
        assert open_data(tmp_path / f"new{n}").store.faults() == ()


def test_a_busy_days_journal_is_of_one_moment(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Records are written into what a file is longer than them: a copy in pieces had some without those
    before."""
    busy, hold = office.data / "store" / "busy", files.Lock.hold
    busy.write_bytes(bytes(5_000_000))
    written = count(1)

    @contextmanager
    def held(lock: files.Lock, wait: float) -> Iterator[None]:
        with hold(lock, wait):
            yield
        with busy.open("r+b") as other:
            other.write(bytes([next(written) % 256]) * 5_000_000)

    monkeypatch.setattr(files.Lock, "hold", held)
    copied = save(office, tmp_path / "stick.zip").path
    assert len(set(tree_of(copied)["store/busy"])) == 1


def test_nothing_in_it_is_open(office: Office, tmp_path: Path) -> None:
    (office.data / "settings.toml").write_text(SETTINGS, encoding="utf-8")
    for folder in (
        "letters/2026-11-22",
        "slips/2026-11-22",
        "saved-reports",
        "keys/damaged",
        "store/damaged",
    ):
        (office.data / folder).mkdir(parents=True)
        (office.data / folder / "paper.pdf").write_text(SAID)
    (office.data / "keys" / "office.open.half").write_text(SAID)
    files = tree_of(save(office, tmp_path / "stick.zip").path)
    everything = b"\n".join(files.values())
    assert SAID.encode() not in everything
    assert b"geheim" not in everything
    assert not [name for name in files if "damaged" in name or name.startswith(("letters", "slips", "saved"))]
    settings = tomllib.loads(files["settings.toml"].decode())
    assert settings["database"]["url"] == "postgresql://madoguchi@192.0.2.1/madoguchi?sslmode=require"
    assert settings["kiosk"]["letter"] == "B"


def tree_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as made:
        return {name: made.read(name) for name in made.namelist()}


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://madoguchi:ge@h/eim@server/madoguchi",
        "postgres://u:geheim@[::1]:5433/x?sslmode=require",
        "postgresql://u@server/x?password=geheim&sslmode=require",
        "postgresql://:geheim@server/x",
    ],
)
@pytest.mark.parametrize("quote", ['"', "'"])
def test_the_databases_password_stays_here(office: Office, tmp_path: Path, url: str, quote: str) -> None:
    (office.data / "settings.toml").write_text(f"[database]\nurl = {quote}{url}{quote}\nsite = 'b'\n")
    settings = tree_of(save(office, tmp_path / "stick.zip").path)["settings.toml"].decode()
    assert "eim" not in settings
    assert tomllib.loads(settings)["database"]["site"] == "b"


def test_an_office_with_a_database_is_told_what_is_elsewhere(office: Office, tmp_path: Path) -> None:
    (office.data / "settings.toml").write_text(SETTINGS, encoding="utf-8")
    again = open_data(office.data)
    assert save(again, tmp_path / "stick.zip").database
    assert "keys/office.json" in restore(tmp_path / "stick.zip", tmp_path / "new").sums


def test_without_a_passphrase_there_is_none(tmp_path: Path) -> None:
    office = open_data(tmp_path / "data")
    told(office)
    refused("trouble.backup_unprotected", save, office, tmp_path / "stick.zip")
    assert not (tmp_path / "stick.zip").exists()


def test_not_into_the_folder_it_is_of_and_not_over_another(office: Office, whole: Path) -> None:
    refused("trouble.backup_place", save, office, office.data / "backup.zip")
    refused("trouble.report_exists", save, office, whole)
    before = whole.read_bytes()
    save(office, whole, force=True)
    assert whole.read_bytes() != before


def test_a_folder_gets_a_file_of_its_own(office: Office, tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    made = save(office, tmp_path / "stick")
    assert [path.name for path in (tmp_path / "stick").iterdir()] == [made.path.name]
    assert made.path.stat().st_mode & 0o777 == 0o600


def test_not_where_there_is_data(office: Office, whole: Path, tmp_path: Path) -> None:
    before = tree(office.data)
    said = refused("trouble.restore_exists", restore, whole, office.data)
    assert "store/" in str(said.details["names"])
    assert tree(office.data) == before
    fresh = open_data(tmp_path / "fresh")
    told(fresh)
    refused("trouble.restore_exists", restore, whole, tmp_path / "fresh")


def test_damage_is_told_before_anything_is_written(whole: Path, tmp_path: Path) -> None:
    """Every 31st byte altered, and cut off at every 97th: refused, or it changes nothing that is restored."""
    good, path, data = whole.read_bytes(), tmp_path / "bad.zip", tmp_path / "new"
    content = tree_of(whole)
    told_, keys_told = 0, set[str]()
    for place in range(0, len(good), 31):
        path.write_bytes(good[:place] + bytes([good[place] ^ 0x10]) + good[place + 1 :])
        try:
            look_at(path)
        except Trouble as trouble:
            keys_told.add(trouble.key)
            told_ += 1
        else:
            assert tree_of(path) == content
    assert told_ > len(good) / 31 / 2
    assert keys_told <= {"trouble.backup_damaged", "trouble.backup_newer"}
    for length in range(0, len(good), 97):
        path.write_bytes(good[:length])
        refused("trouble.backup_damaged", restore, path, data)
    assert not data.exists()


@pytest.mark.parametrize(
    "name",
    [
        "../outside", "store/../../outside", "/tmp/outside", "store//x", "store", "keys/office.open",
        "event.json", "device", "store/damaged/x", "store\\..\\x", "log/madoguchi.log", ".restoring/whole",
        "store/./x",
    ],
)  # fmt: skip
def test_a_strangers_file_leads_nowhere(name: str, tmp_path: Path) -> None:
    path = packed(tmp_path / "bad.zip", {"keys/office.pub": b"x", name: b"evil"})
    before = tree(tmp_path)
    refused("trouble.backup_damaged", restore, path, tmp_path / "a" / "new")
    assert tree(tmp_path) == before


@pytest.mark.parametrize(
    "other",
    [
        {"files": {}},
        {"files": {"store/a": [1, "0"], "store/b": [1, "0"]}},
        {"files": {"store/a": [4, "0"]}},
        {"files": []},
        {"files": {"store/a": 4}},
        {"version": "new"},
        {"madoguchi": "x"},
        {"madoguchi": None},
    ],
)
def test_a_false_list_of_files(other: dict[str, Any], tmp_path: Path) -> None:
    path = packed(tmp_path / "bad.zip", {"store/a": b"1234"}, **other)
    refused("trouble.backup_damaged", look_at, path)


def test_more_than_was_said_is_not_unpacked(tmp_path: Path) -> None:
    path = packed(tmp_path / "bad.zip", {"store/a": bytes(50_000_000)}, files={"store/a": [4, "0"]})
    refused("trouble.backup_damaged", restore, path, tmp_path / "new")
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("other", [{"madoguchi": 2}, {"version": "99.0"}, {"version": f"{VERSION}.1"}])
def test_a_newer_programs_backup(other: dict[str, Any], tmp_path: Path) -> None:
    path = packed(tmp_path / "new.zip", {"store/a": b"1234"}, **other)
    refused("trouble.backup_newer", restore, path, tmp_path / "new")


@pytest.mark.parametrize("what", ["none", "folder", "empty", "text"])
def test_no_backup_at_all(what: str, tmp_path: Path) -> None:
    path = tmp_path / "file"
    if what == "folder":
        path.mkdir()
    elif what != "none":
        path.write_text("" if what == "empty" else "a letter to grandmother")
    refused("trouble.backup_damaged", restore, path, tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_cut_off_at_every_move_the_same_command_goes_on(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    count = len(look_at(whole).sums)
    real = Path.replace
    for cut in range(count):
        data, left = tmp_path / f"new{cut}", [cut]

        def failing(path: Path, target: Path, left: list[int] = left) -> Path:
            if BESIDE in path.parts:
                if not left[0]:
                    raise OSError(5, "the disk")
                left[0] -= 1
            return real(path, target)

        with monkeypatch.context() as broken:
            broken.setattr(Path, "replace", failing)
            refused("trouble.file_unwritten", restore, whole, data)
        restore(whole, data)
        assert len(opened(data)) == 3
        assert not (data / BESIDE).exists()


def test_another_backup_does_not_go_on_with_a_former_one(
    office: Office, whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told(office)
    later = save(office, tmp_path / "later.zip").path
    data = tmp_path / "new"

    def failing(path: Path, target: Path) -> Path:
        raise OSError(5, f"{path} {target}")

    with monkeypatch.context() as broken:
        broken.setattr(Path, "replace", failing)
        refused("trouble.file_unwritten", restore, whole, data)
    restore(later, data)
    assert len(opened(data)) == 4


def test_what_was_erased_before_is_in_no_backup(office: Office, tmp_path: Path) -> None:
    office.keys.unlock(WORDS)
    gone, *_ = office.store.tickets()
    queueing.call_next(office, "1", ())
    for action in ("serve", "close"):
        queueing.change(office, action, gone.id)
    erase_ticket(office, gone.id)
    restore(save(office, tmp_path / "stick.zip").path, tmp_path / "new")
    assert gone.id not in opened(tmp_path / "new")
    assert len(opened(tmp_path / "new")) == 2


def test_both_are_in_the_trail(office: Office, whole: Path, tmp_path: Path) -> None:
    lines = "".join(path.read_text(encoding="utf-8") for path in office.audit.files())
    assert '"backup"' in lines
    assert is_kept("audit/events/x")
    assert isinstance(restore(whole, tmp_path / "new"), Backup)


def test_the_version_is_the_packages() -> None:
    project = Path(__file__).parents[2] / "pyproject.toml"
    assert tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"] == VERSION


def on(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    """The machine's clock stands at noon of this day."""
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo("Asia/Tokyo"))
    monkeypatch.setattr(Office, "now", lambda _: noon)


@pytest.mark.parametrize("days", [0, 1])
def test_no_number_of_the_former_machine_is_given_again(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, days: int
) -> None:
    """It went on after the backup, also of the evening before, and people wait with what it gave."""
    on(monkeypatch, date.today() - timedelta(days=days))
    told(office)
    made = save(office, tmp_path / "stick.zip").path
    monkeypatch.undo()
    monkeypatch.setattr(passphrase, "MEMORY", 1024)
    monkeypatch.setattr(passphrase, "PASSES", 1)
    given = {told(office).number for _ in range(5)}
    event = open_data(office.data, "C")
    given |= {told(event).number for _ in range(5)}
    restore(made, tmp_path / "new")
    again: set[str] = set()
    for letter in ("A", "C", "A"):
        new = open_data(tmp_path / "new", letter)
        again |= {told(new).number for _ in range(2)}
        assert new.store.faults() == ()
        new.store.close()
    assert len(again) == 6
    assert not again & given


@pytest.mark.parametrize("had", [True, False])
def test_nor_where_a_database_that_is_away_counts(office: Office, tmp_path: Path, had: bool) -> None:
    """Numbers are counted beside the journal there."""
    away = '[kiosk]\nletter = "B"\n[database]\nurl = "postgresql://m:x@127.0.0.1:1/m"\n'
    office.store.close()
    (office.data / "settings.toml").write_text(away)
    former = open_data(office.data)
    given = {told(former).number for _ in range(3 if had else 0)}
    made = save(former, tmp_path / "stick.zip").path
    given |= {told(former).number for _ in range(5)}
    former.store.close()
    restore(made, tmp_path / "new")
    for letter in ("", "D"):
        new = open_data(tmp_path / "new", letter)
        number = told(new).number
        new.store.close()
        assert int(number[1:]) > 300
        assert number not in given


def test_a_note_of_the_numbers_that_is_lost_does_not_matter(office: Office, tmp_path: Path) -> None:
    for note in (office.data / "store").glob(".*.counts"):
        note.unlink()
    restore(save(office, tmp_path / "stick.zip").path, tmp_path / "new")
    assert told(open_data(tmp_path / "new")).number == "A304"


def test_stamps_of_the_new_machine_are_later(office: Office, whole: Path, tmp_path: Path) -> None:
    restore(whole, tmp_path / "new")
    new = open_data(tmp_path / "new")
    newest = max(period.stamp for ticket in office.store.tickets() for period in ticket.periods)
    assert told(new).periods[-1].stamp > newest


def test_an_old_backup_brings_nothing_back_that_is_due(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It brought the former machine's clock too, which the new one's was held against for a day."""
    office.erase_old()
    made = save(office, tmp_path / "stick.zip").path
    restore(made, tmp_path / "new")
    late = open_data(tmp_path / "new")
    on(monkeypatch, office.today() + timedelta(days=late.settings.office.keep_days + 5))
    late.erase_old()
    assert late.store.days() == []
    assert not list((tmp_path / "new" / "store").glob("*.journal"))


def test_the_offices_own_files_are_in_it(office: Office, tmp_path: Path) -> None:
    """What reports count and what events were prepared were not."""
    for name in ("statistics.toml", "outreach/2026-12-01-abc-E.json", "outreach/packs/ab12.json"):
        (office.data / name).parent.mkdir(parents=True, exist_ok=True)
        (office.data / name).write_text("x")
    restore(save(office, tmp_path / "stick.zip").path, tmp_path / "new")
    assert (tmp_path / "new" / "statistics.toml").read_text() == "x"
    assert (tmp_path / "new" / "outreach" / "packs" / "ab12.json").read_text() == "x"


@pytest.mark.parametrize(
    "settings",
    [
        '[database]\nurl = "postgresql://u:ge\'heim@h/x"\n',
        "[database]\nurl = 'postgresql://u:ge\"heim@h/x'\n",
        '[database]\nurl = "postgresql://u:ge heim@h/x"\n',
        '[database]\nurl = "postgresql://u@h/x?sslpassword=geheim"\n',
        '[database]\nurl = "postgresql://u@h/x?sslmode=require&PASSWORD=geheim"\n',
        '[database]\nurl = "postgresql\\u003a//u:geheim@h/x"\n',
        '[database\nurl = "postgresql://u:ge heim@h/x"\n',
    ],
)
def test_no_odd_password_gets_out(office: Office, tmp_path: Path, settings: str) -> None:
    (office.data / "settings.toml").write_text(f"{settings}site = 'b'\n")
    kept = tree_of(save(office, tmp_path / "stick.zip").path)["settings.toml"].decode()
    assert "heim" not in kept
    assert "site = 'b'" in kept
