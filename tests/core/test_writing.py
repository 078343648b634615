"""What a record begins with, what is kept of typed words, and two hands in one record."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kiosk.core import cases, changes, codes, writing
from kiosk.core.cases import Query
from kiosk.core.codes import Code
from kiosk.core.consultation import Consultation
from kiosk.core.flow import SPECIAL
from kiosk.core.ticket import Content, Narrative, Period, State, Ticket

AT = datetime.fromisoformat("2026-11-20T10:00:00+09:00")


def case(content: Content | None = None, **more: object) -> Ticket:
    made = Ticket("id", "A001", AT.date(), "vi", (Period(State.WAITING, AT),), content or Content())
    return replace(made, **more)  # type: ignore[arg-type]


def served(*stretches: tuple[str, str, int]) -> Ticket:
    """Staff, counter and minutes of each stretch at a counter, a hold after each."""
    made, at = case(), AT
    for staff, counter, length in stretches:
        made = changes.call(made, at, counter=counter, staff=staff)
        made = changes.serve(made, at, counter=counter, staff=staff)
        at += timedelta(minutes=length)
        made = changes.hold(made, at, counter=counter, staff=staff)
    return made


def test_a_record_begins_with_what_the_ticket_says() -> None:
    told = case(Content(caller="family", statistics=("employment", "tax")))
    begun = writing.begun(told, "07", "outreach")
    assert (begun.topics, begun.means, begun.caller) == (("employment", "tax"), "outreach", "family")
    for special in SPECIAL:
        assert writing.begun(case(Content(caller=special)), "07", "visit").caller == ""
    assert begun.result == begun.done == ""


def test_minutes_are_those_of_this_author_alone() -> None:
    made = served(("07", "1", 10), ("05", "2", 30), ("07", "1", 4))
    end = AT + timedelta(hours=3)
    assert writing.served(made, end, counter="1", staff="07") == 14
    assert writing.served(made, end, counter="2", staff="05") == 30
    assert writing.served(made, end, counter="9", staff="") == 0
    running = changes.serve(made, AT + timedelta(minutes=44), counter="1", staff="07")
    assert writing.served(running, AT + timedelta(minutes=50, seconds=31), counter="1", staff="07") == 21


def test_minutes_begun_count_as_one() -> None:
    made = changes.serve(changes.call(case(), AT, counter="1"), AT, counter="1")
    assert writing.served(made, AT + timedelta(seconds=3), counter="1", staff="") == 1


def test_what_cannot_be_kept_is_left_out_and_long_words_are_cut() -> None:
    assert writing.kept_text("=1+1\r\n@sum\x00\x07\x9f\tx\x7f") == ("=1+1\n@sum\tx", False)
    assert writing.kept_text("a\ud800b") == ("a�b", False)
    text, cut = writing.kept_text("あ" * 50_000)
    assert (len(text), cut) == (writing.LONGEST, True)
    assert writing.kept_text("あ" * writing.LONGEST)[1] is False


@given(st.text(alphabet=st.characters(codec=None), max_size=300))
def test_kept_text_is_text_any_store_takes_and_keeping_it_again_changes_nothing(typed: str) -> None:
    kept, _ = writing.kept_text(typed)
    kept.encode("utf-8")
    assert writing.kept_text(kept) == (kept, False)


def test_two_hands_in_one_record_lose_nothing() -> None:
    base = Consultation("07", done="old", means="visit", topics=("tax",))
    mine = replace(base, done="new")
    theirs = replace(base, means="telephone", agencies=("line",), saved=AT, stamp="s")
    both = writing.rebased(base, mine, theirs)
    assert (both.done, both.means, both.agencies, both.topics) == ("new", "telephone", ("line",), ("tax",))
    assert writing.rebased(base, mine, None) == mine


names = st.sampled_from(["", "a", "b", "c"])
written = st.builds(Consultation, st.just("07"), means=names, done=names, result=names, caller=names)


@given(written, written, written)
def test_what_was_altered_here_holds_and_the_rest_is_theirs(
    base: Consultation, mine: Consultation, theirs: Consultation
) -> None:
    both = writing.rebased(base, mine, theirs)
    for name in ("means", "done", "result", "caller"):
        altered = getattr(mine, name) != getattr(base, name)
        assert getattr(both, name) == getattr(mine if altered else theirs, name)


LIST = (
    Code("VN", "ベトナム", "Vietnam", often=True),
    Code("PH", "フィリピン", "Philippines"),
    Code("skill", "育成就労", "Employment for Skill Development", since=date(2027, 4, 1)),
)


def test_a_code_is_found_by_code_and_by_name_in_any_script() -> None:
    day = date(2026, 11, 20)
    assert [one.id for one in codes.offered(LIST, "", day)] == ["VN"]
    for words in ("ph", "ＰＨ", "フィリ", "ふぃりぴん", "philip", "ピン"):
        assert [one.id for one in codes.offered(LIST, words, day)] == ["PH"], words
    assert codes.offered(LIST, "育成", day) == []
    assert [one.id for one in codes.offered(LIST, "育成", date(2027, 4, 1))] == ["skill"]
    assert codes.named(LIST, "gone", "en") == "gone"


def record(**more: object) -> Consultation:
    return Consultation("07", **more)  # type: ignore[arg-type]


def test_follow_ups_are_those_of_today_and_before_that_nobody_did() -> None:
    today = date(2026, 11, 20)
    due = [today - timedelta(days=3), today, today + timedelta(days=1), None]
    made = [case(Content(records=(record(follow_up=day),)), id=str(n)) for n, day in enumerate(due)]
    made.append(case(Content(records=(record(follow_up=today, followed=True),)), id="done"))
    made.append(case(replace(Content(), closed=True), id="closed"))
    assert [one.ticket_id for one in cases.due(cases.to_follow(reversed(made)), today)] == ["0", "1"]


def told(content: Content) -> str:
    return " ".join(content.statistics)


def test_past_cases_are_found_by_topic_word_and_language() -> None:
    content = Content(
        statistics=("employment",),
        narrative=Narrative("Tôi chưa nhận lương", "vi", "typed"),
        notes=("旅券を確認",),
        records=(record(topics=("tax",), done="ハローワークへ電話", result="solved"),),
    )
    one = case(content)
    for query in (
        Query("ハローワーク"),
        Query("はろー　旅券"),
        Query("LƯƠNG"),
        Query(topic="tax"),
        Query(language="vi"),
    ):
        found = cases.matches(one, query, told)
        assert found is not None, query
        assert (found.topics, found.result) == (("tax",), "solved")
    for query in (Query("税務署"), Query("旅券 税務署"), Query(topic="employment"), Query(language="ko")):
        assert cases.matches(one, query, told) is None, query


def test_of_a_sensitive_case_a_list_says_only_that() -> None:
    content = Content(sensitive=True, statistics=("welfare",), records=(record(result="referred"),))
    found = cases.matches(case(content), Query(language="vi"), told)
    assert found is not None
    assert (found.sensitive, found.topics, found.result) == (True, (), "")


def test_what_does_not_open_is_not_found() -> None:
    assert cases.matches(case(Content(closed=True)), Query(language="vi"), told) is None
