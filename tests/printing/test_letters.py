"""Letters on paper: both languages in one order, nothing personal without consent, whatever was typed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
import zxingcpp
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL.Image import Image

from kiosk.core.letter import allowed, offered, personal, usual
from kiosk.core.ticket import Case, Content, Narrative
from kiosk.core.written import Day, Detail, date_in
from kiosk.data.catalogue import load
from kiosk.printing.document import Part, Row
from kiosk.printing.document_draw import draw, pdf
from kiosk.text.page import HEIGHT, MARGIN, WIDTH
from tests.printing.letters import (
    ANSWERS,
    AT,
    CONTENT,
    JAPANESE,
    NARRATIVE,
    SENDER,
    TOLD,
    compose,
    draft,
    service,
    typesetter,
)
from tests.printing.make import AUTHORED


def codes(page: Image) -> list[str]:
    return [code.text for code in zxingcpp.read_barcodes(page)]


def label(language: str, key: str, **details: Detail) -> str:
    return load(language).text(key, **details)


@pytest.mark.parametrize("language", AUTHORED)
def test_a_letter_says_everything_in_both_languages_on_one_page(language: str) -> None:
    document = compose(draft(), language)
    for tag in dict.fromkeys(("ja", language)):
        assert label(tag, "letter.title.letter") in document.words
        assert label(tag, "letter.ask.consult") in document.words
        assert label(tag, "letter.deadline", date=Day("2026-12-04")) in document.words
        assert label(tag, f"flow.work.{ANSWERS[0][0]}.{ANSWERS[0][1][0]}") in document.words
        assert label(tag, "letter.consent.text") in document.words
    for fact in (
        "A012",
        "03-0000-0000",
        "函館市美原4-6-16",
        "0138-23-0909",
        "3階 相談室",
        date_in(language, "2026-11-25"),
        JAPANESE,
    ):
        assert fact in document.words
    assert len(draw(document, typesetter())) == 1


def test_japanese_and_the_residents_language_stand_in_one_row_each() -> None:
    document = compose(draft())
    asked = next(
        row for part in document.parts for row in part.rows if row.left == label("ja", "letter.ask.consult")
    )
    assert asked.right == label("en", "letter.ask.consult")


def test_the_machines_japanese_is_marked_in_both_languages() -> None:
    part = next(part for part in compose(draft()).parts if any(row.right == TOLD for row in part.rows))
    assert part.note is not None
    assert (part.note.left, part.note.right) == (label("ja", "letter.machine"), label("en", "letter.machine"))
    refused = replace(CONTENT, narrative=replace(NARRATIVE, accepted=False))
    words = compose(draft(), content=refused).words
    assert TOLD in words
    assert JAPANESE not in words
    assert label("ja", "letter.untranslated") in words


def test_the_code_brings_address_and_telephone() -> None:
    page = draw(compose(draft()), typesetter())[0]
    assert codes(page) == ["函館行政監視行政相談センター\n函館市美原4-6-16\nTEL 0138-23-0909"]


PERSONAL = (
    "A012", TOLD, JAPANESE, "会社の名前", "11月25日", "3階", "だれの相談", "給料", "在留カード", "英語",
    "外国人相談窓口", "12月4日",
)  # fmt: skip


@pytest.mark.parametrize("language", AUTHORED)
@pytest.mark.parametrize("kind", ["letter", "forwarded", "telephone", "together"])
def test_without_consent_there_is_nothing_but_the_agency_and_the_way(language: str, kind: str) -> None:
    document = compose(draft(consent=None, kind=kind, authority="労働基準監督署"), language)
    assert not [word for word in (*PERSONAL, "労働基準監督署") if word in document.words]
    assert "函館市美原4-6-16" in document.words
    assert "0138-23-0909" in document.words
    assert label("ja", "letter.title.guide") in document.words
    assert codes(draw(document, typesetter())[0])


SECRET = "ᚠᚢᚦ"
"""Stands in every word that is somebody's own: nothing else on a paper is in runes."""
own = st.text(alphabet="ab あ\n{|}", max_size=20).map(lambda text: f"{SECRET}{text}")
TOPICS = ("work", "residence", "family", "unsaid")
told = st.builds(
    Content,
    caller=st.sampled_from(["", "self", "family", "unsaid"]),
    cases=st.lists(
        st.builds(
            Case,
            topic=st.sampled_from(TOPICS),
            flow=st.just("work"),
            answers=st.lists(st.tuples(own, st.tuples(own)), max_size=2).map(tuple),
        ),
        max_size=2,
    ).map(tuple),
    narrative=st.none()
    | st.builds(Narrative, own, st.just("en"), st.just("typed"), st.none(), st.booleans()),
    notes=st.lists(own, max_size=2).map(tuple),
    within=st.none() | st.integers(0, 60),
    sensitive=st.booleans(),
    closed=st.booleans(),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    told, own, own, own, st.booleans(), st.booleans(), st.sampled_from(["letter", "forwarded", "together"])
)
def test_what_may_not_be_said_is_on_no_paper(
    content: Content, words: str, authority: str, room: str, consent: bool, careful: bool, kind: str
) -> None:
    one = draft(
        kind=kind, words=words, authority=authority, room=room, careful=careful,
        lines=(*offered(content), "narrative", "answer:9:x", "caller"), consent=AT if consent else None,
    )  # fmt: skip
    document = compose(one, content=content)
    if not consent or content.closed or (content.sensitive and not careful):
        guide = compose(draft(consent=None, kind="letter"), content=Content())
        # The same paper as somebody gets of whom nothing is known.
        assert document == guide
        assert SECRET not in document.words
        assert "A012" not in document.words
    else:
        assert "A012" in document.words
        # A note of the same words as an answer that may be told is on the paper as the answer.
        others = f"{content.cases}{content.narrative}{words}{authority}{room}"
        hidden = [note for note in content.notes if len(note) > len(SECRET) and note not in others]
        assert not any(note in document.words for note in hidden)
        if content.sensitive:
            assert SENDER.name_ja not in document.words
    picked = compose(
        replace(one, lines=(), words="", authority="", room="", done=(), asks=()), content=content
    )
    assert SECRET not in picked.words
    assert label("ja", "letter.deadline", date=Day("2026-12-04")) not in picked.words


@settings(max_examples=40, deadline=None)
@given(told, st.booleans())
def test_a_draft_that_is_allowed_stays_as_it_is(content: Content, consent: bool) -> None:
    one = draft(consent=AT if consent else None, lines=(*offered(content), "narrative"))
    once = allowed(one, content)
    assert allowed(once, content) == once
    assert set(once.lines) <= set(offered(content))


def test_a_case_that_needs_care_asks_for_more_than_consent() -> None:
    care = replace(CONTENT, sensitive=True)
    assert usual(care) == ()
    assert not personal(draft(), care)
    assert personal(draft(careful=True), care)
    bare = compose(draft(), content=care)
    assert not [word for word in PERSONAL if word in bare.words]
    weighed = compose(draft(careful=True, lines=()), content=care).words
    # Whom to ask back is the town hall: the counter's name tells whose paper it is.
    assert "あおば市役所" in weighed
    assert "外国人相談窓口" not in weighed
    assert TOLD not in weighed


def test_what_does_not_open_here_is_on_no_paper() -> None:
    closed = replace(CONTENT, closed=True)
    assert offered(closed) == ()
    assert not personal(draft(), closed)
    assert allowed(draft(), closed).words == ""


def test_nothing_is_ticked_that_was_not_told() -> None:
    assert usual(CONTENT) == tuple(line for line in offered(CONTENT) if line not in ("narrative", "caller"))
    unsaid = Content(
        caller="unsaid", cases=(Case("unsaid"), Case("work", "work", (("matter", ("unknown",)),)))
    )
    assert offered(unsaid) == ("topic",)
    assert allowed(draft(lines=("narrative", "nothing")), unsaid).lines == ()


def test_only_ticked_lines_go_in() -> None:
    words = compose(draft(lines=("topic",))).words
    assert label("ja", "topic.work") in words
    assert TOLD not in words
    assert "12月4日" not in words
    assert label("ja", "letter.caller") not in words


def test_a_forwarding_sheet_names_the_office_and_what_is_wanted() -> None:
    words = compose(draft(kind="forwarded", authority="労働基準監督署", words="調べてほしい")).words
    for said in ("行政相談 回付票", "労働基準監督署", "調べてほしい", label("ja", "letter.contact")):
        assert said in words


def test_an_agency_that_is_in_no_directory() -> None:
    document = compose(draft(service="", name="となりの町の窓口"), service=None)
    assert "となりの町の窓口 御中" in document.words
    assert label("ja", "letter.unlisted") in document.words
    assert not codes(draw(document, typesetter())[0])


def test_an_agency_without_address_says_so_and_an_old_number_is_marked() -> None:
    bare = replace(service(), address_ja="")
    words = compose(draft(), service=bare, stale=True).words
    assert label("ja", "letter.no_address") in words
    assert label("ja", "slip.stale", date=Day(bare.assured_date)) in words


ACCESS = "函館駅の西口から歩いて7分。合同庁舎の4階です。"


def test_the_way_in_words_stands_in_both_languages() -> None:
    told = replace(service(), access=(("ja", ACCESS), ("en", "7 minutes on foot from Hakodate Station.")))
    for one in (draft(), draft(consent=None)):
        rows = [row for part in compose(one, service=told).parts for row in part.rows]
        assert [row.right for row in rows if row.left == ACCESS] == [
            "7 minutes on foot from Hakodate Station."
        ]
    assert compose(draft(), "ja", service=told).words.count(ACCESS) == 1


@pytest.mark.parametrize("language", ["en", "my"])
def test_a_way_in_japanese_only_is_said_to_be_so(language: str) -> None:
    document = compose(draft(), language, service=replace(service(), access=(("ja", ACCESS),)))
    (row,) = (row for part in document.parts for row in part.rows if row.left == ACCESS)
    assert row.right == label(language, "referral.access.japanese")
    assert label("ja", "referral.access.japanese") not in document.words


@pytest.mark.parametrize("verification", ["secondary", "unverified"])
def test_a_row_nobody_has_confirmed_is_not_given_as_a_fact(verification: str) -> None:
    words = compose(
        draft(), service=replace(service(), verification=verification, access=(("ja", ACCESS),))
    ).words
    assert label("ja", "letter.unconfirmed") in words
    assert label("en", "letter.unconfirmed") in words
    assert ACCESS not in words
    assert label("ja", "slip.checked", date=Day(service().assured_date)) not in words


def test_an_interpreter_is_asked_for_where_the_agency_does_not_speak_it() -> None:
    assert "通訳が必要です" in compose(draft()).words
    speaks = replace(service(), languages=("ja", "en"))
    assert "通訳が必要です" not in compose(draft(), service=speaks).words
    assert label("ja", "letter.speech.plain") in compose(draft(), "ja-simple").words


def test_fifty_thousand_characters_go_on_further_pages_and_end_in_a_mark() -> None:
    long = replace(CONTENT, narrative=replace(NARRATIVE, original="word " * 10_000))
    document = compose(draft(words="長" * 50_000), content=long)
    assert "長" * 1499 + "…" in document.words
    assert "長" * 1500 not in document.words
    pages = draw(document, typesetter())
    assert 1 < len(pages) < 10
    for page in pages:
        # Nothing reaches into the foot's margin.
        foot = page.crop((0, HEIGHT - MARGIN + 70, WIDTH, HEIGHT)).convert("L")
        assert foot.getextrema() == (255, 255)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=300), st.text(max_size=120), st.text(max_size=120))
def test_whatever_is_typed_is_drawn(words: str, name: str, room: str) -> None:
    document = compose(draft(words=words, name=name, room=room, authority=name, kind="forwarded"))
    assert draw(document, typesetter())


def test_control_characters_and_braces_are_no_readings() -> None:
    words = compose(draft(words="a\x00b\x1b[31m {漢字|かんじ} =1+1")).words
    assert "ab[31m ｛漢字|かんじ｝ =1+1" in words


def test_the_files_own_title_tells_nothing() -> None:
    data = pdf(compose(draft()), typesetter())
    assert data.startswith(b"%PDF")
    assert data.rstrip().endswith(b"%%EOF")
    assert "紹介状".encode("utf-16-be").hex().encode() in data
    assert "A012".encode("utf-16-be").hex().encode() not in data


def test_a_deadline_counts_from_the_tickets_day() -> None:
    assert "15 November 2026" in compose(draft(), day=date(2026, 11, 1)).words


@pytest.mark.parametrize("rows", range(14, 40))
def test_what_stands_beside_a_code_stays_on_its_page(rows: int) -> None:
    """However full the page is: no page holds the end of a short part alone."""
    filled = tuple(Row(f"{at}行目の文です。", f"Line {at}.") for at in range(rows))
    way = tuple(Row(f"行き方{at}", f"Way {at}") for at in range(9))
    document = replace(
        compose(draft(), "en"),
        parts=(Part(None, filled), Part(Row("連絡先"), way, code="TEL 0138-23-0909"), Part(None, way)),
    )
    many = replace(document, parts=(Part(None, filled * 2), *document.parts))
    for one in (document, many):
        pages = draw(one, typesetter())
        assert [codes(page) for page in pages].count(["TEL 0138-23-0909"]) == 1
        for page in pages[:-1]:
            lines = (
                page.crop((0, 0, WIDTH, HEIGHT - 2 * MARGIN))
                .convert("L")
                .point(lambda v: 255 if v < 200 else 0)
            )
            box = lines.getbbox()
            assert box is not None
            assert box[3] > HEIGHT // 2, "no page is nearly empty before the last"
