"""An outreach event from its preparing to its wiping, at an office and on two tablets."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from PIL import Image

from kiosk.app.actions import KioskActions
from kiosk.app.counting import RowMaker
from kiosk.app.events import merging, planning, receipts, running, sealing, starting, wiping
from kiosk.app.events.planning import Plan
from kiosk.app.events.running import Running
from kiosk.app.intake import KioskWindow
from kiosk.app.office import Office, open_data
from kiosk.app.places import lanes_of
from kiosk.core import changes
from kiosk.core.event import (
    EVENT_MARK,
    RECEIPT_MARK,
    Event,
    Receipt,
    Unreadable,
    event_from,
    event_text,
    receipt_from,
    receipt_text,
    scanned,
    unscanned,
)
from kiosk.core.ticket import Case, Content, Narrative, State
from kiosk.errors import Trouble
from kiosk.store import keyfiles
from kiosk.store.keys import Keyring
from kiosk.store.packs import write_out
from kiosk.store.sealing import new_key
from kiosk.store.signing import sign
from kiosk.store.tiny import TinyStore
from kiosk.ui.paint import Painter
from kiosk.ui.resident.returning import ticket_on
from kiosk.workers import Results
from tests.app.conftest import Running as RunningKiosk
from tests.store.samples import told

PASSPHRASE = "correct horse 窓口 battery staple 52"
WORDS = "회사에서 월급을 못 받았습니다"
CHILD = """
import sys
import threading
from pathlib import Path
from kiosk.app.office import open_data
from kiosk.core.ticket import Case, Content, Narrative
here = open_data(Path(sys.argv[1]))
for turn in range(int(sys.argv[2])):
    told = Narrative(sys.argv[3], "ko", "typed")
    ticket = here.store.issue(Content(cases=(Case("work"),), narrative=told), language="ko", at=here.now())
    print(ticket.id, ticket.number, flush=True)
"""


@pytest.fixture(scope="module")
def protected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with its passphrase set, to be copied."""
    folder = tmp_path_factory.mktemp("protected")
    Office(folder).keys.setup(PASSPHRASE, os.urandom(32))
    return folder


@pytest.fixture
def home(protected: Path, tmp_path: Path) -> Office:
    """The office, opened with its passphrase."""
    folder = tmp_path / "office"
    subprocess.run(["cp", "-a", protected, folder], check=True)
    (folder / "settings.toml").write_text('[office]\nname_ja = "みなと市 相談窓口"\nprefecture = "北海道"\n')
    office = open_data(folder)
    office.keys.unlock(PASSPHRASE)
    return office


def plan(home: Office, **changed: Any) -> Plan:
    made = Plan("港町 出張相談会", "港町公民館", home.today(), ("ko", "vi"), ("C", "D"), ("社協", "入管"))
    return replace(made, **changed)


@pytest.fixture
def started(home: Office, tmp_path: Path) -> Callable[..., list[Running]]:
    """Prepares an event and starts it on tablets of their own."""

    def start(**changed: Any) -> list[Running]:
        made = planning.prepare(home, plan(home, **changed), tmp_path / "stick")
        return [starting.start(tmp_path / f"tablet-{one.event.letter}", one.file.read_text()) for one in made]

    return start


def visits(at: Running, count: int) -> list[str]:
    """Visits in a process of their own; the ids it acknowledged."""
    command = [sys.executable, "-c", CHILD, str(at.data), str(count), WORDS]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return [line.split()[0] for line in said.splitlines()]


def killed_visits(at: Running, after: int) -> list[str]:
    """Visits until the process is killed in the middle of its work; the ids it acknowledged."""
    command = [sys.executable, "-c", CHILD, str(at.data), "100000", WORDS]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        lines = [child.stdout.readline() for _ in range(after)]
        child.send_signal(signal.SIGKILL)
        lines += child.stdout.readlines()
    return [line.split()[0] for line in lines if line.endswith("\n")]


def counter_works(at: Running, count: int) -> None:
    """A console on the tablet calls, serves and closes; what was told stays closed to it."""
    here = open_data(at.data)
    for _ in range(count):
        found = here.store.call_next(counter="社協", languages=(), at=here.now(), lanes=lanes_of(here))
        assert found is not None
        assert found.ticket.content.closed
        here.store.change(found.ticket.id, lambda t: changes.serve(t, here.now(), counter="社協"))
        here.store.change(found.ticket.id, lambda t: changes.close(t, here.now(), counter="社協"))
    here.store.close()
    assert here.in_use is not None
    os.close(here.in_use)


def sealed(at: Running, out: Path) -> Path:
    tablet = Office(at.data)
    try:
        return sealing.seal(tablet, at, out).file
    finally:
        tablet.store.close()


def brought(home: Office, at: Running, out: Path) -> str:
    """Seal the event and merge it at home; what the receipt says."""
    [came] = merging.merge(home, [sealed(at, out)])
    assert came.receipt is not None
    return came.receipt.read_text()


def test_a_whole_event(home: Office, started: Callable[..., list[Running]], tmp_path: Path) -> None:
    one, other = started()
    ids = visits(one, 12)
    counter_works(one, 5)
    died = killed_visits(other, 8)
    ids += [*died, *visits(other, 40 - 12 - len(died) if len(died) < 28 else 1)]
    assert len(ids) >= 40
    stick = tmp_path / "stick"
    packs = [sealed(one, stick), sealed(other, stick)]
    for at in (one, other):
        with told("trouble.wipe_refused"):
            wiping.wipe(at, [])
    first = merging.merge(home, packs)
    again = merging.merge(home, packs[::-1])
    assert not any(came.trouble or came.unwritten for came in (*first, *again))
    kept = {ticket.id: ticket for ticket in home.store.tickets()}
    assert set(ids) <= set(kept)
    assert len(kept) - len(ids) in (0, 1)  # one may have been on disk before the kill, unacknowledged
    assert sum(len(came.report.new) for came in first) == len(kept)
    assert all(not came.report.new and not came.report.changed and came.before for came in again)
    assert {ticket.number[0] for ticket in kept.values()} == {"C", "D"}
    assert len({ticket.number for ticket in kept.values()}) == len(kept)
    told_again = [ticket.content.narrative for ticket in kept.values()]
    assert {told and told.original for told in told_again} == {WORDS}
    assert sum(ticket.state is State.CLOSED for ticket in kept.values()) == 5
    receipts = [came.receipt.read_text() for came in first if came.receipt]
    with told("trouble.wipe_refused"):
        wiping.wipe(one, [receipts[1]])
    assert wiping.wipe(one, [receipts[0]]) == 12
    assert wiping.wipe(other, receipts) == len(kept) - 12
    assert not one.data.exists()
    assert not other.data.exists()
    fresh = open_data(home.data)
    assert {ticket.id for ticket in fresh.store.tickets()} == set(kept)
    assert all(ticket.content.closed for ticket in fresh.store.tickets())


def test_nothing_said_can_be_found_on_the_tablet(started: Callable[..., list[Running]]) -> None:
    [at, _] = started()
    visits(at, 3)
    counter_works(at, 1)
    for path in at.data.parent.parent.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert WORDS.encode() not in data
            assert json.dumps(WORDS).encode() not in data
            assert b'"cases"' not in data


def test_a_ticket_changed_after_the_pack_keeps_the_tablet(
    home: Office, started: Callable[..., list[Running]], tmp_path: Path
) -> None:
    [at] = started(letters=("C",))
    visits(at, 2)
    receipt = brought(home, at, tmp_path / "stick")
    counter_works(at, 1)
    with told("trouble.wipe_refused"):
        wiping.wipe(at, [receipt])
    [later] = merging.merge(home, [sealed(at, tmp_path / "stick")])
    assert len(later.report.changed) == 1
    assert later.receipt is not None
    assert wiping.wipe(at, [later.receipt.read_text()]) == 2


def test_a_wiped_tablet_keeps_only_that_it_was(
    home: Office, started: Callable[..., list[Running]], tmp_path: Path
) -> None:
    [at] = started(letters=("C",))
    visits(at, 1)
    data = at.data.parent.parent
    receipt = brought(home, at, tmp_path / "stick")
    wiping.wipe(at, [receipt])
    assert [path.name for path in (data / "events").iterdir()] == [f"{at.event.id}.wiped"]
    assert (data / "models").is_dir()
    with told("trouble.event_wiped"):
        starting.start(data, at.line)
    with told("trouble.event_unknown"):
        running.find(data, at.event.id)


def test_a_wipe_cut_off_is_finished(
    home: Office, started: Callable[..., list[Running]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    [at] = started(letters=("C",))
    visits(at, 1)
    receipt = brought(home, at, tmp_path / "stick")
    with monkeypatch.context() as patched:
        shred, left = keyfiles.shred, [4]

        def failing(path: Path) -> None:
            left[0] -= 1
            if left[0] < 0:
                raise OSError(5, "cut off")
            shred(path)

        patched.setattr(keyfiles, "shred", failing)
        with told("trouble.store_failed"):
            wiping.wipe(at, [receipt])
    assert not (at.data / "keys").exists()
    wiping.wipe(at, [])
    assert not at.data.exists()


def test_what_a_wipe_cut_off_anywhere_has_left_can_be_named_and_wiped(
    home: Office, started: Callable[..., list[Running]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Slips and letters lie beside the tickets: none may be left where nobody can name it."""
    [at] = started(letters=("C",))
    visits(at, 1)
    (at.data / "slips").mkdir()
    (at.data / "slips" / "C001.png").write_bytes(b"slip")
    receipt = brought(home, at, tmp_path / "stick")
    lines, shred, cuts = [receipt], keyfiles.shred, 0

    def twice(path: Path) -> None:
        # The mark that somebody uses the folder is made anew each time, and so one file more goes.
        if len(shredded) > 1:
            raise OSError(5, "cut off")
        shredded.append(path)
        shred(path)

    monkeypatch.setattr(keyfiles, "shred", twice)
    while at.data.exists():
        shredded: list[Path] = []
        found = running.find(at.data.parent.parent, "")
        with suppress(Trouble):
            assert wiping.wipe(found, lines) == 1
        assert shredded
        cuts, lines = cuts + 1, []
    assert cuts > 5


def test_an_event_cut_off_at_the_last_file_of_its_wiping_can_still_be_named(
    home: Office, started: Callable[..., list[Running]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    [at] = started(letters=("C",))
    visits(at, 1)
    receipt = brought(home, at, tmp_path / "stick")
    shred = keyfiles.shred

    def cut_off(path: Path) -> None:
        if path.name == "event.json":
            path.write_bytes(os.urandom(64))  # Killed once it was overwritten, before it was removed.
            raise OSError(5, "cut off")
        shred(path)

    monkeypatch.setattr(keyfiles, "shred", cut_off)
    with suppress(Trouble):
        wiping.wipe(at, [receipt])
    if at.data.exists():
        wiping.wipe(running.find(at.data.parent.parent, at.event.id), [])
    assert not at.data.exists()


def test_nobody_works_on_an_event_whose_wiping_has_begun(
    home: Office, started: Callable[..., list[Running]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What somebody told it then would go with the rest, and be in no pack."""
    [at] = started(letters=("C",))
    visits(at, 1)
    receipt = brought(home, at, tmp_path / "stick")

    def cut_off(_path: Path) -> None:
        raise OSError(5, "cut off")

    with monkeypatch.context() as patched:
        patched.setattr(keyfiles, "shred", cut_off)
        with told("trouble.store_failed"):
            wiping.wipe(at, [receipt])
    with told("trouble.event_half_wiped"):
        open_data(at.data)
    assert wiping.wipe(at, []) == 1


def test_who_wiped_is_told_before_the_event_is_forgotten(
    home: Office, started: Callable[..., list[Running]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    [at] = started(letters=("C",))
    visits(at, 1)
    receipt = brought(home, at, tmp_path / "stick")
    left: list[list[str]] = []

    def telling(*_args: object, **_named: object) -> None:
        left.append([path.name for path in at.data.iterdir()] if at.data.exists() else [])

    monkeypatch.setattr(wiping, "tell", telling)
    wiping.wipe(at, [receipt])
    assert left == [["event.json"]]
    assert not at.data.exists()


def test_an_open_kiosk_keeps_its_event(
    home: Office, started: Callable[..., list[Running]], tmp_path: Path
) -> None:
    [at] = started(letters=("C",))
    visits(at, 1)
    receipt = brought(home, at, tmp_path / "stick")
    kiosk = open_data(at.data)
    with told("trouble.event_running"):
        wiping.wipe(at, [receipt])
    assert kiosk.in_use is not None
    os.close(kiosk.in_use)
    wiping.wipe(at, [receipt])


def test_a_tablet_with_a_damaged_record_brings_the_rest(
    home: Office, started: Callable[..., list[Running]], tmp_path: Path
) -> None:
    [at] = started(letters=("C",))
    visits(at, 3)
    [journal] = (at.data / "store").glob("*.journal")
    lines = journal.read_bytes().splitlines(keepends=True)
    lines[1] = lines[1].replace(b"C002", b"C003")
    journal.write_bytes(b"".join(lines))
    [came] = merging.merge(home, [sealed(at, tmp_path / "stick")])
    assert {one.number for one in came.report.new} == {"C001", "C003"}
    assert came.contents is not None
    assert came.contents.faults == ("trouble.journal_damaged",)


def test_receipts_of_others_are_refused(
    home: Office, started: Callable[..., list[Running]], tmp_path: Path
) -> None:
    one, other = started()
    for at in (one, other):
        visits(at, 1)
    came = merging.merge(home, [sealed(at, tmp_path / "stick") for at in (one, other)])
    receipt = came[0].receipt
    assert receipt is not None
    line = receipt.read_text().strip()
    text, signature = unscanned(RECEIPT_MARK, line)
    with told("trouble.wipe_refused"):
        wiping.wipe(other, [line])
    forged = scanned(RECEIPT_MARK, text, sign(new_key(), text))
    altered = scanned(RECEIPT_MARK, text.replace(b'"taken"', b'"Taken"').replace(b"1", b"2", 1), signature)
    for wrong in (forged, altered, scanned(RECEIPT_MARK, text, b"x" * 64)):
        with told("trouble.receipt_foreign", "trouble.receipt_unreadable"):
            wiping.wipe(one, [wrong])
    for wrong in ("", "x", line[:-10], one.line, "MADORC1", line + "A" * 9000):
        with told("trouble.receipt_unreadable", "trouble.receipt_foreign"):
            wiping.wipe(one, [wrong])
    assert wiping.wipe(one, [line]) == 1


def test_a_bad_pack_beside_a_good_one(
    home: Office, started: Callable[..., list[Running]], tmp_path: Path
) -> None:
    one, other = started()
    for at in (one, other):
        visits(at, 2)
    good, bad = (sealed(at, tmp_path / "stick") for at in (one, other))
    bad.write_bytes(bad.read_bytes()[:-1])
    came = merging.merge(home, [bad, good, tmp_path / "missing.pack"])
    assert [one.trouble.key if one.trouble else "" for one in came] == [
        "trouble.pack_damaged",
        "",
        "trouble.pack_unreadable",
    ]
    assert {ticket.number for ticket in home.store.tickets()} == {"C001", "C002"}


def test_tickets_past_their_time_are_not_taken(
    home: Office, started: Callable[..., list[Running]], tmp_path: Path
) -> None:
    [at] = started(letters=("C",))
    old = home.today() - timedelta(days=home.settings.office.keep_days + 1)
    tablet = Office(at.data)
    past = TinyStore(at.data / "store", letter="C", today=lambda: old, keys=tablet.keys)
    past.issue(Content(cases=(Case("tax"),)), language="en", at=home.now() - timedelta(days=91))
    visits(at, 1)
    [came] = merging.merge(home, [sealed(at, tmp_path / "stick")])
    assert [one.reason for one in came.report.refused] == ["past"]
    assert home.store.days() == [home.today()]
    assert old not in home.keys.days()
    assert came.receipt is not None
    assert wiping.wipe(at, [came.receipt.read_text()]) == 2


def test_a_full_stick_loses_nothing(
    home: Office, started: Callable[..., list[Running]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    [at] = started(letters=("C",))
    visits(at, 1)
    pack = sealed(at, tmp_path / "stick")
    with monkeypatch.context() as patched:
        for writer in (sealing, receipts):
            patched.setattr(writer, "write_out", _full_stick)
        with told("trouble.disk_full"):
            sealed(at, tmp_path / "stick")
        [came] = merging.merge(home, [pack])
        assert came.trouble is None
        assert came.receipt is None
        assert came.unwritten is not None
    assert len(home.store.tickets()) == 1
    [again] = merging.merge(home, [pack])
    assert again.receipt is not None


def _full_stick(path: Path, data: bytes) -> str:
    if path.parent.name == "stick":
        raise Trouble("trouble.disk_full")
    return write_out(path, data)


def test_a_visit_in_the_real_window_without_a_printer(
    display: str,  # noqa: ARG001
    home: Office,
    started: Callable[..., list[Running]],
    tmp_path: Path,
) -> None:
    [at] = started(letters=("C",))
    office, results = open_data(at.data), Results()
    actions = KioskActions(office, results)
    shown = KioskWindow(office, results, actions, size=None, fatal=True)
    try:
        kiosk = RunningKiosk(office, actions, shown)
        finished = kiosk.visit("ko")
        assert finished.issued.number == "C001"
        assert finished.printed == "none"
        assert "C001" in kiosk.read()
        assert kiosk.say("done.no_printer.text") in kiosk.read()
        picture = Painter(office.typesetter, shown.kiosk.frame).photograph(kiosk.player.sheet)
        [code] = zxingcpp.read_barcodes(picture.convert("L"))
        assert code.text.split()[0] == "C001"
        photographed = ticket_on(code.text)
    finally:
        shown.window.close()
        actions.close()
        results.close()
        office.store.close()
    merging.merge(home, [sealed(at, tmp_path / "stick")])
    assert home.store.get(photographed).content.narrative is not None


# Preparing and starting


def test_file_and_picture_say_the_same_to_a_tablet(home: Office, tmp_path: Path) -> None:
    made = planning.prepare(home, plan(home), tmp_path / "out")
    assert [one.event.letter for one in made] == ["C", "D"]
    assert len({one.event.id for one in made}) == 1
    for one in made:
        [code] = zxingcpp.read_barcodes(Image.open(one.picture).convert("L"))
        assert code.text.isalnum()
        assert code.text.isascii()
        by_file = starting.start(tmp_path / f"f{one.event.letter}", one.file.read_text())
        for typed in (code.text, code.text.lower() + "\n", f"  {code.text} "):
            by_scanner = starting.start(tmp_path / f"s{one.event.letter}", typed)
            assert by_scanner.event == by_file.event == one.event


def test_a_tablet_gets_what_it_needs_and_no_secret(
    home: Office, started: Callable[..., list[Running]]
) -> None:
    [at] = started(letters=("C",), printer="/dev/rfcomm0", paper=58)
    settings = Office(at.data).settings
    assert settings.office.name_ja == "みなと市 相談窓口"
    assert settings.office.prefecture == "北海道"
    assert settings.office.desks == ("社協", "入管")
    assert settings.kiosk.letter == "C"
    assert settings.kiosk.languages == ("ko", "vi")
    assert (settings.printing.kind, settings.printing.target) == ("escpos-device", "/dev/rfcomm0")
    assert settings.printing.width_dots == 384
    assert not Office(at.data).settings_faults
    assert sorted(path.name for path in (at.data / "keys").iterdir() if path.is_file()) in (
        ["office.pub"],
        [".lock", "office.pub"],
    )
    secret = home.keys.office().secret
    for path in at.data.rglob("*"):
        if path.is_file():
            assert secret not in path.read_bytes()
            assert not path.stat().st_mode & 0o077


def test_an_event_is_counted_at_the_site_that_prepared_it(
    home: Office, started: Callable[..., list[Running]], tmp_path: Path
) -> None:
    assert home.settings.database.site == ""
    with (home.data / "settings.toml").open("a") as file:
        file.write('[database]\nsite = "o\'brien \\\\ 支所"\n')
    office = open_data(home.data)
    office.keys.unlock(PASSPHRASE)
    site = "o'brien \\ 支所"
    assert office.settings.database.site == site
    made = planning.prepare(office, plan(office, letters=("C",)), tmp_path / "stick")
    at = starting.start(tmp_path / "tablet", made[0].file.read_text())
    assert not Office(at.data).settings_faults
    visits(at, 2)
    merging.merge(office, [sealed(at, tmp_path / "stick")])
    office.store.issue(Content(), language="ko", at=office.now())
    [former] = started(letters=("D",))
    assert visits(former, 1)
    merging.merge(office, [sealed(former, tmp_path / "stick")])
    assert [case.site for case in office.store.tickets()] == [site, site, site, ""]
    rows = list(RowMaker(office).rows(office.today(), office.store.tickets()))
    assert [(row.site, row.event) for row in rows] == [
        (site, ""),
        (site, "港町 出張相談会"),
        (site, "港町 出張相談会"),
        (site, "港町 出張相談会"),
    ]


def test_an_office_without_a_passphrase_prepares_nothing(tmp_path: Path) -> None:
    office = open_data(tmp_path / "new")
    office.store.issue(Content(), language="en", at=office.now())
    with told("trouble.event_unprotected"):
        planning.prepare(office, plan(office), tmp_path / "out")


def test_a_locked_office_prepares_and_merges_nothing(home: Office, tmp_path: Path) -> None:
    home.keys.lock()
    with told("trouble.keys_locked"):
        planning.prepare(home, plan(home), tmp_path / "out")
    with told("trouble.keys_locked"):
        merging.merge(home, [tmp_path / "x.pack"])


@pytest.mark.parametrize("letters", [("A",), ("X",), ("C", "C"), ("D", "C", "D")])
def test_letters_are_given_once(home: Office, tmp_path: Path, letters: tuple[str, ...]) -> None:
    with told("trouble.event_letter"):
        planning.prepare(home, plan(home, letters=letters), tmp_path / "out")
    planning.prepare(home, plan(home, letters=("E",)), tmp_path / "out")
    with told("trouble.event_letter"):
        planning.prepare(home, plan(home, letters=("E",), name="別の会"), tmp_path / "out")
    tomorrow = home.today() + timedelta(days=1)
    assert planning.prepare(home, plan(home, letters=("E",), day=tomorrow), tmp_path / "out")


def test_an_event_half_prepared_takes_no_letter(
    home: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The stick is full after the first tablet's files: with room again the same letters serve."""
    room = [3]

    def filling(path: Path, data: bytes) -> str:
        room[0] -= 1
        if room[0] < 0:
            raise Trouble("trouble.disk_full")
        return write_out(path, data)

    out = tmp_path / "out"
    with monkeypatch.context() as patched:
        patched.setattr(planning, "write_out", filling)
        with told("trouble.disk_full"):
            planning.prepare(home, plan(home), out)
    assert list(out.iterdir()) == []
    assert planning.prepared_at(home.data) == []
    assert len(planning.prepare(home, plan(home), out)) == 2


def test_a_letter_stays_taken_while_its_file_may_be_about(
    home: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The stick was pulled out after the first tablet's files: somebody may start an event from them."""
    out, away = tmp_path / "out", tmp_path / "away"

    def pulled(path: Path, data: bytes) -> str:
        if path.name.endswith("-D.toml"):
            out.rename(away)
            raise Trouble("trouble.file_unwritten")
        return write_out(path, data)

    with monkeypatch.context() as patched:
        patched.setattr(planning, "write_out", pulled)
        with told("trouble.file_unwritten"):
            planning.prepare(home, plan(home), out)
    assert [event.letter for event in planning.prepared_at(home.data)] == ["C"]


def test_a_letter_is_taken_before_its_file_is_written(
    home: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process that is killed while it writes must not leave a file whose letter is given again."""
    known: list[list[str]] = []

    def looking(path: Path, data: bytes) -> str:
        known.append([event.letter for event in planning.prepared_at(home.data)])
        return write_out(path, data)

    monkeypatch.setattr(planning, "write_out", looking)
    planning.prepare(home, plan(home, letters=("C",)), tmp_path / "out")
    assert known == [["C"], ["C"]]


@pytest.mark.parametrize(
    "changed",
    [
        {"name": ""},
        {"name": "会\n[office]"},
        {"name": "x" * 300},
        {"partners": ("社協", "社協")},
        {"partners": ("",)},
        {"partners": tuple(f"p{n}" for n in range(40))},
        {"languages": ("xx",)},
        {"paper": 70},
        {"letters": ()},
        {"printer": "\x1b"},
    ],
)
def test_an_event_that_cannot_be_is_not_prepared(
    home: Office, tmp_path: Path, changed: dict[str, Any]
) -> None:
    with told("trouble.event_plan"):
        planning.prepare(home, plan(home, **changed), tmp_path / "out")
    assert not list((tmp_path / "out").glob("*"))


def test_quotes_and_signs_in_names_do_no_harm(home: Office, started: Callable[..., list[Running]]) -> None:
    name = 'Café "窓口" \\ [x] = 1 # 😀'
    [at] = started(letters=("C",), name=name, partners=('a"b\\', "#c", "ဗမာ"))
    assert at.event.name == name
    assert Office(at.data).settings.office.desks == ('a"b\\', "#c", "ဗမာ")
    assert running.find(at.data.parent.parent, "窓口").event == at.event
    assert home.languages


def test_an_event_of_nobody_is_not_started(home: Office, tmp_path: Path) -> None:
    [one] = planning.prepare(home, plan(home, letters=("C",)), tmp_path / "out")
    line = scanned(EVENT_MARK, event_text(one.event), b"x" * 64)
    with told("trouble.event_foreign"):
        starting.start(tmp_path / "t", line)
    good = one.file.read_text()
    for wrong in ("", "x", "MADOEV1", "MADOEV2AAAA", "event = 1", good[:-40], "\0", "[" * 9000, "MADORC1ABC"):
        with told("trouble.event_unreadable", "trouble.event_foreign"):
            starting.start(tmp_path / "t", wrong)
    assert not (tmp_path / "t" / "events").exists()


def test_a_tablet_of_another_office_refuses_it(home: Office, protected: Path, tmp_path: Path) -> None:
    [one] = planning.prepare(home, plan(home, letters=("C",)), tmp_path / "out")
    other = Office(tmp_path / "other")
    other.keys.setup("quite another long passphrase 77", os.urandom(32))
    with told("trouble.event_foreign"):
        starting.start(other.data, one.file.read_text())
    assert starting.start(home.data, one.file.read_text()).event == one.event
    assert protected.is_dir()


def test_started_twice_is_started_once(home: Office, tmp_path: Path) -> None:
    one, other = planning.prepare(home, plan(home), tmp_path / "out")
    first = starting.start(tmp_path / "t", one.file.read_text())
    visits(first, 1)
    assert starting.start(tmp_path / "t", one.file.read_text()) == first
    assert len(Office(first.data).store.tickets()) == 1
    with told("trouble.event_other_letter"):
        starting.start(tmp_path / "t", other.file.read_text())


def test_events_are_found_by_name(
    started: Callable[..., list[Running]], home: Office, tmp_path: Path
) -> None:
    [at] = started(letters=("C",))
    data = at.data.parent.parent
    for wanted in ("", at.event.id, "港町 出張相談会", "港町"):
        assert running.find(data, wanted) == at
    [more] = planning.prepare(home, plan(home, letters=("D",), name="港町 二回目"), tmp_path / "out")
    starting.start(data, more.file.read_text())
    for wanted in ("", "港町"):
        with told("trouble.event_several"):
            running.find(data, wanted)
    assert running.find(data, "二回目").event == more.event
    with told("trouble.event_unknown"):
        running.find(data, "山町")


def test_an_event_started_many_times_at_once_is_made_once(home: Office, tmp_path: Path) -> None:
    [one] = planning.prepare(home, plan(home, letters=("C",)), tmp_path / "out")
    text, data, together = one.file.read_text(), tmp_path / "t", threading.Barrier(8)

    def start(_: int) -> Running:
        together.wait()
        return starting.start(data, text)

    with ThreadPoolExecutor(8) as many:
        found = list(many.map(start, range(8)))
    assert len({at.data for at in found}) == 1
    assert [path.name for path in (data / "events").iterdir()] == [one.event.id]
    assert Keyring(found[0].data / "keys").public == one.event.public


# Texts that travel


def test_events_and_receipts_come_back_as_they_were(home: Office, tmp_path: Path) -> None:
    [one] = planning.prepare(home, plan(home, letters=("C",)), tmp_path / "out")
    assert event_from(event_text(one.event)) == one.event
    receipt = Receipt(one.event.id, "0123abcd", "ab" * 32, 5, ("x",))
    assert receipt_from(receipt_text(receipt)) == receipt


WRONG: list[object] = [None, 1, [], {}, "x" * 300, "a\nb", " x", [[]], -1, True, ["a", "a"], [1]]


@pytest.mark.parametrize("place", range(12))
def test_a_field_that_is_wrong_makes_it_no_event(home: Office, place: int) -> None:
    day, public = home.today(), home.keys.office().public
    event = Event(f"{day}-a1b2c3", "会", "所", day, ("ko",), "C", (), "", 58, (), public)
    row = json.loads(event_text(event))
    for wrong in WRONG:
        if wrong == [] and place in (7, 10):
            continue  # no partners, no settings
        text = json.dumps([*row[:place], wrong, *row[place + 1 :]], ensure_ascii=False)
        with pytest.raises(Unreadable):
            event_from(text.replace(", ", ",").encode())


def test_a_narrative_is_sealed_at_once(started: Callable[..., list[Running]]) -> None:
    [at] = started(letters=("C",))
    here = Office(at.data)
    said = Narrative(WORDS, "ko", "typed")
    issued = here.store.issue(Content(narrative=said), language="ko", at=here.now())
    assert here.store.get(issued.id).content.closed
