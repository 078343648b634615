"""The shipped directory, and every fault of a row told."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import pytest

from kiosk.core.directory import Service, access_of, has_words, name_of, what_of, who_of
from kiosk.data.languages import read_languages
from kiosk.data.referrals import Referrals, read_directory

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


def test_what_is_shown_without_a_telephone_has_a_page_or_an_address_or_is_an_office_of_every_town() -> None:
    silent = [row for row in SHOWN if not row.telephone]
    assert {row.id for row in silent if not (row.url or row.address_ja)} == {"hello-work", "tax-office"}


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
    assert all(row.areas for row in centres if row.prefecture == "北海道")
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


def read(folder: Path, text: str) -> Referrals:
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


def test_one_id_in_two_files_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "aa.toml").write_text(GOOD, encoding="utf-8")
    found = read(tmp_path, GOOD)
    assert [str(fault.file.name) for fault in found.faults] == ["rows.toml"]
    assert len(found.services) == 1


HIDDEN = GOOD.replace('"official"', '"secondary"')
CONFIRMED = """
[[service]]
id = "legal"
verification = "official"
source = "電話で確認"
assured_date = "2026-12-01"
"""
NEW = """
[[service]]
id = "aoba"
groups = ["legal_aid"]
name_ja = "あおば市 法律相談"
name.en = "Aoba City legal advice"
what_ja = "弁護士が相談を受けます。"
who_ja = "市民"
access_ja = "青葉駅の東口から歩いて5分。市役所の3階です。"
access.vi = "Đi bộ 5 phút từ cửa đông ga Aoba."
access.ja-simple = "{駅|えき}から {歩|ある}いて 5{分|ふん}です。"
organisation_ja = "あおば市"
service_ja = "法律相談"
prefecture = "東京都"
areas = ["あおば市"]
hours = [{ days = "wed", weeks = [1, 3], opens = "13:00", closes = "24:00" }]
page.vi = "https://aoba.example/vi"
source = "市の要綱"
assured_date = "2026-12-01"
verification = "official"
"""


def over(folder: Path, shipped: str, own: str) -> Referrals:
    flows, file = folder / "flows", folder / "referrals.toml"
    flows.mkdir()
    (flows / "rows.toml").write_text(shipped, encoding="utf-8")
    file.write_text(own, encoding="utf-8")
    return read_directory(flows, file)


def test_without_a_file_of_its_own_the_shipped_rows(tmp_path: Path) -> None:
    (tmp_path / "rows.toml").write_text(GOOD, encoding="utf-8")
    found = read_directory(tmp_path, tmp_path / "none.toml")
    assert (len(found.services), found.faults) == (1, ())


def test_an_office_confirms_a_hidden_row_by_the_fields_it_gives(tmp_path: Path) -> None:
    found = over(tmp_path, HIDDEN, CONFIRMED)
    (row,) = found.services
    assert found.faults == ()
    assert row.shown
    assert (row.source, row.assured_date) == ("電話で確認", "2026-12-01")
    assert (row.telephone, row.organisation_ja) == ("0570-078374", "法テラス")


@pytest.mark.parametrize("gone", ["source", "assured_date"])
def test_a_confirmation_says_who_and_when(tmp_path: Path, gone: str) -> None:
    own = "\n".join(line for line in CONFIRMED.splitlines() if not line.startswith(gone))
    found = over(tmp_path, HIDDEN, own)
    assert [fault.key for fault in found.faults] == [f"service legal.{gone}"]
    assert found.faults[0].file.name == "referrals.toml"
    assert not found.services[0].shown, "the shipped row stays as it was"


def test_a_corrected_telephone_says_who_and_when(tmp_path: Path) -> None:
    own = '[[service]]\nid = "legal"\ntelephone = "03-1234-5678"\n'
    found = over(tmp_path, GOOD, own)
    assert {fault.key for fault in found.faults} == {"service legal.source", "service legal.assured_date"}
    assert found.services[0].telephone == "0570-078374"
    dated = f'{own}source = "窓口"\nassured_date = "2026-12-01"\n'
    (tmp_path / "referrals.toml").write_text(dated, encoding="utf-8")
    again = read_directory(tmp_path / "flows", tmp_path / "referrals.toml")
    assert again.faults == ()
    assert again.services[0].telephone == "03-1234-5678"


def test_a_way_that_the_office_tells_has_its_own_source_and_no_older_translation(tmp_path: Path) -> None:
    shipped = f'{GOOD}access_ja = "旧駅から歩いて5分"\naccess.en = "5 minutes from the old station"\n'
    own = '[[service]]\nid = "legal"\naccess_ja = "新駅から歩いて2分"\n'
    found = over(tmp_path, shipped, own)
    assert {fault.key for fault in found.faults} == {"service legal.source", "service legal.assured_date"}
    assert access_of(found.services[0], "en")[0] == "5 minutes from the old station"
    dated = f'{own}source = "歩いて確認"\nassured_date = "2026-12-01"\n'
    (tmp_path / "referrals.toml").write_text(dated, encoding="utf-8")
    again = read_directory(tmp_path / "flows", tmp_path / "referrals.toml")
    assert again.faults == ()
    assert access_of(again.services[0], "en") == ("新駅から歩いて2分", "ja")


def test_a_way_nobody_has_confirmed_is_told_to_nobody(tmp_path: Path) -> None:
    (row,) = read(tmp_path, f'{HIDDEN}access_ja = "駅から歩いて5分"\n').services
    assert row.access
    assert access_of(row, "ja") == ("", "")


def test_words_that_no_language_shows_leave_the_row_usable(tmp_path: Path) -> None:
    found = read(tmp_path, f'{GOOD}access_ja = "駅"\naccess.cn = "走路"\n')
    assert (len(found.faults), len(found.services)) == (1, 1)


def test_hours_and_always_open_take_each_other_s_place(tmp_path: Path) -> None:
    found = over(tmp_path, GOOD, '[[service]]\nid = "legal"\nalways_open = true\n')
    assert found.faults == ()
    assert found.services[0].schedule.always
    assert found.services[0].schedule.spans == ()


@pytest.mark.parametrize("beside", ["", 'telephone = "call us"\n'])
def test_an_office_hides_a_row_even_with_a_fault_beside(tmp_path: Path, beside: str) -> None:
    found = over(tmp_path, GOOD, f'[[service]]\nid = "legal"\noff = true\n{beside}')
    assert [row.shown for row in found.services] == [False]
    assert bool(found.faults) == bool(beside)


def test_a_row_of_the_office_brings_its_own_words(tmp_path: Path) -> None:
    found = over(tmp_path, GOOD, NEW)
    assert found.faults == ()
    row = found.directory.get("aoba")
    assert row is not None

    def say(key: str) -> str:
        raise KeyError(key)

    def none(_: str) -> bool:
        return False

    assert name_of(row, say, "ja-simple") == "あおば市 法律相談"
    assert name_of(row, say, "en") == name_of(row, say, "vi") == "Aoba City legal advice"
    assert what_of(row, say, "ko") == "弁護士が相談を受けます。"
    assert who_of(row, say, none, "en") == "市民"
    assert has_words(row, none)
    assert access_of(row, "vi") == ("Đi bộ 5 phút từ cửa đông ga Aoba.", "vi")
    assert access_of(row, "ja-simple")[1] == "ja-simple"
    assert (
        access_of(row, "ko") == access_of(row, "ja") == ("青葉駅の東口から歩いて5分。市役所の3階です。", "ja")
    )
    assert (row.page("vi"), row.page("en")) == ("https://aoba.example/vi", "")
    assert row.schedule.spans[0].closes == time(0)
    assert row.schedule.spans[0].weeks == {1, 3}


def test_a_row_of_the_office_may_take_the_words_of_another(tmp_path: Path) -> None:
    kept = [line for line in NEW.splitlines() if not line.startswith(("name", "what", "who"))]
    found = over(tmp_path, GOOD, "\n".join([*kept, 'text = "legal"']))
    assert found.faults == ()
    assert name_of(found.services[1], str.upper, "en") == "SERVICE.LEGAL.NAME"


def test_a_row_without_words_is_left_out(tmp_path: Path) -> None:
    found = over(tmp_path, GOOD, NEW.replace('what_ja = "弁護士が相談を受けます。"\n', ""))
    assert [fault.key for fault in found.faults] == ["service aoba.name_ja"]
    assert [row.id for row in found.services] == ["legal"]


def test_every_fault_of_the_office_s_file_and_the_shipped_rows_served(tmp_path: Path) -> None:
    broken = NEW.replace('"13:00"', '"25:00"').replace("東京都", "東京").replace("https://", "")
    found = over(tmp_path, GOOD, CONFIRMED + CONFIRMED + broken + '[[servise]]\nid = "x"\n')
    assert {fault.key for fault in found.faults} == {
        "servise",
        "service legal.id",
        "service aoba.hours",
        "service aoba.prefecture",
        "service aoba.page",
    }
    assert [row.id for row in found.services] == ["legal"]


@pytest.mark.parametrize("content", [b"\xff\xfe", b"[[service]\n", b"service = 3\n", b""])
def test_an_unreadable_file_of_the_office_leaves_the_shipped_rows(tmp_path: Path, content: bytes) -> None:
    over(tmp_path, GOOD, "")
    (tmp_path / "referrals.toml").write_bytes(content)
    found = read_directory(tmp_path / "flows", tmp_path / "referrals.toml")
    assert [row.id for row in found.services] == ["legal"]
    assert [fault.file.name for fault in found.faults] == (["referrals.toml"] if content else [])


@pytest.mark.parametrize(
    ("line", "field", "words"),
    [
        ('serves = ["東京"]', "serves", "no prefecture"),
        ('prefecture = "Osaka"', "prefecture", "no prefecture"),
        ('areas = ["函館市"]', "prefecture", "in which prefecture"),
        ('otherwise = ["nobody"]', "otherwise", "no row has the group nobody"),
        ('off = "yes"', "off", "true or false"),
        ('from = "2026-12-01"\nto = "2026-11-01"', "to", "ends before it starts"),
        ('from = "soon"', "from", "no date"),
        ("to = 2026", "to", "no date"),
        ('closed = ["13-01"]', "closed", "08-13/08-16"),
        ('closed = ["2026-12-10/2026-12-01"]', "closed", "ends before it starts"),
        ('name.en = "Legal"', "name_ja", "Japanese as well"),
        ('name_ja = "法律"\nname = "Legal"', "name", "name.en"),
        ('access.en = "By bus"', "access_ja", "Japanese as well"),
        ('access_ja = "駅"\naccess = "By bus"', "access", "access.en"),
        ('access_ja = "駅"\naccess.Bus = "By bus"', "access", "language tag"),
        ('access_ja = "駅"\naccess.cn = "走路"', "access.cn", "no language cn here"),
        ('access_ja = "駅"\naccess.ja-simple = "駅から"', "access.ja-simple", "no reading"),
        (f'access_ja = "{"駅" * 101}"', "access_ja", "100 at most"),
        (f'access_ja = "駅"\naccess.en = "{"bus " * 51}"', "access.en", "200 at most"),
        ('access_ja = "駅\\nバス"', "access_ja", "in one line"),
        ("access_ja = 5", "access_ja", "in quotes"),
        ('page.Vietnamese = "https://a.example"', "page", "language tag"),
        ('page.vi = "a.example"', "page", "https://"),
    ],
)
def test_each_fault_of_the_other_fields(tmp_path: Path, line: str, field: str, words: str) -> None:
    told = [str(fault) for fault in read(tmp_path, GOOD.rstrip() + f"\n{line}\n").faults]
    assert any(f"service legal.{field}" in one and words in one for one in told), told


@pytest.mark.parametrize(
    ("span", "words"),
    [
        ('days = "mon", opens = "22:00", closes = "06:00"', "overnight = true"),
        ('days = "mon", opens = "09:00", closes = "17:00", overnight = true', "take overnight out"),
        ('days = "mon", opens = "22:00", closes = "06:00", overnight = 1', "true or false"),
        ('days = "mon", opens = "09:00", closes = "17:00", weeks = [0]', "from 1 to 5"),
        ('days = "mon", opens = "09:00", closes = "17:00", weeks = "1st"', "from 1 to 5"),
        ('days = "mon", opens = "24:00", closes = "17:00"', "times as 09:00"),
    ],
)
def test_hours_that_make_no_sense(tmp_path: Path, span: str, words: str) -> None:
    text = GOOD.replace('days = "mon-fri", opens = "09:00", closes = "17:00"', span)
    told = [str(fault) for fault in read(tmp_path, text).faults]
    assert any("service legal.hours" in line and words in line for line in told), told


@pytest.mark.parametrize(
    ("span", "weekdays", "holidays"),
    [
        ('days = "mon", opens = "22:00", closes = "06:00", overnight = true', {0}, False),
        ('days = "sat,hol", opens = "09:00", closes = "24:00"', {5}, True),
        ('days = "hol", opens = "09:00", closes = "12:00"', set(), True),
    ],
)
def test_nights_and_holidays_are_read(tmp_path: Path, span: str, weekdays: set[int], holidays: bool) -> None:
    text = GOOD.replace('days = "mon-fri", opens = "09:00", closes = "17:00"', span)
    found = read(tmp_path, text + 'from = 2026-12-01\nclosed = ["08-13/08-16"]\n')
    assert found.faults == ()
    schedule = found.services[0].schedule
    assert schedule.spans[0].days == weekdays
    assert schedule.spans[0].holidays == holidays
    assert schedule.valid_from == date(2026, 12, 1)


def test_files_that_are_no_directory(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text("service = 3\n", encoding="utf-8")
    (tmp_path / "b.toml").write_bytes(b"\xff\xfe")
    (tmp_path / "c.toml").write_text('[[servise]]\nid = "x"\n', encoding="utf-8")
    found = read_directory(tmp_path)
    assert found.services == ()
    assert [fault.file.name for fault in found.faults] == ["a.toml", "b.toml", "c.toml"]
