from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
from typing import Any

import pytest

from kiosk.errors import Trouble
from kiosk.workers import NICENESS, Reply, Results, Worker, run_in_thread
from tests.waiting import WaitedFor
from tests.workers.conftest import Window
from tests.workers.engines import Ahead, Bench, broken


def gone(pid: int) -> bool:
    """Whether the process has ended and is nobody's zombie."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def test_an_answer_comes_in_poll_only(window: Window) -> None:
    seen: list[int] = []
    worker = window.worker(Bench, "hello ")

    def take(reply: Reply) -> None:
        seen.append(threading.get_ident())
        window.replies.append(reply)

    number = worker.ask("echo", "you", take)
    assert window.final(number).value == "hello you"
    assert set(seen) == {threading.get_ident()}


def test_intermediate_answers_keep_their_order_and_end_with_one_final(window: Window) -> None:
    worker = window.worker(Bench)
    assert window.ask(worker, "count", 1000).value == 1000  # far more than the queue holds at once
    assert [reply.value for reply in window.replies if not reply.final] == list(range(1000))
    assert len(window.replies) == 1001


def test_the_process_is_another_nicer_one(window: Window) -> None:
    worker = window.worker(Bench)
    assert not worker.alive()
    worker.start()
    pid, parent, niceness = window.ask(worker, "facts").value
    assert worker.alive()
    assert worker.pid == pid
    assert parent == os.getpid()
    assert niceness == min(os.nice(0) + NICENESS, 19)


def test_a_trouble_arrives_whole_and_the_engine_goes_on(window: Window) -> None:
    worker = window.worker(Bench)
    trouble = window.ask(worker, "trouble", "x.wav").trouble
    assert trouble is not None
    assert (trouble.key, trouble.log, trouble.details) == ("trouble.sound_file", "damaged", {"name": "x.wav"})
    assert window.ask(worker, "echo", "on").value == "on"


def test_an_unexpected_error_is_told_and_logged_without_the_words(
    window: Window, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        trouble = window.ask(window.worker(Bench), "fail", "my husband").trouble
    assert trouble is not None
    assert trouble.key == "trouble.engine_failed"
    assert "ValueError at engines.py" in caplog.text
    assert "husband" not in caplog.text + trouble.log


def test_work_ahead_is_done_while_nobody_asks_and_lets_every_question_through(window: Window) -> None:
    worker = window.worker(Ahead)
    while window.ask(worker, "steps").value < 100:  # the work never ends, and every question is answered
        pass
    assert window.ask(worker, "echo", "on").value == "on"


def test_work_ahead_that_fails_is_left_out(window: Window) -> None:
    worker = window.worker(Ahead, True)
    assert window.ask(worker, "echo", "on").value == "on"
    while not window.ask(worker, "steps").value:
        pass
    assert [window.ask(worker, "steps").value for _ in range(3)] == [1, 1, 1]


def test_an_answer_that_cannot_travel_is_a_failure_not_a_silence(window: Window) -> None:
    worker = window.worker(Bench)
    trouble = window.ask(worker, "unreadable", "x").trouble
    assert trouble is not None
    assert trouble.key == "trouble.engine_failed"
    assert window.ask(worker, "echo", "on").value == "on"


def test_an_engine_that_cannot_be_made_answers_why(window: Window) -> None:
    trouble = window.ask(window.worker(broken), "echo", "x").trouble
    assert trouble is not None
    assert trouble.key == "trouble.model_damaged"


def test_a_killed_worker_answers_all_that_is_open_and_starts_again(window: Window) -> None:
    worker = window.worker(Bench)
    running = worker.ask("until_told", None, window.replies.append)
    waiting = worker.ask("echo", "never", window.replies.append)
    window.until(lambda: window.replies)
    first = worker.pid
    assert first is not None
    os.kill(first, signal.SIGKILL)
    for number in (running, waiting):
        trouble = window.final(number).trouble
        assert trouble is not None
        assert trouble.key == "trouble.engine_stopped"
    assert not worker.alive()
    assert window.ask(worker, "echo", "again").value == "again"
    assert worker.pid != first
    assert len(window.finals(running)) == len(window.finals(waiting)) == 1


def test_a_worker_that_kills_itself_in_a_job_is_the_same(window: Window) -> None:
    worker = window.worker(Bench)
    for _ in range(2):
        trouble = window.ask(worker, "die").trouble
        assert trouble is not None
        assert trouble.key == "trouble.engine_stopped"
    assert window.ask(worker, "echo", "again").value == "again"


def test_a_message_reaches_the_running_job(window: Window) -> None:
    worker = window.worker(Bench)
    number = worker.ask("until_told", None, window.replies.append)
    window.until(lambda: window.replies)
    worker.tell(number, "stop")
    assert window.final(number).value == ["stop"]
    worker.tell(number, "too late")  # nothing happens
    assert window.ask(worker, "echo", "on").value == "on"


def test_a_message_to_a_job_not_yet_begun_waits_for_it(window: Window) -> None:
    worker = window.worker(Bench)
    first = worker.ask("until_told", None, window.replies.append)
    second = worker.ask("until_told", None, window.replies.append)
    worker.tell(second, "for the second")
    worker.tell(first, "for the first")
    assert window.final(first).value == ["for the first"]
    assert window.final(second).value == ["for the second"]


def test_dropped_answers_never_come_and_dropped_jobs_never_begin(window: Window) -> None:
    worker = window.worker(Bench)
    abandoned: list[Reply] = []
    running = worker.ask("until_told", None, abandoned.append)
    waiting = worker.ask("fail", None, abandoned.append)
    window.until(lambda: abandoned)
    worker.drop(waiting)
    worker.drop(running)  # the running job learns it and ends
    assert window.ask(worker, "jobs").value == ["until_told", "jobs"]
    assert [reply.value for reply in abandoned] == ["begun"]


def test_an_answer_already_in_the_queue_is_dropped_too(window: Window) -> None:
    worker = window.worker(Bench)
    late: list[Reply] = []
    number = worker.ask("echo", "late", late.append)
    after = worker.ask("echo", "after", window.replies.append)
    while len(window.results._items) < 2:  # both lie there, unpolled
        threading.Event().wait(0.005)
    worker.drop(number)
    window.final(after)
    assert late == []


@pytest.mark.parametrize("job", ["until_told", "deaf"])
def test_close_ends_a_busy_worker(window: Window, job: str) -> None:
    worker = window.worker(Bench)
    worker.ask(job, None, window.replies.append)
    window.until(lambda: window.replies)
    pid = worker.pid
    assert pid is not None
    worker.close()
    assert not worker.alive()
    window.until(lambda: gone(pid))
    assert [reply.final for reply in window.replies] == [False]
    assert window.ask(worker, "echo", "reloaded").value == "reloaded"


def test_close_does_not_wait_for_a_window_that_no_longer_reads(window: Window) -> None:
    window.results = WaitedFor(limit=2)
    worker = window.worker(Bench)
    worker.ask("count", 500, window.replies.append)
    while len(window.results._items) < 2:
        threading.Event().wait(0.005)
    pid = worker.pid
    assert pid is not None
    worker.close()
    window.results.close()
    window.until(lambda: gone(pid))


def test_a_worker_ends_when_its_window_dies() -> None:
    script = (
        "import sys, time\n"
        "from kiosk.workers import Results, Worker\n"
        "from tests.workers.engines import Bench\n"
        "results = Results()\n"
        "worker = Worker('bench', Bench, (), results)\n"
        "worker.ask('deaf', None, lambda reply: print(worker.pid, flush=True))\n"
        "while True:\n"
        "    results.poll(); time.sleep(0.001)\n"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        assert not gone(pid)
        parent.kill()
    end = threading.Event()
    while not gone(pid):
        end.wait(0.01)


def test_a_process_that_cannot_be_had_is_told(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> None:
        raise BlockingIOError("no more processes")

    monkeypatch.setattr(multiprocessing.get_context("spawn").Process, "start", refuse)
    worker = window.worker(Bench)
    worker.start()
    trouble = window.ask(worker, "echo", "x").trouble
    assert trouble is not None
    assert trouble.key == "trouble.engine_stopped"


def test_poll_stops_at_its_budget_and_loses_nothing() -> None:
    results = Results()
    ran: list[int] = []
    for number in range(5):
        results.post(ran.append, number)
    assert results.poll(budget_ms=0) == 1  # always at least one, or a slow machine would never see any
    assert ran == [0]
    assert results.poll(budget_ms=1000) == 4
    assert ran == [0, 1, 2, 3, 4]
    assert results.poll() == 0


def test_a_failing_callback_is_seen_and_the_rest_is_served() -> None:
    results = Results()
    ran: list[int] = []

    def failing() -> None:
        raise ValueError("not a number")

    results.post(failing)
    results.post(ran.append, 1)
    with pytest.raises(ValueError, match="not a number"):
        results.poll()
    assert results.poll() == 1
    assert ran == [1]


def test_a_full_queue_holds_the_producer_not_the_window() -> None:
    results = Results(limit=2)
    ran: list[str] = []
    results.post(ran.append, "window")
    results.post(ran.append, "window")
    results.post(ran.append, "window")  # over the limit, and yet it returns

    producer = threading.Thread(target=lambda: results.post(ran.append, "producer"))
    producer.start()
    assert results.poll(budget_ms=0) == 1
    assert len(results._items) == 2  # still full: the producer has not got in
    results.poll()
    producer.join(60)
    results.poll()
    assert ran == ["window"] * 3 + ["producer"]


def test_closing_the_queue_lets_producers_go() -> None:
    results = Results(limit=1)
    results.post(print)
    producer = threading.Thread(target=lambda: results.post(print))
    producer.start()
    results.close()
    producer.join(60)
    assert not producer.is_alive()
    assert results.poll() == 0


def test_short_work_runs_beside_the_window(window: Window) -> None:
    here = threading.get_ident()
    run_in_thread(window.results, threading.get_ident, window.replies.append)
    window.until(lambda: window.replies)
    assert window.replies[0].final
    assert window.replies[0].value not in (None, here)


@pytest.mark.parametrize(
    ("error", "key"),
    [
        (Trouble("trouble.disk_full", log="no room"), "trouble.disk_full"),
        (ValueError("a name"), "trouble.work_failed"),
    ],
)
def test_short_work_that_fails(
    window: Window, error: Exception, key: str, caplog: pytest.LogCaptureFixture
) -> None:
    def work() -> None:
        raise error

    run_in_thread(window.results, work, window.replies.append)
    window.until(lambda: window.replies)
    trouble = window.replies[0].trouble
    assert trouble is not None
    assert trouble.key == key
    assert "a name" not in caplog.text + trouble.log


def test_two_workers_do_not_keep_each_other_alive(window: Window) -> None:
    one, two = window.worker(Bench), Worker("two", Bench, (), window.results)
    window.workers.append(two)
    window.ask(one, "echo", "x")
    window.ask(two, "echo", "x")
    pid = one.pid
    assert pid is not None
    one.close()
    window.until(lambda: gone(pid))
    assert window.ask(two, "echo", "still").value == "still"
