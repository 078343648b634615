"""The engine in its worker process: answers, troubles and a crash."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.core.heard import Translation
from kiosk.translation.engine import Progress, TranslationEngine
from kiosk.workers import Reply, Worker
from tests.waiting import WaitedFor


@pytest.fixture
def results() -> Iterator[WaitedFor]:
    made = WaitedFor()
    yield made
    made.close()


@pytest.fixture
def worker(installed: Path, results: WaitedFor) -> Iterator[Worker]:
    made = Worker("translation", TranslationEngine, (str(installed),), results)
    yield made
    made.close()


def ask(worker: Worker, results: WaitedFor, job: str, payload: object) -> list[Reply]:
    replies: list[Reply] = []
    worker.ask(job, payload, replies.append)
    wait_final(results, replies)
    return replies


def wait_final(results: WaitedFor, replies: list[Reply]) -> None:
    results.until(lambda: replies and replies[-1].final, lambda: replies)


def test_answers_and_troubles_cross_the_pipe(worker: Worker, results: WaitedFor) -> None:
    replies = ask(worker, results, "translate", ("도와주세요.", "ko"))
    assert replies[0].value == Progress(1, 1)
    assert isinstance(replies[-1].value, Translation)
    assert replies[-1].value.japanese == "助けてください。"
    refused = ask(worker, results, "translate", ("뷁", "ko"))[-1]
    assert refused.trouble is not None
    assert (refused.trouble.key, refused.trouble.details) == (
        "trouble.translation_refused",
        {"reason": "unknown"},
    )


def test_a_crash_is_answered_and_the_next_question_starts_anew(worker: Worker, results: WaitedFor) -> None:
    ask(worker, results, "load", "ko")
    pid = worker.pid
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)  # it cannot answer any more
    replies: list[Reply] = []
    worker.ask("translate", ("도와주세요.", "ko"), replies.append)
    os.kill(pid, signal.SIGKILL)
    wait_final(results, replies)
    assert replies[-1].trouble is not None
    assert replies[-1].trouble.key == "trouble.engine_stopped"
    again = ask(worker, results, "translate", ("도와주세요.", "ko"))
    assert again[-1].value.japanese == "助けてください。"
