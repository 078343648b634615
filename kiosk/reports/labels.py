"""Words for the codes that reports count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from kiosk.core.counts import UNKNOWN
from kiosk.core.hours import DAYS
from kiosk.core.statistics import HOURS, MINUTES

BANDS = {"waiting": MINUTES, "serving": MINUTES, "minutes": MINUTES, "hour": HOURS}
"""Dimensions whose codes are where a band begins, with all of them."""
LAST_HOUR = 24


class Words(Protocol):
    """A catalogue, as far as reports need one."""

    tag: str

    def text(self, key: str, /, **details: str | int) -> str: ...

    def has(self, key: str) -> bool: ...


@dataclass(frozen=True)
class Labels:
    """Words of one language. The mappings are code → name in that language, as the office has them."""

    words: Words
    languages: Mapping[str, str] = field(default_factory=dict)
    topics: Mapping[str, str] = field(default_factory=dict)
    """The office's own topics."""
    nationalities: Mapping[str, str] = field(default_factory=dict)
    statuses: Mapping[str, str] = field(default_factory=dict)

    def text(self, key: str, /, **details: str | int) -> str:
        return self.words.text(key, **details)

    def dimension(self, name: str) -> str:
        """What a table is called."""
        one, _, other = name.partition("*")
        if other:
            return self.text("report.by", one=self.dimension(one), other=self.dimension(other))
        return self.text(f"report.table.{one}")

    def code(self, dimension: str, code: str) -> str:
        """What a line is called; the code itself where nobody has named it."""
        if code == UNKNOWN:
            return self.text("report.unknown")
        if dimension in BANDS and code.isdigit():
            return self._band(dimension, int(code))
        if dimension == "weekday":
            return self.text(f"day.{DAYS[int(code) - 1]}")
        own = {
            "language": self.languages,
            "topic": self.topics,
            "local": self.topics,
            "nationality": self.nationalities,
            "status": self.statuses,
        }.get(dimension, {})
        return own.get(code) or self._of_catalogue(dimension, code)

    def _of_catalogue(self, dimension: str, code: str) -> str:
        keys = {
            "topic": f"statistics.{code}",
            "local": f"statistics.{code}",
            "language": f"language.{code}",
            "referral": f"report.group.{code}",
            "handover": f"report.group.{code}",
        }
        key = keys.get(dimension, f"report.{dimension}.{code}")
        return self.text(key) if self.words.has(key) else code

    def _band(self, dimension: str, start: int) -> str:
        starts = BANDS[dimension]
        later = [other for other in starts if other > start]
        unit = "hours" if dimension == "hour" else "minutes"
        if later:
            return self.text(f"report.band.{unit}", start=start, end=min(later))
        if unit == "hours":
            return self.text("report.band.hours", start=start, end=LAST_HOUR)
        return self.text("report.band.minutes_more", start=start)
