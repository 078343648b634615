from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.directory import MAX_SERVICES, Directory, Match, Service, can_talk, match
from kiosk.core.hours import Schedule, Span, opening, parse_days
from kiosk.core.referral import Outcome, outcome
from tests.core.make import NOON, WORK

WEEK = Schedule((Span(parse_days("mon-fri"), time(9), time(17)),))


def service(name: str, *, groups: str = "labour", languages: str = "ja", **more: object) -> Service:
    fields = {"verification": "official", "schedule": WEEK} | more
    return Service(
        id=name,
        text=name,
        groups=tuple(groups.split()),
        organisation_ja="",
        service_ja="",
        source="a page",
        assured_date="2023",
        languages=tuple(languages.split()),
        **fields,  # type: ignore[arg-type]
    )


def found(
    *directory: Service, groups: tuple[str, ...] = ("labour",), language: str = "vi", area: str = ""
) -> list[str]:
    chosen = match(
        groups,
        directory,
        language=language,
        prefecture="東京都",
        area=area,
        now=NOON,
        is_holiday=lambda _: False,
    )
    return [item.service.id for item in chosen]


def test_one_who_speaks_the_language_comes_first() -> None:
    assert found(service("ja"), service("vi", languages="ja vi")) == ["vi"]
    assert found(service("vi", languages="vi"), service("ja"), language="ja-simple") == ["ja"]


def test_unverified_rows_and_other_prefectures_are_never_given() -> None:
    assert found(service("guess", verification="secondary")) == []
    assert found(service("hidden", off=True)) == []
    assert found(service("osaka", prefecture="大阪府")) == []
    assert found(service("tokyo", prefecture="東京都"), service("national")) == ["tokyo"]


def test_near_before_language_before_hours() -> None:
    national = service("national", languages="ja vi", schedule=Schedule(always=True))
    bureau = service("bureau", prefecture="埼玉県", serves=("東京都",))
    tokyo = service("tokyo", prefecture="東京都")
    ward = service("ward", prefecture="東京都", areas=("港区", "中央区"))
    assert found(national, bureau, tokyo, ward, area="港区") == ["ward"]
    assert found(national, bureau, tokyo, ward, area="北区") == ["tokyo"]
    assert found(national, bureau, ward, area="北区") == ["bureau"]
    assert found(national, ward, area="北区") == ["national"]
    assert found(ward, area="北区") == []


def test_while_the_office_s_area_is_not_known_one_for_an_area_comes_last() -> None:
    ward = service("ward", prefecture="東京都", areas=("港区",))
    assert found(ward, service("national")) == ["national"]
    assert found(ward) == ["ward"]


@pytest.mark.parametrize(("area", "name"), [("函館", "函館市"), ("函館市", "函館"), ("渡島", "渡島")])
def test_an_area_is_known_with_and_without_its_last_sign(area: str, name: str) -> None:
    assert found(service("there", prefecture="東京都", areas=(name,)), area=area) == ["there"]


def test_one_that_has_ended_is_not_given() -> None:
    ended = Schedule(WEEK.spans, valid_to=NOON.date() - timedelta(days=1))
    last = Schedule(WEEK.spans, valid_to=NOON.date())
    assert found(service("ended", schedule=ended), service("last", schedule=last)) == ["last"]


def test_no_more_than_three_and_none_twice() -> None:
    directory = [service(f"s{n}", groups=f"g{n} all") for n in range(5)]
    groups = tuple(f"g{n}" for n in range(5))
    assert len(found(*directory, groups=groups)) == MAX_SERVICES
    assert found(service("one", groups="a b"), groups=("a", "b")) == ["one"]


NIGHT = datetime(2026, 11, 20, 20, tzinfo=UTC)


def at_night(*directory: Service) -> Match:
    (only,) = match(
        ["labour"], directory, language="vi", prefecture="東京都", now=NIGHT, is_holiday=lambda _: False
    )
    return only


def test_while_the_best_is_closed_the_nearest_that_is_open_even_in_japanese_only() -> None:
    best = service("vi", languages="vi", telephone="0120-531-406")
    line = service("ja", schedule=Schedule(always=True), telephone="0120-811-610")
    told = at_night(best, line)
    assert (told.service, told.opening.state, told.nearest) == (best, "closed", line)


@pytest.mark.parametrize(
    "other",
    [
        service("closed"),
        service("unknown", schedule=Schedule()),
        service("english", languages="en", schedule=Schedule(always=True)),
        service("osaka", prefecture="大阪府", schedule=Schedule(always=True)),
        service("same", telephone="0120-531-406", schedule=Schedule(always=True)),
        service("hidden", verification="secondary", schedule=Schedule(always=True)),
    ],
    ids=lambda other: other.id,
)
def test_what_is_no_help_is_no_alternative(other: Service) -> None:
    best = service("vi", languages="vi ja", prefecture="東京都", telephone="0120-531-406")
    assert at_night(best, other).nearest is None


def test_an_open_one_has_no_alternative() -> None:
    best = service("vi", languages="vi", schedule=Schedule(always=True))
    assert at_night(best, service("ja", schedule=Schedule(always=True))).nearest is None


PLACES = ("", "東京都", "大阪府", "北海道")
AREAS = ("港区", "函館市", "渡島")
rows = st.lists(
    st.builds(
        lambda n, **given: service(f"s{n}", **given),
        st.integers(0, 10**6),
        groups=st.sampled_from(["a", "b", "a b", "c"]),
        languages=st.sampled_from(["", "ja", "vi", "en", "ja vi"]),
        prefecture=st.sampled_from(PLACES),
        serves=st.lists(st.sampled_from(PLACES[1:]), max_size=2).map(tuple),
        areas=st.lists(st.sampled_from(AREAS), max_size=2).map(tuple),
        verification=st.sampled_from(["official", "public", "secondary", "unverified"]),
        off=st.booleans(),
        telephone=st.sampled_from(["", "110", "03-1111-1111"]),
        schedule=st.sampled_from([WEEK, Schedule(), Schedule(always=True)]),
    ),
    max_size=12,
    unique_by=lambda row: row.id,
)


@given(
    rows,
    st.lists(st.sampled_from("abc"), max_size=4),
    st.sampled_from(["ja", "ja-simple", "vi", "en", "my"]),
    st.sampled_from(PLACES),
    st.sampled_from(["", *AREAS]),
    st.sampled_from([NOON, NIGHT]),
)
def test_whatever_the_directory_holds(
    directory: list[Service], groups: list[str], language: str, prefecture: str, area: str, now: datetime
) -> None:
    asked = {"language": language, "prefecture": prefecture, "area": area, "now": now}
    chosen = match(groups, Directory(directory), is_holiday=lambda _: False, **asked)  # type: ignore[arg-type]
    assert chosen == match(groups, directory, is_holiday=lambda _: False, **asked)  # type: ignore[arg-type]
    assert len(chosen) <= MAX_SERVICES
    assert len({one.service.id for one in chosen}) == len(chosen)
    for one in chosen:
        for row in (one.service, *([one.nearest] if one.nearest else [])):
            assert row.shown
            assert row.prefecture in ("", prefecture) or prefecture in row.serves
            assert not row.areas or not area or area in row.areas
            assert not row.languages or {"ja", language.removesuffix("-simple")} & {*row.languages}
            assert set(row.groups) & set(groups)
        assert one.opening == opening(one.service.schedule, now, lambda _: False)
        if one.nearest:
            assert one.opening.state == "closed"
            assert opening(one.nearest.schedule, now, lambda _: False).state == "open"


@given(rows, st.sampled_from(["ja", "vi", "my"]), st.sampled_from(PLACES), st.sampled_from(AREAS))
def test_a_row_for_the_area_wins(directory: list[Service], language: str, prefecture: str, area: str) -> None:
    chosen = match(
        ["a"],
        directory,
        language=language,
        prefecture=prefecture,
        area=area,
        now=NOON,
        is_holiday=lambda _: False,
    )
    possible = [row for row in directory if "a" in row.groups and fits(row, language, prefecture)]
    near = [row for row in possible if area in row.areas]
    wide = [row for row in possible if not row.areas]
    assert bool(chosen) == bool(near or wide)
    if near:
        assert chosen[0].service in near


def fits(row: Service, language: str, prefecture: str) -> bool:
    here = row.prefecture in ("", prefecture) or prefecture in row.serves
    return row.shown and here and can_talk(row, language)


@pytest.mark.parametrize(
    ("assured", "today", "days", "stale"),
    [
        ("2023-11-20", date(2026, 11, 19), 1095, False),
        ("2023-11-20", date(2026, 11, 20), 1095, True),
        ("2023", date(2026, 12, 30), 1095, False),  # the last day of the year
        ("2023", date(2026, 12, 31), 1095, True),
        ("2024-02", date(2024, 3, 1), 1, False),  # 29 February
        ("2024-02", date(2024, 3, 2), 1, True),
        ("2001", date(2026, 11, 20), 0, False),
        ("2027", date(2026, 11, 20), 1, False),
        ("", date(2026, 11, 20), 1095, True),
    ],
)
def test_old_numbers_are_told(assured: str, today: date, days: int, stale: bool) -> None:
    row = replace(service("row", telephone="03-1111-1111"), assured_date=assured)
    assert row.stale(today, days) == stale


@pytest.mark.parametrize("telephone", ["110", "118", "119"])
def test_numbers_fixed_by_law_do_not_grow_old(telephone: str) -> None:
    assert not service("row", telephone=telephone).stale(date(2060, 1, 1), 1)


def test_the_directory_is_a_sequence_with_an_index() -> None:
    one, two = service("one"), service("two")
    directory = Directory([one, two])
    assert Directory.of(directory) is directory
    assert list(directory) == [one, two]
    assert (len(directory), directory[0], directory[:1]) == (2, one, (one,))
    assert directory.get("two") is two
    assert directory.get("three") is None


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


def led_at(now: datetime, *directory: Service, **more: object) -> Outcome:
    return outcome(
        [(WORK, {"problem": ("find",)})],
        directory,
        language="vi",
        prefecture="東京都",
        now=now,
        is_holiday=lambda _: False,
        **more,  # type: ignore[arg-type]
    )


def test_an_outcome_names_what_is_open_instead_and_stays_comparable() -> None:
    best = service("vi", groups="hello_work", languages="vi", prefecture="東京都")
    line = service("ja", groups="hello_work", schedule=Schedule(always=True))
    led = led_at(NIGHT, best, line)
    assert led.services == (best,)
    assert led.nearest == (("vi", line),)
    assert led.alternative("vi") == line
    assert led.alternative("ja") is None
    assert led == led_at(NIGHT, best, line)
    assert hash(led) == hash(led_at(NIGHT, best, line))


def test_a_number_long_unconfirmed_asks_for_the_counter() -> None:
    row = service("old", groups="hello_work", telephone="03-1111-1111")
    assert led_at(NOON, row).stale == ()
    assert not led_at(NOON, row).counter
    led = led_at(NOON, row, assured_days=365)
    assert led.services == (row,)
    assert led.stale == ("old",)
    assert led.counter


def test_the_area_of_the_office_reaches_the_choice() -> None:
    near = service("near", groups="hello_work", prefecture="東京都", areas=("港区",))
    far = service("far", groups="hello_work")
    assert led_at(NOON, far, near, area="港").services == (near,)


def test_who_has_no_status_is_told_where_else() -> None:
    aid = service("aid", groups="legal_aid", otherwise=("bar",))
    rights, bar = service("rights", groups="human_rights"), service("bar", groups="bar")
    led = outcome(
        [],
        [bar, aid, rights],
        language="vi",
        prefecture="東京都",
        now=NOON,
        is_holiday=lambda _: False,
        care=("status",),
    )
    assert led.services == (aid, rights, bar)


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
