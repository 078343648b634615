"""The steps in which a day or a ticket goes: key, files, bookings, notes, slips, and a line in the trail."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, cast

from kiosk.app.auditing import tell
from kiosk.core.ticket import Ticket
from kiosk.errors import Trouble
from kiosk.store import erasing, files, rewriting
from kiosk.store.erasing import Mark
from kiosk.store.journal import SUFFIX

if TYPE_CHECKING:
    from kiosk.app.office import Office
    from kiosk.store.erasing import Erasable

log = logging.getLogger(__name__)

WAIT = 60.0
"""Seconds to wait for another process that erases a day."""


def local(office: Office) -> Erasable:
    """The store, as it erases."""
    return cast("Erasable", office.store)


def days_left(office: Office) -> list[date]:
    """Days of which anything is left: also those whose erasure was cut off, or whose journal is lost. Not
    those of which only other sites have tickets."""
    beside = {*office.rows.days(), *office.keys.days()} - set(office.store.days())
    return sorted({*erasing.days_with_files(local(office).folder), *beside, *local(office).own_days()})


@contextmanager
def alone(office: Office) -> Iterator[None]:
    """One process of this machine at a time: of two that erase a day at once the second would still hold its
    tickets when the first has forgotten whose rows it wrote, and count everybody twice. Raises
    Trouble("trouble.store_busy")."""
    folder = office.rows.folder / "erasing"
    with ExitStack() as held:
        try:
            files.make_folder(folder)
            held.enter_context(files.Lock(folder).hold(WAIT))
        except (OSError, Trouble) as error:
            if isinstance(error, Trouble) and error.key == "trouble.store_busy":
                raise
            # A full disk: what was promised to residents goes before the figures.
            log.warning("erasing without a lock: %s", error)
        yield


def erase_files(office: Office, day: date, mark: Mark, tickets: list[Ticket] | None) -> None:
    """`tickets`: those whose rows are written; of an office database no others go."""
    store = local(office)
    store.mark_erased(day, mark)
    office.keys.erase(day)
    left = store.erase_day(day, None if tickets is None else [case.id for case in tickets])
    office.bookings.forget(lambda booking: booking.day == day)
    # Another site's tickets stay until it erases them; a second row of them would count them twice.
    office.rows.forget(day, left)
    _erase_counts(office, day)
    _erase_slips_of(office, day)
    tell(office, "erase", day.isoformat(), staff=mark.staff, tickets=mark.tickets, reason=mark.reason)
    erasing.finish_mark(store.folder, day, mark)
    log.info("tickets of %s were deleted: %s", day, mark.reason)


def after_ticket(office: Office, day: date, mark: Mark, number: str) -> None:
    rewriting.sweep(local(office).folder / f"{day}{SUFFIX}")
    office.bookings.forget(lambda booking: booking.ticket_id == mark.ticket)
    _erase_counts(office, day)
    if number:
        _erase_slips_of(office, day, number)
    tell(office, "erase", mark.ticket, staff=mark.staff, tickets=1, reason=mark.reason, day=day.isoformat())
    erasing.finish_mark(local(office).folder, day, mark)


def _erase_counts(office: Office, day: date) -> None:
    """What is kept of a day besides its tickets. Raises Trouble."""
    from kiosk.app.day_notes import erase

    try:
        erase(office.data, day)
    except OSError as error:
        raise Trouble("trouble.store_failed", log=f"erasing notes failed: {error.strerror}") from error


def erase_slips(office: Office, before: date) -> None:
    from kiosk.printing.printers import erase_slips

    for folder in office.slip_folders:
        erase_slips(folder, before)


def _erase_slips_of(office: Office, day: date, number: str = "") -> None:
    """The slips of a day, or of one number of it; with either the day's report, which tells of all and can
    be made anew. Raises Trouble."""
    for folder in office.slip_folders:
        place: Path = folder / day.isoformat()
        every = not number or folder == office.saved_reports
        try:
            for file in sorted(place.iterdir()) if place.is_dir() and not place.is_symlink() else ():
                if every or file.name.lstrip(".").startswith((f"{number}.", f"{number}-")):
                    file.unlink(missing_ok=True)
        except OSError as error:
            raise Trouble("trouble.store_failed", log=f"erasing slips failed: {error.strerror}") from error
