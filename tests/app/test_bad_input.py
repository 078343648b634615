"""Whatever is missing, broken or full: a clear sentence, a number, and nothing lost that was acknowledged."""

from __future__ import annotations

import errno
import fcntl
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.app import queueing
from kiosk.app.console_window import ConsoleWindow
from kiosk.app.demo import install_samples
from kiosk.app.office import open_data
from kiosk.app.rehearsal import Player
from kiosk.core.ticket import State
from kiosk.printing import printers
from kiosk.speech.sources import Microphone
from tests.app.conftest import SAID, Running, console_words, until
from tests.printing.fake_printer import FakePrinter
from tests.store.failing import largest_file

Start = Callable[..., Running]
Console = Callable[[], ConsoleWindow]


def skip(player: Player) -> None:
    """Nothing in their own words."""
    player.press("skip")


def test_no_microphone(running: Start) -> None:
    kiosk = running(source=Microphone("no such device"))
    if not kiosk.actions.abilities("ko").speech:
        pytest.skip("the Korean speech model is not installed")

    def try_to_speak(player: Player) -> None:
        player.press("listen")
        player.wait(lambda: kiosk.shown.kiosk.speaking.ear == "off", "the trouble")
        assert kiosk.say("trouble.no_microphone") in kiosk.read()
        assert {"type", "skip"} <= set(player.targets())
        player.press("skip")

    finished = kiosk.visit(words=try_to_speak)
    assert (finished.issued.number, finished.issued.saved) == ("A001", True)


def test_no_speech_model(running: Start) -> None:
    kiosk = running()
    seen: list[str] = []

    def look(player: Player) -> None:
        seen.extend(player.targets())
        assert kiosk.say("speak.not_installed", "ne") in kiosk.read()
        player.press("skip")

    assert kiosk.visit("ne", look).issued.number == "A001"
    assert "listen" not in seen
    assert "type" in seen


def test_a_damaged_translation_package(running: Start, data: Path) -> None:
    office = open_data(data)
    install_samples(office)
    for model in office.translation_folder.rglob("model.bin"):
        model.write_bytes(bytes(model.stat().st_size))
    kiosk = running()
    told: list[str] = []

    def write_on(player: Player) -> None:
        player.press("type")
        for sign in SAID:
            kiosk.shown.kiosk.press(f"key:{sign}" if sign != " " else "key:<space>")
        player.press("next")
        player.wait(lambda: bool(kiosk.shown.kiosk.translating.trouble), "the trouble")
        told.append(kiosk.read())
        player.press("untranslated")

    finished = kiosk.visit(words=write_on)
    assert kiosk.say("trouble.package_damaged") in told[0]
    assert finished.issued.saved
    narrative = kiosk.office.store.tickets()[0].content.narrative
    assert narrative is not None
    assert (narrative.original, narrative.translation, narrative.accepted) == (SAID, None, False)


def test_a_printer_without_paper_that_gets_some(
    running: Start, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printers, "FIRST_ANSWER_S", 5.0)
    with FakePrinter("paper") as printer:
        settings = f'[printing]\nkind = "escpos-network"\ntarget = "127.0.0.1:{printer.port}"\n'
        (data / "settings.toml").write_text(settings, encoding="utf-8")
        kiosk = running()
        finished = kiosk.visit(words=skip)
        assert (finished.printed, finished.issued.number) == ("failed", "A001")
        page = kiosk.read()
        assert kiosk.say("trouble.printer_paper") in page
        assert kiosk.say("done.no_printer.title") in page
        assert "A001" in page
        printer.fault = ""
        kiosk.player.press("reprint")
        kiosk.player.wait(
            lambda: (
                kiosk.shown.kiosk.finished is not None and kiosk.shown.kiosk.finished.printed == "printed"
            ),
            "the slip",
        )
    assert b"\x1dv0" in printer.received


@pytest.mark.parametrize(
    ("settings", "key"),
    [
        ('kind = "escpos-device"\ntarget = "/dev/usb/lp77"', "trouble.printer_missing"),
        ('kind = "escpos-network"\ntarget = "127.0.0.1:1"', "trouble.printer_offline"),
    ],
)
def test_no_printer(running: Start, data: Path, settings: str, key: str) -> None:
    (data / "settings.toml").write_text(f"[printing]\n{settings}\n", encoding="utf-8")
    kiosk = running()
    finished = kiosk.visit(words=skip)
    assert (finished.printed, finished.issued.saved) == ("failed", True)
    assert kiosk.say(key) in kiosk.read()


def test_a_full_disk(running: Start, console: Console, data: Path) -> None:
    kiosk = running()
    assert kiosk.visit().issued.number == "A001"
    journal = next((data / "store").glob("*.journal"))
    written = len(journal.read_bytes().rstrip(b"\0"))  # Behind it lies room made ahead.
    with largest_file(written + 40):
        finished = kiosk.visit()
    assert not finished.issued.saved
    assert finished.issued.number.startswith("XA")
    assert finished.stays
    page = kiosk.read()
    for told in (finished.issued.number, kiosk.say("done.unsaved.title"), kiosk.say("done.unsaved.text")):
        assert told in page
    assert kiosk.say("done.minutes").partition("{n}")[0] + "0" not in page
    # As soon as there is room again the next one is kept, and the first one never was in doubt.
    assert kiosk.visit().issued.number == "A002"
    assert [t.number for t in open_data(data).store.tickets()] == ["A001", "A002"]
    shown = console()
    shown.console.key("F2")
    until(shown, lambda: shown.console.current is not None)
    assert SAID in console_words(shown)


def test_a_disk_that_fails_once_and_then_for_long(running: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    kiosk = running()
    assert kiosk.visit(words=skip).issued.number == "A001"
    real, broken = os.fdatasync, [1]

    def flush(handle: int) -> None:
        if broken[0]:
            broken[0] -= 1
            raise OSError(errno.EIO, "the disk")
        real(handle)

    monkeypatch.setattr(os, "fdatasync", flush)
    assert kiosk.visit(words=skip).issued.number == "A002"
    broken[0] = 1000
    assert kiosk.visit(words=skip).issued.number.startswith("XA")
    broken[0] = 0
    assert kiosk.visit(words=skip).issued.saved
    states = {t.number: t.state for t in kiosk.office.store.tickets()}
    assert states["A001"] is states["A002"] is State.WAITING


def test_numbers_that_nothing_keeps_are_never_given_twice(
    running: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    from datetime import datetime, timedelta

    kiosk = running()
    at = [datetime(2026, 11, 20, 14, 35, tzinfo=kiosk.office.settings.office.zone)]
    monkeypatch.setattr(kiosk.office, "now", lambda: at[0])
    given = [kiosk.actions._on_paper(), kiosk.actions._on_paper()]
    at[0] += timedelta(minutes=1)
    given.append(kiosk.actions._on_paper())
    at[0] += timedelta(minutes=10)
    given.append(kiosk.actions._on_paper())
    at[0] += timedelta(hours=18)
    given.append(kiosk.actions._on_paper())
    assert given == ["XA1435", "XA1436", "XA1437", "XA1446", "XA0846"]


def test_a_journal_damaged_by_hand(running: Start, console: Console, data: Path, tmp_path: Path) -> None:
    office = open_data(data)
    case = tmp_path / "case.json"
    case.write_text('{"language": "ko", "topic": "work"}', encoding="utf-8")
    for _ in range(3):
        queueing.add(office, case)
    office.store.close()
    journal = next((data / "store").glob("*.journal"))
    lines = journal.read_bytes().splitlines(keepends=True)
    lines[1] = lines[1].replace(b'"ko"', b'"vi"')
    journal.write_bytes(b"".join(lines) + b"half a rec")

    kiosk = running()
    # Either of the two damaged records may have given a number: none is given twice.
    assert kiosk.visit(words=skip).issued.number == "A005"
    shown = console()
    assert shown.console.view().counts[0] == 3
    assert shown.console.view().fault
    shown.console.press("faults")
    told = console_words(shown)
    assert f"{journal.name}の一部が壊れていました" in told
    kept = b"".join(path.read_bytes() for path in (data / "store" / "damaged").iterdir())
    assert b'"A002"' in kept
    shown.console.key("Escape")
    shown.console.key("F2")
    until(shown, lambda: shown.console.current is not None)


def test_broken_settings(running: Start, data: Path) -> None:
    """The kiosk went on as A, which another one is."""
    (data / "settings.toml").write_text('[kiosk]\nletter = "C"\n', encoding="utf-8")
    assert open_data(data).settings.kiosk.letter == "C"
    (data / "settings.toml").write_text("[kiosk\n", encoding="utf-8")
    assert running().visit(words=skip).issued.number == "C001"


@pytest.mark.parametrize("languages", ['["tlh"]', "[]"])
def test_settings_without_any_language_offer_all(data: Path, languages: str) -> None:
    (data / "settings.toml").write_text(f"[kiosk]\nlanguages = {languages}\n", encoding="utf-8")
    assert {"ja", "my", "ko"} <= set(open_data(data).offered)


def test_broken_settings_are_told_to_staff(console: Console, data: Path) -> None:
    (data / "settings.toml").write_text('[office]\ncounters = "two"\n', encoding="utf-8")
    shown = console()
    shown.console.press("faults")
    assert "settings.toml:2 office.counters" in console_words(shown)


def test_former_settings_are_told_on_the_start_page(console: Console, data: Path) -> None:
    assert open_data(data).chosen_settings.trouble is None
    (data / "settings.toml").write_text("[office]\ncounters = 2\n[kiosk\n", encoding="utf-8")
    shown = console()
    assert shown.console.view().fault
    assert "settings.toml:3 が正しくない" in console_words(shown)
    shown.console.press("faults")
    assert console_words(shown).count("settings.toml:3 が正しくない") == 1


@pytest.mark.usefixtures("display")
def test_two_kiosks_of_one_letter(data: Path) -> None:
    def start(*letter: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "kiosk", "--data", str(data), "intake", "--windowed", *letter]
        return subprocess.Popen(command, stderr=subprocess.PIPE, text=True)

    first, other = start(), start("--letter", "B")
    try:
        _wait_for_lock(first, data / "kiosk-A.lock")
        _wait_for_lock(other, data / "kiosk-B.lock")
        second = start()
        _, said = second.communicate(timeout=120)
        assert second.returncode == 1
        assert "この機械ではもう受付が動いています" in said
        assert "Traceback" not in said
        assert (first.poll(), other.poll()) == (None, None)
    finally:
        for process in (first, other):
            process.kill()
            process.communicate()


def _wait_for_lock(process: subprocess.Popen[str], path: Path) -> None:
    while not _held(path):
        with pytest.raises(subprocess.TimeoutExpired):  # it runs on
            process.wait(0.05)


def _held(path: Path) -> bool:
    if not path.exists():
        return False
    with path.open() as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False
