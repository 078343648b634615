"""The engines' processes within a limit of memory: who goes first, and who comes back after a crash."""

from __future__ import annotations

import logging
import os
import signal
from collections.abc import Callable, Iterator

import pytest

from kiosk.app.pool import RESTARTS, Key, Pool, resident
from kiosk.workers import Reply
from tests.waiting import WaitedFor
from tests.workers.engines import Loader

ONE, TWO, THREE = ("one",), ("two",), ("three",)


class Stand:
    """A pool whose processes are as large as the test says."""

    def __init__(self) -> None:
        self.results = WaitedFor()
        self.sizes: dict[Key, int] = {}
        self.now = 0.0
        self.pool = Pool(self.results, 100, measure=self._size, clock=lambda: self.now)
        self.replies: list[Reply] = []

    def _size(self, pid: int) -> int:
        for key, size in self.sizes.items():
            if self.pool.has(key) and self.pool.worker_of(key).pid == pid:
                return size
        return 0

    def ready(self, *keys: Key) -> None:
        """Workers that run, used in this order."""
        for key in keys:
            self.pool.worker(key, Loader)
            self.load(key, key[0])

    def load(self, key: Key, what: str) -> Reply:
        before = len(self.replies)
        self.pool.load(key, what, self.replies.append)
        self.until(lambda: len(self.replies) > before)
        return self.replies[-1]

    def has(self, key: Key) -> tuple[int, list[str]]:
        self.replies.clear()
        self.pool.worker(key, Loader).ask("has", None, self.replies.append)
        self.until(lambda: self.replies)
        found: tuple[int, list[str]] = self.replies[-1].value
        return found

    def until(self, met: Callable[[], object]) -> None:
        self.results.until(met, lambda: self.replies)


@pytest.fixture
def stand() -> Iterator[Stand]:
    found = Stand()
    yield found
    found.pool.close()
    found.results.close()


def test_nothing_goes_while_all_fit(stand: Stand) -> None:
    stand.ready(ONE, TWO)
    stand.sizes = {ONE: 50, TWO: 50}
    assert stand.pool.trim() == []
    assert stand.pool.has(ONE)


def test_the_least_recently_used_goes_first_and_only_as_many_as_needed(stand: Stand) -> None:
    stand.ready(ONE, TWO, THREE)
    stand.sizes = {ONE: 50, TWO: 50, THREE: 50}
    stand.has(ONE)  # used again
    assert stand.pool.trim() == [TWO]
    assert stand.pool.has(ONE)
    assert not stand.pool.has(TWO)


def test_room_is_made_before_something_is_loaded(stand: Stand) -> None:
    stand.ready(ONE, TWO)
    stand.sizes = {ONE: 40, TWO: 40}
    assert stand.pool.trim(room=30) == [ONE]


def test_of_languages_tried_one_after_the_other_only_the_last_is_loaded(stand: Stand) -> None:
    worker = stand.pool.worker(ONE, Loader)
    held = worker.ask("until_told", None, stand.replies.append)
    for language in ("vi", "ko", "en", "en"):
        stand.pool.load(ONE, language, stand.replies.append)
    worker.tell(held, "go on")
    stand.until(lambda: [reply.value for reply in stand.replies if reply.final][1:] == ["en", "en"])
    assert stand.has(ONE)[1] == ["en", "en"]


def test_what_the_visit_needs_stays_whatever_it_takes(stand: Stand) -> None:
    stand.ready(ONE, TWO)
    stand.sizes = {ONE: 500, TWO: 500}
    assert stand.pool.trim(keep={ONE, TWO}) == []
    assert stand.pool.trim(keep={ONE}) == [TWO]


def test_one_at_work_is_not_ended(stand: Stand) -> None:
    stand.ready(ONE, TWO)
    stand.sizes = {ONE: 90, TWO: 90}
    stand.pool.worker_of(ONE).ask("until_told", None, stand.replies.append)
    assert stand.pool.trim() == [TWO]


def test_one_that_went_begins_anew_when_it_is_needed(stand: Stand) -> None:
    stand.ready(ONE)
    pid, loaded = stand.has(ONE)
    assert loaded == ["one"]
    stand.sizes = {ONE: 500}
    stand.pool.trim()
    assert stand.has(ONE) != (pid, loaded)
    assert stand.has(ONE)[1] == []


def test_after_a_crash_it_is_back_with_what_it_had(stand: Stand) -> None:
    stand.ready(ONE)
    pid, _ = stand.has(ONE)
    os.kill(pid, signal.SIGKILL)
    stand.until(lambda: stand.pool.has(ONE) and stand.pool.worker_of(ONE).pid != pid)
    assert stand.has(ONE)[1] == ["one"]


def test_one_that_dies_of_what_it_loads_is_left_alone(stand: Stand, caplog: pytest.LogCaptureFixture) -> None:
    stand.pool.worker(ONE, Loader)
    with caplog.at_level(logging.ERROR):
        assert stand.load(ONE, "deadly").trouble is not None
        stand.until(lambda: "keeps ending" in caplog.text)
    assert caplog.text.count("ended by itself") == RESTARTS
    assert not stand.pool.has(ONE)


def test_a_hung_one_is_killed_and_answered_for(stand: Stand) -> None:
    worker = stand.pool.worker(ONE, Loader)
    worker.ask("deaf", None, stand.replies.append, 0.2)
    stand.until(lambda: stand.replies and stand.replies[-1].final)
    trouble = stand.replies[-1].trouble
    assert trouble is not None
    assert trouble.key == "trouble.engine_stopped"


def test_patience_begins_anew_with_every_sign_of_life(stand: Stand) -> None:
    worker = stand.pool.worker(ONE, Loader)
    worker.ask("slowly", (6, 0.1), stand.replies.append, 0.4)
    stand.until(lambda: stand.replies and stand.replies[-1].final)
    assert stand.replies[-1].value == 6


def test_a_spare_process_becomes_the_first_of_its_role(stand: Stand) -> None:
    stand.pool.spare("one", Loader)
    first, second = ("one", "ko"), ("one", "vi")
    worker = stand.pool.worker(first, Loader)
    assert worker.alive()
    assert not stand.pool.worker(second, Loader).alive()


def test_memory_is_told_in_bytes_and_a_process_that_is_gone_has_none() -> None:
    assert resident(os.getpid()) > 1 << 20
    assert resident(2**22 + 1) == 0
