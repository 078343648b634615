"""The shipped directory, and every fault of a row told."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import pytest

from kiosk.core.directory import Service
from kiosk.data.languages import read_languages
from kiosk.data.referrals import Directory, read_directory

SHIPPED = read_directory()
ROWS = {service.id: service for service in SHIPPED.services}
SHOWN = [service for service in SHIPPED.services if service.shown]
DAY_WRITTEN = date(2026, 11, 21)


def test_the_shipped_directory_is_without_fault() -> None:
    assert SHIPPED.faults == ()
    assert len(SHOWN) >= 100
    assert len(SHIPPED.services) - len(SHOWN) >= 190


@pytest.mark.parametrize("service", SHOWN, ids=lambda service: service.id)
def test_what_is_shown_has_a_source_and_an_honest_date(service: Service) -> None:
    assert service.source.strip()
    year, month, day = (*map(int, service.assured_date.split("-")), 1, 1)[:3]
    assert date(2000, 1, 1) < date(year, month, day) <= DAY_WRITTEN


def test_only_two_national_offices_are_shown_without_a_telephone() -> None:
    assert {row.id for row in SHOWN if not row.telephone} == {"hello-work", "tax-office"}


def test_the_fifty_centres_of_administrative_counseling_and_the_national_line() -> None:
    centres = [row for row in SHOWN if "administrative" in row.groups]
    assert len(centres) == 51
    assert len({row.prefecture for row in centres}) == 48, "47 prefectures and the national line"
    assert [row.id for row in centres if row.prefecture == "北海道"] == [
        "administrative-sapporo",
        "administrative-hakodate",
        "administrative-asahikawa",
        "administrative-kushiro",
    ]
    assert all("担当する地域" in row.note_ja for row in centres if row.prefecture == "北海道")
    assert len({row.telephone for row in centres}) == 51


@pytest.mark.parametrize(
    ("row", "telephone"),
    [
        ("labour-hotline-en", "0120-531-401"),  # not the older 0120-004-008
        ("dv-8008", "#8008"),  # not 0570-0-55210
        ("amda-en", "03-6233-9266"),  # not 03-5285-8088
        ("pref-ehime", "080-4783-5253"),  # not 089-917-5678
        ("pref-nagasaki", ""),  # the source prints one digit too many
    ],
)
def test_conflicting_numbers_are_settled_as_the_sources_allow(row: str, telephone: str) -> None:
    assert ROWS[row].telephone == telephone
    assert ROWS[row].note_ja or row == "dv-8008"


def test_numbers_that_disagree_are_not_shown() -> None:
    assert not any(ROWS[row].shown for row in ("isa-sapporo", "isa-fukuoka", "isa-nagoya", "pref-toyama"))
    assert not ROWS["pref-nagasaki"].shown


def test_languages_are_written_with_the_kiosk_s_own_tags() -> None:
    used = {tag for row in SHIPPED.services for tag in row.languages}
    assert not used & {"zh", "pt", "tl", "es", "cn", "vn"}
    assert set(read_languages().by_tag) - {"ja-simple"} <= used


def test_unknown_hours_stay_unknown() -> None:
    for row in ("administrative", "dv-8008", "consumer-188", "child-189", "sv-8891"):
        assert not ROWS[row].schedule.known


GOOD = """
[[service]]
id = "legal"
groups = ["legal_aid"]
organisation_ja = "法テラス"
service_ja = "相談"
telephone = "0570-078374"
languages = ["ja", "zh-Hans"]
hours = [{ days = "mon-fri", opens = "09:00", closes = "17:00" }]
fee = "call"
url = "https://www.houterasu.or.jp/"
source = "a page"
assured_date = "2026-11"
verification = "official"
"""


def read(folder: Path, text: str) -> Directory:
    (folder / "rows.toml").write_text(text, encoding="utf-8")
    return read_directory(folder)


def test_a_sound_row_is_read(tmp_path: Path) -> None:
    found = read(tmp_path, GOOD)
    assert found.faults == ()
    (row,) = found.services
    assert row.text == "legal"
    assert row.schedule.spans[0].closes == time(17)
    assert row.schedule.closed_on_holidays


@pytest.mark.parametrize(
    "telephone",
    ["110", "188", "#8008", "03-5331-1750", "0746-41-1234", "0120-8891-77", "0570-05-1165", "0570-090110",
     "090-1234-5678"],
)  # fmt: skip
def test_telephone_numbers_as_agencies_write_them(tmp_path: Path, telephone: str) -> None:
    assert read(tmp_path, GOOD.replace("0570-078374", telephone)).faults == ()


@pytest.mark.parametrize(
    ("old", "new", "field", "words"),
    [
        ("0570-078374", "0570-O78374", "telephone", "no telephone number"),
        ("0570-078374", "095-820-33777", "telephone", "no telephone number"),
        ("0570-078374", "12", "telephone", "no telephone number"),
        ('closes = "17:00"', 'closes = "08:00"', "hours", "08:00 is not after 09:00"),
        ('closes = "17:00"', 'closes = "25:00"', "hours", "times as 09:00"),
        ('days = "mon-fri"', 'days = "fri-mon"', "hours", "backwards"),
        ('days = "mon-fri"', 'day = "mon-fri"', "hours", "no field day"),
        ('opens = "09:00"', "opens = 9", "hours", "write"),
        ('hours = [{', 'always_open = true\nhours = [{', "always_open", "either"),
        ('"2026-11"', '"2026-13"', "assured_date", "no date"),
        ('"2026-11"', '"21.11.2026"', "assured_date", "no date"),
        ('assured_date = "2026-11"\n', "", "assured_date", "not empty"),
        ('source = "a page"\n', "", "source", "where it was read"),
        ('"official"', '"rumour"', "verification", "official"),
        ('"call"', '"cheap"', "fee", "free"),
        ('["legal_aid"]', "[]", "groups", "at least one"),
        ('"zh-Hans"', '"Chinese!"', "languages", "zh-Hans"),
        ('"https://www', '"www', "url", "https://"),
        ('fee = "call"', 'fee = "call"\nfax = "1"', "fax", "no such field"),
        ('organisation_ja = "法テラス"\n', "", "organisation_ja", "quotes"),
    ],
)  # fmt: skip
def test_each_fault_is_named(tmp_path: Path, old: str, new: str, field: str, words: str) -> None:
    assert old in GOOD
    found = read(tmp_path, GOOD.replace(old, new))
    told = [str(fault) for fault in found.faults]
    assert any(f"service legal.{field}" in line and words in line for line in told), told
    assert bool(found.services) == (field == "fax"), "only an unknown field leaves the row usable"


def test_every_fault_at_once_and_the_sound_rows_served(tmp_path: Path) -> None:
    broken = GOOD.replace("0570-078374", "call us").replace("09:00", "nine").replace('"call"', '"x"')
    found = read(tmp_path, broken + GOOD.replace('"legal"', '"other"') + GOOD.replace('"legal"', '"other"'))
    assert {fault.key.rpartition(".")[2] for fault in found.faults} == {"telephone", "hours", "fee", "id"}
    assert [row.id for row in found.services] == ["other"]


def test_an_office_s_own_file_replaces_a_row(tmp_path: Path) -> None:
    (tmp_path / "zz-office.toml").write_text(GOOD.replace("0570-078374", "03-1234-5678"), encoding="utf-8")
    found = read(tmp_path, GOOD)
    assert [row.telephone for row in found.services] == ["03-1234-5678"]


def test_files_that_are_no_directory(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text("service = 3\n", encoding="utf-8")
    (tmp_path / "b.toml").write_bytes(b"\xff\xfe")
    (tmp_path / "c.toml").write_text('[[servise]]\nid = "x"\n', encoding="utf-8")
    found = read_directory(tmp_path)
    assert found.services == ()
    assert [fault.file.name for fault in found.faults] == ["a.toml", "b.toml", "c.toml"]
