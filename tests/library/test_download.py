"""Fetching from hosts that stall, cut, lie and change their minds."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kiosk.app.library import places
from kiosk.app.library.download import Wanted, download
from kiosk.app.library.task import Progress, Task
from kiosk.app.library.web import Patience, fetch_text
from kiosk.errors import Trouble
from tests.library.server import Host, serving

DATA = bytes(range(256)) * 1200
QUICK = Patience(stall=0.2, pauses=(0, 0, 0))
SHA = hashlib.sha256(DATA).hexdigest()
MD5 = hashlib.md5(DATA).hexdigest()


@pytest.fixture
def host() -> Iterator[Host]:
    with serving() as found:
        yield found


def bring(link: str, folder: Path, task: Task | None = None, **known: Any) -> bytes:
    wanted = Wanted("model", link, **known)
    return download(wanted, folder, task or Task(), QUICK).read_bytes()


def refused(link: str, folder: Path, **known: Any) -> str:
    with pytest.raises(Trouble) as met:
        bring(link, folder, **known)
    return met.value.key


@pytest.mark.parametrize(
    "known", [{}, {"bytes": len(DATA)}, {"md5": MD5}, {"bytes": len(DATA), "sha256": SHA}]
)
@pytest.mark.parametrize(
    "faults",
    [
        [],
        ["cut:1000"],
        ["cut:0", "cut:5000", "cut:70000"],
        ["stall:4096"],
        ["trickle:4096"],
        ["status:503", "cut:9", "status:429"],
        ["another:7"],
        ["change:5000", "change:100"],
    ],
    ids=lambda faults: "+".join(faults) or "sound",
)
def test_a_file_comes_whole_whatever_happens_on_the_way(
    host: Host, tmp_path: Path, faults: list[str], known: dict[str, Any]
) -> None:
    link = host.add("/model.zip", DATA, *faults)
    assert bring(link, tmp_path, **known) == DATA


def test_it_goes_on_where_it_stopped_also_after_a_new_start(host: Host, tmp_path: Path) -> None:
    link = host.add("/model.zip", DATA, *["cut:1000", *["cut:0"] * 20])
    assert refused(link, tmp_path) == "trouble.model_broken"
    host.files["/model.zip"].faults.clear()
    host.asked.clear()
    assert bring(link, tmp_path) == DATA
    assert host.asked == [("/model.zip", "bytes=1000-")]


def test_a_changed_file_is_begun_anew(host: Host, tmp_path: Path) -> None:
    link = host.add("/model.zip", DATA, "change:1000")
    assert bring(link, tmp_path) == DATA[::-1]


def test_a_host_that_hides_changes_is_caught_by_the_hash(host: Host, tmp_path: Path) -> None:
    link = host.add("/model.zip", DATA[::-1], "swap:1000")
    assert bring(link, tmp_path, sha256=SHA) == DATA


def test_without_a_mark_and_a_hash_nothing_is_gone_on_with(host: Host, tmp_path: Path) -> None:
    link = host.add("/model.zip", DATA, "cut:1000", etag="")
    assert bring(link, tmp_path) == DATA
    assert [span for _, span in host.asked] == ["", ""]


@pytest.mark.parametrize(
    ("fault", "known", "key"),
    [
        ("whole", {"bytes": 5}, "model_size"),
        ("short:500", {"bytes": len(DATA)}, "model_size"),
        ("short:500", {"md5": MD5}, "model_hash"),
        ("endless:9", {"bytes": len(DATA)}, "model_size"),
        ("endless:9", {"sha256": SHA}, "model_hash"),
        ("endless:9", {"at_most": len(DATA)}, "model_size"),
        ("whole", {"at_most": 1000}, "model_size"),
        ("whole", {"sha256": "0" * 64}, "model_hash"),
        ("page", {}, "model_page"),
        ("status:404", {}, "model_refused"),
        ("status:403", {}, "model_refused"),
        ("to:http://example.org/model.zip", {}, "model_insecure"),
        ("to:file:///etc/passwd", {}, "model_insecure"),
        ("to:ftp://example.org/x", {}, "model_insecure"),
    ],
)
def test_what_is_not_the_model_is_refused_and_not_kept(
    host: Host, tmp_path: Path, fault: str, known: dict[str, object], key: str
) -> None:
    link = host.add("/model.zip", DATA, *[fault] * 9)
    assert refused(link, tmp_path, **known) == f"trouble.{key}"
    assert not (tmp_path / "model.part").exists()


def test_unsized_answers_are_taken(host: Host, tmp_path: Path) -> None:
    assert bring(host.add("/model.zip", DATA, "unsized"), tmp_path) == DATA


def test_it_is_sent_on_within_what_is_allowed(host: Host, tmp_path: Path) -> None:
    host.add("/there.zip", DATA)
    assert bring(host.add("/model.zip", b"", f"to:{host.link('/there.zip')}"), tmp_path) == DATA


def test_a_host_that_is_not_there_is_told(tmp_path: Path) -> None:
    with serving() as gone:
        link = gone.link("/model.zip")
    assert refused(link, tmp_path) == "trouble.model_unreachable"


def test_a_longer_leftover_is_thrown_away(host: Host, tmp_path: Path) -> None:
    link = host.add("/model.zip", DATA, *["cut:1000", *["cut:0"] * 20])
    assert refused(link, tmp_path) == "trouble.model_broken"
    (tmp_path / "model.part").write_bytes(DATA + b"more")
    host.files["/model.zip"].faults.clear()
    assert bring(link, tmp_path) == DATA


@pytest.mark.parametrize("notes", [b"", b"{", b"[]", b'{"link": 1}', b'{"link":"x","mark":"","total":"y"}'])
def test_damaged_notes_of_a_download_begin_it_anew(host: Host, tmp_path: Path, notes: bytes) -> None:
    (tmp_path / "model.part").write_bytes(b"old")
    (tmp_path / "model.json").write_bytes(notes)
    assert bring(host.add("/model.zip", DATA), tmp_path) == DATA


def test_it_can_be_stopped_and_keeps_what_came(host: Host, tmp_path: Path) -> None:
    def stop(now: Progress) -> None:
        if now.phase == "fetch" and now.done:
            task.cancel()

    task = Task(stop)
    link = host.add("/model.zip", DATA)
    with pytest.raises(Trouble) as met:
        bring(link, tmp_path, task)
    assert met.value.key == "trouble.library_cancelled"
    assert 0 < (tmp_path / "model.part").stat().st_size <= len(DATA)
    assert bring(link, tmp_path) == DATA


def test_progress_ends_at_the_end(host: Host, tmp_path: Path) -> None:
    said: list[Progress] = []
    bring(host.add("/model.zip", DATA, "cut:1000"), tmp_path, Task(said.append))
    last = [now for now in said if now.phase == "fetch"][-1]
    assert (last.done, last.total, last.share) == (len(DATA), len(DATA), 1.0)
    assert {"fetch", "wait", "check"} == {now.phase for now in said}


def test_room_is_asked_for_before_anything_is_fetched(
    host: Host, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(tmp_path)._replace(free=places.RESERVE + len(DATA) - 1)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage)
    assert refused(host.add("/model.zip", DATA), tmp_path) == "trouble.library_space"
    assert (tmp_path / "model.part").exists() is False


def test_a_list_is_fetched_and_a_long_one_refused(host: Host) -> None:
    link = host.add("/list.json", b"[1]")
    assert fetch_text(link, 10, QUICK) == b"[1]"
    for address, key in ((link, "refresh_junk"), ("http://example.org/x", "model_insecure")):
        with pytest.raises(Trouble) as met:
            fetch_text(address, 2, QUICK)
        assert met.value.key == f"trouble.{key}"
