from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from kiosk.core.directory import MAX_SERVICES, Service, match
from kiosk.core.hours import Schedule, Span, opening, parse_days
from kiosk.core.referral import outcome
from tests.core.make import NOON, WORK

WEEK = Schedule((Span(parse_days("mon-fri"), time(9), time(17)),))


def service(name: str, *, groups: str = "labour", languages: str = "ja", **more: object) -> Service:
    given = {"verification": "official", "schedule": WEEK} | more
    return Service(
        id=name,
        text=name,
        groups=tuple(groups.split()),
        organisation_ja="",
        service_ja="",
        source="a page",
        assured_date="2023",
        languages=tuple(languages.split()),
        **given,  # type: ignore[arg-type]
    )


def found(*directory: Service, groups: tuple[str, ...] = ("labour",), language: str = "vi") -> list[str]:
    chosen = match(
        groups, directory, language=language, prefecture="東京都", now=NOON, is_holiday=lambda _: False
    )
    return [item.id for item in chosen]


def test_one_who_speaks_the_language_comes_first() -> None:
    assert found(service("ja"), service("vi", languages="ja vi")) == ["vi"]
    assert found(service("vi", languages="vi"), service("ja"), language="ja-simple") == ["ja"]


def test_unverified_rows_and_other_prefectures_are_never_given() -> None:
    assert found(service("guess", verification="secondary")) == []
    assert found(service("osaka", prefecture="大阪府")) == []
    assert found(service("tokyo", prefecture="東京都"), service("national")) == ["tokyo"]


def test_no_more_than_three_and_none_twice() -> None:
    directory = [service(f"s{n}", groups=f"g{n} all") for n in range(5)]
    groups = tuple(f"g{n}" for n in range(5))
    assert len(found(*directory, groups=groups)) == MAX_SERVICES
    assert found(service("one", groups="a b"), groups=("a", "b")) == ["one"]


def lead(answers: dict[str, tuple[str, ...]]) -> object:
    return outcome(
        [(WORK, answers)],
        [service("labour"), service("hello", groups="hello_work")],
        language="vi",
        prefecture="東京都",
        now=NOON,
        is_holiday=lambda _: False,
    )


def test_an_agency_alone_only_where_the_flow_says_so() -> None:
    assert lead({"problem": ("find",)}).counter is False  # type: ignore[attr-defined]
    assert lead({"problem": ("wages",)}).counter is True  # type: ignore[attr-defined]


def test_an_agency_that_is_not_there_leaves_the_counter() -> None:
    led = outcome(
        [(WORK, {"problem": ("find",)})],
        [],
        language="vi",
        prefecture="",
        now=NOON,
        is_holiday=lambda _: False,
    )
    assert led.counter is True


def test_without_a_flow_the_counter() -> None:
    led = outcome([], [], language="vi", prefecture="", now=NOON, is_holiday=lambda _: False)
    assert (led.counter, led.services) == (True, ())


@pytest.mark.parametrize(
    ("at", "state", "then"),
    [
        (datetime(2026, 11, 20, 16, 59, tzinfo=UTC), "open", "17:00"),
        (datetime(2026, 11, 20, 17, 0, tzinfo=UTC), "closed", "Mon 09:00"),
        (datetime(2026, 11, 23, 10, 0, tzinfo=UTC), "closed", "Tue 09:00"),  # 勤労感謝の日
    ],
)
def test_open_now_or_next(at: datetime, state: str, then: str) -> None:
    now = opening(WEEK, at, lambda day: day == date(2026, 11, 23) and at.day == 23)
    assert now.state == state
    moment = now.until or now.next
    assert moment is not None
    assert moment.strftime("%H:%M" if state == "open" else "%a %H:%M") == then


def test_unknown_hours_are_never_open() -> None:
    assert opening(Schedule(), NOON, lambda _: False).state == "unknown"
    assert opening(Schedule(always=True), NOON, lambda _: True).state == "open"


@pytest.mark.parametrize("text", ["", "monday", "fri-mon", "mon-", "mon;tue"])
def test_weekdays_that_make_no_sense_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse_days(text)
