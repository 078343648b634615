"""Who of a past day is to be asked again, kept sealed to that day, so that its tickets are opened once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from kiosk.app.day_notes import FOLLOW_UPS, DayNotes
from kiosk.core.cases import FollowUp

if TYPE_CHECKING:
    from kiosk.app.office import Office

VERSION = "1"


class FollowNotes:
    """Kept follow-ups of an office's days, whenever they are due. Never raises."""

    def __init__(self, office: Office) -> None:
        self._notes = DayNotes(office, FOLLOW_UPS, VERSION, b"follow-ups")
        self.folder = self._notes.folder
        self.mark = self._notes.mark

    def read(self, day: date) -> list[FollowUp] | None:
        """Those of the day that nobody did yet; None where its tickets must be opened."""
        told = self._notes.read(day)
        try:
            return None if told is None else [_follow(day, line) for line in told]
        except (TypeError, ValueError):
            return None

    def keep(self, day: date, mark: str, found: Sequence[FollowUp]) -> None:
        """Keep what was found when the day's mark was taken."""
        lines = [
            (one.ticket_id, one.number, one.language, one.due.isoformat(), one.by, one.sensitive)
            for one in found
        ]
        self._notes.keep(day, mark, lines)


def _follow(day: date, line: list[object]) -> FollowUp:
    ticket_id, number, language, due, by, sensitive = line
    when = date.fromisoformat(str(due))
    return FollowUp(str(ticket_id), str(number), day, str(language), when, str(by), bool(sensitive))
