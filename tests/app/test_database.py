"""Setting up, looking at and joining an office database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.app import database
from kiosk.app.office import open_data
from kiosk.errors import Trouble
from kiosk.settings import load
from kiosk.store.joined import JoinedStore
from kiosk.store.pg.trial import Server, why_not
from kiosk.store.tiny import TinyStore
from tests.store.samples import PLAIN


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    if sentence := why_not():
        pytest.skip(sentence)
    made = Server()
    yield made
    made.close()


def test_setup_writes_the_settings_and_keeps_the_rest(server: Server, tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('[database]\nurl = "old"\n\n[kiosk]\nletter = "C"\n', encoding="utf-8")
    url = server.empty()
    found = database.setup(open_data(tmp_path), url, '本庁 "北"', ("支所", "a\\b"))
    assert (found["before"], found["encrypted"]) == ("", True)
    settings, faults = load(file)
    assert faults == ()
    assert settings.kiosk.letter == "C"
    assert settings.database.url == url
    assert (settings.database.site, settings.database.sees) == ('本庁 "北"', ("支所", "a\\b"))
    again = database.setup(open_data(tmp_path), url, "", ())
    assert again["before"] == again["version"]
    assert load(file)[0].database.sees == ()


def test_an_office_with_an_address_is_joined(server: Server, tmp_path: Path) -> None:
    alone = open_data(tmp_path)
    assert isinstance(alone.store, TinyStore)
    assert database.away(alone) is None
    first = alone.store.issue(PLAIN, language="vi", at=alone.now())
    alone.store.close()
    database.setup(alone, server.empty(), "", ())
    office = open_data(tmp_path)
    assert isinstance(office.store, JoinedStore)
    while not (found := office.store.tickets()):
        office.store.refresh()
    assert found == [first], "what was there before is taken along"
    second = office.store.issue(PLAIN, language="vi", at=office.now())
    assert second.number == "A002"
    assert database.away(office) is None
    status = database.status(office)
    assert (status["today"], status["unsent"]) == (2, 0)
    assert "today: 2" in database.words(status)
    assert database.migrate(office)["before"] == status.get("version", database.migrate(office)["version"])
    office.store.close()


def test_an_office_whose_database_is_away_takes_numbers(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text(f'[database]\nurl = "postgresql:///x?host={tmp_path}"\n')
    office = open_data(tmp_path)
    assert office.store.issue(PLAIN, language="vi", at=office.now()).number == "A001"
    why = database.away(office)
    assert why is not None
    assert why.key == "trouble.database_away"
    with pytest.raises(Trouble) as told:
        database.status(office)
    assert told.value.key == "trouble.database_away"
    office.store.close()


def test_a_machine_alone_says_so(tmp_path: Path) -> None:
    office = open_data(tmp_path)
    for work in (database.status, database.migrate):
        with pytest.raises(Trouble) as told:
            work(office)
        assert told.value.key == "trouble.database_none"
