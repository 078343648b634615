"""A day as people type it."""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from datetime import date

_DAY = re.compile(r"(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})日?")


def read_day(typed: str, today: date) -> date | None:
    """12/3, 12月3日, 2027-01-15; the next such day where the year is left out. None for anything else."""
    found = _DAY.fullmatch("".join(unicodedata.normalize("NFKC", typed).split()))
    if found is None:
        return None
    with suppress(ValueError):
        day = date(int(found[1] or today.year), int(found[2]), int(found[3]))
        return day if found[1] or day >= today else day.replace(year=today.year + 1)
    return None
