"""A stolen tablet: no byte it keeps says what residents told; the passphrase opens it."""

from __future__ import annotations

import base64
import json
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.app.office import open_data
from kiosk.app.rehearsal import write
from kiosk.core.changes import note
from kiosk.core.ticket import State
from kiosk.store import passphrase
from tests.app.conftest import Running

WORDS = "みなとの見える丘 2026 turtle"
TOLD = {
    "ko": "갈마바람 부는 볏가리 곁에서 삯을 못 받았습니다",
    "my": "ကျီးကန်းတောင်းမှောက် လခမရသေးပါ",
    "ne": "झ्याउँकिरीको घरमा ज्याला पाइएन",
}
"""A sentence each in three scripts, with words nothing else on the disk has."""
NOTE = "瓢箪から駒の件で折り返す"


@pytest.fixture
def places(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Path]]:
    """Everywhere the program writes: its data and its temporary folder."""
    (data / "settings.toml").write_text('[printing]\nkind = "none"\n')
    monkeypatch.setattr(passphrase, "MEMORY", 1024)
    monkeypatch.setattr(passphrase, "PASSES", 1)
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr(tempfile, "tempdir", None)
    yield [data, temporary]
    monkeypatch.setattr(tempfile, "tempdir", None)


def forms(text: str) -> Iterator[bytes]:
    """The text in every form a program leaves it in."""
    plain = text.encode()
    yield plain
    yield from (text.encode("utf-16-le"), text.encode("utf-16-be"))
    escaped = json.dumps(text)[1:-1]
    yield from (escaped.encode(), escaped.upper().replace("\\U", "\\u").encode())
    for before in range(3):  # base64 of it wherever it stands in a longer text
        length = (len(plain) + before) // 3 * 3 - before
        whole = base64.b64encode(bytes(before) + plain[:length])
        yield whole[4 if before else 0 :]
    yield plain.hex().encode()


def found(places: list[Path], needles: dict[str, str]) -> list[tuple[str, str]]:
    """Where something of it stands. `good` is left out: it holds all questions, whoever came."""
    hits = []
    wanted = [(name, form) for name, text in needles.items() for form in forms(text) if len(form) > 4]
    for place in places:
        for path in sorted(place.rglob("*")):
            if path.is_file() and "good" not in path.relative_to(place).parts:
                data = path.read_bytes()
                hits += [(name, str(path)) for name, form in wanted if form in data or name in path.name]
    return hits


def needles(texts: list[str]) -> dict[str, str]:
    """The words, each by itself and in pieces, so that no half of one stays either."""
    pieces = {word for text in texts for word in text.split() if len(word.encode()) > 5}
    return {piece: piece for piece in pieces}


def test_the_search_finds_what_lies_open(tmp_path: Path) -> None:
    for number, form in enumerate(forms(TOLD["ko"])):
        path = tmp_path / str(number)
        path.mkdir()
        (path / "x").write_bytes(b"..." + form + b"...")
        assert found([path], {"x": TOLD["ko"]}), number
    assert found([tmp_path], needles([TOLD["ko"]]))
    assert not found([tmp_path], needles([TOLD["my"]]))


@pytest.mark.parametrize("protected", ["before the visits", "after them"])
def test_nothing_told_can_be_read_from_a_stolen_tablet(
    running: Callable[..., Running], data: Path, places: list[Path], protected: str
) -> None:
    if protected == "before the visits":
        open_data(data).keys.setup(WORDS, bytes(32))
    kiosk = running()
    kiosk.office.keys.public_only()
    for language, text in TOLD.items():
        kiosk.visit(language, write(text))
    store = kiosk.office.store
    tickets = store.tickets()
    assert len(tickets) == 3
    assert all(ticket.content.closed for ticket in tickets)
    called = store.call_next(counter="1", languages=(), at=kiosk.office.now())
    assert called is not None
    store.change(called.ticket.id, lambda case: note(case, NOTE))
    store.close()
    if protected == "after them":
        open_data(data).keys.setup(WORDS, bytes(32))

    thief = open_data(data)
    assert thief.locked
    assert all(ticket.content.closed for ticket in thief.store.tickets())
    told = needles([*TOLD.values(), NOTE])
    shown = ("topic.work", "work.matter", "work.matter.wages")
    for tag in ("ja", *TOLD):
        words = thief.catalogue(tag)
        told |= {f"{tag} {key}": words.text(key) for key in shown if words.has(key)}
    told |= {name: name for name in ("wages", '"work"', "work.matter", '"matter"', "narrative", "sensitive")}
    assert found(places, told) == []
    thief.store.close()

    console = open_data(data)
    console.keys.unlock(WORDS)
    read = {ticket.language: ticket for ticket in console.store.tickets()}
    assert {
        tag: case.content.narrative.original for tag, case in read.items() if case.content.narrative
    } == TOLD
    assert all(("matter", ("wages",)) in case.content.cases[0].answers for case in read.values())
    assert [case.content.notes for case in read.values() if case.state is State.CALLED] == [(NOTE,)]
    console.store.close()
