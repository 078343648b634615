"""The true path: package → SentencePiece → CTranslate2, with the sample packages."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from kiosk.core.heard import Passage, Rendering, Translation
from kiosk.errors import Trouble
from kiosk.translation.agreement import DOUBTFUL, agreement
from kiosk.translation.archive import _write_manifest
from kiosk.translation.engine import Progress, TranslationEngine
from kiosk.translation.loaded import Answer, Loaded
from kiosk.translation.quality import own_file, standing, usable, write_measured
from tests.translation.measured import measured


def quiet(_value: Any) -> None:
    """Nobody waits for intermediate answers."""


def translate(engine: TranslationEngine, text: str, language: str) -> Translation:
    found = engine.handle("translate", (text, language), quiet)
    assert isinstance(found, Translation)
    return found


def reason(engine: TranslationEngine, text: str, language: str) -> str:
    with pytest.raises(Trouble) as caught:
        translate(engine, text, language)
    assert caught.value.key == "trouble.translation_refused"
    assert text not in caught.value.log
    return str(caught.value.details["reason"])


def test_korean_reaches_japanese_and_comes_back(engine: TranslationEngine) -> None:
    text = "월급을 두 달 동안 받지 못했습니다. 회사는 기다리라고만 합니다."
    found = translate(engine, text, "ko")
    assert found == Translation(
        original=text,
        language="ko",
        japanese="2か月間、給料をもらっていません。会社は待つように言うだけです。",
        back="월급을 두 달 동안 받지 못했습니다. 회사는 기다리라고만 합니다.",
        engine="argos ko-en 1.0 · en-ja 1.0",
        sample=True,
        passages=(
            Passage(
                "월급을 두 달 동안 받지 못했습니다.",
                "2か月間、給料をもらっていません。",
                "월급을 두 달 동안 받지 못했습니다.",
            ),
            Passage(
                "회사는 기다리라고만 합니다.",
                "会社は待つように言うだけです。",
                "회사는 기다리라고만 합니다.",
            ),
        ),
    )
    assert found.differing == ()
    assert not found.partial


def test_words_as_a_recognizer_writes_them(engine: TranslationEngine) -> None:
    found = translate(engine, "월급을 두 달 동안 받지 못했어요 회사는 기다리라고만 해요", "ko")
    assert found.japanese == "2か月間、給料をもらっていません。会社は待つように言うだけです。"
    assert agreement(found.original, found.back) > DOUBTFUL


def test_english_needs_one_package_each_way(engine: TranslationEngine) -> None:
    found = translate(engine, "I lost my residence card.", "en")
    assert found.japanese == "在留カードをなくしました。"
    assert found.back == "I lost my residence card."
    assert found.engine == "argos en-ja 1.0"


def test_a_telephone_number_arrives_whole(engine: TranslationEngine) -> None:
    found = translate(engine, "제 전화번호는 090-1234-5678입니다.", "ko")
    assert found.japanese == "電話番号は090-1234-5678です。"
    assert "090-1234-5678" in found.back


@pytest.mark.parametrize(
    "text",
    [
        "양자역학에서 파동함수는 확률을 나타낸다",
        "굼벵이 쫄깃 햏",
        "오늘 저녁에 친구들과 축구를 보면서 치킨을 먹으려고 합니다",
    ],
)
def test_what_the_sample_does_not_know_is_refused_or_doubtful(engine: TranslationEngine, text: str) -> None:
    try:
        found = translate(engine, text, "ko")
    except Trouble as trouble:
        key, doubtful = trouble.key, True
    else:
        key, doubtful = "trouble.translation_refused", agreement(text, found.back) < DOUBTFUL
    assert doubtful
    assert key == "trouble.translation_refused"


def test_text_without_words_or_too_long_is_refused(engine: TranslationEngine) -> None:
    assert reason(engine, " \n ", "ko") == "empty"
    with pytest.raises(Trouble, match=r"trouble\.too_long") as caught:
        translate(engine, "가" * 20_001, "ko")
    assert caught.value.details == {"limit": 20_000}


@pytest.mark.parametrize("line", ["090-1234-5678", "lan@example.com", "AB12345678CD", "1990. 1. 2.", "😀"])
def test_a_line_without_words_comes_through_as_it_is(engine: TranslationEngine, line: str) -> None:
    assert translate(engine, line, "ko").japanese == line
    found = translate(engine, f"도와주세요.\n{line}", "ko")
    assert found.japanese == f"助けてください。{line}"
    assert found.differing == ()


def test_a_counselors_answer_may_have_a_sentence_in_kana(engine: TranslationEngine) -> None:
    made = engine.handle(
        "render", ("在留カードをなくしました。たすけてくださいませんでしょうか。", "ko"), quiet
    )
    assert made.passages[1].fault != "kana_only"


def test_a_list_of_papers_in_chinese_characters_is_japanese(engine: TranslationEngine) -> None:
    made = engine.handle("render", ("住民票、納税証明書、国民健康保険証", "ko"), quiet)
    assert made.differing == (0,)


def test_progress_is_told_group_by_group(engine: TranslationEngine) -> None:
    told: list[Any] = []
    engine.handle("translate", ("도와주세요.\n통역이 필요합니다.\n" * 3, "ko"), told.append)
    assert told == [Progress(4, 6), Progress(6, 6)]


@pytest.mark.parametrize("language", ["ja", "vi", "my"])
def test_a_language_without_packages_says_so(engine: TranslationEngine, language: str) -> None:
    for job, payload in (("load", language), ("translate", ("text", language))):
        with pytest.raises(Trouble, match=r"trouble\.no_translation"):
            engine.handle(job, payload, quiet)


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every sentence that reaches a model."""
    calls: list[str] = []
    real = Loaded.translate

    def count(self: Loaded, sentences: Sequence[str], beam: int) -> list[Answer]:
        calls.extend(sentences)
        return real(self, sentences, beam)

    monkeypatch.setattr(Loaded, "translate", count)
    return calls


def test_a_repeated_sentence_is_remembered_until_forgotten(installed: Path, counted: list[str]) -> None:
    engine = TranslationEngine(installed, threads=1)
    first = translate(engine, "도와주세요.", "ko")
    assert len(counted) == 4
    assert translate(engine, "도와주세요.", "ko") == first
    assert len(counted) == 4
    engine.handle("forget", None, quiet)
    translate(engine, "도와주세요.", "ko")
    assert len(counted) == 8


def test_the_least_recently_used_package_is_unloaded(installed: Path) -> None:
    engine = TranslationEngine(installed, threads=1, keep=2)
    engine.handle("load", "ko", quiet)
    assert [held.name for held in engine.handle("held", None, quiet)] == ["ja-en 1.0", "en-ko 1.0"]
    assert translate(engine, "도와주세요.", "ko").japanese == "助けてください。"
    assert len(engine.shelf.held()) == 2


def test_memory_is_limited_in_bytes_too(installed: Path) -> None:
    engine = TranslationEngine(installed, threads=1, megabytes=1)  # less than any package
    engine.handle("load", "ko", quiet)
    assert [held.name for held in engine.shelf.held()] == ["en-ko 1.0"]
    assert engine.shelf.bytes() > 1_000_000
    assert translate(engine, "도와주세요.", "ko").japanese == "助けてください。"


def test_packages_are_unloaded_by_language_by_pair_and_all(installed: Path) -> None:
    engine = TranslationEngine(installed, threads=1)
    engine.handle("load", "ko", quiet)
    assert engine.handle("unload", "ko", quiet) > 0
    assert {held.name for held in engine.shelf.held()} == {"en-ja 1.0", "ja-en 1.0"}
    assert engine.handle("unload", ("en", "ja"), quiet) > 0
    assert engine.handle("unload", ("en", "ja"), quiet) == 0
    assert engine.handle("unload", None, quiet) > 0
    assert engine.shelf.held() == ()


def test_threads_are_measured_once_and_remembered(installed: Path, tmp_path: Path) -> None:
    folder = tmp_path / "translation"
    shutil.copytree(installed, folder)
    engine = TranslationEngine(folder)
    engine.handle("load", "ko", quiet)
    chosen = engine.handle("threads", None, quiet)
    assert 1 <= chosen <= 4
    file = folder.parent / "threads.json"
    kept = json.loads(file.read_text("utf-8"))
    assert kept["threads"] == chosen
    file.write_text(json.dumps({**kept, "threads": 3}), "utf-8")
    again = TranslationEngine(folder)
    again.handle("load", "ko", quiet)
    assert again.handle("threads", None, quiet) == 3


def test_loading_names_the_packages(engine: TranslationEngine) -> None:
    assert engine.handle("load", "ko", quiet) == "argos ko-en 1.0 · en-ja 1.0"


@pytest.fixture
def copy(installed: Path, tmp_path: Path) -> Callable[[str], Path]:
    """A copy of the installed packages with a file of one overwritten by zeros."""

    def damage(file: str) -> Path:
        folder = tmp_path / "models"
        shutil.copytree(installed, folder)
        path = folder / "translate-ko_en-1_0" / file
        path.write_bytes(bytes(path.stat().st_size))
        return folder

    return damage


@pytest.mark.parametrize("file", ["model/model.bin", "sentencepiece.model", "model/config.json"])
def test_a_zeroed_file_is_noticed_before_it_is_loaded(copy: Callable[[str], Path], file: str) -> None:
    with pytest.raises(Trouble) as caught:
        TranslationEngine(copy(file)).handle("load", "ko", quiet)
    assert caught.value.key == "trouble.model_damaged"


def test_a_refused_sentence_stays_in_its_own_words_and_is_pointed_out(engine: TranslationEngine) -> None:
    found = translate(engine, "도와주세요.\n굼벵이 쫄깃 햏\n통역이 필요합니다.", "ko")
    assert [bool(passage.fault) for passage in found.passages] == [False, True, False]
    assert found.japanese == "助けてください。「굼벵이 쫄깃 햏」（原文のまま）通訳が必要です。"
    assert "[굼벵이 쫄깃 햏]" in found.back
    assert found.partial
    assert found.differing == (1,)
    assert found.alike < 1.0
    assert found.passages[1].translated == ""


def test_a_counselors_answer_is_shown_in_korean_with_its_way_back(engine: TranslationEngine) -> None:
    made = engine.handle("render", ("{在留|ざいりゅう}カードをなくしました。", "ko"), quiet)
    assert isinstance(made, Rendering)
    assert made.japanese == "在留カードをなくしました。"
    assert made.text == "재류카드를 잃어버렸습니다."
    assert made.back == "在留カードをなくしました。"
    assert made.passages[0].original == "在留カードをなくしました。"


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\u202e", "\ufeff", "\ud800"])
def test_what_is_no_writing_neither_stops_nor_changes_a_translation(
    engine: TranslationEngine, sign: str
) -> None:
    told = "월급을 두 달 동안 못 받았어요."
    found, plain = translate(engine, f"월급을{sign}{told[3:]}", "ko"), translate(engine, told, "ko")
    assert (found.japanese, found.back) == (plain.japanese, plain.back)
    assert sign in found.original


def test_a_counselors_answer_in_kana_only_is_refused(engine: TranslationEngine) -> None:
    with pytest.raises(Trouble) as caught:
        engine.handle("render", ("ざいりゅうかーどをもってきてください", "ko"), quiet)
    assert caught.value.details == {"reason": "kana_only"}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("jaeryukadeureul ireobeoryeosseumnida", "ko"),
        ("我的在留卡丢了，应该怎么办呢", "ko"),
        ("재류카드를 잃어버렸습니다", "en"),
        ("Ich habe meine Karte verloren und bin nicht mit der Firma", "en"),
    ],
)
def test_text_in_another_language_says_so(engine: TranslationEngine, text: str, language: str) -> None:
    with pytest.raises(Trouble, match=r"trouble\.other_language"):
        translate(engine, text, language)


class Dropped:
    """A line nobody listens to any more after its first message."""

    def __init__(self) -> None:
        self.dropped = False
        self.heard: list[Any] = []

    def __call__(self, value: Any) -> None:
        self.heard.append(value)
        self.dropped = True


def test_an_abandoned_narrative_stops_after_the_group_it_is_in(engine: TranslationEngine) -> None:
    line = Dropped()
    text = "도와주세요.\n통역이 필요합니다.\n재류카드를 잃어버렸어요.\n월급을 못 받았어요.\n" * 2
    assert engine.handle("translate", (text, "ko"), line) is None
    assert line.heard == [Progress(4, 8)]


def test_a_language_nobody_waits_for_any_more_is_not_loaded(installed: Path) -> None:
    engine, line = TranslationEngine(installed, threads=1), Dropped()
    line("another language was chosen")
    assert engine.handle("load", "ko", line) is None
    assert engine.shelf.held() == ()


def test_a_faulty_list_of_what_is_known_is_no_ability(installed: Path, tmp_path: Path) -> None:
    folder = tmp_path / "translation"
    shutil.copytree(installed, folder)
    assert usable("ko", folder)
    own_file(folder).write_text("[[package]", "utf-8")
    assert not usable("ko", folder)


def test_twenty_thousand_characters_are_worked_through(engine: TranslationEngine) -> None:
    text = ("도와주세요.\n" * 3000)[:20_000]
    told: list[Progress] = []
    found = engine.handle("translate", (text, "ko"), told.append)
    assert told[-1].done == told[-1].total == len(found.passages) > 2500
    assert found.japanese.startswith("助けてください。助けてください。")


def test_a_pair_below_the_line_is_a_hint_and_one_that_is_off_is_not_used(
    installed: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "translation"
    shutil.copytree(installed, folder)
    for package in folder.iterdir():
        _as_full(package)
    engine = TranslationEngine(folder, threads=1)
    assert translate(engine, "도와주세요.", "ko").hint
    assert standing("ko", folder) == "hint"
    for pair in ("ko-en", "en-ko", "en-ja", "ja-en"):
        write_measured(own_file(folder), measured(pair, "shown"))
    assert not translate(engine, "도와주세요.", "ko").hint
    assert usable("ko", folder)
    write_measured(own_file(folder), measured("ja-en", "off"))
    assert not usable("ko", folder)
    with pytest.raises(Trouble, match=r"trouble\.no_translation"):
        translate(engine, "도와주세요.", "ko")


def _as_full(package: Path) -> None:
    """A package that does not say it is a sample, with its manifest made anew."""
    file = package / "metadata.json"
    file.write_text(json.dumps({**json.loads(file.read_text("utf-8")), "sample": False}), "utf-8")
    (package / "manifest.json").unlink()
    _write_manifest(package)
