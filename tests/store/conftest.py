"""Stores to test. Another back end joins the tests of the protocol by one more entry in BACK_ENDS."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest

from kiosk.store.protocol import TicketStore
from kiosk.store.tiny import TinyStore
from tests.store.samples import DAY


@dataclass
class Office:
    """Opens any number of stores, as processes would, on the same tickets. `today` may be moved."""

    opener: Callable[[Office, str], TicketStore]
    today: date = DAY
    opened: list[TicketStore] = field(default_factory=list)

    def open(self, letter: str = "A") -> TicketStore:
        store = self.opener(self, letter)
        self.opened.append(store)
        return store


def _tiny(folder: Path) -> Callable[[Office, str], TicketStore]:
    return lambda office, letter: TinyStore(folder / "store", letter=letter, today=lambda: office.today)


BACK_ENDS = {"tiny": _tiny}


@pytest.fixture(params=sorted(BACK_ENDS))
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    made = Office(BACK_ENDS[request.param](tmp_path))
    yield made
    for store in made.opened:
        store.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "store"
