"""`madoguchi queue`: the same actions without windows."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

from kiosk.app import booking
from kiosk.app.office import open_data
from kiosk.core.ticket import Case as Told
from kiosk.core.ticket import Content, State
from tests.cli.cases import FULL, PLAIN, Case
from tests.cli.conftest import Run


def test_a_case_from_file_to_close(run: Run, case: Case, tmp_path: Path) -> None:
    added = run("queue", "add", case(FULL), "--json")
    assert added.code == 0
    assert (added.json["number"], added.json["state"]) == ("A001", "waiting")
    ticket = added.json["id"]
    called = run("queue", "next", "--counter", 1, "--languages", "vi,en", "--json").json
    assert (called["id"], called["state"], called["counter"]) == (ticket, "called", "1")
    assert "A001" in called["sentence"]
    steps = [
        ("recall", [ticket], "called"),
        ("no-show", [ticket], "no_show"),
        ("recall", ["a001"], "called"),
        ("serve", ["A001", "--counter", "1"], "serving"),
        ("hold", [ticket], "on_hold"),
        ("serve", [ticket], "serving"),
        ("transfer", [ticket, "--to", "2"], "waiting"),
    ]
    for name, arguments, state in steps:
        done = run("queue", name, *arguments, "--json")
        assert (done.code, done.json["id"], done.json["state"]) == (0, ticket, state), name
    assert run("queue", "next", "--counter", 1, "--json").json is None
    assert run("queue", "next", "--counter", 2, "--json").json["number"] == "A001"
    assert run("queue", "serve", ticket).code == 0
    closed = run("queue", "close", ticket, "--note", "労基署を案内", "--json").json
    assert (closed["state"], closed["counter"]) == ("closed", "2")
    kept = open_data(tmp_path / "data").store.get(ticket)
    assert kept.content.notes == ("労基署を案内",)
    assert kept.content.narrative is not None
    assert kept.content.narrative.original == FULL["narrative"]
    assert dict(kept.content.cases[0].answers)["matter"] == ("wages",)


def test_the_list_is_open_and_the_rest_is_not(run: Run, case: Case) -> None:
    run("queue", "add", case(FULL))
    run("queue", "add", case(PLAIN | {"language": "ne"}))
    for said in (run("queue", "list"), run("queue", "list", "--json")):
        assert "A001" in said.out
        assert "A002" in said.out
        for closed in ("work", "wages", "lương", "family"):
            assert closed not in said.out
    rows = run("queue", "list", "--json").json
    assert [(r["number"], r["state"], r["language"]) for r in rows] == [
        ("A001", "waiting", "vi"),
        ("A002", "waiting", "ne"),
    ]


def test_an_empty_day(run: Run) -> None:
    assert run("queue", "list", "--json").json == []
    nobody = run("queue", "next", "--counter", 1)
    assert (nobody.code, nobody.err) == (0, "")
    assert "nobody is waiting" in nobody.out


@pytest.mark.parametrize(
    ("content", "key"),
    [
        ("", "JSON"),
        ("{", "JSON"),
        (b"\xff\xfe\x00", "JSON"),
        ("[" * 100_000, "JSON"),
        ("[]", "{}"),
        ({"topic": "work"}, "language"),
        (PLAIN | {"language": "xx"}, "language"),
        (PLAIN | {"language": ["vi"]}, "language"),
        ({"language": "vi"}, "topic"),
        (PLAIN | {"topic": "weather"}, "topic"),
        (PLAIN | {"caller": "neighbour"}, "caller"),
        (PLAIN | {"answers": ["wages"]}, "answers"),
        (PLAIN | {"answers": {"nothing": "wages"}}, "answers.nothing"),
        (PLAIN | {"answers": {"matter": "nothing"}}, "answers.matter"),
        (PLAIN | {"answers": {"matter": []}}, "answers.matter"),
        (PLAIN | {"answers": {"matter": ["wages", "wages"]}}, "answers.matter"),
        (PLAIN | {"answers": {"matter": 3}}, "answers.matter"),
        (PLAIN | {"topic": "unsaid", "answers": {"matter": "wages"}}, "answers.matter"),
        (PLAIN | {"narrative": 5}, "narrative"),
        (PLAIN | {"narrative": "x" * 2001}, "narrative"),
        ('{"language": "vi", "topic": "work", "narrative": "\\ud800"}', "narrative"),
    ],
)
def test_a_bad_file_is_named_and_gives_no_number(run: Run, case: Case, content: object, key: str) -> None:
    said = run("queue", "add", case(content), "--json")
    assert said.code == 1
    assert said.out == ""
    assert f"「{key}」" in said.err
    assert "Traceback" not in said.err
    assert run("queue", "list", "--json").json == []


def test_no_file_at_all(run: Run, tmp_path: Path) -> None:
    said = run("queue", "add", tmp_path / "none.json")
    assert said.code == 1
    assert "none.json を読めません" in said.err


def test_a_file_from_an_editor_that_marks_its_bytes(run: Run, case: Case) -> None:
    marked = b"\xef\xbb\xbf" + json.dumps(PLAIN).encode()
    assert run("queue", "add", case(marked)).code == 0


def test_what_the_state_does_not_allow_is_told(run: Run, case: Case) -> None:
    run("queue", "add", case(PLAIN))
    said = run("queue", "serve", "A001")
    assert said.code == 1
    assert "A001は今「waiting」なので、できません。" in said.err
    assert run("queue", "close", "A001", "--note", "x").code == 1
    assert run("queue", "list", "--json").json[0]["state"] == "waiting"


@pytest.mark.parametrize("wanted", ["A999", "", "../../etc", "019aa000-0000-7000-8000-000000000000"])
def test_a_ticket_nobody_has(run: Run, wanted: str) -> None:
    said = run("queue", "close", wanted)
    assert said.code == 1
    assert "この番号が見つかりません。" in said.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("next",),
        ("next", "--counter", ""),
        ("next", "--counter", "0"),
        ("next", "--counter", "somewhere"),
        ("next", "--counter", "1", "--languages", "ko,klingon"),
        ("transfer", "A001", "--to", "nowhere"),
        ("serve", "A001", "--counter", "-1"),
        ("serve",),
        ("dance", "A001"),
    ],
)
def test_wrong_usage_is_two_and_changes_nothing(run: Run, case: Case, arguments: tuple[str, ...]) -> None:
    run("queue", "add", case(PLAIN))
    said = run("queue", *arguments)
    assert said.code == 2
    assert said.err
    assert run("queue", "list", "--json").json[0]["state"] == "waiting"


def test_a_desk_of_the_settings_is_a_counter(run: Run, case: Case) -> None:
    run("queue", "add", case(PLAIN))
    for arguments in (
        ("next", "--counter", "1"),
        ("transfer", "A001", "--to", "専門相談"),
    ):
        assert run("queue", *arguments).code == 0
    run("queue", "add", case(PLAIN))
    assert run("queue", "next", "--counter", "専門相談", "--json").json["number"] == "A001"
    nobody = run("queue", "next", "--counter", "専門相談")
    assert nobody.code == 0
    assert "nobody sent there is waiting" in nobody.out, "the general queue is the counters'"
    assert run("queue", "next", "--counter", "1", "--json").json["number"] == "A002"


def test_a_full_disk_gives_no_number(run: Run, case: Case, tmp_path: Path) -> None:
    from tests.store.failing import largest_file

    run("queue", "add", case(PLAIN))
    journal = next((tmp_path / "data" / "store").glob("*.journal"))
    with largest_file(len(journal.read_bytes().rstrip(b"\0")) + 10):
        said = run("queue", "add", case(PLAIN))
    assert said.code == 1
    assert "保存できません" in said.err
    assert [row["number"] for row in run("queue", "list", "--json").json] == ["A001"]
    assert run("queue", "add", case(PLAIN), "--json").json["number"] == "A002"


def test_the_day_left_at_the_counter_is_still_there_after_every_command(
    run: Run, case: Case, tmp_path: Path
) -> None:
    run("queue", "add", case(PLAIN))
    run("queue", "next", "--counter", 1)
    store = open_data(tmp_path / "data").store
    assert [ticket.state for ticket in store.tickets()] == [State.CALLED]
    store.close()


def test_what_is_written_is_for_its_owner_only(run: Run, case: Case, tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        run("queue", "add", case(FULL))
        run("queue", "list")
    finally:
        os.umask(before)
    data = tmp_path / "data"
    assert stat.S_IMODE(data.stat().st_mode) == 0o700
    for path in data.rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


def test_appointments_are_listed_and_cancelled(run: Run, tmp_path: Path) -> None:
    office = open_data(tmp_path / "data")
    (office.data / "roster.toml").write_text(
        '[[specialist]]\nid = "hello-work"\nkind = "hello_work"\ntopics = ["work"]\nroom = "相談室1"\n'
        "minutes = 60\nlead_hours = 0\nclosed_on_holidays = false\n"
        'hours = [{ days = "mon-sun", opens = "00:00", closes = "23:00" }]\n',
        encoding="utf-8",
    )
    told = Content(cases=(Told("work"),))
    slot = booking.places(office, told, "vi")[0]
    ticket = booking.take(office, told, "vi", slot)
    day = slot.at.date()
    listed = run("queue", "appointments", "--date", day)
    assert (listed.code, listed.err) == (0, "")
    assert listed.out.split()[:3] == [f"{slot.at:%H:%M}", "hello-work", "A001"]
    (row,) = run("queue", "appointments", "--date", day, "--json").json
    assert row == {
        "at": slot.at.isoformat(),
        "specialist": "hello-work",
        "room": "相談室1",
        "number": "A001",
        "day": ticket.day.isoformat(),
        "state": "waiting",
        "language": "vi",
        "id": ticket.id,
    }
    cancelled = run("queue", "cancel-appointment", "A001", "--json").json
    assert (cancelled["id"], cancelled["state"]) == (ticket.id, "closed")
    assert run("queue", "appointments", "--date", day, "--json").json == []
    again = run("queue", "cancel-appointment", ticket.id)
    assert again.code == 1
    assert again.err


def test_a_day_that_is_none_is_wrong_usage(run: Run) -> None:
    assert run("queue", "appointments", "--date", "tomorrow").code == 2
    assert run("queue", "appointments").code == 0


@pytest.mark.parametrize("path", ["/dev/zero", "large.json"])
def test_a_file_without_an_end(run: Run, tmp_path: Path, path: str) -> None:
    (tmp_path / "large.json").write_bytes(b" " * 1_000_001)
    said = run("queue", "add", tmp_path / path)
    assert said.code == 1
    assert "too large" in said.err


def test_nobody_and_nothing_are_said(run: Run) -> None:
    assert run("queue", "list").out == "ありません。\nNone.\n"
    assert run("queue", "appointments").out == "ありません。\nNone.\n"
    assert run("audit", "list").out == "ありません。\nNone.\n"
    assert run("erase", "--before", "2026-01-01").out.endswith("there is nothing to erase.\n")
    wrong = run("audit", "list", "--month", "2026-13")
    assert (wrong.code, "such as 2026-11\n" in wrong.err) == (2, True)
