"""Stores to test. Another back end joins the tests of the protocol by one more entry in BACK_ENDS."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest

from kiosk.store.joined import JoinedStore
from kiosk.store.keys import Keyring
from kiosk.store.postgres import PostgresStore
from kiosk.store.protocol import TicketStore
from kiosk.store.tiny import TinyStore
from tests.store.postgres_server import Server, why_not
from tests.store.samples import DAY

Opener = Callable[["Office", str, str], TicketStore]
"""Opens a store with a letter and a site."""


@dataclass
class Office:
    """Opens any number of stores, as processes would, on the same tickets. `today` may be moved."""

    opener: Opener
    today: date = DAY
    unknown: str = "trouble.ticket_unknown"
    """What is told of an id nobody gave: without the database another machine may have."""
    opened: list[TicketStore] = field(default_factory=list)

    def open(self, letter: str = "A", site: str = "") -> TicketStore:
        store = self.opener(self, letter, site)
        self.opened.append(store)
        return store


def _tiny(folder: Path) -> Opener:
    device, keys = folder / "device", folder / "keys"
    return lambda office, letter, site: TinyStore(
        folder / "store",
        letter=letter,
        today=lambda: office.today,
        device=device,
        keys=Keyring(keys),
        site=site,
    )


def _postgres(folder: Path, url: str) -> Opener:
    """One machine; machines that each have a folder of their own are in test_postgres.py."""
    device, keys = folder / "device", folder / "keys"
    return lambda office, letter, site: PostgresStore(
        url, letter=letter, today=lambda: office.today, device=device, keys=Keyring(keys), site=site
    )


def _joined(folder: Path, url: str) -> Opener:
    postgres, tiny = _postgres(folder, url), _tiny(folder)

    def opener(office: Office, letter: str, site: str) -> TicketStore:
        local, remote = tiny(office, letter, site), postgres(office, letter, site)
        assert isinstance(local, TinyStore)
        assert isinstance(remote, PostgresStore)
        return JoinedStore(local, remote, lambda: office.today)

    return opener


def _away(folder: Path) -> Opener:
    opener = _joined(folder, f"postgresql:///?host={folder}")

    def away(office: Office, letter: str, site: str) -> TicketStore:
        store = opener(office, letter, site)
        store.tickets()
        assert store.refresh(), "that the database is away is news, once"
        return store

    return away


BACK_ENDS = ("tiny", "postgres", "joined", "joined, database away")


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    if sentence := why_not():
        pytest.skip(sentence)
    made = Server()
    yield made
    made.close()


@pytest.fixture
def database(server: Server) -> str:
    """The url of an office database without a ticket."""
    return server.database()


@pytest.fixture(params=BACK_ENDS)
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    if request.param == "tiny":
        made = Office(_tiny(tmp_path))
    elif request.param == "joined, database away":
        made = Office(_away(tmp_path), unknown="trouble.database_away")
    else:
        opener = _joined if request.param == "joined" else _postgres
        made = Office(opener(tmp_path, request.getfixturevalue("database")))
    yield made
    for store in made.opened:
        store.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "store"
