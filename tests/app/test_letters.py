"""Letters on a real office: printed or kept, told to the audit trail, erased with the ticket's day."""

from __future__ import annotations

import json
import stat
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest

from kiosk.app import erasure
from kiosk.app.card_pages import card_page
from kiosk.app.cards import card_maker, tongue_of
from kiosk.app.desk import OfficeDesk
from kiosk.app.good_settings import Chosen
from kiosk.app.letters import Letters
from kiosk.app.office import Office, open_data
from kiosk.app.papers import card_out, centres, letter
from kiosk.app.recording import Recording
from kiosk.core import changes
from kiosk.core.consultation import Consultation, Handover
from kiosk.core.handed import Made, added
from kiosk.core.heard import Translation
from kiosk.core.letter import Draft, usual
from kiosk.core.ticket import Case, Content, Narrative, Ticket
from kiosk.errors import Trouble
from kiosk.store.audit import Audit
from kiosk.store.audit_line import Entry
from kiosk.ui.counter.handover.desk import Kept
from kiosk.ui.counter.place import Place
from kiosk.workers import Results
from tests.app.conftest import answered

PLACE = Place("1", "あおば市", "07")
SAID = "Tôi chưa nhận lương"
CONTENT = Content(
    caller="self",
    cases=(Case("work", "work", (("matter", ("wages",)),)),),
    narrative=Narrative(SAID, "vi", "typed", Translation(SAID, "vi", "給料がまだです", SAID, "x"), True),
    services=("labour-hotline-ja",),
    notes=("夜しか電話に出られない",),
    records=(Consultation("07", done="会社に電話した"),),
)


@pytest.fixture
def office(data: Path) -> Iterator[Office]:
    (data / "settings.toml").write_text(
        '[printing]\npages = "folder"\n[office]\ntelephone = "03-0000-0000"\n'
    )
    made = open_data(data)
    yield made
    made.store.close()


@pytest.fixture
def letters(office: Office, results: Results) -> Letters:
    recording = Recording(office, results, OfficeDesk(office, results, PLACE), lambda: PLACE)
    return Letters(office, results, recording, card_maker(office), lambda: PLACE)


def issue(office: Office, content: Content = CONTENT) -> Ticket:
    return office.store.issue(content, language="vi", at=office.now())


def drafted(office: Office, content: Content = CONTENT) -> Draft:
    return Draft(
        "0a1b2c3d", service="labour-hotline-ja", name="労働の電話", lines=usual(content), consent=office.now()
    )


def actions(office: Office) -> list[tuple[str, str]]:
    lines = [json.loads(line) for file in office.audit.files() for line in file.read_text().splitlines()]
    return [(line["action"], line["more"].get("kind", "")) for line in lines]


def papers(office: Office) -> list[Path]:
    return sorted(office.letters.rglob("*.pdf")) if office.letters.exists() else []


def test_a_letter_is_kept_for_its_owner_only_and_told_to_the_trail(
    office: Office, results: Results, letters: Letters
) -> None:
    case = issue(office)
    kept = answered(results, lambda done: letters.output(case, drafted(office), done))
    assert isinstance(kept, Kept)
    (path,) = papers(office)
    assert path.name == "A001-letter-0a1b2c3d.pdf"
    assert (kept.printed, kept.place) == (False, f"letters/{case.day}/{path.name}")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert ("paper", "letter") in actions(office)


def test_no_line_in_the_trail_no_paper(
    office: Office, results: Results, letters: Letters, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_self: Audit, _entry: Entry) -> None:
        raise Trouble("trouble.disk_full")

    monkeypatch.setattr(Audit, "write", full)
    case = issue(office)
    told = answered(results, lambda done: letters.output(case, drafted(office), done))
    assert isinstance(told, Trouble)
    assert told.key == "trouble.audit_failed"
    assert papers(office) == []


def test_a_paper_goes_with_its_tickets_day(
    office: Office, results: Results, letters: Letters, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = issue(office)
    answered(results, lambda done: letters.output(case, drafted(office), done))
    answered(results, lambda done: letters.card(case, done))
    assert len(papers(office)) == 2
    later = office.now() + timedelta(days=1)
    monkeypatch.setattr(Office, "now", lambda _self: later)
    erasure.erase_before(office, later.date(), reason="request")
    assert papers(office) == []


def test_a_paper_goes_with_its_ticket_alone(office: Office, results: Results, letters: Letters) -> None:
    first, other = issue(office), issue(office)
    for case in (first, other):
        answered(results, partial(letters.card, case))
        for change in (changes.call, changes.serve, changes.close):
            office.store.change(case.id, partial(change, at=office.now(), counter="1"))
    erasure.erase_ticket(office, first.id)
    assert [path.name for path in papers(office)] == ["A002-card.pdf"]


def test_without_a_place_for_pages_it_is_said(office: Office, results: Results, letters: Letters) -> None:
    (office.data / "settings.toml").write_text("[office]\n")
    office.__dict__.pop("chosen_settings", None)
    told = answered(results, lambda done: letters.output(issue(office), drafted(office), done))
    assert isinstance(told, Trouble)
    assert told.key == "trouble.pages_none"


def test_the_preview_is_the_paper(office: Office, results: Results, letters: Letters) -> None:
    shots = answered(results, lambda done: letters.preview(issue(office), drafted(office), done))
    assert isinstance(shots, list)
    assert [shot.image.size for shot in shots] == [(1654, 2339)]


def test_an_old_number_and_the_counters_telephone_are_on_the_letter(office: Office) -> None:
    words = letter(office, issue(office), drafted(office), "1").words
    assert "03-0000-0000" in words
    service = office.service("labour-hotline-ja")
    assert service is not None
    assert service.telephone in words


def test_the_question_names_the_agency_in_the_residents_language(office: Office, letters: Letters) -> None:
    case = office.store.issue(CONTENT, language="en", at=office.now())
    asked = letters.question(case, drafted(office))
    assert "労働の電話" in asked.japanese
    assert "労働" not in asked.local
    unknown = office.store.issue(CONTENT, language="fil", at=office.now())
    assert letters.question(unknown, drafted(office)).language == "en"


def test_every_line_that_may_be_ticked_has_words(office: Office, letters: Letters) -> None:
    case = issue(office, replace(CONTENT, bring=("residence_card",), within=3))
    lines = dict(letters.lines(case))
    assert set(lines) == {"topic", "caller", "answer:0:matter", "deadline", "narrative", "bring"}
    assert all(text.strip() for text in lines.values())
    gone = issue(office, replace(CONTENT, cases=(Case("work", "gone", (("asked", ("something",)),)),)))
    assert dict(letters.lines(gone))["answer:0:asked"] == "asked: something"


# Matters of national administration


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ("방을 못 구했어요", "방을 못 구했어요"),
        ("월급\n\n못 받음", "월급 못 받음"),
        ("家" * 60, "家" * 60),
        ("家" * 61, "家" * 59 + "…"),
        ("a {b|c}", "a ｛b|c｝"),
    ],
)
def test_only_words_that_were_cut_off_end_in_the_sign_for_it(
    office: Office, letters: Letters, told: str, shown: str
) -> None:
    """A whole sentence with the sign behind it would send a counselor to look for more."""
    case = issue(office, replace(CONTENT, narrative=Narrative(told, "ko", "typed")))
    assert dict(letters.lines(case))["narrative"].endswith(f": {shown}")


@pytest.mark.parametrize(
    ("area", "first"),
    [("函館", "函館"), ("旭川", "旭川"), ("札幌市", "北海道管区"), ("釧路", "釧路")],
)
def test_hokkaido_has_four_areas(data: Path, area: str, first: str) -> None:
    (data / "settings.toml").write_text(f'[office]\nprefecture = "北海道"\narea = "{area}"\n')
    found = centres(open_data(data))
    assert found[0].organisation_ja.startswith(first)
    assert len(found) == 5


def test_every_prefecture_has_its_centre(data: Path) -> None:
    office = open_data(data)
    every = {one.prefecture for one in office.directory if "administrative" in one.groups and one.prefecture}
    assert len(every) == 47
    for prefecture in sorted(every):
        own = replace(office.settings.office, prefecture=prefecture, area="")
        office.__dict__["chosen_settings"] = Chosen(replace(office.settings, office=own))
        found = centres(office)
        # Where the office has not said in which of Hokkaido's areas it lies, the national line comes first.
        own_first = found[1] if prefecture == "北海道" else found[0]
        assert prefecture in (own_first.prefecture, *own_first.serves)


# The handover card


def test_the_card_on_paper_says_what_the_console_says(office: Office) -> None:
    case = issue(office, replace(CONTENT, sensitive=True, care=("passport",)))
    words = card_page(office, card_maker(office), case, "ja").words
    said = (
        "A001",
        "ベトナム語",
        SAID,
        "給料がまだです",
        "機械翻訳",
        "会社に電話した",
        "夜しか電話に出られない",
    )
    assert not [one for one in said if one not in words]
    assert "旅券" in words


def test_the_card_names_the_appointment(office: Office) -> None:
    due = office.now() + timedelta(days=1)
    case = replace(issue(office), due=due, lane="specialist:gone")
    assert f"{due:%Y-%m-%d}" in card_page(office, card_maker(office), case, "ja").words


def test_a_card_in_english_and_one_that_does_not_open(office: Office) -> None:
    case = issue(office)
    words = card_page(office, card_maker(office, tongue_of(office, "en")), case, "en").words
    assert "Handover card" in words
    assert "Vietnamese" in words
    with pytest.raises(Trouble, match=r"record\.closed"):
        card_page(office, card_maker(office), replace(case, content=Content(closed=True)), "ja")


def test_the_card_from_the_command_line(office: Office, tmp_path: Path) -> None:
    issue(office)
    out = tmp_path / "card.pdf"
    assert card_out(office, "a001", out, "ja") == {"number": "A001", "file": str(out)}
    assert out.read_bytes().startswith(b"%PDF")
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    card_out(office, "A001", None, "en")
    assert [path.name for path in papers(office)] == ["A001-card.pdf"]
    with pytest.raises(Trouble, match="pages_folder"):
        card_out(office, "A001", Path("/proc/nowhere/card.pdf"), "ja")


# The list


def test_the_list_reads_all_days_newest_first_and_says_so_before(
    office: Office, results: Results, letters: Letters
) -> None:
    for number in range(2):
        one = Handover(f"0000000{number}", office.now(), "", f"役所{number}", "letter")
        case = issue(office)
        office.store.change(case.id, partial(changes.record, consultation=added(Consultation("07"), one)))
    found = answered(results, letters.made)
    assert isinstance(found, list)
    assert [made.handover.name for made in found if isinstance(made, Made)] == ["役所1", "役所0"]
    assert ("handovers", "") in actions(office)
    assert found[0].day == date.fromisoformat(f"{office.today()}")
