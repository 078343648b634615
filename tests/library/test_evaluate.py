"""What `models evaluate` counts, against values made by hand and against sacrebleu itself."""

from __future__ import annotations

import csv
import importlib.util
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.app.library import evaluate_scores, evaluate_tables
from kiosk.app.library.evaluate_chains import Versions, chains
from kiosk.app.library.evaluate_recordings import read_recordings
from kiosk.app.library.evaluate_results import Evaluation, HeardRecording, SpeechRow, TranslationRow
from kiosk.app.library.evaluate_scores import Score, need_sacrebleu, scored, tokenizer
from kiosk.app.library.evaluate_translation import keep
from kiosk.app.library.evaluate_values import as_json, write_csv
from kiosk.app.library.evaluate_words import Errors, compared, letters, spread, words
from kiosk.data.languages import read_languages
from kiosk.data.sentences import check_sentences, read_sentences
from kiosk.errors import Trouble
from kiosk.translation.packages import Pair
from kiosk.translation.quality import read_quality

few = st.lists(st.sampled_from("abc"), max_size=7).map(tuple)


@cache
def fewest(said: tuple[str, ...], heard: tuple[str, ...]) -> int:
    """Levenshtein's distance as its definition reads."""
    if not said or not heard:
        return len(said) + len(heard)
    return min(
        fewest(said[1:], heard[1:]) + (said[0] != heard[0]),
        fewest(said[1:], heard) + 1,
        fewest(said, heard[1:]) + 1,
    )


@given(few, few)
def test_the_distance_is_the_definition_s(said: tuple[str, ...], heard: tuple[str, ...]) -> None:
    found = compared(said, heard)
    assert found.wrong == fewest(said, heard)
    assert found.wrong == compared(heard, said).wrong
    assert (found.wrong == 0) == (said == heard)
    assert found.inserted - found.deleted == len(heard) - len(said)
    assert found.substituted + found.deleted <= len(said) == found.said


@pytest.mark.parametrize(
    ("said", "heard", "expected"),
    [
        ("임금 체불 입니다", "임금 입니다", Errors(0, 0, 1, 3)),
        ("I lost my card", "I lost a card today", Errors(1, 1, 0, 4)),
        ("", "a b", Errors(0, 2, 0, 0)),
        ("a b", "", Errors(0, 0, 2, 2)),
        ("Don't PAY, please!", "dont pay please", Errors(0, 0, 0, 3)),
        ("ＡＢＣ １２３", "abc 123", Errors(0, 0, 0, 2)),
    ],
)
def test_words_are_compared_as_they_sound(said: str, heard: str, expected: Errors) -> None:
    assert compared(words(said), words(heard)) == expected


def test_rates_by_hand() -> None:
    both = Errors(1, 1, 0, 4) + Errors(0, 0, 1, 3)
    assert both == Errors(1, 1, 1, 7)
    assert both.rate == pytest.approx(300 / 7)
    assert Errors().rate == 0
    assert letters("家賃が 払えません。") == list("家賃が払えません")
    assert letters("မေးပါ။") == list("မေးပါ")  # marks count, the full stop does not


def test_the_interval_is_always_the_same_and_none_for_one_recording() -> None:
    each = [Errors(1, 0, 0, 4), Errors(0, 0, 0, 5), Errors(2, 1, 0, 4)]
    assert spread(each) == spread(each) > 0
    assert spread(each[:1]) == 0
    assert spread([Errors(1, 0, 0, 4)] * 9) == 0


def test_scores_are_sacrebleu_s_own() -> None:
    from sacrebleu import corpus_bleu, corpus_chrf

    heard = ["給料をもらえません", "家賃が高いです", ""]
    said = ["給料をもらっていません", "家賃が高いです", "助けてください"]
    found = scored(heard, said, "ja")
    assert found.chrf == pytest.approx(corpus_chrf(heard, [said]).score)
    assert found.bleu == pytest.approx(corpus_bleu(heard, [said], tokenize="char", force=True).score)
    assert found.spread > 0
    same = scored(["same words here now"], ["same words here now"], "en")
    assert same == Score(100, 0, same.bleu)
    assert same.bleu == pytest.approx(100)


def test_chrf_by_hand() -> None:
    """One character group each way: of ab against ac, groups of 1: 1 of 2, groups of 2: 0 of 1."""
    # Both precisions and recalls are 1/2 and 0; their means 1/4 and 1/4; F2 of equal values is the value.
    assert scored(["ab"], ["ac"], "en").chrf == pytest.approx(25)


@pytest.mark.parametrize(("tag", "name"), [("ja", "char"), ("zh-Hans", "zh"), ("ko", "char"), ("vi", "13a")])
def test_a_tokenizer_that_needs_nothing_more(tag: str, name: str) -> None:
    assert tokenizer(tag) == name


@pytest.mark.parametrize("translated", [["", ""], ["", "x"], ["a b"]])
def test_scores_where_nothing_is_right(translated: list[str]) -> None:
    found = scored(translated, ["月曜日に", "行きます"][: len(translated)], "ja")
    assert found == Score(0, 0, 0)


def test_without_sacrebleu_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(Trouble, match="evaluate_missing"):
        need_sacrebleu()


# --- sentences ---------------------------------------------------------------------------------------


def test_ours_are_complete_and_have_no_fault() -> None:
    tags = tuple(read_languages().by_tag)
    assert list(check_sentences(tags)) == []
    found = read_sentences()
    by = [row.by for row in found.rows]
    assert (by.count("resident"), by.count("counselor")) == (60, 40)
    assert "not yet reviewed" in found.head["review"]
    assert len(found.between("ko", "ja")) == 60
    assert len(found.between("ja", "ko")) == 100


def test_what_is_wrong_in_a_file_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    file = tmp_path / "own.tsv"
    file.write_text("ja\tko\tKorean\n一\t하나\t-\n二\t둘\n三\t\t-\n", "utf-8")
    found = read_sentences(file)
    assert [row.texts["ja"] for row in found.rows] == ["一", "三"]
    assert len(found.between("ko", "ja")) == 1
    assert [(fault.key, fault.message.split(";")[0]) for fault in found.faults] == [
        ("line 1", "the column 'Korean' is no language tag (ja, en, zh-Hans, ko, …)"),
        ("line 3", "has 2 columns"),
    ]
    assert read_sentences(file).between("vi", "ja") == ()


def test_a_shipped_file_must_be_complete(tmp_path: Path) -> None:
    (tmp_path / "x.tsv").write_text("# licence: x\nsentence\tja\tko\na\t一\t\na\t二\t둘\n", "utf-8")
    told = [
        (fault.key, fault.message.split(";")[0]) for fault in check_sentences(("ja", "ko", "vi"), tmp_path)
    ]
    assert told == [
        ("line 4", "the name a stands twice"),
        ("author", "add a line # author: …"),
        ("review", "add a line # review: …"),
        ("a ko", "is empty"),
        ("vi", "has no column"),
    ]
    assert list(check_sentences(("ja",), tmp_path / "nowhere"))


@pytest.mark.parametrize(
    "raw", ["ja\tko\n一\t하나\n".encode("utf-16"), b"\xef\xbb\xbf" + "ja\tko\n一\t하나\n".encode()]
)
def test_files_as_spreadsheets_save_them(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "own.tsv").write_bytes(raw)
    assert read_sentences(tmp_path / "own.tsv").rows[0].texts == {"ja": "一", "ko": "하나"}


def test_a_file_in_another_encoding_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "own.tsv").write_bytes("ja\tko\n一\t하나\n".encode("cp949"))
    assert "UTF-8" in read_sentences(tmp_path / "own.tsv").faults[0].message


# --- chains ------------------------------------------------------------------------------------------


def pair(source: str, target: str, version: str = "1.0") -> Pair:
    return Pair(source, target, version, Path(f"/{source}-{target}-{version}"))


def found(*pairs: Pair) -> Versions:
    made: Versions = {}
    for one in pairs:
        made.setdefault((one.from_code, one.to_code), []).append(one)
    return made


def test_every_version_is_measured_alone_and_on_its_way() -> None:
    here = found(
        pair("ko", "en", "1.1"), pair("ko", "en", "1.0"), pair("en", "ja"), pair("ja", "en"), pair("en", "ko")
    )
    names = [(chain.name, chain.source, chain.target) for chain in chains(here, ("ja", "ko"))]
    assert names == [
        ("ko-en 1.1", "ko", "en"),
        ("en-ja 1.0", "en", "ja"),
        ("ko-en 1.0", "ko", "en"),
        ("ja-en 1.0", "ja", "en"),
        ("en-ko 1.0", "en", "ko"),
        ("ko-en 1.1 · en-ja 1.0", "ko", "ja"),
        ("ko-en 1.0 · en-ja 1.0", "ko", "ja"),
        ("ja-en 1.0 · en-ko 1.0", "ja", "ko"),
    ]


def test_a_direct_package_is_a_way_with_its_way_home_and_comes_once() -> None:
    here = found(pair("en", "ja"), pair("ja", "en"))
    made = chains(here, ("en", "ko"))
    assert [(chain.name, bool(chain.back)) for chain in made] == [("en-ja 1.0", True), ("ja-en 1.0", True)]


def test_one_way_alone_is_measured_without_a_way_home() -> None:
    made = chains(found(pair("pb", "en"), pair("en", "ja")), ("pt-BR",))
    assert [(chain.name, chain.source, chain.back) for chain in made][-1] == (
        "pb-en 1.0 · en-ja 1.0", "pt-BR", (),
    )  # fmt: skip


# --- lines -------------------------------------------------------------------------------------------


def test_the_office_s_own_figures_decide_from_then_on(tmp_path: Path) -> None:
    file = tmp_path / "quality.toml"
    english = pair("ko", "en", "1.1")
    before = read_quality(file).line([english])
    row = TranslationRow(
        "ko-en 1.1", "ko", "en", 60, 60, Score(12.3, 2, 1), refused={"numbers": 4}, line="off", pair=english
    )
    unmeasured = TranslationRow(
        "en-ja 1.1", "en", "ja", 60, 20, Score(50, 2, 1), pair=pair("en", "ja", "1.1")
    )
    assert keep([row, unmeasured], file, "counter.tsv", date(2026, 11, 21)) == ("ko-en 1.1",)
    quality = read_quality(file)
    assert (before, quality.line([english])) == ("shown", "off")
    known = quality.of(english)
    assert known is not None
    assert (known.chrf, known.sentences, known.date) == (12.3, 60, date(2026, 11, 21))
    assert "4 refused" in known.evidence
    assert "counter.tsv" in known.source


# --- recordings and tables ---------------------------------------------------------------------------


def test_recordings_that_cannot_be_used_are_named(tmp_path: Path) -> None:
    (tmp_path / "ko").mkdir()
    for name in ("ko/a.wav", "ko/b.WAV", "c.wav", "d.wav", "e.wav"):
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "ko/a.txt").write_text("안녕", "utf-8")
    (tmp_path / "c.txt").write_text("…", "utf-8")
    (tmp_path / "d.txt").write_bytes(b"\xff\xfe\xff")
    (tmp_path / "e.txt").write_text("hello", "utf-8")
    got = read_recordings(tmp_path, ("ko", "en"))
    assert [(one.file.name, one.language) for one in got.usable] == [("a.wav", "ko")]
    assert got.left_out == {
        "c.wav": "empty_transcript", "d.wav": "unreadable_transcript", "e.wav": "no_language",
        "ko/b.WAV": "no_transcript",
    }  # fmt: skip
    assert [one.language for one in read_recordings(tmp_path, ("ko", "en"), "en").usable] == ["en", "ko"]


def test_a_list_of_recordings(tmp_path: Path) -> None:
    (tmp_path / "a.wav").write_bytes(b"")
    file = tmp_path / "list.tsv"
    file.write_text("file\ttext\tlanguage\na.wav\thello\ten\nb.wav\tx\ten\na.wav\n", "utf-8")
    got = read_recordings(file, ("en",))
    assert [one.text for one in got.usable] == ["hello"]
    assert got.left_out == {"b.wav": "no_file", "list.tsv: 4": "columns"}
    file.write_text("name\twords\n", "utf-8")
    with pytest.raises(Trouble, match="recordings_columns"):
        read_recordings(file, ("en",))


@pytest.mark.parametrize(("name", "key"), [("nowhere", "recordings_absent"), ("", "recordings_none")])
def test_no_recordings_at_all(tmp_path: Path, name: str, key: str) -> None:
    with pytest.raises(Trouble, match=key):
        read_recordings(tmp_path / name, ("ko",))


def test_columns_stand_below_each_other_in_wide_letters() -> None:
    assert evaluate_tables.width("在留カード") == 10
    assert evaluate_tables.width("မြန်မာ") < 6
    lines = list(evaluate_tables.table([["モデル", "数"], ["ko", "12"]], 1, 80))
    assert lines == ["モデル  数", "ko      12"]
    assert len({evaluate_tables.width(line) for line in lines}) == 1


def test_a_narrow_terminal_has_each_model_on_a_line_of_its_own() -> None:
    rows = [["モデル", "数"], ["model", "n"], ["a long name of packages", "12"], ["ko", "3"]]
    lines = list(evaluate_tables.table(rows, 1, 20))
    assert lines == ["モデル / model", "  数", "   n", "a long name of packages", "  12", "ko", "   3"]
    assert len(list(evaluate_tables.table(rows, 1, 80))) == 4


def test_an_unfinished_table_says_so_everywhere(tmp_path: Path) -> None:
    one = HeardRecording("a.wav", Errors(1, 0, 0, 4), Errors(1, 0, 0, 9), 2.0, 1.0)
    part = Evaluation(
        (
            TranslationRow(
                "ko-en 1.1", "ko", "en", 60, 7, Score(41, 9, 12), Score(44, 9, 13), pair=pair("ko", "en")
            ),
        ),
        (SpeechRow("small", "ja", 3, (one,), 1.0, 5_000_000, {"b.wav": "trouble.sound_file"}),),
        stopped=True,
    )
    told = "\n".join(evaluate_tables.lines(part, None))
    assert told.startswith("△")
    assert "△ 7/60" in told
    assert "△ 1/3" in told
    assert "b.wav" in told
    values = as_json(part)
    assert values["stopped"]
    assert values["translation"][0]["partial"]
    assert values["speech"][0]["wer"] is None  # Japanese has no spaces to count words by
    assert values["speech"][0]["cer"] == pytest.approx(11.11)
    write_csv(part, tmp_path / "table.csv")
    rows = list(csv.DictReader((tmp_path / "table.csv").read_text("utf-8-sig").splitlines()))
    assert [row["stopped"] for row in rows] == ["True", "True"]
    assert [row["kind"] for row in rows] == ["translation", "speech"]


def test_the_interval_is_sacrebleu_s_drawing() -> None:
    assert evaluate_scores.DRAWS == 1000
    heard, said = ["a b c d", "e f g h", "x y"], ["a b c d", "e f g i", "x z"]
    assert scored(heard, said, "en").spread == scored(heard, said, "en").spread > 0
