"""The office's roster file: read as a city would write it, every fault told at once."""

from __future__ import annotations

import textwrap
from datetime import date, time
from pathlib import Path

import pytest

from kiosk.core.hours import Closing, Schedule, Span
from kiosk.core.roster import InterpreterLine, Roster, Shift, Specialist
from kiosk.data import roster as module
from kiosk.data.roster import RosterFile, read_roster

TOPICS = ("residence", "work", "housing", "daily_life", "tax")
GROUPS = ("legal_aid", "labour_office")
LAWYER = {
    "id": '"lawyer"',
    "kind": '"lawyer"',
    "topics": '["work"]',
    "minutes": "30",
    "hours": '[{ days = "tue", opens = "13:00", closes = "16:00" }]',
}
LINE = {"id": '"one"', "name_ja": '"通訳"', "telephone": '"0120-000-000"', "languages": '["vi"]'}
LANGUAGE = {"tag": '"fil"', "hours": '[{ days = "fri", opens = "09:00", closes = "17:00" }]'}


def read(tmp_path: Path, text: str) -> RosterFile:
    file = tmp_path / "roster.toml"
    file.write_text(text, encoding="utf-8")
    return read_roster(file, TOPICS, GROUPS)


def table(name: str, fields: dict[str, str]) -> str:
    return "\n".join([f"[[{name}]]", *(f"{key} = {value}" for key, value in fields.items() if value), ""])


def test_no_file_is_an_empty_roster(tmp_path: Path) -> None:
    assert read_roster(tmp_path / "roster.toml", TOPICS, GROUPS) == RosterFile(Roster(), ())


def test_the_example_in_the_text_is_sound(tmp_path: Path) -> None:
    assert module.__doc__ is not None
    lines = module.__doc__.split("\n\n", 1)[1].splitlines()
    example = textwrap.dedent("\n".join(line for line in lines if line.startswith("    ") or not line))
    found = read(tmp_path, example)
    assert found.faults == ()
    wednesday = Span(frozenset({2}), time(13), time(17), frozenset({1, 3}))
    assert found.roster == Roster(
        (Shift("fil", Schedule((Span(frozenset({4}), time(9), time(17)), wednesday)), "2"),),
        (
            Specialist(
                id="lawyer",
                kind="lawyer",
                schedule=Schedule(
                    (Span(frozenset({1}), time(13), time(16), frozenset({2, 4})),),
                    closed=(Closing(date(2026, 12, 22), date(2026, 12, 22)),),
                ),
                minutes=30,
                topics=("work", "housing", "daily_life"),
                groups=("legal_aid",),
                places=2,
                ahead_days=45,
                lead_hours=48,
                interpreter=True,
                languages=("en",),
                room="2階 相談室1",
                names={"ja": "青葉弁護士会 法律相談"},
            ),
        ),
        (
            InterpreterLine(
                id="prefecture",
                name_ja="県 通訳コールセンター",
                telephone="0120-000-000",
                languages=("vi", "ne", "my"),
                schedule=Schedule((Span(frozenset(range(5)), time(8, 30), time(17, 15)),)),
                say_ja="あおば市相談窓口です。ネパール語の通訳をお願いします。",
            ),
        ),
    )


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("id", "", "not empty"),
        ("id", '"Dr. Lawyer"', "small letters"),
        ("kind", '"wizard"', "write one of: gyoseishoshi"),
        ("topics", '["magic"]', "magic is none of: daily_life"),
        ("topics", "", "name at least one of"),
        ("groups", '["nobody"]', "nobody is none of"),
        ("minutes", "", "whole number, 5 to 480"),
        ("minutes", "true", "whole number"),
        ("minutes", "181", "do not fit into 13:00-16:00"),
        ("places", "0", "1 to 50"),
        ("ahead_days", "500", "0 to 180"),
        ("lead_hours", "744", "nothing could be offered"),
        ("interpreter", '"yes"', "true or false"),
        ("languages", '["Tagalog!"]', "no language tag"),
        ("hours", '[{ days = "son", opens = "09:00", closes = "17:00" }]', "unknown weekday"),
        ("hours", '[{ days = "fri", opens = "17:00", closes = "09:00" }]', "not after"),
        ("hours", '[{ days = "fri", opens = "9", closes = "17:00" }]', "times as 09:00"),
        ("hours", '[{ days = "fri", weeks = [0, 6], opens = "09:00", closes = "17:00" }]', "1 to 5"),
        ("hours", '[{ days = "fri", opens = "22:00", closes = "02:00", overnight = true }]', "next day"),
        ("hours", '[{ days = "fri", opens = "22:00", closes = "24:00" }]', "next day"),
        ("hours", "", "write [{ days"),
        ("hours", '"on Fridays"', "write each as"),
        ("colour", '"blue"', "no such field"),
        ("from", '"2026-12-01"\nto = "2026-11-01"', "ends before it starts"),
        ("closed", '["12-32"]', "write 08-13"),
        ("name.en", '"Free lawyers"', "Japanese as well"),
    ],
)
def test_every_fault_of_a_specialist_is_told(tmp_path: Path, field: str, value: str, said: str) -> None:
    found = read(tmp_path, table("specialist", LAWYER | {field: value}))
    assert [fault for fault in found.faults if said in fault.message], found.faults
    assert all(fault.key.startswith("specialist") for fault in found.faults) or '"on' in value
    assert found.roster.specialists == () or field == "colour", "a faulty row is left out"


def test_a_place_always_open_has_no_places(tmp_path: Path) -> None:
    found = read(tmp_path, table("specialist", LAWYER | {"hours": "", "always_open": "true"}))
    assert [fault.key for fault in found.faults] == ["specialist lawyer.always_open"]


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("telephone", '"0120-CALL-ME"', "no telephone number"),
        ("telephone", '"0120-000"', "no telephone number"),
        ("telephone", "", "how the interpreter is reached"),
        ("languages", "", "name the languages"),
        ("name_ja", "", "not empty"),
        ("assured_date", '"last year"', "no date"),
        ("hours", '[{ days = "fri", opens = "09:00" }]', "write { days"),
    ],
)
def test_every_fault_of_a_line_is_told(tmp_path: Path, field: str, value: str, said: str) -> None:
    found = read(tmp_path, table("interpreter", LINE | {field: value}))
    assert [fault for fault in found.faults if said in fault.message], found.faults
    assert found.roster.lines == ()


def test_an_interpreter_may_be_reached_otherwise_and_at_unknown_hours(tmp_path: Path) -> None:
    found = read(
        tmp_path, table("interpreter", LINE | {"telephone": "", "note_ja": '"タブレットの通訳アプリ"'})
    )
    assert found.faults == ()
    assert not found.roster.lines[0].schedule.known


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [("tag", '"Filipino language"', "no language tag"), ("tag", "", "not empty"), ("hours", "", "write [{")],
)
def test_every_fault_of_a_language_is_told(tmp_path: Path, field: str, value: str, said: str) -> None:
    found = read(tmp_path, table("language", LANGUAGE | {field: value}))
    assert [fault for fault in found.faults if said in fault.message], found.faults
    assert found.roster.shifts == ()


def test_a_language_may_stand_in_several_rows_but_an_id_only_once(tmp_path: Path) -> None:
    text = table("language", LANGUAGE) * 2 + table("specialist", LAWYER) * 2 + table("interpreter", LINE) * 2
    found = read(tmp_path, text)
    assert [fault.key for fault in found.faults] == ["specialist lawyer.id", "interpreter one.id"]
    assert (len(found.roster.shifts), len(found.roster.specialists), len(found.roster.lines)) == (2, 1, 1)


def test_everything_is_told_at_once_and_the_sound_rows_stay(tmp_path: Path) -> None:
    text = "[[lawyers]]\nid = 1\n" + table("specialist", LAWYER | {"kind": "1", "minutes": '"long"'})
    found = read(tmp_path, text + table("language", LANGUAGE))
    assert [fault.key for fault in found.faults] == [
        "lawyers",
        "specialist lawyer.kind",
        "specialist lawyer.minutes",
    ]
    assert len(found.roster.shifts) == 1


@pytest.mark.parametrize("text", ["[[language", "language = 3", "[language]\ntag = 'fil'", "\x00"])
def test_no_table_at_all(tmp_path: Path, text: str) -> None:
    found = read(tmp_path, text)
    assert len(found.faults) == 1
    assert found.roster == Roster()
