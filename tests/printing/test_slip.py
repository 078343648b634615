"""What slips say: everything somebody needs to go there and to come back, and nothing twice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.core.written import Day, date_in
from kiosk.data.catalogue import load
from kiosk.printing.slip import Appointment
from kiosk.text.markup import plain
from kiosk.ui.resident.returning import ticket_on
from tests.printing.make import AUTHORED, BOOKED, CASE, GUIDES, ID, OFFICE, compose, said, service, sheet


def test_what_a_scanner_types_leads_back_to_the_ticket() -> None:
    first, second = compose(CASE).qr.splitlines()
    assert first == f"A012 2026-11-20 {ID}"
    assert first.isascii()
    assert second == f"2026-11-20 10:42 {OFFICE.name_ja}"
    assert ticket_on(first) == ID


@pytest.mark.parametrize("language", AUTHORED)
def test_a_slip_says_in_one_line_what_it_is_kept_for(language: str) -> None:
    words = compose(CASE, language).qr_words
    assert words is not None
    assert words.text == load(language).text("slip.return")


def test_a_referral_brings_one_back_too() -> None:
    slip = compose(replace(CASE, referred=True, services=(service("first"),)))
    assert ticket_on(slip.qr.splitlines()[0]) == ID
    assert (slip.kind, slip.lines) == ("referral", ())


@pytest.mark.parametrize("language", AUTHORED)
def test_a_number_nothing_keeps_claims_nothing(language: str) -> None:
    slip = compose(replace(CASE, ticket_id="", number="XA1042", minutes=0), language)
    icons = [line.icon for line in slip.lines]
    assert icons == ["map-pin", "megaphone"]  # no wait of 0 minutes, no "your answers have arrived"
    assert slip.qr.splitlines() == ["XA1042 2026-11-20", f"2026-11-20 10:42 {OFFICE.name_ja}"]
    assert ticket_on(slip.qr.splitlines()[0]) == ""
    assert slip.qr_words is not None
    assert slip.qr_words.text == load(language).text("slip.keep")


def test_a_kept_number_tells_wait_and_answers() -> None:
    icons = [line.icon for line in compose(CASE).lines]
    assert icons == ["map-pin", "clock", "megaphone", "message-square-text"]


def test_the_agency_is_told_every_problem() -> None:
    slip = compose(replace(CASE, topics=("work", "residence"), services=(service("first"),)))
    japanese = load("ja")
    told = f"{japanese.text('topic.work')}、{japanese.text('topic.residence')}"
    assert [sentence.endswith(told) for sentence in slip.for_agency] == [False, True]


def test_nobody_is_told_of_a_problem_that_was_not_named() -> None:
    slip = compose(replace(CASE, topics=(), services=(service("first"),)))
    assert len(slip.for_agency) == 1


@pytest.mark.parametrize("count", [1, 2, 3])
def test_what_to_bring_stands_on_a_slip_once(count: int) -> None:
    places = tuple(service(f"place{n}") for n in range(count))
    slip = compose(replace(CASE, services=places, bring=("residence_card", "contract")))
    assert [item.text for item in slip.bring] == ["Residence card", "Contract"]
    assert [item.japanese for item in slip.bring] == ["在留カード", "契約書"]
    assert said(slip).count("在留カード") == 1


def test_who_goes_nowhere_now_is_asked_for_nothing() -> None:
    slip = compose(replace(CASE, bring=("contract",)))
    assert (slip.bring_title, slip.bring) == (None, ())


@pytest.mark.parametrize("language", AUTHORED)
def test_an_old_number_is_never_given_silently(language: str) -> None:
    old, new = service("old", assured_date="2019-04"), service("new")
    slip = compose(replace(CASE, services=(old, new), stale=frozenset({"old"})), language)
    warned = load(language).text("slip.stale", date=Day("2019-04"))
    assert slip.places[0].telephone == old.telephone
    assert (slip.places[0].lines[0].text, slip.places[0].lines[0].icon) == (warned, "triangle-alert")
    assert "triangle-alert" not in [line.icon for line in slip.places[1].lines]
    assert said(slip).count("2019") == (1 if language.startswith("ja") else 2)
    assert date_in(language, "2026-11-01") in slip.places[1].checked


def test_who_is_open_stands_beside_who_is_closed() -> None:
    shut, other = service("shut"), service("other", telephone="03-5155-4039")
    slip = compose(replace(CASE, services=(shut,), nearest={"shut": other}))
    line = slip.places[0].lines[0]
    assert (line.text, line.japanese) == (
        "Open now: other desk 03-5155-4039",
        "今開いている所：otherの窓口 03-5155-4039",
    )


@pytest.mark.parametrize("fields", [{"telephone": ""}, {"id": "old"}])
def test_an_alternative_is_one_that_can_be_called(fields: dict[str, str]) -> None:
    shut, other = service("shut"), service("other", **fields)
    slip = compose(replace(CASE, services=(shut,), nearest={"shut": other}, stale=frozenset({"old"})))
    assert "phone" not in [line.icon for line in slip.places[0].lines]


def test_for_whom_a_service_is_stands_on_the_slip_where_it_is_known() -> None:
    ruled = service("ruled", whos=(("ja", "収入の少ない人"), ("en", "For people with little income")))
    slip = compose(replace(CASE, referred=True, services=(ruled, service("plain"))))
    assert [line.text for line in slip.places[0].lines if line.icon == "user-check"] == [
        "For people with little income"
    ]
    assert "user-check" not in [line.icon for line in slip.places[1].lines]


def test_an_offices_own_words_go_before_the_catalogue() -> None:
    place = compose(replace(CASE, services=(service("own"),))).places[0]
    assert (place.name, place.what) == ("own desk", "Listens")


def test_the_page_in_the_residents_language_is_given() -> None:
    place = service("own", pages=(("en", "https://example.org/en"),))
    slips = [compose(replace(CASE, referred=True, services=(place,)), tag) for tag in ("en", "ja")]
    assert [slip.places[0].url for slip in slips] == ["https://example.org/en", place.url]


def test_beside_a_number_for_the_counter_an_agency_takes_few_lines() -> None:
    ruled = service("ruled", whos=(("ja", "収入の少ない人"), ("en", "For people with little income")))
    place = compose(replace(CASE, services=(ruled,))).places[0]
    assert place.telephone
    assert (place.url, place.what_ja) == ("", "")
    assert "user-check" not in [line.icon for line in place.lines]
    by_page = compose(replace(CASE, services=(replace(ruled, telephone=""),))).places[0]
    assert by_page.url == ruled.url


def test_an_appointment_says_when_with_whom_and_where_and_names_no_wait() -> None:
    slip = compose(replace(CASE, appointment=BOOKED, bring=("contract",)))
    icons = [line.icon for line in slip.lines]
    assert icons == [
        "calendar-check",
        "user-check",
        "map-pin",
        "id-card",
        "calendar-x",
        "message-square-text",
    ]
    when, who, room = slip.lines[:3]
    assert (when.text, when.japanese) == (
        "Wednesday, 2 December 2026, 13:30",
        "2026年12月2日（水曜日）13:30",
    )
    assert (who.text, who.japanese) == ("Legal adviser", "弁護士の先生")
    assert (room.text, room.japanese) == ("", "相談室2")
    assert [item.text for item in slip.bring] == ["Contract"]


def test_an_appointment_outlives_its_place_on_the_roster() -> None:
    slip = compose(replace(CASE, appointment=Appointment(BOOKED.at, None)), "ja")
    assert [line.icon for line in slip.lines[:2]] == ["calendar-check", "id-card"]
    assert "2026年12月2日（水曜日）13:30" in said(slip)


@pytest.mark.parametrize("language", AUTHORED)
@pytest.mark.parametrize("topic", sorted(GUIDES))
def test_a_guide_says_what_where_and_until_when(language: str, topic: str) -> None:
    guide, slip = sheet(topic, language)
    words = load(language)
    assert slip.title is not None
    assert slip.title.text == words.text(f"topic.{topic}")
    assert (slip.number, slip.qr) == ("", "")
    for card, place in zip(guide.cards, slip.places, strict=True):
        key = guide.key(card)
        assert (place.name, place.what) == (words.text(key), words.text(f"{key}.what"))
        assert place.lines[0].text.endswith(words.text(f"{key}.where"))
        assert (len(place.lines) == 2) == words.has(f"{key}.when")
        assert date_in(language, card.assured_date) in place.checked
        assert place.url == card.url
    assert slip.foot is not None
    assert slip.foot.text == words.text("guide.note")
    assert slip.office_ja == OFFICE.name_ja


def test_a_guide_is_in_both_languages_but_never_twice_in_one() -> None:
    assert "いつまで：" in said(sheet("residence")[1])
    slip = sheet("residence", "ja-simple")[1]
    assert all(not place.name_ja and not place.what_ja for place in slip.places)
    assert plain(slip.places[0].lines[0].text).startswith("どこ：")


ACCESS = (("ja", "青葉駅の東口から歩いて5分です。"), ("en", "5 minutes on foot from Aoba Station."))


def test_who_is_sent_there_alone_is_told_where_it_is_and_how_to_get_there() -> None:
    there = service("first", address_ja="青葉市本町1-2-3", access=ACCESS)
    *_, where, way = compose(replace(CASE, referred=True, services=(there,))).places[0].lines
    assert (where.japanese, where.icon) == ("青葉市本町1-2-3", "map-pin")
    assert (way.text, way.japanese) == ("5 minutes on foot from Aoba Station.", "")
    beside = compose(replace(CASE, services=(there,)))
    assert "Aoba" not in said(beside), "beside a number for the counter a few lines are enough"


def test_a_way_in_japanese_only_says_so_beside_it() -> None:
    case = replace(CASE, referred=True, services=(service("first", access=ACCESS[:1]),))
    way = compose(case).places[0].lines[-1]
    assert (way.text, way.japanese) == (load("en").text("referral.access.japanese"), ACCESS[0][1])
    plainly = compose(case, "ja-simple").places[0].lines[-1]
    assert (plainly.text, plainly.japanese) == (ACCESS[0][1], "")
    assert compose(replace(case, services=(service("first"),))).places[0].lines[-1].icon != "signpost"
