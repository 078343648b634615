"""The numbers given on one service day: none is given twice, even where damage leaves it open which were."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.core.ticket import Ticket
from kiosk.core.waiting import count_of, format_number

_ANY = "*"
"""In the counts: the floor for letters not named there."""


class Numbers:
    def __init__(self) -> None:
        self._issued: dict[str, int] = {}
        """The last number of each letter, as the journal says or as was known before."""
        self._unread = 0
        """Damaged records since the last whole one: each may have given a number."""

    def next(self, letter: str) -> str:
        """The number after the last one given, or possibly given, for the letter."""
        return format_number(letter, self._floor(letter) + 1)

    def floors(self) -> dict[str, int]:
        """The last number given, or possibly given, for each letter."""
        letters = {*self._issued, _ANY} if self._unread else set(self._issued)
        return {letter: self._floor(letter) for letter in letters}

    def unread(self, records: int) -> None:
        """So many more records cannot be read."""
        self._unread += records

    def settle(self) -> None:
        """Damage so far counts no more: a whole record after it has the counts, or the file is read anew."""
        self._unread = 0

    def raise_to(self, issued: Mapping[str, int]) -> None:
        for letter, count in issued.items():
            self._issued[letter] = max(self._issued.get(letter, 0), count)

    def written(self, issued: dict[str, int]) -> None:
        """The journal's newest record has these counts."""
        self._issued, self._unread = issued, 0

    def _floor(self, letter: str) -> int:
        return self._issued.get(letter, self._issued.get(_ANY, 0)) + self._unread


def given(ticket: Ticket) -> dict[str, int]:
    """The count that the ticket's number is. Raises ValueError where it is none."""
    return {ticket.number[:1]: count_of(ticket.number)}
