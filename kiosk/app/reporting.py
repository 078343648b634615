"""Makes reports of an office: gathers, counts, puts into words, writes the file and the audit line."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.app.auditing import tell
from kiosk.app.gathered import Gathered
from kiosk.app.gathering import Progress, Stop, gather
from kiosk.core.counts import month_before, months_of
from kiosk.errors import Trouble
from kiosk.reports.figures import Frame
from kiosk.reports.labels import Labels
from kiosk.reports.model import Kind, Report
from kiosk.reports.monthly import monthly, yearly
from kiosk.store.audit_line import Entry

if TYPE_CHECKING:
    from kiosk.app.office import Office

log = logging.getLogger(__name__)
SUFFIXES = (".xlsx", ".csv", ".pdf", ".json")
SHARED = (".zip", ".json", ".csv")
"""What a share file is written as; a zip holds both others."""
_OPENED = ("day", "examples")
"""Kinds that show what single tickets tell, and so wait for their line in the audit trail."""
Tell = Callable[[Progress], None]


@dataclass(frozen=True)
class Wanted:
    """Which report."""

    kind: Kind
    when: str
    """A day, month or year in ISO form."""
    language: str = "ja"
    staff: str = ""


def make(
    office: Office, wanted: Wanted, progress: Tell = lambda _: None, stopped: Stop = lambda: False
) -> Report:
    """The report. Raises Trouble: `trouble.report_stopped`, `trouble.audit_failed` where single tickets would
    be shown and the trail cannot say so, and what the store raises where nothing at all can be read."""
    if wanted.kind in _OPENED:
        _audit_first(office, wanted)
    report = _made(office, wanted, progress, stopped)
    if wanted.kind not in _OPENED:
        tell(office, "report", wanted.when, staff=wanted.staff, kind=wanted.kind)
    return report


def _made(office: Office, wanted: Wanted, progress: Tell, stopped: Stop) -> Report:
    labels = labels_of(office, wanted.language)
    if wanted.kind == "day":
        from kiosk.app.case_reports import day_report

        return day_report(office, date.fromisoformat(wanted.when), labels)
    if wanted.kind == "examples":
        from kiosk.app.case_reports import examples_report

        return examples_report(office, int(wanted.when), labels, progress, stopped)
    found = gather(office, months_wanted(wanted), progress=progress, stopped=stopped)
    plan, frame = office.counted, frame_of(office, labels, found, wanted.when)
    if wanted.kind == "year":
        return yearly(found.tally, int(wanted.when), plan.tables, plan.least, labels, frame)
    if wanted.kind == "month":
        return monthly(found.tally, wanted.when, plan.tables, plan.least, labels, frame)
    shared = monthly(found.tally, wanted.when, plan.share, plan.least, labels, frame)
    title = labels.text("report.title.share", year=wanted.when[:4], month=int(wanted.when[5:]))
    return replace(shared, kind="share", title=title)


def months_wanted(wanted: Wanted) -> frozenset[str]:
    """The months a report counts, with those it compares with."""
    if wanted.kind == "year":
        year = int(wanted.when)
        return frozenset((*months_of(year), *months_of(year - 1)))
    return frozenset((wanted.when, month_before(wanted.when), month_before(wanted.when, 12)))


def labels_of(office: Office, tag: str) -> Labels:
    """Words of a report in this language, `ja` or `en`."""
    from kiosk.data.codes import NATIONALITIES, STATUSES, read_codes

    english = tag == "en"
    names = {
        one: (spoken.english if english else spoken.japanese) for one, spoken in office.languages.items()
    }
    own = {code: words[tag] for code, words in office.counted.names.items() if words.get(tag)}
    nations, statuses = (
        {code.id: code.name(tag) for code in read_codes(name).codes} for name in (NATIONALITIES, STATUSES)
    )
    return Labels(office.catalogue(tag), names, own, nations, statuses)


def frame_of(office: Office, labels: Labels, found: Gathered, when: str = "") -> Frame:
    """The office, the time, and what was not found: of the report's own time `when` how much does not open,
    and what is damaged there or where it compares."""
    text, notes = labels.text, []
    shut = {day: count for day, count in found.closed.items() if day.isoformat().startswith(when)}
    if closed := sum(shut.values()):
        key = "report.note.locked" if office.locked else "report.note.closed"
        notes.append(text(key, n=f"{closed:,}", days=_days(list(shut), labels)))
    if found.unread:
        notes.append(text("report.note.unread", days=_days(list(found.unread), labels)))
    if found.damaged:
        notes.append(text("report.note.damaged", files=_listed(sorted(found.damaged), labels)))
    stamp = text("report.stamp", at=f"{office.now():%Y-%m-%d %H:%M}")
    return Frame(office.settings.office.name_ja, stamp, tuple(notes), office.today().isoformat())


def _days(days: list[date], labels: Labels) -> str:
    return _listed([day.isoformat() for day in sorted(days)], labels)


def _listed(names: list[str], labels: Labels, most: int = 8) -> str:
    """A few by name, the others by number."""
    if len(names) <= most:
        return ", ".join(names)
    return labels.text("report.and_more", names=", ".join(names[:most]), n=len(names) - most)


def _audit_first(office: Office, wanted: Wanted) -> None:
    """The line is on disk before anything is shown. Raises Trouble("trouble.audit_failed")."""
    who = wanted.staff or office.staff
    try:
        office.audit.write(Entry("report", office.now(), wanted.when, who, "", {"kind": wanted.kind}))
    except Trouble as trouble:
        raise Trouble("trouble.audit_failed", number=wanted.when, log=trouble.log) from trouble


def save(office: Office, report: Report, path: Path, *, force: bool = False) -> Path:
    """Write the report in the format of the file's suffix: whole or not at all, for its owner only.

    Raises Trouble: `trouble.report_format`, `trouble.report_exists` unless `force`, `trouble.disk_full`,
    `trouble.file_unwritten`.
    """
    from kiosk.store.packs import write_out

    path = check_place(report.kind, path, force)
    data = written(office, report, path.suffix.lower())
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise Trouble("trouble.file_unwritten", log=f"no folder: {error.strerror}") from error
    write_out(path, data)
    return path


def check_place(kind: Kind, path: Path, force: bool = False) -> Path:
    """The file's whole path. Raises Trouble: `trouble.report_format`, `trouble.report_exists`."""
    allowed = SHARED if kind == "share" else SUFFIXES
    if path.suffix.lower() not in allowed:
        raise Trouble("trouble.report_format", suffixes=" ".join(allowed))
    path = path.expanduser().absolute()
    if path.is_symlink() or path.is_dir() or (path.exists() and not force):
        raise Trouble("trouble.report_exists", name=path.name)
    return path


def written(office: Office, report: Report, suffix: str) -> bytes:
    """The file's content."""
    words = office.catalogue(report.language)
    if report.kind == "share":
        from kiosk.reports import share

        formats = {".zip": share.zip_file, ".json": share.json_file, ".csv": share.csv_file}
        return formats[suffix](report, words, office.counted.least)
    if suffix == ".xlsx":
        from kiosk.reports.xlsx import workbook

        return workbook(report, words)
    if suffix == ".csv":
        from kiosk.reports.sheets import csv_file

        return csv_file(report, words)
    if suffix == ".json":
        from kiosk.reports.share import plain_file

        return plain_file(report)
    from kiosk.reports.pdf import pdf_file

    return pdf_file(report, words, office.typesetter)
