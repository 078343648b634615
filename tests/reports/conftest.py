from __future__ import annotations

from collections.abc import Iterator

import pytest

from kiosk.store.pg.trial import Server, why_not


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL of the tests' own."""
    if sentence := why_not():
        pytest.skip(sentence)
    made = Server()
    yield made
    made.close()
