"""Bad input in what an office edits: the sentence that tells it, and the version the kiosk runs on."""

from __future__ import annotations

import errno
import fcntl
import json
import multiprocessing
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from kiosk.data import good
from tests.data.house import MAY, TAGS, WORDS, House, build, po

JUNE, JULY = date(2026, 6, 1), date(2026, 7, 1)


@pytest.fixture
def house(tmp_path: Path) -> House:
    return build(tmp_path)


Damage = Callable[[House], None]


def swap(file: str, old: str, new: str) -> Damage:
    return lambda house: house.swap(file, old, new)


def garble(house: House) -> None:
    (house.flows / "work.toml").write_bytes(b"\xff\xfe\x00 not a text")


def without_topics(house: House) -> None:
    (house.flows / "topics.toml").unlink()


def without_rows(house: House) -> None:
    (house.flows / "referrals" / "national.toml").write_text("", encoding="utf-8")


def without_english(house: House) -> None:
    (house.languages / "en" / "flows.po").unlink()


WORK, ROW, EN = "flows/work.toml", "flows/referrals/national.toml", "languages/en/flows.po"
DAMAGES: dict[str, tuple[Damage, str, str, str]] = {
    "loop": (swap(WORK, '[{ id = "today" }', '[{ id = "today", next = "matter" }'), "work.toml",
             "question matter", "runs in a loop: matter → since → matter; lead one of them on"),
    "dead end": (swap(WORK, 'next = "since"', 'next = "sinze"'), "work.toml", "question matter.next",
                 "there is no question sinze; correct the name"),
    "nothing leads here": (swap(WORK, 'next = "since"', 'next = ""'), "work.toml", "question since",
                           "no answer leads here; lead to it or take it out"),
    "unknown key": (swap(WORK, "bring =", "brings ="), "work.toml", "choice wages.brings",
                    "there is no such field; correct it or take it out"),
    "missing translation": (swap(EN, '"flow.work.since.today"', '"flow.work.since.todey"'), "flows.po",
                            "flow.work.since.today", "is not translated; write its words"),
    "schedule ends before it starts": (swap(ROW, 'closes = "22:00"', 'closes = "09:00"'), "national.toml",
                                       "service line.hours", "09:00 is not after 17:00"),
    "number with letters": (swap(ROW, "0120-811-610", "0120-ABC-610"), "national.toml",
                            "service line.telephone", "write digits and hyphens"),
    "row gone": (without_rows, "work.toml", "choice wages.destinations",
                 "no shown service has the group labour_line"),
    "unreadable file": (garble, "work.toml", "TOML", "cannot be read"),
    "syntax": (swap(WORK, 'start = "matter"', "start = matter"), "work.toml", "TOML", "line 3"),
    "topic left out": (swap("flows/topics.toml", 'flow = "work"', 'flow = "job"'), "topics.toml",
                       "topic work.flow", "there is no usable flow job"),
    "topics gone": (without_topics, "topics.toml", "TOML", "cannot be read"),
    "icon": (swap(WORK, "banknote-x", "banknote-y"), "work.toml", "choice wages.icon", "banknote-y.png"),
    "words gone": (without_english, "flows.po", "", "cannot be read"),
}  # fmt: skip


@pytest.mark.parametrize("name", DAMAGES)
def test_the_kiosk_starts_with_the_last_good_version_and_tells_staff(house: House, name: str) -> None:
    damage, file, key, words = DAMAGES[name]
    sound = house.office()
    assert [*sound.topics] == ["work"]
    assert (sound.running_on, sound.faults_told) == (None, [])
    damage(house)
    office = house.office()
    assert any(
        fault.file.name == file and key in fault.key and words in fault.message
        for fault in office.faults_told
    ), [str(fault) for fault in office.faults_told]
    assert office.running_on == office.today()
    assert (office.topics, office.flows) == (sound.topics, sound.flows)
    assert [*office.directory] == [*sound.directory]
    assert office.offered == sound.offered == ("en", "ja")
    assert office.catalogue("en").keys() == sound.catalogue("en").keys()


@pytest.mark.parametrize("name", DAMAGES)
def test_without_a_good_version_what_can_be_used_is_used(house: House, name: str) -> None:
    DAMAGES[name][0](house)
    office = house.office()
    assert office.faults_told or name == "words gone"
    assert office.running_on is None
    assert set(office.topics) <= {"work"}
    assert office.offered


def test_mended_it_runs_on_what_is_installed_again(house: House) -> None:
    house.choose(MAY)
    house.swap(WORK, 'next = "since"', 'next = "sinze"')
    assert house.choose(JUNE).since == MAY
    house.swap(WORK, "sinze", "since")
    assert house.choose(JUNE).since is None
    house.swap(WORK, 'id = "longer"', 'id = "today"')
    assert house.choose(JULY).since == MAY, "the day that version was first kept"


def test_all_of_it_is_of_one_version_whatever_is_edited_meanwhile(house: House) -> None:
    house.choose()
    office = house.office()
    assert office.flows["work"].start == "matter"
    without_rows(house)
    without_english(house)
    assert office.directory.get("line") is not None
    assert office.catalogue("en").has("flow.work.since.today")


def test_words_are_of_the_flows_version_and_screens_of_the_installation(house: House) -> None:
    house.choose()
    (house.languages / "en" / "flows.po").write_text(po(WORDS[1:], "newer"), encoding="utf-8")
    house.swap(
        "languages/en/messages.po", 'msgctxt "', 'msgctxt "newer.key"\nmsgid "a"\nmsgstr "b"\n\nmsgctxt "'
    )
    words = house.office().catalogue("en")
    assert words.text("topic.work.example") == "words"
    assert words.has("newer.key")


def test_an_unchanged_set_is_not_checked_again(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = house.choose()
    monkeypatch.setattr(good, "_faults", lambda *_: pytest.fail("checked again"))
    assert house.choose(JUNE) == kept
    assert house.choose(JUNE, ("ja",)) == kept


def test_a_language_offered_anew_is_checked(house: House) -> None:
    house.choose(tags=("ja",))
    (house.languages / "en" / "flows.po").write_text(po(WORDS[1:]), encoding="utf-8")
    assert house.choose(tags=("ja",)).faults == ()
    assert [fault.key for fault in house.choose().faults] == ["topic.work"]


def test_a_language_without_any_words_is_no_fault_until_it_had_them(house: House) -> None:
    (house.languages / "en" / "flows.po").unlink()
    assert house.choose().faults == ()
    (house.languages / "en" / "flows.po").write_text(po(WORDS), encoding="utf-8")
    assert house.choose(JUNE).faults == ()
    (house.languages / "en" / "flows.po").unlink()
    assert house.choose().since == JUNE


def test_what_a_power_cut_left_half_written_goes(house: House) -> None:
    kept = house.data / "good"
    # A process of the same number as this one, before the machine was started anew.
    for name in (good.FRESH, f"new-{os.getpid()}", f"new-{os.getppid()}"):
        (kept / name / "flows").mkdir(parents=True)
        (kept / name / "flows" / "other.toml").write_text("id = 1")
    for name in (f"new-{os.getpid()}.json", f"new-{os.getppid()}.json"):
        (kept / name).write_text("{")
    version = house.choose()
    assert sorted(path.name for path in kept.iterdir()) == sorted((version.flows.parent.name, good.STAMP))
    assert not (version.flows / "other.toml").exists()
    assert house.choose(JUNE) == version


def test_a_version_copied_anew_is_held_like_any_other(house: House) -> None:
    file = house.choose().flows / "work.toml"
    file.write_bytes(b"damaged")
    assert house.choose().flows == file.parent
    assert file.read_bytes() != b"damaged"
    with (file.parent.parent / good.IN_USE).open("rb") as mark, pytest.raises(BlockingIOError):
        fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)


@pytest.mark.parametrize("how", ["changed", "removed", "added", "note", "empty note", "another name"])
def test_a_damaged_good_version_is_not_used(house: House, how: str) -> None:
    kept, stamp = house.choose(), house.data / "good" / good.STAMP
    if how == "changed":
        file = kept.flows / "work.toml"
        file.write_bytes(file.read_bytes().replace(b"matter", b"mattes", 1))
    elif how == "removed":
        (kept.languages / "en" / "flows.po").unlink()
    elif how == "added":
        (kept.flows / "other.toml").write_text("id = 1")
    else:
        text = {"note": "{", "empty note": "", "another name": stamp.read_text().replace("version", "vision")}
        stamp.write_text(text[how])
    house.swap(WORK, 'next = "since"', 'next = "sinze"')
    version = house.choose()
    assert (version.flows, version.since) == (house.flows, None)
    assert version.faults
    house.swap(WORK, "sinze", "since")
    assert house.choose().flows != house.flows, "a sound version is kept anew"
    house.swap(WORK, "since", "sinze")
    assert house.choose(JUNE).since == MAY


def test_a_note_that_leads_out_of_the_folder_is_not_followed(house: House) -> None:
    house.choose()
    stamp = house.data / "good" / good.STAMP
    told = json.loads(stamp.read_text())
    stamp.write_text(json.dumps({**told, "version": "../../flows"}))
    house.swap(WORK, 'next = "since"', 'next = "sinze"')
    assert house.choose().since is None


def full_disk(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize("edge", ["fsync", "mkdir", "rename", "replace"])
def test_a_full_disk_only_means_that_nothing_is_kept(
    house: House, monkeypatch: pytest.MonkeyPatch, edge: str
) -> None:
    with monkeypatch.context() as patch:
        if edge == "fsync":
            patch.setattr(os, "fsync", full_disk)
        else:
            patch.setattr(Path, edge, full_disk)
        version = house.choose()
        assert (version.flows, version.faults) == (house.flows, ())
    assert [path.name for path in house.data.glob("good/new-*")] == []
    assert house.choose().flows.is_relative_to(house.data / "good")


def test_a_full_disk_leaves_the_former_version_whole(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    house.choose()
    house.swap(WORK, 'id = "longer"', 'id = "later"')
    for tag in TAGS:
        house.swap(f"languages/{tag}/flows.po", "since.longer", "since.later")
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full_disk)
        assert house.choose(JUNE).flows == house.flows
    house.swap(WORK, 'id = "later"', 'id = "today"')
    assert house.choose(JULY).since == MAY


def use(house: House, told: object, enough: object) -> None:
    told.put(house.choose().flows.parent.name)  # type: ignore[attr-defined]
    enough.wait()  # type: ignore[attr-defined]


def test_older_versions_go_when_nobody_reads_them_any_more(house: House) -> None:
    """Each process in turn meets an edited row; the first goes on reading what it started with."""
    fork = multiprocessing.get_context("fork")
    told, ends = fork.Queue(), [fork.Event() for _ in range(4)]
    processes, versions = [], []
    for number, enough in enumerate(ends):
        house.swap(ROW, f'assured_date = "2026-0{4 + number}"', f'assured_date = "2026-0{5 + number}"')
        processes.append(fork.Process(target=use, args=(house, told, enough), daemon=True))
        processes[-1].start()
        versions.append(told.get(timeout=250))
        if number:
            enough.set()
            processes[-1].join()
    assert there(house) == {versions[0], *versions[2:]}, "the last one compared with the one before"
    ends[0].set()
    processes[0].join()
    house.swap(ROW, "2026-08", "2026-09")
    latest = house.choose().flows.parent.name
    assert there(house) == {versions[3], latest}


def there(house: House) -> set[str]:
    return {folder.name for folder in (house.data / "good").iterdir() if folder.is_dir()}


def start(house: House, ready: object, told: object) -> None:
    ready.wait()  # type: ignore[attr-defined]
    version = house.choose()
    told.put((str(version.flows), len(version.faults)))  # type: ignore[attr-defined]


def test_two_processes_starting_at_once_keep_one_whole_version(house: House) -> None:
    spawn = multiprocessing.get_context("fork")
    ready, told = spawn.Event(), spawn.Queue()
    both = [spawn.Process(target=start, args=(house, ready, told)) for _ in range(2)]
    for process in both:
        process.start()
    ready.set()
    answers = [told.get(timeout=250) for _ in both]
    for process in both:
        process.join()
    assert answers[0] == answers[1]
    house.swap(WORK, 'next = "since"', 'next = "sinze"')
    assert house.choose(JUNE).since == MAY
    assert [path for path in (house.data / "good").iterdir() if path.name.startswith("new-")] == []
