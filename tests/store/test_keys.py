"""The office's keys: who opens what, what is lost with a file, and that no key is ever shown."""

from __future__ import annotations

import json
import logging
import multiprocessing
import os
import stat
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from kiosk.core.changes import call, note, serve
from kiosk.core.records import content_record, routing_record
from kiosk.core.ticket import Content
from kiosk.errors import Trouble
from kiosk.store import keyfiles, passphrase, sealing
from kiosk.store.keys import Keyring
from kiosk.store.office_keys import OPEN, PROTECTED, PUBLIC
from kiosk.store.record import encode
from kiosk.store.sealing import Closed, PrivateKey
from kiosk.store.tiny import TinyStore
from kiosk.store.tries import TRIES
from tests.store.samples import DAY, FULL, NOW, PLAIN, minutes, tiny, told

WORDS, OTHER = "みなとの見える丘 2026 turtle", "紫の lamp と nine rivers ばかり"
PAPER = bytes(range(32))


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Argon2id with 1 MiB: its strength is not what is tested here."""
    monkeypatch.setattr(passphrase, "MEMORY", 1024)
    monkeypatch.setattr(passphrase, "PASSES", 1)


@pytest.fixture
def keys(folder: Path) -> Keyring:
    return Keyring(folder / "keys")


def ring(folder: Path) -> Keyring:
    """The same keys as another process has them."""
    return Keyring(folder / "keys")


def kiosk(folder: Path) -> TinyStore:
    """A store that only closes."""
    store = tiny(folder)
    store.keys.public_only()
    return store


def test_everything_works_from_the_first_start(folder: Path, keys: Keyring) -> None:
    issued = tiny(folder).issue(FULL, language="ko", at=NOW)
    assert tiny(folder).get(issued.id) == issued
    assert not keys.protected
    assert keys.is_open
    assert stat.S_IMODE((folder / "keys" / OPEN).stat().st_mode) == 0o600


def test_a_kiosk_never_reads_also_without_a_passphrase(folder: Path) -> None:
    store = kiosk(folder)
    issued = store.issue(FULL, language="ko", at=NOW)
    assert issued.content == FULL, "whoever tells it has it already"
    assert store.get(issued.id).content == Content(closed=True)
    assert store.tickets()[0].periods == issued.periods
    assert tiny(folder).get(issued.id) == issued


def test_a_process_without_keys_carries_the_sealed_bytes_on(folder: Path) -> None:
    console = tiny(folder)
    issued = console.issue(FULL, language="ko", at=NOW)
    locked = kiosk(folder)
    called = locked.change(issued.id, lambda t: call(t, minutes(1), counter="1"))
    assert called.content.closed
    locked.change(issued.id, lambda t: note(serve(t, minutes(2), counter="1"), "折り返し"))
    lines = (folder / f"{DAY}.journal").read_text().rstrip("\0").splitlines()
    bodies = [json.loads(line[line.index("{") :]) for line in lines]
    assert bodies[0]["sealed"] == bodies[1]["sealed"] == bodies[2]["sealed"]
    assert bodies[0]["notes"] == bodies[1]["notes"] == bodies[2]["notes"][:-1]
    read = console.get(issued.id)
    assert read.content == replace(FULL, notes=(*FULL.notes, "折り返し"))
    with told("trouble.content_closed"):
        locked.change(issued.id, lambda t: replace(t, content=PLAIN))
    assert console.get(issued.id) == read


def test_tinydb_shows_closed_content_as_closed(folder: Path) -> None:
    tiny(folder).issue(FULL, language="ko", at=NOW)
    db = kiosk(folder).db()
    assert db.all()[0]["content"] == {"closed": True}
    db.update({"lane": "law"})
    with told("trouble.content_closed"):
        db.update({"content": content_record(PLAIN)})
    (ticket,) = tiny(folder).tickets()
    assert (ticket.lane, ticket.content) == ("law", FULL)


def test_a_passphrase_protects_what_came_before_and_after(folder: Path, keys: Keyring) -> None:
    before = tiny(folder).issue(FULL, language="ko", at=NOW)
    running = tiny(folder)
    assert running.get(before.id).content == FULL
    former = json.loads((folder / "keys" / OPEN).read_text())["secret"]
    keys.setup(WORDS, PAPER)
    assert keys.protected
    assert not (folder / "keys" / OPEN).exists()
    assert all(former not in path.read_text() for path in (folder / "keys").iterdir())
    assert running.get(before.id).content.closed, "who read before must now have the passphrase"
    after = running.issue(PLAIN, language="vi", at=NOW)
    assert [t.content.closed for t in tiny(folder).tickets()] == [True, True]
    console = tiny(folder)
    console.keys.unlock(WORDS)
    assert [t.content for t in console.tickets()] == [FULL, PLAIN]
    console.keys.lock()
    assert [t.content.closed for t in console.tickets()] == [True, True]
    console.keys.unlock(f"  {WORDS} ")
    assert console.get(after.id).content == PLAIN


def test_the_unprotected_key_opens_no_later_day(folder: Path, keys: Keyring) -> None:
    """Flash may keep a copy of it: the office has another pair afterwards."""
    keys.prepare(DAY)
    copy = (folder / "keys" / OPEN).read_bytes()
    keys.setup(WORDS, PAPER)
    later = DAY + timedelta(days=1)
    sealed = keys.seal(later, b"x", b"")
    (folder / "keys" / OPEN).write_bytes(copy)
    (folder / "keys" / PROTECTED).unlink()
    with pytest.raises(Closed):
        ring(folder).open(later, sealed, b"")


def test_set_up_is_done_once_and_weak_words_are_refused(folder: Path, keys: Keyring) -> None:
    with told("trouble.passphrase_weak_short"):
        keys.setup("1234", PAPER)
    assert not keys.protected
    keys.setup(WORDS, PAPER)
    with told("trouble.keys_set"):
        keys.setup(OTHER, PAPER)
    assert ring(folder).proves(PAPER)
    assert not ring(folder).proves(bytes(32))


@pytest.mark.parametrize("after", range(12))
def test_a_set_up_cut_off_anywhere_loses_nothing(
    folder: Path, keys: Keyring, after: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    days = [DAY, DAY + timedelta(days=1)]
    sealed = [(day, keys.seal(day, b"told", b"")) for day in days]
    count = [after]

    def cut(real: Callable[..., None]) -> Callable[..., None]:
        def step(*given: object) -> None:
            count[0] -= 1
            if count[0] < 0:
                raise KeyboardInterrupt
            real(*given)

        return step

    with monkeypatch.context() as patch:
        for name in ("write", "shred"):
            patch.setattr(keyfiles, name, cut(getattr(keyfiles, name)))
        patch.setattr(os, "replace", cut(os.replace))
        with suppress(KeyboardInterrupt):
            keys.setup(WORDS, PAPER)
            assert after > 3
    again = ring(folder)
    if (folder / "keys" / PROTECTED).exists():
        again.unlock(WORDS)
    else:
        again.setup(WORDS, PAPER)
    assert again.protected
    for day, one in sealed:
        assert again.open(day, one, b"").rstrip() == b"told"
        assert again.open(day, again.seal(day, b"new", b""), b"").rstrip() == b"new"


def test_wrong_words_wait_longer_each_time_and_after_a_start(folder: Path, keys: Keyring) -> None:
    keys.setup(WORDS, PAPER)
    now = [1000.0]

    def again() -> Keyring:
        return Keyring(folder / "keys", lambda: now[0])

    for wrong in range(1, 12):
        with pytest.raises(Trouble) as caught:
            again().unlock(OTHER)
        wait = min(300, 2 ** (wrong - 1))
        assert (caught.value.key, caught.value.details) == ("trouble.passphrase_wrong", {"wait": wait})
        now[0] += wait - 1
        with told("trouble.passphrase_wait"):
            again().unlock(WORDS)
        now[0] += 1
    right = again()
    right.unlock(WORDS)
    assert right.is_open
    assert not (folder / "keys" / TRIES).exists()
    with told("trouble.passphrase_wrong"):
        again().unlock(OTHER)
    now[0] = 0.0
    with told("trouble.passphrase_wait"):
        again().unlock(WORDS)


def test_a_full_disk_keeps_nobody_from_reading(
    folder: Path, keys: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys.setup(WORDS, PAPER)

    def full(*_: object) -> None:
        raise OSError(28, "no space")

    monkeypatch.setattr(keyfiles, "write", full)
    other = ring(folder)
    other.unlock(WORDS)
    assert other.is_open


def test_the_passphrase_is_changed_and_recovered(folder: Path, keys: Keyring) -> None:
    with told("trouble.keys_unset"):
        keys.change(WORDS, OTHER)
    sealed = keys.seal(DAY, b"told", b"")
    keys.setup(WORDS, PAPER)
    keys.change(WORDS, OTHER)
    with told("trouble.passphrase_wrong"):
        ring(folder).unlock(WORDS)
    with told("trouble.recovery_wrong"):
        ring(folder).recover(bytes(32), WORDS)
    ring(folder).recover(PAPER, WORDS)
    other = ring(folder)
    other.unlock(WORDS)
    assert other.open(DAY, sealed, b"").rstrip() == b"told"


@pytest.mark.parametrize("lost", [(PROTECTED,), (PUBLIC,), (PROTECTED, PUBLIC)])
@pytest.mark.parametrize("how", ["gone", "spoiled"])
def test_the_paper_opens_an_office_that_lost_its_files(
    folder: Path, keys: Keyring, lost: tuple[str, ...], how: str
) -> None:
    sealed = keys.seal(DAY, b"told", b"")
    keys.setup(WORDS, PAPER)
    for name in lost:
        path = folder / "keys" / name
        if how == "gone":
            path.unlink()
        else:
            path.write_bytes(b"\x00{")
    other = ring(folder)
    assert other.seal(DAY, b"more", b""), "the kiosk goes on"
    other.recover(PAPER, OTHER)
    again = ring(folder)
    again.unlock(OTHER)
    assert again.open(DAY, sealed, b"").rstrip() == b"told"


def test_a_days_key_gone_closes_the_day_and_is_told(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    store = tiny(folder)
    issued = store.issue(FULL, language="ko", at=NOW)
    (folder / "keys" / f"{DAY}.key").unlink()
    other = tiny(folder)
    assert other.get(issued.id).content.closed
    assert {fault.key for fault in other.faults()} == {"trouble.key_missing"}
    new = other.issue(PLAIN, language="vi", at=NOW)
    assert [t.content for t in tiny(folder).tickets()] == [Content(closed=True), PLAIN]
    assert new.number == "A002"
    assert "임금" not in caplog.text


def test_a_spoiled_days_key_is_set_aside(folder: Path) -> None:
    tiny(folder).issue(FULL, language="ko", at=NOW)
    (folder / "keys" / f"{DAY}.key").write_text("[]")
    store = tiny(folder)
    new = store.issue(PLAIN, language="vi", at=NOW)
    assert tiny(folder).get(new.id).content == PLAIN
    assert "trouble.keys_damaged" in {fault.key for fault in store.faults()}
    assert list((folder / "keys" / "damaged").iterdir())


def test_an_erased_day_opens_in_no_copy(folder: Path, keys: Keyring) -> None:
    tiny(folder).issue(FULL, language="ko", at=NOW)
    copy = (folder / f"{DAY}.journal").read_bytes()
    keys.erase_before(DAY + timedelta(days=1))
    (folder / f"{DAY}.journal").write_bytes(copy)
    (ticket,) = tiny(folder).tickets()
    assert ticket.content.closed
    assert keys.days() == []


def _spoil(folder: Path, change: Callable[[Any], object]) -> None:
    """Change the records as somebody would who can make their checksums."""
    path = folder / f"{DAY}.journal"
    bodies = [json.loads(line[line.index("{") :]) for line in path.read_text().splitlines()]
    change(bodies)
    path.write_bytes(b"".join(encode(DAY, n, "issue", body) for n, body in enumerate(bodies, 1)))


def _swap(bodies: list[dict[str, object]]) -> None:
    bodies[0]["sealed"], bodies[1]["sealed"] = bodies[1]["sealed"], bodies[0]["sealed"]


SPOILED: dict[str, Callable[[Any], object]] = {
    "swapped between tickets": _swap,
    "cut off": lambda bodies: bodies[0]["sealed"].update(data=bodies[0]["sealed"]["data"][:40]),
    "no text": lambda bodies: bodies[0]["sealed"].update(data=5),
    "nothing": lambda bodies: bodies[0].update(sealed=None),
    "a note of another": lambda bodies: bodies[0].update(notes=bodies[1]["notes"]),
    "no notes": lambda bodies: bodies[0].update(notes="x"),
}


@pytest.mark.parametrize("name", SPOILED)
def test_a_foreign_blob_is_told_and_the_queue_goes_on(folder: Path, name: str) -> None:
    store = tiny(folder)
    first = store.issue(FULL, language="ko", at=NOW)
    store.issue(replace(FULL, caller="self"), language="vi", at=NOW)
    store.close()
    _spoil(folder, SPOILED[name])
    store = tiny(folder)
    assert store.get(first.id).content.closed
    assert store.get(first.id).periods == first.periods
    assert "trouble.content_damaged" in {fault.key for fault in store.faults()}
    called = store.call_next(counter="1", languages=(), at=NOW)
    assert called is not None
    assert called.ticket.id == first.id
    assert tiny(folder).get(first.id).state == "called"


def test_former_records_are_read_and_sealed_when_they_change(folder: Path) -> None:
    store = tiny(folder)
    issued = store.issue(FULL, language="ko", at=NOW)
    store.close()
    body = {"routing": routing_record(issued), "content": content_record(FULL), "issued": {"A": 1}}
    (folder / f"{DAY}.journal").write_bytes(encode(DAY, 1, "issue", body))
    locked = kiosk(folder)
    assert locked.get(issued.id).content == FULL
    locked.change(issued.id, lambda t: call(t, NOW, counter="1"))
    assert locked.get(issued.id).content.closed
    assert tiny(folder).get(issued.id).content == FULL
    last = (folder / f"{DAY}.journal").read_text().rstrip("\0").splitlines()[-1]
    assert "sealed" in last
    assert "work" not in last


def _seal_first(folder: str, answers: multiprocessing.Queue[object]) -> None:
    keys = Keyring(Path(folder))
    answers.put([keys.seal(DAY, b"x", b"").record() for _ in range(20)])


def test_two_processes_make_one_key(folder: Path) -> None:
    spawn = multiprocessing.get_context("spawn")
    answers = spawn.Queue()
    started = [spawn.Process(target=_seal_first, args=(str(folder / "keys"), answers)) for _ in range(4)]
    for process in started:
        process.start()
    made = [record for _ in started for record in answers.get(timeout=200)]
    for process in started:
        process.join()
    assert len({record["to"] for record in made}) == 1
    keys = ring(folder)
    assert all(keys.open(DAY, sealing.sealed_from(one), b"").rstrip() == b"x" for one in made)


def test_whoever_makes_a_days_key_forgets_it(folder: Path) -> None:
    store = kiosk(folder)
    store.issue(FULL, language="ko", at=NOW)
    store.change(store.tickets()[0].id, lambda t: call(t, NOW, counter="1"))
    found: list[object] = [store.keys.__dict__]
    for held in found:
        found += held.values() if isinstance(held, dict) else held if isinstance(held, tuple | list) else ()
        if type(held).__module__.startswith("kiosk.store"):
            found.append(vars(held))
    assert not any(isinstance(held, PrivateKey) for held in found)


def test_no_key_and_no_word_is_ever_shown(
    folder: Path, keys: Keyring, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    keys.prepare(DAY)
    secret = json.loads((folder / "keys" / OPEN).read_text())["secret"]
    keys.setup(WORDS, PAPER)
    said = [repr(keys), repr(keys.__dict__)]
    said += [repr(vars(held)) for held in vars(keys).values() if hasattr(held, "__dict__")]
    attempts: tuple[Callable[[], object], ...] = (
        lambda: keys.unlock(OTHER),
        lambda: keys.recover(bytes(32), WORDS),
        lambda: keys.setup(WORDS, PAPER),
        lambda: keys.change(WORDS, "x" * 20),
    )
    for attempt in attempts:
        with pytest.raises(Trouble) as caught:
            attempt()
        said.append(repr(caught.value) + str(caught.value) + str(caught.value.details))
    whole = "".join(said) + caplog.text
    hidden = passphrase.office_key(PAPER).secret
    for word in (secret, hidden.hex(), str(int.from_bytes(hidden, "big")), WORDS, OTHER, PAPER.hex()):
        assert word not in whole


def test_everything_is_for_its_owner_only(folder: Path, keys: Keyring) -> None:
    keys.prepare(DAY)
    keys.setup(WORDS, PAPER)
    with told("trouble.passphrase_wrong"):
        keys.unlock(OTHER)
    for path in [folder / "keys", *(folder / "keys").iterdir()]:
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path
