"""The report on what is shipped, and each kind of fault found in a damaged copy of a small installation."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from kiosk.data.check import Place, check
from kiosk.data.report import Report, told
from kiosk.data.words import check_words
from tests.data.house import WORDS, House, build, po


@pytest.fixture
def house(tmp_path: Path) -> House:
    return build(tmp_path)


def report(house: House, place: Place | None = None) -> Report:
    return check(house.languages, house.flows, place=place)


def test_what_is_shipped_is_without_fault() -> None:
    found = check()
    assert [str(fault) for fault in found.faults] == []
    assert found.ok
    assert found.counts["topics"] == found.counts["flows"] == len(found.flows) == 13
    assert found.counts["paths"] > 10_000
    assert found.counts["services"] == found.counts["shown"] + found.counts["hidden"]
    assert found.counts["guides"] == 12
    assert found.counts["phrases"] > 300
    assert {state.tag for state in found.languages if state.complete} == {
        "ja", "ja-simple", "en", "zh-Hans", "ko", "vi", "pt-BR", "ne", "my",
    }  # fmt: skip


def test_no_flow_that_is_shipped_is_too_long_or_leads_nowhere() -> None:
    for flow in check().flows:
        assert flow.longest <= 7
        assert flow.most <= 12
        assert flow.destinations
        assert flow.ways > 1
        assert flow.together > flow.ways


def test_a_small_house_is_sound(house: House) -> None:
    found = report(house)
    assert [told(fault) for fault in found.faults] == []
    flow = found.flows[0]
    assert (flow.questions, flow.choices, flow.longest) == (2, 4, 2)
    # wages, unknown and unsaid lead to four answers each, search ends.
    assert (flow.ways, flow.together) == (3 * 4 + 1, 4)
    assert flow.destinations == ("labour_line",)
    assert found.counts["shown"] == 1


def test_the_report_is_json_and_lines_for_people(house: House) -> None:
    house.swap("flows/work.toml", 'next = "since"', 'next = "sinze"')
    house.swap("languages/en/flows.po", 'msgctxt "bring.contract"', 'msgctxt "bring.contrakt"')
    found = report(house)
    plain = json.loads(json.dumps(found.as_json()))
    assert plain["languages"]["en"]["review"] == "not yet reviewed by a native speaker"
    assert plain["counts"]["topics"] == 0
    assert {fault["line"] for fault in plain["faults"] if fault["file"].endswith("work.toml")} == {7, 14}
    text = "\n".join(found.lines())
    assert "未確認 not shown 0" in text
    assert "work.toml:7: flow.question matter.next: there is no question sinze; correct the name" in text


def swap(file: str, old: str, new: str) -> Callable[[House], None]:
    return lambda house: house.swap(file, old, new)


WORK, TOPICS, ROW = "flows/work.toml", "flows/topics.toml", "flows/referrals/national.toml"
EN = "languages/en/flows.po"
WAGES = 'msgctxt "flow.work.matter.wages"\nmsgid "words"\nmsgstr '
DAMAGES: list[tuple[Callable[[House], object], str, int | None, str, str]] = [
    (swap(WORK, 'next = "" }', 'next = "gone" }'), "work.toml", 10, "question matter.next", "question gone"),
    (swap(WORK, '[{ id = "today" }', '[{ id = "today", next = "matter" }'), "work.toml", 6, "question matter",
     "in a loop: matter → since → matter"),
    (swap(WORK, '"labour_line"', '"labor_line"'), "work.toml", 9, "wages.destinations", "labor_line"),
    (swap(WORK, '"banknote-x"', '"banknote-y"'), "work.toml", 9, "wages.icon", "banknote-y.png"),
    (swap(WORK, 'id = "search"', 'id = "search", urgnt = true'), "work.toml", 10, "search.urgnt",
     "no such field"),
    (swap(WORK, 'start = "matter"', "start = matter"), "work.toml", 3, "TOML", "cannot be read"),
    (swap(WORK, 'start = "matter"', 'start = "mat"'), "work.toml", 3, "flow.start", "no question mat"),
    (swap(WORK, 'next = "since"', 'next = ""'), "work.toml", 14, "question since", "no answer leads here"),
    (swap(WORK, '{ id = "today" }', '{ id = "today", within = "3" }'), "work.toml", 15, "today.within",
     "whole number"),
    (swap(TOPICS, '"briefcase"', '"briefkase"'), "topics.toml", 4, "topic work.icon", "briefkase.png"),
    (swap(WORK, 'id = "wages"', 'id = "salary"'), "flows.po", None, "matter.salary", "no words"),
    (swap(WORK, '"contract"]', '"cv"]'), "flows.po", None, "bring.cv", "no words"),
    (swap(ROW, 'id = "line"', 'id = "line"\ntext = "lawyers"'), "flows.po", None, "service.lawyers.name",
     "no words"),
    (swap(ROW, "0120-811-610", "0120-ABC-610"), "national.toml", 7, "service line.telephone", "digits"),
    (swap(ROW, 'closes = "22:00"', 'closes = "09:00"'), "national.toml", 8, "service line.hours",
     "not after 17:00"),
    (swap(ROW, "2026-04", "2026-44"), "national.toml", 10, "service line.assured_date", "no date"),
    (swap(EN, WAGES + '"words"', WAGES + '""'), "flows.po", 17, "matter.wages", "not translated"),
    (swap(EN, WAGES, "#, fuzzy\n" + WAGES), "flows.po", 18, "matter.wages", "fuzzy"),
    (swap(EN, WAGES, WAGES.replace('"words"', '"wages"')), "flows.po", 17, "matter.wages",
     "Japanese is now"),
    (swap(EN, WAGES + '"words', WAGES + '"words {not}'), "flows.po", 17, "matter.wages", "{not}"),
    (swap(EN, WAGES + '"words', WAGES + '"words {'), "flows.po", 17, "matter.wages", "brace"),
    (swap(EN, WAGES + '"words', WAGES + '"words ３'), "flows.po", 17, "matter.wages", "digits"),
    (swap(EN, 'msgctxt "flow.work.matter.wages"', 'msgctxt "flow.work.matter"'), "flows.po", 9,
     "flow.work.matter", "twice"),
    (swap(EN, 'msgctxt "bring.contract"', 'msgctxt "bring.pasport"'), "flows.po", 41, "bring.pasport",
     "no such entry"),
    (swap(EN, 'msgctxt "bring', 'msgctx "bring'), "flows.po", 41, "", "not readable"),
    (swap(EN, WAGES + '"words', WAGES + '"remuneration irregularities'), "flows.po", 9, "flow.work.matter",
     "hard words; write shorter ones for remuneration, irregularities"),
    (swap(EN, WAGES + '"words', WAGES + '"' + "and so on " * 6), "flows.po", 9, "flow.work.matter",
     "a sentence of 18 words"),
    (swap("languages/en/messages.po", 'msgstr "{n} ', 'msgstr "{m} '), "messages.po", None, "", "{m}"),
    (swap("languages/en/care.toml", "violence", "violense"), "care.toml", None, "violense",
     "no such category"),
    (lambda house: (house.root / EN).unlink(), "flows.po", None, "", "missing"),
    (lambda house: (house.root / "languages/en/language.toml").write_text("tag = 1"), "language.toml", None,
     "", ""),
]  # fmt: skip


@pytest.mark.parametrize("case", range(len(DAMAGES)))
def test_each_kind_of_damage_is_found_with_file_line_key_and_cure(house: House, case: int) -> None:
    damage, file, line, key, words = DAMAGES[case]
    damage(house)
    found = report(house)
    assert not found.ok
    assert any(
        fault["file"].endswith(file)
        and (line is None or fault["line"] == line)
        and key in fault["key"]
        and words in fault["message"]
        for fault in found.as_json()["faults"]
    ), [told(fault) for fault in found.faults[:5]]


@pytest.mark.parametrize(
    ("words", "cure"),
    [
        ("給料を もらって", "給 has no reading"),
        ("{給料|kyuryo}を もらって", "no reading of kanji"),
        ("ながい " * 15 + "ぶんしょう", "characters"),
    ],
)
def test_plain_japanese_is_held_to_its_rules(tmp_path: Path, words: str, cure: str) -> None:
    house = build(tmp_path, ("ja", "ja-simple", "en"))
    assert report(house).ok
    (house.languages / "ja-simple" / "flows.po").write_text(po(WORDS, words), encoding="utf-8")
    assert any(cure in fault.message for fault in report(house).faults)


def test_branches_that_do_not_share_questions_are_too_long_together(house: House) -> None:
    choices, questions, keys = [], [], []
    for branch in "abc":
        choices.append(f'{{ id = "{branch}", next = "{branch}1" }}')
        for number in range(1, 6):
            onward = f"{branch}{number + 1}" if number < 5 else ""
            questions.append(
                f'[[question]]\nid = "{branch}{number}"\nnext = "{onward}"\nchoice = [{{ id = "yes" }}]\n'
            )
            keys += [f"flow.work.{branch}{number}{part}" for part in ("", ".label", ".yes")]
    start = f'[[question]]\nid = "matter"\nchoice = [{", ".join(choices)}]\n'
    (house.root / WORK).write_text('id = "work"\nstart = "matter"\n' + start + "\n".join(questions))
    keys += [f"flow.work.matter.{branch}" for branch in "abc"]
    for tag in ("ja", "en"):
        (house.languages / tag / "flows.po").write_text(po([*WORDS, *keys]), encoding="utf-8")
    found = report(house)
    assert (found.flows[0].longest, found.flows[0].most) == (6, 16)
    assert any(
        "16 questions for somebody with several problems; at most 12" in f.message for f in found.faults
    )


def test_notes_tell_what_an_office_should_know(house: House) -> None:
    house.swap(ROW, 'groups = ["labour_line"]', 'groups = ["labour_line"]\nprefecture = "北海道"')
    found = report(house, Place("東京都", date(2030, 1, 1), 400))
    said = "\n".join(told(note) for note in found.notes)
    assert "1 numbers are older than 400 days; call and date: line" in said
    assert (
        "group labour_line: has rows for 北海道 and none for the whole country. In 東京都 only the counter."
        in said
    )
    assert "no native speaker has read: en, ja" in said
    assert found.counts["stale"] == 1
    assert found.ok, "notes are no faults"
    assert not any("only the counter" in n.message for n in report(house, Place("北海道")).notes)


def test_the_offices_own_files_are_checked_too(house: House) -> None:
    rows, roster = house.root / "referrals.toml", house.root / "roster.toml"
    place = Place(referrals=rows, roster=roster)
    assert report(house, place).ok
    rows.write_text('[[service]]\nid = "line"\ntelephone = "0120-ABC-610"\n')
    roster.write_text('[[specialist]]\nid = "lawyer"\nkind = "wizard"\n')
    faults = report(house, place).as_json()["faults"]
    assert {
        (Path(f["file"]).name, f["line"]) for f in faults if f["key"].endswith((".telephone", ".kind"))
    } == {
        ("referrals.toml", 3),
        ("roster.toml", 3),
    }


def test_an_empty_house_raises_nothing(tmp_path: Path) -> None:
    for name in ("languages", "flows", "flows/referrals"):
        (tmp_path / name).mkdir()
    found = report(House(tmp_path))
    assert not found.ok
    assert found.counts["topics"] == 0


@pytest.mark.parametrize(
    ("tag", "words", "japanese", "cure"),
    [
        ("en", "in {n} minutes", "約{n}分", ""),
        ("en", "in minutes", "約{n}分", "{n} is missing"),
        ("ja-simple", "{n}{分|ふん}", "約{n}分", ""),
        ("ja-simple", "{分|}", "分", "no reading"),
        ("ja-simple", "{ふん|ふん}", "分", "no reading"),
        ("ja-simple", "{" + "漢" * 14 + "|かん}", "漢", "14 kanji"),
        ("ja-simple", "あ" * 39 + "。" + "い" * 40, "あ", ""),
        ("ja-simple", "あ" * 41, "あ", "41 characters"),
        ("en", "{漢|かん}", "漢", "brace"),
        ("ne", "{n} मिनेट १", "{n}分", "digits"),
        ("ne", "e\u0301", "é", "NFC"),
        ("my", "ေနထိုင္ခြင့္", "在留", "Zawgyi"),
        ("my", "နေထိုင်ခွင့်ကတ်", "在留カード", ""),
        ("my", "ကျေးဇူးပြု၍ မြန်မာဘာသာ", "ミャンマー語", ""),
        ("vi", " xin chào", "こんにちは", "blank"),
    ],
)
def test_rules_for_one_text(tag: str, words: str, japanese: str, cure: str) -> None:
    told = list(check_words(tag, words, japanese))
    assert (told == []) if not cure else any(cure in line for line in told), told
