"""Terms, numbers, names and addresses that must come through: found, hidden, put back, and checked."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.translation import facts, names, protect
from kiosk.translation.drafts import Draft, Ends
from kiosk.translation.glossary import FILE, read_glossary
from kiosk.translation.korean import with_particle
from kiosk.translation.loaded import Answer
from kiosk.translation.packages import Pair
from kiosk.translation.ways import Ways

GLOSSARY = read_glossary()
TERMS = st.sampled_from(GLOSSARY.terms)


@pytest.mark.parametrize(
    ("text", "language", "terms"),
    [
        ("재류 카드를 잃어버렸어요.", "ko", ["在留カード"]),
        ("국민 건강보험에 가입하고 싶어요", "ko", ["国民健康保険"]),
        ("I lost my Residence Cards at Hello Work", "en", ["在留カード", "ハローワーク"]),
        ("我的在留卡丢了", "zh-Hans", ["在留カード"]),
        ("Tôi mất zairyu card", "vi", ["在留カード"]),
        ("在留カード 잃어버렸어요", "ko", ["在留カード"]),
        ("在留資格認定証明書を出してください", "ja", ["在留資格認定証明書"]),
        ("My postcard is here", "en", []),
    ],
)
def test_terms_are_found_in_their_spellings(text: str, language: str, terms: list[str]) -> None:
    assert [place.term.japanese for place in GLOSSARY.places(text, language)] == terms


def test_every_cell_has_a_source_and_every_text_is_found_as_its_term() -> None:
    data = tomllib.loads(FILE.read_text("utf-8"))
    for row in data["term"]:
        for language, cell in row.items():
            if isinstance(cell, dict):
                assert cell["source"] in data["source"], (row["ja"], language)
    for term in GLOSSARY.terms:
        for language in ("ja", "en", "ko", "zh-Hans", "vi", "pt-BR"):
            if language in term.forms:
                assert GLOSSARY.has(term, f" {term.text(language)} ", language), (term.japanese, language)


@given(TERMS, st.sampled_from(["ko", "en", "vi", "zh-Hans", "pt-BR"]), st.sampled_from(["through", "words"]))
def test_a_hidden_term_comes_back_as_the_term_of_the_other_language(term, language, kind) -> None:  # type: ignore[no-untyped-def]
    sentence = f"abc {term.text(language)} 12"
    draft = Draft(sentence, kind, Ends(language, "ja"), GLOSSARY)
    assert draft.terms == (term,) or len(draft.terms) == 1
    assert term.text(language) not in draft.text
    if kind == "through":
        assert draft.finished(draft.text) == sentence.replace(term.text(language), draft.terms[0].japanese)
    assert not draft.missing(draft.finished(draft.text)) or kind == "words"


@given(
    st.text("가나다라 abc", max_size=20),
    st.sampled_from(["090-1234-5678", "a.b@example.jp", "https://example.jp/a?b=1", "AB12345678CD"]),
    st.text("가나다라 ", max_size=20),
)
def test_what_is_exact_is_hidden_and_comes_back_sign_by_sign(before: str, exact: str, after: str) -> None:
    sentence = f"{before} {exact} {after}"
    text, hidden = protect.hide(sentence)
    assert exact not in text
    assert protect.restore(text, hidden) == sentence


@pytest.mark.parametrize("written", ["7001", "7,001", "７００１"])
def test_a_stand_in_may_be_written_as_models_write_numbers(written: str) -> None:
    assert protect.restore(f"番号は{written}です", {"7001": "AB12345678CD"}) == "番号はAB12345678CDです"


def test_particles_follow_the_word_put_back() -> None:
    assert with_particle("연금", "를 내요") == "연금을 내요"
    assert with_particle("카드", "을 잃었어요") == "카드를 잃었어요"
    assert with_particle("카드", "이전") == "카드이전"


@pytest.mark.parametrize(
    ("source", "output", "codes", "changed"),
    [
        ("금요일까지 오세요", "木曜日までに来てください", ("ko", "ja"), True),
        ("금요일까지 오세요", "金曜日までに来てください", ("ko", "ja"), False),
        ("오후 3시에 오세요", "午前3時に来てください", ("ko", "ja"), True),
        ("5만 엔입니다", "5万ドルです", ("ko", "ja"), True),
        ("5만 엔입니다", "5万円です", ("ko", "ja"), False),
    ],
)
def test_days_halves_of_the_day_and_money(
    source: str, output: str, codes: tuple[str, str], changed: bool
) -> None:
    assert facts.changed(source, output, *codes) == changed


def test_names_in_latin_letters_stay_and_others_are_pointed_out() -> None:
    text = "저는 Nguyen Van An입니다"
    assert [text[start:end] for start, end in names.latin(text, "ko")] == ["Nguyen Van An"]
    assert names.in_own_letters("김민수 씨가 때렸어요", "ko") == ["김민수"]
    assert names.in_own_letters("田中さんに聞いてください。お客さんです。", "ja") == ["田中"]


class Scripted:
    """A shelf whose packages answer from a script: models that word a term wrongly, at the very edge."""

    def __init__(self, answers: dict[str, str]) -> None:
        self.answers, self.asked = answers, list[str]()

    def get(self, _pair: Pair) -> Scripted:
        return self

    def translate(self, texts: Sequence[str], _beam: int) -> list[Answer]:
        self.asked += texts
        return [
            Answer(self.answers[text]) if text in self.answers else Answer("", "unlikely") for text in texts
        ]


KO_EN, EN_JA = (Pair(*codes, "1.1", Path()) for codes in (("ko", "en"), ("en", "ja")))
SAID = "재류카드를 잃어버렸습니다."


def scripted(answers: dict[str, str]) -> tuple[tuple[str, object, tuple[str, ...]], Scripted]:
    shelf = Scripted(answers)
    (made,) = Ways(shelf, GLOSSARY).outcomes([SAID], (KO_EN, EN_JA), Ends("ko", "ja"), 2)  # type: ignore[arg-type]
    return (made.text, made.fault, made.unsure), shelf


def test_a_term_worded_otherwise_is_put_in_through_the_pivot() -> None:
    made, _ = scripted(
        {
            SAID: "I lost my residence card.",
            "I lost my residence card.": "居住者カードをなくしました。",
            "I lost my 7001.": "7001をなくしました。",
        }
    )
    assert made == ("在留カードをなくしました。", None, ())


def test_a_term_lost_before_the_pivot_is_hidden_all_the_way() -> None:
    made, _ = scripted(
        {
            SAID: "I lost my sojourn paper.",
            "I lost my sojourn paper.": "滞在の紙をなくしました。",
            "7001를 잃어버렸습니다.": "I lost 7001.",
            "I lost 7001.": "7001をなくしました。",
        }
    )
    assert made == ("在留カードをなくしました。", None, ())


def test_a_term_that_cannot_be_kept_marks_the_sentence() -> None:
    made, _ = scripted(
        {SAID: "I lost my sojourn paper.", "I lost my sojourn paper.": "滞在の紙をなくしました。"}
    )
    assert made == ("滞在の紙をなくしました。", None, ("在留カード",))
