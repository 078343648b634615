"""The report on what is shipped, and each kind of fault found in a damaged copy."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk import paths
from kiosk.data.check import Report, check
from kiosk.data.words import check_words

DAMAGED = ("ja", "ja-simple", "en", "ko")


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shipped")
    shutil.copytree(paths.FLOWS, folder / "flows")
    for tag in DAMAGED:
        shutil.copytree(paths.LANGUAGES / tag, folder / "languages" / tag)
    (folder / "icons").mkdir()
    for icon in (paths.ASSETS / "icons").glob("*.png"):
        (folder / "icons" / icon.name).touch()
    return folder


def report(folder: Path) -> Report:
    return check(folder / "languages", folder / "flows", folder / "icons")


def keys(found: Report) -> set[tuple[str, str]]:
    return {(fault.file.name, fault.key) for fault in found.faults}


def test_japanese_plain_japanese_and_english_flows_are_whole_and_sound(copy: Path) -> None:
    faults = [
        str(fault)
        for fault in report(copy).faults
        if fault.file.name != "messages.po" and (fault.file.parent.name != "ko")
    ]
    assert faults == []


def test_what_is_shipped_is_without_fault() -> None:
    found = check()
    assert [str(fault) for fault in found.faults] == []
    assert found.ok
    assert found.counts["topics"] == found.counts["flows"] == 12
    assert found.counts["paths"] > 10_000
    assert found.counts["services"] == found.counts["shown"] + found.counts["hidden"]
    assert {state.tag for state in found.languages if state.complete} == {
        "ja", "ja-simple", "en", "zh-Hans", "ko", "vi", "pt-BR", "ne", "my",
    }  # fmt: skip


def test_the_report_is_json_and_lines_for_people(copy: Path) -> None:
    found = report(copy)
    told = json.loads(json.dumps(found.as_json()))
    assert told["languages"]["en"]["review"] == "not yet reviewed by a native speaker"
    assert told["counts"]["topics"] == 12
    text = "\n".join(found.lines())
    assert "相談内容 topics 12" in text
    assert "未確認 not shown" in text


def swap(file: str, old: str, new: str) -> Callable[[Path], None]:
    def damage(folder: Path) -> None:
        path = folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return damage


EN, PLAIN, JA = (f"languages/{tag}/flows.po" for tag in ("en", "ja-simple", "ja"))
WAGES = 'msgctxt "flow.work.matter.wages"\nmsgid "給料をもらっていない"\nmsgstr '
DAMAGES: list[tuple[Callable[[Path], None], str, str, str]] = [
    (swap("flows/work.toml", 'next = "wages_since"', 'next = "gone"'), "work.toml", "wages_what", "gone"),
    (swap("flows/work.toml", '"labour_line"', '"labor_line"'), "work.toml", "destinations", "labor_line"),
    (swap("flows/work.toml", '"banknote-x"', '"banknote-y"'), "work.toml", "icon", "banknote-y.png"),
    (swap("flows/topics.toml", '"siren"', '"sirene"'), "topics.toml", "topic emergency.icon", "sirene.png"),
    (swap("flows/work.toml", 'id = "wages"', 'id = "salary"'), "flows.po", "matter.salary", "no words"),
    (swap("flows/work.toml", '"resume"]', '"cv"]'), "flows.po", "bring.cv", "no words"),
    (swap("flows/referrals/legal.toml", 'text = "houterasu"', 'text = "lawyers"'), "flows.po",
     "service.lawyers.name", "no words"),
    (swap("flows/referrals/emergency.toml", '"110"', '"one-one-0"'), "emergency.toml", "telephone", "digits"),
    (swap(EN, WAGES + '"Wages not paid"', WAGES + '""'), "flows.po", "matter.wages", "not translated"),
    (swap(EN, WAGES, "#, fuzzy\n" + WAGES), "flows.po", "matter.wages", "fuzzy"),
    (swap(EN, WAGES, WAGES.replace("いない", "いません")), "flows.po", "matter.wages", "Japanese is now"),
    (swap(EN, "Wages not paid", "Wages {not} paid"), "flows.po", "matter.wages", "{not}"),
    (swap(EN, "Wages not paid", "Wages not paid {"), "flows.po", "matter.wages", "brace"),
    (swap(EN, "Wages not paid", "Wages not paid ３"), "flows.po", "matter.wages", "digits"),
    (swap(EN, 'msgctxt "flow.work.matter.wages"', 'msgctxt "flow.work.matter"'), "flows.po",
     "flow.work.matter", "twice"),
    (swap(EN, 'msgctxt "bring.passport"', 'msgctxt "bring.pasport"'), "flows.po", "bring.pasport",
     "no such entry"),
    (swap(EN, 'msgctxt "bring', 'msgctx "bring'), "flows.po", "", "not readable"),
    (swap(PLAIN, "{給料|きゅうりょう}を もらって", "給料を もらって"), "flows.po", "matter.wages", "reading"),
    (swap(PLAIN, "{給料|きゅうりょう}を もらって", "{給料|kyuryo}を もらって"), "flows.po", "matter.wages",
     "no reading"),
    (swap(PLAIN, "{給料|きゅうりょう}を もらって いない", "ながい " * 15 + "ぶんしょう"), "flows.po",
     "matter.wages", "characters"),
    (swap("languages/en/messages.po", 'msgstr "{n} ', 'msgstr "{m} '), "messages.po", "", "{m}"),
    (lambda folder: (folder / EN).unlink(), "flows.po", "", "missing"),
    (lambda folder: (folder / "languages/en/language.toml").write_text("tag = 1"), "language.toml", "", ""),
    (lambda folder: (folder / "icons/siren.png").unlink(), "topics.toml", "icon", "siren.png"),
]  # fmt: skip


@pytest.mark.parametrize("case", range(len(DAMAGES)))
def test_each_kind_of_damage_is_found_with_file_key_and_cure(copy: Path, tmp_path: Path, case: int) -> None:
    damage, file, key, words = DAMAGES[case]
    before = keys(report(copy))
    folder = tmp_path / "copy"
    shutil.copytree(copy, folder)
    damage(folder)
    new = [fault for fault in report(folder).faults if (fault.file.name, fault.key) not in before]
    assert any(fault.file.name == file and key in fault.key and words in fault.message for fault in new), [
        str(fault) for fault in new[:5]
    ]


def test_an_empty_house_raises_nothing(tmp_path: Path) -> None:
    for name in ("languages", "flows", "flows/referrals"):
        (tmp_path / name).mkdir()
    found = report(tmp_path)
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
