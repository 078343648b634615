"""The true path: package → SentencePiece → CTranslate2, with the sample packages."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kiosk.core.heard import Translation
from kiosk.errors import Trouble
from kiosk.translation.agreement import DOUBTFUL, agreement
from kiosk.translation.engine import Progress, TranslationEngine
from kiosk.translation.loaded import Loaded


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
    )


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
    assert reason(engine, "가" * 20_001, "ko") == "too_long"


def test_progress_is_told_sentence_by_sentence(engine: TranslationEngine) -> None:
    told: list[Any] = []
    engine.handle("translate", ("도와주세요.\n통역이 필요합니다.", "ko"), told.append)
    assert told == [Progress(1, 2), Progress(2, 2)]


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

    def count(self: Loaded, sentence: str) -> str:
        calls.append(sentence)
        return real(self, sentence)

    monkeypatch.setattr(Loaded, "translate", count)
    return calls


def test_a_repeated_sentence_is_remembered_until_forgotten(installed: Path, counted: list[str]) -> None:
    engine = TranslationEngine(installed)
    first = translate(engine, "도와주세요.", "ko")
    assert len(counted) == 4
    assert translate(engine, "도와주세요.", "ko") == first
    assert len(counted) == 4
    engine.handle("forget", None, quiet)
    translate(engine, "도와주세요.", "ko")
    assert len(counted) == 8


def test_the_least_recently_used_package_is_unloaded(installed: Path) -> None:
    engine = TranslationEngine(installed, keep=2)
    engine.handle("load", "ko", quiet)
    assert [pair.name for pair in engine.shelf.held()] == ["ja-en 1.0", "en-ko 1.0"]
    assert translate(engine, "도와주세요.", "ko").japanese == "助けてください。"
    assert len(engine.shelf.held()) == 2


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
