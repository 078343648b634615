"""Reports that open single tickets: the day's, and examples for training."""

from __future__ import annotations

import logging
from datetime import date
from typing import TYPE_CHECKING

from kiosk.app.counting import RowMaker
from kiosk.app.gathered import Gathered
from kiosk.app.gathering import Progress
from kiosk.errors import Trouble
from kiosk.reports import examples
from kiosk.reports.daily import daily

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.app.gathering import Stop
    from kiosk.app.office import Office
    from kiosk.core.ticket import Ticket
    from kiosk.reports.labels import Labels
    from kiosk.reports.model import Report

log = logging.getLogger(__name__)


def day_report(office: Office, day: date, labels: Labels) -> Report:
    """Every case of the day that is kept. Raises Trouble where the day cannot be read: it is all there is."""
    from kiosk.app.reporting import frame_of

    found, maker = Gathered(), RowMaker(office)
    cases = office.store.tickets(day)
    if closed := sum(case.content.closed for case in cases):
        found.closed[day] = closed
    for fault in office.store.faults():
        if day.isoformat() in fault.file:
            found.damaged[fault.file] = fault.key

    def service(name: str) -> str:
        known = office.service(name)
        return (known.service_ja or known.organisation_ja) if known else name

    told = [(case, maker.row(case)) for case in cases]
    frame = frame_of(office, labels, found)
    zone = office.settings.office.zone
    return daily(day.isoformat(), told, office.counted.counting, labels, frame, zone=zone, service=service)


def examples_report(
    office: Office,
    year: int,
    labels: Labels,
    progress: Callable[[Progress], None],
    stopped: Stop,
) -> Report:
    """Groups of the year's kept cases that are alike, and what counselors wrote of some.

    Raises Trouble("trouble.report_stopped").
    """
    from kiosk.app.reporting import frame_of

    found, maker, plan = Gathered(), RowMaker(office), office.counted
    groups: dict[examples.Kind, examples.Group] = {}
    texts: list[examples.Text] = []
    days = [day for day in office.store.days() if day.year == year]
    for place, day in enumerate(days, start=1):
        if stopped():
            raise Trouble("trouble.report_stopped", log="a report was stopped")
        for case in _cases(office, day, found):
            row = maker.row(case)
            examples.add(groups, case, row, plan.national)
            texts += examples.texts_of(case, row, plan.national)
        progress(Progress(place, len(days), day.isoformat()))
    return examples.report(str(year), groups, plan.least, labels, frame_of(office, labels, found), texts)


def _cases(office: Office, day: date, found: Gathered) -> list[Ticket]:
    try:
        cases = office.store.tickets(day)
    except Trouble as trouble:
        log.error("no examples of %s: %s", day, trouble)
        found.unread[day] = trouble.key
        return []
    if closed := sum(case.content.closed for case in cases):
        found.closed[day] = closed
    return cases
