"""Where a console stands and who sits there, and what that may be made of."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from kiosk.core.waiting import served


@dataclass(frozen=True)
class Place:
    """Where this console stands and who sits there."""

    counter: str
    office: str
    staff: str = ""
    languages: Collection[str] = ()
    desks: tuple[tuple[str, str], ...] = ()
    """Where a transfer may go: lane and name."""
    lanes: tuple[str, ...] = ()
    """Lanes of the specialists who sit here: their appointments are called here too."""
    specialists: tuple[str, ...] = ()
    """Ids of those specialists."""
    tongue: str = "ja"
    """The console's language, of kiosk.ui.counter.tongue.TONGUES."""

    @property
    def served(self) -> frozenset[str]:
        """Lanes that are called here; see kiosk.core.waiting.served."""
        return served(self.counter, self.lanes)

    @property
    def sent_only(self) -> bool:
        """Whether only those are called here who were sent here: a desk that is no numbered counter."""
        return "" not in self.served


PARTNER = "partner:"
"""Begins what stands for another town's desk where a transfer may go: a case sent there ends here."""


@dataclass(frozen=True)
class Choices:
    """What may be chosen for a console's place; names in the console's language."""

    counters: tuple[tuple[str, str], ...] = ()
    """Counter and name."""
    languages: tuple[str, ...] = ()
    """Tags."""
    specialists: tuple[tuple[str, str], ...] = ()
    """Id and name."""
