"""Reports of a whole office: the same figures wherever its tickets lie, and what cannot be read is named."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from kiosk.app import database, reporting
from kiosk.app.bench_year import make_day
from kiosk.app.day_counts import DayCounts
from kiosk.app.erasure import erase_before
from kiosk.app.gathering import Progress, gather
from kiosk.app.office import Office, open_data
from kiosk.app.reporter import Reporter
from kiosk.app.reporting import Wanted, make, save
from kiosk.errors import Trouble
from kiosk.reports.model import Report
from kiosk.store.pg.trial import Server
from kiosk.workers import Reply, Results
from tests import waiting

DAYS = (date(2025, 11, 4), date(2025, 11, 5), date(2025, 10, 7), date(2024, 11, 6))
MONTH = Wanted("month", "2025-11")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = filled(tmp_path / "data")
    yield made
    made.store.close()


def filled(data: Path) -> Office:
    made = open_data(data)
    for number, day in enumerate(DAYS):
        make_day(made, day, 30, random.Random(number))
    return made


def figures(report: Report) -> dict[str, Any]:
    """All that is counted, without when it was made."""
    told = {table.name: (table.heads, table.lines, table.total) for table in report.tables}
    return {"bigs": report.bigs, "tables": told}


def test_the_same_figures_from_tinydb_and_postgresql(server: Server, office: Office, tmp_path: Path) -> None:
    here = figures(make(office, MONTH))
    carried = [one for day in DAYS for one in office.store.carried(day)]
    office.store.close()
    database.setup(open_data(office.data), server.empty(), "", ())
    (office.data / "store").rename(tmp_path / "journals")
    there = open_data(office.data)
    assert len(there.store.merge(carried).new) == len(carried)
    assert figures(make(there, MONTH)) == here
    there.store.close()


def test_the_same_figures_from_what_another_office_took_over(office: Office, tmp_path: Path) -> None:
    taken = open_data(tmp_path / "other")
    taken.keys.keep_public(office.keys.public or b"")
    for day in DAYS:
        taken.store.merge(office.store.carried(day))
    (taken.data / "keys").rename(tmp_path / "keys.before")
    (office.data / "keys").rename(taken.data / "keys")
    taken.store.close()
    again = open_data(taken.data)
    counted = gather(again, {"2025-11"}, processes=1)
    (taken.data / "keys").rename(office.data / "keys")
    assert counted.tally.months["2025-11"].people == 60
    assert counted.tally == gather(open_data(office.data), {"2025-11"}).tally


def test_the_same_figures_before_and_after_erasing(office: Office) -> None:
    before = figures(make(office, MONTH))
    erase_before(office, date(2025, 11, 5), reason="request")
    assert len(office.store.days()) == 1
    assert figures(make(office, MONTH)) == before
    assert not list((office.data / "reports").glob("2025-11-04"))


def test_a_day_is_opened_once_until_something_changes(office: Office) -> None:
    old(office)
    counting = office.counted.counting
    first = gather(office, {"2025-11"}).tally
    kept = DayCounts(office, counting)
    assert kept.read(DAYS[0]) is not None
    sealed = (office.data / "reports" / DAYS[0].isoformat()).read_bytes()
    assert b'"people"' not in sealed
    assert gather(office, {"2025-11"}).tally == first
    case = office.store.tickets(DAYS[0])[0]
    office.store.change(case.id, lambda found: found)
    make_day(office, DAYS[0], 5, random.Random(9))
    assert kept.read(DAYS[0]) is None, "the journal is another"
    # Numbers given twice are kept as conflicts: five more people.
    assert gather(office, {"2025-11"}).tally.months["2025-11"].people == 65


def old(office: Office) -> None:
    """Let the journals be older than a moment."""
    import os

    for file in (office.data / "store").glob("*"):
        os.utime(file, (1_700_000_000, 1_700_000_000))


def test_a_damaged_day_and_one_with_another_key_are_named_and_the_rest_goes_on(office: Office) -> None:
    office.store.close()
    journal = office.data / "store" / "2025-11-04.journal"
    journal = journal if journal.exists() else next((office.data / "store").glob("2025-11-04*"))
    text = bytearray(journal.read_bytes())
    text[len(text) // 3] ^= 0x55
    journal.write_bytes(bytes(text))
    key, other = (office.data / "keys" / f"2025-11-0{n}.key" for n in (5, 4))
    key.write_bytes(other.read_bytes())
    report = make(open_data(office.data), MONTH)
    notes = "\n".join(report.notes)
    assert "2025-11-04" in notes
    assert "2025-11-05" in notes
    topics = report.table("topic")
    assert topics is not None
    assert topics.total


def test_a_locked_office_counts_what_lies_open_and_says_so(office: Office) -> None:
    office.keys.setup("correct horse battery staple 77", b"r" * 32)
    locked = open_data(office.data)
    assert locked.locked
    report = make(locked, MONTH)
    assert report.bigs[0].value == "60"
    assert any("60" in note and "2025-11-04" in note for note in report.notes), "as many as it counts"
    assert not any("2025-10-07" in note for note in report.notes), "what it compares with is not its own"
    assert report.table("topic") is None


def test_the_day_names_every_case_and_the_audit_trail_says_it_was_made(office: Office) -> None:
    report = make(office, Wanted("day", "2025-11-04", staff="k03"))
    cases = report.table("cases")
    assert cases is not None
    assert [line[0] for line in cases.lines] == [f"A{n:03d}" for n in range(1, 31)]
    assert "会社から" not in str(report), "the resident's own words"
    trail = "".join(path.read_text() for path in (office.data / "audit").glob("*.log"))
    assert '"report"' in trail
    assert "k03" in trail


def test_without_a_line_in_the_trail_no_case_is_shown(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: object) -> None:
        raise Trouble("trouble.disk_full")

    monkeypatch.setattr(office.audit, "write", full)
    with pytest.raises(Trouble, match="audit_failed"):
        make(office, Wanted("day", "2025-11-04"))


def test_the_share_file_holds_counts_only(office: Office, tmp_path: Path) -> None:
    report = make(office, Wanted("share", "2025-11"))
    file = save(office, report, tmp_path / "s.zip")
    assert file.stat().st_mode & 0o777 == 0o600
    with ZipFile(BytesIO(file.read_bytes())) as packed:
        told = json.loads(packed.read("share-2025-11.json"))
        rows = packed.read("share-2025-11.csv").decode("utf-8-sig")
    assert (told["format"], told["version"], told["month"]) == ("madoguchi-share", 1, "2025-11")
    assert "nationality" not in told["tables"]
    for table in told["tables"].values():
        assert not any(count is not None and 0 < count < told["least"] for count in table["counts"].values())
    for secret in ("A001", "k01", "窓口で制度", "2025-11-0"):
        assert secret not in json.dumps(told, ensure_ascii=False) + rows


def test_every_format_is_written_whole_and_never_over_another(office: Office, tmp_path: Path) -> None:
    report = make(office, Wanted("year", "2025"))
    for suffix in reporting.SUFFIXES:
        path = tmp_path / f"y{suffix}"
        assert save(office, report, path) == path
        assert path.stat().st_mode & 0o777 == 0o600
        with pytest.raises(Trouble, match="report_exists"):
            save(office, report, path)
        save(office, report, path, force=True)
    assert (tmp_path / "y.pdf").read_bytes().startswith(b"%PDF-1.4")
    with pytest.raises(Trouble, match="report_format"):
        save(office, report, tmp_path / "y.doc")


def test_charts_heads_and_paper_of_the_workbook(office: Office) -> None:
    from openpyxl import load_workbook

    report = make(office, Wanted("year", "2025", language="en"))
    book = load_workbook(BytesIO(reporting.written(office, report, ".xlsx")))
    sheet = book[next(name for name in book.sheetnames if name.startswith("Topic"))]
    assert len(sheet._charts) == 1
    assert sheet.freeze_panes == "B5"
    assert sheet.page_setup.paperSize == 9
    assert sheet.cell(5, 3).number_format == "0.0%"


def test_stopping_ends_it(office: Office) -> None:
    with pytest.raises(Trouble, match="report_stopped"):
        gather(office, {"2025-11"}, stopped=lambda: True, processes=2)
    with pytest.raises(Trouble, match="report_stopped"):
        gather(office, {"2025-11"}, stopped=lambda: True)


def answer(results: Results, ended: list[Reply]) -> Reply:
    waiting.until(lambda: ended, results.poll)
    return ended[0]


def test_beside_a_window(office: Office, tmp_path: Path) -> None:
    results, made, seen = Results(), list[Reply](), list[Progress]()
    reporter = Reporter(office, results)
    reporter.make(MONTH, made.append, seen.append)
    report = answer(results, made).value
    assert figures(report) == figures(make(office, MONTH))
    assert seen
    assert seen[-1].done == seen[-1].whole
    saved: list[Reply] = []
    reporter.save(report, tmp_path / "m.csv", saved.append)
    assert answer(results, saved).value == tmp_path / "m.csv"
    stopped: list[Reply] = []
    reporter.make(MONTH, stopped.append).cancel()
    trouble = answer(results, stopped).trouble
    assert trouble is not None
    assert trouble.key == "trouble.report_stopped"
    reporter.close()
    results.close()
