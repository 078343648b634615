"""Days and amounts as the readers of a language write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk import paths
from kiosk.core.written import Amount, Day, date_in, label_in, list_in, number_in
from kiosk.data.catalogue import load
from kiosk.data.languages import read_languages
from kiosk.text.markup import plain

TAGS = sorted(read_languages(paths.LANGUAGES).by_tag)
WRITTEN = {
    "ja": "2026年12月4日",
    "ja-simple": "2026{年|ねん}12{月|がつ}{4日|よっか}",
    "en": "4 December 2026",
    "zh-Hans": "2026年12月4日",
    "ko": "2026년 12월 4일",
    "vi": "04/12/2026",
    "pt-BR": "04/12/2026",
    "ne": "2026 डिसेम्बर 4",
    "my": "2026 ခုနှစ် ဒီဇင်ဘာလ 4 ရက်",
}


@pytest.mark.parametrize("tag", TAGS)
def test_every_language_writes_its_days(tag: str) -> None:
    assert date_in(tag, "2026-12-04") == WRITTEN[tag]


@pytest.mark.parametrize(
    ("tag", "month", "year"),
    [
        ("ja", "2026年3月", "2026年"), ("ja-simple", "2026{年|ねん}3{月|がつ}", "2026{年|ねん}"),
        ("en", "March 2026", "2026"), ("vi", "03/2026", "2026"), ("ko", "2026년 3월", "2026년"),
        ("ne", "2026 मार्च", "2026"), ("my", "2026 ခုနှစ် မတ်လ", "2026 ခုနှစ်"),
    ],
)  # fmt: skip
def test_no_more_is_told_than_is_known(tag: str, month: str, year: str) -> None:
    assert (date_in(tag, "2026-03"), date_in(tag, "2026")) == (month, year)


@given(st.dates(date(1900, 1, 1)), st.sampled_from(TAGS))
def test_no_two_days_are_written_alike(day: date, tag: str) -> None:
    written = date_in(tag, f"{day:%Y-%m-%d}")
    assert str(day.year) in plain(written)
    others = {date_in(tag, f"{day.replace(day=one):%Y-%m-%d}") for one in range(1, 29)}
    assert len(others) == 28
    if day.day <= 12:
        turned = date(day.year, day.day, min(day.month, 28))
        assert turned == day or date_in(tag, f"{turned:%Y-%m-%d}") != written


@pytest.mark.parametrize("odd", ["", "-", "soon", "2026-13-01", "2026-00", "2026-1-2-3", "２０２６"])
def test_what_is_no_day_stays_as_it_is(odd: str) -> None:
    assert date_in("en", odd) == odd
    assert date_in("xx", "2026-12-04") == "2026-12-04"


@pytest.mark.parametrize(
    ("tag", "words"), [("ja", "50,000"), ("en", "50,000"), ("vi", "50.000"), ("pt-BR", "50.000")]
)
def test_thousands(tag: str, words: str) -> None:
    assert number_in(tag, 50_000) == words
    assert number_in(tag, 900) == "900"


def test_a_catalogue_fills_them_in() -> None:
    friday = Day.of(date(2026, 12, 4))
    told = load("vi").text("talk.date", date=friday, day=load("vi").text("day.fri"))
    assert told == "Thứ Sáu, 04/12/2026"
    assert load("pt-BR").text("talk.money", n=Amount(12_000)) == "12.000 ienes"
    assert load("en").text("slip.stale", date=Day("2022")).startswith("This number was last checked 2022.")


@pytest.mark.parametrize(
    ("tag", "told"),
    [
        ("ja-simple", "2026/11/21"),
        ("zh-Hans", "2026/11/21"),
        ("en", "21 Nov 2026"),
        ("vi", "21/11/2026"),
        ("ko", "2026-11-21"),
        ("my", "2026-11-21"),
    ],
)
def test_a_short_day_is_still_no_other_day(tag: str, told: str) -> None:
    assert Day("2026-11-21", short=True).told(tag) == told


def test_lists_and_labels_stand_in_the_languages_own_signs() -> None:
    for tag in ("ja", "ja-simple", "zh-Hans", "zh-Hant"):
        assert list_in(tag, ["一", "二", "三"]) == "一、二、三"
        assert label_in(tag, "場所", "一階") == "場所：一階"
    for tag in ("en", "ko", "vi", "pt-BR", "ne", "my"):
        assert list_in(tag, ["a", "b"]) == "a, b"
        assert label_in(tag, "where", "here") == "where: here"
    assert list_in("ja", []) == ""
