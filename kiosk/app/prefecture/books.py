"""What an office holds, the rules the plan stands on, and what was found at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from kiosk.app.prefecture.plan import Tablet, letter_of

Tickets = dict[int, int]
"""Ticket → copies of it kept, which must stay one."""


def union(kept: Tickets, came: Iterable[int]) -> None:
    """How packs and journals become part of a day: what is known stays, what is new is added."""
    for ticket in came:
        kept.setdefault(ticket, 1)


@dataclass(frozen=True)
class Rules:
    """What the program promises. Tests break them one by one and hold that the books then do not add up."""

    merge: Callable[[Tickets, Iterable[int]], None] = union
    letter: Callable[[Tablet], int] = letter_of
    flush_first: bool = True
    """A number is shown only when its ticket is on the disk."""
    receipt_first: bool = True
    """A tablet is wiped only when the office's receipt names all it holds."""
    refuse_past: bool = True
    """Days kept long enough are not taken over again."""
    nightly_copy: bool = True
    """An office of a single machine copies its folder, sealed as it is, to another disk every evening."""


@dataclass
class Books:
    """The tickets of an office by service day (as an ordinal), as its database or its journals keep them."""

    kept: dict[int, Tickets] = field(default_factory=dict)
    numbers: dict[int, set[int]] = field(default_factory=dict)
    count: int = 0

    def day(self, day: int) -> Tickets:
        return self.kept.setdefault(day, {})


@dataclass
class Found:
    """Counts of ten years. Those under "must be 0" are broken promises."""

    issued: int = 0
    rows: int = 0
    """Tickets erased after their time, with a row of statistics each."""
    kept: int = 0
    """Still in an office's keeping at the end."""
    lost: int = 0
    """Gone with a lost tablet before they were in a pack, a copy or the database."""
    late: int = 0
    """Erased on a tablet whose pack came when the days to keep were over: no row is left of them."""
    vanished: int = 0
    """Must be 0: acknowledged, and nowhere, though no tablet was lost."""
    doubled: int = 0
    """Must be 0: counted more than once."""
    clashes: int = 0
    """Must be 0: one number on two slips in the same hall on the same day."""
    twice: int = 0
    """A number that two tickets of a day have in the books, after a clock was wrong: reported, both kept."""
    losses: int = 0
    losses_with_tickets: int = 0
    worst_loss: int = 0
    """Tickets gone with one tablet."""
    worst_loss_days: int = 0
    """Days of work they came from."""
    cuts: int = 0
    aways: int = 0
    wrong_clocks: int = 0
    events: int = 0
    packs: int = 0
    packs_again: int = 0
    packs_broken: int = 0
    packs_future: int = 0
    """Sealed by a clock that was ahead, refused until that day has come."""
    merges_cut: int = 0
    most_merged: int = 0
    """Tickets of packs an office took over in one morning or evening."""
    most_event: int = 0
    """Tickets of one event."""
    most_event_tablet: int = 0
    """Tickets of one tablet at one event."""
    most_waiting: int = 0
    """Tickets on an event tablet that no office has yet."""
    busiest: int = 0
    """Tickets of one office in one day, all its sites."""
    busiest_site: int = 0
    most_kept: int = 0
    """Tickets an office holds at once."""
    most_kept_single: int = 0
    """The same, of an office of one machine: on that machine's disk."""
    most_single_day: int = 0
    """Tickets of one day on such a machine."""
    most_single: int = 0
    """Tickets of all years on such a machine."""
    changes: float = 0.0
    """Records written, all offices."""
    changes_times_kept: float = 0.0
    """Each change times the tickets its office holds then: what a store in one file would rewrite."""
    single_times_kept: float = 0.0
    """The same of the single machine with most of it."""
